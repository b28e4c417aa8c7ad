// What one consumer would decide about a chain, and every rule that was broken.

using System.IO;
using System.Linq;

namespace VITrust
{
    public sealed partial class Verdict
    {
        /// <summary>What was judged: the file, the endpoint, or what else the chain came from.</summary>
        public string Source { get; set; }

        /// <summary>The subject of the certificate that was asked about.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }

        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Certificate == null ? null : Certificate.Sha1); } }

        /// <summary>SHA-256 of its DER.</summary>
        public string Sha256 { get { return Certificate == null ? null : Certificate.Sha256; } }

        /// <summary>The certificate the path ends in, or null.</summary>
        public CertificateFacts Anchor { get { return Words.All(Path).LastOrDefault(); } }

        /// <summary>Whether the answer is a failure: "high,unknown", "never" and the like say what counts.</summary>
        public bool Fails(string failOn)
        {
            using (Report report = Report.FromJson(ToJson()))
            {
                return report.Fails(new FailsOptions { View = "verdict", FailOn = failOn });
            }
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(Trusted ? Reason : (State ?? "untrusted") + ": " + Reason); }
    }

    public sealed partial class Rejection
    {
        /// <summary>What is wrong.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }
}
