<#
.SYNOPSIS
Collects what vCenters and hosts trust and present, or reads it from exports.

.DESCRIPTION
Queries vCenters over their own APIs for TRUSTED_ROOTS, hosts, castore.pem, presented chains and storage
providers. It only reads: no call behind it writes.

Without parameters, the connections of PowerCLI in $global:DefaultVIServers are used with their own sessions: no
second login is made, and the sessions stay open. A name is looked up among these connections; one that is not connected
needs -Credential.

The certificate of a vCenter is verified before a session or password is sent to it, whatever PowerCLI was told about
invalid certificates: by the roots of the operating system, by -CAFile, or by -Thumbprint.

What cannot be collected is an error that does not end the call, with the id VITrust.<name> and the object as its
target, and is in Failures of the result. The rest goes on. Ctrl-C ends the work and closes the sessions that it opened.

.PARAMETER Server
vCenters: connection objects of PowerCLI, or names. From the pipeline come connections and objects with a property Server, as Import-Csv
makes them; a text from there is a path, or a server if -Credential, -CAFile, -Thumbprint or -Insecure is given.

.PARAMETER Credential
User and password for servers that are given by name. With -Inventory only the password is used, for entries that say
password_prompt. One password serves one user: the call ends with the error VITrust.credentials if such entries have
several users, or if several of them say password_prompt themselves instead of the defaults.

.PARAMETER CAFile
Files with certificates to trust in addition to the roots of the operating system.

.PARAMETER Thumbprint
SHA-256 fingerprints of acceptable server certificates: "sha256:7f83..." These count instead of a chain. A SHA-1
thumbprint, as vSphere shows it, is not accepted.

.PARAMETER Insecure
Queries whoever answers. Whoever that is gets the password or session; the estate and every report say so (VT104).

.PARAMETER Inventory
An inventory file of vCenters, as `vitrust collect` takes it: see docs/guide/collect.md. "-" takes the vCenter that GOVC_URL or
VMWARE_HOST in $env: names, with its login.

.PARAMETER Path
Folders of exports, single files, or estates in JSON. Several paths make one estate, also from the pipeline.

.PARAMETER LiteralPath
The same without wildcards.

.PARAMETER Json
The JSON text of an estate, as its ToJson() returns it.

.INPUTS
Connections of PowerCLI; objects with a property Server, Path or FullName; System.String, System.IO.FileSystemInfo: folders and files.

.OUTPUTS
VITrust.Estate

.EXAMPLE
Connect-VIServer vc01.lab.example; Get-VITrustEstate | Test-VITrustEstate

Judges the estate of the vCenter that PowerCLI is connected to.

.EXAMPLE
Get-VITrustEstate 'vc01.lab.example', 'vc02.lab.example' -Credential (Get-Credential) -CAFile ca.pem

Queries two vCenters without PowerCLI.

.EXAMPLE
(Get-VITrustEstate -Inventory fleet.toml).ToJson() | Set-Content -Encoding utf8 estate.json

Keeps the estate of an inventory for later: Get-VITrustEstate -Path estate.json reads it.

.EXAMPLE
Get-VITrustEstate -Path exports | Get-VITrustMatrix

Draws who trusts whom from a folder of exports.

.LINK
Test-VITrustEstate

.LINK
Get-VITrustMatrix

.LINK
about_VITrust
#>
function Get-VITrustEstate {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Server')]
    [OutputType([VITrust.Estate])]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Server', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ArgumentCompleter({ $word = $args[2]; $global:DefaultVIServers | Where-Object { $_ } | ForEach-Object { $_.Name } | Where-Object { $_ -like "$word*" } })]
        [object[]] $Server,

        [Parameter(ParameterSetName = 'Server')]
        [Parameter(ParameterSetName = 'Inventory')]
        [System.Management.Automation.PSCredential]
        [System.Management.Automation.Credential()]
        $Credential,

        [Parameter(ParameterSetName = 'Server')]
        [string[]] $CAFile,

        [Parameter(ParameterSetName = 'Server')]
        [string[]] $Thumbprint,

        [Parameter(ParameterSetName = 'Server')]
        [switch] $Insecure,

        [Parameter(Mandatory = $true, ParameterSetName = 'Inventory')]
        [string] $Inventory,

        [Parameter(Mandatory = $true, ParameterSetName = 'Path')]
        [Alias('FullName')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Alias('PSPath')]
        [string[]] $LiteralPath,

        [Parameter(Mandatory = $true, ParameterSetName = 'Json')]
        [string] $Json
    )

    begin {
        $paths = [System.Collections.Generic.List[string]]::new()
        $servers = [System.Collections.Generic.List[object]]::new()
        $bound = @{ }
        foreach ($name in $PSBoundParameters.Keys) { $bound[$name] = $PSBoundParameters[$name] }
        $hasLogin = @('Credential', 'CAFile', 'Thumbprint', 'Insecure' | Where-Object { $bound.ContainsKey($_) }).Count -gt 0
    }
    process {
        if ($MyInvocation.ExpectingInput) {
            try { $found = Select-VITrustServer -InputObject $_ -HasLogin:$hasLogin }
            catch { $PSCmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception)) }
            $servers.AddRange([object[]]$found.Server)
            $paths.AddRange([string[]]$found.Path)
        }
        elseif ($Path) { $paths.AddRange($Path) }
        foreach ($one in $LiteralPath) { $paths.Add([System.Management.Automation.WildcardPattern]::Escape($one)) }
    }
    end {
        # An empty pipeline is no wish to ask servers.
        if ($MyInvocation.ExpectingInput -and $paths.Count + $servers.Count -eq 0) { return }
        if ($servers.Count -gt 0) { $bound['Server'] = $servers.ToArray() }
        $estates = @()
        try {
            if ($paths.Count -gt 0) { $estates += Read-VITrustEstate -Path $paths.ToArray() -Cmdlet $PSCmdlet }
            if ($bound.ContainsKey('Json')) { $estates += [VITrust.Estate]::FromJson($Json) }
            elseif ($paths.Count -eq 0 -or $servers.Count -gt 0) { $estates += Receive-VITrustEstate -Bound $bound -Cmdlet $PSCmdlet }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception))
        }
        foreach ($estate in $estates) { Write-VITrustEstate -Estate $estate -Cmdlet $PSCmdlet }
    }
}
