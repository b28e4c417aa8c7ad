# What the module is and what it gives. ModuleVersion is the version of the library it comes with.
@{
    RootModule           = 'VITrust.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b5d0f7a4-3c61-4f0e-9a52-6d1f8e7c2b90'
    Author               = 'The vitrust authors'
    CompanyName          = 'The vitrust authors'
    Copyright            = '(c) The vitrust authors. Apache-2.0.'
    Description          = 'Tells whether every vCenter, ESXi host and storage provider trusts what it must trust, why not, and what breaks next. Works beside PowerCLI and without it.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @(
        'Get-VITrustEdge'
        'Get-VITrustEndpoint'
        'Get-VITrustEstate'
        'Get-VITrustExpiry'
        'Get-VITrustForecast'
        'Get-VITrustMatrix'
        'Import-VITrustStore'
        'Test-VITrustChain'
        'Test-VITrustEstate'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    FormatsToProcess     = @('VITrust.Format.ps1xml', 'VITrust.Lists.Format.ps1xml')
    TypesToProcess       = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('vSphere', 'vCenter', 'ESXi', 'PowerCLI', 'certificate', 'X509', 'trust', 'VMCA', 'VASA', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux')
            ProjectUri = 'https://github.com/vitrust/vitrust'
            LicenseUri = 'https://github.com/vitrust/vitrust/blob/main/LICENSE'
        }
    }
}
