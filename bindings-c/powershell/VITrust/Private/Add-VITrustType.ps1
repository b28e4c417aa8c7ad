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
    # Without IgnoreWarnings a member that a later framework calls obsolete would be an error.
    $compile = @{ TypeDefinition = $source; Language = 'CSharp'; IgnoreWarnings = $true; ErrorAction = 'Stop' }
    if ($PSVersionTable.PSEdition -ne 'Core') {
        # PowerShell 7 refers to every assembly of the framework by itself; naming some would leave out the others.
        $compile['ReferencedAssemblies'] = 'System.Runtime.Serialization', 'System.Xml', 'System.Core'
    }
    Add-Type @compile
}
