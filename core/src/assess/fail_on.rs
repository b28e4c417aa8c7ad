//! What makes an answer a failure: a severity and everything worse, and beside it what is not known.
//!
//! Exit codes and the answers of every language are decided here, from what an answer comes to ([`Outcome`]) and from what is
//! asked for ([`FailOn`]).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::trust::Matrix;
use crate::catalogue::{FindingId, Severity};
use crate::finding::Finding;
use crate::path::{Trust, Verdict};
use crate::store::{TrustStore, Unreadable};
use crate::text::brief;

/// What counts as a failure: `high,unknown` unless something else is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FailOn {
    /// Whatever is as bad as this or worse; `None` for nothing.
    severity: Option<Severity>,
    /// What is not known.
    unknown: bool,
}

/// The text does not say what counts as a failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` does not say what counts as a failure: write critical, high, medium, low or info, with or without \
         `,unknown`; `unknown` alone; or `never`"
)]
pub struct FailOnError {
    /// What was given.
    text: String,
}

/// What an answer comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Outcome {
    /// The worst that was found; absent if nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<Severity>,
    /// Whether something is not known or could not be read.
    pub unknown: bool,
}

/// What a report comes to, by what is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Outcomes {
    /// All of it: the worst finding.
    pub audit: Outcome,
    /// Who trusts whom between vCenters. One that does not trust another is at least high.
    pub matrix: Outcome,
    /// The ends of certificates, whatever is listed of them. One that has ended, has not begun or is past its hard threshold is
    /// at least high; one past its soft threshold is at least medium.
    pub expiry: Outcome,
}

impl FailOn {
    /// Whether this outcome is a failure.
    #[must_use]
    pub fn counts(self, outcome: Outcome) -> bool {
        let severe = self.severity.zip(outcome.worst).is_some_and(|(least, worst)| worst <= least);
        severe || (self.unknown && outcome.unknown)
    }
}

impl Default for FailOn {
    fn default() -> Self {
        Self { severity: Some(Severity::High), unknown: true }
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.severity, self.unknown) {
            (None, false) => f.write_str("never"),
            (None, true) => f.write_str("unknown"),
            (Some(severity), false) => write!(f, "{severity}"),
            (Some(severity), true) => write!(f, "{severity},unknown"),
        }
    }
}

impl FromStr for FailOn {
    type Err = FailOnError;

    fn from_str(text: &str) -> Result<Self, FailOnError> {
        let refused = || FailOnError { text: brief(text) };
        if text.trim() == "never" {
            return Ok(Self { severity: None, unknown: false });
        }
        let (mut severity, mut unknown) = (None, false);
        for word in text.split(',').map(str::trim) {
            let again = match word {
                "unknown" => std::mem::replace(&mut unknown, true),
                word => severity.replace(word.parse().map_err(|_| refused())?).is_some(),
            };
            if again {
                return Err(refused());
            }
        }
        Ok(Self { severity, unknown })
    }
}

impl From<&Verdict> for Outcome {
    /// A chain that is not trusted is as bad as can be: it was asked about alone.
    fn from(verdict: &Verdict) -> Self {
        verdict.state().into()
    }
}

impl From<Trust> for Outcome {
    fn from(state: Trust) -> Self {
        let worst = (state == Trust::Untrusted).then_some(Severity::Critical);
        Self { worst, unknown: state == Trust::Unknown }
    }
}

impl From<&TrustStore> for Outcome {
    /// Of a store that is only read, what could not be read and what is only printed is not known.
    fn from(store: &TrustStore) -> Self {
        let is_read = store.unreadable().iter().all(Unreadable::hides_nothing);
        Self { worst: None, unknown: !is_read || !store.dumped().is_empty() }
    }
}

