# Waits for work of the library, shows how far it is, and gives its result. Ctrl-C and Stop() end the work.
function Wait-VITrustJob {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.IDisposable] $Job,

        [Parameter(Mandatory = $true)]
        [string] $Activity
    )

    $next = 200
    try {
        # Most work has ended by then.
        if ($Job.Wait(50)) { return , $Job.GetResult() }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not $Job.Wait(50)) {
            # Consoles of Windows PowerShell are slow, and short work needs no bar.
            if ($watch.ElapsedMilliseconds -lt $next) { continue }
            $next = $watch.ElapsedMilliseconds + 250
            $status = "$($Job.Done) of $($Job.Total) $($Job.What)".TrimEnd()
            Write-Progress -Activity $Activity -Status $status -PercentComplete $Job.Percent
        }
        # A result of bytes is one object.
        , $Job.GetResult()
    }
    finally {
        # First: a command in a pipeline that is being stopped ends this block.
        $Job.Dispose()
        if ($next -gt 200) { Write-Progress -Activity $Activity -Completed }
    }
}
