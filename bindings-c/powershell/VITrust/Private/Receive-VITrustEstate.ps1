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
        if ($Bound.Contains('Inventory')) {
            $password = $null
            if ($Bound.Contains('Credential')) { $password = $Bound['Credential'].Password }
            $inventory = [VITrust.Inventory]::Load(@(Resolve-VITrustPath -Path $Bound['Inventory'])[0], $password)
        }
        else {
            $inventory = [VITrust.Inventory]::new((New-Object -TypeName VITrust.InventoryOptions))
            foreach ($server in @(Get-VITrustServer -Server $Bound['Server'] -NamesOnly:$Bound.Contains('Credential'))) {
                try {
                    Add-VITrustServer -Inventory $inventory -Server $server -Bound $Bound
                }
                catch {
                    $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $server))
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
