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

        /// <summary>Each addition.</summary>
        public override string ToString() { return View.Text(Rows); }
    }

    public sealed partial class Addition
    {
        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Add == null ? null : Add.Sha1); } }

        /// <summary>SHA-256 of the certificate's DER.</summary>
        public string Sha256 { get { return Add == null ? null : Add.Sha256; } }

        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Add == null ? null : Add.Subject; } }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean((Add == null ? "" : Add.ShortName) + " to " + string.Join(", ", Words.All(To))); }
    }
}
