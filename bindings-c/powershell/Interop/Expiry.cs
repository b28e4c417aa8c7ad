// When certificates end, and where they are used.

using System;
using System.Globalization;
using System.Linq;

namespace VITrust
{
    public sealed partial class ExpiryRow
    {
        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }

        /// <summary>Its last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return Certificate == null ? null : Certificate.NotAfter; } }

        /// <summary>Where it is used, in one line.</summary>
        public string Where { get { return Words.Listing(Words.All(Uses).Select(use => use.ToString()), 3, ", "); } }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} {1} days {2}", State, DaysLeft, Words.CommonName(Subject));
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
            return Words.Clean(Words.Host(VCenter) + " " + Part + count);
        }
    }
}
