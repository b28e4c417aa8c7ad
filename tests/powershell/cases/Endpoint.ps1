# Get-VITrustEndpoint without servers: what does not answer is a result. Live.ps1 has those that do.

# A port on which nothing listens.
function Get-FreePort {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $port
}

It 'a server that does not answer is a result with a failure' {
    $port = Get-FreePort
    $found = Get-VITrustEndpoint -Endpoint "127.0.0.1:$port"
    Assert-Type 'VITrust.Endpoint' $found
    Assert-Equal "127.0.0.1:$port" $found.Name
    Assert-Equal 'connect' $found.Failure.Name
    Assert-Equal 'VITrust.connect' $found.Failure.Id
    Assert-Equal 'ConnectionError' $found.Failure.Category
    Assert-Equal 0 $found.Chain.Length
    Assert-True $found.Problem 'a problem in words'
    Assert-Equal "127.0.0.1:$port" (ConvertFrom-Json -InputObject $found.ToJson()).endpoint
}

It 'endpoints come by value and by property name, and keep their order' {
    $ports = @(1..5 | ForEach-Object { Get-FreePort })
    $names = @($ports | ForEach-Object { "127.0.0.1:$_" })
    Assert-Equal $names @($names | Get-VITrustEndpoint -InFlight 2 | ForEach-Object { $_.Name })
    $objects = @($names | ForEach-Object { [PSCustomObject]@{ Name = $_; State = 'Connected' } })
    Assert-Equal $names @($objects | Get-VITrustEndpoint | ForEach-Object { $_.Name })
}

It 'what is no endpoint ends the call' {
    $record = Assert-Error 'VITrust.argument,Get-VITrustEndpoint' 'InvalidArgument' { Get-VITrustEndpoint -Endpoint 'a b:c' }
    Assert-Match 'is not an endpoint' $record.Exception.Message
    $null = Assert-Error 'ParameterArgumentValidationError,Get-VITrustEndpoint' 'InvalidData' { Get-VITrustEndpoint -Endpoint '127.0.0.1:1' -InFlight 0 }
    $null = Assert-Error 'ParameterArgumentValidationError,Get-VITrustEndpoint' 'InvalidData' { Get-VITrustEndpoint -Endpoint '127.0.0.1:1' -TimeoutSeconds -1 }
}
