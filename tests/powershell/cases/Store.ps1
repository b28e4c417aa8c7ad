# Import-VITrustStore: shapes, ways in, what cannot be read, and two thousand certificates.

Import-Module -Name (Join-Path $script:Here 'FakePowerCLI') -ErrorAction Stop

It 'a store is read from every shape of the example estate' {
    $files = @('vc01/trusted-roots.txt', 'vc02/certs/download.zip', 'vc03/trusted-roots.json', 'vc01/hosts/esx01.lab.example/castore.pem', 'vc01/vmca-root.pem')
    $counts = @($files | ForEach-Object { (Import-VITrustStore -Path (Get-Sample $_)).Count })
    Assert-Equal @(4, 4, 5, 5, 1) $counts
}

It 'a store has its certificates as objects with times in UTC' {
    $store = Import-VITrustStore (Get-Sample 'vc01/vmca-root.pem')
    Assert-Type 'VITrust.TrustStore' $store
    $certificate = $store.Certificates[0]
    Assert-Type 'VITrust.Certificate' $certificate
    Assert-Equal 'Utc' $certificate.NotAfter.Kind
    Assert-True $certificate.IsCA 'it is a CA'
    Assert-Equal $certificate.Sha1.ToUpperInvariant() $certificate.Thumbprint
    $net = ConvertFrom-FakePem $certificate.Pem
    Assert-Equal $net.Thumbprint $certificate.Thumbprint
    $ends = $net.NotAfter.ToUniversalTime()
    Assert-Equal $ends.Ticks $certificate.NotAfter.Ticks
}

It 'a wildcard gives one store per file' {
    $pattern = Join-Path (Join-Path (Get-Sample 'vc01/hosts') '*') 'castore.pem'
    $stores = @(Import-VITrustStore -Path $pattern)
    Assert-Equal @(5, 5, 5) @($stores | ForEach-Object { $_.Count })
}

It 'files come through the pipeline from any folder' {
    Push-Location -LiteralPath ([System.IO.Path]::GetTempPath())
    try {
        $stores = @(Get-ChildItem -LiteralPath (Get-Sample 'vc01/hosts') -Recurse -Filter 'castore.pem' | Import-VITrustStore)
        Assert-Equal 3 $stores.Count
        Assert-True ([System.IO.Path]::IsPathRooted($stores[0].Source)) 'the source is a whole path'
    }
    finally {
        Pop-Location
    }
}

It 'names come through the pipeline, also relative ones' {
    Push-Location -LiteralPath (Get-Sample 'vc01')
    try {
        $counts = @('trusted-roots.txt', 'vmca-root.pem' | Import-VITrustStore | ForEach-Object { $_.Count })
        Assert-Equal @(4, 1) $counts
    }
    finally {
        Pop-Location
    }
}

It 'a name with wildcard characters, blanks and letters beyond ASCII is found as it stands' {
    $file = Join-Path $script:Scratch ('roots [1] ' + [char]0xE9 + '.pem')
    [System.IO.File]::Copy((Get-Sample 'vc01/vmca-root.pem'), $file)
    $store = Import-VITrustStore -Path $file
    Assert-Equal 1 $store.Count
    Assert-Equal $file $store.Source
}

It 'a name that completion has escaped is found' {
    $file = Join-Path $script:Scratch 'escaped [2].pem'
    [System.IO.File]::Copy((Get-Sample 'vc01/vmca-root.pem'), $file)
    $escaped = $file.Replace('[', '`[').Replace(']', '`]')
    Assert-Equal 1 (Import-VITrustStore -Path $escaped).Count
    $result = Split-Result { Import-VITrustStore -Path (Join-Path $script:Scratch 'escaped `[3`].pem') }
    Assert-Record 'VITrust.file,Import-VITrustStore' 'ReadError' $result.Errors[0]
}

