# The full path of the one file that a name or pattern stands for.
function Resolve-VITrustFile {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string] $Path
    )

    $full = @(Resolve-VITrustPath -Path $Path)
    if ($full.Count -ne 1) {
        throw (New-VITrustException 2 'argument' "${Path}: names $($full.Count) files; one is needed")
    }
    $full[0]
}
