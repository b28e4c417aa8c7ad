# Warns about what of a store could not be read.
function Write-VITrustLoss {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [VITrust.TrustStore] $Store,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $lost = @($Store.Unreadable)
    if ($lost.Count -gt 0) {
        $Cmdlet.WriteWarning("${Store}: $($lost.Count) blocks could not be read, the first: $($lost[0])")
    }
}
