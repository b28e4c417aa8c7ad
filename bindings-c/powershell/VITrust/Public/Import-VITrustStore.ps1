<#
.SYNOPSIS
Reads a trust store: a file of any supported shape, or certificates that PowerCLI lists.

.DESCRIPTION
Reads the trust anchors of TRUSTED_ROOTS, castore.pem, a PEM bundle, DER, PKCS#7, a listing of vecs-cli or dir-cli, the
certs/download.zip of a vCenter, or JSON of the REST API. The content decides how a file is read, not its name.

Each file gives one store. Objects with a property CertificatePEM, as Get-VITrustedCertificate of PowerCLI gives them,
make one store for each TrustedByEntity: what one vCenter trusts is not what another trusts.

What cannot be read is not an error: it is in the store's Unreadable, and a warning says so. Entries known only
from a printed dump (vecs-cli with --text) are in Dumped; they are not considered when a chain is judged.

.PARAMETER Path
Files to read. Wildcards are allowed; a file whose name contains such characters is found by its literal name first.

.PARAMETER CertificatePEM
A certificate as PEM text; by property name from the pipeline.

.PARAMETER LiteralPath
The same as Path without wildcards.

.PARAMETER Certificate
Certificates of .NET or of this module, and objects with a property CertificatePEM.

.PARAMETER Store
The VECS store whose certificates are the anchors, if a listing has several. The default is TRUSTED_ROOTS. A store that is not there is
an error that names those that are.

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
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md', DefaultParameterSetName = 'Path')]
    [OutputType([VITrust.TrustStore])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [AllowEmptyString()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'Certificate', ValueFromPipelineByPropertyName = $true)]
        [Alias('Pem')]
        [string[]] $CertificatePEM,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Alias('PSPath')]
        [string[]] $LiteralPath,

        [Parameter(Mandatory = $true, ParameterSetName = 'Object')]
        [object[]] $Certificate,

        [ArgumentCompleter({
            $word = $args[2]
            $file = "$(@($args[4]['Path'])[0])"
            if ($file) { try { [VITrust.TrustStore]::ReadFile((Resolve-Path -LiteralPath $file).ProviderPath, '').StoreNames -like "$word*" } catch { } }
        })]
        [string] $Store
    )

    begin {
        # Of each who trusts the certificates, or of nobody: one store.
        $together = [System.Collections.Specialized.OrderedDictionary]::new()
        $missing = [System.Collections.Generic.List[string]]::new()
    }
    process {
        $given = if ($MyInvocation.ExpectingInput) { $_ } else { $null }
        # The text of a whole file is what it holds; a text that leads nowhere may be one of its lines.
        $isText = $given -is [string]
        if ($isText -and $given -match '-----BEGIN [^\n]*\n') { $CertificatePEM = @($given); $Path = $null }
        elseif ($isText -and -not (Test-VITrustPath -Path $given)) { return $missing.Add($given) }
        try { $owner = Get-VITrustOwner -InputObject $given }
        catch { return $PSCmdlet.WriteError((ConvertTo-VITrustErrorRecord $_.Exception $given)) }
        foreach ($pem in @(Select-VITrustPem -Certificate $Certificate -CertificatePEM $CertificatePEM -Owner $owner -Target $given -Cmdlet $PSCmdlet)) {
            if (-not $together.Contains($owner)) { $together[$owner] = [System.Text.StringBuilder]::new() }
            # Two on one line would be no PEM, and PowerCLI's text has no line end.
            $null = $together[$owner].Append($pem).Append("`n")
        }
        $names = @($Path)
        if ($LiteralPath) { $names = @($LiteralPath | ForEach-Object { [System.Management.Automation.WildcardPattern]::Escape($_) }) }
        foreach ($file in @(if ($Path -or $LiteralPath) { Resolve-VITrustPath -Path $names -Cmdlet $PSCmdlet })) {
            Read-VITrustStore -File $file -Store $Store -Cmdlet $PSCmdlet
        }
    }
    end {
        if ($missing.Count -gt 0) { Write-VITrustMissing -Text $missing.ToArray() -Cmdlet $PSCmdlet }
        foreach ($owner in $together.Keys) {
            $name = if ($owner) { $owner } else { 'pipeline' }
            Read-VITrustStore -Pem $together[$owner].ToString() -Name $name -Store $Store -Cmdlet $PSCmdlet
        }
    }
}
