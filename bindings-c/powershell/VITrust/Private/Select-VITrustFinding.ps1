# The findings of these ids. An id that the catalogue does not have is refused: it would say that all is well.
function Select-VITrustFinding {
    [CmdletBinding()]
    param(
        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]] $Finding,

        [Parameter(Mandatory = $true)]
        [string[]] $Id
    )

    foreach ($one in $Id) {
        if (-not ([VITrust.Findings]::Ids() -like $one)) {
            throw (New-VITrustException 2 'argument' "-Id: no finding is called $([VITrust.View]::Text($one)): they are $([VITrust.Findings]::Ids() -join ', ')")
        }
    }
    foreach ($row in $Finding) {
        if (@($Id | Where-Object { $row.Id -like $_ }).Count -gt 0) { $row }
    }
}
