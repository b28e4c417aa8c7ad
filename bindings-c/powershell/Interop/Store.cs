// What a store or an input holds beside certificates, and what is wrong with it.

namespace VITrust
{
    public sealed partial class Unreadable
    {
        /// <summary>For people.</summary>
        public override string ToString() { return Place + ": " + Words.Clean(Reason); }
    }

    public sealed partial class DumpedEntry
    {
        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Sha1); } }
    }

    public sealed partial class LintIssue
    {
        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(Severity + " " + Kind + " at " + Place); }
    }
}
