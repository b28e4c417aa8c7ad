// What a view shows of a value that others chose.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;

namespace VITrust
{
    /// <summary>Values as every view shows them: no terminal takes them for a command. The value itself stays in the property.</summary>
    public static class View
    {
        // The languages in which PowerShell breaks the lines of a table at words; elsewhere it breaks them anywhere.
        private static readonly string[] Broken = { "en", "fr", "de", "it", "pt", "es" };

        /// <summary>Text without anything that a terminal would act on; of several values each, parted by commas.</summary>
        public static string Text(object value)
        {
            if (value == null) return "";
            string text = value as string;
            if (text != null) return Words.Clean(text);
            IEnumerable many = value as IEnumerable;
            if (many != null) return string.Join(", ", many.Cast<object>().Select(Text));
            return Words.Clean(Convert.ToString(value, CultureInfo.CurrentCulture));
        }

        /// <summary>The same on one line of at most 200 characters, for a message that repeats what it was given.</summary>
        public static string Short(object value)
        {
            string text = Text(value);
            return text.Length <= 200 ? text : text.Substring(0, 200) + "...";
        }

        /// <summary>The same for a column of a table that takes its share of what others leave of the line, with its lines broken at
        /// words.</summary>
        public static string Cell(object value, object host, int used, int share)
        {
            string text = Text(value);
            if (Broken.Contains(CultureInfo.CurrentCulture.TwoLetterISOLanguageName)) return text;
            int width = (Columns(host) - used) / share;
            return width < 8 || text.Length <= width ? text : string.Join("\n", Lines(text, width));
        }

        /// <summary>How many columns a host of PowerShell has; 120 for one that does not say.</summary>
        public static int Columns(object host)
        {
            try
            {
                object width = Member(Member(Member(Member(host, "UI"), "RawUI"), "BufferSize"), "Width");
                return width is int && (int)width > 0 ? (int)width : 120;
            }
            catch (TargetInvocationException)
            {
                // A host without a screen throws what it likes.
                return 120;
            }
        }

        private static object Member(object value, string name)
        {
            PropertyInfo property = value == null ? null : value.GetType().GetProperty(name);
            return property == null ? null : property.GetValue(value, null);
        }

        private static IEnumerable<string> Lines(string text, int width)
        {
            StringBuilder line = new StringBuilder();
            foreach (string word in text.Split(' '))
            {
                string rest = word;
                if (line.Length > 0 && line.Length + 1 + rest.Length > width)
                {
                    yield return line.ToString();
                    line.Clear();
                }
                if (line.Length > 0) line.Append(' ');
                for (; rest.Length > width; rest = rest.Substring(width)) yield return rest.Substring(0, width);
                line.Append(rest);
            }
            if (line.Length > 0) yield return line.ToString();
        }
    }
}
