<#
.SYNOPSIS
Shows what breaks next: which links stop being trusted when a certificate ends.

.DESCRIPTION
Each event is the end of one certificate, with the day, the days that are left and the links that are trusted today and break then.
The earliest comes first.

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

.PARAMETER VCenter
Reports only what concerns these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.INPUTS
VITrust.Estate, VITrust.TrustStore, System.String, System.IO.FileSystemInfo

.OUTPUTS
VITrust.Event

.EXAMPLE
Get-VITrustForecast exports | Where-Object DaysLeft -lt 90

Lists what breaks within 90 days.

.EXAMPLE
Get-VITrustEstate | Get-VITrustForecast | Select-Object -First 1 | Format-List

Shows the next event at the vCenters that PowerCLI is connected to.

.LINK
Test-VITrustEstate

.LINK
Get-VITrustMatrix

.LINK
about_VITrust
#>
function Get-VITrustForecast {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.Event])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ParameterSetName = 'Estate')]
        [Alias('InputObject')]
        [object] $Estate,

        [Parameter(Mandatory = $true, ParameterSetName = 'Path')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Alias('PSPath')]
        [string[]] $LiteralPath,

        [object] $At,

        [ValidateSet('strict', 'openssl', 'java', 'go', 'webpki')]
        [string] $Profile,

        [ArgumentCompleter({ $word = $args[2]; $estate = $args[4]['Estate']; if ($estate -is [VITrust.Estate]) { $estate.VCenters | ForEach-Object { $_.Name } | Where-Object { $_ -like "$word*" } } })]
        [string[]] $VCenter
    )

    begin {
        $paths = [System.Collections.Generic.List[string]]::new()
        $common = @{ Bound = $PSBoundParameters; Cmdlet = $PSCmdlet; Take = { $(if ($f = $args[0].Forecast()) { $f.Events }) } }
    }
    process {
        foreach ($target in @(Select-VITrustTarget -Bound $PSBoundParameters -Paths $paths -Cmdlet $PSCmdlet)) {
            Read-VITrustReport -Target $target @common
        }
    }
    end {
        if ($paths.Count -gt 0) { Read-VITrustReport -Target $paths.ToArray() @common }
    }
}
