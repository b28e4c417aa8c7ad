//! A report as its JSON has it, as far as a page shows it. Every section may be missing: a part of a report is drawn, too.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::RenderError;
use crate::assess::{ExpiryState, ExpiryUse, Missing, Outcome, Outcomes, Trust};
use crate::catalogue::Severity;
use crate::finding::words::count;
use crate::finding::{ServerNames, Subject};
use crate::thumbprint::Thumbprint;

/// A report, or a part of one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sheet {
    pub(super) at: String,
    pub(super) profile: String,
    pub(super) thresholds: String,
    pub(super) findings: Option<Vec<Finding>>,
    pub(super) expiry: Option<Vec<Expiry>>,
    edges: Option<Vec<Edge>>,
    pub(super) matrix: Option<Matrix>,
    pub(super) causes: Option<Vec<Cause>>,
    pub(super) additions: Option<Additions>,
    pub(super) forecast: Option<Forecast>,
    pub(super) not_collected: Option<NotCollected>,
    pub(super) within: Option<i64>,
    /// The vCenters it is limited to; none where it is about all.
    pub(super) vcenters: Vec<String>,
    pub(super) severity: Option<Severity>,
    judged: Option<Judged>,
    certificates: Vec<Certificate>,
    pub(super) unreadable: Option<Vec<Unreadable>>,
}

/// Stores that no API gives.
#[derive(Debug, Deserialize)]
pub(super) struct NotCollected {
    pub(super) vcenters: Vec<String>,
    pub(super) stores: Vec<String>,
    pub(super) export: String,
}

#[derive(Debug, Deserialize)]
struct Judged {
    certificates: usize,
    #[serde(default)]
    hosts: Option<usize>,
    #[serde(default)]
    found: BTreeMap<Severity, usize>,
    #[serde(default)]
    unread: usize,
    #[serde(default)]
    unknown: usize,
    #[serde(default)]
    outcomes: Option<Outcomes>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Finding {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) severity: Severity,
    #[serde(default)]
    pub(super) subjects: Vec<Subject>,
    #[serde(default)]
    pub(super) evidence: Evidence,
    pub(super) summary: String,
    #[serde(rename = "where")]
    pub(super) place: String,
    #[serde(default)]
    pub(super) advice: Option<String>,
}

/// What of the facts behind a finding says how many it concerns.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Evidence {
    pub(super) certificate_ids: Vec<String>,
    count: Option<usize>,
}

impl Finding {
    /// How many it concerns beside those it names: one about a column of the matrix names the first of them. The cause of the same
    /// certificate and number may know the others.
    pub(super) fn left_out(&self) -> Option<usize> {
        let count = self.evidence.count.filter(|_| self.id == "VT501")?;
        count.checked_sub(self.subjects.len()).filter(|rest| *rest > 0)
    }

