# The PEM text that an object is or has; nothing for a path.
function Get-VITrustPem {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [object] $InputObject
    )

    if ($InputObject -is [System.Security.Cryptography.X509Certificates.X509Certificate]) {
        return ConvertTo-VITrustPem $InputObject.GetRawCertData()
    }
    if ($InputObject -is [VITrust.Endpoint] -and -not $InputObject.Pem) {
        throw (New-VITrustException 300 'chain' "${InputObject}: presented no chain: $($InputObject.Problem)")
    }
    if ($InputObject -is [VITrust.Certificate] -or $InputObject -is [VITrust.Endpoint]) {
        return $InputObject.Pem
    }
    if ($InputObject -is [string] -and $InputObject.Contains('-----BEGIN ')) {
        return $InputObject
    }
    if ($null -ne $InputObject -and $InputObject.PSObject.Properties['CertificatePEM']) {
        # What Get-VIMachineCertificate and Get-VITrustedCertificate of PowerCLI give.
        return ([string]$InputObject.CertificatePEM).TrimEnd() + "`n"
    }
}
