# What parameters take, and what they refuse by name: no object becomes a file name, a time or a server by its text.

$script:Kinds = @{
    process   = Get-Process -Id $PID
    hashtable = @{ a = 1 }
    number    = 5
    module    = Get-Module -Name 'VITrust'
}

It 'an estate, a store, a file object and paths are taken in the first place and from the pipeline' {
    $estate = Get-VITrustEstate -Path $script:Estate
    $item = Get-Item -LiteralPath $script:Estate
    foreach ($name in 'Test-VITrustEstate', 'Get-VITrustExpiry', 'Get-VITrustMatrix', 'Get-VITrustEdge', 'Get-VITrustForecast') {
        $wanted = @(& $name -Path $script:Estate -At $script:At).Count
        Assert-True ($wanted -gt 0) "$name gives rows, which"
        foreach ($given in $estate, $item, $script:Estate) {
            Assert-Equal $wanted @(& $name $given -At $script:At).Count "$name of $($given.GetType().Name)"
            Assert-Equal $wanted @($given | & $name -At $script:At).Count "$name of a piped $($given.GetType().Name)"
        }
        Assert-Equal $wanted @(& $name -LiteralPath $script:Estate -At $script:At).Count "$name of a literal path"
    }
}

It 'several paths from the pipeline are one estate' {
    $folders = @(Get-ChildItem -LiteralPath $script:Estate -Directory)
    $matrices = @($folders | Get-VITrustMatrix -At $script:At)
    Assert-Equal 1 $matrices.Count
}

It 'what is no estate is refused by its type' {
    foreach ($name in 'Test-VITrustEstate', 'Get-VITrustExpiry', 'Get-VITrustMatrix', 'Get-VITrustEdge', 'Get-VITrustForecast') {
        foreach ($kind in $script:Kinds.Keys) {
            $given = $script:Kinds[$kind]
            $record = Assert-Error "VITrust.argument,$name" 'InvalidArgument' { & $name $given }
            Assert-Match ([regex]::Escape("$($given.PSObject.TypeNames[0]) is not an estate")) $record.Exception.Message
        }
    }
}

It 'what came back from another process is refused where only the thing itself will do' {
    $file = Join-Path $script:Scratch 'store.clixml'
    Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt') | Export-Clixml -LiteralPath $file
    $store = Import-Clixml -LiteralPath $file
    $record = Assert-Error 'VITrust.argument,Test-VITrustChain' 'InvalidArgument' { Test-VITrustChain -Chain (Get-Sample 'vc05/machine-ssl.pem') -Store $store }
    Assert-Match 'Deserialized.VITrust.TrustStore is not a trust store or a file: it came from another process' $record.Exception.Message
    $null = Assert-Error 'VITrust.argument,Test-VITrustEstate' 'InvalidArgument' { $store | Test-VITrustEstate }
}

It 'a store is no text that is empty, and no other object' {
    foreach ($given in @('', $script:Kinds.process, $script:Kinds.hashtable, 5)) {
        $null = Assert-Error 'VITrust.argument,Test-VITrustChain' 'InvalidArgument' { Test-VITrustChain -Chain (Get-Sample 'vc05/machine-ssl.pem') -Store $given }
    }
}

It 'a time is a date in any of its types, and never a number' {
    $common = @{ Path = Get-Sample 'vc01'; AsJson = $true }
    $wanted = Test-VITrustEstate @common -At '2026-06-01'
    $times = @(
        [datetime]::SpecifyKind([datetime]'2026-06-01', 'Utc'), [System.DateTimeOffset]::new(2026, 6, 1, 2, 0, 0, [timespan]::FromHours(2)),
        '2026-06-01T00:00:00Z', '2026-06-01T02:00:00+02:00'
    )
    $day = 'System.DateOnly' -as [type]
    if ($day) { $times += $day::new(2026, 6, 1) }
    foreach ($time in $times) { Assert-SameText $wanted (Test-VITrustEstate @common -At $time) "$($time.GetType().Name)" }
    foreach ($number in @(2027, 20260601, 1.5, '2027', '20260601', '', $true, @{ })) {
        $record = Assert-Error 'VITrust.argument,Test-VITrustEstate' 'InvalidArgument' { Test-VITrustEstate @common -At $number }
        Assert-Match 'is no date' $record.Exception.Message
    }
}

