# Get-VITrustMatrix: a grid of five, and the three lines that complete it.

It 'five vCenters are a grid of five by five' {
    $matrix = Get-VITrustMatrix -Path (Join-Path $script:Data 'five.json') -At $script:At
    Assert-Type 'VITrust.Matrix' $matrix
    Assert-Equal 5 $matrix.Parties.Length
    Assert-Equal $false $matrix.IsMutual
    $expected = (ConvertFrom-Json -InputObject (Read-Data 'five.report.json')).matrix
    Assert-Equal $expected.untrusted $matrix.Untrusted
    Assert-Equal $expected.rows $matrix.Rows
    Assert-Equal $true $matrix.Trusts('vc01.lab.example', 'vc02.lab.example')
    Assert-Equal $false $matrix.Trusts('vc01.lab.example', 'vc03.lab.example')
    $picture = Get-Picture $matrix
    $lines = @($picture.Split("`n"))
    $head = @($lines | Where-Object { $_ -match '^ +vc01 +vc02 +vc03 +vc04 +vc05$' })
    Assert-Equal 1 $head.Count "the head of <$picture>"
    foreach ($name in 'vc01', 'vc02', 'vc03', 'vc04', 'vc05') {
        $row = @($lines | Where-Object { $_ -match "^ +$name( +\S){5}$" })
        Assert-Equal 1 $row.Count "the row of $name in <$picture>"
    }
    $drawn = $matrix.Draw($false, (Get-Columns))
    Assert-Equal (Get-Trimmed $drawn) $picture 'the view'
}

It 'vCenters of one SSO domain are one row' {
    $matrix = Get-VITrustEstate -Path $script:Estate | Get-VITrustMatrix -At $script:At
    Assert-Equal 4 $matrix.Parties.Length
    Assert-Equal @('vc01.lab.example', 'vc02.lab.example') $matrix.Parties[0].VCenters
}

It 'a matrix says why and what to add where' {
    $matrix = Get-VITrustMatrix -Estate (Get-VITrustEstate -Path (Join-Path $script:Data 'five.json')) -At $script:At -Profile strict
    $expected = (ConvertFrom-Json -InputObject (Read-Data 'five.report.json'))
    Assert-Equal $expected.causes.Count $matrix.Causes.Length
    Assert-Equal @($expected.additions.rows | ForEach-Object { $_.to }) @($matrix.Additions.Rows | ForEach-Object { $_.To })
    Assert-Equal @($expected.additions.rows | ForEach-Object { $_.pem }) @($matrix.Additions.Rows | ForEach-Object { $_.Pem })
    Assert-Equal $expected.additions.is_minimal $matrix.Additions.IsMinimal
    Assert-Match 'vc03' $matrix.Explain($false)
}

It 'three lines complete the matrix: each missing root goes where it is missing, and nothing else' {
    $script:Mutual = ConvertFrom-Json -InputObject (Read-Data 'five.json')
    $script:Added = New-Object -TypeName System.Collections.Generic.List[string]
    Set-FakeEstate -Roots @{} -OnAdd {
        param($Server, $Pem)
        $vcenter = @($script:Mutual.vcenters | Where-Object { $_.name -eq $Server })[0]
        $roots = $vcenter.trusted_roots
        $vcenter.trusted_roots = [PSCustomObject]@{ source = $roots.source; certificates = @($roots.certificates) + @($Pem) }
        $script:Added.Add($Server)
    }
    # Instead of servers: the estate as it is now, which what PowerCLI adds is added to.
    function Get-VITrustEstate { VITrust\Get-VITrustEstate -Json (ConvertTo-Json -InputObject $script:Mutual -Depth 20 -Compress) }
    $PSDefaultParameterValues['Get-VITrustMatrix:At'] = $script:At
    $PSDefaultParameterValues['Add-VITrustedCertificate:Confirm'] = $false
    try {
        $matrix = Get-VITrustEstate | Get-VITrustMatrix
        Assert-Equal $false $matrix.IsMutual 'before'
        $wanted = @($matrix.Additions.Rows | ForEach-Object { $_.To })
        foreach ($root in $matrix.Additions.Rows | Where-Object { -not $_.Unverified }) { foreach ($vcenter in $root.To) { Add-VITrustedCertificate -PemCertificateOrChain $root.Pem -VCenterOnly -Server $vcenter } }
        Assert-Equal $wanted $script:Added.ToArray() 'who got something'
        Assert-True ($script:Added.Count -lt 20) 'fewer than every root to everyone'
        $after = Get-VITrustEstate | Get-VITrustMatrix
        Assert-Equal $true $after.IsMutual 'after'
    }
    finally {
        $PSDefaultParameterValues.Remove('Get-VITrustMatrix:At')
        $PSDefaultParameterValues.Remove('Add-VITrustedCertificate:Confirm')
    }
}
