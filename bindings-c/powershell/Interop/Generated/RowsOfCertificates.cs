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
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get; set; }
        /// <summary>The subject, as vecs-cli and OpenSSL print it.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer in the same spelling.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>The serial number as lowercase hex.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get; set; }
        /// <summary>1, 2 or 3.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public int? Version { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before")] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        /// <summary>First second of validity; UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity; UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>SHA-1 of the DER: alias in TRUSTED_ROOTS, thumbprint in vSphere.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get; set; }
        /// <summary>SHA-256 of the DER: the identity of the certificate.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Key identifier of the issuer.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get; set; }
        /// <summary>Whether basic constraints say that the subject is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>How many intermediates may follow below this CA.</summary>
        [DataMember(Name = "path_length", EmitDefaultValue = false)] public long? PathLength { get; set; }
        /// <summary>The key usage by the names of RFC 5280; null when the extension is absent.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public string[] KeyUsage { get; set; }
        /// <summary>The extended key usages as dotted identifiers; null when the extension is absent.</summary>
        [DataMember(Name = "extended_key_usage", EmitDefaultValue = false)] public string[] ExtendedKeyUsage { get; set; }
        /// <summary>The alternative names: DNS:vc01.example, IP:192.0.2.1.</summary>
        [DataMember(Name = "subject_alternative_names", EmitDefaultValue = false)] public string[] SubjectAlternativeNames { get; set; }
        /// <summary>The kind of key: RSA, EC P-256, Ed25519.</summary>
        [DataMember(Name = "key_algorithm", EmitDefaultValue = false)] public string KeyAlgorithm { get; set; }
        /// <summary>The size of the key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get; set; }
        /// <summary>The signature algorithm as OpenSSL names it.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get; set; }
        /// <summary>The critical extensions as dotted identifiers.</summary>
        [DataMember(Name = "critical_extensions", EmitDefaultValue = false)] public string[] CriticalExtensions { get; set; }
        /// <summary>The certificate as PEM text.</summary>
        [DataMember(Name = "pem")] public string Pem { get; set; }
        /// <summary>Its distinctive part: see short_name(super::short_name).</summary>
        [DataMember(Name = "short_name")] public string ShortName { get; set; }
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
        /// <summary>The answer; unknown if the store or the chain has parts that could not be examined.</summary>
        [DataMember(Name = "state")] public string State { get; set; }
        /// <summary>Whether a path was found.</summary>
        [DataMember(Name = "trusted")] public bool Trusted { get; set; }
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        /// <summary>The requested purpose.</summary>
        [DataMember(Name = "purpose")] public string Purpose { get; set; }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time; UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>The accepted path, end-entity first; empty when untrusted.</summary>
        [DataMember(Name = "path")] public CertificateFacts[] Path { get; set; }
        /// <summary>Every broken rule, nearest miss first; empty unless untrusted.</summary>
        [DataMember(Name = "rejections")] public Rejection[] Rejections { get; set; }
        /// <summary>The one change that would make it trusted, when one is enough.</summary>
        [DataMember(Name = "change")] public string Change { get; set; }
        /// <summary>The publicly trusted CA that a refused chain ends in, if all it lacks is that CA in the store.</summary>
        [DataMember(Name = "public_ca")] public string PublicCA { get; set; }
        /// <summary>What must be known for an answer; empty unless unknown.</summary>
        [DataMember(Name = "missing")] public string[] Missing { get; set; }
        /// <summary>What of the presented chain was not read, each with its place: a private key beside it, a damaged block.</summary>
        [DataMember(Name = "unread")] public Unreadable[] Unread { get; set; }
        /// <summary>In one sentence where the path ends, what the nearest miss is, or what must be known.</summary>
        [DataMember(Name = "reason")] public string Reason { get; set; }
        /// <summary>The certificate that was asked about, whether a path was found or not.</summary>
        [DataMember(Name = "certificate")] public CertificateFacts Certificate { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Path = new CertificateFacts[0];
            Rejections = new Rejection[0];
            Missing = new string[0];
            Unread = new Unreadable[0];
        }
    }

    /// <summary>A Rejection(crate::path::Rejection) as it is in JSON; only its schema is used.</summary>
    [DataContract]
    public sealed partial class Rejection : Row
    {
        /// <summary>The stable name of the broken rule.</summary>
        [DataMember(Name = "code")] public string Code { get; set; }
        /// <summary>What is wrong with which certificate.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get; set; }
        /// <summary>The certificate that was being checked.</summary>
        [DataMember(Name = "certificate")] public CertificateFacts Certificate { get; set; }
        /// <summary>The certificate that was tried as its issuer.</summary>
        [DataMember(Name = "candidate")] public CertificateFacts Candidate { get; set; }
        /// <summary>The broken rule with the values that broke it.</summary>
        [DataMember(Name = "details")] public RejectionDetails Details { get; set; }
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
        [DataMember(Name = "present", EmitDefaultValue = false)] public string[] Present { get; set; }
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
