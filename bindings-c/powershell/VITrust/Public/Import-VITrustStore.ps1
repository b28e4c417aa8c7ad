<#
.SYNOPSIS
Reads a trust store: a file of any supported shape, or certificates that PowerCLI lists.

.DESCRIPTION
Reads the trust anchors of TRUSTED_ROOTS, castore.pem, a PEM bundle, DER, PKCS#7, a listing of vecs-cli or dir-cli, the
certs/download.zip of a vCenter, or JSON of the REST API. The content decides how a file is read, not its name.

Each file gives one store. Objects with a property CertificatePEM, as Get-VITrustedCertificate of PowerCLI gives them,
make one store together.

What cannot be read is not an error: it is in the store's Unreadable, and a warning says so. Entries known only
from a printed dump (vecs-cli with --text) are in Dumped; they are not considered when a chain is judged.

.PARAMETER Path
Files to read. Wildcards are allowed; a file whose name contains such characters is found by its literal name first.

.PARAMETER CertificatePEM
A certificate as PEM text; by property name from the pipeline.

.PARAMETER Store
The VECS store whose certificates are the anchors, if a listing has several. The default is TRUSTED_ROOTS.

.INPUTS
System.String, System.IO.FileInfo: files. Any object with a property CertificatePEM: a certificate.

.OUTPUTS
VITrust.TrustStore

.EXAMPLE
Import-VITrustStore trusted-roots.txt

Reads what `vecs-cli entry list --store TRUSTED_ROOTS` printed.

.EXAMPLE
Get-VITrustedCertificate -Server vc01.lab.example -VCenterOnly | Import-VITrustStore

Makes a store of what a vCenter trusts, as PowerCLI lists it.

.EXAMPLE
Get-ChildItem exports -Recurse -Filter 'castore.pem' | Import-VITrustStore | Format-Table

Counts the anchors of every host's castore.pem.

.LINK
Test-VITrustChain

.LINK
Get-VITrustExpiry

.LINK
about_VITrust
#>
function Import-VITrustStore {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    [OutputType([VITrust.TrustStore])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'Certificate', ValueFromPipelineByPropertyName = $true)]
        [string[]] $CertificatePEM,

        [string] $Store
    )

    begin {
        $together = New-Object -TypeName System.Text.StringBuilder
    }
    process {
        foreach ($pem in $CertificatePEM) {
            # Two on one line would be no PEM, and PowerCLI's text has no line end.
            $null = $together.Append($pem).Append("`n")
        }
        foreach ($file in @(if ($Path) { Resolve-VITrustPath -Path $Path -Cmdlet $PSCmdlet })) {
            Read-VITrustStore -File $file -Store $Store -Cmdlet $PSCmdlet
        }
    }
    end {
        if ($together.Length -gt 0) {
            Read-VITrustStore -Pem $together.ToString() -Store $Store -Cmdlet $PSCmdlet
        }
    }
}
