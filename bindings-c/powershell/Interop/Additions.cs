// What to add where, so that every vCenter trusts every other.

using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    public sealed partial class Additions
    {
        /// <summary>Nothing to add.</summary>
        internal static Additions None()
        {
            Additions none = new Additions();
            none.Begin(new StreamingContext());
            return none;
        }
    }

    public sealed partial class Addition
    {
        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Add == null ? null : Add.Subject; } }

        /// <summary>For people.</summary>
        public override string ToString() { return (Add == null ? "" : Add.ShortName) + " to " + Words.Clean(string.Join(", ", Words.All(To))); }
    }
}
