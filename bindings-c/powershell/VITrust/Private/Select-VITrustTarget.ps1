# Sorts what a cmdlet was given: an estate or a store is judged at once, and paths wait, since together they are one estate.
function Select-VITrustTarget {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [AllowEmptyString()]
        [System.Collections.Generic.List[string]] $Paths,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    # What a loop hands over again and again.
    if ($Bound['Estate'] -is [VITrust.Estate]) { return $Bound['Estate'] }
    $targets = @()
    try {
        foreach ($name in 'Estate', 'Store', 'Path', 'LiteralPath') {
            if (-not $Bound.ContainsKey($name)) { continue }
            $given = $Bound[$name]
            if ($name -eq 'LiteralPath') {
                $given = @($given | ForEach-Object { [System.Management.Automation.WildcardPattern]::Escape($_) })
            }
            $targets = @(Resolve-VITrustEstate -InputObject $given)
        }
    }
    catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception))
    }
    foreach ($target in $targets) {
        if ($target -is [string]) { $Paths.Add($target) } else { $target }
    }
}
