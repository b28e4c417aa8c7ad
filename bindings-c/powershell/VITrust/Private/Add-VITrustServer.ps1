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
    if ($Bound.ContainsKey('CAFile')) { $settings.CAFile = [string[]]@(Resolve-VITrustPath -Path $Bound['CAFile']) }
    if ($Bound.ContainsKey('Insecure')) { $settings.Insecure = [bool]$Bound['Insecure'] }
    if ($Server -is [string]) {
        $settings.Url = $Server
        if (-not $Bound.ContainsKey('Credential')) {
            # A URL may have a password in it.
            $shown = [VITrust.View]::Text(($Server -replace '//[^/@]*@', '//'))
            throw (New-VITrustException 711 'credentials' "${shown}: not connected: give -Credential, or run Connect-VIServer first")
        }
        $credential = $Bound['Credential']
        $Inventory.Add($settings, $credential.UserName, $credential.Password)
        return
    }
    if ($Server -is [System.Collections.IDictionary] -or -not $Server.PSObject.Properties['SessionSecret']) {
        Assert-VITrustKind -InputObject $Server -Parameter 'Server' -Wanted 'a connection of PowerCLI or the name of a vCenter'
    }
    # What the object lacks is empty here, and no error in strict mode.
    $connection = $Server | Select-Object -Property 'Name', 'ServiceUri', 'SessionSecret', 'IsConnected'
    if (-not $connection.SessionSecret -or -not $connection.IsConnected) {
        throw (New-VITrustException 700 'unauthenticated' "$($connection.Name): no open connection of PowerCLI: run Connect-VIServer again")
    }
    $settings.Name = [string]$connection.Name
    $settings.Url = [string]$connection.Name
    if ($connection.ServiceUri) {
        # https://vc01.lab.example/sdk, with the port where it is not 443.
        $settings.Url = ([uri][string]$connection.ServiceUri).GetLeftPart([System.UriPartial]::Authority)
    }
    $Inventory.AddSession($settings, [string]$connection.SessionSecret)
}