/// The findings about the ends of certificates.
const ENDS: [FindingId; 8] = [
    FindingId::AnchorExpired,
    FindingId::ExpiredAnchorOnHosts,
    FindingId::AnchorNotYetValid,
    FindingId::CertificateExpired,
    FindingId::CertificateExpiresHard,
    FindingId::CertificateExpiresSoft,
    FindingId::CertificateNotYetValid,
    FindingId::BackupExpires,
];

/// The findings about cells of the matrix that are not trusted.
const CELLS: [FindingId; 3] = [FindingId::PartyNotTrusted, FindingId::MatrixNotMutual, FindingId::RegeneratedRoot];

impl Outcomes {
    /// What is made of all findings, of how bad the states of all certificates are, and of the cells of the matrix that the report is about.
    /// `unknown` is whether anything is not known: it is the same for every view.
    pub(super) fn of(findings: &[Finding], ends: Option<Severity>, cells: &Cells, unknown: bool) -> Self {
        let worst = |ids: Option<&[FindingId]>| {
            let about = findings.iter().filter(|finding| ids.is_none_or(|ids| ids.contains(&finding.id)));
            about.map(|finding| finding.severity).min()
        };
        let refused =
            cells.untrusted.then(|| worst(Some(&CELLS)).map_or(Severity::High, |worst| worst.min(Severity::High)));
        let outcome = |worst, unknown| Outcome { worst, unknown };
        Self {
            audit: outcome(worst(None), unknown),
            matrix: outcome(refused, unknown || cells.unknown),
            expiry: outcome(worst(Some(&ENDS)).into_iter().chain(ends).min(), unknown),
        }
    }
}

/// What some cells of a matrix say.
pub(super) struct Cells {
    untrusted: bool,
    unknown: bool,
}

impl Cells {
    /// Those that `is_shown` takes. Without any, nothing is known.
    pub(super) fn of(matrix: &Matrix, is_shown: impl Fn(usize, usize) -> bool) -> Self {
        let has = |wanted| matrix.cells(wanted).any(|(from, to)| is_shown(from, to));
        let is_empty = !(0..matrix.len()).any(|party| is_shown(party, party));
        Self { untrusted: has(Trust::Untrusted), unknown: has(Trust::Unknown) || is_empty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> FailOn {
        text.parse().expect(text)
    }

    #[test]
    fn what_counts_is_read_and_written() {
        let same = [
            ("high,unknown", "high,unknown"),
            ("unknown,high", "high,unknown"),
            (" unknown , low ", "low,unknown"),
            ("unknown", "unknown"),
            ("critical", "critical"),
            ("never", "never"),
        ];
        for (text, written) in same {
            assert_eq!(read(text).to_string(), written);
            assert_eq!(read(written), read(text));
        }
        assert_eq!(FailOn::default(), read("high,unknown"));
    }

    #[test]
    fn anything_else_is_refused_with_what_is_allowed() {
        let wrong = [
            "",
            ",",
            "High",
            "high,low",
            "high,high",
            "unknown,unknown",
            "never,unknown",
            "never,high",
            "all",
            "high,",
        ];
        for text in wrong {
            let said = text.parse::<FailOn>().expect_err(text).to_string();
            assert!(said.contains("critical, high, medium, low or info") && said.contains("`never`"), "{said}");
        }
    }

    #[test]
    fn a_severity_is_a_threshold_and_what_is_not_known_stands_beside_it() {
        let outcome = |worst, unknown| Outcome { worst, unknown };
        let cases = [
            ("high,unknown", [true, true, false, true, false]),
            ("critical", [true, false, false, false, false]),
            ("unknown", [false, false, false, true, false]),
            ("low", [true, true, true, false, false]),
            ("never", [false; 5]),
        ];
        for (text, wanted) in cases {
            let outcomes = [
                outcome(Some(Severity::Critical), false),
                outcome(Some(Severity::High), false),
                outcome(Some(Severity::Medium), false),
                outcome(None, true),
                outcome(None, false),
            ];
            assert_eq!(outcomes.map(|one| read(text).counts(one)), wanted, "{text}");
        }
    }
}
