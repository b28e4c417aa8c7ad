# Compiles Interop.cs against one native library.
function Add-VITrustType {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $ModuleBase,

        [Parameter(Mandatory = $true)]
        [string] $Library
    )

    # The path stands in a verbatim C# string, where a quotation mark is written twice.
    $source = [System.IO.File]::ReadAllText((Join-Path $ModuleBase 'Interop.cs'))
    $source = $source.Replace('@@LIBRARY@@', $Library.Replace('"', '""'))
    $compile = @{ TypeDefinition = $source; Language = 'CSharp'; ErrorAction = 'Stop' }
    # A member that a later framework calls obsolete would be an error, and then a warning at each import.
    $compile['IgnoreWarnings'] = $true
    $compile['WarningAction'] = 'SilentlyContinue'
    if ($PSVersionTable.PSEdition -ne 'Core') {
        # PowerShell 7 refers to every assembly of the framework by itself; naming some would leave out the others.
        $compile['ReferencedAssemblies'] = 'System.Runtime.Serialization', 'System.Xml', 'System.Core'
    }
    Add-Type @compile
}
