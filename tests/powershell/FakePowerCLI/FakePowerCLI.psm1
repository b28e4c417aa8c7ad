# Stands in for PowerCLI, which cannot be installed where these tests run: objects with its property names, and the few
# cmdlets that VITrust is used beside. What Add-VITrustedCertificate does is kept and handed to a script block.

$script:Roots = @{}
$script:OnAdd = $null

function Set-FakeEstate {
    [CmdletBinding()]
    param(
        # The trusted roots of each vCenter: its name, and PEM texts.
        [Parameter(Mandatory = $true)]
        [hashtable] $Roots,

        # Called with the name of a vCenter and a PEM text.
        [scriptblock] $OnAdd
    )

    $script:Roots = $Roots
    $script:OnAdd = $OnAdd
}

function Connect-VIServer {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string[]] $Server,

        [int] $Port = 443,

        [string] $Session = 'no-session',

        # Where it really listens; PowerCLI knows no such thing.
        [string] $Address
    )

    foreach ($name in $Server) {
        $authority = if ($Address) { $Address } elseif ($Port -eq 443) { $name } else { "${name}:$Port" }
        $connection = [PSCustomObject]@{
            PSTypeName    = 'VMware.VimAutomation.ViCore.Impl.V1.VIServerImpl'
            Id            = "/VIServer=administrator@${name}:$Port/"
            InstanceUuid  = [guid]::NewGuid().ToString()
            IsConnected   = $true
            Name          = $name
            Port          = $Port
            ProductLine   = 'vpx'
            RefCount      = 1
            ServiceUri    = [uri]"https://$authority/sdk"
            SessionId     = $Session
            SessionSecret = $Session
            Uid           = "/VIServer=administrator@${name}:$Port/"
            User          = 'VSPHERE.LOCAL\Administrator'
            Version       = '8.0.3'
            Build         = '24022515'
        }
        $others = Get-Variable -Name 'DefaultVIServers' -Scope Global -ValueOnly -ErrorAction Ignore
        $global:DefaultVIServers = @($connection) + @($others | Where-Object { $_ })
        $connection
    }
}

function Disconnect-VIServer {
    [CmdletBinding()]
    param()

    $global:DefaultVIServers = @()
}

function Get-VITrustedCertificate {
    [CmdletBinding()]
    param(
        [string] $Server,

        [switch] $VCenterOnly
    )

    foreach ($name in @($script:Roots.Keys | Where-Object { -not $Server -or $_ -eq $Server })) {
        foreach ($pem in $script:Roots[$name]) {
            $certificate = ConvertFrom-FakePem $pem
            [PSCustomObject]@{
                PSTypeName      = 'VMware.PowerCLI.VCenter.Types.CertificateManagement.TrustedCertificateInfo'
                Certificate     = $certificate
                CertificatePEM  = $pem
                EntityType      = 'VCenter'
                Issuer          = $certificate.Issuer
                NotValidAfter   = $certificate.NotAfter
                NotValidBefore  = $certificate.NotBefore
                SerialNumber    = $certificate.SerialNumber
                Subject         = $certificate.Subject
                TrustedByEntity = $name
                Uid             = "/VIServer=administrator@${name}:443/ViTrustedCertificate=$($certificate.Thumbprint)/"
            }
        }
    }
}

function Get-VIMachineCertificate {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Pem
    )

    $certificate = ConvertFrom-FakePem $Pem
    [PSCustomObject]@{
        PSTypeName     = 'VMware.PowerCLI.VCenter.Types.CertificateManagement.ViMachineCertificateInfo'
        Certificate    = $certificate
        CertificatePEM = $Pem
        Entity         = 'vc01.lab.example'
        EntityType     = 'VCenter'
        Issuer         = $certificate.Issuer
        NotValidAfter  = $certificate.NotAfter
        NotValidBefore = $certificate.NotBefore
        SerialNumber   = $certificate.SerialNumber
        Subject        = $certificate.Subject
        Uid            = '/VIServer=administrator@vc01.lab.example:443/ViMachineCertificate=1/'
    }
}

function Add-VITrustedCertificate {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]
        [string[]] $PemCertificateOrChain,

        [Parameter(Mandatory = $true)]
        [switch] $VCenterOnly,

        [Parameter(Mandatory = $true)]
        [string] $Server
    )

    process {
        foreach ($pem in $PemCertificateOrChain) {
            if ($PSCmdlet.ShouldProcess("Adding a certificate to vCenter Server '$Server'")) {
                & $script:OnAdd $Server $pem
            }
        }
    }
}

function ConvertFrom-FakePem {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Pem
    )

    $bytes = [System.Text.Encoding]::ASCII.GetBytes($Pem)
    [System.Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$bytes)
}

Export-ModuleMember -Function 'Set-FakeEstate', 'Connect-VIServer', 'Disconnect-VIServer', 'Get-VITrustedCertificate', 'Get-VIMachineCertificate', 'Add-VITrustedCertificate', 'ConvertFrom-FakePem'
