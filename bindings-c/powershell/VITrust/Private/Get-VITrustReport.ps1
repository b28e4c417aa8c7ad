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

    $estate = $null
    $owned = $null
    try {
        $names = @{ Profile = 'Profile'; Thresholds = 'Thresholds'; WithinDays = 'Within' }
        $options = New-VITrustOption VITrust.AssessOptions $Bound $names
        $options.At = $At
        if ($Bound.ContainsKey('Estate')) { $estate = $Bound['Estate'] }
        if ($Bound.ContainsKey('Path')) { $owned = Read-VITrustEstate -Path $Bound['Path'] -Cmdlet $Cmdlet }
        if ($Bound.ContainsKey('Store')) { $owned = ConvertTo-VITrustEstate -Store $Bound['Store'] -Cmdlet $Cmdlet }
        if ($owned) { $estate = $owned }
        Wait-VITrustJob -Job ([VITrust.Job]::Assess($estate, $options)) -Activity 'Judging the estate'
    }
    catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $estate))
    }
    finally {
        if ($owned) { $owned.Dispose() }
    }
}
