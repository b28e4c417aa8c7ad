# An error about the settings of a server in the words of this module: the keys of an inventory are parameters here.
function ConvertTo-VITrustAdvice {
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Exception] $Exception,

        # Whom it is about.
        [AllowEmptyString()]
        [string] $Server
    )

    # What PowerShell wrapped around it goes as everywhere else.
    $Exception = (ConvertTo-VITrustErrorRecord $Exception).Exception
    if ($Exception -isnot [VITrust.VITrustException] -or $Exception.Name -ne 'inventory') { return $Exception }
    $text = $Exception.Message -replace '^the settings: ', ''
    $names = @{ pins = '-Thumbprint'; ca_file = '-CAFile'; insecure = '-Insecure'; url = '-Server'; name = '-Server'; user = '-Credential' }
    foreach ($key in $names.Keys) { $text = $text -replace "``$key(\[\d+\])?``", $names[$key] }
    if ($text.StartsWith('two vCenters have the same')) { $text = '-Server names this vCenter twice' }
    $shown = [VITrust.View]::Text($Server)
    if (-not $text.StartsWith($shown)) { $text = "${shown}: $text" }
    New-VITrustException $Exception.Code $Exception.Name $text
}
