// What a collection brought and could not bring, in short.

namespace VITrust
{
    public sealed partial class CollectFailure
    {
        /// <summary>The id of an error record.</summary>
        public string Id { get { return Errors.Id(Name); } }

        /// <summary>The name of PowerShell's ErrorCategory that fits.</summary>
        public string Category { get { return Errors.Category(Code); } }

        /// <summary>The same as an exception, for an error record.</summary>
        public VITrustException ToException() { return new VITrustException(Code, Name, ToString(), null, null); }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(VCenter + ": " + Object + ": " + Message); }
    }

    public sealed partial class VCenterSummary
    {
        /// <summary>The name.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }
}
