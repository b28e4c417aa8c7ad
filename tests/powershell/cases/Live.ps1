# Against a simulated estate, where the package has the simulator and this system can run it: probes, collections with a
# login, within a session that somebody else opened, and out of an inventory.

$script:Simulator = $null

function Start-Simulator {
    param([string] $Folder, [string] $More = '')

    $program = Join-Path (Join-Path $script:Data 'bin') 'vitrust-simulator'
    if (-not (Test-Path -LiteralPath $program)) { return $null }
    if ($PSVersionTable.PSEdition -ne 'Core' -or -not $IsLinux) { return $null }
    & chmod 755 $program
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = $program
    $start.Arguments = "--vcenters 2 --hosts 2 --out `"$Folder`" $More"
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    try { $process = [System.Diagnostics.Process]::Start($start) } catch { return $null }
    $address = ''
    $line = $process.StandardOutput.ReadLine()
    while ($null -ne $line -and -not $line.StartsWith('fleet ')) {
        if ($line -match '^vc01\S* https://(\S+) ') { $address = $Matches[1] }
        $line = $process.StandardOutput.ReadLine()
    }
    if (-not $address) { return $null }
    [PSCustomObject]@{ Process = $process; Address = $address; Folder = $Folder; Fleet = Join-Path $Folder 'fleet.toml' }
}

# How many sessions are open at the first vCenter.
function Get-OpenSession {
    $script:Simulator.Process.StandardInput.WriteLine('sessions')
    $script:Simulator.Process.StandardInput.Flush()
    $line = $script:Simulator.Process.StandardOutput.ReadLine()
    [int]$line.Split(' ')[1]
}

# Opens a session as PowerCLI would, and gives its key.
function Open-Session {
    $password = [System.Security.SecurityElement]::Escape([System.IO.File]::ReadAllText((Join-Path $script:Simulator.Folder 'password.txt')).Trim())
    $body = '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
        '<Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>administrator@vsphere.local</userName>' +
        "<password>$password</password></Login></soapenv:Body></soapenv:Envelope>"
    $request = @{ Uri = "https://$($script:Simulator.Address)/sdk"; Method = 'Post'; Body = $body; ContentType = 'text/xml'; Headers = @{ SOAPAction = '"urn:vim25/8.0.3.0"' } }
    $response = Invoke-WebRequest @request -SkipCertificateCheck -NoProxy -UseBasicParsing
    $cookie = @($response.Headers['Set-Cookie']) -join ';'
    if ($cookie -notmatch 'vmware_soap_session="?([^";]+)') { throw "no session in <$cookie>" }
    $Matches[1]
}

$script:Simulator = Start-Simulator -Folder (Join-Path $script:Scratch 'simulated estate')
if ($null -eq $script:Simulator) {
    Skip 'the tests against a simulated estate' 'there is no simulator that runs here'
    return
}
try {
    $script:Address = $script:Simulator.Address
    $script:Secret = ConvertTo-SecureString -AsPlainText -Force -String ([System.IO.File]::ReadAllText((Join-Path $script:Simulator.Folder 'password.txt')).Trim())
    $script:Login = [System.Management.Automation.PSCredential]::new('administrator@vsphere.local', $script:Secret)
    $script:Pin = 'sha256:' + (Get-VITrustEndpoint -Endpoint $script:Address).Chain[0].Sha256

    It 'a probe shows what a server presents, and the chain can be judged' {
        $found = Get-VITrustEndpoint -Endpoint $script:Address -TimeoutSeconds 20 -ServerName 'vc01.lab.example'
        Assert-Equal '' $found.Problem
        Assert-Match '^TLSv1\.[23]$' $found.Protocol
        Assert-Equal 'vc01.lab.example' $found.ServerName
        Assert-Equal $true $found.Possession
        Assert-True ($found.Certificate.NotAfter -gt [datetime]::UtcNow) 'it has not ended, and'
        $store = Import-VITrustStore -Path (Join-Path $script:Simulator.Folder 'ca.pem')
        Assert-Equal $true ($found | Test-VITrustChain -Store $store -Name 'vc01.lab.example' -Quiet)
    }

    It 'ConnectTo leads a name to another address' {
        $found = Get-VITrustEndpoint -Endpoint 'vc01.lab.example' -ConnectTo @{ 'vc01.lab.example:443' = $script:Address }
        Assert-Equal '' $found.Problem
        Assert-Equal 'vc01.lab.example:443' $found.Name
        Assert-Equal $script:Address $found.Address
    }

    It 'an inventory gives an estate without a failure, and closes its sessions' {
        $estate = Get-VITrustEstate -Inventory $script:Simulator.Fleet
        Assert-Equal @('vc01.lab.example', 'vc02.lab.example') @($estate.VCenters | ForEach-Object { $_.Name })
        Assert-Equal 4 $estate.HostCount
        Assert-Equal 0 $estate.Failures.Length
        Assert-Equal 0 (Get-OpenSession)
        Assert-Equal 0 @($estate | Test-VITrustEstate -Severity critical | Where-Object { $_.Id -like 'VT4*' }).Count
        Assert-Equal 'vitrust-report/2' (ConvertFrom-Json -InputObject ($estate | Test-VITrustEstate -AsJson)).schema
    }

    It 'an inventory that asks for a password gets that of the credential' {
        $text = [System.IO.File]::ReadAllText($script:Simulator.Fleet).Replace('password_file = "password.txt"', 'password_prompt = true')
        $file = Join-Path $script:Simulator.Folder 'prompt.toml'
        [System.IO.File]::WriteAllText($file, $text)
        Assert-Equal 0 (Get-VITrustEstate -Inventory $file -Credential $script:Login).Failures.Length
        $null = Assert-Error 'VITrust.credentials,Get-VITrustEstate' 'AuthenticationError' { Get-VITrustEstate -Inventory $file }
    }

    It 'one password serves one user of an inventory' {
        $text = [System.IO.File]::ReadAllText($script:Simulator.Fleet).Replace('password_file = "password.txt"', 'password_prompt = true')
        $two = $text.Replace('name = "vc02.lab.example"', "name = `"vc02.lab.example`"`nuser = `"somebody@vsphere.local`"")
        Assert-True ($two.Length -gt $text.Length) 'the inventory has two users, which'
        $file = Join-Path $script:Simulator.Folder 'two users.toml'
        [System.IO.File]::WriteAllText($file, $two)
        $null = Assert-Error 'VITrust.credentials,Get-VITrustEstate' 'AuthenticationError' { Get-VITrustEstate -Inventory $file -Credential $script:Login }
    }

    It 'a server is asked with a credential, and pinned by its fingerprint' {
        $result = Split-Result { Get-VITrustEstate -Server $script:Address -Credential $script:Login -Thumbprint $script:Pin }
        Assert-Equal 1 $result.Output.Count
        $estate = $result.Output[0]
        Assert-Equal 2 $estate.HostCount
        Assert-Equal 0 $estate.Insecure.Length
        # The names of its hosts lead nowhere here, so their ports cannot be asked: each is an error with its object.
        Assert-True ($result.Errors.Count -ge 2) 'errors of the hosts'
        foreach ($record in $result.Errors) {
            Assert-Match '^VITrust\.(resolve|connect|timeout),Get-VITrustEstate$' $record.FullyQualifiedErrorId
            Assert-True $record.TargetObject 'a target'
        }
        Assert-Equal 0 (Get-OpenSession)
    }

    It 'a server that is not trusted gets no password' {
        $result = Split-Result { Get-VITrustEstate -Server $script:Address -Credential $script:Login }
        Assert-Record 'VITrust.server-untrusted,Get-VITrustEstate' 'SecurityError' $result.Errors[0]
        $result = Split-Result { Get-VITrustEstate -Server $script:Address -Credential $script:Login -Thumbprint ('sha256:' + ('ab' * 32)) }
        Assert-Record 'VITrust.server-untrusted,Get-VITrustEstate' 'SecurityError' $result.Errors[0]
    }

    It 'Insecure asks whoever answers, and says so' {
        $all = @(Get-VITrustEstate -Server $script:Address -Credential $script:Login -Insecure 3>&1 2>$null)
        $said = @($all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] })
        $estate = @($all | Where-Object { $_ -is [VITrust.Estate] })[0]
        Assert-Equal 1 $estate.Insecure.Length
        Assert-Match 'not checked' ($said -join ' ')
        Assert-True (@($estate | Test-VITrustEstate | Where-Object { $_.Id -eq 'VT104' }).Count -ge 1) 'VT104'
    }

    It 'a wrong password is an error, and is not shown' {
        $wrong = [System.Management.Automation.PSCredential]::new('administrator@vsphere.local', (ConvertTo-SecureString -AsPlainText -Force -String 'not the one'))
        $result = Split-Result { Get-VITrustEstate -Server $script:Address -Credential $wrong -Thumbprint $script:Pin }
        Assert-Record 'VITrust.unauthenticated,Get-VITrustEstate' 'AuthenticationError' $result.Errors[0]
        Assert-True (-not ($result.Errors[0] | Out-String).Contains('not the one')) 'the password is not shown, which'
    }

    It 'a connection of PowerCLI is used within its session, which stays open' {
        $session = Open-Session
        Assert-Equal 1 (Get-OpenSession) 'sessions before'
        $null = Connect-VIServer -Server 'vc01.lab.example' -Session $session -Address $script:Address
        try {
            $result = Split-Result { Get-VITrustEstate -Thumbprint $script:Pin }
            $named = Split-Result { Get-VITrustEstate -Server 'vc01.lab.example' -Thumbprint $script:Pin }
            $given = Split-Result { Get-VITrustEstate -Server $global:DefaultVIServers[0] -CAFile (Join-Path $script:Simulator.Folder 'ca.pem') }
        }
        finally {
            Disconnect-VIServer
        }
        Assert-Equal 'vc01.lab.example' $result.Output[0].VCenters[0].Name
        Assert-Equal 2 $result.Output[0].HostCount
        Assert-Equal 2 $named.Output[0].HostCount
        # By its address the server does not have the name of its certificate.
        Assert-Record 'VITrust.server-untrusted,Get-VITrustEstate' 'SecurityError' $given.Errors[0]
        Assert-Equal 1 (Get-OpenSession) 'sessions after'
    }
}
finally {
    $script:Simulator.Process.StandardInput.Close()
    $null = $script:Simulator.Process.WaitForExit(10000)
}