It 'servers that were named and are none are no wish to ask every one' {
    foreach ($given in @(, @()), $null, '', @($null)) {
        $record = Assert-Error 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' { Get-VITrustEstate -Server $given }
        Assert-Match '-Server is empty' $record.Exception.Message
    }
    foreach ($kind in 'process', 'hashtable', 'number') {
        $given = $script:Kinds[$kind]
        $result = Split-Result { Get-VITrustEstate -Server $given }
        Assert-Record 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' $result.Errors[0]
    }
}

It 'what has a name and is no server is refused' {
    $finding = @(Test-VITrustEstate -Path $script:Estate -At $script:At)[0]
    foreach ($given in $script:Kinds.process, $script:Kinds.module, $finding, (Get-Item -LiteralPath $script:Estate)) {
        $record = Assert-Error 'VITrust.argument,Get-VITrustEndpoint' 'InvalidArgument' { $given | Get-VITrustEndpoint }
        Assert-Match 'is not a server' $record.Exception.Message
    }
}

It 'a password in a name is not repeated' {
    $result = Split-Result { Get-VITrustEstate -Server 'https://admin:S3cr3t@vc01.lab.example' }
    $record = $result.Errors[0]
    Assert-True (-not "$($record.Exception.Message) $($record.TargetObject)".Contains('S3cr3t')) 'the password is not there, which'
}

It 'an object with a path and a certificate is refused, and one damaged among good ones is told' {
    $pem = [System.IO.File]::ReadAllText((Get-Sample 'vc01/vmca-root.pem'))
    $both = [PSCustomObject]@{ Path = 'x.pem'; CertificatePEM = $pem }
    $result = Split-Result { $both | Import-VITrustStore }
    Assert-Record 'VITrust.argument,Import-VITrustStore' 'InvalidArgument' $result.Errors[0]
    $result = Split-Result { [PSCustomObject]@{ CertificatePEM = $pem }, [PSCustomObject]@{ CertificatePEM = 'nothing' } | Import-VITrustStore }
    Assert-Record 'VITrust.store,Import-VITrustStore' 'InvalidData' $result.Errors[0]
    Assert-Equal 1 $result.Output[0].Count
}

It 'what several vCenters trust is a store of each' {
    $pem = [System.IO.File]::ReadAllText((Get-Sample 'vc01/vmca-root.pem'))
    $objects = 'vc01', 'vc02', 'vc01' | ForEach-Object { [PSCustomObject]@{ CertificatePEM = $pem; TrustedByEntity = $_ } }
    Assert-Equal @('vc01', 'vc02') @($objects | Import-VITrustStore | ForEach-Object { $_.Source })
}

It 'the certificates of a store make the store again' {
    $store = Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')
    $again = $store.Certificates | Import-VITrustStore
    Assert-Equal $store.Count $again.Count
    Assert-Equal @() @(Compare-Object $store.Certificates $again.Certificates)
}

It 'a store that a listing does not have is told with those that it has' {
    $file = Get-Sample 'vc01/trusted-roots.txt'
    $result = Split-Result { Import-VITrustStore -Path $file -Store 'NOSUCH' }
    Assert-Equal 0 $result.Output.Count
    Assert-Match 'there is no store NOSUCH in it: it has TRUSTED_ROOTS' $result.Errors[0].Exception.Message
    Assert-Equal 1 @(Import-VITrustStore -Path $file -Store 'trusted_roots').Count
}

