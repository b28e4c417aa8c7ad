# The store and the options of a judgement. Without them there is nothing to go on with, so what fails ends the call.
function New-VITrustJudge {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [object] $Store,

        [Parameter(Mandatory = $true)]
        [datetime] $At,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    try {
        if ($Store -isnot [VITrust.TrustStore]) {
            $file = if ($Store -is [System.IO.FileSystemInfo]) { $Store.FullName } else { [string]$Store }
            $Store = [VITrust.TrustStore]::ReadFile((Resolve-VITrustFile -Path $file), '')
            Write-VITrustLoss -Store $Store -Cmdlet $Cmdlet
        }
        $names = @{ Profile = 'Profile'; Purpose = 'Purpose'; Name = 'Name'; Revocation = 'Revocation'; MaxDepth = 'MaxDepth' }
        $options = New-VITrustOption VITrust.VerifyOptions $Bound $names
        $options.At = $At
        if ($Bound.ContainsKey('Crl')) { $options.Crls = [string[]]@(Read-VITrustCrl -Crl $Bound['Crl']) }
    }
    catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-VITrustErrorRecord $_.Exception $Store))
    }
    @{ Store = $Store; Options = $options }
}
