// What is wrong with an estate: how bad, where, and by what evidence.

using System;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    public sealed partial class Finding
    {
        partial void Starting() { Evidence = Evidence.None(); }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(Id + " " + Severity + " " + Where + ": " + Summary); }
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
        /// <summary>For people and for CSV: the certificates by subject and thumbprint, then what was seen.</summary>
        public override string ToString()
        {
            var named = Words.All(Certificates).Select(one => one.Subject + " (SHA-1 " + (one.Thumbprint ?? "-") + ")");
            return Words.Clean(string.Join("; ", named.Concat(new[] { Seen }.Where(seen => !string.IsNullOrEmpty(seen)))));
        }

        /// <summary>Evidence of nothing.</summary>
        internal static Evidence None()
        {
            Evidence none = new Evidence();
            none.Begin(new StreamingContext());
            return none;
        }
    }
}
