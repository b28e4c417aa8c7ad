# Get-VITrustExpiry: of estates, paths and stores.

It 'expiry lists every certificate once, the first to end first' {
    $report = ConvertFrom-Json -InputObject (Read-Data 'report.json')
    $rows = @(Get-VITrustExpiry -Path $script:Estate -At $script:At)
    Assert-Equal $report.expiry.Count $rows.Count
    Assert-Equal @($report.expiry | ForEach-Object { $_.days_left }) @($rows | ForEach-Object { $_.DaysLeft })
    Assert-Type 'VITrust.ExpiryRow' $rows[0]
    Assert-Equal 'expired' $rows[0].State
    Assert-True ($rows[0].NotAfter -lt $script:At) 'its end is past, and that'
}

It 'WithinDays leaves out what ends later, and thresholds move the states' {
    $estate = Get-VITrustEstate -Path $script:Estate
    $all = @($estate | Get-VITrustExpiry -At $script:At)
    $near = @(Get-VITrustExpiry -Estate $estate -At $script:At -WithinDays 60)
    Assert-Equal @($all | Where-Object { $_.DaysLeft -lt 60 }).Count $near.Count
    $wide = @($estate | Get-VITrustExpiry -At $script:At -Thresholds '10000/9000')
    Assert-Equal 0 @($wide | Where-Object { $_.State -eq 'good' }).Count
    $null = Assert-Error 'VITrust.thresholds,Get-VITrustExpiry' 'InvalidArgument' { Get-VITrustExpiry -Estate $estate -Thresholds 'soon' }
}

It 'a store has its expiry too' {
    $store = Import-VITrustStore -Path (Get-Sample 'vc04/trusted-roots.txt')
    $rows = @($store | Get-VITrustExpiry -At $script:At)
    Assert-Equal $store.Count $rows.Count
    $expired = @(Get-VITrustExpiry -Store $store -At $script:At | Where-Object { $_.State -eq 'expired' })
    Assert-True ($expired.Count -ge 1) 'the old VMCA is among them'
    Assert-Equal @($rows | ForEach-Object { $_.Certificate.Sha1 } | Sort-Object) @($store.Certificates | ForEach-Object { $_.Sha1 } | Sort-Object)
}
