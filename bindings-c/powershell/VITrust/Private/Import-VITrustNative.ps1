# Compiles Interop.cs once for a session, and says what is wrong in one sentence where that cannot be.
function Import-VITrustNative {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ModuleBase
    )

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
