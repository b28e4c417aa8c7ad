# Get-VITrustEstate of files, and Test-VITrustEstate: the same JSON as every other language gives, and rows of it.

It 'an estate of a folder is the estate of the library, byte for byte' {
    $estate = Get-VITrustEstate -Path $script:Estate
    Assert-Type 'VITrust.Estate' $estate
    Assert-SameText (Read-Data 'estate.json') $estate.ToJson() 'the JSON of the estate'
    Assert-Equal 5 $estate.VCenters.Length
    Assert-Equal 12 $estate.HostCount
    Assert-Equal 0 $estate.Failures.Length
}

It 'an estate comes from JSON, from files of JSON, and from the pipeline' {
    $json = Read-Data 'estate.json'
    $estate = Get-VITrustEstate -Json $json
    Assert-SameText $json $estate.ToJson() 'the JSON of the estate'
    Assert-Equal 5 (Get-VITrustEstate -Path (Join-Path $script:Data 'estate.json')).VCenters.Length
    Assert-Equal 5 (Get-Item -LiteralPath $script:Estate | Get-VITrustEstate).VCenters.Length
    $files = @('vc01/trusted-roots.txt', 'vc04/trusted-roots.txt' | ForEach-Object { Get-Sample $_ })
    $joined = $files | Get-VITrustEstate
    Assert-True ($joined.VCenters.Length -ge 1) 'one estate of two files'
}

It 'wrong JSON and missing folders end the call' {
    $null = Assert-Error 'VITrust.estate,Get-VITrustEstate' 'InvalidData' { Get-VITrustEstate -Json '{"vcenters": 5}' }
    $null = Assert-Error 'VITrust.file,Get-VITrustEstate' 'ReadError' { Get-VITrustEstate -Path (Join-Path $script:Scratch 'missing') }
}

It 'the report is the report of the library, byte for byte' {
    $expected = Read-Data 'report.json'
    $estate = Get-VITrustEstate -Path $script:Estate
    Assert-SameText $expected (Test-VITrustEstate -Estate $estate -At $script:At -AsJson) 'the report by -Estate'
    Assert-SameText $expected (Test-VITrustEstate -Path $script:Estate -At $script:At -AsJson) 'the report by -Path'
    $five = Get-VITrustEstate -Path (Join-Path $script:Data 'five.json')
    Assert-SameText (Read-Data 'five.report.json') ($five | Test-VITrustEstate -At $script:At -AsJson) 'the report by the pipeline'
}

It 'findings are rows, the worst first, with all that the report says of them' {
    $report = ConvertFrom-Json -InputObject (Read-Data 'report.json')
    $findings = @(Get-VITrustEstate -Path $script:Estate | Test-VITrustEstate -At $script:At)
    Assert-Equal $report.findings.Count $findings.Count
    Assert-Equal @($report.findings | ForEach-Object { $_.id }) @($findings | ForEach-Object { $_.Id })
    Assert-Equal @($report.findings | ForEach-Object { $_.message }) @($findings | ForEach-Object { $_.Message })
    Assert-Equal 'critical' $findings[0].Severity
    Assert-Type 'VITrust.Finding' $findings[0]
    Assert-Equal @($findings | Sort-Object -Property Severity -Descending | ForEach-Object { $_.Severity }) @($findings | ForEach-Object { $_.Severity })
    $first = @($findings | Where-Object { $_.Id -eq 'VT202' })[0]
    Assert-Equal @('esx31.lab.example', 'esx32.lab.example', 'esx33.lab.example') @($first.Subjects | ForEach-Object { $_.Host } | Where-Object { $_ } | Sort-Object -Unique)
    Assert-Equal 'Utc' $first.Evidence.Date.Kind
    Assert-Equal 'VT202' (ConvertFrom-Json -InputObject $first.ToJson()).id
}

It 'a severity leaves out what is less severe, and Quiet answers for it' {
    $common = @{ Path = $script:Estate; At = $script:At }
    $high = @(Test-VITrustEstate @common -Severity high)
    Assert-Equal 14 $high.Count
    Assert-Equal @('high', 'critical') @($high | ForEach-Object { $_.Severity } | Sort-Object -Unique)
    Assert-Equal 5 @(Test-VITrustEstate @common -Severity Critical).Count
    $answer = Test-VITrustEstate @common -Quiet
    Assert-Type 'System.Boolean' $answer
    Assert-Equal $false $answer
    Assert-Equal $true (Test-VITrustEstate -Path (Get-Sample 'vc01/vmca-root.pem') -At $script:At -Quiet -Severity critical)
}

It 'what counts as a failure is decided as everywhere, and what is not known counts' {
    $common = @{ Path = $script:Estate; At = $script:At; Quiet = $true }
    Assert-Equal $false (Test-VITrustEstate @common -FailOn 'critical')
    Assert-Equal $true (Test-VITrustEstate @common -FailOn 'never')
    $part = Join-Path $script:Scratch 'half'
    $null = New-Item -ItemType Directory -Force -Path (Join-Path $part 'vc01')
    Copy-Item -LiteralPath (Get-Sample 'vc01/vmca-root.pem') -Destination (Join-Path (Join-Path $part 'vc01') 'trusted-roots.pem')
    Set-Content -LiteralPath (Join-Path (Join-Path $part 'vc01') 'machine-ssl.pem') -Value 'vecs-cli failed. Error 5: permission denied'
    Assert-Equal $false (Test-VITrustEstate -Path $part -At $script:At -Quiet)
    Assert-Equal $true (Test-VITrustEstate -Path $part -At $script:At -Quiet -FailOn 'critical')
    $null = Assert-Error 'VITrust.option,Test-VITrustEstate' 'InvalidArgument' { Test-VITrustEstate @common -FailOn 'High' }
}

It 'a report is about some vCenters, by their names or the first labels' {
    $common = @{ Path = $script:Estate; At = $script:At }
    $all = @(Test-VITrustEstate @common).Count
    $one = @(Test-VITrustEstate @common -VCenter 'vc03')
    Assert-True ($one.Count -gt 0 -and $one.Count -lt $all) 'fewer findings'
    Assert-Equal $one.Count @(Test-VITrustEstate @common -VCenter 'vc03.lab.example').Count
    Assert-True (@(Get-VITrustExpiry @common -VCenter 'vc03').Count -lt @(Get-VITrustExpiry @common).Count) 'fewer certificates'
    Assert-True ((Get-VITrustMatrix @common -VCenter 'vc03').Causes.Count -lt (Get-VITrustMatrix @common).Causes.Count) 'fewer causes'
    $null = Assert-Error 'VITrust.option,Test-VITrustEstate' 'InvalidArgument' { Test-VITrustEstate @common -VCenter 'vc99' }
}

It 'profile, thresholds and time go to the library' {
    $json = ConvertFrom-Json -InputObject (Test-VITrustEstate -Path $script:Estate -At '2026-07-01' -Profile java -Thresholds '90/45' -AsJson)
    Assert-Equal 'java' $json.profile
    Assert-Equal '90/45' $json.thresholds
    Assert-Match '2026' $json.at
    $record = Assert-Error 'VITrust.thresholds,Test-VITrustEstate' 'InvalidArgument' { Test-VITrustEstate -Path $script:Estate -Thresholds 'often' }
    Assert-Equal 12 $record.Exception.Code
}

It 'what is no estate is refused when it is bound' {
    $record = Assert-Error 'VITrust.argument,Test-VITrustEstate' 'InvalidArgument' { 5 | Test-VITrustEstate }
    Assert-Match 'System.Int32 is not an estate' $record.Exception.Message
}
