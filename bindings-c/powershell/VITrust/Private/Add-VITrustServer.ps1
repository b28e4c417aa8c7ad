# Adds one vCenter to an inventory: within the session of a PowerCLI connection, or by a name and a credential.
function Add-VITrustServer {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [VITrust.Inventory] $Inventory,

        [Parameter(Mandatory = $true)]
        [object] $Server,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound
    )

    $settings = New-VITrustOption VITrust.ServerSettings $Bound @{ Thumbprint = 'Pins' }
    if ($Bound.Contains('CAFile')) { $settings.CAFile = [string[]]@(Resolve-VITrustPath -Path $Bound['CAFile']) }
    if ($Bound.Contains('Insecure')) { $settings.Insecure = [bool]$Bound['Insecure'] }
    if ($Server -is [string]) {
        $settings.Url = $Server
        if (-not $Bound.Contains('Credential')) {
            throw (New-VITrustException 711 'credentials' "${Server}: not connected: give -Credential, or run Connect-VIServer first")
        }
        $credential = $Bound['Credential']
        $Inventory.Add($settings, $credential.UserName, $credential.Password)
        return
    }
    if (-not $Server.SessionSecret -or -not $Server.IsConnected) {
        throw (New-VITrustException 700 'unauthenticated' "$($Server.Name): this connection is closed: run Connect-VIServer again")
    }
    $settings.Name = [string]$Server.Name
    $settings.Url = "https://$($Server.Name):$($Server.Port)"
    if ($Server.ServiceUri) { $settings.Url = ([uri][string]$Server.ServiceUri).GetLeftPart([System.UriPartial]::Authority) }
    $Inventory.AddSession($settings, [string]$Server.SessionSecret)
}
