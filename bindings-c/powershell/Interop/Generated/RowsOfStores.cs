// What a store holds beside certificates, and what is wrong with it.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>A CRL and where it was found.</summary>
    [DataContract]
    public sealed partial class Crl : Row
    {
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        private Moment thisUpdate;
        [DataMember(Name = "this_update")] private string ThisUpdateText { get { return thisUpdate.Text; } set { thisUpdate = new Moment(value); } }
        /// <summary>When it was issued; UTC.</summary>
        public DateTime ThisUpdate { get { return thisUpdate.Time.GetValueOrDefault(); } set { thisUpdate = new Moment(value); } }
        private Moment nextUpdate;
        [DataMember(Name = "next_update")] private string NextUpdateText { get { return nextUpdate.Text; } set { nextUpdate = new Moment(value); } }
        /// <summary>When the next one is due; UTC.</summary>
        public DateTime? NextUpdate { get { return nextUpdate.Time; } set { nextUpdate = new Moment(value); } }
        /// <summary>How many certificates it lists.</summary>
        [DataMember(Name = "entries")] public long Entries { get; set; }
    }

    /// <summary>A printed entry and where it was found.</summary>
    [DataContract]
    public sealed partial class DumpedEntry : Row
    {
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>SHA-1 of the certificate, when the alias is one.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        /// <summary>The subject as printed.</summary>
        [DataMember(Name = "subject", EmitDefaultValue = false)] public string Subject { get; set; }
        /// <summary>The issuer as printed.</summary>
        [DataMember(Name = "issuer", EmitDefaultValue = false)] public string Issuer { get; set; }
        /// <summary>The serial number as lowercase hex without colons.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Authority key identifier.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get; set; }
        /// <summary>Whether basic constraints say CA; None when they were not printed.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>Key usage as printed, for example Certificate Sign.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public string[] KeyUsage { get; set; }
        /// <summary>The signature algorithm as printed, for example sha256WithRSAEncryption.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get; set; }
        /// <summary>Size of the public key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            KeyUsage = new string[0];
        }
    }

    /// <summary>An entry of VECS that has no certificate, by its place.</summary>
    [DataContract]
    public sealed partial class BareEntry : Row
    {
        /// <summary>Where it is listed, with its alias.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>What it is.</summary>
        [DataMember(Name = "type")] public string Type { get; set; }
    }

    /// <summary>One block that could not be read.</summary>
    [DataContract]
    public sealed partial class Unreadable : Row
    {
        /// <summary>Where it is.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>Why it could not be read.</summary>
        [DataMember(Name = "reason")] public string Reason { get; set; }
    }

    /// <summary>One thing that is wrong, and where.</summary>
    [DataContract]
    public sealed partial class LintIssue : Row
    {
        /// <summary>The stable name of what is wrong.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        private LintSeverity? severity;
        [DataMember(Name = "severity")] private string SeverityText { get { return Ranks.Word(severity); } set { severity = Ranks.ReadLintSeverity(value); } }
        /// <summary>How much it matters.</summary>
        public LintSeverity Severity { get { return severity.GetValueOrDefault(); } set { severity = value; } }
        /// <summary>Where the entry was read.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>The entry's subject.</summary>
        [DataMember(Name = "subject", EmitDefaultValue = false)] public string Subject { get; set; }
        /// <summary>The entry's SHA-1.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>What basic constraints say; absent without them.</summary>
        [DataMember(Name = "ca", EmitDefaultValue = false)] public bool? CA { get; set; }
        /// <summary>What key usage says; absent without it.</summary>
        [DataMember(Name = "certificate_sign", EmitDefaultValue = false)] public bool? CertificateSign { get; set; }
        /// <summary>The algorithm.</summary>
        [DataMember(Name = "algorithm", EmitDefaultValue = false)] public string Algorithm { get; set; }
        /// <summary>The key's size.</summary>
        [DataMember(Name = "bits", EmitDefaultValue = false)] public long? Bits { get; set; }
        /// <summary>The alias.</summary>
        [DataMember(Name = "alias", EmitDefaultValue = false)] public string Alias { get; set; }
        /// <summary>Where the further copy is.</summary>
        [DataMember(Name = "copy", EmitDefaultValue = false)] public Place Copy { get; set; }
        /// <summary>The other entries' SHA-1.</summary>
        [DataMember(Name = "others", EmitDefaultValue = false)] public string[] Others { get; set; }
        /// <summary>How many there are.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>Which.</summary>
        [DataMember(Name = "extensions", EmitDefaultValue = false)] public string[] Extensions { get; set; }
        /// <summary>The field, the byte and what is not DER there.</summary>
        [DataMember(Name = "reason", EmitDefaultValue = false)] public string Reason { get; set; }
    }
}
