# The report of an estate, or of what lies at some paths.
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
    try {
        $options = New-VITrustOption VITrust.AssessOptions $Bound @{ Profile = 'Profile'; Thresholds = 'Thresholds'; WithinDays = 'Within' }
        $options.At = $At
        $estate = $Bound['Estate']
        if (-not $Bound.Contains('Estate')) {
            $owned = Read-VITrustEstate -Path $Bound['Path'] -Cmdlet $Cmdlet
            $estate = $owned
        }
        Wait-VITrustJob ([VITrust.Job]::Assess($estate, $options)) 'Judging the estate'
    }
    catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $estate))
    }
    finally {
        if ($owned) { $owned.Dispose() }
    }
}
