//! Layer 4: judging an estate.
//!
//! [`assess`] turns an [`Estate`] into a [`Report`]: findings with stable ids, the expiry of every certificate, the
//! trust edges, the mutual-trust matrix, the additions that complete it and a forecast. Nothing here reads a clock, a
//! file or a server; a broken estate is a report, never an error.

pub mod additions;
mod bits;
pub mod cause;
mod cover;
mod drift;
pub mod edges;
pub mod expiry;
pub mod finding;
pub mod forecast;
mod input;
mod judge;
mod lint;
pub mod matrix;
mod providers;
mod report;
mod survey;
pub mod thresholds;
mod trust;
mod universe;

pub use additions::{Addition, Additions, Unfixable};
pub use cause::{Cause, CellName};
pub use edges::{Edge, EdgeKind};
pub use expiry::{ExpiryRow, ExpiryState, ExpiryUse};
pub use finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
pub use forecast::{Event, EventKind, Forecast, Link};
pub use matrix::{Matrix, Party};
pub use report::{RejectionForm, Report, ReportSchema};
pub use survey::Survey;
pub use thresholds::{Limits, Thresholds, ThresholdsError};
pub use trust::Trust;

use crate::estate::Estate;
use crate::path::Profile;
use crate::time::Time;

/// How an estate is judged.
#[derive(Debug, Clone)]
pub struct AssessOptions {
    /// The time all is judged at.
    pub at: Time,
    /// Whose rules decide about paths.
    pub profile: Profile,
    /// When an end of validity deserves attention.
    pub thresholds: Thresholds,
    /// Only certificates that end within so many days are listed in the expiry table; `None` lists all.
    pub within: Option<i64>,
}

impl AssessOptions {
    /// Everything at its default: profile `strict`, thresholds `vsphere`, every certificate listed.
    #[must_use]
    pub fn at(at: Time) -> Self {
        Self { at, profile: Profile::default(), thresholds: Thresholds::default(), within: None }
    }
}

/// Judges an estate. Costs its distinct content, not its size.
#[must_use]
pub fn assess(estate: &Estate, options: &AssessOptions) -> Report {
    let resolved = estate.resolve();
    let mut findings = Findings::new();
    input::judge(&resolved, &mut findings);
    lint::judge(&resolved, options.at, &mut findings);
    drift::judge(&resolved, &mut findings);
    providers::judge(&resolved, options.thresholds, options.at, &mut findings);
    let mut expiry = expiry::judge(&resolved, options.thresholds, options.at, &mut findings);
    expiry.retain(|row| options.within.is_none_or(|days| row.days_left < days));
    Report::new(options, findings.finish(), expiry)
}
