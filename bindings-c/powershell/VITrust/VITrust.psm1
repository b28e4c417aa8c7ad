# Has the functions, finds the native library and loads the assembly beside it. What fails here fails the import: there is no
# half-loaded module.

# Where the caller has errors silenced, "throw" would be passed over.
$ErrorActionPreference = 'Stop'

$mode = "$($ExecutionContext.SessionState.LanguageMode)"
if ($mode -ne 'FullLanguage') {
    throw "VITrust cannot be loaded: PowerShell runs in $mode mode here and does not call methods of the assembly. Make AppLocker or WDAC trust the folder of the module, or the signer of its files."
}

# FUNCTIONS: here `make powershell` puts the files of Private and Public. Reading thirty files took longer than all the rest.

# What is called while importing is .NET: the first cmdlet for files or variables would load a module of its own, which takes as long
# again.
Import-VITrustNative -ModuleBase $PSScriptRoot
Set-VITrustTypeData

# Left here, it would make every error of a cmdlet one that ends the call.
$ExecutionContext.SessionState.PSVariable.Remove('ErrorActionPreference')
