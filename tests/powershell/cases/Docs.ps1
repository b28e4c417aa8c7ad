# Every line of code that people are shown: the guide, the README and each example of the help run against the example estate, a
# simulated one and the stand-in for PowerCLI.

# What of a page cannot run here, and why.
$script:NotHere = @{ 'Set-AuthenticodeSignature' = 'signing needs a certificate of Windows and a time server' }

# The blocks of a page for PowerShell.
function Get-Block {
    param([string] $Page)

    $text = (Read-Data $Page).Replace("`r", '')
    foreach ($match in [regex]::Matches($text, '(?sm)^```powershell\n(.*?)^```')) { $match.Groups[1].Value }
}

$script:Simulator = Start-Simulator -Folder (Join-Path $script:Scratch 'estate of the guide')
if ($null -eq $script:Simulator) {
    Skip 'the code of the guide, the README and the help' 'there is no simulator that runs here'
    return
}
try {
    $script:Address = $script:Simulator.Address
    # What the lines speak of.
    $script:Work = Join-Path $script:Scratch 'work of the guide'
    $null = New-Item -ItemType Directory -Path $script:Work
    Copy-Item -LiteralPath $script:Estate -Destination (Join-Path $script:Work 'exports') -Recurse
    $files = @{
        'trusted-roots.txt' = 'vc04/trusted-roots.txt'; 'roots.pem' = 'vc04/trusted-roots.txt'; 'roots.zip' = 'vc01/trusted-roots.txt'
        'castore.pem' = 'vc04/hosts/esx31.lab.example/castore.pem'; 'sms.pem' = 'vc04/hosts/esx31.lab.example/443.pem'; 'machine-ssl.pem' = 'vc05/machine-ssl.pem'
    }
    foreach ($name in $files.Keys) { Copy-Item -LiteralPath (Get-Sample $files[$name]) -Destination (Join-Path $script:Work $name) }
    Get-ChildItem -LiteralPath $script:Simulator.Folder | Copy-Item -Destination $script:Work -Recurse
    $script:Setting = @{
        Module = $script:ModulePath; Fake = Join-Path $script:Here 'FakePowerCLI'; Work = $script:Work; Address = $script:Address; Session = Open-Session
        Pin = 'sha256:' + (Get-VITrustEndpoint -Endpoint $script:Address).Chain[0].Sha256
        Root = [System.IO.File]::ReadAllText((Get-Sample 'vc01/vmca-root.pem'))
        Password = [System.IO.File]::ReadAllText((Join-Path $script:Simulator.Folder 'password.txt')).Trim()
    }
    $script:Shell = [runspacefactory]::CreateRunspace()
    $script:Shell.Open()

    # Runs lines as somebody would who typed them, and gives the errors.
    function Get-Trouble {
        param([string] $Code)

        $shell = [powershell]::Create()
        $shell.Runspace = $script:Shell
        try {
            $null = $shell.AddScript($Code)
            try { $null = $shell.Invoke() } catch { return $_.Exception.InnerException.Message }
            foreach ($record in $shell.Streams.Error) {
                # The names of hosts lead nowhere here, as the estate says too.
                $isAway = "$($record.FullyQualifiedErrorId)" -match '^VITrust\.(resolve|connect|timeout),' -or "$record" -match 'the name cannot be resolved'
                if (-not $isAway) { "$record ($($record.FullyQualifiedErrorId))" }
            }
        }
        finally {
            $shell.Dispose()
        }
    }

    $script:Shell.SessionStateProxy.SetVariable('setting', $script:Setting)
    $begin = @'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $setting.Module
Import-Module -Name $setting.Fake
Set-Location -LiteralPath $setting.Work
$env:PSModulePath = (Split-Path -Parent $setting.Module) + [System.IO.Path]::PathSeparator + $env:PSModulePath
Set-FakeEstate -Roots @{ 'vc01.lab.example' = @($setting.Root) } -OnAdd { }
function Connect-VIServer { foreach ($name in $args) { FakePowerCLI\Connect-VIServer -Server $name -Session $setting.Session -Address $setting.Address } }
function Get-Credential { [System.Management.Automation.PSCredential]::new('administrator@vsphere.local', (ConvertTo-SecureString -AsPlainText -Force -String $setting.Password)) }
function Get-VMHost { [PSCustomObject]@{ Name = '127.0.0.1' } }
$PSDefaultParameterValues['Get-VITrustEstate:Thumbprint'] = $setting.Pin
$null = Connect-VIServer 'vc01.lab.example'
'@
    It 'the guide has a place to run' { Assert-Equal @() @(Get-Trouble $begin) }

    $script:Pages = [ordered]@{ 'guide' = @(Get-Block 'powershell.md'); 'README' = @(Get-Block 'README.md') }
    # Get-Help takes only the first line of an example for code.
    $source = [System.IO.File]::ReadAllText((Join-Path $script:ModulePath 'VITrust.psm1')).Replace("`r", '')
    $script:Pages['the help'] = @([regex]::Matches($source, '(?ms)^\.EXAMPLE\n(.*?)\n\n') | ForEach-Object { $_.Groups[1].Value })
    foreach ($page in $script:Pages.Keys) {
        It "the code of $page runs" {
            $blocks = $script:Pages[$page]
            Assert-True ($blocks.Count -ge 2) 'there is some, which'
            foreach ($code in $blocks) {
                $reason = @($script:NotHere.Keys | Where-Object { $code.Contains($_) })
                if ($reason.Count -gt 0) { Skip "a block of $page" $script:NotHere[$reason[0]]; continue }
                # A name that leads nowhere here is asked at the address of the simulator, which its certificate does not have.
                $shown = $code -replace "'?vc01\.lab\.example'?(, 'vc02\.lab\.example')? -Credential", "'$($script:Address)' -Credential"
                if ($shown -ne $code) { $code = $shown.Replace(' -CAFile ca.pem', '') }
                $trouble = @(Get-Trouble $code)
                Assert-True ($trouble.Count -eq 0) "<$code> runs without <$($trouble -join '; ')>, which"
            }
        }
    }
}
finally {
    if ($script:Shell) { $script:Shell.Dispose() }
    $script:Simulator.Process.StandardInput.Close()
    $null = $script:Simulator.Process.WaitForExit(10000)
}
