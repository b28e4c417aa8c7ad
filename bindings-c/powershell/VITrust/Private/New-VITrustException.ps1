# An error of this module in the form of the library's own errors.
function New-VITrustException {
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param(
        [Parameter(Mandatory = $true)]
        [int] $Code,

        [Parameter(Mandatory = $true)]
        [string] $Name,

        [Parameter(Mandatory = $true)]
        [string] $Message
    )

    # PowerShell would hand over an empty text for $null.
    $none = [System.Management.Automation.Language.NullString]::Value
    [VITrust.VITrustException]::new($Code, $Name, $Message, $none, $null)
}
