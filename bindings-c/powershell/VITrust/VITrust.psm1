# Reads the functions, finds the native library and loads the assembly beside it. What fails here fails the import: there is no
# half-loaded module.

# Where the caller has errors silenced, "throw" would be passed over.
$ErrorActionPreference = 'Stop'

$mode = "$($ExecutionContext.SessionState.LanguageMode)"
if ($mode -ne 'FullLanguage') {
    throw "VITrust cannot be loaded: PowerShell runs in $mode mode here and calls no methods of the assembly. Have the folder of the module, or whoever signed its files, trusted by AppLocker or WDAC."
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