It 'links and what breaks next take what the others take' {
    $estate = Get-VITrustEstate -LiteralPath $script:Estate
    $edges = @(Get-VITrustEdge -Estate $estate -At $script:At -Profile java -VCenter vc04)
    Assert-Equal 'vc04.lab.example' @($edges | ForEach-Object { $_.VCenter } | Sort-Object -Unique)
    Assert-Equal $edges.Count @(Get-VITrustEdge -LiteralPath $script:Estate -At $script:At -Profile java -VCenter vc04).Count
    Assert-Equal $edges.Count @(Get-VITrustEdge -Path $script:Estate -At $script:At -Profile java -VCenter vc04).Count
    $events = @(Get-VITrustForecast -Estate $estate -At $script:At -Profile openssl -VCenter vc05)
    Assert-True ($events.Count -gt 0 -and $events[0].DaysLeft -gt 0) 'something ends, which'
    Assert-Equal $events.Count @(Get-VITrustForecast -LiteralPath $script:Estate -At $script:At -Profile openssl -VCenter vc05).Count
    Assert-Equal $events.Count @(Get-VITrustForecast -Path $script:Estate -At $script:At -Profile openssl -VCenter vc05).Count
    $findings = @(Test-VITrustEstate -LiteralPath $script:Estate -At $script:At)
    Assert-Equal $findings.Count @(Test-VITrustEstate -Estate $estate -At $script:At).Count
    Assert-Equal @(Get-VITrustExpiry -LiteralPath $script:Estate -At $script:At).Count @(Get-VITrustExpiry -Estate $estate -At $script:At).Count
    Assert-SameText (Get-VITrustMatrix -LiteralPath $script:Estate -At $script:At).ToJson() (Get-VITrustMatrix -Estate $estate -At $script:At).ToJson()
    $roots = Get-Sample 'vc01/trusted-roots.txt'
    $store = Import-VITrustStore -LiteralPath $roots
    Assert-Equal $store.Count (Import-VITrustStore -Certificate $store.Certificates).Count
    # What does not go together is in no set of parameters.
    foreach ($call in { Test-VITrustEstate -Estate $estate -Quiet -AsJson }, { Test-VITrustEstate -Path x -Quiet -Id VT202 }, { Test-VITrustEstate -Path x -FailOn high -AsJson }) {
        $null = Assert-Error 'AmbiguousParameterSet,Test-VITrustEstate' 'InvalidArgument' $call
    }
    Assert-Equal 0 @((Get-Command Test-VITrustEstate).ParameterSets | Where-Object { $_.Parameters.Name -contains 'Quiet' -and $_.Parameters.Name -contains 'AsJson' }).Count
}

It 'lines of a file that come one by one are one error, and the text of a whole file is read' {
    $roots = Get-Sample 'vc01/trusted-roots.txt'
    $chain = Get-Sample 'vc05/machine-ssl.pem'
    $json = Join-Path $script:Data 'estate.json'
    $calls = @(
        { Get-Content -LiteralPath $roots | Import-VITrustStore }, { Get-Content -LiteralPath $chain | Test-VITrustChain -Store $roots },
        { Get-Content -LiteralPath $roots | Test-VITrustEstate }, { Get-Content -LiteralPath $roots | Get-VITrustExpiry },
        { Get-Content -LiteralPath $roots | Get-VITrustEdge }, { Get-Content -LiteralPath $roots | Get-VITrustForecast },
        { Get-Content -LiteralPath $roots | Get-VITrustMatrix }, { Get-Content -LiteralPath $roots | Get-VITrustEstate }
    )
    foreach ($call in $calls) {
        $said = @()
        try { $said = (Split-Result $call).Errors } catch { $said = @($_) }
        Assert-Equal 1 @($said).Count "the errors of $call"
        Assert-Match 'lines of text came one by one.*Get-Content -Raw' $said[0].Exception.Message
        Assert-Match '^VITrust\.argument,' $said[0].FullyQualifiedErrorId
    }
    Assert-Equal $false (Split-Result { Get-Content -LiteralPath $chain | Test-VITrustChain -Store $roots -Quiet }).Output
    Assert-Equal 4 (Get-Content -Raw -LiteralPath $roots | Import-VITrustStore).Count
    Assert-Equal $true (Get-Content -Raw -LiteralPath $chain | Test-VITrustChain -Store $roots -At $script:At -Quiet)
    Assert-Equal @(Import-VITrustStore -Path $roots | Get-VITrustExpiry -At $script:At).Count @(Get-Content -Raw -LiteralPath $roots | Get-VITrustExpiry -At $script:At).Count
    Assert-Equal @(Test-VITrustEstate -Path $json -At $script:At).Count @([System.IO.File]::ReadAllText($json) | Test-VITrustEstate -At $script:At).Count
}

