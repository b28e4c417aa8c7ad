# Values that compare and sort as people expect, come back from other processes, and are shown without harm.

It 'severities are ordered by how bad they are' {
    $findings = @(Test-VITrustEstate -Path $script:Estate -At $script:At)
    $high = @(Test-VITrustEstate -Path $script:Estate -At $script:At -Severity high)
    Assert-Equal $high.Count @($findings | Where-Object Severity -ge high).Count
    Assert-Equal 'critical' @($findings | Sort-Object -Property Severity -Descending)[0].Severity
    Assert-Equal @('info', 'low', 'medium', 'high', 'critical') @([enum]::GetValues([VITrust.Severity]) | Sort-Object)
    Assert-Match '"severity":"critical"' $findings[0].ToJson()
    $rows = @(Get-VITrustExpiry -Path $script:Estate -At $script:At)
    Assert-Equal @($rows | Where-Object { $_.State -in 'hard', 'notYetValid', 'expired' }).Count @($rows | Where-Object State -ge hard).Count
}

It 'certificates are the same by their SHA-256 and only then' {
    $one = (Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')).Certificates
    $again = (Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')).Certificates
    Assert-True ($one[0].Equals($again[0]) -and $one[0].GetHashCode() -eq $again[0].GetHashCode() -and -not $one[0].Equals($one[1])) 'equality'
    Assert-True ($one -contains $again[1]) 'it is contained, which'
    Assert-Equal $one.Count @($one + $again | Select-Object -Unique).Count
    Assert-Equal $one.Count @($one + $again | Sort-Object -Unique).Count
    Assert-Equal $one.Count @($one + $again | Group-Object).Count
    Assert-Equal 0 @(Compare-Object $one $again).Count
    # A root that was made anew under its old name is another.
    $stores = @(Get-ChildItem -LiteralPath $script:Estate -Recurse -File | Import-VITrustStore -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
    $all = @($stores | ForEach-Object { $_.Certificates })
    $names = @($all | Group-Object -Property Subject | Where-Object { @($_.Group | Group-Object -Property Sha256).Count -gt 1 })
    Assert-True ($names.Count -gt 0) 'the example has such roots, which'
    $pair = @($names[0].Group | Group-Object -Property Sha256 | ForEach-Object { $_.Group[0] })
    Assert-Equal 2 @(Compare-Object $pair[0] $pair[1]).Count
    Assert-True ($pair[0].CompareTo($pair[1]) -eq - $pair[1].CompareTo($pair[0])) 'order holds both ways, which'
}

It 'every verdict says what was judged' {
    $file = Get-Sample 'vc05/machine-ssl.pem'
    foreach ($store in 'vc01/trusted-roots.txt', 'vc04/trusted-roots.txt') {
        $verdict = Test-VITrustChain -Chain $file -Store (Get-Sample $store) -At $script:At
        $own = (Import-VITrustStore -Path $file).Certificates[0]
        Assert-Equal $file $verdict.Source
        Assert-Equal @($own.Subject, $own.Thumbprint, $own.Sha256) @($verdict.Subject, $verdict.Thumbprint, $verdict.Sha256)
    }
}

It 'rows name the certificate by both digests' {
    foreach ($row in @(Get-VITrustExpiry -Path $script:Estate -At $script:At) + @(Get-VITrustEdge -Path $script:Estate -At $script:At | Where-Object Certificate)) {
        Assert-Match '^[0-9A-F]{40}$' $row.Thumbprint
        Assert-Match '^[0-9a-f]{64}$' $row.Sha256
    }
    $edge = @(Get-VITrustEdge -Path $script:Estate -At $script:At | Where-Object Verdict -eq 'untrusted')[0]
    Assert-True ($edge.Reason.Length -gt 10) 'a refused link has its reason, which'
    Assert-Match ([regex]::Escape($edge.Thumbprint)) (Get-Trimmed ($edge | Format-List | Out-String -Width 200))
}

It 'what another process gets prints, filters and goes deep' {
    $file = Join-Path $script:Scratch 'rows.clixml'
    $findings = @(Test-VITrustEstate -Path $script:Estate -At $script:At)
    $findings | Export-Clixml -LiteralPath $file
    $back = @(Import-Clixml -LiteralPath $file)
    Assert-SameText (Get-Picture $findings) (Get-Picture $back) 'the picture'
    Assert-Equal @($findings | Where-Object Severity -ge high).Count @($back | Where-Object Severity -ge high).Count
    Assert-Equal $findings[0].Evidence.Certificates[0].Subject $back[0].Evidence.Certificates[0].Subject
    Get-VITrustMatrix -Path $script:Estate -At $script:At | Export-Clixml -LiteralPath $file
    Assert-Match '(?m)^\+.*vc01\.lab\.example$' (Get-Picture (Import-Clixml -LiteralPath $file))
}

It 'an empty answer is no good one' {
    $empty = Join-Path $script:Scratch 'nothing here'
    $null = New-Item -ItemType Directory -Path $empty
    $garbage = Join-Path $script:Scratch 'garbage.pem'
    [System.IO.File]::WriteAllText($garbage, "-----BEGIN CERTIFICATE-----`nA*`n-----END CERTIFICATE-----`n")
    $text = Join-Path $script:Scratch 'denied.txt'
    [System.IO.File]::WriteAllText($text, "bash: vecs-cli: Permission denied`n")
    foreach ($path in $empty, $garbage, $text, (Join-Path $script:Scratch 'not there')) {
        $result = Split-Result { Test-VITrustEstate -Path $path -Quiet -WarningAction SilentlyContinue }
        Assert-Equal 'False' $result.Output $path
        Assert-True ($result.Errors.Count -ge 1) "$path is told, which"
        $result = Split-Result { Test-VITrustChain -Chain (Get-Sample 'vc05/machine-ssl.pem') -Store $path -Quiet -WarningAction SilentlyContinue }
        Assert-Equal 'False' $result.Output $path
    }
    $result = Split-Result { @() | Test-VITrustEstate -Quiet }
    Assert-Equal 'False' $result.Output
    Assert-Record 'VITrust.argument,Test-VITrustEstate' 'InvalidArgument' $result.Errors[0]
    $result = Split-Result { Test-VITrustEstate -Path $empty -WarningAction SilentlyContinue }
    Assert-True ($result.Errors.Count -ge 1) 'an estate of nothing is told, which'
}

It 'of nothing the answer is no good one, whatever counts' {
    $folder = Join-Path $script:Scratch 'nothing at all'
    $null = New-Item -ItemType Directory -Path $folder
    foreach ($limit in 'high,unknown', 'critical', 'unknown', 'never') {
        $result = Split-Result { Test-VITrustEstate -Path $folder -Quiet -FailOn $limit }
        Assert-Equal $false $result.Output "-FailOn $limit"
        Assert-Equal 1 $result.Errors.Count
    }
}

It 'Quiet is one answer for all that is given' {
    $good = Get-Sample 'vc04/machine-ssl.pem'
    $bad = Get-Sample 'vc05/machine-ssl.pem'
    $roots = Get-Sample 'vc04/trusted-roots.txt'
    Assert-Equal 'True' @(Test-VITrustChain -Chain $good -Store $roots -At $script:At -Quiet)
    foreach ($order in @($good, $bad), @($bad, $good), @($bad, $bad)) {
        Assert-Equal 'False' @(Test-VITrustChain -Chain $order -Store $roots -At $script:At -Quiet)
        Assert-Equal 'False' @($order | Test-VITrustChain -Store $roots -At $script:At -Quiet)
    }
    $missing = Join-Path $script:Scratch 'no chain.pem'
    $result = Split-Result { Test-VITrustChain -Chain $good, $missing -Store $roots -At $script:At -Quiet }
    Assert-Equal 'False' $result.Output
}

It 'what a command behind a cmdlet throws is thrown' {
    $chain = Get-Sample 'vc05/machine-ssl.pem'
    $roots = Get-Sample 'vc01/trusted-roots.txt'
    $calls = @(
        { Import-VITrustStore -Path $roots }, { Test-VITrustChain -Chain $chain -Store $roots -At $script:At },
        { Test-VITrustEstate -Path $script:Estate -At $script:At }, { Test-VITrustEstate -Path $script:Estate -At $script:At -AsJson },
        { Get-VITrustExpiry -Path $script:Estate -At $script:At }, { Get-VITrustMatrix -Path $script:Estate -At $script:At },
        { Get-VITrustEdge -Path $script:Estate -At $script:At }, { Get-VITrustForecast -Path $script:Estate -At $script:At },
        { Get-VITrustEstate -Path $script:Estate }, { Get-VITrustEndpoint -Endpoint '127.0.0.1:1' -TimeoutSeconds 1 }
    )
    foreach ($call in $calls) {
        foreach ($thrown in [System.InvalidOperationException]::new('mine'), [VITrust.VITrustException]::new(2, 'argument', 'mine', 'x', $null)) {
            $caught = $null
            try { & $call | ForEach-Object { throw $thrown } } catch { $caught = $_ }
            Assert-True ($null -ne $caught) "$call throws, which"
            Assert-True ([object]::ReferenceEquals($thrown, $caught.Exception)) "$call hands on what was thrown, which"
        }
    }
}

It 'no view hands the terminal what a name holds' {
    $hostile = "a$([char]27)[2J$([char]27)]0;x$([char]7)b$([char]0x202e)c$([char]0x9b)d`r`ne"
    $allowed = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]'
    foreach ($type in [VITrust.Native].Assembly.GetExportedTypes()) {
        if ($type.IsAbstract -or $type.IsEnum -or $type.IsGenericType -or $type.Name -like '*Options' -or $null -eq $type.GetConstructor([type]::EmptyTypes)) { continue }
        $row = New-Object -TypeName $type.FullName
        foreach ($property in $type.GetProperties()) {
            if (-not $property.CanWrite -or $null -eq $property.GetSetMethod()) { continue }
            if ($property.PropertyType -eq [string]) { $property.SetValue($row, $hostile, $null) }
            if ($property.PropertyType -eq [VITrust.Many[string]]) { $property.SetValue($row, [VITrust.Many[string]]::new([string[]]@($hostile)), $null) }
        }
        if ($type.Name -eq 'Matrix') { continue }
        if (-not (Get-FormatData -TypeName $type.FullName)) { continue }
        foreach ($picture in ($row | Out-String -Width 200), ($row | Format-List | Out-String -Width 200), "$row") {
            Assert-True ($picture -cnotmatch $allowed) "a picture of $($type.Name) is clean, which"
        }
    }
}

It 'a chain of thousands of certificates is read in one go' {
    $ours = (Import-VITrustStore -Path (Get-Sample 'vc05/machine-ssl.pem')).Certificates
    $many = @(1..4000 | ForEach-Object { $ours[$_ % 2] })
    $verdict = Test-VITrustChain -Chain $many -Store (Get-Sample 'vc01/trusted-roots.txt') -At $script:At
    Assert-Equal 1 @($verdict).Count
}

It 'a scheduled script ends with 1 where nothing can be read, and with 0 where all is well' {
    $file = Join-Path $script:Scratch 'scheduled.ps1'
    $lines = @(
        'param($Module, $Path, $At)'
        'Import-Module -Name $Module'
        'if (-not (Test-VITrustEstate -Path $Path -At $At -Quiet -FailOn $env:VITRUST_FAIL_ON)) { exit 1 }'
        'exit 0'
    )
    [System.IO.File]::WriteAllLines($file, [string[]]$lines)
    $program = Get-Program
    $run = {
        param($Path, $FailOn)
        $env:VITRUST_FAIL_ON = $FailOn
        try { $null = & $program -NoLogo -NoProfile -NonInteractive -File $file $script:ModulePath $Path '2026-06-01' 2>&1 } finally { $env:VITRUST_FAIL_ON = $null }
        $LASTEXITCODE
    }
    Assert-Equal 1 (& $run $script:Estate 'high,unknown')
    Assert-Equal 1 (& $run (Join-Path $script:Scratch 'no folder') 'high,unknown')
    Assert-Equal 1 (& $run (Join-Path $script:Scratch 'no folder') 'critical')
    Assert-Equal 0 (& $run (Get-Sample 'vc01/vmca-root.pem') 'critical')
}

It 'a matrix takes the labels of its grid' {
    $matrix = Get-VITrustMatrix -Path $script:Estate -At $script:At
    foreach ($from in 'vc01', 'vc03') {
        foreach ($to in 'vc03', 'vc05') {
            Assert-Equal $matrix.Answer("$from.lab.example", "$to.lab.example") $matrix.Answer($from, $to)
        }
    }
    $caught = $null
    try { $null = $matrix.Trusts('vc', 'vc01') } catch { $caught = $_ }
    Assert-Match 'no vCenter of the matrix is named vc' "$caught"
}
