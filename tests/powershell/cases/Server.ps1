# Get-VITrustEstate of servers that cannot be asked: each way has its error.

$script:User = [System.Management.Automation.PSCredential]::new('administrator@vsphere.local', (ConvertTo-SecureString -AsPlainText -Force -String 'nobody knows'))

It 'without a connection and without a name there is nothing to ask' {
    Disconnect-VIServer
    $record = Assert-Error 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' { Get-VITrustEstate }
    Assert-Match 'Connect-VIServer' $record.Exception.Message
}

It 'an empty pipeline asks nobody' {
    Assert-Equal 0 @(@() | Get-VITrustEstate).Count
    Assert-Equal 0 @(@() | Get-VITrustEndpoint).Count
    Assert-Equal 0 @(@() | Import-VITrustStore).Count
}

It 'a name that is not connected needs a credential' {
    $result = Split-Result { Get-VITrustEstate -Server 'vc01.lab.example' }
    Assert-Equal 0 $result.Output.Count
    Assert-Record 'VITrust.credentials,Get-VITrustEstate' 'AuthenticationError' $result.Errors[0]
    Assert-Equal 'vc01.lab.example' $result.Errors[0].TargetObject
}

It 'a connection that is closed says so, and shows no session' {
    $connection = Connect-VIServer -Server 'vc01.lab.example' -Session 'a secret of the session'
    $connection.IsConnected = $false
    $result = Split-Result { Get-VITrustEstate }
    Disconnect-VIServer
    Assert-Equal 0 $result.Output.Count
    Assert-Record 'VITrust.unauthenticated,Get-VITrustEstate' 'AuthenticationError' $result.Errors[0]
    $shown = ($result.Errors[0] | Out-String) + ($result.Errors[0] | Format-List -Property '*' -Force | Out-String)
    Assert-True (-not $shown.Contains('a secret of the session')) 'the session is not shown, which'
}

It 'a connection in the pipeline is refused, and shows no session' {
    $connection = Connect-VIServer -Server 'vc01.lab.example' -Session 'a secret of the session'
    try {
        $record = Assert-Error 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' { $connection | Get-VITrustEstate }
    }
    finally {
        Disconnect-VIServer
    }
    Assert-Match '-Server' $record.Exception.Message
    $shown = ($record | Out-String) + ($record | Format-List -Property '*' -Force | Out-String)
    Assert-True (-not $shown.Contains('a secret of the session')) 'the session is not shown, which'
}

It 'what is no connection is an error and no crash' {
    $result = Split-Result { Get-VITrustEstate -Server 5 }
    Assert-Record 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' $result.Errors[0]
}

It 'a server that does not answer is an estate without it, and an error' {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $result = Split-Result { Get-VITrustEstate -Server "127.0.0.1:$port" -Credential $script:User }
    Assert-True ($result.Errors.Count -ge 1) 'an error'
    Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $result.Errors[0]
    Assert-Equal 1 $result.Output.Count
    Assert-True ($result.Output[0].Failures.Length -ge 1) 'the failure is in the estate too, which'
}

It 'an inventory that is not there or wrong ends the call' {
    $null = Assert-Error 'VITrust.file,Get-VITrustEstate' 'ReadError' { Get-VITrustEstate -Inventory (Join-Path $script:Scratch 'missing.toml') }
    $file = Join-Path $script:Scratch 'wrong.toml'
    [System.IO.File]::WriteAllText($file, "[[vcenter]]`nurl = 'https://vc01.lab.example'`npassword = 'plain'`n")
    $record = Assert-Error 'VITrust.inventory,Get-VITrustEstate' 'InvalidData' { Get-VITrustEstate -Inventory $file }
    Assert-Match 'password' $record.Exception.Message
}

It 'an inventory is one file' {
    foreach ($name in 'several 1.toml', 'several 2.toml') { [System.IO.File]::WriteAllText((Join-Path $script:Scratch $name), '') }
    $record = Assert-Error 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' { Get-VITrustEstate -Inventory (Join-Path $script:Scratch 'several*.toml') }
    Assert-Match 'names 2 files; one is needed' $record.Exception.Message
}

It 'a CA file that is not there, a fingerprint that is none and an empty password are errors of each server' {
    $result = Split-Result { Get-VITrustEstate -Server 'vc01.lab.example' -Credential $script:User -CAFile (Join-Path $script:Scratch 'missing.pem') }
    Assert-Record 'VITrust.file,Get-VITrustEstate' 'ReadError' $result.Errors[0]
    $result = Split-Result { Get-VITrustEstate -Server 'vc01.lab.example' -Credential $script:User -Thumbprint 'sha1:00' }
    Assert-Equal 0 $result.Output.Count
    Assert-Record 'VITrust.inventory,Get-VITrustEstate' 'InvalidData' $result.Errors[0]
    Assert-Equal 'vc01.lab.example' $result.Errors[0].TargetObject
    $empty = [System.Management.Automation.PSCredential]::new('administrator@vsphere.local', (New-Object -TypeName System.Security.SecureString))
    $result = Split-Result { Get-VITrustEstate -Server 'vc01.lab.example' -Credential $empty }
    Assert-Record 'VITrust.credentials,Get-VITrustEstate' 'AuthenticationError' $result.Errors[0]
}
