// What breaks next.

using System;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>What breaks until when.</summary>
    [DataContract]
    public sealed class Forecast : Row, ITabled
    {
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        private Moment until;
        [DataMember(Name = "until")] private string UntilText { get { return until.Text; } set { until = new Moment(value); } }
        /// <summary>From when, UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>Until when, UTC.</summary>
        public DateTime Until { get { return until.Time.GetValueOrDefault(); } set { until = new Moment(value); } }
        /// <summary>The profile that was asked for.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        /// <summary>What ends, the first first.</summary>
        [DataMember(Name = "events")] public Event[] Events { get; set; }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Events);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Events = new Event[0]; }
    }

    /// <summary>One certificate ends, and this breaks.</summary>
    [DataContract]
    public sealed class Event : Row, ITabled
    {
        private Moment date;
        [DataMember(Name = "date")] private string DateText { get { return date.Text; } set { date = new Moment(value); } }
        /// <summary>When, UTC.</summary>
        public DateTime Date { get { return date.Time.GetValueOrDefault(); } set { date = new Moment(value); } }
        /// <summary>Whole days until then.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get; set; }
        /// <summary>anchor, intermediate or end-entity.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>The certificate that ends.</summary>
        public CertificateRecord Cause { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "cause_id")] public string CauseId { get; set; }
        /// <summary>Where it is.</summary>
        [DataMember(Name = "places")] public string[] Places { get; set; }
        /// <summary>How many links break.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>How many go on, but not by the profile that was asked for.</summary>
        [DataMember(Name = "disputed")] public long Disputed { get; set; }
        /// <summary>The first of both.</summary>
        [DataMember(Name = "links")] public Link[] Links { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Cause = tables.Certificate(CauseId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Places = new string[0];
            Links = new Link[0];
        }
    }

    /// <summary>One link that breaks, or by the profile asked for would.</summary>
    [DataContract]
    public sealed class Link : Row
    {
        /// <summary>Who trusts.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get; set; }
        /// <summary>Which edge of a host; null for a cell of the matrix.</summary>
        [DataMember(Name = "edge", EmitDefaultValue = false)] public string Edge { get; set; }
        /// <summary>Whether it goes on for the side that decides.</summary>
        [DataMember(Name = "disputed")] public bool Disputed { get; set; }
        /// <summary>By whose rules it ends.</summary>
        [DataMember(Name = "by")] public Break[] By { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context) { By = new Break[0]; }
    }

    /// <summary>A link that was trusted by the rules of one profile and is not any more.</summary>
    [DataContract]
    public sealed class Break : Row
    {
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        private Moment since;
        [DataMember(Name = "since")] private string SinceText { get { return since.Text; } set { since = new Moment(value); } }
        /// <summary>The first second at which it is not trusted, UTC.</summary>
        public DateTime Since { get { return since.Time.GetValueOrDefault(); } set { since = new Moment(value); } }
        /// <summary>The verdict from then on.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get; set; }
    }
}
