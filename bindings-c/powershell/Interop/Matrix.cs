// Which vCenter trusts which, and why not.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>Which vCenter trusts which. Rows trust, columns present.</summary>
    [DataContract]
    public sealed class Matrix : Row
    {
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time, UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>The parties, in the order of rows and columns.</summary>
        [DataMember(Name = "parties")] public Party[] Parties { get; set; }
        /// <summary>Whether every party trusts every party. What is unknown is not trusted.</summary>
        [DataMember(Name = "is_mutual")] public bool IsMutual { get; set; }
        /// <summary>How many cells are untrusted.</summary>
        [DataMember(Name = "untrusted")] public long Untrusted { get; set; }
        /// <summary>How many cells are unknown.</summary>
        [DataMember(Name = "unknown")] public long Unknown { get; set; }
        /// <summary>One text per party, one character per target: + trusted, - untrusted, ? unknown.</summary>
        [DataMember(Name = "rows")] public string[] Rows { get; set; }
        /// <summary>The same of the hosts of each target; a dot where it has none.</summary>
        [DataMember(Name = "host_rows")] public string[] HostRows { get; set; }
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

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Parties = new Party[0];
            Rows = new string[0];
            HostRows = new string[0];
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

    /// <summary>One row and column of the matrix: a vCenter, or those of one SSO domain.</summary>
    [DataContract]
    public sealed class Party : Row
    {
        /// <summary>The name of its first vCenter.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>Its vCenters.</summary>
        [DataMember(Name = "vcenters")] public string[] VCenters { get; set; }
        /// <summary>Whether its TRUSTED_ROOTS is known.</summary>
        [DataMember(Name = "has_store")] public bool HasStore { get; set; }
        /// <summary>The SSO domain.</summary>
        [DataMember(Name = "sso_domain", EmitDefaultValue = false)] public string SsoDomain { get; set; }
        /// <summary>The vCenters whose presented chain is not known.</summary>
        [DataMember(Name = "without_chain", EmitDefaultValue = false)] public string[] WithoutChain { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            VCenters = new string[0];
            WithoutChain = new string[0];
        }

        /// <summary>The name.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }

    /// <summary>One reason why cells of the matrix are not trusted.</summary>
    [DataContract]
    public sealed class Cause : Row, ITabled
    {
        /// <summary>The vCenter that presents the certificate.</summary>
        [DataMember(Name = "presenter")] public string Presenter { get; set; }
        /// <summary>The certificate that is presented.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>What a store would have to know.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>What was found wrong, nearest miss first.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids")] public long[] RejectionIds { get; set; }
        /// <summary>The one change that would make the cells trusted.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get; set; }
        /// <summary>How many cells this concerns.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first of them.</summary>
        [DataMember(Name = "cells")] public CellName[] Cells { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rejections = new Rejection[0];
            Cells = new CellName[0];
        }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            Rejection nearest = Words.All(Rejections).FirstOrDefault();
            string name = Certificate == null ? "" : Certificate.ShortName;
            return name + ": " + (nearest == null ? "" : Words.Readable(nearest.Message));
        }
    }

    /// <summary>A cell of the matrix by the names of its parties.</summary>
    [DataContract]
    public sealed class CellName
    {
        /// <summary>Who should trust.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get; set; }

        /// <summary>For people: "vc01 -> vc02".</summary>
        public override string ToString() { return Words.Clean(From + " -> " + To); }
    }
}
