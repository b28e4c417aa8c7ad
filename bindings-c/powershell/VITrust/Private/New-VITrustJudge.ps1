# The store and the options of a judgement. Without them there is nothing to go on with, so what fails ends the call.
function New-VITrustJudge {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [object] $Store,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary] $Bound,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    try {
        if ($Store -isnot [VITrust.TrustStore]) {
            $isFile = $Store -is [System.IO.FileSystemInfo] -or ($Store -is [string] -and $Store)
            if (-not $isFile) { Assert-VITrustKind -InputObject $Store -Parameter 'Store' -Wanted 'a trust store or a file' }
            $file = if ($Store -is [string]) { $Store } else { [System.Management.Automation.WildcardPattern]::Escape($Store.FullName) }
            $Store = Wait-VITrustJob -Job ([VITrust.Job]::ReadStore((Resolve-VITrustFile -Path $file), '')) -Activity 'Reading a trust store'
            Write-VITrustLoss -Store $Store -Cmdlet $Cmdlet
        }
        $names = @{ Profile = 'Profile'; Purpose = 'Purpose'; Name = 'Name'; Revocation = 'Revocation'; MaxDepth = 'MaxDepth' }
        $options = New-VITrustOption VITrust.VerifyOptions $Bound $names
        $options.At = if ($Bound.ContainsKey('At')) { ConvertTo-VITrustTime $Bound['At'] } else { [datetime]::UtcNow }
        if ($Bound.ContainsKey('Crl')) { $options.Crls = [string[]]@(Read-VITrustCrl -Crl $Bound['Crl']) }
    }
    catch {
        $record = ConvertTo-VITrustErrorRecord $_.Exception $Store
        if (-not $Bound['Quiet']) { $Cmdlet.ThrowTerminatingError($record) }
        # One that answers yes or no says the error, and answers.
        $Cmdlet.WriteError($record)
        return
    }
    @{ Store = $Store; Options = $options }
}
