//! A report as its JSON has it, as far as a page shows it. Every section may be missing: a part of a report is drawn, too.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

use crate::finding::ServerNames;

pub(super) type Text<'j> = Cow<'j, str>;

/// A report, or a part of one. A JSON array is none: serde would take its items for fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sheet<'j> {
    #[serde(borrow)]
    pub(super) at: Text<'j>,
    #[serde(borrow)]
    pub(super) profile: Text<'j>,
    #[serde(borrow)]
    pub(super) thresholds: Text<'j>,
    #[serde(borrow)]
    pub(super) findings: Vec<Finding<'j>>,
    #[serde(borrow)]
    pub(super) expiry: Option<Vec<Expiry<'j>>>,
    #[serde(borrow)]
    pub(super) edges: Vec<Edge<'j>>,
    #[serde(borrow)]
    pub(super) matrix: Option<Matrix<'j>>,
    #[serde(borrow)]
    pub(super) causes: Option<Vec<Cause<'j>>>,
    #[serde(borrow)]
    pub(super) additions: Option<Additions<'j>>,
    #[serde(borrow)]
    pub(super) forecast: Option<Forecast<'j>>,
    pub(super) within: Option<i64>,
    judged: Option<Judged>,
    #[serde(borrow)]
    certificates: Vec<Certificate<'j>>,
    #[serde(borrow)]
    pub(super) unreadable: Option<Vec<Unreadable<'j>>>,
}

#[derive(Debug, Deserialize)]
struct Judged {
    certificates: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct Finding<'j> {
    #[serde(borrow)]
    pub(super) id: Text<'j>,
    #[serde(borrow)]
    pub(super) name: Text<'j>,
    #[serde(borrow)]
    pub(super) severity: Text<'j>,
    #[serde(borrow)]
    pub(super) summary: Text<'j>,
    #[serde(borrow, rename = "where")]
    pub(super) place: Text<'j>,
    #[serde(borrow, default)]
    pub(super) advice: Option<Text<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Expiry<'j> {
    #[serde(borrow)]
    pub(super) certificate_id: Text<'j>,
    pub(super) days_left: i64,
    #[serde(borrow)]
    pub(super) state: Text<'j>,
    #[serde(borrow, rename = "where")]
    pub(super) place: Text<'j>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Edge<'j> {
    #[serde(borrow)]
    pub(super) kind: Text<'j>,
    #[serde(borrow)]
    pub(super) vcenter: Text<'j>,
    #[serde(borrow)]
    pub(super) host: Text<'j>,
    #[serde(borrow)]
    pub(super) verdict: Text<'j>,
    #[serde(borrow, default)]
    pub(super) missing: Vec<Text<'j>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Matrix<'j> {
    #[serde(borrow)]
    pub(super) parties: Vec<Party<'j>>,
    pub(super) is_mutual: bool,
    pub(super) untrusted: usize,
    pub(super) unknown: usize,
    #[serde(borrow)]
    rows: Vec<Text<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Party<'j> {
    #[serde(borrow)]
    pub(super) name: Text<'j>,
    #[serde(borrow)]
    pub(super) vcenters: Vec<Text<'j>>,
    pub(super) has_store: bool,
    #[serde(borrow, default)]
    pub(super) without_chain: Vec<Text<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Cause<'j> {
    #[serde(borrow)]
    pub(super) certificate_id: Text<'j>,
    #[serde(borrow)]
    pub(super) summary: Text<'j>,
    #[serde(borrow, default)]
    pub(super) advice: Option<Text<'j>>,
    pub(super) count: usize,
    #[serde(borrow)]
    pub(super) cells: Vec<CellName<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CellName<'j> {
    #[serde(borrow)]
    pub(super) from: Text<'j>,
    #[serde(borrow)]
    pub(super) to: Text<'j>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Additions<'j> {
    #[serde(borrow)]
    pub(super) rows: Vec<Addition<'j>>,
    #[serde(borrow)]
    pub(super) unfixable: Vec<Unfixable<'j>>,
    pub(super) is_minimal: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Addition<'j> {
    #[serde(borrow)]
    pub(super) add_id: Text<'j>,
    #[serde(borrow)]
    pub(super) sources: Vec<Text<'j>>,
    #[serde(borrow)]
    pub(super) to: Vec<Text<'j>>,
    #[serde(borrow)]
    pub(super) because: Vec<Text<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Unfixable<'j> {
    #[serde(borrow)]
    pub(super) certificate_id: Text<'j>,
    #[serde(borrow)]
    pub(super) reason: Text<'j>,
    #[serde(borrow)]
    pub(super) hint: Text<'j>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Forecast<'j> {
    #[serde(borrow)]
    pub(super) until: Text<'j>,
    #[serde(borrow)]
    pub(super) events: Vec<Event<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Event<'j> {
    #[serde(borrow)]
    pub(super) date: Text<'j>,
    pub(super) days_left: i64,
    #[serde(borrow)]
    pub(super) kind: Text<'j>,
    #[serde(borrow)]
    pub(super) cause_id: Text<'j>,
    #[serde(borrow)]
    pub(super) places: Vec<Text<'j>>,
    pub(super) count: usize,
}

#[derive(Debug, Default, Deserialize)]
struct Certificate<'j> {
    #[serde(borrow)]
    id: Text<'j>,
    #[serde(borrow)]
    short_name: Text<'j>,
    #[serde(borrow, default)]
    sha1: Option<Text<'j>>,
    #[serde(borrow, default)]
    not_after: Option<Text<'j>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Unreadable<'j> {
    #[serde(borrow)]
    pub(super) place: Place<'j>,
    #[serde(borrow)]
    pub(super) reason: Text<'j>,
}

/// A place as reports have it, or in words already.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Place<'j> {
    Said(#[serde(borrow)] Text<'j>),
    Told(crate::store::Place),
}

impl Unreadable<'_> {
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
    pub(super) until: &'s str,
}

impl Sheet<'_> {
    /// The certificates by their ids.
    pub(super) fn known(&self) -> HashMap<&str, Known<'_>> {
        self.certificates
            .iter()
            .map(|one| {
                let known = Known {
                    name: &one.short_name,
                    sha1: one.sha1.as_deref().unwrap_or("-"),
                    until: one.not_after.as_deref().map_or("-", day),
                };
                (&*one.id, known)
            })
            .collect()
    }

    /// Whether the end of any certificate was looked at.
    pub(super) fn has_certificates(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| judged.certificates > 0)
    }

    /// Every server of the report.
    pub(super) fn servers(&self) -> ServerNames {
        let parties = self.matrix.iter().flat_map(|matrix| &matrix.parties);
        let vcenters = parties.flat_map(|party| &party.vcenters);
        let edges = self.edges.iter().flat_map(|edge| [&edge.vcenter, &edge.host]);
        vcenters.chain(edges).collect()
    }
}

impl Matrix<'_> {
    /// Whether every row has an answer about every column.
    pub(super) fn is_whole(&self) -> bool {
        let size = self.parties.len();
        self.rows.len() == size && self.rows.iter().all(|row| row.len() == size)
    }

    /// The answer of a row about a column, as the JSON has it: `+`, `-` or `?`.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|answers| answers.get(column..=column)).unwrap_or("?")
    }
}

/// The date of a time.
pub(super) fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}
