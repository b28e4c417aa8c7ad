# CRLs as PEM texts, out of texts and of files in PEM or DER. One that is not there ends the call: a verdict without a
# CRL that was given would be another verdict.
function Read-VITrustCrl {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string[]] $Crl
    )

    foreach ($one in $Crl) {
        if ($one.Contains('-----BEGIN ')) {
            $one
            continue
        }
        foreach ($path in @(Resolve-VITrustPath -Path $one)) {
            $bytes = Wait-VITrustJob -Job ([VITrust.Job]::ReadFile($path)) -Activity 'Reading a CRL'
            $text = [System.Text.Encoding]::ASCII.GetString($bytes)
            if ($text.Contains('-----BEGIN ')) { $text } else { ConvertTo-VITrustPem $bytes 'X509 CRL' }
        }
    }
}
