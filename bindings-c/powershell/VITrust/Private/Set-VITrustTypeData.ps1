# How deep rows go into what another process gets (Start-Job, Invoke-Command, Export-Clixml), and which of their values become there
# again what they were. Not in a file of types: a second copy of the module in a session would fail on it. One call for all: each costs
# milliseconds.
function Set-VITrustTypeData {
    [CmdletBinding()]
    param()

    $data = foreach ($type in [VITrust.Native].Assembly.GetExportedTypes()) {
        if ($type.IsEnum) {
            $one = [System.Management.Automation.Runspaces.TypeData]::new("Deserialized.$($type.FullName)")
            $one.TargetTypeForDeserialization = $type
            $one
        }
        elseif (-not $type.IsAbstract -and -not $type.IsGenericType) {
            $one = [System.Management.Automation.Runspaces.TypeData]::new($type.FullName)
            $one.SerializationDepth = 4
            $one
        }
    }
    Update-TypeData -TypeData $data -Force
}
