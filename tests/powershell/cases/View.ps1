# How rows look: tables, lists, colours only where a host takes them, and the same in every culture.

It 'findings are a table of severity, id, place and summary' {
    $findings = @(Test-VITrustEstate -Path $script:Estate -At $script:At)
    $picture = Get-Picture $findings
    Assert-Match '(?m)^Severity +Id +Where +Summary$' $picture
    Assert-Match '(?m)^critical +VT202 ' $picture
    Assert-True (-not $picture.Contains([string][char]27)) 'no colour'
    $list = Get-Picture ($findings[0] | Format-List)
    Assert-Match '(?m)^Remedy +: ' $list
    Assert-True (-not ($list -match '(?m)^Evidence +:')) 'a short list'
}

It 'every row has its table' {
    $estate = Get-VITrustEstate -Path $script:Estate
    $five = Get-VITrustMatrix -Path (Join-Path $script:Data 'five.json') -At $script:At
    $store = Import-VITrustStore -Path (Get-Sample 'vc04/trusted-roots.txt')
    $verdict = Test-VITrustChain -Chain (Get-Sample 'vc04/hosts/esx31.lab.example/443.pem') -Store $store -At $script:At
    $finding = @(Test-VITrustEstate -Estate $estate -At $script:At)[0]
    $expected = @(
        @{ Row = $estate; Head = 'VCenters +Hosts +Unreadable +Failures +Names'; Line = '^ +5 +12 +0 +0 vc01' }
        @{ Row = $estate.VCenters; Head = 'Name +Hosts +Insecure'; Line = '^vc01\.lab\.example +3 +False' }
        @{ Row = $store; Head = 'Count +Unreadable +Dumped +Source'; Line = '^ +4 +0 +0 ' }
        @{ Row = $store.Certificates; Head = 'Ends +CA +Thumbprint +Subject'; Line = '^20\d\d-\d\d-\d\d +True +[0-9A-F]{40} ' }
        @{ Row = $verdict; Head = 'State +Profile +Purpose +Reason'; Line = '^untrusted +strict +server ' }
        @{ Row = $verdict.Rejections; Head = 'Code +Message'; Line = '^expired ' }
        @{ Row = $verdict.Rejections[0].Certificate; Head = 'Ends +Thumbprint +Subject'; Line = '^20\d\d-' }
        @{ Row = $finding.Evidence.Certificates; Head = 'Ends +CA +Thumbprint +Subject'; Line = '^20\d\d-' }
        @{ Row = @(Get-VITrustExpiry -Estate $estate -At $script:At); Head = 'State +Days +Ends +Certificate +Where'; Line = '^expired +-\d+ +20\d\d-' }
        @{ Row = $five.Parties; Head = 'Name +HasStore +VCenters'; Line = '^vc03\.lab\.example +True ' }
        @{ Row = $five.Causes; Head = 'Cells +Presenter +Reason'; Line = '^ +\d+ +vc0' }
        @{ Row = $five.Additions.Rows; Head = 'Add +Ends +To'; Line = '20\d\d-\d\d-\d\d +vc01\.lab\.example,' }
        @{ Row = (Get-VITrustEndpoint -Endpoint '127.0.0.1:1' -TimeoutSeconds 5); Head = 'Endpoint +Protocol +Ends +Subject +Problem'; Line = '^127\.0\.0\.1:1 ' }
    )
    foreach ($one in $expected) {
        $picture = Get-Picture $one.Row
        Assert-Match "(?m)^ *$($one.Head)$" $picture
        Assert-Match "(?m)$($one.Line)" $picture
    }
}

It 'a matrix in a list has its numbers, and not the grid' {
    $matrix = Get-VITrustMatrix -Path (Join-Path $script:Data 'five.json') -At $script:At
    $list = Get-Picture ($matrix | Format-List)
    Assert-Match '(?m)^IsMutual +: False$' $list
    Assert-Match '(?m)^Untrusted +: 10$' $list
}

It 'a grid can have colours and plain signs' {
    $matrix = Get-VITrustMatrix -Path (Join-Path $script:Data 'five.json') -At $script:At
    $coloured = $matrix.Draw($true)
    Assert-True ($coloured.Contains([string][char]27)) 'ANSI codes'
    foreach ($line in $matrix.Draw($false, 60).Split("`n")) { Assert-True ($line.Length -le 60) "60 columns, <$line>" }
    $plain = $matrix.Draw($false, $false, 100)
    Assert-True (-not ($plain -match '[^\x00-\x7F]')) 'plain signs'
}

