//! Layer 6: judging an estate.
//!
//! [`assess`] turns an [`Estate`] into a [`Report`]: findings with stable ids, the expiry of every certificate, the
//! trust edges, the mutual-trust matrix, the additions that complete it and a forecast. Nothing here reads a clock, a
//! file or a server; a broken estate is a report, never an error.

mod engine;
mod report;
mod rules;
mod tables;
mod trust;

pub use report::{Judged, Report, ReportSchema, States};
pub use rules::{ExpiryRow, ExpiryState, ExpiryUse, Limits, Thresholds, ThresholdsError};
pub use trust::{
    Addition, Additions, Break, Cause, CellName, Edge, EdgeKind, Event, EventKind, Forecast, Link, Matrix, Party,
    Topology, Trust, Unfixable,
};

use rules::Links;
use rules::namesakes::InUse;

use crate::estate::Estate;
use crate::finding::{Findings, ServerNames};
use crate::path::Profile;
use crate::time::Time;

/// How an estate is judged.
#[derive(Debug, Clone)]
pub struct AssessOptions {
    /// The time all is judged at.
    pub at: Time,
    /// Whose rules decide about paths between vCenters. About each edge of a host the validator that sits on that side
    /// decides, and this profile is a second opinion.
    pub profile: Profile,
    /// When an end of validity deserves attention.
    pub thresholds: Thresholds,
    /// Only certificates that end within so many days are listed in the expiry table; `None` lists all.
    pub within: Option<i64>,
    /// How many days the forecast looks ahead.
    pub forecast_days: i64,
}

/// Five years: the life of a host certificate (`vpxd.certmgmt.certs.daysValid`), so every certificate in use ends in it.
pub const FORECAST_DAYS: i64 = 1826;

impl AssessOptions {
    /// Everything at its default: profile `strict`, thresholds `vsphere`, every certificate listed.
    #[must_use]
    pub fn at(at: Time) -> Self {
        Self {
            at,
            profile: Profile::default(),
            thresholds: Thresholds::default(),
            within: None,
            forecast_days: FORECAST_DAYS,
        }
    }
}

/// Judges an estate. Costs its distinct content, not its size.
#[must_use]
pub fn assess(estate: &Estate, options: &AssessOptions) -> Report {
    on_own_threads(|| judge_all(estate, options))
}

/// Runs `work` with threads of its own for what it does side by side. Those that are shared by a whole process are gone
/// after a fork, and for good when one of them could not be started. Where the system gives none, this thread does all.
fn on_own_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let threads = || rayon::ThreadPoolBuilder::new();
    match threads().build().or_else(|_| threads().num_threads(1).use_current_thread().build()) {
        Ok(pool) => pool.install(work),
        // This thread is one of such a pool already.
        Err(_) => work(),
    }
}

/// Every server of an estate, so that short names can be told apart.
fn servers(estate: &Estate) -> ServerNames {
    let vcenters = estate.vcenters.iter().map(|vcenter| &*vcenter.name);
    let hosts = estate.vcenters.iter().flat_map(|vcenter| vcenter.hosts.iter().map(|host| &*host.name));
    let providers =
        estate.vcenters.iter().flat_map(|vcenter| &vcenter.storage_providers).map(|provider| &*provider.name);
    vcenters.chain(hosts).chain(providers).collect()
}

fn judge_all(estate: &Estate, options: &AssessOptions) -> Report {
    let resolved = estate.resolve();
    let names = servers(estate);
    let mut findings = Findings::new();
    rules::input::judge(&resolved, &mut findings);
    let in_use = InUse::of(&resolved, options.at);
    rules::stores::judge(&resolved, &in_use, options.at, &mut findings);
    rules::drift::judge(&resolved, &in_use, &mut findings);
    rules::directory::judge(&resolved, &mut findings);
    rules::order::judge(&resolved, &mut findings);
    rules::sso::judge(&resolved, &mut findings);
    rules::registrations::judge(&resolved, &mut findings);
    rules::providers::judge(&resolved, options.thresholds, options.at, &mut findings);
    let mut expiry = rules::expiry::judge(&resolved, options.thresholds, options.at, &names, &mut findings);
    let (profile, at) = (options.profile, options.at);
    let topology = Topology::of(&resolved);
    let matrix = topology.matrix(profile, at);
    let links = Links {
        edges: topology.edges(profile, at),
        causes: topology.causes(&matrix),
        additions: topology.additions(&matrix),
        forecast: topology.forecast(profile, at, at.plus_days(options.forecast_days)),
        matrix,
    };
    links.judge(&topology, options.thresholds, &resolved, &mut findings);
    let judged = Judged::of(&resolved, &expiry, &links.edges, &links.matrix);
    expiry.retain(|row| options.within.is_none_or(|days| row.days_left < days));
    Report {
        schema: ReportSchema::V2,
        at,
        profile,
        thresholds: options.thresholds,
        within: options.within,
        judged,
        findings: findings.finish(&names),
        expiry,
        edges: links.edges,
        matrix: links.matrix,
        causes: links.causes,
        additions: links.additions,
        forecast: links.forecast,
        certificates: Vec::new(),
        rejections: Vec::new(),
    }
    .tabled()
}
