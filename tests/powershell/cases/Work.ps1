# Long work, memory, and many at once.

# What was shown of an activity until now. PowerShell shows progress of its own, too.
function Get-Progress {
    param([object] $Work, [string] $Activity)

    # ReadAll: an enumeration would wait for the end of the work.
    $Work.Shell.Streams.Progress.ReadAll() | Where-Object { $_.Activity -eq $Activity }
}

# Whether an activity has been shown more than once. The records stay where they are.
function Test-Progress {
    param([object] $Work, [string] $Activity)

    $records = $Work.Shell.Streams.Progress
    $found = 0
    for ($number = 0; $number -lt $records.Count; $number++) {
        if ($records[$number].Activity -eq $Activity) { $found++ }
    }
    $found -gt 1
}

It 'progress is shown, and stopping the pipeline ends the work at once' {
    # It takes connections and never says a word.
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $before = [VITrust.Native]::LiveHandles()
    try {
        $port = $listener.LocalEndpoint.Port
        $work = Start-Elsewhere "`$ProgressPreference = 'Continue'; Get-VITrustEndpoint -Endpoint '127.0.0.1:$port' -TimeoutSeconds 120"
        $seen = Wait-Until { Test-Progress $work 'Querying servers' }
        Assert-True $seen 'progress'
        $first = @(Get-Progress $work 'Querying servers')[0]
        Assert-Match '^\d+ of \d+' $first.StatusDescription
        Assert-Equal $false $work.Handle.IsCompleted 'it is at its end'
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $work.Shell.Stop()
        Assert-True ($watch.Elapsed.TotalSeconds -lt 30) "30 s, stopping took $($watch.ElapsedMilliseconds) ms,"
        Assert-Equal 'Stopped' $work.Shell.InvocationStateInfo.State
        $work.Shell.Dispose()
    }
    finally {
        $listener.Stop()
    }
    Assert-True (Wait-Until { [VITrust.Native]::LiveHandles() -le $before }) 'nothing native is left, which'
}

It 'a collection from a server that never answers is stopped as well' {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    try {
        $port = $listener.LocalEndpoint.Port
        $script = "`$user = [pscredential]::new('administrator', (ConvertTo-SecureString -AsPlainText -Force -String 'nobody knows'))`n" +
            "Get-VITrustEstate -Server '127.0.0.1:$port' -Credential `$user -Insecure"
        $work = Start-Elsewhere $script
        Assert-True (Wait-Until { Test-Progress $work 'Collecting the estate' }) 'progress'
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $work.Shell.Stop()
        Assert-True ($watch.Elapsed.TotalSeconds -lt 30) "30 s, stopping took $($watch.ElapsedMilliseconds) ms,"
        $work.Shell.Dispose()
    }
    finally {
        $listener.Stop()
    }
}

It 'progress ends when the work does' {
    # Three servers that take half a second each, one at a time.
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    try {
        $port = $listener.LocalEndpoint.Port
        $work = Start-Elsewhere "1..3 | ForEach-Object { '127.0.0.1:$port' } | Get-VITrustEndpoint -TimeoutSeconds 0.5 -InFlight 1"
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $found = @($work.Shell.EndInvoke($work.Handle))
        Assert-Equal @('timeout', 'timeout', 'timeout') @($found | ForEach-Object { $_.Failure.Name })
        $records = @(Get-Progress $work 'Querying servers')
        Assert-True ($records.Count -ge 2) 'progress'
        Assert-Equal 'Completed' $records[$records.Count - 1].RecordType
        # No more than four in a second: consoles are slow.
        Assert-True ($records.Count -le 4 * $watch.Elapsed.TotalSeconds + 8) "there were $($records.Count) records in $($watch.ElapsedMilliseconds) ms, which"
        $work.Shell.Dispose()
    }
    finally {
        $listener.Stop()
    }
}

