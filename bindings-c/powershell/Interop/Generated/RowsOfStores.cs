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
        private Place ownPlace;
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place")] public Place Place { get { Parse(); return ownPlace; } set { Parse(); ownPlace = value; } }
        private string ownIssuer;
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get { Parse(); return ownIssuer; } set { Parse(); ownIssuer = value; } }
        private string ownSha256;
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get { Parse(); return ownSha256; } set { Parse(); ownSha256 = value; } }
        private Moment thisUpdate;
        [DataMember(Name = "this_update")] private string ThisUpdateText { get { Parse(); return thisUpdate.Text; } set { Parse(); thisUpdate = new Moment(value); } }
        /// <summary>When it was issued; UTC.</summary>
        public DateTime ThisUpdate { get { Parse(); return thisUpdate.Time.GetValueOrDefault(); } set { Parse(); thisUpdate = new Moment(value); } }
        private Moment nextUpdate;
        [DataMember(Name = "next_update")] private string NextUpdateText { get { Parse(); return nextUpdate.Text; } set { Parse(); nextUpdate = new Moment(value); } }
        /// <summary>When the next one is due; UTC.</summary>
        public DateTime? NextUpdate { get { Parse(); return nextUpdate.Time; } set { Parse(); nextUpdate = new Moment(value); } }
        private long ownEntries;
        /// <summary>How many certificates it lists.</summary>
        [DataMember(Name = "entries")] public long Entries { get { Parse(); return ownEntries; } set { Parse(); ownEntries = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Crl>(json); }

        internal override void Take(Row parsed)
        {
            Crl from = (Crl)parsed;
            ownPlace = from.ownPlace;
            ownIssuer = from.ownIssuer;
            ownSha256 = from.ownSha256;
            thisUpdate = from.thisUpdate;
            nextUpdate = from.nextUpdate;
            ownEntries = from.ownEntries;
        }
    }

    /// <summary>A printed entry and where it was found.</summary>
    [DataContract]
    public sealed partial class DumpedEntry : Row
    {
        private Place ownPlace;
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place")] public Place Place { get { Parse(); return ownPlace; } set { Parse(); ownPlace = value; } }
        private string ownSha1;
        /// <summary>SHA-1 of the certificate, when the alias is one.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get { Parse(); return ownSha1; } set { Parse(); ownSha1 = value; } }
        private string ownSubject;
        /// <summary>The subject as printed.</summary>
        [DataMember(Name = "subject", EmitDefaultValue = false)] public string Subject { get { Parse(); return ownSubject; } set { Parse(); ownSubject = value; } }
        private string ownIssuer;
        /// <summary>The issuer as printed.</summary>
        [DataMember(Name = "issuer", EmitDefaultValue = false)] public string Issuer { get { Parse(); return ownIssuer; } set { Parse(); ownIssuer = value; } }
        private string ownSerialNumber;
        /// <summary>The serial number as lowercase hex without colons.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get { Parse(); return ownSerialNumber; } set { Parse(); ownSerialNumber = value; } }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { Parse(); return notBefore.Text; } set { Parse(); notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { Parse(); return notBefore.Time; } set { Parse(); notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { Parse(); return notAfter.Text; } set { Parse(); notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { Parse(); return notAfter.Time; } set { Parse(); notAfter = new Moment(value); } }
        private string ownSubjectKeyId;
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get { Parse(); return ownSubjectKeyId; } set { Parse(); ownSubjectKeyId = value; } }
        private string ownAuthorityKeyId;
        /// <summary>Authority key identifier.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get { Parse(); return ownAuthorityKeyId; } set { Parse(); ownAuthorityKeyId = value; } }
        private bool? ownIsCA;
        /// <summary>Whether basic constraints say CA; None when they were not printed.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get { Parse(); return ownIsCA; } set { Parse(); ownIsCA = value; } }
        private Many<string> ownKeyUsage;
        /// <summary>Key usage as printed, for example Certificate Sign.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public Many<string> KeyUsage { get { Parse(); return ownKeyUsage; } set { Parse(); ownKeyUsage = value; } }
        private string ownSignatureAlgorithm;
        /// <summary>The signature algorithm as printed, for example sha256WithRSAEncryption.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get { Parse(); return ownSignatureAlgorithm; } set { Parse(); ownSignatureAlgorithm = value; } }
        private long? ownKeyBits;
        /// <summary>Size of the public key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get { Parse(); return ownKeyBits; } set { Parse(); ownKeyBits = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<DumpedEntry>(json); }

        internal override void Take(Row parsed)
        {
            DumpedEntry from = (DumpedEntry)parsed;
            ownPlace = from.ownPlace;
            ownSha1 = from.ownSha1;
            ownSubject = from.ownSubject;
            ownIssuer = from.ownIssuer;
            ownSerialNumber = from.ownSerialNumber;
            notBefore = from.notBefore;
            notAfter = from.notAfter;
            ownSubjectKeyId = from.ownSubjectKeyId;
            ownAuthorityKeyId = from.ownAuthorityKeyId;
            ownIsCA = from.ownIsCA;
            ownKeyUsage = from.ownKeyUsage;
            ownSignatureAlgorithm = from.ownSignatureAlgorithm;
            ownKeyBits = from.ownKeyBits;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            KeyUsage = new Many<string>();
        }
    }

    /// <summary>An entry of VECS that has no certificate, by its place.</summary>
    [DataContract]
    public sealed partial class BareEntry : Row
    {
        private Place ownPlace;
        /// <summary>Where it is listed, with its alias.</summary>
        [DataMember(Name = "place")] public Place Place { get { Parse(); return ownPlace; } set { Parse(); ownPlace = value; } }
        private string ownType;
        /// <summary>What it is.</summary>
        [DataMember(Name = "type")] public string Type { get { Parse(); return ownType; } set { Parse(); ownType = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<BareEntry>(json); }

        internal override void Take(Row parsed)
        {
            BareEntry from = (BareEntry)parsed;
            ownPlace = from.ownPlace;
            ownType = from.ownType;
        }
    }

    /// <summary>One block that could not be read.</summary>
    [DataContract]
    public sealed partial class Unreadable : Row
    {
        private Place ownPlace;
        /// <summary>Where it is.</summary>
        [DataMember(Name = "place")] public Place Place { get { Parse(); return ownPlace; } set { Parse(); ownPlace = value; } }
        private string ownReason;
        /// <summary>Why it could not be read.</summary>
        [DataMember(Name = "reason")] public string Reason { get { Parse(); return ownReason; } set { Parse(); ownReason = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Unreadable>(json); }

        internal override void Take(Row parsed)
        {
            Unreadable from = (Unreadable)parsed;
            ownPlace = from.ownPlace;
            ownReason = from.ownReason;
        }
    }

    /// <summary>One thing that is wrong, and where.</summary>
    [DataContract]
    public sealed partial class LintIssue : Row
    {
        private string ownKind;
        /// <summary>The stable name of what is wrong.</summary>
        [DataMember(Name = "kind")] public string Kind { get { Parse(); return ownKind; } set { Parse(); ownKind = value; } }
        private LintSeverity? severity;
        [DataMember(Name = "severity")] private string SeverityText { get { Parse(); return Ranks.Word(severity); } set { Parse(); severity = Ranks.ReadLintSeverity(value); } }
        /// <summary>How much it matters.</summary>
        public LintSeverity Severity { get { Parse(); return severity.GetValueOrDefault(); } set { Parse(); severity = value; } }
        private Place ownPlace;
        /// <summary>Where the entry was read.</summary>
        [DataMember(Name = "place")] public Place Place { get { Parse(); return ownPlace; } set { Parse(); ownPlace = value; } }
        private string ownSubject;
        /// <summary>The entry's subject.</summary>
        [DataMember(Name = "subject", EmitDefaultValue = false)] public string Subject { get { Parse(); return ownSubject; } set { Parse(); ownSubject = value; } }
        private string ownSha1;
        /// <summary>The entry's SHA-1.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get { Parse(); return ownSha1; } set { Parse(); ownSha1 = value; } }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { Parse(); return notBefore.Text; } set { Parse(); notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { Parse(); return notBefore.Time; } set { Parse(); notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { Parse(); return notAfter.Text; } set { Parse(); notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { Parse(); return notAfter.Time; } set { Parse(); notAfter = new Moment(value); } }
        private bool? ownCA;
        /// <summary>What basic constraints say; absent without them.</summary>
        [DataMember(Name = "ca", EmitDefaultValue = false)] public bool? CA { get { Parse(); return ownCA; } set { Parse(); ownCA = value; } }
        private bool? ownCertificateSign;
        /// <summary>What key usage says; absent without it.</summary>
        [DataMember(Name = "certificate_sign", EmitDefaultValue = false)] public bool? CertificateSign { get { Parse(); return ownCertificateSign; } set { Parse(); ownCertificateSign = value; } }
        private string ownAlgorithm;
        /// <summary>The algorithm.</summary>
        [DataMember(Name = "algorithm", EmitDefaultValue = false)] public string Algorithm { get { Parse(); return ownAlgorithm; } set { Parse(); ownAlgorithm = value; } }
        private long? ownBits;
        /// <summary>The key's size.</summary>
        [DataMember(Name = "bits", EmitDefaultValue = false)] public long? Bits { get { Parse(); return ownBits; } set { Parse(); ownBits = value; } }
        private string ownAlias;
        /// <summary>The alias.</summary>
        [DataMember(Name = "alias", EmitDefaultValue = false)] public string Alias { get { Parse(); return ownAlias; } set { Parse(); ownAlias = value; } }
        private Place ownCopy;
        /// <summary>Where the further copy is.</summary>
        [DataMember(Name = "copy", EmitDefaultValue = false)] public Place Copy { get { Parse(); return ownCopy; } set { Parse(); ownCopy = value; } }
        private Many<string> ownOthers;
        /// <summary>The other entries' SHA-1.</summary>
        [DataMember(Name = "others", EmitDefaultValue = false)] public Many<string> Others { get { Parse(); return ownOthers; } set { Parse(); ownOthers = value; } }
        private long? ownCount;
        /// <summary>How many there are.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get { Parse(); return ownCount; } set { Parse(); ownCount = value; } }
        private Many<string> ownExtensions;
        /// <summary>Which.</summary>
        [DataMember(Name = "extensions", EmitDefaultValue = false)] public Many<string> Extensions { get { Parse(); return ownExtensions; } set { Parse(); ownExtensions = value; } }
        private string ownReason;
        /// <summary>The field, the byte and what is not DER there.</summary>
        [DataMember(Name = "reason", EmitDefaultValue = false)] public string Reason { get { Parse(); return ownReason; } set { Parse(); ownReason = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<LintIssue>(json); }

        internal override void Take(Row parsed)
        {
            LintIssue from = (LintIssue)parsed;
            ownKind = from.ownKind;
            severity = from.severity;
            ownPlace = from.ownPlace;
            ownSubject = from.ownSubject;
            ownSha1 = from.ownSha1;
            notBefore = from.notBefore;
            notAfter = from.notAfter;
            ownCA = from.ownCA;
            ownCertificateSign = from.ownCertificateSign;
            ownAlgorithm = from.ownAlgorithm;
            ownBits = from.ownBits;
            ownAlias = from.ownAlias;
            ownCopy = from.ownCopy;
            ownOthers = from.ownOthers;
            ownCount = from.ownCount;
            ownExtensions = from.ownExtensions;
            ownReason = from.ownReason;
        }
    }
}
