# The tests of the packaged module, as plain assertions. Run it with PowerShell 7 or Windows PowerShell 5.1:
#
#     pwsh -NoProfile -File run.ps1 [-Only TEXT]
#
# Ends with "N passed, N failed in N s", and with 1 when something failed. It needs nothing but the folder it came in; what a
# system lacks is skipped, and said. No cmdlet changes a server yet, so there is nothing that -WhatIf could be tested on:
# its tests come with the first cmdlet that does.
[CmdletBinding()]
param(
    # Runs only the tests whose name has this text.
    [string] $Only = ''
)

Set-StrictMode -Version 3.0
$env:NO_COLOR = '1'
$ProgressPreference = 'SilentlyContinue'
if (Get-Variable -Name 'PSStyle' -ErrorAction Ignore) { $PSStyle.OutputRendering = 'PlainText' }

$script:Here = $PSScriptRoot
$script:Data = Join-Path $PSScriptRoot 'data'
$script:Estate = Join-Path $script:Data 'estate'
$script:ModulePath = Join-Path (Split-Path -Parent $PSScriptRoot) 'VITrust'
$script:At = [datetime]::SpecifyKind([datetime]::ParseExact(([System.IO.File]::ReadAllText((Join-Path $script:Data 'estate.at'))).Trim(), 'yyyy-MM-dd', [cultureinfo]::InvariantCulture), 'Utc')
$script:Scratch = Join-Path ([System.IO.Path]::GetTempPath()) ('vitrust tests ' + [guid]::NewGuid().ToString('N'))
$script:Passed = 0
$script:Failed = 0
$script:Skipped = 0
$script:Watch = [System.Diagnostics.Stopwatch]::StartNew()

. (Join-Path $PSScriptRoot 'Assertions.ps1')

Write-Host "PowerShell $($PSVersionTable.PSVersion) $($PSVersionTable.PSEdition)"
$null = New-Item -ItemType Directory -Path $script:Scratch
try {
    foreach ($name in 'Loading', 'Store', 'Chain', 'Estate', 'Matrix', 'Expiry', 'Endpoint', 'Server', 'Live', 'Work', 'Help', 'Docs', 'View', 'Property', 'Binding', 'Value', 'Heavy') {
        Write-Host "-- $name"
        try {
            . (Join-Path (Join-Path $PSScriptRoot 'cases') "$name.ps1")
        }
        catch {
            $script:Failed++
            Write-Host "FAIL $name cannot be run: $_ $($_.ScriptStackTrace)"
        }
    }
}
finally {
    Remove-Item -LiteralPath $script:Scratch -Recurse -Force -ErrorAction SilentlyContinue
}

if ($script:Skipped -gt 0) { Write-Host "$($script:Skipped) skipped: see above" }
Write-Host "$($script:Passed) passed, $($script:Failed) failed in $([int]$script:Watch.Elapsed.TotalSeconds) s"
if ($script:Failed -gt 0 -or $script:Passed -eq 0) { exit 1 }
exit 0
