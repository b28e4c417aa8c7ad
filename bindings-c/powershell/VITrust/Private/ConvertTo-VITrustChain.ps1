# Presented chains out of what people have: certificates that stand together are one chain, anything else is one by
# itself. What is none is an error of the calling cmdlet, and the others go on.
function ConvertTo-VITrustChain {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [object[]] $InputObject,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $together = ''
    foreach ($one in $InputObject) {
        try {
            $pem = Get-VITrustPem $one
            if ($pem -and $one -isnot [string] -and $one -isnot [VITrust.Endpoint]) {
                $together += "$pem`n"
            }
            elseif ($pem) {
                [PSCustomObject]@{ Source = $one; Bytes = [System.Text.Encoding]::UTF8.GetBytes($pem) }
            }
            else {
                $file = if ($one -is [System.IO.FileSystemInfo]) { $one.FullName } else { [string]$one }
                foreach ($path in @(Resolve-VITrustPath -Path $file -Cmdlet $Cmdlet)) {
                    [PSCustomObject]@{ Source = $path; Bytes = [System.IO.File]::ReadAllBytes($path) }
                }
            }
        }
        catch {
            $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $one))
        }
    }
    if ($together) {
        [PSCustomObject]@{ Source = $InputObject; Bytes = [System.Text.Encoding]::UTF8.GetBytes($together) }
    }
}
