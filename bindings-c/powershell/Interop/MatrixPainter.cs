// The picture of a matrix.

using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VITrust
{
    /// <summary>The picture of a matrix: the same that the command `vitrust matrix` prints.</summary>
    internal sealed class MatrixPainter
    {
        /// <summary>Above this the grid shows only parties that miss something.</summary>
        private const int Whole = 60;
        private const int Missing = 12;
        private const int Causes = 20;
        private readonly Matrix matrix;
        private readonly Painter paint;

        internal MatrixPainter(Matrix matrix, Painter paint)
        {
            this.matrix = matrix;
            this.paint = paint;
        }

        internal string Picture()
        {
            paint.Heading("TRUST BETWEEN VCENTERS", "rows trust, columns present");
            if (matrix.Parties.Length == 0)
            {
                paint.Line(2, "no vCenter is known");
                return paint.Take();
            }
            Verdict();
            foreach (Party party in matrix.Parties.Where(one => one.VCenters.Length > 1))
            {
                string together = Words.Listing(party.VCenters, 8, ", ");
                paint.Line(2, party.Name + " stands for " + together + ": one SSO domain shares its trust");
            }
            List<int> shown = Enumerable.Range(0, matrix.Parties.Length).ToList();
            if (shown.Count > Whole)
            {
                shown = shown.Where(Lacks).ToList();
                paint.Line(2, "only the " + Words.Count(shown.Count, "vCenter", "vCenters") + " with gaps are drawn");
            }
            if (shown.Count > 0) Grid(shown);
            Unknown();
            return paint.Take();
        }

        private bool Lacks(int party)
        {
            return Enumerable.Range(0, matrix.Parties.Length).Any(other =>
                matrix.Cell(party, other) != "trusted" || matrix.Cell(other, party) != "trusted");
        }

        private void Verdict()
        {
            long size = matrix.Parties.Length;
            if (matrix.IsMutual)
            {
                string parties = Words.Count(size, "party", "parties");
                paint.Line(2, paint.Trust("trusted"), " all of " + parties + " trust each other");
                return;
            }
            string links = Words.Count(size * size, "link", "links");
            string unknown = matrix.Unknown.ToString("N0", CultureInfo.InvariantCulture);
            string untrusted = matrix.Untrusted.ToString("N0", CultureInfo.InvariantCulture);
            if (matrix.Untrusted > 0)
            {
                string more = matrix.Unknown > 0 ? ", " + unknown + " not known" : "";
                paint.Line(2, paint.Trust("untrusted"), " " + untrusted + " of " + links + " untrusted" + more);
            }
            else
            {
                paint.Line(2, paint.Trust("unknown"), " " + unknown + " of " + links + " not known");
            }
        }

        private void Grid(List<int> shown)
        {
            List<string> names = shown.Select(position => matrix.Parties[position].Name).ToList();
            Dictionary<string, string> shortened = Words.ShortNames(names);
            List<string> labels = names.Select(name => paint.Clean(shortened[name])).ToList();
            int widest = names.Max(name => shortened[name].Length);
            // Names stand over the columns while they fit; beyond that, columns have numbers.
            bool fits = widest + names.Count * (widest + 2) + 6 <= paint.Columns;
            int digits = names.Count.ToString(CultureInfo.InvariantCulture).Length;
            List<string> heads = labels.Select((label, index) => fits ? label : Number(index, 0)).ToList();
            List<string> sides = labels.Select((label, index) => "  " + (fits ? label : Number(index, digits) + " " + label)).ToList();
            int side = sides.Max(text => text.Length);
            paint.Cells(new[] { (Span)new string(' ', side) }.Concat(heads.Select(head => new Span("  " + head, Painter.Bold))));
            for (int row = 0; row < shown.Count; row++)
            {
                List<Span> cells = new List<Span> { new Span(sides[row].PadRight(side), Painter.Bold) };
                for (int column = 0; column < shown.Count; column++)
                {
                    Span sign = paint.Trust(matrix.Cell(shown[row], shown[column]));
                    int before = (heads[column].Length - 1) / 2;
                    cells.Add(new string(' ', 2 + before));
                    cells.Add(sign);
                    cells.Add(new string(' ', heads[column].Length - 1 - before));
                }
                paint.Cells(cells);
            }
            Legend();
        }

        private static string Number(int index, int width)
        {
            return (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
        }

        private void Legend()
        {
            paint.Cells(new Span[]
            {
                "  ",
                paint.Trust("trusted"), new Span(" trusts   ", Painter.Dim),
                paint.Trust("untrusted"), new Span(" does not trust   ", Painter.Dim),
                paint.Trust("unknown"), new Span(" not known   ", Painter.Dim)
            });
        }

        /// <summary>Says what would have to be known for an answer where there is none.</summary>
        private void Unknown()
        {
            List<string> order = new List<string>();
            Dictionary<string, long> lacking = new Dictionary<string, long>();
            for (int row = 0; row < matrix.Parties.Length; row++)
            {
                for (int column = 0; column < matrix.Parties.Length; column++)
                {
                    if (matrix.Cell(row, column) != "unknown") continue;
                    foreach (string what in Lacking(matrix.Parties[row], matrix.Parties[column]))
                    {
                        if (!lacking.ContainsKey(what)) order.Add(what);
                        lacking[what] = (lacking.ContainsKey(what) ? lacking[what] : 0) + 1;
                    }
                }
            }
            foreach (string what in order.OrderByDescending(one => lacking[one]).Take(Missing))
            {
                paint.Line(2, paint.Trust("unknown"), " " + Words.Count(lacking[what], "link", "links") + " for lack of " + what);
            }
            string more = (order.Count - Missing).ToString("N0", CultureInfo.InvariantCulture);
            if (order.Count > Missing) paint.Line(2, new Span("and " + more + " more; --json has all", Painter.Dim));
        }

        private static IEnumerable<string> Lacking(Party from, Party to)
        {
            List<string> what = to.WithoutChain.Select(name => "the chain that " + name + " presents").ToList();
            if (!from.HasStore) what.Insert(0, "TRUSTED_ROOTS of " + from.Name);
            // With store and chain known, only entries without bytes leave a question open.
            if (what.Count == 0)
            {
                what.Add("the bytes of entries of TRUSTED_ROOTS of " + from.Name + ", of which only a dump exists");
            }
            return what;
        }

        internal string Reasons()
        {
            if (matrix.Parties.Length > 0 && matrix.Causes.Length > 0) WhyNot();
            Additions additions = matrix.Additions;
            if (additions.Rows.Length > 0 || additions.Unfixable.Length > 0) Add(additions);
            return paint.Take();
        }

        private void WhyNot()
        {
            paint.Heading("WHY NOT", "each cause once, that of most links first");
            foreach (Cause cause in matrix.Causes.Take(Causes))
            {
                string links = Words.Listing(cause.Cells.Select(cell => cell.From + " \u2192 " + cell.To), 6, ", ");
                string count = ", " + Words.Count(cause.Count, "link", "links") + ": ";
                paint.Line(2, new Span(cause.Certificate.ShortName, Painter.Bold), count, links);
                Rejection first = cause.Rejections.FirstOrDefault();
                if (first != null) paint.Line(4, Words.Readable(first.Message));
                string advice = Words.Given(cause.Change) ?? (first == null ? "" : first.Hint);
                if (advice.Length > 0) Advise(Words.Readable(advice));
            }
            string more = (matrix.Causes.Length - Causes).ToString("N0", CultureInfo.InvariantCulture);
            if (matrix.Causes.Length > Causes) paint.Line(2, new Span("and " + more + " more causes; --json has all", Painter.Dim));
        }

        private void Add(Additions additions)
        {
            string note = additions.IsMinimal ? "the smallest set" : "a small set";
            paint.Heading("ADD TO TRUSTED_ROOTS", note + " that completes the matrix");
            foreach (Addition row in additions.Rows)
            {
                string until = row.Add.NotAfter.HasValue
                    ? row.Add.NotAfter.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "-";
                string known = " until " + until + ", sha1 " + row.Add.Sha1;
                paint.Line(2, new Span(row.Add.ShortName, Painter.Bold), new Span(known, Painter.Dim));
                Advise("to " + Words.Listing(row.To, 12, ", "));
                string because = Words.Listing(row.Because, 8, ", ");
                string sources = Words.Listing(row.Sources, 2, ", ");
                paint.Line(4, new Span("so that they trust " + because + "; found in " + sources, Painter.Dim));
            }
            foreach (Unfixable gap in additions.Unfixable)
            {
                Span name = new Span(" " + gap.Certificate.ShortName, Painter.Bold);
                paint.Line(2, paint.Trust("untrusted"), name, ": " + gap.Reason);
                Advise(gap.Hint);
            }
        }

        private void Advise(string advice)
        {
            paint.Line(4, new Span("\u2192 ", Painter.Cyan), new Span(advice, Painter.Cyan));
        }
    }
}
