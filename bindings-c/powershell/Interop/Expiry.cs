// When certificates end, and where they are used.

using System;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>One certificate and its end.</summary>
    [DataContract]
    public sealed class ExpiryRow : Row, ITabled
    {
        /// <summary>The certificate.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>Whole days until its end, rounded down; negative when it has passed.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get; set; }
        /// <summary>expired, not-yet-valid, hard, soft or good.</summary>
        [DataMember(Name = "state")] public string State { get; set; }
        /// <summary>The limits that state was judged by.</summary>
        [DataMember(Name = "limits")] public Limits Limits { get; set; }
        /// <summary>Where it is used.</summary>
        [DataMember(Name = "uses")] public ExpiryUse[] Uses { get; set; }
        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }
        /// <summary>Its last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return Certificate == null ? null : Certificate.NotAfter; } }
        /// <summary>Where it is used, in one line.</summary>
        public string Where { get { return Words.Listing(Words.All(Uses).Select(use => use.ToString()), 3, ", "); } }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Uses = new ExpiryUse[0]; }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} {1} days {2}", State, DaysLeft, Words.CommonName(Subject));
        }
    }

    /// <summary>Two limits in days before the end of validity.</summary>
    [DataContract]
    public sealed class Limits
    {
        /// <summary>The first to be reached.</summary>
        [DataMember(Name = "soft")] public long Soft { get; set; }
        /// <summary>The last to be reached.</summary>
        [DataMember(Name = "hard")] public long Hard { get; set; }

        /// <summary>As thresholds are written: "60/30".</summary>
        public override string ToString() { return string.Format(CultureInfo.InvariantCulture, "{0}/{1}", Soft, Hard); }
    }

    /// <summary>The uses of one certificate in one part of a vCenter's estate.</summary>
    [DataContract]
    public sealed class ExpiryUse
    {
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>The part.</summary>
        [DataMember(Name = "part")] public string Part { get; set; }
        /// <summary>How many.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first names.</summary>
        [DataMember(Name = "names", EmitDefaultValue = false)] public string[] Names { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Names = new string[0]; }

        /// <summary>For people: "vc01 castore (3)".</summary>
        public override string ToString()
        {
            string count = Count == 1 ? "" : string.Format(CultureInfo.InvariantCulture, " ({0})", Count);
            return Words.Clean(Words.Host(VCenter) + " " + Part + count);
        }
    }
}
