# How deep rows go into what another process gets (Start-Job, Invoke-Command, Export-Clixml), and which of their values become there
# again what they were. Not in a file of types: a second copy of the module in a session would fail on it.
function Set-VITrustTypeData {
    [CmdletBinding()]
    param()

    foreach ($type in [VITrust.Native].Assembly.GetExportedTypes()) {
        if ($type.IsEnum) {
            Update-TypeData -TypeName "Deserialized.$($type.FullName)" -TargetTypeForDeserialization $type -Force
        }
        elseif (-not $type.IsAbstract -and -not $type.IsGenericType) {
            Update-TypeData -TypeName $type.FullName -SerializationDepth 4 -Force
        }
    }
}
