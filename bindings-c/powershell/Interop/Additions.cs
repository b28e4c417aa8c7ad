// What to add where, so that every vCenter trusts every other.

using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>What to add where so that everyone trusts everyone.</summary>
    [DataContract]
    public sealed class Additions : Row, ITabled
    {
        /// <summary>The additions, the one with most targets first.</summary>
        [DataMember(Name = "rows")] public Addition[] Rows { get; set; }
        /// <summary>What no known certificate can mend.</summary>
        [DataMember(Name = "unfixable")] public Unfixable[] Unfixable { get; set; }
        /// <summary>Whether it is proved that no smaller set does the same.</summary>
        [DataMember(Name = "is_minimal")] public bool IsMinimal { get; set; }

        internal static Additions None()
        {
            Additions none = new Additions();
            none.Begin(new StreamingContext());
            return none;
        }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Rows);
            tables.Fill(Unfixable);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rows = new Addition[0];
            Unfixable = new Unfixable[0];
        }
    }

    /// <summary>One certificate and the stores it is to be added to.</summary>
    [DataContract]
    public sealed class Addition : Row, ITabled
    {
        /// <summary>The certificate to add.</summary>
        public CertificateRecord Add { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "add_id")] public string AddId { get; set; }
        /// <summary>The certificate itself, as PEM.</summary>
        [DataMember(Name = "pem")] public string Pem { get; set; }
        /// <summary>Where it was found.</summary>
        [DataMember(Name = "sources")] public string[] Sources { get; set; }
        /// <summary>The parties whose TRUSTED_ROOTS gets it.</summary>
        [DataMember(Name = "to")] public string[] To { get; set; }
        /// <summary>The parties that are trusted thereby.</summary>
        [DataMember(Name = "because")] public string[] Because { get; set; }
        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Add == null ? null : Add.Subject; } }

        void ITabled.Fill(Tables tables)
        {
            Add = tables.Certificate(AddId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Sources = new string[0];
            To = new string[0];
            Because = new string[0];
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.CommonName(Subject) + " to " + Words.Listing(Words.All(To), 12, ", "); }
    }

    /// <summary>A presented certificate that no addition makes trusted.</summary>
    [DataContract]
    public sealed class Unfixable : Row, ITabled
    {
        /// <summary>The certificate.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>What is wrong even when every known certificate is trusted.</summary>
        [DataMember(Name = "reason")] public string Reason { get; set; }
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get; set; }
        /// <summary>How many cells stay untrusted.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first of them.</summary>
        [DataMember(Name = "cells")] public CellName[] Cells { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Cells = new CellName[0]; }
    }
}
