//! What a kept answer comes to, read from its JSON as pages are: what exit codes follow in every language.

use serde::Deserialize;

use super::error::RenderError;
use super::rows::{Unreadable, read, read_object};
use super::view::View;
use crate::assess::{Outcome, Outcomes, Trust};
use crate::catalogue::Severity;

#[derive(Deserialize)]
struct Report {
    judged: Option<Judged>,
    state: Option<Trust>,
    unreadable: Option<Vec<Unreadable>>,
    #[serde(default)]
    dumped: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Judged {
    outcomes: Option<Outcomes>,
}

#[derive(Deserialize)]
struct Probe {
    chain: Vec<serde::de::IgnoredAny>,
}

/// What a view of a report comes to, from its JSON. A verdict has a state, and an array of probes the servers that sent no chain.
///
/// ```
/// use vitrust::assess::{AssessOptions, FailOn, assess};
/// use vitrust::report::{View, outcome};
/// let report = assess(&vitrust::Estate::default(), &AssessOptions::at("2026-06-01".parse()?)).to_json();
/// assert!(FailOn::default().counts(outcome(&report, View::Audit)?), "nothing is known of an empty estate");
/// assert!(!"never".parse::<FailOn>()?.counts(outcome(&report, View::Audit)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`RenderError`], if the text is not a report or does not have what the view shows.
pub fn outcome(json: &str, view: View) -> Result<Outcome, RenderError> {
    if view == View::Probes {
        let probes: Vec<Probe> = read(json)?;
        let silent = probes.iter().any(|probe| probe.chain.is_empty());
        return Ok(Outcome { worst: silent.then_some(Severity::Critical), unknown: false });
    }
    let report: Report = read_object(json)?;
    let of = |choose: fn(Outcomes) -> Outcome| report.judged.and_then(|judged| judged.outcomes).map(choose);
    let found = match view {
        View::Audit => of(|all| all.audit),
        View::Matrix | View::Reasons => of(|all| all.matrix),
        View::Expiry => of(|all| all.expiry),
        View::Unreadable => report
            .unreadable
            .map(|blocks| blocks.iter().any(Unreadable::hides_something) || !report.dumped.is_empty())
            .map(|unknown| Outcome { worst: None, unknown }),
        View::Verdict => report.state.map(Outcome::from),
        View::Probes => None,
    };
    found.ok_or(RenderError::Missing("outcome"))
}
