# Test-VITrustChain: what a chain may be, and what decides.

$script:Roots1 = Get-Sample 'vc01/trusted-roots.txt'
$script:Machine5 = Get-Sample 'vc05/machine-ssl.pem'

It 'a chain in a file is judged against a store in a file' {
    $verdict = Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1 -At $script:At
    Assert-Type 'VITrust.Verdict' $verdict
    Assert-True $verdict.Trusted 'trusted'
    Assert-Equal 'strict' $verdict.Profile
    Assert-Equal $script:At.Ticks $verdict.At.Ticks
    Assert-Equal 3 $verdict.Path.Length
    Assert-Match 'Example Corp Root CA' $verdict.Anchor.Subject
}

It 'every form of a chain gives the same verdict' {
    $store = Import-VITrustStore -Path $script:Roots1
    $text = [System.IO.File]::ReadAllText($script:Machine5)
    $blocks = @([regex]::Matches($text, '(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----') | ForEach-Object { $_.Value })
    Assert-Equal 2 $blocks.Count
    $net = @($blocks | ForEach-Object { ConvertFrom-FakePem $_ })
    $ours = (Import-VITrustStore -Path $script:Machine5).Certificates
    $endpoint = New-Object -TypeName VITrust.Endpoint -Property @{ Chain = $ours; Name = 'vc05.lab.example:443' }
    $forms = @{
        text        = $text
        blocks      = @($blocks | ForEach-Object { [PSCustomObject]@{ CertificatePEM = $_ } })
        net         = $net
        ours        = $ours
        endpoint    = $endpoint
        file        = Get-Item -LiteralPath $script:Machine5
    }
    foreach ($form in $forms.Keys) {
        $verdicts = @(Test-VITrustChain -Chain $forms[$form] -Store $store -At $script:At)
        Assert-Equal 1 $verdicts.Count $form
        Assert-True $verdicts[0].Trusted "$form is trusted, and"
        $verdicts = @(, $forms[$form] | Test-VITrustChain -Store $store -At $script:At)
        Assert-Equal 1 $verdicts.Count "$form from the pipeline"
        Assert-True $verdicts[0].Trusted "$form from the pipeline is trusted, and"
    }
}

It 'certificates that come one by one are chains of one' {
    $ours = (Import-VITrustStore -Path $script:Machine5).Certificates
    $verdicts = @($ours | Test-VITrustChain -Store $script:Roots1 -At $script:At)
    Assert-Equal 2 $verdicts.Count
    Assert-Equal $false $verdicts[0].Trusted
    Assert-Equal 'issuer-not-found' $verdicts[0].Rejections[0].Code
}

It 'several files are several chains' {
    $files = @('vc01/machine-ssl.pem', 'vc05/machine-ssl.pem' | ForEach-Object { Get-Sample $_ })
    Assert-Equal @('True', 'True') @(Test-VITrustChain -Chain $files -Store $script:Roots1 -At $script:At | ForEach-Object { $_.Trusted })
    Assert-Equal 'True' @(Test-VITrustChain -Chain $files -Store $script:Roots1 -At $script:At -Quiet)
    Assert-Equal 'True' @($files | Test-VITrustChain -Store (Get-Item -LiteralPath $script:Roots1) -At $script:At -Quiet)
}

It 'Quiet gives one Boolean' {
    $answer = Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1 -At $script:At -Quiet
    Assert-Type 'System.Boolean' $answer
    Assert-Equal $false (Test-VITrustChain -Chain $script:Machine5 -Store (Get-Sample 'vc04/trusted-roots.txt') -At $script:At -Quiet)
}

It 'an expired anchor divides the profiles' {
    $chain = Get-Sample 'vc04/hosts/esx31.lab.example/443.pem'
    $store = Import-VITrustStore -Path (Get-Sample 'vc04/trusted-roots.txt')
    $answers = @('strict', 'openssl', 'java', 'go', 'webpki' | ForEach-Object { Test-VITrustChain -Chain $chain -Store $store -At $script:At -Profile $_ -Quiet })
    Assert-Equal @('False', 'False', 'True', 'False', 'True') $answers
    Assert-Equal $true (Test-VITrustChain -Chain $chain -Store $store -At $script:At -Profile 'Java' -Quiet)
    $verdict = Test-VITrustChain -Chain $chain -Store $store -At $script:At -Profile 'openssl'
    Assert-Equal 'expired' $verdict.Rejections[0].Code
    Assert-True $verdict.Rejections[0].Hint 'a hint'
    Assert-Match 'expired' $verdict.Reason
}

It 'name, purpose, depth and time decide' {
    $common = @{ Chain = $script:Machine5; Store = $script:Roots1; Quiet = $true }
    Assert-Equal $true (Test-VITrustChain @common -At $script:At -Name 'vc05.lab.example')
    Assert-Equal $false (Test-VITrustChain @common -At $script:At -Name 'other.example')
    Assert-Equal $true (Test-VITrustChain @common -At $script:At -Purpose client)
    Assert-Equal $false (Test-VITrustChain @common -At $script:At -Purpose ca)
    Assert-Equal $true (Test-VITrustChain @common -At $script:At -MaxDepth 1)
    Assert-Equal $false (Test-VITrustChain @common -At $script:At -MaxDepth 0)
    Assert-Equal $false (Test-VITrustChain @common -At '2015-01-01')
    $local = [datetime]::SpecifyKind($script:At, 'Utc').ToLocalTime()
    Assert-Equal $script:At.Ticks (Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1 -At $local).At.Ticks 'a local time'
    Assert-Equal $script:At.Ticks (Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1 -At '2026-06-01').At.Ticks 'a time without a zone'
    Assert-True ([System.Math]::Abs(([datetime]::UtcNow - (Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1).At).TotalMinutes) -lt 5) 'without a time it is now, and that'
}

