// What servers present, unverified.

using System;
using System.Globalization;
using System.Linq;

namespace VITrust
{
    public sealed partial class Endpoint
    {
        /// <summary>The end-entity certificate, or null.</summary>
        public Certificate Certificate { get { return Words.All(Chain).FirstOrDefault(); } }

        /// <summary>The whole chain as PEM text.</summary>
        public string Pem { get { return string.Concat(Words.All(Chain).Select(certificate => certificate.Pem)); } }

        /// <summary>The subject of the end-entity certificate.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }

        /// <summary>Its last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return Certificate == null ? null : Certificate.NotAfter; } }

        /// <summary>What went wrong in one sentence; empty when nothing did.</summary>
        public string Problem { get { return Failure == null ? "" : Words.Clean(Failure.Message); } }

        /// <summary>What was asked.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }

    public sealed partial class Alert
    {
        /// <summary>For people.</summary>
        public override string ToString()
        {
            string who = From == "peer" ? "the server" : "this side";
            return Words.Clean(string.Format(CultureInfo.InvariantCulture, "{0} sent alert {1} ({2})", who, Number, Name));
        }
    }

    public sealed partial class ProbeFailure
    {
        /// <summary>The id of an error record.</summary>
        public string Id { get { return Errors.Id(Name); } }

        /// <summary>The name of PowerShell's ErrorCategory that fits.</summary>
        public string Category { get { return Errors.Category(Code); } }

        /// <summary>What happened.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }
}
