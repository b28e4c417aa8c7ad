// What one consumer would decide about a chain, and every rule that was broken.

using System.IO;
using System.Linq;

namespace VITrust
{
    public sealed partial class Verdict
    {
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
        public override string ToString() { return Trusted ? Reason : (State ?? "untrusted") + ": " + Reason; }
    }

    public sealed partial class Rejection
    {
        /// <summary>What is wrong.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }
}
