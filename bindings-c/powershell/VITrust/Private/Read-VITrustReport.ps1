# What a cmdlet takes of one report. The report is closed before anything is handed on, so that no error of a command behind it in
# the pipeline is taken for one of this. An estate of which nothing is known is told: its empty answer is no good one.
function Read-VITrustReport {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [object] $Target,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        # Takes what is wanted out of $args[0].
        [Parameter(Mandatory = $true)]
        [scriptblock] $Take,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $report = Get-VITrustReport -Target $Target -Bound $Bound -Cmdlet $Cmdlet
    if (-not $report) { return $false }
    $rows = @()
    $isEmpty = $false
    try {
        $isEmpty = $report.Judged().IsEmpty
        $rows = @(& $Take $report)
    }
    catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $Target))
    }
    finally {
        $report.Dispose()
    }
    if ($isEmpty) {
        $nothing = New-VITrustException 220 'estate' "$([VITrust.View]::Text("$Target")): nothing was judged: no certificate, store or host was understood here"
        $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $nothing $Target))
        # Whatever counts: of nothing the answer is no good one.
        if ($Bound['Quiet']) { return $false }
    }
    $rows
}
