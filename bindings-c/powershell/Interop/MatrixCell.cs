// One answer of the matrix as a row, for lists, filters and a CSV.

using System;
using System.Collections.Generic;
using System.Linq;

namespace VITrust
{
    /// <summary>What one vCenter says of another.</summary>
    public sealed class MatrixCell
    {
        internal MatrixCell(string from, string to, string answer, Cause cause)
        {
            From = from;
            To = to;
            Answer = answer;
            Certificate = cause == null ? null : cause.Certificate;
            Reason = cause == null ? "" : cause.Summary;
            Advice = cause == null ? "" : cause.Advice;
        }

        /// <summary>The vCenter that verifies.</summary>
        public string From { get; private set; }

        /// <summary>The vCenter that presents.</summary>
        public string To { get; private set; }

        /// <summary>trusted, untrusted or unknown.</summary>
        public string Answer { get; private set; }

        /// <summary>Why it is not trusted; empty where it is.</summary>
        public string Reason { get; private set; }

        /// <summary>What to do.</summary>
        public string Advice { get; private set; }

        /// <summary>The certificate that is refused or missing.</summary>
        public CertificateRecord Certificate { get; private set; }

        /// <summary>SHA-1 in upper case, as vSphere, X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Words.Upper(Certificate == null ? null : Certificate.Sha1); } }

        /// <summary>SHA-256 of the certificate's DER.</summary>
        public string Sha256 { get { return Certificate == null ? null : Certificate.Sha256; } }

        /// <summary>For people: "vc01.lab.example -> vc02.lab.example: untrusted".</summary>
        public override string ToString() { return Words.Clean(From + " -> " + To + ": " + Answer); }
    }

    public sealed partial class Matrix
    {
        /// <summary>Every answer as a row, those of one vCenter after another's; of itself a vCenter says nothing.</summary>
        public Many<MatrixCell> Cells
        {
            get
            {
                var causes = new Dictionary<string, Cause>(StringComparer.Ordinal);
                foreach (Cause cause in Words.All(Causes))
                {
                    foreach (CellName cell in Words.All(cause.Cells)) causes[cell.From + "\n" + cell.To] = cause;
                }
                Party[] parties = Words.All(Parties).ToArray();
                string[] rows = Words.All(Rows).ToArray();
                var cells = new Many<MatrixCell>();
                for (int row = 0; row < Math.Min(parties.Length, rows.Length); row++)
                {
                    for (int column = 0; column < Math.Min(parties.Length, rows[row].Length); column++)
                    {
                        if (row == column) continue;
                        Cause cause;
                        causes.TryGetValue(parties[row].Name + "\n" + parties[column].Name, out cause);
                        cells.Add(new MatrixCell(parties[row].Name, parties[column].Name, Answers(rows[row][column]), cause));
                    }
                }
                return cells;
            }
        }
    }
}
