# Refuses by name what is none of the kinds that a parameter takes: no object becomes a file name by its text.
function Assert-VITrustKind {
    [CmdletBinding()]
    param(
        [AllowNull()]
        [object] $InputObject,

        [Parameter(Mandatory = $true)]
        [string] $Parameter,

        [Parameter(Mandatory = $true)]
        [string] $Wanted
    )

    $name = 'nothing'
    if ($null -ne $InputObject) { $name = $InputObject.PSObject.TypeNames[0] }
    if ($InputObject -is [string]) { $name = 'an empty text' }
    $advice = ''
    if ($name.StartsWith('Deserialized.')) {
        $advice = ': it came from another process or a file, and has its properties only. Read it anew here, or pass on what ToJson() gives'
    }
    throw (New-VITrustException 2 'argument' "-${Parameter}: $name is not $Wanted$advice")
}
