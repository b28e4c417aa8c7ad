// What the small parts of reports are called where one line has to do: in a CSV, a message, a column of a table.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VITrust
{
    internal static class Line
    {
        internal static string Of(string form, params object[] values)
        {
            return Words.Clean(string.Format(CultureInfo.InvariantCulture, form, values));
        }

        /// <summary>What is there of "name value", parted by commas.</summary>
        internal static string Facts(params object[] pairs)
        {
            List<string> facts = new List<string>();
            for (int at = 0; at + 1 < pairs.Length; at += 2)
            {
                string value = View.Text(pairs[at + 1]);
                if (value.Length > 0) facts.Add(pairs[at] + " " + value);
            }
            return string.Join(", ", facts);
        }

        /// <summary>A day as every report writes it.</summary>
        internal static string Day(DateTime? time)
        {
            return time.HasValue ? time.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        }
    }

    public sealed partial class Judged
    {
        /// <summary>For people: "5 vCenters, 9 hosts, 28 certificates".</summary>
        public override string ToString() { return Line.Of("{0} vCenters, {1} hosts, {2} certificates", VCenters, Hosts, Certificates); }
    }

    public sealed partial class Found
    {
        /// <summary>For people: how many of each severity.</summary>
        public override string ToString()
        {
            return Line.Of("{0} critical, {1} high, {2} medium, {3} low, {4} info", Critical, High, Medium, Low, Info);
        }
    }

    public sealed partial class States
    {
        /// <summary>For people: how many in each state.</summary>
        public override string ToString()
        {
            return Line.Of("{0} expired, {1} not yet valid, {2} hard, {3} soft, {4} good", Expired, NotYetValid, Hard, Soft, Good);
        }
    }

    public sealed partial class Outcome
    {
        /// <summary>For people: the worst that was found, and whether something is not known.</summary>
        public override string ToString() { return (Worst.HasValue ? Ranks.Word(Worst) : "nothing") + (Unknown ? ", unknown" : ""); }
    }

    public sealed partial class Outcomes
    {
        /// <summary>For people: each of the three.</summary>
        public override string ToString() { return Line.Facts("audit:", Audit, "matrix:", Matrix, "expiry:", Expiry); }
    }

    public sealed partial class NotCollected
    {
        /// <summary>For people: the stores and the vCenters they are missing of.</summary>
        public override string ToString() { return Line.Of("{0} of {1}", Stores, VCenters); }
    }

    public sealed partial class RejectionDetails
    {
        /// <summary>For people: the code, and the facts that go with it.</summary>
        public override string ToString()
        {
            string facts = Line.Facts("at", Line.Day(At), "from", Line.Day(NotBefore), "to", Line.Day(NotAfter), "revoked", Line.Day(RevokedAt),
                "wanted", Wanted, "present", Present, "issuer", Issuer, "key", KeyId, "found", Found, "name", Name, "oid", Oid,
                "reason", Reason, "what", What, "bits", Bits, "minimum", Minimum);
            return Words.Clean(Code) + (facts.Length > 0 ? ": " + facts : "");
        }
    }

    public sealed partial class Crl
    {
        /// <summary>For people: the issuer and the date.</summary>
        public override string ToString() { return Line.Of("CRL of {0}, {1}", Issuer, Line.Day(ThisUpdate)); }
    }

    public sealed partial class DumpedEntry
    {
        /// <summary>The subject, or where it is.</summary>
        public override string ToString() { return Words.Clean(Subject ?? (Place == null ? "" : Place.ToString())); }
    }

    public sealed partial class BareEntry
    {
        /// <summary>For people: what kind of entry it is and where.</summary>
        public override string ToString() { return Line.Of("{0}: {1}", Place, Type); }
    }

    public sealed partial class Missing
    {
        /// <summary>For people: what must be known, and for how many links.</summary>
        public override string ToString() { return Line.Of("{0} ({1} links)", What, Links); }
    }

    public sealed partial class Unfixable
    {
        /// <summary>For people: why nothing helps, and what would.</summary>
        public override string ToString() { return Words.Clean(Reason + (string.IsNullOrEmpty(Hint) ? "" : ": " + Hint)); }
    }

    public sealed partial class Forecast
    {
        /// <summary>For people: how much breaks until when.</summary>
        public override string ToString() { return Line.Of("{0} events until {1}", Words.All(Events).Count(), Line.Day(Until)); }
    }

    public sealed partial class Event
    {
        /// <summary>For people: the day, what ends, and how many links break.</summary>
        public override string ToString()
        {
            return Line.Of("{0} {1} {2}: {3} links", Line.Day(Date), Kind, Cause == null ? "" : Cause.ShortName, Count);
        }
    }

    public sealed partial class Link
    {
        /// <summary>For people: "vc01.lab.example -> esx01.lab.example (vcenter-to-host)".</summary>
        public override string ToString() { return Words.Clean(From + " -> " + To + (Edge == null ? "" : " (" + Edge + ")")); }
    }

    public sealed partial class Break
    {
        /// <summary>For people: who refuses from when on.</summary>
        public override string ToString() { return Line.Of("{0} {1} since {2}", Profile, Verdict, Line.Day(Since)); }
    }
}