It 'dates and numbers look the same in every culture' {
    $culture = [System.Threading.Thread]::CurrentThread.CurrentCulture
    # Short rows: PowerShell breaks long ones by the rules of the language.
    $rows = @(Get-VITrustExpiry -Path $script:Estate -At $script:At | Where-Object { $_.Uses.Count -eq 1 -and $_.Certificate.ShortName.Length -lt 20 })
    $before = Get-Picture $rows
    $known = $true
    try { [System.Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]'de-DE' } catch { $known = $false }
    try {
        if ($known) { Assert-Equal $before (Get-Picture $rows) }
    }
    finally {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $culture
    }
}

It 'the views at 80, 120 and 200 columns are as they are kept' {
    $culture = [System.Threading.Thread]::CurrentThread.CurrentCulture
    try { [System.Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]'en-US' } catch { return }
    try {
        $estate = Get-VITrustEstate -Path $script:Estate
        $matrix = Get-VITrustMatrix -Path (Join-Path $script:Data 'five.json') -At $script:At
        $store = Import-VITrustStore -Path (Get-Sample 'vc04/trusted-roots.txt')
        $verdict = Test-VITrustChain -Chain (Get-Sample 'vc04/hosts/esx31.lab.example/443.pem') -Store $store -At $script:At
        $views = [ordered]@{
            'findings' = @(Test-VITrustEstate -Estate $estate -At $script:At)
            'one finding' = @(Test-VITrustEstate -Estate $estate -At $script:At)[0] | Format-List
            'expiry' = @(Get-VITrustExpiry -Estate $estate -At $script:At)
            'links' = @(Get-VITrustEdge -Estate $estate -At $script:At)
            'forecast' = @(Get-VITrustForecast -Estate $estate -At $script:At)
            'vCenters' = $estate.VCenters
            'anchors' = $store.Certificates
            'rejections' = $verdict.Rejections
            'cells' = $matrix.Cells
            'causes' = $matrix.Causes
            'additions' = $matrix.Additions.Rows
        }
        foreach ($width in 80, 120, 200) {
            $pages = @(foreach ($name in $views.Keys) { "# $name"; Get-Trimmed ($views[$name] | Out-String -Width $width); '' }) +
                @('# matrix'; Get-Trimmed $matrix.Draw($false, $true, $width))
            $shown = (($pages -join "`n").Replace("`r", '') -split "`n" | ForEach-Object { $_.TrimEnd() }) -join "`n"
            foreach ($line in $shown.Split("`n")) { Assert-True ($line.Length -le $width) "$width columns, <$line>" }
            $file = Join-Path (Join-Path $script:Here 'golden') "views-$width.txt"
            if ($env:BLESS -eq '1' -and $env:VITRUST_GOLDEN) {
                $file = Join-Path $env:VITRUST_GOLDEN "views-$width.txt"
                [System.IO.File]::WriteAllText($file, "$shown`n")
            }
            # The tables of Windows PowerShell are drawn by older rules.
            if ($PSVersionTable.PSEdition -eq 'Core') { Assert-SameText ([System.IO.File]::ReadAllText($file).Replace("`r", '')) "$shown`n" "golden/views-$width.txt (BLESS=1 rewrites)" }
        }
    }
    finally {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $culture
    }
}

It 'a cell is broken at words where PowerShell would break it anywhere' {
    $culture = [System.Threading.Thread]::CurrentThread.CurrentCulture
    try {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]::InvariantCulture
        $room = [VITrust.View]::Columns($Host)
        Assert-Equal "one two`nthree" ([VITrust.View]::Cell('one two three', $Host, $room - 10, 1))
        Assert-Equal "aaaaaaaaaa`naa b" ([VITrust.View]::Cell('aaaaaaaaaaaa b', $Host, $room - 10, 1))
        Assert-Equal 'short' ([VITrust.View]::Cell('short', $Host, $room - 10, 1))
        foreach ($language in 'en-US', 'de-DE') {
            try { [System.Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]$language } catch { continue }
            Assert-Equal 'one two three' ([VITrust.View]::Cell('one two three', $Host, $room - 10, 1))
        }
        Assert-Equal 120 ([VITrust.View]::Columns('no host'))
    }
    finally {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $culture
    }
}
