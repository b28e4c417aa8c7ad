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
The estate, as Get-VITrustEstate returned it.

.PARAMETER Path
Folders of exports, single files, or estates in JSON. Several paths make one estate.

.PARAMETER At
The time to judge at; the default is now. A time without a zone is UTC.

.PARAMETER Profile
Whose rules count: strict (RFC 5280, the default), openssl, java, go or webpki.

.PARAMETER VCenter
Gives causes and additions only for these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.INPUTS
VITrust.Estate

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
    [CmdletBinding(DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.Matrix])]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'Estate')]
        [VITrust.Estate] $Estate,

        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path')]
        [string[]] $Path,

        [datetime] $At = [datetime]::UtcNow,

        [ValidateSet('strict', 'openssl', 'java', 'go', 'webpki')]
        [string] $Profile,

        [string[]] $VCenter
    )

    process {
        $report = Get-VITrustReport -Bound $PSBoundParameters -At $At -Cmdlet $PSCmdlet
        try { $report.Matrix() } finally { $report.Dispose() }
    }
}
