# Says that a cmdlet which answers yes or no was given nothing to judge.
function Write-VITrustNothing {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $nothing = New-VITrustException 2 'argument' 'nothing was given to judge, so the answer is $false'
    $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $nothing))
}
