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

    $together = [System.Text.StringBuilder]::new()
    foreach ($one in $InputObject) {
        try {
            $pem = Get-VITrustPem $one
            if ($pem -and $one -isnot [string] -and $one -isnot [VITrust.Endpoint]) {
                $null = $together.Append($pem).Append("`n")
            }
            elseif ($pem) {
                [PSCustomObject]@{ Source = $one; Name = if ($one -is [string]) { 'PEM text' } else { "$one" }; Bytes = [System.Text.Encoding]::UTF8.GetBytes($pem) }
            }
            else {
                $file = if ($one -is [string]) { $one } else { [System.Management.Automation.WildcardPattern]::Escape($one.FullName) }
                $found = @(Resolve-VITrustPath -Path $file -Cmdlet $Cmdlet)
                # What is not there was told, and is no chain.
                if ($found.Count -eq 0) { [PSCustomObject]@{ Source = $one; Name = $file; Bytes = $null } }
                foreach ($path in $found) {
                    [PSCustomObject]@{ Source = $path; Name = $path; Bytes = Wait-VITrustJob -Job ([VITrust.Job]::ReadFile($path)) -Activity 'Reading a chain' }
                }
            }
        }
        catch {
            $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $one))
            [PSCustomObject]@{ Source = $one; Name = ''; Bytes = $null }
        }
    }
    if ($together.Length -gt 0) {
        [PSCustomObject]@{ Source = $InputObject; Name = 'certificates'; Bytes = [System.Text.Encoding]::UTF8.GetBytes($together.ToString()) }
    }
}
