<#
.SYNOPSIS
Shows which vCenter trusts which, why not, and the smallest set of certificates to add.

.DESCRIPTION
Judges for every pair of vCenters whether the first trusts the chain that the second presents, by path and not by name.
vCenters of one SSO domain share their trust and form one row. The result is one object that is drawn as a grid: rows
trust, columns present.

Causes says why cells are not trusted. Additions.Rows has each certificate to add once: Pem is the certificate, To the
vCenters whose TRUSTED_ROOTS lacks it. Additions.IsMinimal says whether it is proved that no smaller set is
enough, and Additions.Unfixable lists what no known certificate can fix. Explain($false) writes both out.

Adding is left to PowerCLI; the second example shows the three lines. The loop that is often used instead, which
takes what Get-VITrustedCertificate lists at one vCenter and calls Add-VITrustedCertificate with the -Server it came
from, gives the first vCenter what it already has and the second nothing. With the other server it would still
copy every root, expired and irrelevant ones included, and create trust in one direction only.

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
Whose rules count: strict (RFC 5280, the default), openssl, java, go or webpki.

.PARAMETER VCenter
Gives causes and additions only for these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.INPUTS
VITrust.Estate, VITrust.TrustStore, System.String, System.IO.FileSystemInfo

.OUTPUTS
VITrust.Matrix

.EXAMPLE
Get-VITrustEstate | Get-VITrustMatrix

Draws the grid of the vCenters that PowerCLI is connected to.

.EXAMPLE
$matrix = Get-VITrustEstate | Get-VITrustMatrix
foreach ($root in $matrix.Additions.Rows | Where-Object { -not $_.Unverified }) { foreach ($vcenter in $root.To) { Add-VITrustedCertificate -PemCertificateOrChain $root.Pem -VCenterOnly -Server $vcenter } }
Get-VITrustEstate | Get-VITrustMatrix

Adds each missing root where it is missing, and looks again. PowerCLI must be connected to every vCenter under the name
in To, and asks before each change; -Confirm:$false is for scripts.

.EXAMPLE
(Get-VITrustMatrix -Path exports).Trusts('vc01.lab.example', 'vc02.lab.example')

Asks for one cell.

.LINK
Get-VITrustEstate

.LINK
Test-VITrustEstate

.LINK
about_VITrust
#>
function Get-VITrustMatrix {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.Matrix])]
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
        $common = @{ Bound = $PSBoundParameters; Cmdlet = $PSCmdlet; Take = { $args[0].Matrix() } }
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
