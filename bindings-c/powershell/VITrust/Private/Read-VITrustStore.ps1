# Reads one store, and says what of it cannot be read. A file that is none is an error of the calling cmdlet.
function Read-VITrustStore {
    [CmdletBinding()]
    param(
        [string] $File,

        [string] $Pem,

        [string] $Store,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    try {
        if ($File) {
            $read = [VITrust.TrustStore]::ReadFile($File, $Store)
        }
        else {
            $read = [VITrust.TrustStore]::Read([System.Text.Encoding]::UTF8.GetBytes($Pem), 'pipeline', $Store)
        }
        Write-VITrustLoss -Store $read -Cmdlet $Cmdlet
        $read
    }
    catch {
        $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $File))
    }
}
