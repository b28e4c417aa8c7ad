<#
.SYNOPSIS
Judges an estate: what is wrong with its trust, why, and what to do.

.DESCRIPTION
Returns findings, worst first; one cause is one finding, and its Subjects list everything it concerns. Each finding has
a stable id such as VT202, evidence and, where there is one, a remedy: docs/findings.md lists them.

Between vCenters the profile decides. A link between vCenter and host is judged by the rules of the validator on that
end: OpenSSL in vpxd and ESXi, Java in the storage profile service.

.PARAMETER Estate
The estate, as Get-VITrustEstate returned it; or a trust store, a file object, or paths of folders of exports, single files and
estates in JSON. Several paths make one estate, also from the pipeline. Anything else is refused by name.

.PARAMETER Path
Folders of exports, single files, or estates in JSON; wildcards are allowed. Several paths make one estate.

.PARAMETER LiteralPath
The same without wildcards.

.PARAMETER At
The time to judge at; the default is now. A time without a zone is UTC. A text, a DateTime, a DateTimeOffset or a DateOnly; numbers are
refused.

.PARAMETER Profile
Whose rules count between vCenters: strict (RFC 5280, the default), openssl, java, go or webpki.

.PARAMETER Thresholds
When an approaching expiry deserves attention: vsphere (the default), vcenter-host, vasa, sos, vcert, vdt, or soft and
hard days such as 60/30.

.PARAMETER Severity
Leaves out what is less severe: critical, high, medium, low or info. Without it, everything is returned.

.PARAMETER VCenter
Reports only what concerns these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.PARAMETER Id
Only the findings of these ids, such as VT202; wildcards are allowed. An id that no finding can have is an error.

.PARAMETER Quiet
Returns one Boolean: whether something was judged and nothing is wrong, by what -FailOn says. What cannot be read, and an estate of
which nothing is known, is $false and an error that does not end the call.

.PARAMETER FailOn
What counts for -Quiet, as for --fail-on of the command: a severity and everything worse, with or without ",unknown" for what
is not known or could not be read; unknown alone; or never. The default is high,unknown, or -Severity with unknown.

.PARAMETER AsJson
Returns the whole report as JSON text, byte for byte what every other language returns; its schema is
docs/schema/report.schema.json.

.INPUTS
VITrust.Estate, VITrust.TrustStore, System.String, System.IO.FileSystemInfo

.OUTPUTS
VITrust.Finding; System.Boolean with -Quiet; System.String with -AsJson.

.EXAMPLE
Get-VITrustEstate | Test-VITrustEstate -Severity high | Format-List

Shows what is urgent at the vCenters that PowerCLI is connected to.

.EXAMPLE
Test-VITrustEstate -Path exports -At 2027-01-01

Judges a folder of exports as of another day.

.EXAMPLE
if (-not (Test-VITrustEstate -Path exports -Quiet)) { exit 1 }

Ends a scheduled task (run with -File) with 1 if something is high or critical, or is not known, or if nothing could be read.

.LINK
Get-VITrustEstate

.LINK
Get-VITrustMatrix

.LINK
about_VITrust
#>
function Test-VITrustEstate {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.Finding], [bool], [string])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ParameterSetName = 'Estate')]
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ParameterSetName = 'EstateQuiet')]
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ParameterSetName = 'EstateJson')]
        [Alias('InputObject')]
        [object] $Estate,

        [Parameter(Mandatory = $true, ParameterSetName = 'Path')]
        [Parameter(Mandatory = $true, ParameterSetName = 'PathQuiet')]
        [Parameter(Mandatory = $true, ParameterSetName = 'PathJson')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPathQuiet')]
        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPathJson')]
        [Alias('PSPath')]
        [string[]] $LiteralPath,

        [object] $At,

        [ValidateSet('strict', 'openssl', 'java', 'go', 'webpki')]
        [string] $Profile,

        [ArgumentCompleter({ $word = $args[2]; 'vsphere', 'vcenter-host', 'vasa', 'sos', 'vcert', 'vdt', '60/30' | Where-Object { $_ -like "$word*" } })]
        [string] $Thresholds,

        [ValidateSet('critical', 'high', 'medium', 'low', 'info')]
        [string] $Severity,

        [ArgumentCompleter({ $word = $args[2]; $estate = $args[4]['Estate']; if ($estate -is [VITrust.Estate]) { $estate.VCenters | ForEach-Object { $_.Name } | Where-Object { $_ -like "$word*" } } })]
        [string[]] $VCenter,

        [Parameter(ParameterSetName = 'Estate')]
        [Parameter(ParameterSetName = 'Path')]
        [Parameter(ParameterSetName = 'LiteralPath')]
        [ArgumentCompleter({ $word = $args[2]; [VITrust.Findings]::Ids() | Where-Object { $_ -like "$word*" } })]
        [string[]] $Id,

        [Parameter(Mandatory = $true, ParameterSetName = 'EstateQuiet')]
        [Parameter(Mandatory = $true, ParameterSetName = 'PathQuiet')]
        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPathQuiet')]
        [switch] $Quiet,

        [Parameter(ParameterSetName = 'EstateQuiet')]
        [Parameter(ParameterSetName = 'PathQuiet')]
        [Parameter(ParameterSetName = 'LiteralPathQuiet')]
        [ArgumentCompleter({ $word = $args[2]; 'high,unknown', 'critical,unknown', 'medium,unknown', 'high', 'critical', 'unknown', 'never' | Where-Object { $_ -like "$word*" } })]
        [string] $FailOn,

        [Parameter(Mandatory = $true, ParameterSetName = 'EstateJson')]
        [Parameter(Mandatory = $true, ParameterSetName = 'PathJson')]
        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPathJson')]
        [switch] $AsJson
    )

    begin {
        $paths = [System.Collections.Generic.List[string]]::new()
        $counts = if ($FailOn) { $FailOn } elseif ($Severity) { "$($Severity.ToLowerInvariant()),unknown" } else { 'high,unknown' }
        $fails = [VITrust.FailsOptions]@{ View = 'audit'; FailOn = $counts }
        $take = { $args[0].Findings() }
        if ($Id) { $take = { Select-VITrustFinding -Finding $args[0].Findings() -Id $Id } }
        if ($AsJson) { $take = { $args[0].ToJson() } }
        if ($Quiet) { $take = { -not $args[0].Fails($fails) } }
        $common = @{ Bound = $PSBoundParameters; Cmdlet = $PSCmdlet; Take = $take }
        # One answer for all that is given: of nothing it is no good one.
        $judged = 0
        $good = $true
    }
    process {
        foreach ($target in @(Select-VITrustTarget -Bound $PSBoundParameters -Paths $paths -Cmdlet $PSCmdlet)) {
            $rows = Read-VITrustReport -Target $target @common
            if (-not $Quiet) { $rows; continue }
            $judged++
            $good = $good -and $rows
        }
    }
    end {
        if ($paths.Count -gt 0) {
            $rows = Read-VITrustReport -Target $paths.ToArray() @common
            if (-not $Quiet) { return $rows }
            $judged++
            $good = $good -and $rows
        }
        if (-not $Quiet) { return }
        if ($judged -eq 0) { Write-VITrustNothing -Cmdlet $PSCmdlet }
        $good -and $judged -gt 0
    }
}
