# What the tests are written with.

# Runs one test. An error record that the test did not take care of fails it as an exception does.
function It {
    param([string] $Name, [scriptblock] $Body)

    if ($Only -and -not $Name.Contains($Only)) { return }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        foreach ($left in @(& $Body 2>&1)) {
            if ($left -is [System.Management.Automation.ErrorRecord]) { throw $left }
        }
        $script:Passed++
        Write-Host "ok   $Name ($($watch.ElapsedMilliseconds) ms)"
    }
    catch {
        $script:Failed++
        Write-Host "FAIL ${Name}: $($_.Exception.Message)"
        Write-Host "     $($_.FullyQualifiedErrorId)"
        if ($_.InvocationInfo) { Write-Host "     $($_.InvocationInfo.PositionMessage)" }
        if ($_.ScriptStackTrace) { Write-Host "     $($_.ScriptStackTrace)" }
    }
}

function Skip {
    param([string] $Name, [string] $Reason)

    $script:Skipped++
    Write-Host "skip ${Name}: $Reason"
}

function Assert-True {
    param([object] $Value, [string] $What = 'the condition')

    if (-not $Value) { throw "$What does not hold" }
}

# Compares as texts, case and all; several values one by one.
function Assert-Equal {
    param([object] $Expected, [object] $Actual, [string] $What = 'the value')

    $one = @($Expected | ForEach-Object { "$_" }) -join "`n"
    $other = @($Actual | ForEach-Object { "$_" }) -join "`n"
    if ($one -cne $other) { throw "${What}: expected <$one>, got <$other>" }
}

# Compares character by character; -ceq would take some for nothing.
function Assert-SameText {
    param([string] $Expected, [string] $Actual, [string] $What = 'the text')

    if ([string]::Equals($Expected, $Actual, [System.StringComparison]::Ordinal)) { return }
    $length = [System.Math]::Min($Expected.Length, $Actual.Length)
    $place = 0
    while ($place -lt $length -and [int]$Expected[$place] -eq [int]$Actual[$place]) { $place++ }
    throw "${What} differs from character $place on: $($Expected.Length) characters expected, $($Actual.Length) there"
}

function Assert-Match {
    param([string] $Pattern, [object] $Actual, [string] $What = 'the text')

    if ("$Actual" -cnotmatch $Pattern) { throw "${What}: expected to match <$Pattern>, got <$Actual>" }
}

function Assert-Type {
    param([string] $Name, [object] $Value)

    if ($null -eq $Value) { throw "expected a $Name, got nothing" }
    $type = $Value.GetType()
    Assert-Equal $Name $type.FullName 'the type'
}

# Runs something that must end in a terminating error of this id, and gives its record.
function Assert-Error {
    param([string] $Id, [string] $Category, [scriptblock] $Body)

    $caught = $null
    try { $null = & $Body } catch { $caught = $_ }
    if ($null -eq $caught) { throw "expected the error $Id, and there was none" }
    Assert-Record $Id $Category $caught
    $caught
}

function Assert-Record {
    param([string] $Id, [string] $Category, [object] $Record)

    if ($null -eq $Record) { throw "expected an error $Id, and there was none" }
    Assert-Equal $Id $Record.FullyQualifiedErrorId "the id of <$($Record.Exception.Message)>"
    Assert-Equal $Category $Record.CategoryInfo.Category 'the category'
}

# A file of the example estate.
function Get-Sample {
    param([string] $Path)

    $full = $script:Estate
    foreach ($part in $Path.Split('/')) { $full = Join-Path $full $part }
    $full
}

# Runs something, and gives what it returned and the errors that did not end it.
function Split-Result {
    param([scriptblock] $Body)

    $output = New-Object -TypeName System.Collections.Generic.List[object]
    $errors = New-Object -TypeName System.Collections.Generic.List[object]
    foreach ($one in @(& $Body 2>&1)) {
        if ($one -is [System.Management.Automation.ErrorRecord]) { $errors.Add($one) } else { $output.Add($one) }
    }
    [PSCustomObject]@{ Output = $output.ToArray(); Errors = $errors.ToArray() }
}

# A copy of the module in a folder of its own.
function Copy-Module {
    param([string] $Folder)

    $copy = Join-Path $script:Scratch $Folder
    $null = New-Item -ItemType Directory -Path $copy
    Copy-Item -LiteralPath $script:ModulePath -Destination $copy -Recurse
    Join-Path $copy 'VITrust'
}

# A file of the data beside it, as text.
function Read-Data {
    param([string] $Name)

    [System.IO.File]::ReadAllText((Join-Path $script:Data $Name))
}

# What a host would print, 200 columns wide, without blanks at the ends of lines and blank lines around.
function Get-Picture {
    param([object] $Value)

    Get-Trimmed ($Value | Out-String -Width 200)
}

function Get-Trimmed {
    param([string] $Text)

    $lines = @($Text.Replace("`r", '').Split("`n") | ForEach-Object { $_.TrimEnd() })
    ($lines -join "`n").Trim("`n")
}

# The width that the view of a matrix draws for.
function Get-Columns {
    $columns = 0
    try { $columns = [int]$Host.UI.RawUI.BufferSize.Width } catch { $columns = 0 }
    if ($columns -le 0) { $columns = 120 }
    [System.Math]::Max(40, $columns - 1)
}

# The program that runs this.
function Get-Program {
    foreach ($name in 'pwsh', 'pwsh.exe', 'powershell.exe') {
        $program = Join-Path $PSHOME $name
        if (Test-Path -LiteralPath $program -PathType Leaf) { return $program }
    }
    (Get-Process -Id $PID).Path
}

# What a process of its own says when it imports a copy of the module, on one line, and whether it is loaded then.
function Get-Import {
    param([string] $Module)

    $file = Join-Path $script:Scratch 'import.ps1'
    $lines = @(
        'param($Module)'
        'try { Import-Module -Name $Module -ErrorAction Stop } catch { $_.Exception.Message }'
        "if (Get-Module -Name 'VITrust') { 'loaded' } else { 'not loaded' }"
    )
    [System.IO.File]::WriteAllLines($file, [string[]]$lines)
    $program = Get-Program
    @(& $program -NoLogo -NoProfile -NonInteractive -File $file $Module 2>&1 | ForEach-Object { "$_" }) -join ' '
}

# Runs a script in a runspace of its own, with the module imported, and gives the PowerShell object and its handle.
function Start-Elsewhere {
    param([string] $Script)

    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module -Name '$($script:ModulePath.Replace("'", "''"))'`n$Script")
    [PSCustomObject]@{ Shell = $shell; Handle = $shell.BeginInvoke() }
}

# Waits until a condition holds, at most so many seconds.
function Wait-Until {
    param([scriptblock] $Condition, [int] $Seconds = 20)

    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while ($watch.Elapsed.TotalSeconds -lt $Seconds) {
        if (& $Condition) { return $true }
        Start-Sleep -Milliseconds 20
    }
    $false
}
