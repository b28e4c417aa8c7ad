# Finds the native library, compiles Interop.cs against it, and reads the functions. What fails here fails the import:
# there is no half-loaded module.

# Where the caller has errors silenced, "throw" would be passed over.
$ErrorActionPreference = 'Stop'

$mode = "$($ExecutionContext.SessionState.LanguageMode)"
if ($mode -ne 'FullLanguage') {
    throw "VITrust cannot be loaded: PowerShell runs in $mode mode here and compiles no types. Have the folder of the module trusted by AppLocker or WDAC."
}

foreach ($folder in 'Private', 'Public') {
    foreach ($file in Get-ChildItem -LiteralPath (Join-Path $PSScriptRoot $folder) -Filter '*.ps1' -ErrorAction Stop) {
        try {
            . $file.FullName
        }
        catch {
            throw "VITrust cannot be loaded: $($file.FullName): $($_.Exception.Message)"
        }
    }
}

Import-VITrustNative -ModuleBase $PSScriptRoot
Update-VITrustTypeData

# Left here, it would make every error of a cmdlet one that ends the call.
Remove-Variable -Name 'ErrorActionPreference' -Scope Local
