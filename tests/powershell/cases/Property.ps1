# Properties: an object says after its end what it said before. PowerShell takes a property that throws for $null, so a store
# that was disposed of would be one without certificates.

# What has been ended here, by the names of the types.
$script:Ended = @{}

# Each property of an object and of what it holds, as PowerShell reads it, in lines.
function Get-Fact {
    param([string] $Path, [object] $Value)

    if ($null -eq $Value) { return "$Path is nothing" }
    $type = $Value.GetType()
    if ($Value -is [System.Collections.IList]) {
        "$Path has $($Value.Count)"
        for ($number = 0; $number -lt $Value.Count; $number++) { Get-Fact "${Path}/$number" $Value[$number] }
    }
    elseif ($type.Namespace -eq 'VITrust') {
        $script:Ended[$type.Name] = $true
        foreach ($property in $Value.PSObject.Properties) { Get-Fact "$Path.$($property.Name)" $Value.($property.Name) }
        "$Path is shown as $Value"
    }
    else { "$Path = $Value" }
}

# Frees the native object of another one, as another owner of it or the collector would.
function Close-Native {
    param([object] $Value)

    $handle = $Value.GetType().GetField('handle', [System.Reflection.BindingFlags]'Instance, NonPublic').GetValue($Value)
    $handle.Dispose()
}

# Ends an object, and compares what it says and how it looks with what was before.
function Assert-Stays {
    param([object] $Value, [scriptblock] $End, [string] $What)

    $name = $Value.GetType().Name
    $before = @(Get-Fact $name $Value)
    $picture = Get-Picture $Value
    & $End $Value
    $after = @(Get-Fact $name $Value)
    Assert-Equal '' (@($after | Where-Object { $before -cnotcontains $_ } | Select-Object -First 9) -join '; ') "what is new after $What"
    Assert-Equal $before $after "the properties after $What"
    Assert-Equal $picture (Get-Picture $Value) "the view after $What"
}

It 'a store keeps its certificates, and judges no more' {
    $file = Get-Sample 'vc01/trusted-roots.txt'
    Assert-Stays (Import-VITrustStore -Path $file) { param($Store) $Store.Dispose() } 'Dispose'
    Assert-Stays (Import-VITrustStore -Path $file) { param($Store) Close-Native $Store } 'being freed elsewhere'
    Assert-Stays (Import-VITrustStore -Path $file) { param($Store) $null = Assert-Error 'VITrustException' 'NotSpecified' { $Store.Verify('nothing', [VITrust.VerifyOptions]::new()) } } 'a failure'
    $store = Import-VITrustStore -Path $file
    $store.Dispose()
    Assert-Equal 4 $store.Count
    Assert-Equal 4 $store.Certificates.Length
    $null = Assert-Error 'ObjectDisposedException' 'NotSpecified' { $store.Describe($null) }
    $result = Split-Result { Test-VITrustChain -Chain (Get-Sample 'vc05/machine-ssl.pem') -Store $store -At $script:At }
    Assert-Equal 0 $result.Output.Count
    Assert-Record 'VITrust.disposed,Test-VITrustChain' 'InvalidOperation' $result.Errors[0]
}

It 'an estate keeps its vCenters, and is judged no more' {
    Assert-Stays (Get-VITrustEstate -Path $script:Estate) { param($Estate) $Estate.Dispose() } 'Dispose'
    Assert-Stays (Get-VITrustEstate -Path $script:Estate) { param($Estate) Close-Native $Estate } 'being freed elsewhere'
    $estate = Get-VITrustEstate -Path $script:Estate
    $estate.Dispose()
    Assert-Equal 12 $estate.HostCount
    $null = Assert-Error 'ObjectDisposedException' 'NotSpecified' { $estate.ToJson() }
    $null = Assert-Error 'VITrust.disposed,Test-VITrustEstate' 'InvalidOperation' { Test-VITrustEstate -Estate $estate -At $script:At }
    $null = Assert-Error 'VITrust.disposed,Get-VITrustMatrix' 'InvalidOperation' { $estate | Get-VITrustMatrix -At $script:At }
}

It 'the estate of a server that could not be asked says so, before and after' {
    $login = [System.Management.Automation.PSCredential]::new('administrator', (ConvertTo-SecureString -AsPlainText -Force -String 'nobody knows'))
    $result = Split-Result { Get-VITrustEstate -Server '127.0.0.1:1' -Credential $login -Insecure -WarningAction SilentlyContinue }
    Assert-True ($result.Output[0].Failures.Length -ge 1) 'a failure'
    Assert-Stays $result.Output[0] { param($Estate) $Estate.Dispose() } 'Dispose'
}

