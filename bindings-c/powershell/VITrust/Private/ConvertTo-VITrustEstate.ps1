# An estate of one store, as the library's reader of lone files makes it.
function ConvertTo-VITrustEstate {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [VITrust.TrustStore] $Store,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $dumped = @($Store.Dumped).Count
    if ($dumped -gt 0) {
        $Cmdlet.WriteWarning("${Store}: $dumped entries are known from a dump only and left out; -Path has them")
    }
    $roots = @{ source = "$Store"; certificates = @($Store.Certificates | ForEach-Object { $_.Pem }) }
    $estate = @{ vcenters = @(@{ name = "$Store"; trusted_roots = $roots }) }
    [VITrust.Estate]::FromJson((ConvertTo-Json -InputObject $estate -Depth 8 -Compress))
}
