// What one consumer would decide about a chain, and every rule that was broken.

using System;
using System.IO;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>What one consumer would decide about one presented chain against one store.</summary>
    [DataContract]
    public sealed class Verdict : Row
    {
        /// <summary>Whether a path was found.</summary>
        [DataMember(Name = "trusted")] public bool Trusted { get; set; }
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        /// <summary>The purpose asked for.</summary>
        [DataMember(Name = "purpose")] public string Purpose { get; set; }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time, UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>The accepted path, end-entity first; empty when untrusted.</summary>
        [DataMember(Name = "path")] public CertificateFacts[] Path { get; set; }
        /// <summary>Every broken rule, nearest miss first; empty when trusted.</summary>
        [DataMember(Name = "rejections")] public Rejection[] Rejections { get; set; }
        /// <summary>The one change that would make it trusted, when one is enough.</summary>
        [DataMember(Name = "change")] public string Change { get; set; }
        /// <summary>The certificate the path ends in, or null.</summary>
        public CertificateFacts Anchor { get { return Words.All(Path).LastOrDefault(); } }
        /// <summary>The nearest miss in one sentence, or where the path ends.</summary>
        public string Reason
        {
            get
            {
                Rejection nearest = Words.All(Rejections).FirstOrDefault();
                if (nearest != null) return Words.Readable(nearest.Message);
                return Anchor == null ? "" : "trusted by " + Anchor.ShortName;
            }
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Path = new CertificateFacts[0];
            Rejections = new Rejection[0];
        }

        /// <summary>For people.</summary>
        public override string ToString() { return (Trusted ? "trusted: " : "untrusted: ") + Reason; }
    }

    /// <summary>One broken rule: which, at which certificate and candidate.</summary>
    [DataContract]
    public sealed class Rejection : Row
    {
        /// <summary>The stable name of the rule.</summary>
        [DataMember(Name = "code")] public string Code { get; set; }
        /// <summary>What is wrong with which certificate.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get; set; }
        /// <summary>The certificate that was being checked.</summary>
        [DataMember(Name = "certificate")] public CertificateFacts Certificate { get; set; }
        /// <summary>The certificate that was tried as its issuer.</summary>
        [DataMember(Name = "candidate")] public CertificateFacts Candidate { get; set; }
        /// <summary>The values that broke the rule.</summary>
        [DataMember(Name = "details")] public RejectionDetails Details { get; set; }

        /// <summary>What is wrong.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }

    /// <summary>The values that broke a rule. Only those of the rule are filled in.</summary>
    [DataContract]
    public sealed class RejectionDetails
    {
        /// <summary>The stable name of the rule.</summary>
        [DataMember(Name = "code")] public string Code { get; set; }
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        private Moment revokedAt;
        [DataMember(Name = "revoked_at", EmitDefaultValue = false)] private string RevokedAtText { get { return revokedAt.Text; } set { revokedAt = new Moment(value); } }
        /// <summary>The verification time, UTC.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>When it was revoked, UTC.</summary>
        public DateTime? RevokedAt { get { return revokedAt.Time; } set { revokedAt = new Moment(value); } }
        /// <summary>What was asked for.</summary>
        [DataMember(Name = "wanted", EmitDefaultValue = false)] public string Wanted { get; set; }
        /// <summary>What the certificate has.</summary>
        [DataMember(Name = "present", EmitDefaultValue = false)] public string[] Present { get; set; }
        /// <summary>The bit that is missing.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public string Missing { get; set; }
        /// <summary>A certificate of the chain that is no CA.</summary>
        [DataMember(Name = "end_entity", EmitDefaultValue = false)] public string EndEntity { get; set; }
        /// <summary>The RFC's name of the reason.</summary>
        [DataMember(Name = "reason", EmitDefaultValue = false)] public string Reason { get; set; }
        /// <summary>Who signed the CRL.</summary>
        [DataMember(Name = "crl_issuer", EmitDefaultValue = false)] public string CrlIssuer { get; set; }
        /// <summary>What is wrong.</summary>
        [DataMember(Name = "why", EmitDefaultValue = false)] public string Why { get; set; }
        /// <summary>The issuer's name.</summary>
        [DataMember(Name = "issuer", EmitDefaultValue = false)] public string Issuer { get; set; }
        /// <summary>The issuer's key identifier.</summary>
        [DataMember(Name = "key_id", EmitDefaultValue = false)] public string KeyId { get; set; }
        /// <summary>The key identifier of the candidate.</summary>
        [DataMember(Name = "found", EmitDefaultValue = false)] public string Found { get; set; }
        /// <summary>The most that is allowed.</summary>
        [DataMember(Name = "limit", EmitDefaultValue = false)] public long? Limit { get; set; }
        /// <summary>How many there are.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>The name.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }
        /// <summary>The subtree that excludes it.</summary>
        [DataMember(Name = "excluded_by", EmitDefaultValue = false)] public string ExcludedBy { get; set; }
        /// <summary>The extension or algorithm.</summary>
        [DataMember(Name = "oid", EmitDefaultValue = false)] public string Oid { get; set; }
        /// <summary>The version.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public long? Version { get; set; }
        /// <summary>The length in octets.</summary>
        [DataMember(Name = "length", EmitDefaultValue = false)] public long? Length { get; set; }
        /// <summary>issuer or subject.</summary>
        [DataMember(Name = "field", EmitDefaultValue = false)] public string Field { get; set; }
        /// <summary>The algorithm inside the signed part.</summary>
        [DataMember(Name = "inner", EmitDefaultValue = false)] public string Inner { get; set; }
        /// <summary>The algorithm beside the signature.</summary>
        [DataMember(Name = "outer", EmitDefaultValue = false)] public string Outer { get; set; }
        /// <summary>What it was met as, or what ran out.</summary>
        [DataMember(Name = "what", EmitDefaultValue = false)] public string What { get; set; }
        /// <summary>The digest.</summary>
        [DataMember(Name = "digest", EmitDefaultValue = false)] public string Digest { get; set; }
        /// <summary>The size in bits.</summary>
        [DataMember(Name = "bits", EmitDefaultValue = false)] public long? Bits { get; set; }
        /// <summary>The least acceptable.</summary>
        [DataMember(Name = "minimum", EmitDefaultValue = false)] public long? Minimum { get; set; }
        /// <summary>The most that is accepted.</summary>
        [DataMember(Name = "maximum", EmitDefaultValue = false)] public long? Maximum { get; set; }
    }
}
