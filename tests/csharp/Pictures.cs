// The matrix as people see it.

using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace VITrust.Tests
{
    internal static class Pictures
    {
        internal static void All(Inputs inputs)
        {
            Check.Run("the grid has a row and a column for each vCenter", delegate { Grid(inputs); });
            Check.Run("colours change nothing but colours", delegate { Colours(inputs); });
            Check.Run("ASCII has no other sign", delegate { Ascii(inputs); });
            Check.Run("a narrow grid numbers its columns", delegate { Narrow(inputs); });
            Check.Run("reasons and additions are told", delegate { Reasons(inputs); });
            Check.Run("small pictures are exact", Exact);
            Check.Run("words are shortened and cleaned", Short);
        }

        private static Matrix Matrix(Inputs inputs)
        {
            using (Report report = Estates.Judged(inputs)) return report.Matrix();
        }

        private static void Grid(Inputs inputs)
        {
            Matrix matrix = Matrix(inputs);
            string[] lines = matrix.Draw(false, true, 120).Split('\n');
            Check.Equal("TRUST BETWEEN VCENTERS  rows trust, columns present", lines[0]);
            foreach (Party party in matrix.Parties)
            {
                string row = lines.Single(line => Regex.IsMatch(line, "^  " + party.Name.Split('.')[0] + "  "));
                Check.Equal(matrix.Parties.Length, Regex.Matches(row, "[\u2713\u2717?]").Count);
            }
        }

        private static void Colours(Inputs inputs)
        {
            Matrix matrix = Matrix(inputs);
            string coloured = matrix.Draw(true, true, 120);
            Check.Contains("\u001b[32m\u2713\u001b[0m", coloured);
            Check.Equal(matrix.Draw(false, true, 120), Regex.Replace(coloured, "\u001b\\[[0-9;]*m", ""));
            string reasons = matrix.Explain(true, true, 120);
            Check.Equal(matrix.Explain(false, true, 120), Regex.Replace(reasons, "\u001b\\[[0-9;]*m", ""));
        }

        private static void Ascii(Inputs inputs)
        {
            Matrix matrix = Matrix(inputs);
            string all = matrix.Draw(false, false, 120) + matrix.Explain(false, false, 120);
            Check.True(all.All(character => character < 128), all);
            Check.Contains("vc01.lab.example -> ", all);
        }

        private static void Narrow(Inputs inputs)
        {
            string drawn = Matrix(inputs).Draw(false, true, 30);
            Check.Contains("  1 vc01", drawn);
            Check.True(Regex.IsMatch(drawn, "\n {8,}1  2  3  4"), drawn);
        }

        private static void Reasons(Inputs inputs)
        {
            Matrix matrix = Matrix(inputs);
            string reasons = matrix.Explain(false, true, 120);
            Check.Contains("WHY NOT  each cause once, most links first", reasons);
            Check.Contains("ADD TO TRUSTED_ROOTS  ", reasons);
            foreach (Addition row in matrix.Additions.Rows) Check.Contains(row.Add.Sha1, reasons.Replace("\n  ", " "));
        }

        private static Matrix Small(string rows)
        {
            return Json.Read<Matrix>(VITrust.Text.ToUtf8(
                "{\"parties\":[{\"name\":\"vc01.lab.example\",\"vcenters\":[\"vc01.lab.example\",\"vc03.lab.example\"],\"has_store\":true},"
                + "{\"name\":\"vc02.lab.example\",\"vcenters\":[\"vc02.lab.example\"],\"has_store\":false,\"without_chain\":[\"vc02.lab.example\"]}],"
                + rows + "}"));
        }

        private static void Exact()
        {
            const string Head = "TRUST BETWEEN VCENTERS  rows trust, columns present\n";
            const string Missing = ",\"missing\":[{\"what\":\"TRUSTED_ROOTS of vc02.lab.example\",\"links\":2},"
                + "{\"what\":\"the chain that vc02.lab.example presents\",\"links\":1}]";
            const string Pair = "  vc01.lab.example stands for vc01.lab.example, vc03.lab.example: one SSO domain shares its trust\n";
            Check.Equal(
                Head + "  \u2717 1 of 4 links untrusted, 2 not known\n" + Pair
                + "        vc01  vc02\n  vc01   \u2713     \u2717\n  vc02   ?     ?\n"
                + "  \u2713 trusts   \u2717 does not trust   ? not known\n"
                + "  ? 2 links not known without TRUSTED_ROOTS of vc02.lab.example\n"
                + "  ? 1 link not known without the chain that vc02.lab.example presents",
                Small("\"rows\":[\"+-\",\"??\"],\"untrusted\":1,\"unknown\":2,\"is_mutual\":false" + Missing).Draw(false, true, 120));
            Check.Equal(
                Head + "  + all of 2 parties trust each other\n" + Pair
                + "        vc01  vc02\n  vc01   +     +\n  vc02   +     +\n"
                + "  + trusts   x does not trust   ? not known",
                Small("\"rows\":[\"++\",\"++\"],\"untrusted\":0,\"unknown\":0,\"is_mutual\":true").Draw(false, false, 120));
            Check.Contains("  ? 1 of 4 links not known",
                Small("\"rows\":[\"++\",\"?+\"],\"untrusted\":0,\"unknown\":1,\"is_mutual\":false").Draw(false, true, 120));
        }

        private static void Short()
        {
            Check.Equal("a\\x1b[2Jb\\u200bc\\n", Words.Clean("a\u001b[2Jb\u200bc\n"));
        }
    }
}
