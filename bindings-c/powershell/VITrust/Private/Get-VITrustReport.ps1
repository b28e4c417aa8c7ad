# The report of an estate, of what lies at some paths, or of a store. What fails ends the call.
function Get-VITrustReport {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        [Parameter(Mandatory = $true)]
        [datetime] $At,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $owned = $null
    $target = $null
    try {
        $names = @{ Profile = 'Profile'; Thresholds = 'Thresholds'; WithinDays = 'Within'; VCenter = 'VCenters'; Severity = 'Severity' }
        $options = New-VITrustOption VITrust.AssessOptions $Bound $names
        $options.At = $At
        foreach ($name in 'Estate', 'Path', 'Store') {
            if ($Bound.ContainsKey($name)) { $target = $Bound[$name] }
        }
        if ($Bound.ContainsKey('Path')) { $owned = Read-VITrustEstate -Path $Bound['Path'] -Cmdlet $Cmdlet }
        if ($Bound.ContainsKey('Store')) { $owned = ConvertTo-VITrustEstate -Store $Bound['Store'] }
        $estate = if ($owned) { $owned } else { $target }
        Wait-VITrustJob -Job ([VITrust.Job]::Assess($estate, $options)) -Activity 'Judging the estate'
    }
    catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $target))
    }
    finally {
        if ($owned) { $owned.Dispose() }
    }
}
