# Refuses the lines of a text file that came one by one, as Get-Content gives them: each would be a path that leads nowhere.
function Assert-VITrustLine {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [AllowEmptyString()]
        [string[]] $Text
    )

    # What a file of certificates, a listing or JSON has in its lines, and no name of a file.
    $marks = '^\s*(-----(BEGIN|END) |[{\[]\s*$|"[^"]*"\s*:|Alias\s*:|Number of entries in store|Entry type\s*:)'
    if ($Text.Count -lt 2 -or -not ($Text -match $marks)) { return }
    $advice = 'write Get-Content -Raw, or give the name of the file'
    throw (New-VITrustException 2 'argument' "$($Text.Count) lines of text came one by one, which are no files: $advice")
}
