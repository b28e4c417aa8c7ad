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

    /// <summary>A judged fact about an estate.</summary>
    [DataContract]
    public sealed class Finding : Row, ITabled
    {
        /// <summary>The stable id, for example VT201.</summary>
        [DataMember(Name = "id")] public string Id { get; set; }
        /// <summary>The stable name, for example anchor-expired.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>critical, high, medium, low or info.</summary>
        [DataMember(Name = "severity")] public string Severity { get; set; }
        /// <summary>All it concerns.</summary>
        [DataMember(Name = "subjects")] public Subject[] Subjects { get; set; }
        /// <summary>What is the case, in one sentence that holds for every subject.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>The facts it rests on.</summary>
        [DataMember(Name = "evidence")] public Evidence Evidence { get; set; }
        /// <summary>What to do.</summary>
        [DataMember(Name = "remedy", EmitDefaultValue = false)] public string Remedy { get; set; }
        /// <summary>The severity as a number, 0 for the worst.</summary>
        public int Rank { get { return VITrust.Severity.Rank(Severity); } }
        /// <summary>Where it is: each vCenter and part once, with the hosts it holds for.</summary>
        public string Where { get { return Words.Where(Subjects); } }
        /// <summary>The message with names shortened to their telling part.</summary>
        public string Summary { get { return Words.Readable(Message, Names()); } }
        /// <summary>The remedy in the same short form; empty where there is none.</summary>
        public string Advice { get { return Words.Readable(Remedy, Names()); } }

        void ITabled.Fill(Tables tables)
        {
            if (Evidence != null) Evidence.Fill(tables);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Subjects = new Subject[0];
            Evidence = Evidence.None();
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Id + " " + Severity + " " + Where + ": " + Summary; }

        /// <summary>The full subjects that its sentences may hold.</summary>
        private IEnumerable<string> Names()
        {
            CertificateRecord[] known = Evidence == null ? null : Evidence.Certificates;
            return Words.All(known).SelectMany(record => new[] { record.Subject, record.Issuer });
        }
    }

    /// <summary>One object of an estate.</summary>
    [DataContract]
    public sealed class Subject
    {
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter", EmitDefaultValue = false)] public string VCenter { get; set; }
        /// <summary>The host.</summary>
        [DataMember(Name = "host", EmitDefaultValue = false)] public string Host { get; set; }
        /// <summary>The storage provider.</summary>
        [DataMember(Name = "provider", EmitDefaultValue = false)] public string Provider { get; set; }
        /// <summary>The part of it: trusted-roots, castore, https, ...</summary>
        [DataMember(Name = "part", EmitDefaultValue = false)] public string Part { get; set; }
        /// <summary>Where that was read.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get; set; }

        /// <summary>For people: "vc01.lab.example / trusted-roots".</summary>
        public override string ToString()
        {
            string names = string.Join(" / ", new[] { VCenter, Host, Provider, Part }.Where(name => !string.IsNullOrEmpty(name)));
            if (names.Length > 0) return Words.Clean(names);
            return Place == null ? "estate" : Place.ToString();
        }
    }

    /// <summary>The facts a finding rests on.</summary>
    [DataContract]
    public sealed class Evidence
    {
        /// <summary>The certificates.</summary>
        public CertificateRecord[] Certificates { get; internal set; }
        /// <summary>What they are called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_ids", EmitDefaultValue = false)] public string[] CertificateIds { get; set; }
        private Moment date;
        [DataMember(Name = "date", EmitDefaultValue = false)] private string DateText { get { return date.Text; } set { date = new Moment(value); } }
        /// <summary>The date that decides, UTC.</summary>
        public DateTime? Date { get { return date.Time; } set { date = new Moment(value); } }
        /// <summary>Whole days until that date; negative when it is past.</summary>
        [DataMember(Name = "days_left", EmitDefaultValue = false)] public long? DaysLeft { get; set; }
        /// <summary>A number that decides.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>What was seen.</summary>
        [DataMember(Name = "seen", EmitDefaultValue = false)] public string Seen { get; set; }
        /// <summary>Why no path was found, nearest miss first.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public long[] RejectionIds { get; set; }

        internal static Evidence None()
        {
            Evidence none = new Evidence();
            none.Begin(new StreamingContext());
            return none;
        }

        internal void Fill(Tables tables)
        {
            Certificates = tables.Certificates(CertificateIds);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Certificates = new CertificateRecord[0];
            Rejections = new Rejection[0];
        }
    }
}
