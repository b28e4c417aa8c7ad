<#
.SYNOPSIS
Lists when certificates expire, the earliest first, and where each is used.

.DESCRIPTION
Each certificate is one row, however many stores and hosts hold a copy. The state says which limit it has reached:
expired, not-yet-valid, hard, soft or good. The limits depend on what the certificate is used for.

.PARAMETER Estate
The estate, as Get-VITrustEstate returned it.

.PARAMETER Path
Folders of exports, single files, or estates in JSON. Several paths make one estate.

.PARAMETER Store
A trust store, as Import-VITrustStore returned it.

.PARAMETER At
The time to judge at; the default is now. A time without a zone is UTC.

.PARAMETER WithinDays
Lists only what expires within this many days, or has expired.

.PARAMETER Thresholds
When an approaching expiry deserves attention: vsphere (the default), vcenter-host, vasa, sos, vcert, vdt, or soft and
hard days such as 60/30.

.PARAMETER VCenter
Reports only what concerns these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.INPUTS
VITrust.Estate, VITrust.TrustStore

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
    [CmdletBinding(DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.ExpiryRow])]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'Estate')]
        [VITrust.Estate] $Estate,

        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'Store')]
        [VITrust.TrustStore] $Store,

        [datetime] $At = [datetime]::UtcNow,

        [int] $WithinDays,

        [string] $Thresholds,

        [string[]] $VCenter
    )

    process {
        $report = Get-VITrustReport -Bound $PSBoundParameters -At $At -Cmdlet $PSCmdlet
        try { $report.Expiry() } finally { $report.Dispose() }
    }
}
