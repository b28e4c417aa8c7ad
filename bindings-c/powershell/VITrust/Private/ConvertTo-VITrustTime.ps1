# The time that a value of -At means, in UTC. A number would be a count of ticks to .NET, and is none here.
function ConvertTo-VITrustTime {
    [CmdletBinding()]
    [OutputType([datetime])]
    param(
        [AllowNull()]
        [object] $At
    )

    if ($At -is [psobject]) { $At = $At.PSObject.BaseObject }
    if ($At -is [datetime]) { return $At }
    if ($At -is [System.DateTimeOffset]) { return $At.UtcDateTime }
    if ($null -ne $At -and $At.GetType().FullName -eq 'System.DateOnly') {
        return [datetime]::new($At.Year, $At.Month, $At.Day, 0, 0, 0, [System.DateTimeKind]::Utc)
    }
    $time = [datetime]::MinValue
    # A number alone could be a year, a day or a count of seconds.
    if ($At -is [string] -and $At -notmatch '^\s*[+-]?[\d.,]*\s*$') {
        $styles = [System.Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal'
        if ([datetime]::TryParse($At, [cultureinfo]::InvariantCulture, $styles, [ref] $time)) { return $time }
    }
    $what = if ($null -eq $At) { 'nothing' } elseif ($At -is [string]) { "'$([VITrust.View]::Text($At))'" } else { "$At, a $($At.GetType().FullName)," }
    throw (New-VITrustException 2 'argument' "-At: $what is no date: write 2027-01-01 or 2027-01-01T12:00:00Z, or give a [datetime]")
}
