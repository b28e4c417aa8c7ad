// What a store or an input holds beside certificates, and what is wrong with it.

namespace VITrust
{
    public sealed partial class Unreadable
    {
        /// <summary>For people.</summary>
        public override string ToString() { return Place + ": " + Words.Clean(Reason); }
    }

    public sealed partial class LintIssue
    {
        /// <summary>For people.</summary>
        public override string ToString() { return Severity + " " + Kind + " at " + Place; }
    }
}
