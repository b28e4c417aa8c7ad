// When certificates end, and where they are used.

using System;
using System.Globalization;

namespace VITrust
{
    public sealed partial class ExpiryRow
    {
        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Certificate == null ? null : Certificate.Sha1); } }

        /// <summary>SHA-256 of the certificate's DER.</summary>
        public string Sha256 { get { return Certificate == null ? null : Certificate.Sha256; } }

        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }

        /// <summary>Its last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return Certificate == null ? null : Certificate.NotAfter; } }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            return Words.Clean(string.Format(CultureInfo.InvariantCulture, "{0} {1} days {2}", Ranks.Word(State), DaysLeft, Certificate == null ? "" : Certificate.ShortName));
        }
    }

    public sealed partial class Limits
    {
        /// <summary>As thresholds are written: "60/30".</summary>
        public override string ToString() { return string.Format(CultureInfo.InvariantCulture, "{0}/{1}", Soft, Hard); }
    }

    public sealed partial class ExpiryUse
    {
        /// <summary>For people: "vc01 castore (3)".</summary>
        public override string ToString()
        {
            string count = Count == 1 ? "" : string.Format(CultureInfo.InvariantCulture, " ({0})", Count);
            return Words.Clean(VCenter + " " + Part + count);
        }
    }
}
