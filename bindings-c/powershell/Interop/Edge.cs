// The trust edges of hosts.

namespace VITrust
{
    public sealed partial class Edge
    {
        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(VCenter + " / " + Host + " " + Kind + ": " + Verdict); }
    }
}
