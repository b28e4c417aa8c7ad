# Reads one store, and says what of it cannot be read. A file that is none is an error of the calling cmdlet.
function Read-VITrustStore {
    [CmdletBinding()]
    param(
        [string] $File,

        [string] $Pem,

        [string] $Name = 'pipeline',

        [string] $Store,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    $read = $null
    try {
        if ($File) {
            $read = Wait-VITrustJob -Job ([VITrust.Job]::ReadStore($File, $Store)) -Activity 'Reading a trust store'
        }
        else {
            $job = [VITrust.Job]::ReadStore([System.Text.Encoding]::UTF8.GetBytes($Pem), $Name, $Store)
            $read = Wait-VITrustJob -Job $job -Activity 'Reading a trust store'
        }
        $there = @($read.StoreNames)
        if ($Store -and $there -notcontains $Store) {
            $others = if ($there.Count -gt 0) { "it has $($there -join ', ')" } else { 'it names no store' }
            $read.Dispose()
            $read = $null
            throw (New-VITrustException 200 'store' "${File}: there is no store $([VITrust.View]::Text($Store)) in it: $([VITrust.View]::Text($others))")
        }
    }
    catch {
        $Cmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $File))
    }
    if (-not $read) { return }
    Write-VITrustLoss -Store $read -Cmdlet $Cmdlet
    if ($read.Count -eq 0) { $Cmdlet.WriteWarning("${read}: there is no anchor in it, so nothing is trusted by it") }
    # After the try: what a command behind this in the pipeline throws is none of its errors.
    $read
}
