// Points in time, as the library writes them and as .NET has them.

using System;
using System.Globalization;

namespace VITrust
{
    /// <summary>A point in time as the library writes it (RFC 3339, UTC, whole seconds) and as .NET has it. It is read once,
    /// when it comes in: a text that is not a time fails there.</summary>
    internal struct Moment
    {
        private static readonly string[] Forms = { "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" };

        /// <summary>The text, or null.</summary>
        internal readonly string Text;
        /// <summary>The time of the text, or null.</summary>
        internal readonly DateTime? Time;

        internal Moment(string text)
        {
            Text = text;
            Time = text == null ? (DateTime?)null : Read(text);
        }

        internal Moment(DateTime? time) : this(WriteOptional(time)) { }

        /// <summary>Reads a time. Years that DateTime does not have become the nearest it has.</summary>
        internal static DateTime Read(string text)
        {
            DateTime time;
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, Utc, out time)) return time;
            bool early = text.StartsWith("-", StringComparison.Ordinal) || text.StartsWith("0000-", StringComparison.Ordinal);
            bool late = text.StartsWith("+", StringComparison.Ordinal);
            if (!early && !late) throw new FormatException("`" + text + "` is not a time");
            return DateTime.SpecifyKind(early ? DateTime.MinValue : DateTime.MaxValue, DateTimeKind.Utc);
        }

        /// <summary>Writes a time. One without a zone is taken for UTC.</summary>
        internal static string Write(DateTime time)
        {
            DateTime utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
            return utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        internal static string WriteOptional(DateTime? time)
        {
            return time.HasValue ? Write(time.Value) : null;
        }
    }
}
