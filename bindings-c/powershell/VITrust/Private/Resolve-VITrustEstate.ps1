# What an object given as an estate is: an estate or a store as it is, the store or estate whose whole text it is, or the paths that it
# names.
function Resolve-VITrustEstate {
    [CmdletBinding()]
    param(
        [AllowNull()]
        [object] $InputObject
    )

    foreach ($one in @(, $InputObject | ForEach-Object { $_ })) {
        if ($one -is [VITrust.Estate] -or $one -is [VITrust.TrustStore]) {
            $one
        }
        elseif ($one -is [string] -and $one -match '-----BEGIN [^\n]*\n') {
            [VITrust.TrustStore]::Read([System.Text.Encoding]::UTF8.GetBytes($one), 'pipeline', '')
        }
        elseif ($one -is [string] -and $one -match '^\s*\{[^\n]*.*:') {
            [VITrust.Estate]::FromJson($one)
        }
        elseif ($one -is [string]) {
            $one
        }
        elseif ($one -is [System.IO.FileSystemInfo]) {
            [System.Management.Automation.WildcardPattern]::Escape($one.FullName)
        }
        else {
            Assert-VITrustKind -InputObject $one -Parameter 'Estate' -Wanted 'an estate, a trust store, a file or a path'
        }
    }
}
