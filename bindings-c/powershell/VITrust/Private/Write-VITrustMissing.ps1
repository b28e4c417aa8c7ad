# Tells what came from the pipeline as text and is no file: as lines of one file, or each by itself.
function Write-VITrustMissing {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [AllowEmptyString()]
        [string[]] $Text,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    try {
        Assert-VITrustLine -Text $Text
        $null = Resolve-VITrustPath -Path $Text -Cmdlet $Cmdlet
    }
    catch {
        $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception))
    }
}
