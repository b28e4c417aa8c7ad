// What is wrong with an estate: how bad, where, and by what evidence.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>How bad a finding is.</summary>
    public static class Severity
    {
        private static readonly string[] Order = { "critical", "high", "medium", "low", "info" };

        /// <summary>The names, the worst first.</summary>
        public static string[] Names() { return (string[])Order.Clone(); }

        /// <summary>The position of a name, 0 for the worst; of an unknown name after all others.</summary>
        public static int Rank(string severity)
        {
            int rank = Array.IndexOf(Order, severity == null ? null : severity.ToLowerInvariant());
            return rank < 0 ? Order.Length : rank;
        }

        /// <summary>Whether a severity is as bad as another, or worse.</summary>
        public static bool IsAtLeast(string severity, string least) { return Rank(severity) <= Rank(least); }
    }

    public sealed partial class Finding
    {
        /// <summary>The severity as a number, 0 for the worst.</summary>
        public int Rank { get { return VITrust.Severity.Rank(Severity); } }

        /// <summary>Where it is: each vCenter and part once, with the hosts it holds for.</summary>
        public string Where { get { return Words.Where(Subjects); } }

        /// <summary>The message with names shortened to their telling part.</summary>
        public string Summary { get { return Words.Readable(Message, Names()); } }

        /// <summary>The remedy in the same short form; empty where there is none.</summary>
        public string Advice { get { return Words.Readable(Remedy, Names()); } }

        partial void Starting() { Evidence = Evidence.None(); }

        /// <summary>For people.</summary>
        public override string ToString() { return Id + " " + Severity + " " + Where + ": " + Summary; }

        /// <summary>The full subjects that its sentences may hold.</summary>
        private IEnumerable<string> Names()
        {
            CertificateRecord[] known = Evidence == null ? null : Evidence.Certificates;
            return Words.All(known).SelectMany(record => new[] { record.Subject, record.Issuer });
        }
    }

    public sealed partial class Subject
    {
        /// <summary>For people: "vc01.lab.example / trusted-roots".</summary>
        public override string ToString()
        {
            string names = string.Join(" / ", new[] { VCenter, Host, Provider, Part }.Where(name => !string.IsNullOrEmpty(name)));
            if (names.Length > 0) return Words.Clean(names);
            return Place == null ? "estate" : Place.ToString();
        }
    }

    public sealed partial class Evidence
    {
        /// <summary>Evidence of nothing.</summary>
        internal static Evidence None()
        {
            Evidence none = new Evidence();
            none.Begin(new StreamingContext());
            return none;
        }
    }
}
