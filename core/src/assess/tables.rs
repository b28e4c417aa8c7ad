//! What a report speaks of many times and writes once: its certificates, and what was found wrong with them.
//!
//! An estate of a thousand hosts has a handful of causes. Whoever judges holds records and rejections themselves; in JSON
//! there are tables of them, and what refers to them has their ids.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::report::Report;
use crate::finding::{CertificateId, CertificateRecord, Numbers, ShortNames, TabledCertificate};

impl Report {
    /// Fills the tables with all that the report refers to.
    pub(super) fn tabled(mut self) -> Self {
        self.certificates = self.certificates_of();
        let mut numbers = Numbers::default();
        self.findings.iter_mut().for_each(|finding| numbers.number(&mut finding.evidence.rejections));
        self.edges.iter_mut().for_each(|edge| numbers.number(&mut edge.rejections));
        self.causes.iter_mut().for_each(|cause| numbers.number(&mut cause.rejections));
        self.rejections = numbers.table;
        self
    }

    /// The table of its certificates.
    fn certificates_of(&self) -> Vec<TabledCertificate> {
        let records: BTreeMap<CertificateId, &CertificateRecord> = self.records().map(|one| (one.id(), one)).collect();
        let names = ShortNames::of(records.values().copied());
        let row = |(id, record): (CertificateId, &CertificateRecord)| TabledCertificate {
            id,
            short_name: names.of_record(record),
            record: record.clone(),
        };
        records.into_iter().map(row).collect()
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
