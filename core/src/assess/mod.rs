//! Layer 6: judging an estate.
//!
//! [`assess`] turns an [`Estate`] into a [`Report`]: findings with stable ids, the expiry of every certificate, the
//! trust edges, the mutual-trust matrix, the additions that complete it and a forecast. Nothing here reads a clock, a
//! file or a server; a broken estate is a report, never an error.

mod engine;
mod fail_on;
mod limit;
mod not_collected;
mod report;
mod rules;
mod tables;
mod trust;

pub use fail_on::{FailOn, FailOnError, Outcome, Outcomes};
pub use not_collected::NotCollected;
pub use report::{Found, Judged, Report, ReportSchema, States};
pub(crate) use rules::expiry::in_words;
pub use rules::{ExpiryRow, ExpiryState, ExpiryUse, Limits, Thresholds, ThresholdsError};
pub use trust::{
    Addition, Additions, Break, Cause, CellName, Edge, EdgeKind, Event, EventKind, Forecast, Link, Matrix, Missing,
    Party, Topology, Trust, Unfixable,
};

use limit::Limit;
use rules::Links;
use rules::cas::Cas;
use rules::in_use::InUse;
use rules::keeping::Keeping;
use rules::namesakes::Namesakes;
use rules::stores::Linter;

use std::sync::Arc;

use crate::catalogue::Severity;
use crate::estate::Estate;
use crate::finding::words::listing;
use crate::finding::{Findings, ServerNames};
use crate::path::Profile;
use crate::text::brief;
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
    /// The names of the vCenters to report about, or their first labels; all of them if none is named. The whole estate is judged in any case,
    /// and what belongs to no vCenter is reported. The matrix is complete, and only their rows are drawn.
    pub vcenters: Vec<Arc<str>>,
    /// The lowest severity that is listed; `None` lists every finding. It changes nothing else.
    pub severity: Option<Severity>,
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
            vcenters: Vec::new(),
            severity: None,
            forecast_days: FORECAST_DAYS,
        }
    }
}

/// How many vCenters are named where one is asked for that is not there.
const NAMED: usize = 20;

impl AssessOptions {
    /// What is wrong with [`vcenters`](Self::vcenters) for this estate; `None` if it has them all.
    #[must_use]
    pub fn refusal(&self, estate: &Estate) -> Option<String> {
        let unknown = self.vcenters.iter().find(|name| full_name(estate, name).is_none())?;
        let known: Vec<&str> = estate.vcenters.iter().map(|vcenter| &*vcenter.name).collect();
        let known = if known.is_empty() { "none".to_owned() } else { listing(&known, NAMED, ", ") };
        Some(format!("the estate has no vCenter `{}`; it has {known}", brief(unknown)))
    }
}

/// The name of a vCenter as the estate has it: written as it is, in another case, or as its first label where no other begins so.
fn full_name(estate: &Estate, name: &str) -> Option<Arc<str>> {
    let names = || estate.vcenters.iter().map(|vcenter| &vcenter.name);
    let only = |is_alike: &dyn Fn(&str) -> bool| {
        let mut alike = names().filter(|known| is_alike(known));
        let first = alike.next()?;
        alike.all(|other| other == first).then(|| Arc::clone(first))
    };
    let begins = |known: &str| {
        let (Some(first), Some(rest)) = (known.get(..name.len()), known.get(name.len()..)) else { return false };
        first.eq_ignore_ascii_case(name) && rest.starts_with('.')
    };
    let exact = names().find(|known| ***known == *name).map(Arc::clone);
    exact.or_else(|| only(&|known| known.eq_ignore_ascii_case(name))).or_else(|| only(&begins))
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
    let (profile, at) = (options.profile, options.at);
    let cas = Cas::of(&resolved);
    let in_use = InUse::of(&resolved, &cas, at);
    let cas = Namesakes::of(&resolved, &cas, &in_use, at);
    let topology = Topology::of(&resolved);
    let linter = Linter::new(&resolved, at);
    let carried = topology.carried(&linter.suspects(), profile, at);
    let keeping = Keeping::new(&cas, &carried);
    linter.judge(keeping, &mut findings);
    rules::drift::judge(&resolved, keeping, at, &mut findings);
    rules::directory::judge(&resolved, at, &mut findings);
    rules::order::judge(&resolved, &mut findings);
    rules::sso::judge(&resolved, &mut findings);
    rules::registrations::judge(&resolved, &mut findings);
    rules::providers::judge(&resolved, options.thresholds, at, &mut findings);
    let mut expiry = rules::expiry::judge(&resolved, &cas, options.thresholds, &names, &mut findings);
    let matrix = topology.matrix(profile, at);
    let mut links = Links {
        edges: topology.edges(profile, at),
        causes: topology.causes(&matrix),
        additions: topology.additions(&matrix),
        forecast: topology.forecast(profile, at, at.plus_days(options.forecast_days)),
        matrix,
    };
    cas.settle(&mut links.edges, &mut links.causes, &mut links.additions.unfixable);
    links.judge(&topology, options.thresholds, &resolved, &cas, &mut findings);
    let mut findings = findings.finish(&names);
    let vcenters: Vec<Arc<str>> =
        options.vcenters.iter().map(|name| full_name(estate, name).unwrap_or_else(|| Arc::clone(name))).collect();
    let limit = Limit::of(&topology, &links.matrix, &vcenters);
    if let Some(limit) = &limit {
        limit.links(&topology, &mut links, at.plus_days(options.forecast_days));
        cas.settle(&mut [], &mut links.causes, &mut links.additions.unfixable);
        limit.expiry(&mut expiry);
        limit.findings(&links.causes, &mut findings);
    }
    let judged = Judged::of(&resolved, &expiry, &links, &findings, limit.as_ref());
    limit::from_severity(&mut findings, options.severity);
    expiry.retain(|row| options.within.is_none_or(|days| row.days_left < days));
    Report {
        schema: ReportSchema::V2,
        at,
        profile,
        thresholds: options.thresholds,
        within: options.within,
        vcenters,
        severity: options.severity,
        judged,
        findings,
        expiry,
        edges: links.edges,
        matrix: links.matrix,
        causes: links.causes,
        additions: links.additions,
        forecast: links.forecast,
        not_collected: NotCollected::of(estate, limit.as_ref()),
        certificates: Vec::new(),
        rejections: Vec::new(),
    }
    .tabled()
}
