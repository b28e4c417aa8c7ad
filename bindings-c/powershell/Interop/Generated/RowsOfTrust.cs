// Who trusts whom, why not, what to add, and what breaks next.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>One edge of one host.</summary>
    [DataContract]
    public sealed partial class Edge : Row, ITabled
    {
        /// <summary>Which edge.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>The host.</summary>
        [DataMember(Name = "host")] public string Host { get; set; }
        /// <summary>The answer of the side that decides, by the rules in consumer.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get; set; }
        /// <summary>Whose rules the side that decides follows, whatever profile was requested.</summary>
        [DataMember(Name = "consumer")] public string Consumer { get; set; }
        /// <summary>The second opinion: the answer by the requested profile (the report's profile).</summary>
        [DataMember(Name = "profile_verdict")] public string ProfileVerdict { get; set; }
        /// <summary>Whether a pinned certificate decided, not a path (thumbprint mode).</summary>
        [DataMember(Name = "pinned", EmitDefaultValue = false)] public bool Pinned { get; set; }
        /// <summary>What must be known for an answer; empty unless verdict is unknown.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public string[] Missing { get; set; }
        /// <summary>The end-entity certificate that is presented; absent if it is not known, or not known which of two it is.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id", EmitDefaultValue = false)] public string CertificateId { get; set; }
        /// <summary>What the side that decides finds wrong; if it finds nothing, what the requested profile finds.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public long[] RejectionIds { get; set; }
        /// <summary>The one change after which nothing is wrong any more, if one is enough.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get; set; }
        /// <summary>The name used to reach it, if a path exists but the certificate does not carry that name by the rules of the side that decides.</summary>
        [DataMember(Name = "other_name", EmitDefaultValue = false)] public string OtherName { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Missing = new string[0];
            Rejections = new Rejection[0];
        }
    }

    /// <summary>A Matrix as it is in JSON.</summary>
    [DataContract]
    public sealed partial class Matrix : Row
    {
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time; UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>Rows and columns, in this order.</summary>
        [DataMember(Name = "parties")] public Party[] Parties { get; set; }
        /// <summary>Whether there are parties and each trusts every party, itself included.</summary>
        [DataMember(Name = "is_mutual")] public bool IsMutual { get; set; }
        /// <summary>How many cells are untrusted.</summary>
        [DataMember(Name = "untrusted")] public long Untrusted { get; set; }
        /// <summary>How many cells are unknown.</summary>
        [DataMember(Name = "unknown")] public long Unknown { get; set; }
        /// <summary>One text per party, one character per target: + trusted, - untrusted, ? unknown.</summary>
        [DataMember(Name = "rows")] public string[] Rows { get; set; }
        /// <summary>The same for the targets' hosts; . if a target has none.</summary>
        [DataMember(Name = "host_rows")] public string[] HostRows { get; set; }
        /// <summary>What the unknown cells wait for, of those that the report is about; the fact that most of them lack first.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public Missing[] Missing { get; set; }

        partial void Starting();

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Parties = new Party[0];
            Rows = new string[0];
            HostRows = new string[0];
            Missing = new Missing[0];
            Starting();
        }
    }

    /// <summary>One row and column of the matrix.</summary>
    [DataContract]
    public sealed partial class Party : Row
    {
        /// <summary>The name of its first vCenter.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>All its vCenters.</summary>
        [DataMember(Name = "vcenters")] public string[] VCenters { get; set; }
        /// <summary>Whether its TRUSTED_ROOTS is known; if not, the row is unknown.</summary>
        [DataMember(Name = "has_store")] public bool HasStore { get; set; }
        /// <summary>The publicly trusted CA that one of them presents a certificate of: a store without that CA is not a refusal, as nothing in the estate says whether it is trusted anyway.</summary>
        [DataMember(Name = "public_ca", EmitDefaultValue = false)] public string PublicCA { get; set; }
        /// <summary>Their SSO domain, where it is known.</summary>
        [DataMember(Name = "sso_domain", EmitDefaultValue = false)] public string SsoDomain { get; set; }
        /// <summary>The vCenters whose presented chain is not known; they make the column unknown.</summary>
        [DataMember(Name = "without_chain", EmitDefaultValue = false)] public string[] WithoutChain { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            VCenters = new string[0];
            WithoutChain = new string[0];
        }
    }

    /// <summary>A fact that would have to be known.</summary>
    [DataContract]
    public sealed partial class Missing
    {
        /// <summary>What it is, for example "the chain that vc02.example presents".</summary>
        [DataMember(Name = "what")] public string What { get; set; }
        /// <summary>How many cells of the matrix lack it.</summary>
        [DataMember(Name = "links")] public long Links { get; set; }
    }

    /// <summary>One reason why cells of the matrix are not trusted.</summary>
    [DataContract]
    public sealed partial class Cause : Row, ITabled
    {
        /// <summary>The vCenter that presents it.</summary>
        [DataMember(Name = "presenter")] public string Presenter { get; set; }
        /// <summary>The end-entity certificate that is presented.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>The issuer of the last certificate presented: what a store would have to hold.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>What was found wrong, nearest miss first, at most 5.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids")] public long[] RejectionIds { get; set; }
        /// <summary>The one change that would make the cells trusted, if one is enough.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get; set; }
        /// <summary>How many cells this concerns.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>What to do, in the same short form.</summary>
        [DataMember(Name = "advice", EmitDefaultValue = false)] public string Advice { get; set; }
        /// <summary>The first of them, at most 20.</summary>
        [DataMember(Name = "cells")] public CellName[] Cells { get; set; }
        /// <summary>The nearest miss with subjects shortened to their distinctive part; empty if it was not looked for.</summary>
        [DataMember(Name = "summary")] public string Summary { get; set; }

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
    }

    /// <summary>A cell by the names of its parties.</summary>
    [DataContract]
    public sealed partial class CellName
    {
        /// <summary>Who should trust.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get; set; }
    }

    /// <summary>What to add where so that everyone trusts everyone.</summary>
    [DataContract]
    public sealed partial class Additions : Row, ITabled
    {
        /// <summary>The additions, the one with most targets first.</summary>
        [DataMember(Name = "rows")] public Addition[] Rows { get; set; }
        /// <summary>What no known certificate can fix.</summary>
        [DataMember(Name = "unfixable")] public Unfixable[] Unfixable { get; set; }
        /// <summary>Whether it is proved that no smaller set of the certificates known in the estate does the same.</summary>
        [DataMember(Name = "is_minimal")] public bool IsMinimal { get; set; }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Rows);
            tables.Fill(Unfixable);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rows = new Addition[0];
            Unfixable = new Unfixable[0];
        }
    }

    /// <summary>One certificate and the stores it is to be added to.</summary>
    [DataContract]
    public sealed partial class Addition : Row, ITabled
    {
        /// <summary>The certificate to add.</summary>
        public CertificateRecord Add { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "add_id")] public string AddId { get; set; }
        /// <summary>The certificate itself, as PEM.</summary>
        [DataMember(Name = "pem")] public string Pem { get; set; }
        /// <summary>Where it was found, at most four places.</summary>
        [DataMember(Name = "sources")] public string[] Sources { get; set; }
        /// <summary>The parties whose TRUSTED_ROOTS gets it.</summary>
        [DataMember(Name = "to")] public string[] To { get; set; }
        /// <summary>Whether it was seen only in what a server sends to anyone, or was collected from an unchecked server: it may be anyone's.</summary>
        [DataMember(Name = "unverified", EmitDefaultValue = false)] public bool Unverified { get; set; }
        /// <summary>The parties that are then trusted.</summary>
        [DataMember(Name = "because")] public string[] Because { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Add = tables.Certificate(AddId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Sources = new string[0];
            To = new string[0];
            Because = new string[0];
        }
    }

    /// <summary>A presented certificate that no addition makes trusted.</summary>
    [DataContract]
    public sealed partial class Unfixable : Row, ITabled
    {
        /// <summary>The end-entity certificate.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>What is wrong even when every certificate known in the estate is trusted.</summary>
        [DataMember(Name = "reason")] public string Reason { get; set; }
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get; set; }
        /// <summary>How many cells stay untrusted.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first of them, at most 20.</summary>
        [DataMember(Name = "cells")] public CellName[] Cells { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Cells = new CellName[0];
        }
    }

    /// <summary>What breaks until when.</summary>
    [DataContract]
    public sealed partial class Forecast : Row, ITabled
    {
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The time from which everything is judged; UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        private Moment until;
        [DataMember(Name = "until")] private string UntilText { get { return until.Text; } set { until = new Moment(value); } }
        /// <summary>The last moment that is considered; UTC.</summary>
        public DateTime Until { get { return until.Time.GetValueOrDefault(); } set { until = new Moment(value); } }
        /// <summary>The requested profile: it decides between vCenters, and is a second opinion about edges of hosts.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        /// <summary>What happens, earliest first.</summary>
        [DataMember(Name = "events")] public Event[] Events { get; set; }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Events);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Events = new Event[0];
        }
    }

    /// <summary>What breaks when one certificate expires.</summary>
    [DataContract]
    public sealed partial class Event : Row, ITabled
    {
        private Moment date;
        [DataMember(Name = "date")] private string DateText { get { return date.Text; } set { date = new Moment(value); } }
        /// <summary>The end of the certificate's validity: its last second by RFC 5280; UTC.</summary>
        public DateTime Date { get { return date.Time.GetValueOrDefault(); } set { date = new Moment(value); } }
        /// <summary>Whole days until then.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get; set; }
        /// <summary>What part the certificate plays.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>The certificate that ends.</summary>
        public CertificateRecord Cause { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "cause_id")] public string CauseId { get; set; }
        /// <summary>Where it is, at most four places.</summary>
        [DataMember(Name = "places")] public string[] Places { get; set; }
        /// <summary>How many links break.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>How many edges of hosts keep working, but are no longer trusted by the requested profile.</summary>
        [DataMember(Name = "disputed")] public long Disputed { get; set; }
        /// <summary>The first of both, at most 50: what breaks first, with the matrix first.</summary>
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

    /// <summary>A link that breaks, or would by the requested profile.</summary>
    [DataContract]
    public sealed partial class Link : Row
    {
        /// <summary>Who trusts.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get; set; }
        /// <summary>Which edge of a host; absent for a cell of the matrix.</summary>
        [DataMember(Name = "edge", EmitDefaultValue = false)] public string Edge { get; set; }
        /// <summary>Whether it keeps working: only the requested profile ends it here, not the side that decides.</summary>
        [DataMember(Name = "disputed")] public bool Disputed { get; set; }
        /// <summary>The rules by which it ends, those of the side that decides first.</summary>
        [DataMember(Name = "by")] public Break[] By { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            By = new Break[0];
        }
    }

    /// <summary>A link that was trusted by the rules of one profile and no longer is.</summary>
    [DataContract]
    public sealed partial class Break : Row
    {
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        private Moment since;
        [DataMember(Name = "since")] private string SinceText { get { return since.Text; } set { since = new Moment(value); } }
        /// <summary>The first second at which it is not trusted; UTC.</summary>
        public DateTime Since { get { return since.Time.GetValueOrDefault(); } set { since = new Moment(value); } }
        /// <summary>The verdict from then on: untrusted, or unknown if a part that is not known may still hold a path.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get; set; }
    }
}
