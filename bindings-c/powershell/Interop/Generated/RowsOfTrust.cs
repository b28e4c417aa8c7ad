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
        private string ownKind;
        /// <summary>Which edge.</summary>
        [DataMember(Name = "kind")] public string Kind { get { Parse(); return ownKind; } set { Parse(); ownKind = value; } }
        private string ownVCenter;
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get { Parse(); return ownVCenter; } set { Parse(); ownVCenter = value; } }
        private string ownHost;
        /// <summary>The host.</summary>
        [DataMember(Name = "host")] public string Host { get { Parse(); return ownHost; } set { Parse(); ownHost = value; } }
        private string ownVerdict;
        /// <summary>The answer of the side that decides, by the rules in consumer.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get { Parse(); return ownVerdict; } set { Parse(); ownVerdict = value; } }
        private string ownConsumer;
        /// <summary>Whose rules the side that decides follows, whatever profile was requested.</summary>
        [DataMember(Name = "consumer")] public string Consumer { get { Parse(); return ownConsumer; } set { Parse(); ownConsumer = value; } }
        private string ownProfileVerdict;
        /// <summary>The second opinion: the answer by the requested profile (the report's profile).</summary>
        [DataMember(Name = "profile_verdict")] public string ProfileVerdict { get { Parse(); return ownProfileVerdict; } set { Parse(); ownProfileVerdict = value; } }
        private bool ownPinned;
        /// <summary>Whether a pinned certificate decided, not a path (thumbprint mode).</summary>
        [DataMember(Name = "pinned", EmitDefaultValue = false)] public bool Pinned { get { Parse(); return ownPinned; } set { Parse(); ownPinned = value; } }
        private Many<string> ownMissing;
        /// <summary>What must be known for an answer; empty unless verdict is unknown.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public Many<string> Missing { get { Parse(); return ownMissing; } set { Parse(); ownMissing = value; } }
        private CertificateRecord ownCertificate;
        /// <summary>The end-entity certificate that is presented; absent if it is not known, or not known which of two it is.</summary>
        public CertificateRecord Certificate { get { Parse(); return ownCertificate; } internal set { Parse(); ownCertificate = value; } }
        private string ownCertificateId;
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id", EmitDefaultValue = false)] public string CertificateId { get { Parse(); return ownCertificateId; } set { Parse(); ownCertificateId = value; } }
        private Many<Rejection> ownRejections;
        /// <summary>What the side that decides finds wrong; if it finds nothing, what the requested profile finds.</summary>
        public Many<Rejection> Rejections { get { Parse(); return ownRejections; } internal set { Parse(); ownRejections = value; } }
        private Many<long> ownRejectionIds;
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public Many<long> RejectionIds { get { Parse(); return ownRejectionIds; } set { Parse(); ownRejectionIds = value; } }
        private string ownChange;
        /// <summary>The one change after which nothing is wrong any more, if one is enough.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get { Parse(); return ownChange; } set { Parse(); ownChange = value; } }
        private string ownOtherName;
        /// <summary>The name used to reach it, if a path exists but the certificate does not carry that name by the rules of the side that decides.</summary>
        [DataMember(Name = "other_name", EmitDefaultValue = false)] public string OtherName { get { Parse(); return ownOtherName; } set { Parse(); ownOtherName = value; } }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Edge>(json); }

        internal override void Take(Row parsed)
        {
            Edge from = (Edge)parsed;
            ownKind = from.ownKind;
            ownVCenter = from.ownVCenter;
            ownHost = from.ownHost;
            ownVerdict = from.ownVerdict;
            ownConsumer = from.ownConsumer;
            ownProfileVerdict = from.ownProfileVerdict;
            ownPinned = from.ownPinned;
            ownMissing = from.ownMissing;
            ownCertificate = from.ownCertificate;
            ownCertificateId = from.ownCertificateId;
            ownRejections = from.ownRejections;
            ownRejectionIds = from.ownRejectionIds;
            ownChange = from.ownChange;
            ownOtherName = from.ownOtherName;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Missing = new Many<string>();
            Rejections = new Many<Rejection>();
        }
    }

    /// <summary>A Matrix as it is in JSON.</summary>
    [DataContract]
    public sealed partial class Matrix : Row
    {
        private string ownProfile;
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get { Parse(); return ownProfile; } set { Parse(); ownProfile = value; } }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { Parse(); return at.Text; } set { Parse(); at = new Moment(value); } }
        /// <summary>The verification time; UTC.</summary>
        public DateTime At { get { Parse(); return at.Time.GetValueOrDefault(); } set { Parse(); at = new Moment(value); } }
        private Many<Party> ownParties;
        /// <summary>Rows and columns, in this order.</summary>
        [DataMember(Name = "parties")] public Many<Party> Parties { get { Parse(); return ownParties; } set { Parse(); ownParties = value; } }
        private bool ownIsMutual;
        /// <summary>Whether there are parties and each trusts every party, itself included.</summary>
        [DataMember(Name = "is_mutual")] public bool IsMutual { get { Parse(); return ownIsMutual; } set { Parse(); ownIsMutual = value; } }
        private long ownUntrusted;
        /// <summary>How many cells are untrusted.</summary>
        [DataMember(Name = "untrusted")] public long Untrusted { get { Parse(); return ownUntrusted; } set { Parse(); ownUntrusted = value; } }
        private long ownUnknown;
        /// <summary>How many cells are unknown.</summary>
        [DataMember(Name = "unknown")] public long Unknown { get { Parse(); return ownUnknown; } set { Parse(); ownUnknown = value; } }
        private Many<string> ownRows;
        /// <summary>One text per party, one character per target: + trusted, - untrusted, ? unknown.</summary>
        [DataMember(Name = "rows")] public Many<string> Rows { get { Parse(); return ownRows; } set { Parse(); ownRows = value; } }
        private Many<string> ownHostRows;
        /// <summary>The same for the targets' hosts; . if a target has none.</summary>
        [DataMember(Name = "host_rows")] public Many<string> HostRows { get { Parse(); return ownHostRows; } set { Parse(); ownHostRows = value; } }
        private Many<Missing> ownMissing;
        /// <summary>What the unknown cells wait for, of those that the report is about; the fact that most of them lack first.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public Many<Missing> Missing { get { Parse(); return ownMissing; } set { Parse(); ownMissing = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Matrix>(json); }

        internal override void Take(Row parsed)
        {
            Matrix from = (Matrix)parsed;
            ownProfile = from.ownProfile;
            at = from.at;
            ownParties = from.ownParties;
            ownIsMutual = from.ownIsMutual;
            ownUntrusted = from.ownUntrusted;
            ownUnknown = from.ownUnknown;
            ownRows = from.ownRows;
            ownHostRows = from.ownHostRows;
            ownMissing = from.ownMissing;
        }

        partial void Starting();

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Parties = new Many<Party>();
            Rows = new Many<string>();
            HostRows = new Many<string>();
            Missing = new Many<Missing>();
            Starting();
        }
    }

    /// <summary>One row and column of the matrix.</summary>
    [DataContract]
    public sealed partial class Party : Row
    {
        private string ownName;
        /// <summary>The name of its first vCenter.</summary>
        [DataMember(Name = "name")] public string Name { get { Parse(); return ownName; } set { Parse(); ownName = value; } }
        private Many<string> ownVCenters;
        /// <summary>All its vCenters.</summary>
        [DataMember(Name = "vcenters")] public Many<string> VCenters { get { Parse(); return ownVCenters; } set { Parse(); ownVCenters = value; } }
        private bool ownHasStore;
        /// <summary>Whether its TRUSTED_ROOTS is known; if not, the row is unknown.</summary>
        [DataMember(Name = "has_store")] public bool HasStore { get { Parse(); return ownHasStore; } set { Parse(); ownHasStore = value; } }
        private string ownPublicCA;
        /// <summary>The publicly trusted CA that one of them presents a certificate of: a store without that CA is not a refusal, as nothing in the estate says whether it is trusted anyway.</summary>
        [DataMember(Name = "public_ca", EmitDefaultValue = false)] public string PublicCA { get { Parse(); return ownPublicCA; } set { Parse(); ownPublicCA = value; } }
        private string ownSsoDomain;
        /// <summary>Their SSO domain, where it is known.</summary>
        [DataMember(Name = "sso_domain", EmitDefaultValue = false)] public string SsoDomain { get { Parse(); return ownSsoDomain; } set { Parse(); ownSsoDomain = value; } }
        private Many<string> ownWithoutChain;
        /// <summary>The vCenters whose presented chain is not known; they make the column unknown.</summary>
        [DataMember(Name = "without_chain", EmitDefaultValue = false)] public Many<string> WithoutChain { get { Parse(); return ownWithoutChain; } set { Parse(); ownWithoutChain = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Party>(json); }

        internal override void Take(Row parsed)
        {
            Party from = (Party)parsed;
            ownName = from.ownName;
            ownVCenters = from.ownVCenters;
            ownHasStore = from.ownHasStore;
            ownPublicCA = from.ownPublicCA;
            ownSsoDomain = from.ownSsoDomain;
            ownWithoutChain = from.ownWithoutChain;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            VCenters = new Many<string>();
            WithoutChain = new Many<string>();
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
        private string ownPresenter;
        /// <summary>The vCenter that presents it.</summary>
        [DataMember(Name = "presenter")] public string Presenter { get { Parse(); return ownPresenter; } set { Parse(); ownPresenter = value; } }
        private CertificateRecord ownCertificate;
        /// <summary>The end-entity certificate that is presented.</summary>
        public CertificateRecord Certificate { get { Parse(); return ownCertificate; } internal set { Parse(); ownCertificate = value; } }
        private string ownCertificateId;
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get { Parse(); return ownCertificateId; } set { Parse(); ownCertificateId = value; } }
        private string ownIssuer;
        /// <summary>The issuer of the last certificate presented: what a store would have to hold.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get { Parse(); return ownIssuer; } set { Parse(); ownIssuer = value; } }
        private Many<Rejection> ownRejections;
        /// <summary>What was found wrong, nearest miss first, at most 5.</summary>
        public Many<Rejection> Rejections { get { Parse(); return ownRejections; } internal set { Parse(); ownRejections = value; } }
        private Many<long> ownRejectionIds;
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids")] public Many<long> RejectionIds { get { Parse(); return ownRejectionIds; } set { Parse(); ownRejectionIds = value; } }
        private string ownChange;
        /// <summary>The one change that would make the cells trusted, if one is enough.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get { Parse(); return ownChange; } set { Parse(); ownChange = value; } }
        private long ownCount;
        /// <summary>How many cells this concerns.</summary>
        [DataMember(Name = "count")] public long Count { get { Parse(); return ownCount; } set { Parse(); ownCount = value; } }
        private string ownAdvice;
        /// <summary>What to do, in the same short form.</summary>
        [DataMember(Name = "advice", EmitDefaultValue = false)] public string Advice { get { Parse(); return ownAdvice; } set { Parse(); ownAdvice = value; } }
        private Many<CellName> ownCells;
        /// <summary>The first of them, at most 20.</summary>
        [DataMember(Name = "cells")] public Many<CellName> Cells { get { Parse(); return ownCells; } set { Parse(); ownCells = value; } }
        private string ownSummary;
        /// <summary>The nearest miss with subjects shortened to their distinctive part; empty if it was not looked for.</summary>
        [DataMember(Name = "summary")] public string Summary { get { Parse(); return ownSummary; } set { Parse(); ownSummary = value; } }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Cause>(json); }

        internal override void Take(Row parsed)
        {
            Cause from = (Cause)parsed;
            ownPresenter = from.ownPresenter;
            ownCertificate = from.ownCertificate;
            ownCertificateId = from.ownCertificateId;
            ownIssuer = from.ownIssuer;
            ownRejections = from.ownRejections;
            ownRejectionIds = from.ownRejectionIds;
            ownChange = from.ownChange;
            ownCount = from.ownCount;
            ownAdvice = from.ownAdvice;
            ownCells = from.ownCells;
            ownSummary = from.ownSummary;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rejections = new Many<Rejection>();
            Cells = new Many<CellName>();
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
        private Many<Addition> ownRows;
        /// <summary>The additions, the one with most targets first.</summary>
        [DataMember(Name = "rows")] public Many<Addition> Rows { get { Parse(); return ownRows; } set { Parse(); ownRows = value; } }
        private Many<Unfixable> ownUnfixable;
        /// <summary>What no known certificate can fix.</summary>
        [DataMember(Name = "unfixable")] public Many<Unfixable> Unfixable { get { Parse(); return ownUnfixable; } set { Parse(); ownUnfixable = value; } }
        private bool ownIsMinimal;
        /// <summary>Whether it is proved that no smaller set of the certificates known in the estate does the same.</summary>
        [DataMember(Name = "is_minimal")] public bool IsMinimal { get { Parse(); return ownIsMinimal; } set { Parse(); ownIsMinimal = value; } }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Rows);
            tables.Fill(Unfixable);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Additions>(json); }

        internal override void Take(Row parsed)
        {
            Additions from = (Additions)parsed;
            ownRows = from.ownRows;
            ownUnfixable = from.ownUnfixable;
            ownIsMinimal = from.ownIsMinimal;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rows = new Many<Addition>();
            Unfixable = new Many<Unfixable>();
        }
    }

    /// <summary>One certificate and the stores it is to be added to.</summary>
    [DataContract]
    public sealed partial class Addition : Row, ITabled
    {
        private CertificateRecord ownAdd;
        /// <summary>The certificate to add.</summary>
        public CertificateRecord Add { get { Parse(); return ownAdd; } internal set { Parse(); ownAdd = value; } }
        private string ownAddId;
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "add_id")] public string AddId { get { Parse(); return ownAddId; } set { Parse(); ownAddId = value; } }
        private string ownPem;
        /// <summary>The certificate itself, as PEM.</summary>
        [DataMember(Name = "pem")] public string Pem { get { Parse(); return ownPem; } set { Parse(); ownPem = value; } }
        private Many<string> ownSources;
        /// <summary>Where it was found, at most four places.</summary>
        [DataMember(Name = "sources")] public Many<string> Sources { get { Parse(); return ownSources; } set { Parse(); ownSources = value; } }
        private Many<string> ownTo;
        /// <summary>The parties whose TRUSTED_ROOTS gets it.</summary>
        [DataMember(Name = "to")] public Many<string> To { get { Parse(); return ownTo; } set { Parse(); ownTo = value; } }
        private bool ownUnverified;
        /// <summary>Whether it was seen only in what a server sends to anyone, or was collected from an unchecked server: it may be anyone's.</summary>
        [DataMember(Name = "unverified", EmitDefaultValue = false)] public bool Unverified { get { Parse(); return ownUnverified; } set { Parse(); ownUnverified = value; } }
        private Many<string> ownBecause;
        /// <summary>The parties that are then trusted.</summary>
        [DataMember(Name = "because")] public Many<string> Because { get { Parse(); return ownBecause; } set { Parse(); ownBecause = value; } }

        void ITabled.Fill(Tables tables)
        {
            Add = tables.Certificate(AddId);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Addition>(json); }

        internal override void Take(Row parsed)
        {
            Addition from = (Addition)parsed;
            ownAdd = from.ownAdd;
            ownAddId = from.ownAddId;
            ownPem = from.ownPem;
            ownSources = from.ownSources;
            ownTo = from.ownTo;
            ownUnverified = from.ownUnverified;
            ownBecause = from.ownBecause;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Sources = new Many<string>();
            To = new Many<string>();
            Because = new Many<string>();
        }
    }

    /// <summary>A presented certificate that no addition makes trusted.</summary>
    [DataContract]
    public sealed partial class Unfixable : Row, ITabled
    {
        private CertificateRecord ownCertificate;
        /// <summary>The end-entity certificate.</summary>
        public CertificateRecord Certificate { get { Parse(); return ownCertificate; } internal set { Parse(); ownCertificate = value; } }
        private string ownCertificateId;
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get { Parse(); return ownCertificateId; } set { Parse(); ownCertificateId = value; } }
        private string ownReason;
        /// <summary>What is wrong even when every certificate known in the estate is trusted.</summary>
        [DataMember(Name = "reason")] public string Reason { get { Parse(); return ownReason; } set { Parse(); ownReason = value; } }
        private string ownHint;
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get { Parse(); return ownHint; } set { Parse(); ownHint = value; } }
        private long ownCount;
        /// <summary>How many cells stay untrusted.</summary>
        [DataMember(Name = "count")] public long Count { get { Parse(); return ownCount; } set { Parse(); ownCount = value; } }
        private Many<CellName> ownCells;
        /// <summary>The first of them, at most 20.</summary>
        [DataMember(Name = "cells")] public Many<CellName> Cells { get { Parse(); return ownCells; } set { Parse(); ownCells = value; } }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Unfixable>(json); }

        internal override void Take(Row parsed)
        {
            Unfixable from = (Unfixable)parsed;
            ownCertificate = from.ownCertificate;
            ownCertificateId = from.ownCertificateId;
            ownReason = from.ownReason;
            ownHint = from.ownHint;
            ownCount = from.ownCount;
            ownCells = from.ownCells;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Cells = new Many<CellName>();
        }
    }

    /// <summary>What breaks until when.</summary>
    [DataContract]
    public sealed partial class Forecast : Row, ITabled
    {
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { Parse(); return at.Text; } set { Parse(); at = new Moment(value); } }
        /// <summary>The time from which everything is judged; UTC.</summary>
        public DateTime At { get { Parse(); return at.Time.GetValueOrDefault(); } set { Parse(); at = new Moment(value); } }
        private Moment until;
        [DataMember(Name = "until")] private string UntilText { get { Parse(); return until.Text; } set { Parse(); until = new Moment(value); } }
        /// <summary>The last moment that is considered; UTC.</summary>
        public DateTime Until { get { Parse(); return until.Time.GetValueOrDefault(); } set { Parse(); until = new Moment(value); } }
        private string ownProfile;
        /// <summary>The requested profile: it decides between vCenters, and is a second opinion about edges of hosts.</summary>
        [DataMember(Name = "profile")] public string Profile { get { Parse(); return ownProfile; } set { Parse(); ownProfile = value; } }
        private Many<Event> ownEvents;
        /// <summary>What happens, earliest first.</summary>
        [DataMember(Name = "events")] public Many<Event> Events { get { Parse(); return ownEvents; } set { Parse(); ownEvents = value; } }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Events);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Forecast>(json); }

        internal override void Take(Row parsed)
        {
            Forecast from = (Forecast)parsed;
            at = from.at;
            until = from.until;
            ownProfile = from.ownProfile;
            ownEvents = from.ownEvents;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Events = new Many<Event>();
        }
    }

    /// <summary>What breaks when one certificate expires.</summary>
    [DataContract]
    public sealed partial class Event : Row, ITabled
    {
        private Moment date;
        [DataMember(Name = "date")] private string DateText { get { Parse(); return date.Text; } set { Parse(); date = new Moment(value); } }
        /// <summary>The end of the certificate's validity: its last second by RFC 5280; UTC.</summary>
        public DateTime Date { get { Parse(); return date.Time.GetValueOrDefault(); } set { Parse(); date = new Moment(value); } }
        private long ownDaysLeft;
        /// <summary>Whole days until then.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get { Parse(); return ownDaysLeft; } set { Parse(); ownDaysLeft = value; } }
        private string ownKind;
        /// <summary>What part the certificate plays.</summary>
        [DataMember(Name = "kind")] public string Kind { get { Parse(); return ownKind; } set { Parse(); ownKind = value; } }
        private CertificateRecord ownCause;
        /// <summary>The certificate that ends.</summary>
        public CertificateRecord Cause { get { Parse(); return ownCause; } internal set { Parse(); ownCause = value; } }
        private string ownCauseId;
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "cause_id")] public string CauseId { get { Parse(); return ownCauseId; } set { Parse(); ownCauseId = value; } }
        private Many<string> ownPlaces;
        /// <summary>Where it is, at most four places.</summary>
        [DataMember(Name = "places")] public Many<string> Places { get { Parse(); return ownPlaces; } set { Parse(); ownPlaces = value; } }
        private long ownCount;
        /// <summary>How many links break.</summary>
        [DataMember(Name = "count")] public long Count { get { Parse(); return ownCount; } set { Parse(); ownCount = value; } }
        private long ownDisputed;
        /// <summary>How many edges of hosts keep working, but are no longer trusted by the requested profile.</summary>
        [DataMember(Name = "disputed")] public long Disputed { get { Parse(); return ownDisputed; } set { Parse(); ownDisputed = value; } }
        private Many<Link> ownLinks;
        /// <summary>The first of both, at most 50: what breaks first, with the matrix first.</summary>
        [DataMember(Name = "links")] public Many<Link> Links { get { Parse(); return ownLinks; } set { Parse(); ownLinks = value; } }

        void ITabled.Fill(Tables tables)
        {
            Cause = tables.Certificate(CauseId);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Event>(json); }

        internal override void Take(Row parsed)
        {
            Event from = (Event)parsed;
            date = from.date;
            ownDaysLeft = from.ownDaysLeft;
            ownKind = from.ownKind;
            ownCause = from.ownCause;
            ownCauseId = from.ownCauseId;
            ownPlaces = from.ownPlaces;
            ownCount = from.ownCount;
            ownDisputed = from.ownDisputed;
            ownLinks = from.ownLinks;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Places = new Many<string>();
            Links = new Many<Link>();
        }
    }

    /// <summary>A link that breaks, or would by the requested profile.</summary>
    [DataContract]
    public sealed partial class Link : Row
    {
        private string ownFrom;
        /// <summary>Who trusts.</summary>
        [DataMember(Name = "from")] public string From { get { Parse(); return ownFrom; } set { Parse(); ownFrom = value; } }
        private string ownTo;
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get { Parse(); return ownTo; } set { Parse(); ownTo = value; } }
        private string ownEdge;
        /// <summary>Which edge of a host; absent for a cell of the matrix.</summary>
        [DataMember(Name = "edge", EmitDefaultValue = false)] public string Edge { get { Parse(); return ownEdge; } set { Parse(); ownEdge = value; } }
        private bool ownDisputed;
        /// <summary>Whether it keeps working: only the requested profile ends it here, not the side that decides.</summary>
        [DataMember(Name = "disputed")] public bool Disputed { get { Parse(); return ownDisputed; } set { Parse(); ownDisputed = value; } }
        private Many<Break> ownBy;
        /// <summary>The rules by which it ends, those of the side that decides first.</summary>
        [DataMember(Name = "by")] public Many<Break> By { get { Parse(); return ownBy; } set { Parse(); ownBy = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Link>(json); }

        internal override void Take(Row parsed)
        {
            Link from = (Link)parsed;
            ownFrom = from.ownFrom;
            ownTo = from.ownTo;
            ownEdge = from.ownEdge;
            ownDisputed = from.ownDisputed;
            ownBy = from.ownBy;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            By = new Many<Break>();
        }
    }

    /// <summary>A link that was trusted by the rules of one profile and no longer is.</summary>
    [DataContract]
    public sealed partial class Break : Row
    {
        private string ownProfile;
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get { Parse(); return ownProfile; } set { Parse(); ownProfile = value; } }
        private Moment since;
        [DataMember(Name = "since")] private string SinceText { get { Parse(); return since.Text; } set { Parse(); since = new Moment(value); } }
        /// <summary>The first second at which it is not trusted; UTC.</summary>
        public DateTime Since { get { Parse(); return since.Time.GetValueOrDefault(); } set { Parse(); since = new Moment(value); } }
        private string ownVerdict;
        /// <summary>The verdict from then on: untrusted, or unknown if a part that is not known may still hold a path.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get { Parse(); return ownVerdict; } set { Parse(); ownVerdict = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Break>(json); }

        internal override void Take(Row parsed)
        {
            Break from = (Break)parsed;
            ownProfile = from.ownProfile;
            since = from.since;
            ownVerdict = from.ownVerdict;
        }
    }
}
