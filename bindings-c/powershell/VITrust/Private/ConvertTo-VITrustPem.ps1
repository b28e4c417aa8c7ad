# DER as PEM text.
function ConvertTo-VITrustPem {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]] $Der,

        [string] $Label = 'CERTIFICATE'
    )

    $body = [System.Convert]::ToBase64String($Der, [System.Base64FormattingOptions]::InsertLineBreaks)
    "-----BEGIN $Label-----`n$body`n-----END $Label-----`n"
}