    /// Whether it was made of this cause.
    pub(super) fn is_of(&self, cause: &Cause) -> bool {
        self.evidence.count == Some(cause.count) && self.evidence.certificate_ids.contains(&cause.certificate_id)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Expiry {
    pub(super) certificate_id: String,
    pub(super) days_left: i64,
    pub(super) state: ExpiryState,
    #[serde(default)]
    pub(super) uses: Vec<ExpiryUse>,
    #[serde(rename = "where")]
    pub(super) place: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Edge {
    pub(super) kind: String,
    pub(super) vcenter: String,
    pub(super) host: String,
    pub(super) verdict: Trust,
    #[serde(default)]
    pub(super) missing: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Matrix {
    pub(super) parties: Vec<Party>,
    pub(super) missing: Vec<Missing>,
    rows: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) vcenters: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Cause {
    pub(super) certificate_id: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) advice: Option<String>,
    pub(super) count: usize,
    pub(super) cells: Vec<CellName>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CellName {
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Additions {
    pub(super) rows: Vec<Addition>,
    pub(super) unfixable: Vec<Unfixable>,
    pub(super) is_minimal: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Addition {
    pub(super) add_id: String,
    pub(super) sources: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) because: Vec<String>,
    #[serde(default)]
    pub(super) unverified: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Unfixable {
    pub(super) certificate_id: String,
    pub(super) reason: String,
    pub(super) hint: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Forecast {
    pub(super) until: String,
    pub(super) events: Vec<Event>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub(super) date: String,
    pub(super) days_left: i64,
    pub(super) kind: String,
    pub(super) cause_id: String,
    pub(super) places: Vec<String>,
    pub(super) count: usize,
}

#[derive(Debug, Default, Deserialize)]
struct Certificate {
    id: String,
    short_name: String,
    #[serde(default)]
    sha1: Option<String>,
    #[serde(default)]
    sha256: Option<String>,
    #[serde(default)]
    not_before: Option<String>,
    #[serde(default)]
    not_after: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Unreadable {
    pub(super) place: Place,
    pub(super) reason: String,
}

/// A place as reports have it, or in words already.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Place {
    Said(String),
    Told(crate::store::Place),
}

impl Unreadable {
    /// Whether something that was looked for may be in it.
    pub(super) fn hides_something(&self) -> bool {
        let block = crate::store::Unreadable { place: crate::store::Place::default(), reason: self.reason.clone() };
        !block.hides_nothing()
    }

    pub(super) fn said(&self) -> String {
        match &self.place {
            Place::Said(place) => format!("{place}: {}", self.reason),
            Place::Told(place) => format!("{place}: {}", self.reason),
        }
    }
}

/// What a page says of a certificate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'s> {
    pub(super) name: &'s str,
    pub(super) sha1: &'s str,
    pub(super) sha256: &'s str,
    pub(super) from: &'s str,
    pub(super) until: &'s str,
}

impl Known<'_> {
    /// Its SHA-1 as vSphere shows it, uppercase with colons; what is no digest stays as it is.
    pub(super) fn thumbprint(&self) -> String {
        self.sha1.parse::<Thumbprint>().map_or_else(|_| self.sha1.to_owned(), |sha1| sha1.with_colons())
    }
}

impl Sheet {
    /// The certificates by their ids.
    pub(super) fn known(&self) -> HashMap<&str, Known<'_>> {
        self.certificates
            .iter()
            .map(|one| {
                let known = Known {
                    name: &one.short_name,
                    sha1: one.sha1.as_deref().unwrap_or("-"),
                    sha256: one.sha256.as_deref().unwrap_or("-"),
                    from: one.not_before.as_deref().map_or("-", day),
                    until: one.not_after.as_deref().map_or("-", day),
                };
                (&*one.id, known)
            })
            .collect()
    }

    /// The edges, where the report has them.
    pub(super) fn edges(&self) -> &[Edge] {
        self.edges.as_deref().unwrap_or_default()
    }

    /// Whether it has edges, be it none.
    pub(super) fn has_edges(&self) -> bool {
        self.edges.is_some()
    }

    /// Whether the end of any certificate was looked at.
    pub(super) fn has_certificates(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| judged.certificates > 0)
    }

    /// What a part of the report comes to, where the report says so.
    pub(super) fn outcome(&self, choose: fn(Outcomes) -> Outcome) -> Outcome {
        self.judged.as_ref().and_then(|judged| judged.outcomes).map(choose).unwrap_or_default()
    }

    /// What is not known, in words: links, and what could not be read. Nothing where all is.
    pub(super) fn unknown(&self) -> Option<String> {
        let judged = self.judged.as_ref()?;
        let links = count(judged.unknown, "link is", "links are") + " not known";
        let blocks = count(judged.unread, "input or entry", "inputs or entries") + " could not be read";
        match (judged.unknown, judged.unread) {
            (0, 0) => None,
            (_, 0) => Some(links),
            (0, _) => Some(blocks),
            _ => Some(format!("{links}, and {blocks}")),
        }
    }

    /// How many findings of this severity there are, whatever the list is limited to.
    pub(super) fn found(&self, severity: Severity) -> usize {
        let listed = || self.findings.iter().flatten().filter(|finding| finding.severity == severity).count();
        let judged = self.judged.as_ref().filter(|judged| !judged.found.is_empty());
        judged.map_or_else(listed, |judged| judged.found.get(&severity).copied().unwrap_or_default())
    }

    /// How many hosts were judged, where the report says so.
    pub(super) fn hosts(&self) -> Option<usize> {
        self.judged.as_ref().and_then(|judged| judged.hosts)
    }

    /// Whether the report is about this vCenter.
    pub(super) fn is_about(&self, vcenter: &str) -> bool {
        self.vcenters.is_empty() || self.vcenters.iter().any(|name| name == vcenter)
    }

    /// The rows of the matrix that the report is about.
    pub(super) fn shown_rows(&self) -> Vec<usize> {
        let parties = self.matrix.iter().flat_map(|matrix| matrix.parties.iter().enumerate());
        let about = parties.filter(|(_, party)| party.vcenters.iter().any(|name| self.is_about(name)));
        if self.vcenters.is_empty() {
            return (0..self.matrix.as_ref().map_or(0, |matrix| matrix.parties.len())).collect();
        }
        about.map(|(number, _)| number).collect()
    }

    /// How many cells that the report is about have this sign: what its vCenters trust, and who trusts them.
    pub(super) fn cells(&self, sign: &str) -> usize {
        let rows = self.shown_rows();
        self.matrix.as_ref().map_or(0, |matrix| matrix.count(&rows, sign) + matrix.others(&rows, sign).len())
    }

    /// Every server of the report.
    pub(super) fn servers(&self) -> ServerNames {
        let parties = self.matrix.iter().flat_map(|matrix| &matrix.parties);
        let vcenters = parties.flat_map(|party| &party.vcenters);
        let edges = self.edges().iter().flat_map(|edge| [&edge.vcenter, &edge.host]);
        let subjects = self.findings.iter().flatten().flat_map(|finding| &finding.subjects);
        let named = subjects.flat_map(|subject| [&subject.vcenter, &subject.host, &subject.provider]).flatten();
        vcenters.chain(edges).map(String::as_str).chain(named.map(|name| &**name)).collect()
    }
}

impl Matrix {
    /// Whether every row has an answer about every column.
    pub(super) fn is_whole(&self) -> bool {
        let size = self.parties.len();
        let is_answer = |sign: u8| matches!(sign, b'+' | b'-' | b'?');
        self.rows.len() == size && self.rows.iter().all(|row| row.len() == size && row.bytes().all(is_answer))
    }

    /// How many cells of these rows have this sign.
    pub(super) fn count(&self, rows: &[usize], sign: &str) -> usize {
        rows.iter().filter_map(|row| self.rows.get(*row)).map(|row| row.matches(sign).count()).sum()
    }

    /// The other rows with this sign in one of these columns.
    pub(super) fn others(&self, columns: &[usize], sign: &str) -> Vec<(usize, usize)> {
        let rows = (0..self.parties.len()).filter(|row| !columns.contains(row));
        let pairs = rows.flat_map(|row| columns.iter().map(move |column| (row, *column)));
        pairs.filter(|(row, column)| self.cell(*row, *column) == sign).collect()
    }

    /// Whether any cell is refused.
    pub(super) fn refuses(&self) -> bool {
        self.rows.iter().any(|row| row.contains('-'))
    }

    /// Whether there are parties, and every one trusts every one.
    pub(super) fn is_mutual(&self) -> bool {
        !self.parties.is_empty() && self.rows.iter().all(|row| row.bytes().all(|sign| sign == b'+'))
    }

    /// The answer of a row about a column, as the JSON has it: `+`, `-` or `?`.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|answers| answers.get(column..=column)).unwrap_or("?")
    }
}

/// Reads what is to be drawn.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> Result<T, RenderError> {
    serde_json::from_str(json).map_err(|error| RenderError::Json(error.to_string()))
}

/// The same of an object: serde would take the items of an array for the fields in order.
pub(super) fn read_object<T: DeserializeOwned>(json: &str) -> Result<T, RenderError> {
    if json.trim_start().starts_with('{') {
        read(json)
    } else {
        Err(RenderError::Json("it is not a JSON object".to_owned()))
    }
}

/// The date of a time.
pub(super) fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}
