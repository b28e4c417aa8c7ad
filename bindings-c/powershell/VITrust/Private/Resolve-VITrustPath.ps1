# Full paths in the file system. A name that exists counts as it stands, else wildcards are looked up.
# What is not there is an error of the calling cmdlet, and the others go on; without a cmdlet it ends the call.
function Resolve-VITrustPath {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string[]] $Path,

        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $paths = $ExecutionContext.SessionState.Path
    foreach ($one in $Path) {
        try {
            $provider = $null
            $drive = $null
            $full = @($paths.GetUnresolvedProviderPathFromPSPath($one, [ref] $provider, [ref] $drive))
            if ($provider.Name -ne 'FileSystem') {
                throw (New-VITrustException 800 'file' "$([VITrust.View]::Short($one)): not a path in the file system")
            }
            if (-not ([System.IO.File]::Exists($full[0]) -or [System.IO.Directory]::Exists($full[0]))) {
                # Completion writes a backtick before a bracket, which then is no wildcard.
                $pattern = [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($one) -or $one.Contains('`')
                $full = @(if ($pattern) { $paths.GetResolvedProviderPathFromPSPath($one, [ref] $provider) })
            }
            if ($full.Count -eq 0) {
                throw (New-VITrustException 800 'file' "$([VITrust.View]::Short($one)): there is no such file or folder")
            }
            $full
        }
        catch {
            if (-not $Cmdlet) { throw }
            $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $one))
        }
    }
}
