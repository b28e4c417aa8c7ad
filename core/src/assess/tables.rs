//! What a report speaks of many times and writes once: its certificates, and what was found wrong with them.
//!
//! An estate of a thousand hosts has a handful of causes. Whoever judges holds records and rejections themselves; in JSON
//! there are tables of them, and what refers to them has their ids.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use hashbrown::HashMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::finding::CertificateRecord;
use super::report::Report;
use crate::path::Rejection;
use crate::thumbprint::hex;

/// What a certificate is called in the table of a report: the SHA-256 of its DER. An entry that is known from a printed
/// dump alone has none; it is called `dump-` and a digest of what is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct CertificateId(String);

/// One row of the table of certificates.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TabledCertificate {
    /// What it is called.
    pub id: CertificateId,
    /// What there is to say about it.
    #[serde(flatten)]
    pub record: CertificateRecord,
}

impl CertificateRecord {
    /// What it is called in the table of a report.
    #[must_use]
    pub fn id(&self) -> CertificateId {
        CertificateId(self.sha256.map_or_else(
            || {
                let known = serde_json::to_vec(self).unwrap_or_default();
                format!("dump-{}", hex(Sha256::digest(known).get(..16).unwrap_or_default()))
            },
            |sha256| sha256.to_string(),
        ))
    }
}

/// What was found wrong, the nearest miss first. In the JSON of a report: the positions of these in its table.
#[derive(Debug, Clone, Default)]
pub struct Rejections {
    list: Arc<[Rejection]>,
    positions: Arc<[usize]>,
}

impl Deref for Rejections {
    type Target = [Rejection];

    fn deref(&self) -> &[Rejection] {
        &self.list
    }
}

impl Rejections {
    /// Whether nothing was found wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl PartialEq for Rejections {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl From<Vec<Rejection>> for Rejections {
    fn from(list: Vec<Rejection>) -> Self {
        Self { list: list.into(), positions: Arc::default() }
    }
}

impl FromIterator<Rejection> for Rejections {
    fn from_iter<I: IntoIterator<Item = Rejection>>(list: I) -> Self {
        Self { list: list.into_iter().collect(), positions: Arc::default() }
    }
}

impl Serialize for Rejections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.positions.serialize(serializer)
    }
}

impl JsonSchema for Rejections {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RejectionIds".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Positions in the `rejections` of the report, from 0; the nearest miss first.",
            "type": "array",
            "items": { "type": "integer", "minimum": 0 }
        })
    }
}

/// Writes a certificate as its id.
pub(super) fn id<S: Serializer>(record: &CertificateRecord, serializer: S) -> Result<S::Ok, S::Error> {
    record.id().serialize(serializer)
}

/// The same, where it may not be known.
#[expect(clippy::ref_option, reason = "the form in which serde hands it over")]
pub(super) fn known_id<S: Serializer>(
    record: &Option<Arc<CertificateRecord>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    record.as_ref().map(|record| record.id()).serialize(serializer)
}

/// Writes certificates as their ids.
pub(super) fn ids<S: Serializer>(records: &[CertificateRecord], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(records.iter().map(CertificateRecord::id))
}

impl Report {
    /// Fills the tables with all that the report refers to.
    pub(super) fn tabled(mut self) -> Self {
        let records: BTreeMap<CertificateId, &CertificateRecord> = self.records().map(|one| (one.id(), one)).collect();
        self.certificates =
            records.into_iter().map(|(id, record)| TabledCertificate { id, record: record.clone() }).collect();
        let mut numbers = Numbers::default();
        self.findings.iter_mut().for_each(|finding| numbers.number(&mut finding.evidence.rejections));
        self.edges.iter_mut().for_each(|edge| numbers.number(&mut edge.rejections));
        self.causes.iter_mut().for_each(|cause| numbers.number(&mut cause.rejections));
        self.rejections = numbers.table;
        self
    }

    /// Every certificate it refers to. Edges share their records, so each of these comes once.
    fn records(&self) -> impl Iterator<Item = &CertificateRecord> {
        let shared: HashMap<_, _> =
            self.edges.iter().filter_map(|edge| edge.certificate.as_deref()).map(|one| (one.sha256, one)).collect();
        let found = self.findings.iter().flat_map(|finding| &finding.evidence.certificates);
        let additions = self.additions.rows.iter().map(|row| &row.add);
        found
            .chain(self.expiry.iter().map(|row| &row.certificate))
            .chain(shared.into_values())
            .chain(self.causes.iter().map(|cause| &cause.certificate))
            .chain(additions.chain(self.additions.unfixable.iter().map(|row| &row.certificate)))
            .chain(self.forecast.events.iter().map(|event| &event.cause))
    }
}

/// Gives each distinct rejection its position.
#[derive(Default)]
struct Numbers {
    table: Vec<Rejection>,
    known: HashMap<Rejection, usize>,
    /// The lists that were numbered: many edges share one.
    lists: HashMap<*const Rejection, Arc<[usize]>>,
}

impl Numbers {
    fn number(&mut self, rejections: &mut Rejections) {
        if rejections.is_empty() {
            return;
        }
        let positions = self.lists.entry(rejections.list.as_ptr()).or_insert_with(|| {
            let position = |rejection: &Rejection| match self.known.get(rejection) {
                Some(position) => *position,
                None => {
                    self.table.push(rejection.clone());
                    self.known.insert(rejection.clone(), self.table.len() - 1);
                    self.table.len() - 1
                }
            };
            rejections.list.iter().map(position).collect()
        });
        rejections.positions = Arc::clone(positions);
    }
}
