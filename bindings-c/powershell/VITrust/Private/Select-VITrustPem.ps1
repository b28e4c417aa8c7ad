# The PEM texts of certificates and of texts. One that holds none among good ones is told.
function Select-VITrustPem {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [AllowNull()]
        [object[]] $Certificate,

        [AllowNull()]
        [AllowEmptyString()]
        [string[]] $CertificatePEM,

        # Who trusts them, for the message.
        [AllowEmptyString()]
        [string] $Owner,

        # What came through the pipeline, for the error: the text itself may hold a key.
        [AllowNull()]
        [object] $Target,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    foreach ($one in @($Certificate | Where-Object { $null -ne $_ })) {
        try { $CertificatePEM += @(Get-VITrustPem $one) }
        catch { $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $one)) }
    }
    foreach ($pem in $CertificatePEM) {
        if ($pem -and $pem.Contains('-----BEGIN ')) {
            $pem
            continue
        }
        $none = New-VITrustException 200 'store' "a CertificatePEM holds no certificate in PEM: of $([VITrust.View]::Text($Owner))"
        $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $none $Target))
    }
}
