// What is wrong with an estate: how bad, where, and by what evidence.

using System;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>How bad a finding is.</summary>
    public static class Severity
    {
        private static readonly string[] Order = { "critical", "high", "medium", "low", "info" };

        /// <summary>The names, worst first.</summary>
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

        partial void Starting() { Evidence = Evidence.None(); }

        /// <summary>For people.</summary>
        public override string ToString() { return Id + " " + Severity + " " + Where + ": " + Summary; }
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
