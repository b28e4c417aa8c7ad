# Many objects, many audits, many runspaces, and work that is stopped at any moment. VITRUST_HEAVY=1 takes ten times as many.

$script:Heavy = [bool]$env:VITRUST_HEAVY

# What the process has in memory once the collector has been there, in MB.
function Get-Memory {
    for ($round = 0; $round -lt 2; $round++) { [System.GC]::Collect(); [System.GC]::WaitForPendingFinalizers() }
    [int]([System.Diagnostics.Process]::GetCurrentProcess().WorkingSet64 / 1048576)
}

It 'thousands of objects go through the pipeline of each cmdlet, and none is lost' {
    $many = if ($script:Heavy) { 10000 } else { 1000 }
    $pem = [System.IO.File]::ReadAllText((Get-Sample 'vc01/vmca-root.pem'))
    $store = Import-VITrustStore -Path (Get-Sample 'vc01/vmca-root.pem')
    $roots = @(1..$many | ForEach-Object { [PSCustomObject]@{ CertificatePEM = $pem; TrustedByEntity = "vc$($_ % 7)" } })
    Assert-Equal 7 @($roots | Import-VITrustStore).Count
    Assert-Equal $many @(1..$many | ForEach-Object { $pem } | Test-VITrustChain -Store $store -At $script:At -Purpose ca).Count
    Assert-Equal $true (1..$many | ForEach-Object { $pem } | Test-VITrustChain -Store $store -At $script:At -Purpose ca -Quiet)
    Assert-Equal $many @(1..$many | ForEach-Object { $store } | Get-VITrustExpiry -At $script:At).Count
    Assert-Equal $many @(1..$many | ForEach-Object { $store } | Get-VITrustMatrix -At $script:At).Count
    foreach ($name in 'Test-VITrustEstate', 'Get-VITrustEdge', 'Get-VITrustForecast') {
        $each = @($store | & $name -At $script:At).Count
        Assert-Equal ($many * $each) @(1..$many | ForEach-Object { $store } | & $name -At $script:At).Count $name
    }
    # Ports of nobody: each is a result with its failure, in the order of the endpoints.
    $found = @(1..$many | ForEach-Object { "127.0.0.1:$($_ % 9 + 1)" } | Get-VITrustEndpoint -InFlight 512 -TimeoutSeconds 30)
    Assert-Equal $many $found.Count
    Assert-Equal '127.0.0.1:2' $found[0].Name
    $folder = Join-Path $script:Scratch 'many files'
    $null = New-Item -ItemType Directory -Path $folder
    foreach ($number in 1..200) { [System.IO.File]::WriteAllText((Join-Path $folder "root $number.pem"), $pem) }
    Assert-True ((Get-ChildItem -LiteralPath $folder | Get-VITrustEstate).VCenters.Count -ge 1) 'paths are one estate, which'
}

It 'hundreds of audits in one session leave the memory as it was' {
    $rounds = if ($script:Heavy) { 1000 } else { 200 }
    $estate = Get-VITrustEstate -Path $script:Estate
    $audit = { param($Times) for ($number = 0; $number -lt $Times; $number++) { $null = Test-VITrustEstate -Estate $estate -At $script:At } }
    & $audit 100
    $before = Get-Memory
    & $audit $rounds
    $grown = (Get-Memory) - $before
    Assert-True ($grown -lt 40) "$rounds audits take less than 40 MB, they took $grown MB, which"
}

It 'sixteen runspaces audit at once, and each has the same answer' {
    $path = $script:Estate.Replace("'", "''")
    $shells = @(1..16 | ForEach-Object { Start-Elsewhere "Test-VITrustEstate -Path '$path' -At '2026-06-01' -AsJson; (Get-VITrustMatrix -Path '$path' -At '2026-06-01').ToJson()" })
    $answers = @(foreach ($one in $shells) {
            $answer = @($one.Shell.EndInvoke($one.Handle)) -join "`n"
            Assert-Equal 0 @($one.Shell.Streams.Error.ReadAll()).Count
            $one.Shell.Dispose()
            $answer
        })
    Assert-Equal 1 @($answers | Sort-Object -Unique).Count
    Assert-SameText ((Test-VITrustEstate -Path $script:Estate -At $script:At -AsJson) + "`n" + (Get-VITrustMatrix -Path $script:Estate -At $script:At).ToJson()) $answers[0]
}

