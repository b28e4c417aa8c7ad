<#
.SYNOPSIS
Judges an estate: what is wrong with its trust, why, and what to do.

.DESCRIPTION
Returns findings, worst first; one cause is one finding, and its Subjects list everything it concerns. Each finding has
a stable id such as VT202, evidence and, where there is one, a remedy: docs/findings.md lists them.

Between vCenters the profile decides. A link between vCenter and host is judged by the rules of the validator on that
end: OpenSSL in vpxd and ESXi, Java in the storage profile service.

.PARAMETER Estate
The estate, as Get-VITrustEstate returned it.

.PARAMETER Path
Folders of exports, single files, or estates in JSON. Several paths make one estate.

.PARAMETER At
The time to judge at; the default is now. A time without a zone is UTC.

.PARAMETER Profile
Whose rules count between vCenters: strict (RFC 5280, the default), openssl, java, go or webpki.

.PARAMETER Thresholds
When an approaching expiry deserves attention: vsphere (the default), vcenter-host, vasa, sos, vcert, vdt, or soft and
hard days such as 60/30.

.PARAMETER Severity
Leaves out what is less severe: critical, high, medium, low or info. Without it, everything is returned.

.PARAMETER VCenter
Reports only what concerns these vCenters, by their names or the first labels of them. The whole estate is judged in any case.

.PARAMETER Quiet
Returns only whether nothing is wrong, by what -FailOn says.

.PARAMETER FailOn
What counts for -Quiet, as for --fail-on of the command: a severity and everything worse, with or without ",unknown" for what
is not known or could not be read; unknown alone; or never. The default is high,unknown, or -Severity with unknown.

.PARAMETER AsJson
Returns the whole report as JSON text, byte for byte what every other language returns; its schema is
docs/schema/report.schema.json.

.INPUTS
VITrust.Estate

.OUTPUTS
VITrust.Finding; System.Boolean with -Quiet; System.String with -AsJson.

.EXAMPLE
Get-VITrustEstate | Test-VITrustEstate -Severity high | Format-List

Shows what is urgent at the vCenters that PowerCLI is connected to.

.EXAMPLE
Test-VITrustEstate -Path exports -At 2027-01-01

Judges a folder of exports as of another day.

.EXAMPLE
$ErrorActionPreference = 'Stop'; if (-not (Test-VITrustEstate -Path exports -Quiet)) { exit 1 }

Ends a scheduled task (run with -File) with 1 if something is high or critical, or is not known, or if that cannot be determined.

.LINK
Get-VITrustEstate

.LINK
Get-VITrustMatrix

.LINK
about_VITrust
#>
function Test-VITrustEstate {
    [CmdletBinding(DefaultParameterSetName = 'Estate')]
    [OutputType([VITrust.Finding], [bool], [string])]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'Estate')]
        [VITrust.Estate] $Estate,

        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path')]
        [string[]] $Path,

        [datetime] $At = [datetime]::UtcNow,

        [ValidateSet('strict', 'openssl', 'java', 'go', 'webpki')]
        [string] $Profile,

        [string] $Thresholds,

        [ValidateSet('critical', 'high', 'medium', 'low', 'info')]
        [string] $Severity,

        [string[]] $VCenter,

        [switch] $Quiet,

        [string] $FailOn,

        [switch] $AsJson
    )

    process {
        $report = Get-VITrustReport -Bound $PSBoundParameters -At $At -Cmdlet $PSCmdlet
        $counts = if ($FailOn) { $FailOn } elseif ($Severity) { "$($Severity.ToLowerInvariant()),unknown" } else { 'high,unknown' }
        try {
            if ($AsJson) {
                $report.ToJson()
                return
            }
            if (-not $Quiet) {
                $report.Findings()
                return
            }
            $options = New-Object -TypeName VITrust.FailsOptions -Property @{ View = 'audit'; FailOn = $counts }
            -not $report.Fails($options)
        }
        catch [VITrust.VITrustException] {
            $PSCmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $counts))
        }
        finally {
            $report.Dispose()
        }
    }
}
