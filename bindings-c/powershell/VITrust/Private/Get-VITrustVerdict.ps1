# What a consumer says of one chain; nothing where there is none to judge, which was told or is told here.
function Get-VITrustVerdict {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Judge,

        # As ConvertTo-VITrustChain gives it.
        [Parameter(Mandatory = $true)]
        [object] $Chain,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    if ($null -eq $Chain.Bytes) { return }
    $verdict = $null
    try {
        $verdict = $Judge.Store.Verify([byte[]]$Chain.Bytes, $Judge.Options)
    }
    catch {
        $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $Chain.Source))
        return
    }
    $verdict.Source = $Chain.Name
    $verdict
}
