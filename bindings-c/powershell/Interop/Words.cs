// Safe words: what others named, as text that no terminal takes for a command.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VITrust
{
    /// <summary>Safe words.</summary>
    internal static class Words
    {
        /// <summary>Null for an empty text: PowerShell has no null for text.</summary>
        internal static string Given(string text) { return string.IsNullOrEmpty(text) ? null : text; }

        /// <summary>Shows control characters by their number: those of a certificate never reach a terminal.</summary>
        internal static string Clean(string text)
        {
            if (text == null) return "";
            StringBuilder clean = new StringBuilder(text.Length);
            for (int index = 0; index < text.Length; index++)
            {
                bool pair = char.IsSurrogatePair(text, index);
                if (IsPrintable(text, index))
                {
                    clean.Append(text[index]);
                    if (pair) clean.Append(text[index + 1]);
                }
                else
                {
                    clean.Append(Escaped(pair ? char.ConvertToUtf32(text, index) : text[index]));
                }
                if (pair) index++;
            }
            return clean.ToString();
        }

        private static bool IsPrintable(string text, int index)
        {
            if (text[index] == ' ') return true;
            switch (CharUnicodeInfo.GetUnicodeCategory(text, index))
            {
                case UnicodeCategory.Control:
                case UnicodeCategory.Format:
                case UnicodeCategory.Surrogate:
                case UnicodeCategory.PrivateUse:
                case UnicodeCategory.OtherNotAssigned:
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                case UnicodeCategory.SpaceSeparator:
                    return false;
                default:
                    return true;
            }
        }

        private static string Escaped(int character)
        {
            switch (character)
            {
                case '\t': return "\\t";
                case '\n': return "\\n";
                case '\r': return "\\r";
            }
            string form = character < 0x100 ? "\\x{0:x2}" : character < 0x10000 ? "\\u{0:x4}" : "\\U{0:x8}";
            return string.Format(CultureInfo.InvariantCulture, form, character);
        }

        /// <summary>Hexadecimal in upper case.</summary>
        internal static string Upper(string hexadecimal) { return hexadecimal == null ? null : hexadecimal.ToUpperInvariant(); }

        /// <summary>The items that are there: none where there is no list.</summary>
        internal static IEnumerable<T> All<T>(IEnumerable<T> items) where T : class
        {
            return (items ?? Enumerable.Empty<T>()).Where(item => item != null);
        }
    }
}
