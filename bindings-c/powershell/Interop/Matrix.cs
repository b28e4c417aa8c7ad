// Which vCenter trusts which, and why not.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VITrust
{
    public sealed partial class Matrix
    {
        /// <summary>Why cells are not trusted, the cause of most cells first.</summary>
        public Many<Cause> Causes { get; internal set; }

        /// <summary>What to add to complete the matrix.</summary>
        public Additions Additions { get; internal set; }

        /// <summary>trusted, untrusted or unknown: the answer of a row about a column, both from 0.</summary>
        public string Cell(int row, int column) { return Answers(Rows[row][column]); }

        /// <summary>The same by the names of two vCenters.</summary>
        public string Answer(string from, string to) { return Cell(Number(from), Number(to)); }

        /// <summary>Whether one vCenter trusts what another presents. What is unknown is not trusted.</summary>
        public bool Trusts(string from, string to) { return Answer(from, to) == "trusted"; }

        /// <summary>The answer of one vCenter about the hosts of another; null when it has none.</summary>
        public string TrustsHosts(string from, string to) { return Answers(HostRows[Number(from)][Number(to)]); }

        /// <summary>Draws the grid, in Unicode where the console takes it.</summary>
        public string Draw(bool ansi) { return Draw(ansi, Page.ConsoleIsUnicode(), Page.Width); }

        /// <summary>Draws the grid with lines up to a width, in Unicode where the console takes it.</summary>
        public string Draw(bool ansi, int width) { return Draw(ansi, Page.ConsoleIsUnicode(), width); }

        /// <summary>Draws the grid: colours by ANSI codes or none, signs of Unicode or ASCII, lines up to a width.</summary>
        public string Draw(bool ansi, bool unicode, int width) { return Page.Of(Sections(), "matrix", ansi, unicode, width); }

        /// <summary>Says why cells are not trusted and what to add where.</summary>
        public string Explain(bool ansi) { return Explain(ansi, Page.ConsoleIsUnicode(), Page.Width); }

        /// <summary>Says why cells are not trusted and what to add where.</summary>
        public string Explain(bool ansi, bool unicode, int width) { return Page.Of(Sections(), "reasons", ansi, unicode, width); }

        /// <summary>The part of a report that is drawn: the matrix, and what was read with it.</summary>
        private string Sections()
        {
            StringBuilder json = new StringBuilder("{\"matrix\":").Append(ToJson());
            json.Append(",\"causes\":[").Append(string.Join(",", Words.All(Causes).Select(cause => cause.ToJson())));
            json.Append("],\"additions\":").Append((Additions ?? VITrust.Additions.None()).ToJson());
            IEnumerable<CertificateRecord> named = Words.All(Causes).Select(cause => cause.Certificate);
            if (Additions != null)
            {
                named = named.Concat(Words.All(Additions.Rows).Select(row => row.Add));
                named = named.Concat(Words.All(Additions.Unfixable).Select(gap => gap.Certificate));
            }
            IEnumerable<CertificateRecord> known = named.Where(record => record != null).GroupBy(record => record.Id).Select(all => all.First());
            json.Append(",\"certificates\":[").Append(string.Join(",", known.Select(record => Text.FromUtf8(Json.Write(record)))));
            return json.Append("]}").ToString();
        }

        partial void Starting()
        {
            Causes = new Many<Cause>();
            Additions = VITrust.Additions.None();
        }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            int size = Words.All(Parties).Count();
            if (IsMutual) return string.Format(CultureInfo.InvariantCulture, "{0} parties, mutual", size);
            return string.Format(CultureInfo.InvariantCulture, "{0} parties, {1} untrusted, {2} unknown", size, Untrusted, Unknown);
        }

        private int Number(string vcenter)
        {
            for (int number = 0; number < Parties.Length; number++)
            {
                if (Parties[number].VCenters.Contains(vcenter, StringComparer.OrdinalIgnoreCase)) return number;
            }
            // The labels of the grid: the first part of a name, where no other begins alike.
            string begin = vcenter + ".";
            int[] alike = Enumerable.Range(0, Parties.Length).Where(number => Parties[number].VCenters.Any(
                name => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))).ToArray();
            if (alike.Length == 1) return alike[0];
            string several = alike.Length > 1 ? "several vCenters of the matrix are named " : "no vCenter of the matrix is named ";
            throw new KeyNotFoundException(several + Words.Clean(vcenter));
        }

        private static string Answers(char sign)
        {
            switch (sign)
            {
                case '+': return "trusted";
                case '-': return "untrusted";
                case '?': return "unknown";
                default: return null;
            }
        }
    }

    public sealed partial class Party
    {
        /// <summary>The name.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }

    public sealed partial class Cause
    {
        /// <summary>For people.</summary>
        public override string ToString()
        {
            return Words.Clean((Certificate == null ? "" : Certificate.ShortName) + ": " + Summary);
        }
    }

    public sealed partial class CellName
    {
        /// <summary>For people: "vc01 -> vc02".</summary>
        public override string ToString() { return Words.Clean(From + " -> " + To); }
    }
}
