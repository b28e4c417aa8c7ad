//! The whole judgement as one value.

use hashbrown::HashSet;
use serde::Serialize;

use super::fail_on::{Cells, Outcomes};
use super::limit::Limit;
use super::rules::Links;
use super::rules::expiry::ExpiryRow;
use super::{Additions, Cause, Edge, ExpiryState, Forecast, Matrix, NotCollected, Thresholds};
use crate::catalogue::Severity;
use crate::estate::{Estate, Resolved, SmsStore, StoreContent, Unread, VCenter};
use crate::finding::TabledCertificate;
use crate::finding::{Finding, RejectionForm};
use crate::path::{Profile, Rejection, Trust};
use crate::store::Unreadable;
use crate::time::Time;
use std::sync::Arc;

/// All that was judged about an estate.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Report {
    /// The version of this format. Version 2 has tables of certificates and rejections, and refers to them; version 1
    /// repeated them wherever they were mentioned.
    pub schema: ReportSchema,
    /// The time at which everything was judged.
    pub at: Time,
    /// The requested profile. It decided between vCenters; about each edge of a host the validator on that side
    /// did, and this profile is a second opinion.
    pub profile: Profile,
    /// When an approaching expiry deserved attention.
    pub thresholds: Thresholds,
    /// The days that the expiry table was limited to; absent if it has every certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<i64>,
    /// The vCenters that the report is limited to; absent if it is about all. The matrix is complete in any case, and
    /// only their rows are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vcenters: Vec<Arc<str>>,
    /// The lowest severity that is listed; absent if every finding is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How much there was to judge.
    pub judged: Judged,
    /// What was found, worst first.
    pub findings: Vec<Finding>,
    /// When certificates expire, earliest first.
    pub expiry: Vec<ExpiryRow>,
    /// The four edges of every host.
    pub edges: Vec<Edge>,
    /// Who trusts whom.
    pub matrix: Matrix,
    /// Why cells of the matrix are not trusted.
    pub causes: Vec<Cause>,
    /// Additions that complete the matrix: the smallest set if `is_minimal` is true, otherwise a small one.
    pub additions: Additions,
    /// What breaks next.
    pub forecast: Forecast,
    /// The stores that no API gives, if the estate was collected; absent if nothing is missing. It changes no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_collected: Option<NotCollected>,
    /// Every certificate that the report mentions, in the order of their ids: what `certificate_id`, `certificate_ids`, `add_id` and `cause_id`
    /// refer to.
    pub certificates: Vec<TabledCertificate>,
    /// Everything that was found wrong, each once: what `rejection_ids` are positions in.
    #[schemars(with = "Vec<RejectionForm>")]
    pub rejections: Vec<Rejection>,
}

/// How much there was to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Judged {
    /// How many vCenters.
    pub vcenters: usize,
    /// How many hosts.
    pub hosts: usize,
    /// How many distinct certificates in use or in a store, printed entries included.
    pub certificates: usize,
    /// Whether nothing is known of any vCenter: what is not known is not healthy.
    pub is_empty: bool,
    /// How many of those certificates are in each state, whatever the expiry table is limited to.
    pub states: States,
    /// How many findings there are of each severity, whatever the list of findings is limited to.
    pub found: Found,
    /// How many blocks, files or entries could not be read, or belong to no part of an estate.
    pub unread: usize,
    /// How many links could not be judged: edges of hosts and cells of the matrix that are unknown. A vCenter of which
    /// only one part is given has no links: a single export of a store is judged as a store.
    pub unknown: usize,
    /// What all of it comes to, whatever is listed: what exit codes follow.
    pub outcomes: Outcomes,
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Found {
    /// Something is broken now.
    pub critical: usize,
    /// Something breaks soon, or is broken for some.
    pub high: usize,
    /// Something is wrong and can wait for the next change window.
    pub medium: usize,
    /// Untidy, or far away.
    pub low: usize,
    /// Good to know.
    pub info: usize,
}

impl Found {
    fn of(findings: &[Finding]) -> Self {
        let mut found = Self::default();
        for finding in findings {
            *match finding.severity {
                Severity::Critical => &mut found.critical,
                Severity::High => &mut found.high,
                Severity::Medium => &mut found.medium,
                Severity::Low => &mut found.low,
                Severity::Info => &mut found.info,
            } += 1;
        }
        found
    }
}

/// How many certificates are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct States {
    /// Their validity has ended.
    pub expired: usize,
    /// Their validity has not begun.
    pub not_yet_valid: usize,
    /// They reached the hard threshold.
    pub hard: usize,
    /// They reached the soft threshold.
    pub soft: usize,
    /// Their end is further away.
    pub good: usize,
}

impl States {
    /// How bad it is that certificates are in these states, whatever they are used for.
    const fn worst(&self) -> Option<Severity> {
        match (self.expired + self.not_yet_valid + self.hard, self.soft) {
            (0, 0) => None,
            (0, _) => Some(Severity::Medium),
            _ => Some(Severity::High),
        }
    }

