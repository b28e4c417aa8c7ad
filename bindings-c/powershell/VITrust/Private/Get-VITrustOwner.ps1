# Who trusts a certificate that PowerCLI lists; an empty text where nobody is named. An object with a path beside its certificate is
# refused: nothing tells which of the two is meant.
function Get-VITrustOwner {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [AllowNull()]
        [object] $InputObject
    )

    if ($null -eq $InputObject -or $InputObject -is [string]) { return '' }
    $members = $InputObject.PSObject.Properties
    if ($members['CertificatePEM'] -and ($members['Path'] -or $members['FullName'])) {
        throw (New-VITrustException 2 'argument' 'this object has both a path and a CertificatePEM: give one of them')
    }
    if ($members['TrustedByEntity'] -and $InputObject.TrustedByEntity) { return "$($InputObject.TrustedByEntity)" }
    ''
}
