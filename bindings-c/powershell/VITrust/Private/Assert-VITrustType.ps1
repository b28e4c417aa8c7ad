# Makes sure that the types of this process belong to this module and its library. Types cannot be unloaded.
function Assert-VITrustType {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ModuleBase,

        [Parameter(Mandatory = $true)]
        [string] $Library
    )

    $loaded = [VITrust.Native]::LibraryPath
    if ($loaded -ne $Library) {
        throw "VITrust cannot be loaded: this process already has its types, for $loaded. Types cannot be unloaded: restart the session to use $Library"
    }
    $manifest = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($ModuleBase, 'VITrust.psd1'))
    $wanted = $manifest.Substring($manifest.IndexOf('    ModuleVersion ')).Split("'")[1]
    try {
        $found = [VITrust.Native]::Version()
        $null = [VITrust.Native]::Schema('report')
    }
    catch {
        $reason = $_.Exception.GetBaseException().Message
        # PowerShell 7 tells of every file it looked for, a line each. The one about ours has the reason.
        $own = @($reason.Split("`n") | Where-Object { $_.StartsWith("${Library}: ") })
        if ($own.Count -gt 0) { $reason = $own[0].Substring($Library.Length + 2).Trim() }
        throw "VITrust cannot be loaded: $Library does not work here: $reason"
    }
    if ($found -ne $wanted) {
        throw "VITrust cannot be loaded: the module is $wanted and the library that this process has loaded is $found. Restart the session; if that does not help, reinstall the module."
    }
}
