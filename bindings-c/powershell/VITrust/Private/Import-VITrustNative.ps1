# Loads the assembly once for a session, and says what is wrong in one sentence where that cannot be.
function Import-VITrustNative {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ModuleBase
    )

    $library = Get-VITrustLibraryPath -ModuleBase $ModuleBase
    # One at a time: runspaces share the types of the process, and of two that import at once the second finds those of the first.
    $gate = [System.AppDomain]::CurrentDomain
    [System.Threading.Monitor]::Enter($gate)
    try {
        if (-not ('VITrust.Native' -as [type])) {
            Add-VITrustType -Library $library
        }
    }
    finally {
        [System.Threading.Monitor]::Exit($gate)
    }
    Assert-VITrustType -ModuleBase $ModuleBase -Library $library
}
