// Which vCenter trusts which, and why not.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VITrust
{
    public sealed partial class Matrix
    {
        /// <summary>Why cells are not trusted, the cause of most cells first.</summary>
        public Cause[] Causes { get; internal set; }

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
        public string Draw(bool ansi) { return Draw(ansi, Painter.ConsoleIsUnicode(), Painter.Width); }

        /// <summary>Draws the grid with lines up to a width, in Unicode where the console takes it.</summary>
        public string Draw(bool ansi, int width) { return Draw(ansi, Painter.ConsoleIsUnicode(), width); }

        /// <summary>Draws the grid: colours by ANSI codes or none, signs of Unicode or ASCII, lines up to a width.</summary>
        public string Draw(bool ansi, bool unicode, int width)
        {
            return new MatrixPainter(this, new Painter(ansi, unicode, width)).Picture();
        }

        /// <summary>Says why cells are not trusted and what to add where.</summary>
        public string Explain(bool ansi) { return Explain(ansi, Painter.ConsoleIsUnicode(), Painter.Width); }

        /// <summary>Says why cells are not trusted and what to add where.</summary>
        public string Explain(bool ansi, bool unicode, int width)
        {
            return new MatrixPainter(this, new Painter(ansi, unicode, width)).Reasons();
        }

        partial void Starting()
        {
            Causes = new Cause[0];
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
            throw new KeyNotFoundException("no vCenter of the matrix is called " + vcenter);
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
            Rejection nearest = Words.All(Rejections).FirstOrDefault();
            string name = Certificate == null ? "" : Certificate.ShortName;
            return name + ": " + (nearest == null ? "" : Words.Readable(nearest.Message));
        }
    }

    public sealed partial class CellName
    {
        /// <summary>For people: "vc01 -> vc02".</summary>
        public override string ToString() { return Words.Clean(From + " -> " + To); }
    }
}
