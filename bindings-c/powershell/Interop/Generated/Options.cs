// What callers ask for, as the library reads it, and how it says what it could not do.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>How a chain is to be judged: the options of vitrust_store_verify, as written.</summary>
    [DataContract]
    public sealed partial class VerifyOptions
    {
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time; UTC.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }
        /// <summary>strict (the default), openssl, java, go or webpki.</summary>
        [DataMember(Name = "profile", EmitDefaultValue = false)] public string Profile { get; set; }
        /// <summary>server (the default), client, ca or any.</summary>
        [DataMember(Name = "purpose", EmitDefaultValue = false)] public string Purpose { get; set; }
        /// <summary>The DNS name or address the certificate must carry; null requires none, an empty one is an error.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }
        /// <summary>PEM texts with CRLs.</summary>
        [DataMember(Name = "crls", EmitDefaultValue = false)] public string[] Crls { get; set; }
        /// <summary>if-present (the default) or required.</summary>
        [DataMember(Name = "revocation", EmitDefaultValue = false)] public string Revocation { get; set; }
        /// <summary>The most certificates between end-entity and anchor.</summary>
        [DataMember(Name = "max_depth", EmitDefaultValue = false)] public int? MaxDepth { get; set; }
        /// <summary>Acceptable certificate policies; none means any.</summary>
        [DataMember(Name = "policies", EmitDefaultValue = false)] public string[] Policies { get; set; }
        /// <summary>A policy must be acceptable (RFC 5280 section 6.1.1).</summary>
        [DataMember(Name = "explicit_policy", EmitDefaultValue = false)] public bool ExplicitPolicy { get; set; }
        /// <summary>Policy mappings are not followed.</summary>
        [DataMember(Name = "inhibit_policy_mapping", EmitDefaultValue = false)] public bool InhibitPolicyMapping { get; set; }
        /// <summary>anyPolicy does not count.</summary>
        [DataMember(Name = "inhibit_any_policy", EmitDefaultValue = false)] public bool InhibitAnyPolicy { get; set; }
    }

    /// <summary>How an estate is to be judged: the options of vitrust_estate_assess.</summary>
    [DataContract]
    public sealed partial class AssessOptions
    {
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The time to judge at; UTC.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }
        /// <summary>strict (the default), openssl, java, go or webpki.</summary>
        [DataMember(Name = "profile", EmitDefaultValue = false)] public string Profile { get; set; }
        /// <summary>vsphere (the default), another named set, or days such as 60/30.</summary>
        [DataMember(Name = "thresholds", EmitDefaultValue = false)] public string Thresholds { get; set; }
        /// <summary>The lowest severity that is listed: critical, high, medium, low or info.</summary>
        [DataMember(Name = "severity", EmitDefaultValue = false)] public string Severity { get; set; }
        /// <summary>Reports about only these vCenters; none means all.</summary>
        [DataMember(Name = "vcenters", EmitDefaultValue = false)] public string[] VCenters { get; set; }
        /// <summary>Limits the expiry table to this many days.</summary>
        [DataMember(Name = "within", EmitDefaultValue = false)] public int? Within { get; set; }
    }

    /// <summary>How servers are to be asked: the options of vitrust_probe.</summary>
    [DataContract]
    public sealed partial class ProbeOptions
    {
        /// <summary>The longest a server may take, in seconds.</summary>
        [DataMember(Name = "timeout_seconds", EmitDefaultValue = false)] public double? TimeoutSeconds { get; set; }
        /// <summary>The name to send instead of the endpoint's.</summary>
        [DataMember(Name = "server_name", EmitDefaultValue = false)] public string ServerName { get; set; }
        /// <summary>Where to connect instead: "*.lab.example:9080" to "127.0.0.1:40001".</summary>
        [DataMember(Name = "connect_to", EmitDefaultValue = false)] public Dictionary<string, string> ConnectTo { get; set; }
        /// <summary>How many servers are queried at a time.</summary>
        [DataMember(Name = "in_flight", EmitDefaultValue = false)] public int? InFlight { get; set; }
    }

    /// <summary>How a report is to be drawn: the options of vitrust_report_render.</summary>
    [DataContract]
    public sealed partial class RenderOptions
    {
        /// <summary>Which view of the report is drawn: audit (the default), matrix, reasons, expiry, unreadable, verdict or probes.</summary>
        [DataMember(Name = "view", EmitDefaultValue = false)] public string View { get; set; }
        /// <summary>How many columns there are, at least 20; 120 by default.</summary>
        [DataMember(Name = "width", EmitDefaultValue = false)] public int? Width { get; set; }
        /// <summary>Whether only ASCII can be shown.</summary>
        [DataMember(Name = "ascii", EmitDefaultValue = false)] public bool Ascii { get; set; }
        /// <summary>Whether colours are written, as ANSI escapes.</summary>
        [DataMember(Name = "colour", EmitDefaultValue = false)] public bool Colour { get; set; }
        /// <summary>Whether lists are shown in full, however long they are.</summary>
        [DataMember(Name = "full", EmitDefaultValue = false)] public bool Full { get; set; }
    }

    /// <summary>What counts as a failure: the options of vitrust_report_fails.</summary>
    [DataContract]
    public sealed partial class FailsOptions
    {
        /// <summary>What is looked at: audit (the default), matrix, expiry, unreadable, verdict or probes.</summary>
        [DataMember(Name = "view", EmitDefaultValue = false)] public string View { get; set; }
        /// <summary>What counts: a severity and everything worse, with or without ,unknown; unknown; or never.</summary>
        [DataMember(Name = "fail_on", EmitDefaultValue = false)] public string FailOn { get; set; }
    }

    /// <summary>What holds for a whole inventory.</summary>
    [DataContract]
    public sealed partial class InventoryOptions
    {
        /// <summary>How many vCenters are queried at a time.</summary>
        [DataMember(Name = "vcenters_in_flight", EmitDefaultValue = false)] public int? VCentersInFlight { get; set; }
        /// <summary>How many hosts of each vCenter are queried at a time.</summary>
        [DataMember(Name = "hosts_in_flight", EmitDefaultValue = false)] public int? HostsInFlight { get; set; }
        /// <summary>Where to connect instead: "vc01.lab.example:443" to "127.0.0.1:40001".</summary>
        [DataMember(Name = "connect", EmitDefaultValue = false)] public Dictionary<string, string> Connect { get; set; }
    }

    /// <summary>One vCenter of an inventory: the keys of a vcenter of the file.</summary>
    [DataContract]
    public sealed partial class ServerSettings
    {
        /// <summary>Where it listens: a name, name:port or an https URL.</summary>
        [DataMember(Name = "url", EmitDefaultValue = false)] public string Url { get; set; }
        /// <summary>Its name in the estate; the host of the URL by default.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }
        /// <summary>Files of certificates to trust.</summary>
        [DataMember(Name = "ca_file", EmitDefaultValue = false)] public string[] CAFile { get; set; }
        /// <summary>Whether the roots of the operating system are trusted.</summary>
        [DataMember(Name = "system_roots", EmitDefaultValue = false)] public bool? SystemRoots { get; set; }
        /// <summary>SHA-256 of acceptable server certificates, instead of a chain.</summary>
        [DataMember(Name = "pins", EmitDefaultValue = false)] public string[] Pins { get; set; }
        /// <summary>Query whoever answers.</summary>
        [DataMember(Name = "insecure", EmitDefaultValue = false)] public bool? Insecure { get; set; }
        /// <summary>The longest one exchange may take, 1 to 3600.</summary>
        [DataMember(Name = "timeout_seconds", EmitDefaultValue = false)] public int? TimeoutSeconds { get; set; }
        /// <summary>The SSO domain, which no API gives.</summary>
        [DataMember(Name = "sso_domain", EmitDefaultValue = false)] public string SsoDomain { get; set; }
        /// <summary>An export of the VECS store SMS, which no API gives.</summary>
        [DataMember(Name = "sms_file", EmitDefaultValue = false)] public string SmsFile { get; set; }
        /// <summary>Whether hosts are collected.</summary>
        [DataMember(Name = "hosts", EmitDefaultValue = false)] public bool? Hosts { get; set; }
        /// <summary>Whether storage providers are collected.</summary>
        [DataMember(Name = "providers", EmitDefaultValue = false)] public bool? Providers { get; set; }
        /// <summary>Whether the ports of hosts are probed.</summary>
        [DataMember(Name = "probe_hosts", EmitDefaultValue = false)] public bool? ProbeHosts { get; set; }
    }

    /// <summary>The options of vitrust_store_from_bytes and vitrust_certificates_read.</summary>
    [DataContract]
    internal sealed partial class ReadOptions
    {
        /// <summary>What the input is called in messages and reports.</summary>
        [DataMember(Name = "source", EmitDefaultValue = false)] public string Source { get; set; }
        /// <summary>The VECS store of a listing whose certificates are the anchors.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public string Store { get; set; }
        /// <summary>The shape of the input, if its content should not decide.</summary>
        [DataMember(Name = "shape", EmitDefaultValue = false)] public string Shape { get; set; }
    }

    /// <summary>The options of vitrust_store_describe.</summary>
    [DataContract]
    internal sealed partial class DescribeOptions
    {
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>What is wrong with the store at this time is added; UTC.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }
    }

    /// <summary>Why a call failed, as JSON.</summary>
    [DataContract]
    internal sealed partial class ErrorDetail
    {
        /// <summary>The stable number.</summary>
        [DataMember(Name = "code")] public int Code { get; set; }
        /// <summary>Its stable name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>What went wrong and where.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>The parameter or option at fault.</summary>
        [DataMember(Name = "argument")] public string Argument { get; set; }
        /// <summary>The line in it, from 1.</summary>
        [DataMember(Name = "line")] public int? Line { get; set; }
    }
}
