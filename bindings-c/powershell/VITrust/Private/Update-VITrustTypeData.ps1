# What Format-List shows of each row. The classes have every member themselves: what a script member throws would be lost.
# A types file in the manifest would be read before anything else, and where the types of another copy are loaded its
# errors would stand in the place of ours.
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
}