if ($PSVersionTable.PSEdition -ne 'Core' -or -not ($IsLinux -or $IsMacOS)) {
    Skip 'reading a pipe that nobody writes to' 'there is no mkfifo'
}
else {
    It 'reading a pipe that nobody writes to stops when asked' {
        $pipe = Join-Path $script:Scratch 'a pipe'
        & mkfifo $pipe
        $store = (Get-Sample 'vc01/trusted-roots.txt').Replace("'", "''")
        # What reads whole folders takes files alone.
        $null = Assert-Error 'VITrust.file,Test-VITrustEstate' 'ReadError' { Test-VITrustEstate -Path $pipe }
        foreach ($call in "Import-VITrustStore -Path '$pipe'", "Test-VITrustChain -Chain '$pipe' -Store '$store'", "Test-VITrustChain -Chain '$store' -Store '$pipe'") {
            $work = Start-Elsewhere "'begun'; $call"
            Start-Sleep -Milliseconds 700
            Assert-Equal 'Running' $work.Shell.InvocationStateInfo.State
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $work.Shell.Stop()
            Assert-True ($watch.Elapsed.TotalSeconds -lt 10) "$call stops within 10 s, it took $($watch.ElapsedMilliseconds) ms, which"
            # What still reads gets an end.
            [System.IO.File]::WriteAllText($pipe, '')
            $work.Shell.Dispose()
        }
    }
}

$script:Simulator = Start-Simulator -Folder (Join-Path $script:Scratch 'slow estate') -More '--latency 60ms'
if ($null -eq $script:Simulator) {
    Skip 'collections that are stopped' 'there is no simulator that runs here'
    return
}
try {
    It 'a collection that is stopped at any of sixteen moments leaves no session open' {
        $fleet = $script:Simulator.Fleet.Replace("'", "''")
        foreach ($moment in 1..16) {
            $work = Start-Elsewhere "Get-VITrustEstate -Inventory '$fleet'"
            Start-Sleep -Milliseconds (300 + 70 * $moment)
            $work.Shell.Stop()
            $work.Shell.Dispose()
            Assert-Equal 0 (Get-OpenSession) "the sessions after moment $moment"
        }
    }

    It 'a process that ends during a collection closes its sessions: by SIGTERM, by SIGHUP, by exit' {
        $file = Join-Path $script:Scratch 'ending.ps1'
        $lines = @(
            'param($Module, $Fleet, $How)'
            '$ErrorActionPreference = "SilentlyContinue"'
            'Import-Module -Name $Module'
            'if ($How -ne "exit") { Get-VITrustEstate -Inventory $Fleet; "done"; exit }'
            '$shell = [powershell]::Create()'
            '$null = $shell.AddScript("Import-Module -Name ''$Module''; Get-VITrustEstate -Inventory ''$Fleet''").BeginInvoke()'
            'Start-Sleep -Milliseconds 1200'
            'exit 3'
        )
        [System.IO.File]::WriteAllLines($file, [string[]]$lines)
        foreach ($how in 'TERM', 'HUP', 'exit') {
            $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
            $start.FileName = Get-Program
            $start.Arguments = "-NoLogo -NoProfile -NonInteractive -File `"$file`" `"$($script:ModulePath)`" `"$($script:Simulator.Fleet)`" $how"
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $start.UseShellExecute = $false
            $process = [System.Diagnostics.Process]::Start($start)
            # It is under way once a session is open.
            Assert-True (Wait-Until { (Get-OpenSession) -gt 0 }) "a session is opened ($how), which"
            if ($how -ne 'exit') { & kill "-$how" $process.Id }
            Assert-True ($process.WaitForExit(20000)) "the process ends ($how), which"
            Assert-True (-not $process.StandardOutput.ReadToEnd().Contains('done')) "the collection was cut short ($how), which"
            Assert-Equal 0 (Get-OpenSession) "the sessions after $how"
        }
    }
}
finally {
    $script:Simulator.Process.StandardInput.Close()
    $null = $script:Simulator.Process.WaitForExit(10000)
}
