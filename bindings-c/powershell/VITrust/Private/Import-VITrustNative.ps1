# Compiles Interop.cs once for a session, and says what is wrong in one sentence where that cannot be.
function Import-VITrustNative {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ModuleBase
    )

    $mode = [string]$ExecutionContext.SessionState.LanguageMode
    if ($mode -ne 'FullLanguage') {
        throw "VITrust cannot be loaded: this session is in $mode mode, in which PowerShell compiles no types. Ask for the module's folder to be trusted by AppLocker or WDAC."
    }
    $library = Get-VITrustLibraryPath -ModuleBase $ModuleBase
    # One at a time: runspaces share the types of the process, and two that import at once would each compile them.
    $gate = [System.AppDomain]::CurrentDomain
    [System.Threading.Monitor]::Enter($gate)
    try {
        if (-not ('VITrust.Native' -as [type])) {
            Add-VITrustType -ModuleBase $ModuleBase -Library $library
        }
    }
    finally {
        [System.Threading.Monitor]::Exit($gate)
    }
    Assert-VITrustType -ModuleBase $ModuleBase -Library $library
}
