//! A report limited to some vCenters: all is judged, and what concerns the others is left out.
//!
//! What one vCenter trusts depends on what the others present, so the whole estate is judged in any case. Findings, edges and
//! certificates keep their words and keys: a limited report is a part of the whole one.

use std::sync::Arc;

use super::rules::{ExpiryRow, Links};
use super::trust::topology::Asked;
use super::trust::{Cause, Matrix, Topology};
use crate::catalogue::{FindingId, Severity};
use crate::finding::{Finding, Subject};
use crate::time::Time;

/// Which vCenters a report is about, as names and as numbers.
pub(super) struct Limit {
    names: Vec<Arc<str>>,
    /// The names, and those of the parties they belong to.
    parties: Vec<Arc<str>>,
    asked: Asked,
}

impl Limit {
    /// `None` where no vCenter is named: the report is about all.
    pub(super) fn of(topology: &Topology, matrix: &Matrix, names: &[Arc<str>]) -> Option<Self> {
        if names.is_empty() {
            return None;
        }
        let asked = topology.asked(names);
        let mut parties = names.to_vec();
        parties.extend(asked.rows.iter().map(|party| Arc::clone(&matrix.parties[party].name)));
        Some(Self { names: names.to_vec(), parties, asked })
    }

    /// Leaves out the links of other vCenters.
    pub(super) fn links(&self, topology: &Topology, links: &mut Links, until: Time) {
        let Asked { rows, .. } = &self.asked;
        links.edges.retain(|edge| self.is_about(&edge.vcenter));
        links.causes = topology.causes_of(&links.matrix, |from, to| self.has_cell(from, to));
        links.matrix.missing = topology.missing(&links.matrix, |from, to| self.has_cell(from, to));
        links.additions = topology.additions_in(&links.matrix, rows);
        links.forecast = topology.forecast_of(links.matrix.profile, links.matrix.at, until, Some(&self.asked));
    }

    /// Leaves out the certificates of other vCenters.
    pub(super) fn expiry(&self, rows: &mut Vec<ExpiryRow>) {
        rows.retain(|row| row.uses.iter().any(|used| self.is_about(&used.vcenter)));
    }

    /// Leaves out the findings about other vCenters alone. What names no vCenter may be about any of them, and so may what
    /// concerns more than it names. `causes` are those of the cells that the report is about: of a certificate that others refuse
    /// the finding names them, and not whose it is.
    pub(super) fn findings(&self, causes: &[Cause], findings: &mut Vec<Finding>) {
        findings.retain(|finding| {
            // Who trusts whom between vCenters is said of parties.
            let of_links = finding.id.number() / 100 == 5;
            let names = if of_links { &self.parties } else { &self.names };
            let named = |subject: &Subject| subject.vcenter.as_ref().is_none_or(|vcenter| names.contains(vcenter));
            let more = finding.evidence.count.is_some_and(|count| count > finding.subjects.len());
            let is_refused = || {
                let refused = finding.evidence.certificates.first();
                finding.id == FindingId::PartyNotTrusted
                    && causes.iter().any(|cause| Some(&cause.certificate) == refused)
            };
            finding.subjects.is_empty() || finding.subjects.iter().any(named) || (of_links && more) || is_refused()
        });
    }

    /// Whether it is about this vCenter.
    pub(super) fn is_about(&self, vcenter: &str) -> bool {
        self.names.iter().any(|name| **name == *vcenter)
    }

    /// Whether it is about this cell of the matrix: what one of its vCenters trusts, or who trusts one of them.
    pub(super) fn has_cell(&self, from: usize, to: usize) -> bool {
        self.asked.rows.contains(from) || self.asked.rows.contains(to)
    }
}

/// Leaves out what is less bad than asked for.
pub(super) fn from_severity(findings: &mut Vec<Finding>, least: Option<Severity>) {
    findings.retain(|finding| least.is_none_or(|least| finding.severity <= least));
}
