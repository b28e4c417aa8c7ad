// Certificates, and what was decided about them.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>Where something was read: file or server, line, and the VECS alias or chain id if it had one.</summary>
    [DataContract]
    public sealed partial class Place
    {
        /// <summary>The file, archive member or server, as the caller named it.</summary>
        [DataMember(Name = "source", EmitDefaultValue = false)] public string Source { get; set; }
        /// <summary>The line, from 1.</summary>
        [DataMember(Name = "line", EmitDefaultValue = false)] public long? Line { get; set; }
        /// <summary>The VECS store, as printed or as its entries show it: of the built-in stores only TRUSTED_ROOTS holds plain trusted certificates under an alias that is not an address.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public string Store { get; set; }
        /// <summary>The alias in VECS, the id of a trusted root chain or the name of an archive member.</summary>
        [DataMember(Name = "alias", EmitDefaultValue = false)] public string Alias { get; set; }
    }

    /// <summary>A certificate, where it was found, and its text.</summary>
    [DataContract]
    public sealed partial class Certificate : Row
    {
        private Place ownPlace;
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get { Parse(); return ownPlace; } set { Parse(); ownPlace = value; } }
        private string ownSubject;
        /// <summary>The subject, as vecs-cli and OpenSSL print it.</summary>
        [DataMember(Name = "subject")] public string Subject { get { Parse(); return ownSubject; } set { Parse(); ownSubject = value; } }
        private string ownIssuer;
        /// <summary>The issuer in the same spelling.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get { Parse(); return ownIssuer; } set { Parse(); ownIssuer = value; } }
        private string ownSerialNumber;
        /// <summary>The serial number as lowercase hex.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get { Parse(); return ownSerialNumber; } set { Parse(); ownSerialNumber = value; } }
        private int? ownVersion;
        /// <summary>1, 2 or 3.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public int? Version { get { Parse(); return ownVersion; } set { Parse(); ownVersion = value; } }
        private Moment notBefore;
        [DataMember(Name = "not_before")] private string NotBeforeText { get { Parse(); return notBefore.Text; } set { Parse(); notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { Parse(); return notBefore.Time; } set { Parse(); notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { Parse(); return notAfter.Text; } set { Parse(); notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { Parse(); return notAfter.Time; } set { Parse(); notAfter = new Moment(value); } }
        private string ownSha1;
        /// <summary>SHA-1 of the DER: alias in TRUSTED_ROOTS, thumbprint in vSphere.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get { Parse(); return ownSha1; } set { Parse(); ownSha1 = value; } }
        private string ownSha256;
        /// <summary>SHA-256 of the DER: the identity of the certificate.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get { Parse(); return ownSha256; } set { Parse(); ownSha256 = value; } }
        private string ownSubjectKeyId;
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get { Parse(); return ownSubjectKeyId; } set { Parse(); ownSubjectKeyId = value; } }
        private string ownAuthorityKeyId;
        /// <summary>Key identifier of the issuer.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get { Parse(); return ownAuthorityKeyId; } set { Parse(); ownAuthorityKeyId = value; } }
        private bool? ownIsCA;
        /// <summary>Whether basic constraints say that the subject is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get { Parse(); return ownIsCA; } set { Parse(); ownIsCA = value; } }
        private long? ownPathLength;
        /// <summary>How many intermediates may follow below this CA.</summary>
        [DataMember(Name = "path_length", EmitDefaultValue = false)] public long? PathLength { get { Parse(); return ownPathLength; } set { Parse(); ownPathLength = value; } }
        private Many<string> ownKeyUsage;
        /// <summary>The key usage by the names of RFC 5280; null when the extension is absent.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public Many<string> KeyUsage { get { Parse(); return ownKeyUsage; } set { Parse(); ownKeyUsage = value; } }
        private Many<string> ownExtendedKeyUsage;
        /// <summary>The extended key usages as dotted identifiers; null when the extension is absent.</summary>
        [DataMember(Name = "extended_key_usage", EmitDefaultValue = false)] public Many<string> ExtendedKeyUsage { get { Parse(); return ownExtendedKeyUsage; } set { Parse(); ownExtendedKeyUsage = value; } }
        private Many<string> ownSubjectAlternativeNames;
        /// <summary>The alternative names: DNS:vc01.example, IP:192.0.2.1.</summary>
        [DataMember(Name = "subject_alternative_names", EmitDefaultValue = false)] public Many<string> SubjectAlternativeNames { get { Parse(); return ownSubjectAlternativeNames; } set { Parse(); ownSubjectAlternativeNames = value; } }
        private string ownKeyAlgorithm;
        /// <summary>The kind of key: RSA, EC P-256, Ed25519.</summary>
        [DataMember(Name = "key_algorithm", EmitDefaultValue = false)] public string KeyAlgorithm { get { Parse(); return ownKeyAlgorithm; } set { Parse(); ownKeyAlgorithm = value; } }
        private long? ownKeyBits;
        /// <summary>The size of the key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get { Parse(); return ownKeyBits; } set { Parse(); ownKeyBits = value; } }
        private string ownSignatureAlgorithm;
        /// <summary>The signature algorithm as OpenSSL names it.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get { Parse(); return ownSignatureAlgorithm; } set { Parse(); ownSignatureAlgorithm = value; } }
        private Many<string> ownCriticalExtensions;
        /// <summary>The critical extensions as dotted identifiers.</summary>
        [DataMember(Name = "critical_extensions", EmitDefaultValue = false)] public Many<string> CriticalExtensions { get { Parse(); return ownCriticalExtensions; } set { Parse(); ownCriticalExtensions = value; } }
        private string ownPem;
        /// <summary>The certificate as PEM text.</summary>
        [DataMember(Name = "pem")] public string Pem { get { Parse(); return ownPem; } set { Parse(); ownPem = value; } }
        private string ownShortName;
        /// <summary>Its distinctive part: see short_name(super::short_name).</summary>
        [DataMember(Name = "short_name")] public string ShortName { get { Parse(); return ownShortName; } set { Parse(); ownShortName = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Certificate>(json); }

        internal override void Take(Row parsed)
        {
            Certificate from = (Certificate)parsed;
            ownPlace = from.ownPlace;
            ownSubject = from.ownSubject;
            ownIssuer = from.ownIssuer;
            ownSerialNumber = from.ownSerialNumber;
            ownVersion = from.ownVersion;
            notBefore = from.notBefore;
            notAfter = from.notAfter;
            ownSha1 = from.ownSha1;
            ownSha256 = from.ownSha256;
            ownSubjectKeyId = from.ownSubjectKeyId;
            ownAuthorityKeyId = from.ownAuthorityKeyId;
            ownIsCA = from.ownIsCA;
            ownPathLength = from.ownPathLength;
            ownKeyUsage = from.ownKeyUsage;
            ownExtendedKeyUsage = from.ownExtendedKeyUsage;
            ownSubjectAlternativeNames = from.ownSubjectAlternativeNames;
            ownKeyAlgorithm = from.ownKeyAlgorithm;
            ownKeyBits = from.ownKeyBits;
            ownSignatureAlgorithm = from.ownSignatureAlgorithm;
            ownCriticalExtensions = from.ownCriticalExtensions;
            ownPem = from.ownPem;
            ownShortName = from.ownShortName;
        }
    }

    /// <summary>One row of the table of certificates.</summary>
    [DataContract]
    public sealed partial class CertificateRecord
    {
        /// <summary>What it is called.</summary>
        [DataMember(Name = "id")] public string Id { get; set; }
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>The serial number, lowercase hex.</summary>
        [DataMember(Name = "serial_number")] public string SerialNumber { get; set; }
        /// <summary>SHA-256 of the DER; missing when only a dump exists.</summary>
        [DataMember(Name = "sha256", EmitDefaultValue = false)] public string Sha256 { get; set; }
        /// <summary>SHA-1 of the DER: the alias in TRUSTED_ROOTS.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>The subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>The name of an entry for which no subject was printed: its alias and store.</summary>
        [DataMember(Name = "entry", EmitDefaultValue = false)] public string Entry { get; set; }
        /// <summary>Whether it is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>What people call it: the distinctive part of its subject.</summary>
        [DataMember(Name = "short_name")] public string ShortName { get; set; }
    }

    /// <summary>Enough of a certificate to find it again.</summary>
    [DataContract]
    public sealed partial class CertificateFacts
    {
        /// <summary>The subject as text; the facts of one verdict share it.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer as text.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        /// <summary>SHA-1 of the DER: alias in TRUSTED_ROOTS, thumbprint in vSphere.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get; set; }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime NotAfter { get { return notAfter.Time.GetValueOrDefault(); } set { notAfter = new Moment(value); } }
        private Moment notBefore;
        [DataMember(Name = "not_before")] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime NotBefore { get { return notBefore.Time.GetValueOrDefault(); } set { notBefore = new Moment(value); } }
        /// <summary>Where it came from.</summary>
        [DataMember(Name = "origin")] public Origin Origin { get; set; }
        /// <summary>Its distinctive part: see short_name.</summary>
        [DataMember(Name = "short_name")] public string ShortName { get; set; }
    }

    /// <summary>Where a certificate of a path came from.</summary>
    [DataContract]
    public sealed partial class Origin
    {
        /// <summary>The position in the presented chain, 0 for the end-entity certificate.</summary>
        [DataMember(Name = "presented", EmitDefaultValue = false)] public long? Presented { get; set; }
        /// <summary>Where in the store it was read.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public Place Store { get; set; }
    }

    /// <summary>What one consumer would decide about one presented chain against one store.</summary>
    [DataContract]
    public sealed partial class Verdict : Row
    {
        private string ownState;
        /// <summary>The answer; unknown if the store or the chain has parts that could not be examined.</summary>
        [DataMember(Name = "state")] public string State { get { Parse(); return ownState; } set { Parse(); ownState = value; } }
        private bool ownTrusted;
        /// <summary>Whether a path was found.</summary>
        [DataMember(Name = "trusted")] public bool Trusted { get { Parse(); return ownTrusted; } set { Parse(); ownTrusted = value; } }
        private string ownProfile;
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get { Parse(); return ownProfile; } set { Parse(); ownProfile = value; } }
        private string ownPurpose;
        /// <summary>The requested purpose.</summary>
        [DataMember(Name = "purpose")] public string Purpose { get { Parse(); return ownPurpose; } set { Parse(); ownPurpose = value; } }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { Parse(); return at.Text; } set { Parse(); at = new Moment(value); } }
        /// <summary>The verification time; UTC.</summary>
        public DateTime At { get { Parse(); return at.Time.GetValueOrDefault(); } set { Parse(); at = new Moment(value); } }
        private Many<CertificateFacts> ownPath;
        /// <summary>The accepted path, end-entity first; empty when untrusted.</summary>
        [DataMember(Name = "path")] public Many<CertificateFacts> Path { get { Parse(); return ownPath; } set { Parse(); ownPath = value; } }
        private Many<Rejection> ownRejections;
        /// <summary>Every broken rule, nearest miss first; empty unless untrusted.</summary>
        [DataMember(Name = "rejections")] public Many<Rejection> Rejections { get { Parse(); return ownRejections; } set { Parse(); ownRejections = value; } }
        private string ownChange;
        /// <summary>The one change that would make it trusted, when one is enough.</summary>
        [DataMember(Name = "change")] public string Change { get { Parse(); return ownChange; } set { Parse(); ownChange = value; } }
        private string ownPublicCA;
        /// <summary>The publicly trusted CA that a refused chain ends in, if all it lacks is that CA in the store.</summary>
        [DataMember(Name = "public_ca")] public string PublicCA { get { Parse(); return ownPublicCA; } set { Parse(); ownPublicCA = value; } }
        private Many<string> ownMissing;
        /// <summary>What must be known for an answer; empty unless unknown.</summary>
        [DataMember(Name = "missing")] public Many<string> Missing { get { Parse(); return ownMissing; } set { Parse(); ownMissing = value; } }
        private Many<Unreadable> ownUnread;
        /// <summary>What of the presented chain was not read, each with its place: a private key beside it, a damaged block.</summary>
        [DataMember(Name = "unread")] public Many<Unreadable> Unread { get { Parse(); return ownUnread; } set { Parse(); ownUnread = value; } }
        private string ownReason;
        /// <summary>In one sentence where the path ends, what the nearest miss is, or what must be known.</summary>
        [DataMember(Name = "reason")] public string Reason { get { Parse(); return ownReason; } set { Parse(); ownReason = value; } }
        private CertificateFacts ownCertificate;
        /// <summary>The certificate that was asked about, whether a path was found or not.</summary>
        [DataMember(Name = "certificate")] public CertificateFacts Certificate { get { Parse(); return ownCertificate; } set { Parse(); ownCertificate = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Verdict>(json); }

        internal override void Take(Row parsed)
        {
            Verdict from = (Verdict)parsed;
            ownState = from.ownState;
            ownTrusted = from.ownTrusted;
            ownProfile = from.ownProfile;
            ownPurpose = from.ownPurpose;
            at = from.at;
            ownPath = from.ownPath;
            ownRejections = from.ownRejections;
            ownChange = from.ownChange;
            ownPublicCA = from.ownPublicCA;
            ownMissing = from.ownMissing;
            ownUnread = from.ownUnread;
            ownReason = from.ownReason;
            ownCertificate = from.ownCertificate;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Path = new Many<CertificateFacts>();
            Rejections = new Many<Rejection>();
            Missing = new Many<string>();
            Unread = new Many<Unreadable>();
        }
    }

    /// <summary>A Rejection(crate::path::Rejection) as it is in JSON; only its schema is used.</summary>
    [DataContract]
    public sealed partial class Rejection : Row
    {
        private string ownCode;
        /// <summary>The stable name of the broken rule.</summary>
        [DataMember(Name = "code")] public string Code { get { Parse(); return ownCode; } set { Parse(); ownCode = value; } }
        private string ownMessage;
        /// <summary>What is wrong with which certificate.</summary>
        [DataMember(Name = "message")] public string Message { get { Parse(); return ownMessage; } set { Parse(); ownMessage = value; } }
        private string ownHint;
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get { Parse(); return ownHint; } set { Parse(); ownHint = value; } }
        private CertificateFacts ownCertificate;
        /// <summary>The certificate that was being checked.</summary>
        [DataMember(Name = "certificate")] public CertificateFacts Certificate { get { Parse(); return ownCertificate; } set { Parse(); ownCertificate = value; } }
        private CertificateFacts ownCandidate;
        /// <summary>The certificate that was tried as its issuer.</summary>
        [DataMember(Name = "candidate")] public CertificateFacts Candidate { get { Parse(); return ownCandidate; } set { Parse(); ownCandidate = value; } }
        private RejectionDetails ownDetails;
        /// <summary>The broken rule with the values that broke it.</summary>
        [DataMember(Name = "details")] public RejectionDetails Details { get { Parse(); return ownDetails; } set { Parse(); ownDetails = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Rejection>(json); }

        internal override void Take(Row parsed)
        {
            Rejection from = (Rejection)parsed;
            ownCode = from.ownCode;
            ownMessage = from.ownMessage;
            ownHint = from.ownHint;
            ownCertificate = from.ownCertificate;
            ownCandidate = from.ownCandidate;
            ownDetails = from.ownDetails;
        }
    }

    /// <summary>The broken rule and the values that broke it.</summary>
    [DataContract]
    public sealed partial class RejectionDetails
    {
        /// <summary>The stable name of the rule.</summary>
        [DataMember(Name = "code")] public string Code { get; set; }
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time; UTC.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        private Moment revokedAt;
        [DataMember(Name = "revoked_at", EmitDefaultValue = false)] private string RevokedAtText { get { return revokedAt.Text; } set { revokedAt = new Moment(value); } }
        /// <summary>When it was revoked; UTC.</summary>
        public DateTime? RevokedAt { get { return revokedAt.Time; } set { revokedAt = new Moment(value); } }
        /// <summary>The requested name.</summary>
        [DataMember(Name = "wanted", EmitDefaultValue = false)] public string Wanted { get; set; }
        /// <summary>The names the certificate carries.</summary>
        [DataMember(Name = "present", EmitDefaultValue = false)] public Many<string> Present { get; set; }
        /// <summary>The bit that is missing.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public string Missing { get; set; }
        /// <summary>The subject of a certificate of the same chain that is not a CA: the chain is in the wrong order.</summary>
        [DataMember(Name = "end_entity", EmitDefaultValue = false)] public string EndEntity { get; set; }
        /// <summary>The RFC's name of the reason.</summary>
        [DataMember(Name = "reason", EmitDefaultValue = false)] public string Reason { get; set; }
        /// <summary>Who signed the CRL.</summary>
        [DataMember(Name = "crl_issuer", EmitDefaultValue = false)] public string CrlIssuer { get; set; }
        /// <summary>What is wrong with the available CRLs.</summary>
        [DataMember(Name = "why", EmitDefaultValue = false)] public string Why { get; set; }
        /// <summary>The issuer's name.</summary>
        [DataMember(Name = "issuer", EmitDefaultValue = false)] public string Issuer { get; set; }
        /// <summary>The issuer's key identifier, if the certificate names it.</summary>
        [DataMember(Name = "key_id", EmitDefaultValue = false)] public string KeyId { get; set; }
        /// <summary>The key identifier of the candidate.</summary>
        [DataMember(Name = "found", EmitDefaultValue = false)] public string Found { get; set; }
        /// <summary>How many it allows.</summary>
        [DataMember(Name = "limit", EmitDefaultValue = false)] public long? Limit { get; set; }
        /// <summary>How many follow.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>The name.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }
        /// <summary>The subtree that excludes it; None when no permitted subtree holds it.</summary>
        [DataMember(Name = "excluded_by", EmitDefaultValue = false)] public string ExcludedBy { get; set; }
        /// <summary>The extension.</summary>
        [DataMember(Name = "oid", EmitDefaultValue = false)] public string Oid { get; set; }
        /// <summary>The version.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public long? Version { get; set; }
        /// <summary>Its length in octets.</summary>
        [DataMember(Name = "length", EmitDefaultValue = false)] public long? Length { get; set; }
        /// <summary>The field in which that shows.</summary>
        [DataMember(Name = "field", EmitDefaultValue = false)] public string Field { get; set; }
        /// <summary>Inside the signed part.</summary>
        [DataMember(Name = "inner", EmitDefaultValue = false)] public string Inner { get; set; }
        /// <summary>Outside the signed part.</summary>
        [DataMember(Name = "outer", EmitDefaultValue = false)] public string Outer { get; set; }
        /// <summary>The role in which it was found.</summary>
        [DataMember(Name = "what", EmitDefaultValue = false)] public string What { get; set; }
        /// <summary>Its name.</summary>
        [DataMember(Name = "digest", EmitDefaultValue = false)] public string Digest { get; set; }
        /// <summary>Its size.</summary>
        [DataMember(Name = "bits", EmitDefaultValue = false)] public long? Bits { get; set; }
        /// <summary>The minimum accepted.</summary>
        [DataMember(Name = "minimum", EmitDefaultValue = false)] public long? Minimum { get; set; }
        /// <summary>The most that is accepted.</summary>
        [DataMember(Name = "maximum", EmitDefaultValue = false)] public long? Maximum { get; set; }
    }
}
