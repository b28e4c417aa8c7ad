// What a report says about an estate.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>How much there was to judge.</summary>
    [DataContract]
    public sealed partial class Judged
    {
        /// <summary>How many vCenters.</summary>
        [DataMember(Name = "vcenters")] public long VCenters { get; set; }
        /// <summary>How many hosts.</summary>
        [DataMember(Name = "hosts")] public long Hosts { get; set; }
        /// <summary>How many distinct certificates in use or in a store, printed entries included.</summary>
        [DataMember(Name = "certificates")] public long Certificates { get; set; }
        /// <summary>How many findings there are of each severity, whatever the list of findings is limited to.</summary>
        [DataMember(Name = "found")] public Found Found { get; set; }
        /// <summary>Whether nothing is known of any vCenter: what is not known is not healthy.</summary>
        [DataMember(Name = "is_empty")] public bool IsEmpty { get; set; }
        /// <summary>What all of it comes to, whatever is listed: what exit codes follow.</summary>
        [DataMember(Name = "outcomes")] public Outcomes Outcomes { get; set; }
        /// <summary>How many of those certificates are in each state, whatever the expiry table is limited to.</summary>
        [DataMember(Name = "states")] public States States { get; set; }
        /// <summary>How many links could not be judged: edges of hosts and cells of the matrix that are unknown.</summary>
        [DataMember(Name = "unknown")] public long Unknown { get; set; }
        /// <summary>How many blocks, files or entries could not be read, or belong to no part of an estate.</summary>
        [DataMember(Name = "unread")] public long Unread { get; set; }
    }

    /// <summary>What a report comes to, by what is looked at.</summary>
    [DataContract]
    public sealed partial class Outcomes
    {
        /// <summary>All of it: the worst finding.</summary>
        [DataMember(Name = "audit")] public Outcome Audit { get; set; }
        /// <summary>Who trusts whom between vCenters.</summary>
        [DataMember(Name = "matrix")] public Outcome Matrix { get; set; }
        /// <summary>The ends of certificates, whatever is listed of them.</summary>
        [DataMember(Name = "expiry")] public Outcome Expiry { get; set; }
    }

    /// <summary>What an answer comes to.</summary>
    [DataContract]
    public sealed partial class Outcome
    {
        private Severity? worst;
        [DataMember(Name = "worst", EmitDefaultValue = false)] private string WorstText { get { return Ranks.Word(worst); } set { worst = Ranks.ReadSeverity(value); } }
        /// <summary>The worst that was found; absent if nothing was.</summary>
        public Severity? Worst { get { return worst; } set { worst = value; } }
        /// <summary>Whether something is not known or could not be read.</summary>
        [DataMember(Name = "unknown")] public bool Unknown { get; set; }
    }

    /// <summary>How many certificates are in each state.</summary>
    [DataContract]
    public sealed partial class States
    {
        /// <summary>Their validity has ended.</summary>
        [DataMember(Name = "expired")] public long Expired { get; set; }
        /// <summary>Their validity has not begun.</summary>
        [DataMember(Name = "not_yet_valid")] public long NotYetValid { get; set; }
        /// <summary>They reached the hard threshold.</summary>
        [DataMember(Name = "hard")] public long Hard { get; set; }
        /// <summary>They reached the soft threshold.</summary>
        [DataMember(Name = "soft")] public long Soft { get; set; }
        /// <summary>Their end is further away.</summary>
        [DataMember(Name = "good")] public long Good { get; set; }
    }

    /// <summary>How many findings there are of each severity.</summary>
    [DataContract]
    public sealed partial class Found
    {
        /// <summary>Something is broken now.</summary>
        [DataMember(Name = "critical")] public long Critical { get; set; }
        /// <summary>Something breaks soon, or is broken for some.</summary>
        [DataMember(Name = "high")] public long High { get; set; }
        /// <summary>Something is wrong and can wait for the next change window.</summary>
        [DataMember(Name = "medium")] public long Medium { get; set; }
        /// <summary>Untidy, or far away.</summary>
        [DataMember(Name = "low")] public long Low { get; set; }
        /// <summary>Good to know.</summary>
        [DataMember(Name = "info")] public long Info { get; set; }
    }

    /// <summary>A judged fact about an estate.</summary>
    [DataContract]
    public sealed partial class Finding : Row, ITabled
    {
        private string ownId;
        /// <summary>The stable id.</summary>
        [DataMember(Name = "id")] public string Id { get { Parse(); return ownId; } set { Parse(); ownId = value; } }
        private string ownName;
        /// <summary>The stable name.</summary>
        [DataMember(Name = "name")] public string Name { get { Parse(); return ownName; } set { Parse(); ownName = value; } }
        private Severity? severity;
        [DataMember(Name = "severity")] private string SeverityText { get { Parse(); return Ranks.Word(severity); } set { Parse(); severity = Ranks.ReadSeverity(value); } }
        /// <summary>How bad it is; the catalogue's severity unless this case is worse or better.</summary>
        public Severity Severity { get { Parse(); return severity.GetValueOrDefault(); } set { Parse(); severity = value; } }
        private string ownWhere;
        /// <summary>Where it is, in one line: each vCenter and part once, with the hosts it holds for.</summary>
        [DataMember(Name = "where")] public string Where { get { Parse(); return ownWhere; } set { Parse(); ownWhere = value; } }
        private string ownSummary;
        /// <summary>The message with subjects shortened to their distinctive part.</summary>
        [DataMember(Name = "summary")] public string Summary { get { Parse(); return ownSummary; } set { Parse(); ownSummary = value; } }
        private string ownAdvice;
        /// <summary>The remedy in the same short form.</summary>
        [DataMember(Name = "advice", EmitDefaultValue = false)] public string Advice { get { Parse(); return ownAdvice; } set { Parse(); ownAdvice = value; } }
        private Many<Subject> ownSubjects;
        /// <summary>What it is about, sorted, each once.</summary>
        [DataMember(Name = "subjects")] public Many<Subject> Subjects { get { Parse(); return ownSubjects; } set { Parse(); ownSubjects = value; } }
        private string ownMessage;
        /// <summary>What is wrong, in one sentence that holds for every subject.</summary>
        [DataMember(Name = "message")] public string Message { get { Parse(); return ownMessage; } set { Parse(); ownMessage = value; } }
        private Evidence ownEvidence;
        /// <summary>The facts it rests on.</summary>
        [DataMember(Name = "evidence")] public Evidence Evidence { get { Parse(); return ownEvidence; } set { Parse(); ownEvidence = value; } }
        private string ownKey;
        /// <summary>The same for the same finding in every report: made of the id, of what it is about and of its certificates, and of no date or number that changes from day to day.</summary>
        [DataMember(Name = "key")] public string Key { get { Parse(); return ownKey; } set { Parse(); ownKey = value; } }
        private string ownRemedy;
        /// <summary>What to do.</summary>
        [DataMember(Name = "remedy", EmitDefaultValue = false)] public string Remedy { get { Parse(); return ownRemedy; } set { Parse(); ownRemedy = value; } }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Evidence);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<Finding>(json); }

        internal override void Take(Row parsed)
        {
            Finding from = (Finding)parsed;
            ownId = from.ownId;
            ownName = from.ownName;
            severity = from.severity;
            ownWhere = from.ownWhere;
            ownSummary = from.ownSummary;
            ownAdvice = from.ownAdvice;
            ownSubjects = from.ownSubjects;
            ownMessage = from.ownMessage;
            ownEvidence = from.ownEvidence;
            ownKey = from.ownKey;
            ownRemedy = from.ownRemedy;
        }

        partial void Starting();

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Subjects = new Many<Subject>();
            Starting();
        }
    }

    /// <summary>One object of the estate, as precise as a finding needs it.</summary>
    [DataContract]
    public sealed partial class Subject
    {
        /// <summary>The vCenter's name.</summary>
        [DataMember(Name = "vcenter", EmitDefaultValue = false)] public string VCenter { get; set; }
        /// <summary>The host's name.</summary>
        [DataMember(Name = "host", EmitDefaultValue = false)] public string Host { get; set; }
        /// <summary>The storage provider's name.</summary>
        [DataMember(Name = "provider", EmitDefaultValue = false)] public string Provider { get; set; }
        /// <summary>The part of it.</summary>
        [DataMember(Name = "part", EmitDefaultValue = false)] public string Part { get; set; }
        /// <summary>Where that was read.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get; set; }
    }

    /// <summary>The facts a finding rests on.</summary>
    [DataContract]
    public sealed partial class Evidence : ITabled
    {
        /// <summary>The certificates it is about.</summary>
        public Many<CertificateRecord> Certificates { get; internal set; }
        /// <summary>What they are called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_ids", EmitDefaultValue = false)] public Many<string> CertificateIds { get; set; }
        private Moment date;
        [DataMember(Name = "date", EmitDefaultValue = false)] private string DateText { get { return date.Text; } set { date = new Moment(value); } }
        /// <summary>The date that decides; UTC.</summary>
        public DateTime? Date { get { return date.Time; } set { date = new Moment(value); } }
        /// <summary>Whole days from the assessment's time to that date; negative when it is past.</summary>
        [DataMember(Name = "days_left", EmitDefaultValue = false)] public long? DaysLeft { get; set; }
        /// <summary>A number that decides, for example of CRLs.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>What was seen, if the finding is about a text: a status, an alias, a reason.</summary>
        [DataMember(Name = "seen", EmitDefaultValue = false)] public string Seen { get; set; }
        /// <summary>The lines of a log that say so, in order.</summary>
        [DataMember(Name = "lines", EmitDefaultValue = false)] public Many<Place> Lines { get; set; }
        /// <summary>Why no path was found, nearest miss first.</summary>
        public Many<Rejection> Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public Many<long> RejectionIds { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificates = tables.Certificates(CertificateIds);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Certificates = new Many<CertificateRecord>();
            Lines = new Many<Place>();
            Rejections = new Many<Rejection>();
        }
    }

    /// <summary>One certificate and its end.</summary>
    [DataContract]
    public sealed partial class ExpiryRow : Row, ITabled
    {
        private CertificateRecord ownCertificate;
        /// <summary>The certificate.</summary>
        public CertificateRecord Certificate { get { Parse(); return ownCertificate; } internal set { Parse(); ownCertificate = value; } }
        private string ownCertificateId;
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get { Parse(); return ownCertificateId; } set { Parse(); ownCertificateId = value; } }
        private long ownDaysLeft;
        /// <summary>Whole days until its end, rounded down; negative when it has passed.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get { Parse(); return ownDaysLeft; } set { Parse(); ownDaysLeft = value; } }
        private ExpiryState? state;
        [DataMember(Name = "state")] private string StateText { get { Parse(); return Ranks.Word(state); } set { Parse(); state = Ranks.ReadExpiryState(value); } }
        /// <summary>The worst state over its uses.</summary>
        public ExpiryState State { get { Parse(); return state.GetValueOrDefault(); } set { Parse(); state = value; } }
        private Limits ownLimits;
        /// <summary>The limits that state was judged by.</summary>
        [DataMember(Name = "limits")] public Limits Limits { get { Parse(); return ownLimits; } set { Parse(); ownLimits = value; } }
        private string ownWhere;
        /// <summary>The same in one line.</summary>
        [DataMember(Name = "where")] public string Where { get { Parse(); return ownWhere; } set { Parse(); ownWhere = value; } }
        private Many<ExpiryUse> ownUses;
        /// <summary>Where it is used.</summary>
        [DataMember(Name = "uses")] public Many<ExpiryUse> Uses { get { Parse(); return ownUses; } set { Parse(); ownUses = value; } }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        internal override Row Parsed(byte[] json) { return Json.Read<ExpiryRow>(json); }

        internal override void Take(Row parsed)
        {
            ExpiryRow from = (ExpiryRow)parsed;
            ownCertificate = from.ownCertificate;
            ownCertificateId = from.ownCertificateId;
            ownDaysLeft = from.ownDaysLeft;
            state = from.state;
            ownLimits = from.ownLimits;
            ownWhere = from.ownWhere;
            ownUses = from.ownUses;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Uses = new Many<ExpiryUse>();
        }
    }

    /// <summary>Two limits in days before the end of validity.</summary>
    [DataContract]
    public sealed partial class Limits
    {
        /// <summary>From here on it needs a plan.</summary>
        [DataMember(Name = "soft")] public long Soft { get; set; }
        /// <summary>From here on it needs action.</summary>
        [DataMember(Name = "hard")] public long Hard { get; set; }
    }

    /// <summary>The uses of one certificate in one part of a vCenter's estate.</summary>
    [DataContract]
    public sealed partial class ExpiryUse
    {
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>The part.</summary>
        [DataMember(Name = "part")] public string Part { get; set; }
        /// <summary>How many hosts, providers or entries.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>Their names, the first 20 of them; empty when the part is the vCenter's own.</summary>
        [DataMember(Name = "names", EmitDefaultValue = false)] public Many<string> Names { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Names = new Many<string>();
        }
    }

    /// <summary>The stores that a collection does not have.</summary>
    [DataContract]
    public sealed partial class NotCollected : Row
    {
        private Many<string> ownVCenters;
        /// <summary>The vCenters that lack one of the stores.</summary>
        [DataMember(Name = "vcenters")] public Many<string> VCenters { get { Parse(); return ownVCenters; } set { Parse(); ownVCenters = value; } }
        private Many<string> ownStores;
        /// <summary>The VECS stores that at least one of them lacks.</summary>
        [DataMember(Name = "stores")] public Many<string> Stores { get { Parse(); return ownStores; } set { Parse(); ownStores = value; } }
        private string ownExport;
        /// <summary>The command that exports them, to be run as root on each appliance.</summary>
        [DataMember(Name = "export")] public string Export { get { Parse(); return ownExport; } set { Parse(); ownExport = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<NotCollected>(json); }

        internal override void Take(Row parsed)
        {
            NotCollected from = (NotCollected)parsed;
            ownVCenters = from.ownVCenters;
            ownStores = from.ownStores;
            ownExport = from.ownExport;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            VCenters = new Many<string>();
            Stores = new Many<string>();
        }
    }
}
