# The error record of an exception: the id and category of the library's own, whatever PowerShell wrapped around it.
function ConvertTo-VITrustErrorRecord {
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Exception] $Exception,

        [object] $Target
    )

    while ($Exception.InnerException -and $Exception -isnot [VITrust.VITrustException]) {
        $Exception = $Exception.InnerException
    }
    # The last is what a path says that leads to no drive or provider of PowerShell.
    $kinds = [System.IO.IOException], [System.UnauthorizedAccessException], [System.Management.Automation.SessionStateException]
    $id = [VITrust.Errors]::Id('unexpected')
    $category = 'NotSpecified'
    if ($Exception -is [VITrust.VITrustException]) {
        $id = $Exception.Id
        $category = $Exception.Category
    }
    elseif ($Exception -is [System.ArgumentException]) {
        $id = [VITrust.Errors]::Id('argument')
        $category = [VITrust.Errors]::Category(2)
    }
    elseif ($Exception -is [System.ObjectDisposedException]) {
        $id = [VITrust.Errors]::Id('disposed')
        $category = 'InvalidOperation'
    }
    elseif ($kinds | Where-Object { $Exception -is $_ }) {
        $id = [VITrust.Errors]::Id('file')
        $category = [VITrust.Errors]::Category(800)
    }
    [System.Management.Automation.ErrorRecord]::new($Exception, $id, $category, $Target)
}
