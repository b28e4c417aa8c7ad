<#
.SYNOPSIS
Shows what TLS servers present: the chain as it is sent, unverified, hundreds of servers at a time.

.DESCRIPTION
Makes a TLS handshake with each server and returns what it presented, with protocol, cipher suite, timings, and the
alert if one ended the connection. Nothing is judged, and no proxy is used: pipe the result to Test-VITrustChain.

A server that does not answer is a result too, with a Failure. The results come in the order of the endpoints,
once all have been queried. Ctrl-C ends the work.

.PARAMETER Endpoint
Servers as name, name:port, address, [address]:port or URL. The default port is 443. By property name, Endpoint, Name,
Server or HostName is used, as on the hosts that Get-VMHost returns.

.PARAMETER TimeoutSeconds
The longest one server may take.

.PARAMETER ServerName
The name to ask for (SNI) instead of the endpoint's own.

.PARAMETER ConnectTo
Where to connect instead, as curl's --connect-to: @{ '*.lab.example:9080' = '127.0.0.1:40001' }.

.PARAMETER InFlight
How many servers are queried at a time, 1 to 512.

.INPUTS
System.String, or any object with a property Endpoint or Name.

.OUTPUTS
VITrust.Endpoint

.EXAMPLE
Get-VITrustEndpoint 'vc01.lab.example', 'esx01.lab.example:9080'

Shows what a vCenter and the IO filter provider of a host present.

.EXAMPLE
Get-VMHost | ForEach-Object { "$($_.Name):9080" } | Get-VITrustEndpoint | Where-Object Failure

Lists the hosts whose IO filter provider does not answer.

.LINK
Test-VITrustChain

.LINK
about_VITrust
#>
function Get-VITrustEndpoint {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md')]
    [OutputType([VITrust.Endpoint])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('Name', 'Server', 'HostName')]
        [ArgumentCompleter({ $word = $args[2]; $global:DefaultVIServers | Where-Object { $_ } | ForEach-Object { $_.Name } | Where-Object { $_ -like "$word*" } })]
        [string[]] $Endpoint,

        [ValidateRange(0.001, 3600)]
        [double] $TimeoutSeconds,

        [string] $ServerName,

        [System.Collections.IDictionary] $ConnectTo,

        [ValidateRange(1, 512)]
        [int] $InFlight
    )

    begin {
        $endpoints = [System.Collections.Generic.List[string]]::new()
    }
    process {
        # An object of another kind has a name too, and is no server.
        $isOther = $_ -is [System.IO.FileSystemInfo] -or $_ -is [System.Diagnostics.Process] -or $_ -is [System.Collections.IDictionary] -or
            $_ -is [System.Management.Automation.PSModuleInfo] -or ($null -ne $_ -and "$($_.PSObject.TypeNames[0])" -match '^(Deserialized\.)?VITrust\.(?!Endpoint)')
        if ($MyInvocation.ExpectingInput -and $isOther) {
            try { Assert-VITrustKind -InputObject $_ -Parameter 'Endpoint' -Wanted 'a server' }
            catch { $PSCmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception)) }
        }
        $endpoints.AddRange($Endpoint)
    }
    end {
        if ($endpoints.Count -eq 0) { return }
        try {
            $names = @{ TimeoutSeconds = 'TimeoutSeconds'; ServerName = 'ServerName'; InFlight = 'InFlight' }
            $options = New-VITrustOption VITrust.ProbeOptions $PSBoundParameters $names
            if ($ConnectTo) { $options.ConnectTo = ConvertTo-VITrustDictionary $ConnectTo }
            $job = [VITrust.Job]::Probe($endpoints.ToArray(), $options)
            $report = Wait-VITrustJob -Job $job -Activity 'Querying servers'
        }
        catch {
            $PSCmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $endpoints.ToArray()))
        }
        $rows = @()
        try { $rows = $report.Endpoints() } finally { $report.Dispose() }
        # After the try: what a command behind this in the pipeline throws is none of its errors.
        $rows
    }
}
