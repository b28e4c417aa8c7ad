# The servers to ask: those that were named, each by its PowerCLI connection where it has one; else all connections.
function Get-VITrustServer {
    [CmdletBinding()]
    param(
        [AllowEmptyCollection()]
        [AllowNull()]
        [object[]] $Server,

        # Whether servers were named at all: none of those is no wish to ask every one.
        [switch] $IsGiven,

        # Leaves names as they are: with a credential they are meant to be logged in to.
        [switch] $NamesOnly
    )

    $variable = Get-Variable -Name 'DefaultVIServers' -Scope Global -ErrorAction Ignore
    $connected = @(if ($variable) { $variable.Value | Where-Object { $_ } })
    $Server = @($Server | Where-Object { $null -ne $_ -and $_ -ne '' })
    if ($IsGiven -and $Server.Count -eq 0) {
        throw (New-VITrustException 2 'argument' '-Server is empty: no vCenter was named. Leave the parameter out to ask every connection of PowerCLI')
    }
    if ($Server.Count -eq 0) {
        if ($connected.Count -eq 0) {
            throw (New-VITrustException 2 'argument' 'no vCenter to query: run Connect-VIServer first, or give -Server, -Inventory, -Path or -Json')
        }
        # PowerCLI counts a second login to a vCenter as the same connection; asking it twice would be two vCenters of one name.
        return @($connected | Group-Object -Property 'Name', 'ServiceUri' | ForEach-Object { $_.Group[0] })
    }
    foreach ($one in $Server) {
        $match = @($connected | Where-Object { -not $NamesOnly -and $one -is [string] -and $_.Name -eq $one })
        if ($match.Count -gt 0) { $match[0] } else { $one }
    }
}
