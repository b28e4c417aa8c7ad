// Certificates: as a store or server has them, as reports record them, and as paths show them.

using System.Globalization;

namespace VITrust
{
    public sealed partial class Certificate
    {
        /// <summary>SHA-1 in upper case, as X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Sha1); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    public sealed partial class CertificateRecord
    {
        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Sha1); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    public sealed partial class CertificateFacts
    {
        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Sha1); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    public sealed partial class Place
    {
        /// <summary>For people: "castore.pem line 412".</summary>
        public override string ToString()
        {
            string line = Line.HasValue ? " line " + Line.Value.ToString(CultureInfo.InvariantCulture) : "";
            string store = Store == null ? null : "store " + Store;
            string alias = Alias == null ? null : "alias " + Alias;
            string both = store != null && alias != null ? store + ", " + alias : store ?? alias;
            return Words.Clean((Source ?? "input") + line + (both == null ? "" : " (" + both + ")"));
        }
    }

    public sealed partial class Origin
    {
        /// <summary>For people.</summary>
        public override string ToString()
        {
            return Store != null ? Store.ToString() : string.Format(CultureInfo.InvariantCulture, "presented {0}", Presented);
        }
    }
}
