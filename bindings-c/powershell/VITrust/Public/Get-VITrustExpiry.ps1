<#
.SYNOPSIS
Lists when certificates expire, the earliest first, and where each is used.

.DESCRIPTION
Each certificate is one row, however many stores and hosts hold a copy. The state says which limit it has reached:
expired, not-yet-valid, hard, soft or good. The limits depend on what the certificate is used for.

.PARAMETER Estate
The estate, as Get-VITrustEstate returned it; or a trust store, a file object, or paths of folders of exports, single files and
estates in JSON. Several paths make one estate, also from the pipeline. Anything else is refused by name.

.PARAMETER Path
Folders of exports, single files, or estates in JSON; wildcards are allowed. Several paths make one estate.

.PARAMETER LiteralPath
The same without wildcards.

.PARAMETER Store
A trust store, as Import-VITrustStore returned it.

.PARAMETER At
The time to judge at; the default is now. A time without a zone is UTC. A text, a DateTime, a DateTimeOffset or a DateOnly; numbers are
refused.

.PARAMETER WithinDays
Lists only what expires within this many days, or has expired.

.PARAMETER Thresholds
When an approaching expiry deserves attention: vsphere (the default), vcenter-host, vasa, sos, vcert, vdt, or soft and
hard days such as 60/30.

.PARAMETER VCenter
Reports only what concerns these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.INPUTS
VITrust.Estate, VITrust.TrustStore, System.String, System.IO.FileSystemInfo

.OUTPUTS
VITrust.ExpiryRow

.EXAMPLE
Get-VITrustEstate | Get-VITrustExpiry -WithinDays 60

Lists what expires within 60 days at the vCenters that PowerCLI is connected to.

.EXAMPLE
Get-VITrustedCertificate -VCenterOnly | Import-VITrustStore | Get-VITrustExpiry | Where-Object State -eq expired

Lists the expired anchors that PowerCLI sees.

.LINK
Get-VITrustEstate

.LINK
Import-VITrustStore

.LINK
about_VITrust
#>
function Get-VITrustExpiry {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.ExpiryRow])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ParameterSetName = 'Estate')]
        [Alias('InputObject')]
        [object] $Estate,

        [Parameter(Mandatory = $true, ParameterSetName = 'Path')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Alias('PSPath')]
        [string[]] $LiteralPath,

        [Parameter(Mandatory = $true, ParameterSetName = 'Store')]
        [VITrust.TrustStore] $Store,

        [object] $At,

        [ValidateRange(0, 1000000)]
        [int] $WithinDays,

        [ArgumentCompleter({ $word = $args[2]; 'vsphere', 'vcenter-host', 'vasa', 'sos', 'vcert', 'vdt', '60/30' | Where-Object { $_ -like "$word*" } })]
        [string] $Thresholds,

        [ArgumentCompleter({ $word = $args[2]; $estate = $args[4]['Estate']; if ($estate -is [VITrust.Estate]) { $estate.VCenters | ForEach-Object { $_.Name } | Where-Object { $_ -like "$word*" } } })]
        [string[]] $VCenter
    )

    begin {
        $paths = [System.Collections.Generic.List[string]]::new()
        $common = @{ Bound = $PSBoundParameters; Cmdlet = $PSCmdlet; Take = { $args[0].Expiry() } }
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
