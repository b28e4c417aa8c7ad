// What one consumer would decide about a chain, and every rule that was broken.

using System.IO;
using System.Linq;

namespace VITrust
{
    public sealed partial class Verdict
    {
        /// <summary>The certificate the path ends in, or null.</summary>
        public CertificateFacts Anchor { get { return Words.All(Path).LastOrDefault(); } }

        /// <summary>For people.</summary>
        public override string ToString() { return Trusted ? Reason : (State ?? "untrusted") + ": " + Reason; }
    }

    public sealed partial class Rejection
    {
        /// <summary>What is wrong.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }
}
