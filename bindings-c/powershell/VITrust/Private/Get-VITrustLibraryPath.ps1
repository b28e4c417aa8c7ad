# The native library for this platform and the architecture of this process, which must be there.
function Get-VITrustLibraryPath {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ModuleBase
    )

    $system = 'win'
    # .NET Framework before 4.7.1 has no RuntimeInformation; this variable tells the architecture of the process.
    $architecture = "$env:PROCESSOR_ARCHITECTURE"
    if ($PSVersionTable.PSEdition -eq 'Core') {
        $architecture = [string][System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture
        if ($IsLinux) { $system = 'linux' }
        if ($IsMacOS) { $system = 'osx' }
    }
    $architecture = $architecture.ToLowerInvariant().Replace('amd64', 'x64')
    $names = @{ win = 'vitrust.dll'; linux = 'libvitrust.so'; osx = 'libvitrust.dylib' }
    $path = [System.IO.Path]::Combine($ModuleBase, 'runtimes', "$system-$architecture", 'native')
    $path = [System.IO.Path]::Combine($path, $names[$system])
    if (-not [System.IO.File]::Exists($path)) {
        throw "VITrust cannot be loaded: there is no native library for platform $system, architecture $architecture; looked for $path"
    }
    $path
}
