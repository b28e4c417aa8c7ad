# Collects the estate of servers, or of an inventory file. A server that cannot be asked at all is an error of the
# calling cmdlet, and the others go on.
function Receive-VITrustEstate {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $inventory = $null
    try {
        if ($Bound.ContainsKey('Inventory')) {
            $password = $null
            if ($Bound.ContainsKey('Credential')) { $password = $Bound['Credential'].Password }
            # As with --inventory of the command.
            $isAround = $Bound['Inventory'] -eq '-'
            $inventory = if ($isAround) { [VITrust.Inventory]::FromEnvironment() } else { [VITrust.Inventory]::Load((Resolve-VITrustFile -Path $Bound['Inventory']), $password) }
        }
        else {
            $inventory = [VITrust.Inventory]::new((New-Object -TypeName VITrust.InventoryOptions))
            $named = @(if ($Bound.ContainsKey('Server')) { $Bound['Server'] })
            $namesOnly = $Bound.ContainsKey('Credential')
            foreach ($server in @(Get-VITrustServer -Server $named -NamesOnly:$namesOnly -IsGiven:($Bound.ContainsKey('Server')))) {
                try {
                    Add-VITrustServer -Inventory $inventory -Server $server -Bound $Bound
                }
                catch {
                    # By its name: a connection as text may show its session.
                    $name = if ($server -is [string]) { $server -replace '//[^/@]*@', '//' } else { ($server | Select-Object -Property 'Name').Name }
                    $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord (ConvertTo-VITrustAdvice $_.Exception $name) $name))
                }
            }
        }
        if ($inventory.Count -gt 0) {
            Wait-VITrustJob -Job ([VITrust.Job]::Collect($inventory)) -Activity 'Collecting the estate'
        }
    }
    finally {
        if ($inventory) { $inventory.Dispose() }
    }
}