It 'CRLs count when they are given, in DER and in PEM' {
    $common = @{ Chain = Get-Sample 'vc02/machine-ssl.pem'; Store = Get-Sample 'vc02/certs/download.zip'; At = $script:At; Quiet = $true }
    $file = Join-Path $script:Data 'vc02.crl'
    $pem = "-----BEGIN X509 CRL-----`n" + [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($file)) + "`n-----END X509 CRL-----`n"
    Assert-Equal $true (Test-VITrustChain @common -Revocation 'if-present')
    Assert-Equal $false (Test-VITrustChain @common -Revocation required)
    Assert-Equal $true (Test-VITrustChain @common -Revocation required -Crl $file)
    Assert-Equal $true (Test-VITrustChain @common -Revocation required -Crl $pem)
    $result = Split-Result { Test-VITrustChain @common -Crl (Get-Sample 'vc02/machine-ssl.pem') }
    Assert-Equal 'False' $result.Output 'the answer without the CRL that was given'
    Assert-Record 'VITrust.no-block,Test-VITrustChain' 'InvalidData' $result.Errors[0]
    Assert-Equal 'options.crls[0]' $result.Errors[0].Exception.Argument
    $missing = Split-Result { Test-VITrustChain @common -Crl (Join-Path $script:Scratch 'no.crl') }
    Assert-Equal 'False' $missing.Output
    Assert-Record 'VITrust.file,Test-VITrustChain' 'ReadError' $missing.Errors[0]
}

It 'a bad item is an error, and the next is judged' {
    $empty = New-Object -TypeName VITrust.Endpoint -Property @{ Chain = [VITrust.Certificate[]]@(); Name = 'esx01:9080' }
    $missing = Join-Path $script:Scratch 'missing.pem'
    $items = @($empty, $missing, 'vc01', $script:Machine5)
    $result = Split-Result { $items | Test-VITrustChain -Store $script:Roots1 -At $script:At }
    Assert-Equal 1 $result.Output.Count
    Assert-Equal 3 $result.Errors.Count
    Assert-Record 'VITrust.chain,Test-VITrustChain' 'InvalidData' $result.Errors[0]
    Assert-Record 'VITrust.file,Test-VITrustChain' 'ReadError' $result.Errors[1]
    Assert-Equal $missing $result.Errors[1].TargetObject
}

It 'a wrong option or store ends the call' {
    $record = Assert-Error 'VITrust.file,Test-VITrustChain' 'ReadError' { Test-VITrustChain -Chain $script:Machine5 -Store (Join-Path $script:Scratch 'missing.pem') }
    Assert-Match 'there is no such file' $record.Exception.Message
    $null = Assert-Error 'ParameterArgumentValidationError,Test-VITrustChain' 'InvalidData' { Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1 -Profile 'firefox' }
    $result = Split-Result { Test-VITrustChain -Chain $script:Machine5 -Store $script:Roots1 -At $script:At -Name 'a b' }
    Assert-Record 'VITrust.server-name,Test-VITrustChain' 'InvalidArgument' $result.Errors[0]
    Assert-Equal 'options.name' $result.Errors[0].Exception.Argument
}

It 'a store in a file is one file, and what of it cannot be read is warned about' {
    $pattern = Join-Path (Get-Sample 'vc01') '*.pem'
    $record = Assert-Error 'VITrust.argument,Test-VITrustChain' 'InvalidArgument' { Test-VITrustChain -Chain $script:Machine5 -Store $pattern }
    Assert-Match 'names [0-9]+ files; one is needed' $record.Exception.Message
    $file = Join-Path $script:Scratch 'damaged roots.pem'
    $block = "-----BEGIN CERTIFICATE-----`nAAAA`n-----END CERTIFICATE-----`n"
    [System.IO.File]::WriteAllText($file, $block + [System.IO.File]::ReadAllText((Get-Sample 'vc01/vmca-root.pem')))
    $null = Test-VITrustChain -Chain $script:Machine5 -Store $file -At $script:At -WarningAction SilentlyContinue -WarningVariable said
    Assert-Match '1 blocks could not be read' ($said -join ' ')
}

It 'what PowerCLI says of a machine certificate is a chain' {
    $pem = [regex]::Match([System.IO.File]::ReadAllText((Get-Sample 'vc01/machine-ssl.pem')), '(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----').Value
    $verdict = Get-VIMachineCertificate -Pem $pem | Test-VITrustChain -Store $script:Roots1 -At $script:At -Name 'vc01.lab.example'
    Assert-True $verdict.Trusted 'trusted'
}
