# Reads the functions, finds the native library, and compiles Interop.cs against it. What fails here fails the import:
# there is no half-loaded module.

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