It 'ten thousand stores that are made and disposed of leave no memory behind' {
    $bytes = [System.IO.File]::ReadAllBytes((Get-Sample 'vc01/trusted-roots.txt'))
    $cycle = {
        param($Times)
        for ($number = 0; $number -lt $Times; $number++) {
            $store = [VITrust.TrustStore]::Read($bytes, 'cycle', 'TRUSTED_ROOTS')
            $store.Dispose()
        }
    }
    & $cycle 1000
    [System.GC]::Collect()
    [System.GC]::WaitForPendingFinalizers()
    $alive = [VITrust.Native]::LiveHandles()
    $before = [System.Diagnostics.Process]::GetCurrentProcess().WorkingSet64
    & $cycle 10000
    [System.GC]::Collect()
    [System.GC]::WaitForPendingFinalizers()
    $after = [System.Diagnostics.Process]::GetCurrentProcess().WorkingSet64
    Assert-True ([VITrust.Native]::LiveHandles() -le $alive) 'as many native objects as before'
    $grown = [int](($after - $before) / 1048576)
    Assert-True ($grown -lt 40) "40 MB, it grew by $grown MB,"
}

It 'the cmdlets leave no native object behind once the collector has been there' {
    [System.GC]::Collect()
    [System.GC]::WaitForPendingFinalizers()
    $before = [VITrust.Native]::LiveHandles()
    for ($number = 0; $number -lt 50; $number++) {
        $null = Get-VITrustMatrix -Path (Get-Sample 'vc01') -At $script:At
        $null = Import-VITrustStore -Path (Get-Sample 'vc01/vmca-root.pem')
    }
    $settled = Wait-Until { [System.GC]::Collect(); [System.GC]::WaitForPendingFinalizers(); [VITrust.Native]::LiveHandles() -le $before + 2 }
    Assert-True $settled "as many as before, there are $([VITrust.Native]::LiveHandles()) instead of $before, which"
}

It 'runspaces work at the same time' {
    $file = Get-Sample 'vc05/machine-ssl.pem'
    $roots = Get-Sample 'vc01/trusted-roots.txt'
    $text = "1..20 | ForEach-Object { Test-VITrustChain -Chain '$($file.Replace("'", "''"))' -Store '$($roots.Replace("'", "''"))' -At '2026-06-01' -Quiet }"
    $all = @(1..4 | ForEach-Object { Start-Elsewhere $text })
    foreach ($one in $all) {
        $answers = @($one.Shell.EndInvoke($one.Handle))
        $problems = @($one.Shell.Streams.Error.ReadAll() | ForEach-Object { "$_" }) -join ' '
        $one.Shell.Dispose()
        Assert-Equal '' $problems
        Assert-Equal 20 $answers.Count
        Assert-Equal 'True' @($answers | Sort-Object -Unique)
    }
}

if ($PSVersionTable.PSVersion.Major -lt 7) {
    Skip 'ForEach-Object -Parallel' 'Windows PowerShell has none'
}
else {
    It 'the runspaces of ForEach-Object -Parallel import the module anew and share its types' {
        $module = $script:ModulePath
        $folder = $script:Estate
        $counts = @(1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module -Name $using:module
                @(Test-VITrustEstate -Path $using:folder -At '2026-06-01').Count
            })
        Assert-Equal @(22, 22, 22, 22) $counts
    }
}

It 'a store is used by several runspaces at once' {
    $store = Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')
    $file = Get-Sample 'vc05/machine-ssl.pem'
    $shells = @(1..3 | ForEach-Object {
            $shell = [powershell]::Create()
            $null = $shell.AddScript('param($Module, $Store, $File) Import-Module -Name $Module; 1..10 | ForEach-Object { Test-VITrustChain -Chain $File -Store $Store -At 2026-06-01 -Quiet }')
            $null = $shell.AddArgument($script:ModulePath).AddArgument($store).AddArgument($file)
            [PSCustomObject]@{ Shell = $shell; Handle = $shell.BeginInvoke() }
        })
    foreach ($one in $shells) {
        Assert-Equal 10 @($one.Shell.EndInvoke($one.Handle) | Where-Object { $_ }).Count
        $one.Shell.Dispose()
    }
}
