# What Format-List shows of each row, and the members that the C# classes lack. A types file in the manifest would be
# read before anything else, and where the types of another copy are loaded its errors would stand in the place of ours.
function Update-VITrustTypeData {
    [CmdletBinding()]
    param()

    $shown = @{
        Addition    = 'Subject', 'To', 'Because', 'Sources'
        Certificate = 'Subject', 'Issuer', 'NotBefore', 'NotAfter', 'IsCA', 'Thumbprint', 'Sha256'
        Edge        = 'Verdict', 'Kind', 'VCenter', 'Host', 'Consumer', 'ProfileVerdict', 'Change', 'Missing'
        Endpoint    = 'Name', 'Address', 'ServerName', 'Protocol', 'CipherSuite', 'Subject', 'NotAfter', 'Possession', 'Alert', 'Problem'
        Estate      = 'VCenters', 'HostCount', 'Unreadable', 'Failures', 'Insecure'
        ExpiryRow   = 'State', 'DaysLeft', 'NotAfter', 'Subject', 'Limits', 'Where'
        Finding     = 'Id', 'Name', 'Severity', 'Where', 'Message', 'Remedy'
        Matrix      = 'IsMutual', 'Untrusted', 'Unknown', 'Profile', 'At', 'Parties'
        Rejection   = 'Code', 'Message', 'Hint'
        Verdict     = 'Trusted', 'Profile', 'Purpose', 'At', 'Reason', 'Change'
    }
    # Force: the module may have been imported before.
    foreach ($name in $shown.Keys) {
        Update-TypeData -TypeName "VITrust.$name" -DefaultDisplayPropertySet $shown[$name] -Force
    }
    $hosts = { $count = 0; foreach ($vcenter in $this.VCenters) { $count += $vcenter.Hosts.Length }; $count }
    Update-TypeData -TypeName 'VITrust.Estate' -MemberType ScriptProperty -MemberName 'HostCount' -Value $hosts -Force
    # In upper case, as X509Certificate2 and PowerCLI have it.
    $thumbprint = { $this.Sha1.ToUpperInvariant() }
    Update-TypeData -TypeName 'VITrust.Certificate' -MemberType ScriptProperty -MemberName 'Thumbprint' -Value $thumbprint -Force
}
