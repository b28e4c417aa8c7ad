<#
.SYNOPSIS
Shows the links between vCenters and hosts: who asks, who presents, and whether it is trusted and why not.

.DESCRIPTION
Each host has four links: vCenter trusts what the host presents on port 443, the storage profile service trusts what it presents on
port 9080, and the host trusts vCenter and the storage profile service. Each is judged by the rules of the validator on its end
(Consumer). Verdict is trusted, untrusted or unknown; Reason says why, Missing what must be known for an answer.

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
VITrust.Edge

.EXAMPLE
Get-VITrustEdge exports | Where-Object Verdict -ne trusted

Lists the links that are refused or not known, with the reason.

.EXAMPLE
Get-VITrustEstate | Get-VITrustEdge | Where-Object { $_.Host -like 'esx01*' -and $_.Kind -in 'vcenter-to-provider', 'host-to-sps' }

Why is the storage provider of this host offline?

.LINK
Test-VITrustEstate

.LINK
Get-VITrustMatrix

.LINK
about_VITrust
#>
function Get-VITrustEdge {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.Edge])]
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
        $common = @{ Bound = $PSBoundParameters; Cmdlet = $PSCmdlet; Take = { $args[0].Edges() } }
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
