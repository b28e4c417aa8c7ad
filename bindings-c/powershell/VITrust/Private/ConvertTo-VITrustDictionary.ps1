# A hashtable as a dictionary of texts.
function ConvertTo-VITrustDictionary {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $InputObject
    )

    $texts = [System.Collections.Generic.Dictionary[string,string]]::new()
    foreach ($key in $InputObject.Keys) {
        $texts[[string]$key] = [string]$InputObject[$key]
    }
    # A dictionary is one object to PowerShell, and is not taken apart on the way out.
    $texts
}
