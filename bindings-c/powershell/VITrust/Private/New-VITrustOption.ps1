# Options of the library out of the parameters that were given. What was not given keeps the library's own default.
function New-VITrustOption {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $TypeName,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        # Parameter names, and the property that each of them sets.
        [Parameter(Mandatory = $true)]
        [hashtable] $Property
    )

    $options = ([type]$TypeName)::new()
    foreach ($name in $Property.Keys) {
        if ($Bound.ContainsKey($name)) {
            $value = $Bound[$name]
            # PowerShell takes the names of a set in any case, the library in lower case.
            if ($name -in 'Profile', 'Purpose', 'Revocation', 'Severity') { $value = $value.ToLowerInvariant() }
            $options.($Property[$name]) = $value
        }
    }
    $options
}