It 'a file that is not there is an error, and the others are read' {
    $missing = Join-Path $script:Scratch 'missing.pem'
    $files = @($missing, (Get-Sample 'vc01/vmca-root.pem'))
    $result = Split-Result { Import-VITrustStore -Path $files }
    Assert-Equal 1 $result.Output.Count
    Assert-Equal 1 $result.Errors.Count
    Assert-Record 'VITrust.file,Import-VITrustStore' 'ReadError' $result.Errors[0]
    Assert-Equal $missing $result.Errors[0].TargetObject
    Assert-Type 'VITrust.VITrustException' $result.Errors[0].Exception
}

It 'a file that is no store is an error with its id and category' {
    $file = Join-Path $script:Scratch 'no store.txt'
    [System.IO.File]::WriteAllText($file, 'nothing of the kind')
    $stores = @(Import-VITrustStore -Path $file -ErrorAction SilentlyContinue -ErrorVariable bad)
    Assert-Equal 0 $stores.Count
    Assert-True ($bad.Count -ge 1) 'the error variable has it'
    $result = Split-Result { Import-VITrustStore -Path $file }
    Assert-Record 'VITrust.store,Import-VITrustStore' 'InvalidData' $result.Errors[0]
}

It 'ErrorAction Stop ends the call, and the exception can be caught by its type' {
    $code = 0
    try { Import-VITrustStore -Path (Join-Path $script:Scratch 'missing.pem') -ErrorAction Stop } catch [VITrust.VITrustException] { $code = $_.Exception.Code }
    Assert-Equal 800 $code
}

It 'what cannot be read is kept and warned about' {
    $file = Join-Path $script:Scratch 'damaged.pem'
    $block = "-----BEGIN CERTIFICATE-----`nAAAA`n-----END CERTIFICATE-----`n"
    [System.IO.File]::WriteAllText($file, $block + [System.IO.File]::ReadAllText((Get-Sample 'vc01/vmca-root.pem')))
    $store = Import-VITrustStore -Path $file -WarningAction SilentlyContinue -WarningVariable said
    Assert-Equal 1 $store.Count
    Assert-Equal 1 $store.Unreadable.Length
    Assert-Equal 1 $store.Unreadable[0].Place.Line
    Assert-True ($said.Count -ge 1) 'a warning'
    Assert-Match '1 blocks could not be read' $said[0]
}

It 'another VECS store of a listing is read when it is named' {
    $store = Import-VITrustStore -Path (Get-Sample 'vc01/sms.txt') -Store 'SMS'
    Assert-Equal 1 $store.Count
}

It 'certificates of Get-VITrustedCertificate make one store by their property' {
    $roots = @((Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')).Certificates | ForEach-Object { $_.Pem.Trim() })
    Set-FakeEstate -Roots @{ 'vc01.lab.example' = $roots }
    $store = Get-VITrustedCertificate -Server 'vc01.lab.example' -VCenterOnly | Import-VITrustStore
    Assert-Equal 4 $store.Count
    Assert-Equal 4 (Import-VITrustStore -CertificatePEM $roots).Count
}

It 'two thousand certificates go through the pipeline and are one store' {
    # Certificates of which the last bytes of the signature differ: reading does not check it.
    $der = (ConvertFrom-FakePem (Import-VITrustStore -Path (Get-Sample 'vc01/vmca-root.pem')).Certificates[0].Pem).RawData
    $objects = New-Object -TypeName System.Collections.Generic.List[object]
    for ($number = 0; $number -lt 2000; $number++) {
        $der[$der.Length - 1] = $number % 256
        $der[$der.Length - 2] = [int][System.Math]::Floor($number / 256)
        $text = "-----BEGIN CERTIFICATE-----`n" + [System.Convert]::ToBase64String($der, 'InsertLineBreaks') + "`n-----END CERTIFICATE-----"
        $objects.Add([PSCustomObject]@{ CertificatePEM = $text; Uid = "number $number" })
    }
    $store = $objects | Import-VITrustStore
    Assert-Equal 2000 $store.Count
    Assert-Equal 2000 $store.Certificates.Length
}
