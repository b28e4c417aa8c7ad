# The estate of folders of exports, lone files and estate JSON. What there is of it that cannot be read is said.
function Read-VITrustEstate {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string[]] $Path,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    # All or nothing: without one of them it would be another estate.
    Assert-VITrustLine -Text $Path
    if ($Path -contains '') { Assert-VITrustKind -InputObject '' -Parameter 'Path' -Wanted 'a file, a folder or a path' }
    $full = @(Resolve-VITrustPath -Path $Path)
    $estate = Wait-VITrustJob -Job ([VITrust.Job]::Load([string[]]$full)) -Activity 'Reading an estate'
    $lost = @($estate.Unreadable)
    if ($lost.Count -gt 0) {
        $Cmdlet.WriteWarning("$($lost.Count) parts could not be read, the first: $($lost[0])")
    }
    $estate
}
