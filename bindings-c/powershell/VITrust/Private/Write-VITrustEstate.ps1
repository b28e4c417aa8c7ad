# Hands on an estate, and tells what could not be collected and which servers were not checked.
function Write-VITrustEstate {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [VITrust.Estate] $Estate,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    foreach ($name in $Estate.Insecure) {
        $Cmdlet.WriteWarning("${name}: its certificate was not checked; whoever answered got the password or session")
    }
    # First the estate: with -ErrorAction Stop the first error ends the call, and a command behind it in the pipeline has
    # it then.
    $Estate
    foreach ($failure in $Estate.Failures) {
        # The host where it is about one, else the vCenter.
        $named = [regex]::Match($failure.Object, '^host ([^:]+)').Groups[1].Value
        $target = if ($named) { $named } else { $failure.VCenter }
        $record = ConvertTo-VITrustErrorRecord $failure.ToException() $target
        $Cmdlet.WriteError($record)
    }
}
