// The trust edges of hosts.

using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>One of the four trust edges of a host.</summary>
    [DataContract]
    public sealed class Edge : Row, ITabled
    {
        /// <summary>vcenter-to-host, vcenter-to-provider, host-to-vcenter or host-to-sps.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>The host.</summary>
        [DataMember(Name = "host")] public string Host { get; set; }
        /// <summary>trusted, untrusted or unknown: the answer of the side that decides.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get; set; }
        /// <summary>Whose rules that side follows.</summary>
        [DataMember(Name = "consumer")] public string Consumer { get; set; }
        /// <summary>The answer by the profile that was asked for.</summary>
        [DataMember(Name = "profile_verdict")] public string ProfileVerdict { get; set; }
        /// <summary>Whether a pinned certificate decided, not a path.</summary>
        [DataMember(Name = "pinned", EmitDefaultValue = false)] public bool Pinned { get; set; }
        /// <summary>What would have to be known for an answer.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public string[] Missing { get; set; }
        /// <summary>The certificate that is presented, where known.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id", EmitDefaultValue = false)] public string CertificateId { get; set; }
        /// <summary>What is found wrong, nearest miss first.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public long[] RejectionIds { get; set; }
        /// <summary>The one change that mends it, when one is enough.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get; set; }
        /// <summary>The name it is reached by and does not carry.</summary>
        [DataMember(Name = "other_name", EmitDefaultValue = false)] public string OtherName { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Missing = new string[0];
            Rejections = new Rejection[0];
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(VCenter + " / " + Host + " " + Kind + ": " + Verdict); }
    }
}
