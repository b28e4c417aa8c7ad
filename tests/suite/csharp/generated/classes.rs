//! Which classes are written, from which definitions, and where they differ from the rule. A new class is one line here.
//!
//! A class shows its properties in the order of `first`; what is not named there follows by the alphabet, so a new field of
//! a row needs nothing here.

/// A file of generated classes.
#[derive(Debug, Clone, Copy)]
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) job: &'static str,
    pub(super) classes: &'static [Class],
}

/// One class.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class {
    pub(super) name: &'static str,
    /// The definitions it has the properties of; what not all of them have may be null.
    pub(super) from: &'static [&'static str],
    pub(super) kind: Kind,
    /// The properties that are shown first, by their names in JSON.
    pub(super) first: &'static str,
    pub(super) except: &'static [Except],
}

/// What a class is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An item of a report.
    Row,
    /// A part of an item.
    Part,
    /// What a caller asks for: only what is set is written.
    Options,
    /// The same, for the assembly alone.
    Inner,
    /// What the library says to the assembly alone.
    Told,
}

/// Where one property differs from the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Except {
    /// It has another name: a member cannot be called as its class.
    Name(&'static str, &'static str),
    /// It has another type.
    Type(&'static str, &'static str),
    /// It may be null.
    Null(&'static str),
    /// Its definition has no description.
    Doc(&'static str, &'static str),
    /// The class does more when reading begins, in `Starting`.
    Starts,
}

use Except::{Doc, Name, Null, Starts, Type};
use Kind::{Inner, Options, Part, Row, Told};

impl Except {
    /// Another name for a property.
    pub(super) fn name(self, property: &str) -> Option<&'static str> {
        if let Name(of, name) = self { (of == property).then_some(name) } else { None }
    }

    /// Another type of a property.
    pub(super) fn kind(self, property: &str) -> Option<&'static str> {
        if let Type(of, kind) = self { (of == property).then_some(kind) } else { None }
    }

    /// A description for a property.
    pub(super) fn doc(self, property: &str) -> Option<&'static str> {
        if let Doc(of, text) = self { (of == property).then_some(text) } else { None }
    }
}

