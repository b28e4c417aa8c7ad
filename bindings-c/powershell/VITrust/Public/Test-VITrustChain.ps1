<#
.SYNOPSIS
Judges a presented chain against a trust store: would this consumer trust it, and why not?

.DESCRIPTION
Builds every path from the end-entity certificate to an anchor of the store and checks each by RFC 5280, signatures
included. The verdict has the accepted path, or for every certificate and every candidate issuer the rule that refused
it, nearest miss first, and the one change that would be enough.

Consumers disagree. The profile says whose rules count: an expired root in the store is accepted by Java (the storage
profile service, Cloud Director) and refused by OpenSSL (ESXi).

An untrusted chain is a result, not an error. Use -Quiet in conditions.

.PARAMETER Chain
What was presented, the end-entity certificate first: a file in PEM, DER or PKCS#7, PEM text, certificates of .NET,
objects with a property CertificatePEM as PowerCLI gives them, or what Get-VITrustEndpoint returned. Each file, text and
endpoint is a separate chain. Certificates in one array are one chain; to send such an array through the pipeline as one
chain, write a comma before it.

.PARAMETER Store
The trust store, as Import-VITrustStore returned it, or a file that it can read.

.PARAMETER At
The time to judge at; the default is now. A time without a zone is UTC. A text, a DateTime, a DateTimeOffset or a DateOnly; numbers are
refused.

.PARAMETER Profile
Whose rules count: strict (RFC 5280, the default), openssl (ESXi), java (SPS, Cloud Director), go or webpki.

.PARAMETER Purpose
What the certificate is to be used for: server (the default), client, ca or any.

.PARAMETER Name
The DNS name or address that the certificate must carry. Without it, names are not checked.

.PARAMETER Crl
CRLs, as files in PEM or DER or as PEM texts. Only these count; those inside the store are not consulted.

.PARAMETER Revocation
if-present (the default): what the CRLs say counts. required: every certificate below the anchor needs a usable CRL.

.PARAMETER MaxDepth
The most certificates between the end-entity certificate and the anchor.

.PARAMETER Quiet
Returns one Boolean for all chains of the call: whether each of them is trusted. Without any it is $false, and an error.

.INPUTS
System.String, System.IO.FileInfo, X509Certificate2, VITrust.Certificate, VITrust.Endpoint, or any object with a property
CertificatePEM.

.OUTPUTS
VITrust.Verdict, or System.Boolean with -Quiet.

.EXAMPLE
Get-VITrustEndpoint esx01.lab.example:9080 | Test-VITrustChain -Store trusted-roots.txt -Profile java

Does the storage profile service trust what the host presents on port 9080?

.EXAMPLE
(Test-VITrustChain 'sms.pem' 'castore.pem' -Profile openssl -Purpose client).Rejections | Format-List

Why does the host not trust the certificate that the storage profile service presents?

.EXAMPLE
if (-not (Test-VITrustChain machine-ssl.pem roots.zip -Name vc01.lab.example -Quiet)) { 'renew it' }

Asks for one answer: is the chain trusted, and does the certificate carry the name?

.LINK
Import-VITrustStore

.LINK
Get-VITrustEndpoint

.LINK
about_VITrust
#>
function Test-VITrustChain {
    [CmdletBinding(HelpUri = 'https://github.com/vitrust/vitrust/blob/main/docs/guide/powershell.md')]
    [OutputType([VITrust.Verdict], [bool])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [object[]] $Chain,

        [Parameter(Mandatory = $true, Position = 1)]
        [object] $Store,

        [object] $At,

        [ValidateSet('strict', 'openssl', 'java', 'go', 'webpki')]
        [string] $Profile,

        [ValidateSet('server', 'client', 'ca', 'any')]
        [string] $Purpose,

        [string] $Name,

        [string[]] $Crl,

        [ValidateSet('if-present', 'required')]
        [string] $Revocation,

        [ValidateRange(0, 1000)]
        [int] $MaxDepth,

        [switch] $Quiet
    )

    begin {
        $judge = New-VITrustJudge -Store $Store -Bound $PSBoundParameters -Cmdlet $PSCmdlet
        $judged = 0
        $good = $true
        $missing = [System.Collections.Generic.List[string]]::new()
    }
    process {
        if (-not $judge) { return }
        if ($MyInvocation.ExpectingInput -and $_ -is [string] -and $_ -notmatch '-----BEGIN [^\n]*\n' -and -not (Test-VITrustPath -Path $_)) {
            return $missing.Add($_)
        }
        foreach ($one in @(ConvertTo-VITrustChain -InputObject $Chain -Cmdlet $PSCmdlet)) {
            $judged++
            $verdict = Get-VITrustVerdict -Judge $judge -Chain $one -Cmdlet $PSCmdlet
            $good = $good -and $verdict -and $verdict.Trusted
            if ($verdict -and -not $Quiet) { $verdict }
        }
    }
    end {
        if ($missing.Count -gt 0) { Write-VITrustMissing -Text $missing.ToArray() -Cmdlet $PSCmdlet }
        if (-not $Quiet) { return }
        if ($missing.Count -gt 0) { $good = $false }
        if ($judge -and $judged -eq 0 -and $missing.Count -eq 0) { Write-VITrustNothing -Cmdlet $PSCmdlet }
        $good -and $judged -gt 0
    }
}