It 'a folder is called a folder, and a pattern without a match is told' {
    foreach ($call in { Import-VITrustStore -Path $script:Estate }, { Test-VITrustChain -Chain $script:Estate -Store (Get-Sample 'vc01/trusted-roots.txt') }) {
        Assert-Match 'is a folder: give a file in it$' (Split-Result $call).Errors[0].Exception.Message
    }
    $record = Assert-Error 'VITrust.file,Test-VITrustChain' 'ReadError' { Test-VITrustChain -Chain (Get-Sample 'vc05/machine-ssl.pem') -Store $script:Estate }
    Assert-Match 'is a folder' $record.Exception.Message
    Assert-Match 'there is no such file' (Split-Result { Import-VITrustStore -Path (Join-Path $script:Scratch 'nosuch*.pem') }).Errors[0].Exception.Message
    $null = Assert-Error 'VITrust.file,Test-VITrustEstate' 'ReadError' { Test-VITrustEstate -Path (Join-Path $script:Scratch 'nosuch*') }
}

It 'findings are chosen by their ids, and an id that there is not is refused' {
    $all = @(Test-VITrustEstate -Path $script:Estate -At $script:At)
    Assert-Equal @($all | Where-Object { $_.Id -eq 'VT202' }).Count @(Test-VITrustEstate -Path $script:Estate -At $script:At -Id VT202).Count
    Assert-Equal @($all | Where-Object { $_.Id -like 'VT4*' }).Count @(Test-VITrustEstate -Path $script:Estate -At $script:At -Id 'vt4*').Count
    Assert-Equal 0 @(Test-VITrustEstate -Path $script:Estate -At $script:At -Id VT104).Count
    foreach ($id in 'VT999', 'no*such') {
        $null = Assert-Error 'VITrust.argument,Test-VITrustEstate' 'InvalidArgument' { Test-VITrustEstate -Path $script:Estate -Id $id }
    }
    Assert-True ($all.Count -gt 0 -and @($all | Where-Object { [VITrust.Findings]::Ids() -notcontains $_.Id }).Count -eq 0) 'every id is in the list, which'
}

It 'names are completed: profiles, thresholds, stores, vCenters, connected servers and findings' {
    $global:VITrustEstate = Get-VITrustEstate -Path $script:Estate
    $null = Connect-VIServer -Server 'vc77.lab.example'
    try {
        $roots = (Get-Sample 'vc01/trusted-roots.txt').Replace("'", "''")
        $wanted = @(
            @('Get-VITrustMatrix -Path x -Profile op', 'openssl'), @('Test-VITrustEstate -Path x -Thresholds va', 'vasa'), @('Get-VITrustExpiry -Path x -Thresholds vc', 'vcenter-host'),
            @('Test-VITrustEstate -Path x -Id VT20', 'VT201'), @('Test-VITrustEstate -Path x -Quiet -FailOn un', 'unknown'), @('Get-VITrustEstate -Server vc7', 'vc77.lab.example'),
            @('Get-VITrustEndpoint -Endpoint vc7', 'vc77.lab.example'), @("Import-VITrustStore -Path '$roots' -Store TR", 'TRUSTED_ROOTS')
        )
        foreach ($pair in $wanted) {
            $found = @((TabExpansion2 -inputScript $pair[0] -cursorColumn $pair[0].Length).CompletionMatches | ForEach-Object { $_.CompletionText })
            Assert-True ($found -contains $pair[1]) "<$($pair[0])> is completed to $($pair[1]) by <$($found -join ' ')>, which"
        }
    }
    finally {
        Disconnect-VIServer
        Remove-Variable -Name 'VITrustEstate' -Scope Global
    }
}
