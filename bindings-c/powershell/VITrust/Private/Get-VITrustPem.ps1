# The PEM text that an object is or has; nothing for a path. What has none is refused by name.
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
    if ($InputObject -is [string] -and $InputObject -or $InputObject -is [System.IO.FileSystemInfo]) {
        return
    }
    foreach ($name in 'CertificatePEM', 'Pem') {
        # What Get-VIMachineCertificate and Get-VITrustedCertificate of PowerCLI give, and what came back from another process.
        if ($null -eq $InputObject -or -not $InputObject.PSObject.Properties[$name]) { continue }
        $pem = [string]$InputObject.$name
        if ($pem.Contains('-----BEGIN ')) { return $pem.TrimEnd() + "`n" }
        throw (New-VITrustException 300 'chain' "the $name of this object holds no certificate in PEM")
    }
    Assert-VITrustKind -InputObject $InputObject -Parameter 'Chain' -Wanted 'a chain: a file, PEM text, a certificate or an endpoint'
}