It 'a report has methods, which say that it is gone' {
    $options = New-Object -TypeName VITrust.AssessOptions -Property @{ At = $script:At }
    $report = (Get-VITrustEstate -Path $script:Estate).Assess($options)
    Assert-Equal 22 @($report.Findings()).Count
    Assert-Equal 'strict' $report.Profile()
    Assert-Stays $report { param($Report) $Report.Dispose() } 'Dispose'
    foreach ($name in 'ToJson', 'At', 'Profile', 'Thresholds', 'Findings', 'Expiry', 'Edges', 'Endpoints', 'Matrix', 'Forecast') {
        $null = Assert-Error 'ObjectDisposedException' 'NotSpecified' { $report.$name() }
    }
}

It 'an inventory keeps its number' {
    $inventory = [VITrust.Inventory]::new([VITrust.InventoryOptions]::new())
    $inventory.AddSession((New-Object -TypeName VITrust.ServerSettings -Property @{ Url = 'vc01'; Insecure = $true }), 'a session')
    Assert-Equal 1 $inventory.Count
    Assert-Stays $inventory { param($Inventory) $Inventory.Dispose() } 'Dispose'
}

It 'a job that failed keeps what it said, and its result throws' {
    $job = [VITrust.Job]::Probe([string[]]@('no endpoint at all'), $null)
    while (-not $job.Wait(50)) { }
    $null = Assert-Error 'VITrustException' 'NotSpecified' { $job.GetResult() }
    Assert-Stays $job { param($Job) $Job.Dispose() } 'Dispose'
    $null = Assert-Error 'ObjectDisposedException' 'NotSpecified' { $job.GetResult() }
}

It 'no property of any type throws: of rows that hold nothing, and of what was ended above' {
    # A client needs a server, and is ended by the tests of the C# file itself.
    $script:Ended['Client'] = $true
    foreach ($type in [VITrust.Native].Assembly.GetExportedTypes()) {
        if ($type.IsAbstract -or $type.IsEnum -or $type.IsGenericType -or $type.Name -eq 'MatrixCell') { continue }
        if ($null -eq $type.GetConstructor([type]::EmptyTypes)) {
            Assert-True ($script:Ended.ContainsKey($type.Name) -or $type.Name -eq 'VITrustException') "$($type.Name) is among what was ended, which"
            continue
        }
        $bare = New-Object -TypeName $type.FullName
        foreach ($property in $type.GetProperties()) {
            # Read by reflection, which hands on what PowerShell would keep to itself.
            $null = $property.GetValue($bare, $null)
        }
        $null = "$bare"
    }
}

It 'a view of a row that holds nothing invents no number' {
    $bare = New-Object -TypeName VITrust.VCenterSummary -Property @{ Name = 'vc09' }
    Assert-Match '(?m)^vc09 +False$' (Get-Picture $bare)
}

It 'every type of the module has a text of its own, and so has a list of them' {
    foreach ($type in [VITrust.Native].Assembly.GetExportedTypes()) {
        $isOther = $type.IsAbstract -or $type.IsEnum -or $type.Name -like '*Options' -or $type.Name -in 'ServerSettings', 'Report', 'Inventory', 'Client', 'ClientCertificateRequest', 'Job`1'
        if ($isOther) { continue }
        # A class without one would be the name of its type in every CSV.
        Assert-True ($type.GetMethod('ToString', [type]::EmptyTypes).DeclaringType -ne [object]) "$($type.Name) has a text, which"
    }
}

It 'a CSV of any rows has no name of a type in it' {
    $matrix = Get-VITrustMatrix -Path $script:Estate -At $script:At
    $store = Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')
    $rows = @{
        finding  = Test-VITrustEstate -Path $script:Estate -At $script:At
        expiry   = Get-VITrustExpiry -Path $script:Estate -At $script:At
        matrix   = $matrix
        cell     = $matrix.Cells
        addition = $matrix.Additions.Rows
        cause    = $matrix.Causes
        edge     = Get-VITrustEdge -Path $script:Estate -At $script:At
        event    = Get-VITrustForecast -Path $script:Estate -At $script:At
        verdict  = Test-VITrustChain -Chain (Get-Sample 'vc05/machine-ssl.pem') -Store $store -At $script:At
        store    = $store
        anchor   = $store.Certificates
        estate   = Get-VITrustEstate -Path $script:Estate
    }
    foreach ($name in $rows.Keys) {
        $csv = $rows[$name] | ConvertTo-Csv -NoTypeInformation | Out-String
        Assert-True ($csv.Length -gt 40) "there are rows of $name, which"
        Assert-True ($csv -cnotmatch 'VITrust\.|System\.|\[\]') "the CSV of $name is flat, which"
    }
    $cells = @($matrix.Cells)
    Assert-Equal ($matrix.Parties.Count * ($matrix.Parties.Count - 1)) $cells.Count
    Assert-Equal $matrix.Untrusted @($cells | Where-Object Answer -eq untrusted).Count
    Assert-True (@($cells | Where-Object { $_.Answer -eq 'untrusted' -and -not $_.Reason }).Count -eq 0) 'each that is refused says why, which'
}
