# Loads the assembly that lies beside a native library, and that finds the library there.
function Add-VITrustType {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Library
    )

    $assembly = [System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($Library), 'VITrust.Interop.dll')
    if (-not [System.IO.File]::Exists($assembly)) {
        throw "VITrust cannot be loaded: there is no $assembly; reinstall the module"
    }
    try {
        $null = [System.Reflection.Assembly]::LoadFrom($assembly)
    }
    catch {
        $reason = $_.Exception.GetBaseException()
        # What .NET Framework says of a file with the mark of a download speaks of networks and sandboxes.
        $advice = if ($reason -is [System.NotSupportedException]) { '. Run Unblock-File on every file of the module' }
        throw "VITrust cannot be loaded: $assembly failed to load: $($reason.Message)$advice"
    }
}
