// Short and safe words.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VITrust
{
    /// <summary>Short and safe words.</summary>
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

        internal static string Escaped(int character)
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

        /// <summary>The telling part of a subject: its common name, or its organisation where that is only CA.</summary>
        internal static string CommonName(string subject)
        {
            if (subject == null) return "";
            string name = null, organisation = null;
            foreach (string part in subject.Split(new[] { ", " }, StringSplitOptions.None))
            {
                if (name == null && part.StartsWith("CN=", StringComparison.Ordinal)) name = part.Substring(3);
                if (organisation == null && part.StartsWith("O=", StringComparison.Ordinal)) organisation = part.Substring(2);
            }
            name = name ?? subject;
            // Every VMCA root is called CA; the vCenter's name is its organisation.
            if (name != "CA" || organisation == null) return Clean(name);
            return Clean((subject.Contains("DC=vsphere") ? "VMCA of " : "CA of ") + organisation);
        }

        /// <summary>The same, with further full subjects to look for.</summary>
        internal static string Readable(string message, IEnumerable<string> subjects)
        {
            string readable = Readable(message);
            foreach (string subject in subjects.Where(name => !string.IsNullOrEmpty(name)).OrderByDescending(name => name.Length))
            {
                readable = readable.Replace(Clean(subject), CommonName(subject));
            }
            return readable;
        }

        /// <summary>Shortens full subjects in backticks to their telling part, and midnights to their date.</summary>
        internal static string Readable(string message)
        {
            if (message == null) return "";
            string[] parts = message.Split('`');
            StringBuilder text = new StringBuilder(parts[0]);
            for (int index = 1; index < parts.Length; index++)
            {
                bool quoted = index % 2 == 1 && index + 1 < parts.Length;
                if (quoted && parts[index].Contains("=")) text.Append(CommonName(parts[index]));
                else if (quoted) text.Append('`').Append(parts[index]).Append('`');
                else text.Append(index % 2 == 1 ? "`" : "").Append(parts[index]);
            }
            return Clean(text.Replace("T00:00:00Z", "").ToString());
        }

        /// <summary>The items that are there: none where there is no array.</summary>
        internal static IEnumerable<T> All<T>(T[] items) where T : class
        {
            return (items ?? new T[0]).Where(item => item != null);
        }

        /// <summary>Joins the first of many items.</summary>
        internal static string Listing(IEnumerable<string> items, int most, string between)
        {
            List<string> all = items.ToList();
            string first = string.Join(between, all.Take(most));
            if (all.Count <= most) return first;
            return first + " and " + (all.Count - most).ToString("N0", CultureInfo.InvariantCulture) + " more";
        }

        /// <summary>A number with its noun.</summary>
        internal static string Count(long number, string one, string many)
        {
            return number.ToString("N0", CultureInfo.InvariantCulture) + " " + (number == 1 ? one : many);
        }

        /// <summary>A host name without its domain; an address stays whole.</summary>
        internal static string Host(string name)
        {
            if (string.IsNullOrEmpty(name)) return "";
            string first = name.Split('.')[0];
            return IsNumber(first) || first.Contains(" ") ? name : first;
        }

        private static bool IsNumber(string text) { return text.Length > 0 && text.All(char.IsDigit); }

        /// <summary>Names without their domain, where that tells them apart.</summary>
        internal static Dictionary<string, string> ShortNames(IEnumerable<string> names)
        {
            List<string> all = names.Distinct().ToList();
            Dictionary<string, string> first = all.ToDictionary(name => name, name => name.Split('.')[0]);
            bool apart = first.Values.Distinct().Count() == all.Count && !first.Values.Any(IsNumber);
            return apart ? first : all.ToDictionary(name => name, name => name);
        }

        /// <summary>Where something is: each vCenter and part once, with the hosts it holds for.</summary>
        internal static string Where(Subject[] subjects)
        {
            List<string> places = new List<string>();
            Dictionary<string, List<string>> owners = new Dictionary<string, List<string>>();
            foreach (Subject subject in All(subjects))
            {
                string place = (Host(subject.VCenter) + " " + subject.Part).Trim();
                string owner = Given(subject.Provider) ?? Given(subject.Host);
                if (!owners.ContainsKey(place))
                {
                    places.Add(place);
                    owners[place] = new List<string>();
                }
                if (owner != null && !owners[place].Contains(Host(owner))) owners[place].Add(Host(owner));
                if (place.Length == 0 && owner == null && subject.Place != null) owners[place].Add(subject.Place.ToString());
            }
            IEnumerable<string> texts = places.Select(delegate(string place)
            {
                string listed = Listing(owners[place], 6, ", ");
                return place.Length > 0 && listed.Length > 0 ? place + ": " + listed : place.Length > 0 ? place : listed;
            });
            string where = Listing(texts.Where(text => text.Length > 0), 6, "; ");
            return where.Length > 0 ? Clean(where) : "the estate";
        }
    }
}