    pub(super) fn of(rows: &[ExpiryRow]) -> Self {
        let mut states = Self::default();
        for row in rows {
            *match row.state {
                ExpiryState::Expired => &mut states.expired,
                ExpiryState::NotYetValid => &mut states.not_yet_valid,
                ExpiryState::Hard => &mut states.hard,
                ExpiryState::Soft => &mut states.soft,
                ExpiryState::Good => &mut states.good,
            } += 1;
        }
        states
    }
}

impl Judged {
    /// How much of an estate was judged; `rows` are all of its certificates, or all that the report is limited to.
    pub(super) fn of(
        resolved: &Resolved<'_>,
        rows: &[ExpiryRow],
        links: &Links,
        findings: &[Finding],
        limit: Option<&Limit>,
    ) -> Self {
        let (estate, matrix) = (resolved.estate, &links.matrix);
        let open = links.edges.iter().filter(|edge| edge.verdict == Trust::Unknown).count();
        let failed: HashSet<&str> = resolved
            .unread()
            .filter(|one| !one.what.hides_nothing())
            .filter_map(|one| one.vcenter)
            .map(|one| &*one.name)
            .collect();
        // Of one file nobody expects more; a part that failed was wanted.
        let is_alone = |name: &Arc<str>| is_one_part(estate, name) && !failed.contains(&**name);
        let alone = |party: usize| matrix.parties[party].vcenters.iter().all(is_alone);
        let is_shown = |from, to| limit.is_none_or(|limit| limit.has_cell(from, to));
        let cells = matrix.cells(Trust::Unknown).filter(|(from, to)| is_shown(*from, *to));
        let cells = cells.filter(|(from, to)| !alone(*from) && !alone(*to));
        let is_asked = |name: &str| limit.is_none_or(|limit| limit.is_about(name));
        let vcenters = || estate.vcenters.iter().filter(|vcenter| is_asked(&vcenter.name));
        let is_about = |one: &Unread<'_>| one.vcenter.is_none_or(|vcenter| is_asked(&vcenter.name));
        // What belongs to no part of an estate was not judged either.
        let unread = || resolved.unread().filter(is_about).map(|one| one.what).chain(&estate.unknown);
        let (states, unknown) = (States::of(rows), open + cells.count());
        // A private key or a pending request hides nothing that was to be judged.
        let is_hidden = unread().any(|one| !one.hides_nothing());
        let is_unknown = unknown > 0 || is_hidden || estate.is_empty();
        let is_nothing = is_hidden && rows.is_empty() && limit.is_none() && !estate.vcenters.iter().any(tells);
        Self {
            vcenters: vcenters().count(),
            hosts: vcenters().map(|vcenter| vcenter.hosts.len()).sum(),
            certificates: rows.len(),
            is_empty: estate.is_empty() || is_nothing,
            states,
            found: Found::of(findings),
            unread: unread().count(),
            unknown,
            outcomes: Outcomes::of(findings, states.worst(), &Cells::of(matrix, is_shown), is_unknown),
        }
    }
}

/// Whether anything is known of a vCenter without a certificate.
fn tells(vcenter: &VCenter) -> bool {
    !vcenter.hosts.is_empty()
        || !vcenter.storage_providers.is_empty()
        || vcenter.trusted_roots.as_ref().is_some_and(StoreContent::is_known)
        || vcenter.sms.as_ref().is_some_and(SmsStore::is_known)
        || vcenter.stores.values().any(|store| store.unreadable.iter().all(Unreadable::hides_nothing))
}

/// Whether one part of a vCenter alone is given, or none.
fn is_one_part(estate: &Estate, name: &str) -> bool {
    let Some(vcenter) = estate.vcenter(name) else { return true };
    let parts = [
        vcenter.machine_ssl.is_some(),
        vcenter.trusted_roots.is_some(),
        vcenter.vmca_root.is_some(),
        vcenter.sms.is_some(),
        !vcenter.hosts.is_empty(),
        !vcenter.storage_providers.is_empty(),
    ];
    parts.into_iter().filter(|given| *given).count() < 2
}

/// The version of the report format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub enum ReportSchema {
    /// The second version.
    #[default]
    #[serde(rename = "vitrust-report/2")]
    V2,
}

impl Report {
    /// The worst severity found; `None` when nothing was found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    /// The JSON Schema of a report.
    #[must_use]
    pub fn json_schema() -> String {
        // A report is only ever written, and what is empty is left out: no reader may require it.
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        serde_json::to_string_pretty(&settings.into_generator().into_root_schema_for::<Self>()).unwrap_or_default()
    }

    /// The report as JSON, in a fixed order. Its tables are rebuilt, since the holder of a report may change it.
    #[must_use]
    pub fn to_json(&self) -> String {
        // INVARIANT: every map key of a report is a string, and what refers to a table is in it, so serialising cannot fail.
        crate::json::shortened(&self.clone().tabled()).expect("a report is JSON")
    }
}
