# An estate of one store, as the library's reader of lone files makes it.
function ConvertTo-VITrustEstate {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [VITrust.TrustStore] $Store
    )

    [VITrust.Estate]::FromStore($Store)
}
