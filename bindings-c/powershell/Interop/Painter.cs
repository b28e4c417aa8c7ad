// Lines of text with or without colour, wrapped at words.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace VITrust
{
    /// <summary>A text and its style.</summary>
    internal struct Span
    {
        internal readonly string Text;
        internal readonly string Style;

        internal Span(string text, string style)
        {
            Text = text;
            Style = style;
        }

        public static implicit operator Span(string text) { return new Span(text, ""); }
    }

    /// <summary>Lines of text with or without colour, wrapped at words.</summary>
    internal sealed class Painter
    {
        internal const int Width = 120;
        internal const string Bold = "1", Dim = "2", Green = "32", Red = "1;31", Yellow = "33", Cyan = "36";
        private const string Fancy = "\u2192\u00b7\u2026\u2500\u00d7\u2264\u2022";
        private static readonly string[] Plain = { "->", "-", "...", "-", "x", "<=", "*" };
        private readonly bool ansi;
        private readonly bool unicode;
        private readonly int width;
        private readonly StringBuilder lines = new StringBuilder();

        internal Painter(bool ansi, bool unicode, int width)
        {
            this.ansi = ansi;
            this.unicode = unicode;
            this.width = Math.Max(width, 20);
        }

        internal int Columns { get { return width; } }

        internal static bool ConsoleIsUnicode()
        {
            try
            {
                return Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase);
            }
            catch (IOException)
            {
                return false;
            }
        }

        /// <summary>The lines so far, without the ends of lines that are only blanks.</summary>
        internal string Take() { return lines.ToString().TrimEnd('\n').TrimStart('\n'); }

        internal void Heading(string title, string note)
        {
            lines.Append('\n');
            Line(0, new Span(title, Bold), new Span("  " + note, Dim));
        }

        internal Span Trust(string answer)
        {
            switch (answer)
            {
                case "trusted": return new Span(unicode ? "\u2713" : "+", Green);
                case "untrusted": return new Span(unicode ? "\u2717" : "x", Red);
                case "unknown": return new Span("?", Yellow);
                default: return new Span(unicode ? "\u00b7" : ".", Dim);
            }
        }

        internal string Clean(string text)
        {
            string clean = Words.Clean(text);
            if (unicode) return clean;
            StringBuilder ascii = new StringBuilder(clean.Length);
            for (int index = 0; index < clean.Length; index++)
            {
                int known = Fancy.IndexOf(clean[index]);
                bool pair = char.IsSurrogatePair(clean, index);
                if (known >= 0) ascii.Append(Plain[known]);
                else if (clean[index] < 128) ascii.Append(clean[index]);
                else ascii.Append(Words.Escaped(pair ? char.ConvertToUtf32(clean, index) : clean[index]));
                if (pair) index++;
            }
            return ascii.ToString();
        }

        /// <summary>Adds one paragraph, wrapped at its indent.</summary>
        internal void Line(int indent, params Span[] spans)
        {
            List<char> characters = new List<char>();
            List<string> styles = new List<string>();
            foreach (Span span in spans)
            {
                foreach (char character in Clean(span.Text))
                {
                    characters.Add(character);
                    styles.Add(span.Style);
                }
            }
            string text = new string(characters.ToArray());
            foreach (KeyValuePair<int, int> row in Rows(text, Math.Max(width - indent, 20)))
            {
                lines.Append(' ', indent);
                Styled(text, styles, row.Key, row.Value);
                lines.Append('\n');
            }
        }

        /// <summary>Adds a line of cells as they are.</summary>
        internal void Cells(IEnumerable<Span> cells)
        {
            StringBuilder plain = new StringBuilder();
            List<string> styles = new List<string>();
            foreach (Span cell in cells)
            {
                plain.Append(cell.Text);
                styles.AddRange(Enumerable.Repeat(cell.Style, cell.Text.Length));
            }
            string text = plain.ToString();
            Styled(text, styles, 0, text.Length);
            lines.Append('\n');
        }

        private void Styled(string text, List<string> styles, int start, int end)
        {
            while (end > start && text[end - 1] == ' ') end--;
            string current = "";
            for (int index = start; index < end; index++)
            {
                if (ansi && styles[index] != current)
                {
                    if (current.Length > 0) lines.Append("\u001b[0m");
                    current = styles[index];
                    if (current.Length > 0) lines.Append("\u001b[").Append(current).Append('m');
                }
                lines.Append(text[index]);
            }
            if (current.Length > 0) lines.Append("\u001b[0m");
        }

        /// <summary>Where each row begins and ends: as many words as fit, and a longer word cut.</summary>
        private static IEnumerable<KeyValuePair<int, int>> Rows(string text, int width)
        {
            int start = 0, position = 0;
            while (position < text.Length)
            {
                int word = position;
                while (word < text.Length && text[word] == ' ') word++;
                while (word < text.Length && text[word] != ' ') word++;
                if (word - start > width && position > start)
                {
                    yield return new KeyValuePair<int, int>(start, position);
                    while (position < text.Length && text[position] == ' ') position++;
                    start = position;
                    continue;
                }
                while (word - start > width)
                {
                    yield return new KeyValuePair<int, int>(start, start + width);
                    start += width;
                }
                position = word;
            }
            yield return new KeyValuePair<int, int>(start, text.Length);
        }
    }
}
