// The trust edges of hosts.

using System.Linq;

namespace VITrust
{
    public sealed partial class Edge
    {
        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Certificate == null ? null : Certificate.Sha1); } }

        /// <summary>SHA-256 of the certificate's DER.</summary>
        public string Sha256 { get { return Certificate == null ? null : Certificate.Sha256; } }

        /// <summary>The subject of what is presented.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }

        /// <summary>Why it is not trusted, or what must be known for an answer; empty where it is trusted.</summary>
        public string Reason
        {
            get
            {
                Rejection nearest = Words.All(Rejections).FirstOrDefault();
                if (nearest != null) return nearest.Message;
                return Words.All(Missing).Any() ? "not known without " + string.Join(", ", Words.All(Missing)) : "";
            }
        }

        /// <summary>The same in a word or two: the code of the rejection, or what is not known; Reason has the sentence.</summary>
        public string Why
        {
            get
            {
                Rejection nearest = Words.All(Rejections).FirstOrDefault();
                if (nearest != null) return nearest.Code;
                return Words.All(Missing).FirstOrDefault() ?? "";
            }
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(VCenter + " / " + Host + " " + Kind + ": " + Verdict); }
    }
}
