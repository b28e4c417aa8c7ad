# Whether a text may be the path of something: it is there, or it has wildcards that PowerShell looks up.
function Test-VITrustPath {
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string] $Path
    )

    if (-not $Path.Trim() -or $Path.StartsWith('-----')) { return $false }
    if ([System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($Path) -or $Path.Contains('`')) { return $true }
    try { $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) } catch { return $false }
    [System.IO.File]::Exists($full) -or [System.IO.Directory]::Exists($full)
}