const fn class(name: &'static str, from: &'static [&'static str], kind: Kind, first: &'static str) -> Class {
    Class { name, from, kind, first, except: &[] }
}

impl Class {
    /// Whether it is what the library is asked for, and not what it says.
    pub(super) fn is_asked(&self) -> bool {
        matches!(self.kind, Options | Inner)
    }

    /// Whether only the assembly sees it.
    pub(super) fn is_inner(&self) -> bool {
        matches!(self.kind, Inner | Told)
    }

    const fn except(self, except: &'static [Except]) -> Self {
        Self { except, ..self }
    }
}

/// Every generated file of classes.
pub(super) const FILES: [&File; 6] = [&CERTIFICATES, &STORES, &REPORTS, &TRUST, &SERVERS, &OPTIONS];

const CERTIFICATES: File = File {
    name: "RowsOfCertificates",
    job: "Certificates, and what was decided about them.",
    classes: &[
        class("Place", &["Place"], Part, "source line store"),
        class(
            "Certificate",
            &["DescribedCertificate", "Presented"],
            Row,
            "place subject issuer serial_number version not_before not_after sha1 sha256 subject_key_id \
            authority_key_id is_ca path_length key_usage extended_key_usage subject_alternative_names \
            key_algorithm key_bits signature_algorithm critical_extensions pem",
        )
        .except(&[Type("version", "int?"), Null("not_before"), Null("not_after")]),
        class(
            "CertificateRecord",
            &["TabledCertificate"],
            Part,
            "id subject issuer serial_number sha256 sha1 not_before not_after subject_key_id",
        ),
        class("CertificateFacts", &["CertificateFacts"], Part, "subject issuer sha256 sha1 not_after"),
        class("Origin", &["Origin"], Part, "").except(&[
            Doc("presented", "The position in the presented chain, 0 for the end-entity certificate."),
            Doc("store", "Where in the store it was read."),
        ]),
        class(
            "Verdict",
            &["Verdict"],
            Row,
            "state trusted profile purpose at path rejections change public_ca missing unread reason",
        ),
        class("Rejection", &["RejectionForm"], Row, "code message hint certificate candidate"),
        class(
            "RejectionDetails",
            &["Reason"],
            Part,
            "code at not_before not_after revoked_at wanted present missing end_entity reason crl_issuer why \
            issuer key_id found limit count name excluded_by oid version length field inner outer what digest \
            bits minimum",
        )
        .except(&[Doc("code", "The stable name of the rule.")]),
    ],
};

const STORES: File = File {
    name: "RowsOfStores",
    job: "What a store holds beside certificates, and what is wrong with it.",
    classes: &[
        class("Crl", &["DescribedCrl"], Row, "place issuer sha256 this_update next_update"),
        class(
            "DumpedEntry",
            &["DescribedDump"],
            Row,
            "place sha1 subject issuer serial_number not_before not_after subject_key_id authority_key_id is_ca \
            key_usage signature_algorithm",
        ),
        class("BareEntry", &["BareEntry"], Row, ""),
        class("Unreadable", &["Unreadable"], Row, ""),
        class(
            "LintIssue",
            &["LintIssue"],
            Row,
            "kind severity place subject sha1 not_before not_after ca certificate_sign algorithm bits alias copy \
            others count extensions",
        )
        .except(&[Doc("kind", "The stable name of what is wrong.")]),
    ],
};

const REPORTS: File = File {
    name: "RowsOfReports",
    job: "What a report says about an estate.",
    classes: &[
        class("Judged", &["Judged"], Part, "vcenters hosts certificates"),
        class("Outcomes", &["Outcomes"], Part, "audit matrix expiry"),
        class("Outcome", &["Outcome"], Part, "worst unknown"),
        class("States", &["States"], Part, "expired not_yet_valid hard soft good"),
        class("Found", &["Found"], Part, "critical high medium low info"),
        class("Finding", &["Finding"], Row, "id name severity where summary advice subjects message evidence")
            .except(&[Starts]),
        class("Subject", &["Subject"], Part, "vcenter host provider part"),
        class("Evidence", &["Evidence"], Part, "certificate_ids date days_left count seen"),
        class("ExpiryRow", &["ExpiryRow"], Row, "certificate_id days_left state limits where"),
        class("Limits", &["Limits"], Part, "soft"),
        class("ExpiryUse", &["ExpiryUse"], Part, "vcenter part"),
        class("NotCollected", &["NotCollected"], Row, "vcenters stores export"),
    ],
};

const TRUST: File = File {
    name: "RowsOfTrust",
    job: "Who trusts whom, why not, what to add, and what breaks next.",
    classes: &[
        class(
            "Edge",
            &["Edge"],
            Row,
            "kind vcenter host verdict consumer profile_verdict pinned missing certificate_id rejection_ids",
        ),
        class("Matrix", &["Matrix"], Row, "profile at parties is_mutual untrusted unknown rows").except(&[
            Doc("profile", "Whose rules."),
            Doc("at", "The verification time."),
            Starts,
        ]),
        class("Party", &["Party"], Row, "name vcenters has_store"),
        class("Missing", &["Missing"], Part, "what links"),
        class("Cause", &["Cause"], Row, "presenter certificate_id issuer rejection_ids change count"),
        class("CellName", &["CellName"], Part, ""),
        class("Additions", &["Additions"], Row, "rows unfixable"),
        class("Addition", &["Addition"], Row, "add_id pem sources to unverified"),
        class("Unfixable", &["Unfixable"], Row, "certificate_id reason hint count"),
        class("Forecast", &["Forecast"], Row, "at until profile"),
        class("Event", &["Event"], Row, "date days_left kind cause_id places count"),
        class("Link", &["Link"], Row, "from to edge disputed"),
        class("Break", &["Break"], Row, "profile since"),
    ],
};

const SERVERS: File = File {
    name: "RowsOfServers",
    job: "What servers present, and what a collection brought.",
    classes: &[
        class(
            "Endpoint",
            &["Probe"],
            Row,
            "endpoint address server_name protocol cipher_suite chain unreadable possession client_certificate \
            alert failure resolve_ms connect_ms",
        )
        .except(&[Name("endpoint", "Name")]),
        class("ClientCertificateRequest", &["ClientCertificateRequest"], Part, ""),
        class("Alert", &["Alert"], Part, "number name"),
        class("ProbeFailure", &["ProbeFailure"], Part, "code name"),
        class("CollectFailure", &["CollectFailure"], Row, "vcenter object code name message privilege is_whole"),
        class("VCenterSummary", &["VCenterSummary"], Row, "name hosts"),
    ],
};

const OPTIONS: File = File {
    name: "Options",
    job: "What callers ask for, as the library reads it, and how it says what it could not do.",
    classes: &[
        class(
            "VerifyOptions",
            &["VerifyOptions"],
            Options,
            "at profile purpose name crls revocation max_depth policies explicit_policy inhibit_policy_mapping",
        ),
        class("AssessOptions", &["AssessOptions"], Options, "at profile thresholds"),
        class("ProbeOptions", &["ProbeOptions"], Options, "timeout_seconds server_name connect_to"),
        class("RenderOptions", &["RenderOptions"], Options, "view width"),
        class("FailsOptions", &["FailsOptions"], Options, "view fail_on"),
        class("InventoryOptions", &["InventoryOptions"], Options, "vcenters_in_flight hosts_in_flight"),
        class(
            "ServerSettings",
            &["ServerSettings"],
            Options,
            "url name ca_file system_roots pins insecure timeout_seconds sso_domain sms_file hosts providers",
        ),
        class("ReadOptions", &["ReadOptions"], Inner, "source store"),
        class("DescribeOptions", &["DescribeOptions"], Inner, ""),
        class("ErrorDetail", &["ErrorDetail"], Told, "code name message argument").except(&[Type("line", "int?")]),
    ],
};
