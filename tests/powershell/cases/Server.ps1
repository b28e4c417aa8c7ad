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

It 'a connection in the pipeline is asked within its session, and shows no session' {
    $connection = Connect-VIServer -Server '127.0.0.1' -Port 1 -Session 'a secret of the session'
    try {
        $result = Split-Result { $connection | Get-VITrustEstate }
        $own = Split-Result { $connection | Get-VITrustEstate -Thumbprint ('ab' * 32) }
        # Both names lead to one connection, which is one vCenter.
        $null = Connect-VIServer -Server '127.0.0.1' -Port 1 -Session 'a secret of the session'
        $twice = Split-Result { Get-VITrustEstate }
    }
    finally {
        Disconnect-VIServer
    }
    foreach ($one in $result, $own, $twice) {
        Assert-Equal '127.0.0.1' $one.Output[0].VCenters[0].Name
        Assert-Equal 1 $one.Errors.Count
        Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $one.Errors[0]
        Assert-Equal '127.0.0.1' $one.Errors[0].TargetObject
        $shown = ($one.Errors[0] | Out-String) + ($one.Errors[0] | Format-List -Property '*' -Force | Out-String)
        Assert-True (-not $shown.Contains('a secret of the session')) 'the session is not shown, which'
    }
}

It 'servers come by property name, and as texts where a login is given; anything else is refused by its type' {
    $file = Join-Path $script:Scratch 'servers.csv'
    [System.IO.File]::WriteAllText($file, "Server,Path`n127.0.0.1:1,x`n")
    $result = Split-Result { Import-Csv -LiteralPath $file | Get-VITrustEstate -Credential $script:User }
    Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $result.Errors[0]
    $result = Split-Result { '127.0.0.1:1' | Get-VITrustEstate -Credential $script:User }
    Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $result.Errors[0]
    Assert-Equal 5 ([PSCustomObject]@{ Path = $script:Estate } | Get-VITrustEstate).VCenters.Count
    Assert-Equal 5 ($script:Estate | Get-VITrustEstate).VCenters.Count
    Assert-Equal 5 (Get-ChildItem -LiteralPath $script:Estate -Directory | Get-VITrustEstate).VCenters.Count
    $hostObject = [PSCustomObject]@{ PSTypeName = 'VMware.VimAutomation.ViCore.Impl.V1.Inventory.VMHostImpl'; Name = 'esx01.lab.example' }
    foreach ($given in $hostObject, (Get-Process -Id $PID), 5, @{ Server = 'x' }) {
        $record = Assert-Error 'VITrust.argument,Get-VITrustEstate' 'InvalidArgument' { $given | Get-VITrustEstate }
        Assert-Match ([regex]::Escape("$($given.PSObject.TypeNames[0]) is not a connection")) $record.Exception.Message
    }
    foreach ($name in 'Endpoint', 'Name', 'Server', 'HostName') {
        Assert-Equal '127.0.0.1:1' ([PSCustomObject]@{ $name = '127.0.0.1:1' } | Get-VITrustEndpoint -TimeoutSeconds 5).Name
    }
}

It 'messages name parameters, and say of a SHA-1 that it is one' {
    $common = @{ Server = 'vc01.lab.example'; Credential = $script:User }
    foreach ($thumbprint in ('ab' * 20), (('AB:' * 19) + 'AB'), ('sha1:' + 'ab' * 20)) {
        $result = Split-Result { Get-VITrustEstate @common -Thumbprint $thumbprint }
        Assert-Match '^vc01\.lab\.example: -Thumbprint is a SHA-1 thumbprint' $result.Errors[0].Exception.Message
    }
    $result = Split-Result { Get-VITrustEstate @common -Thumbprint ('ab' * 32) -Insecure }
    Assert-Match '-Insecure and -Thumbprint contradict each other' $result.Errors[0].Exception.Message
    $result = Split-Result { Get-VITrustEstate -Server '127.0.0.1:1', '127.0.0.1:1' -Credential $script:User }
    Assert-Match '-Server names this vCenter twice' $result.Errors[0].Exception.Message
    foreach ($form in ('ab' * 32), ('sha256:' + 'ab' * 32), ('SHA256:' + ('AB:' * 31) + 'AB')) {
        $result = Split-Result { Get-VITrustEstate -Server '127.0.0.1:1' -Credential $script:User -Thumbprint $form }
        Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $result.Errors[0]
    }
}

It 'half a character in a password is named by its place' {
    $secret = ConvertTo-SecureString -AsPlainText -Force -String "ab$([char]0xd800)c"
    $result = Split-Result { Get-VITrustEstate -Server '127.0.0.1:1' -Credential ([System.Management.Automation.PSCredential]::new('a@b', $secret)) }
    Assert-Record 'VITrust.credentials,Get-VITrustEstate' 'AuthenticationError' $result.Errors[0]
    Assert-Match 'at character 3,' $result.Errors[0].Exception.Message
}

It 'what $env: of the session says is seen' {
    $names = 'GOVC_URL', 'GOVC_USERNAME', 'GOVC_PASSWORD', 'VITRUST_TEST_PASSWORD'
    try {
        $record = Assert-Error 'VITrust.inventory,Get-VITrustEstate' 'InvalidData' { Get-VITrustEstate -Inventory '-' }
        Assert-Match 'neither GOVC_URL nor VMWARE_HOST is set' $record.Exception.Message
        $env:GOVC_URL = 'https://127.0.0.1:1'
        $env:GOVC_USERNAME = 'a@b'
        $env:GOVC_PASSWORD = 'nobody knows'
        $result = Split-Result { Get-VITrustEstate -Inventory '-' }
        Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $result.Errors[0]
        $file = Join-Path $script:Scratch 'environment.toml'
        [System.IO.File]::WriteAllText($file, "[[vcenter]]`
url = 'https://127.0.0.1:1'`
user = 'a@b'`
password_env = 'VITRUST_TEST_PASSWORD'`
")
        $null = Assert-Error 'VITrust.credentials,Get-VITrustEstate' 'AuthenticationError' { Get-VITrustEstate -Inventory $file }
        $env:VITRUST_TEST_PASSWORD = 'nobody knows'
        $result = Split-Result { Get-VITrustEstate -Inventory $file }
        Assert-Record 'VITrust.connect,Get-VITrustEstate' 'ConnectionError' $result.Errors[0]
    }
    finally {
        foreach ($name in $names) { [System.Environment]::SetEnvironmentVariable($name, $null) }
    }
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
