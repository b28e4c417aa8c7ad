// Certificates: as a store or server has them, as reports record them, and as paths show them.

using System;
using System.Globalization;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>A certificate with its fields, where it stood, and its text. What a server presented has fewer fields.</summary>
    [DataContract]
    public sealed class Certificate : Row
    {
        /// <summary>Where it was read; null for one that a server presented.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get; set; }
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>The serial number, lowercase hex.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get; set; }
        /// <summary>1, 2 or 3.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public int? Version { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before")] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>SHA-1 of the DER: the alias in TRUSTED_ROOTS.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Key identifier of the issuer.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get; set; }
        /// <summary>Whether it is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>How many intermediates may follow below it.</summary>
        [DataMember(Name = "path_length", EmitDefaultValue = false)] public long? PathLength { get; set; }
        /// <summary>Key usage by the names of RFC 5280; null without the extension.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public string[] KeyUsage { get; set; }
        /// <summary>Extended key usages as dotted identifiers; null without the extension.</summary>
        [DataMember(Name = "extended_key_usage", EmitDefaultValue = false)] public string[] ExtendedKeyUsage { get; set; }
        /// <summary>Alternative names: "DNS:vc01.example".</summary>
        [DataMember(Name = "subject_alternative_names", EmitDefaultValue = false)] public string[] SubjectAlternativeNames { get; set; }
        /// <summary>The kind of key.</summary>
        [DataMember(Name = "key_algorithm", EmitDefaultValue = false)] public string KeyAlgorithm { get; set; }
        /// <summary>The size of the key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get; set; }
        /// <summary>The signature algorithm as OpenSSL names it.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get; set; }
        /// <summary>Critical extensions as dotted identifiers.</summary>
        [DataMember(Name = "critical_extensions", EmitDefaultValue = false)] public string[] CriticalExtensions { get; set; }
        /// <summary>The certificate as PEM text.</summary>
        [DataMember(Name = "pem")] public string Pem { get; set; }
        /// <summary>The telling part of the subject.</summary>
        public string ShortName { get { return Words.CommonName(Subject); } }
        /// <summary>SHA-1 in upper case, as X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Sha1 == null ? null : Sha1.ToUpperInvariant(); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    /// <summary>What a report says about one certificate, or about an entry of which only a printed dump exists.</summary>
    [DataContract]
    public sealed class CertificateRecord
    {
        /// <summary>What it is called in its report.</summary>
        [DataMember(Name = "id", EmitDefaultValue = false)] public string Id { get; set; }
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>The serial number, lowercase hex.</summary>
        [DataMember(Name = "serial_number")] public string SerialNumber { get; set; }
        /// <summary>SHA-256 of the DER; null when only a dump exists.</summary>
        [DataMember(Name = "sha256", EmitDefaultValue = false)] public string Sha256 { get; set; }
        /// <summary>SHA-1 of the DER: the alias in TRUSTED_ROOTS.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Whether it is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>The telling part of the subject.</summary>
        public string ShortName { get { return Words.CommonName(Subject); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    /// <summary>Enough of a certificate of a path to find it again.</summary>
    [DataContract]
    public sealed class CertificateFacts
    {
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        /// <summary>SHA-1 of the DER.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get; set; }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime NotAfter { get { return notAfter.Time.GetValueOrDefault(); } set { notAfter = new Moment(value); } }
        /// <summary>Where it came from.</summary>
        [DataMember(Name = "origin")] public Origin Origin { get; set; }
        /// <summary>The telling part of the subject.</summary>
        public string ShortName { get { return Words.CommonName(Subject); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    /// <summary>Where something was read.</summary>
    [DataContract]
    public sealed class Place
    {
        /// <summary>The file, archive member or server.</summary>
        [DataMember(Name = "source", EmitDefaultValue = false)] public string Source { get; set; }
        /// <summary>The line, from 1.</summary>
        [DataMember(Name = "line", EmitDefaultValue = false)] public long? Line { get; set; }
        /// <summary>The VECS store.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public string Store { get; set; }
        /// <summary>The alias in VECS, or the id of a trusted root chain.</summary>
        [DataMember(Name = "alias", EmitDefaultValue = false)] public string Alias { get; set; }

        /// <summary>For people: "castore.pem line 412".</summary>
        public override string ToString()
        {
            string line = Line.HasValue ? " line " + Line.Value.ToString(CultureInfo.InvariantCulture) : "";
            string alias = Alias == null ? "" : " (alias " + Alias + ")";
            return Words.Clean((Source ?? "input") + line + alias);
        }
    }

    /// <summary>Where a certificate of a path came from: one of the two.</summary>
    [DataContract]
    public sealed class Origin
    {
        /// <summary>The position in the presented chain, 0 for the end-entity certificate.</summary>
        [DataMember(Name = "presented", EmitDefaultValue = false)] public long? Presented { get; set; }
        /// <summary>Where in the store it was read.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public Place Store { get; set; }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            return Store != null ? Store.ToString() : string.Format(CultureInfo.InvariantCulture, "presented {0}", Presented);
        }
    }
}
