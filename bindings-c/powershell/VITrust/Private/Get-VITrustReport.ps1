# The report of an estate, of what lies at some paths, or of a store. What fails ends the call, but for one that answers yes or no:
# it says the error and gives nothing.
function Get-VITrustReport {
    [CmdletBinding()]
    param(
        # An estate, a store, or paths that together are one estate.
        [Parameter(Mandatory = $true)]
        [object] $Target,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $owned = $null
    $report = $null
    try {
        $names = @{ Profile = 'Profile'; Thresholds = 'Thresholds'; WithinDays = 'Within'; VCenter = 'VCenters'; Severity = 'Severity' }
        $options = New-VITrustOption VITrust.AssessOptions $Bound $names
        $options.At = if ($Bound.ContainsKey('At')) { ConvertTo-VITrustTime $Bound['At'] } else { [datetime]::UtcNow }
        if ($Target -is [VITrust.TrustStore]) { $owned = ConvertTo-VITrustEstate -Store $Target }
        elseif ($Target -isnot [VITrust.Estate]) { $owned = Read-VITrustEstate -Path ([string[]]@($Target)) -Cmdlet $Cmdlet }
        $estate = if ($owned) { $owned } else { $Target }
        $report = Wait-VITrustJob -Job ([VITrust.Job]::Assess($estate, $options)) -Activity 'Judging the estate'
    }
    catch {
        $record = ConvertTo-VITrustErrorRecord $_.Exception $Target
        if (-not $Bound['Quiet']) { $Cmdlet.ThrowTerminatingError($record) }
        $Cmdlet.WriteError($record)
    }
    finally {
        if ($owned) { $owned.Dispose() }
    }
    $report
}
