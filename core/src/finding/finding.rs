//! Findings: judged facts about an estate, each said once with all it concerns.

use hashbrown::HashMap;
use serde::Serialize;

use super::evidence::Evidence;
use super::subject::Subject;
use super::words::{self, ServerNames};
use crate::catalogue::{FindingId, Severity};
use crate::thumbprint::Thumbprint;

/// A judged fact about an estate. One cause is one finding: all it concerns is in `subjects`.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Finding {
    /// The stable id.
    pub id: FindingId,
    /// The stable name.
    pub name: &'static str,
    /// How bad it is; the catalogue's severity unless the case at hand is worse or better.
    pub severity: Severity,
    /// What it is about, sorted, each once.
    pub subjects: Vec<Subject>,
    /// What is the case, in one sentence that holds for every subject.
    pub message: String,
    /// The facts it rests on.
    pub evidence: Evidence,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Where it is, in one line: each vCenter and part once, with the hosts it holds for.
    #[serde(rename = "where")]
    pub place: String,
    /// The message with subjects shortened to their telling part.
    pub summary: String,
    /// The remedy in the same short form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

impl Finding {
    /// A finding with the catalogue's severity and remedy.
    #[must_use]
    pub fn new(id: FindingId, subject: Subject, message: String) -> Self {
        let entry = id.entry();
        Self {
            id,
            name: entry.name,
            severity: entry.severity,
            subjects: vec![subject],
            message,
            evidence: Evidence::default(),
            remedy: (!entry.remedy.is_empty()).then(|| entry.remedy.to_owned()),
            place: String::new(),
            summary: String::new(),
            advice: None,
        }
    }

    /// The same finding, resting on these facts.
    #[must_use]
    pub fn with(self, evidence: Evidence) -> Self {
        Self { evidence, ..self }
    }

    /// The same finding with another severity than the catalogue's.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Puts into words for people where it is, what is the case and what to do.
    fn speak(&mut self, names: &ServerNames) {
        let certificates = &self.evidence.certificates;
        let subjects = || certificates.iter().flat_map(|one| [one.subject.as_str(), one.issuer.as_str()]);
        self.place = words::place(&self.subjects, names);
        self.summary = words::readable(&self.message, subjects());
        self.advice = self.remedy.as_ref().map(|remedy| words::readable(remedy, subjects()));
    }

    /// The same finding about these subjects.
    #[must_use]
    pub fn about(self, subjects: Vec<Subject>) -> Self {
        Self { subjects, ..self }
    }
}

/// Findings being gathered: those that say the same become one.
#[derive(Debug, Default)]
pub struct Findings {
    gathered: Vec<Finding>,
    /// Which finding says this already: by id, message and the certificates it is about.
    known: HashMap<Said, usize>,
}

type Said = (FindingId, Severity, String, Vec<Option<Thumbprint>>);

impl Findings {
    /// Nothing found yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding, or its subjects to the one that says the same.
    pub fn add(&mut self, finding: Finding) {
        let certificates = finding.evidence.certificates.iter().map(|record| record.sha1).collect();
        let said = (finding.id, finding.severity, finding.message.clone(), certificates);
        let next = self.gathered.len();
        let index = *self.known.entry(said).or_insert(next);
        match self.gathered.get_mut(index) {
            Some(same) => same.subjects.extend(finding.subjects),
            None => self.gathered.push(finding),
        }
    }

    /// Adds a finding that is complete already: it is not joined with another.
    pub fn add_complete(&mut self, finding: Finding) {
        self.gathered.push(finding);
    }

    /// The findings with their words for people, the worst first, then by id, subjects and message. `names` are the servers of
    /// the report, whose short names differ.
    #[must_use]
    pub fn finish(self, names: &ServerNames) -> Vec<Finding> {
        let mut findings = self.gathered;
        for finding in &mut findings {
            finding.subjects.sort();
            finding.subjects.dedup();
            finding.speak(names);
        }
        findings.sort_by(|one, other| {
            let key = |finding: &Finding| (finding.severity, finding.id);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.subjects.cmp(&other.subjects))
                .then_with(|| one.message.cmp(&other.message))
        });
        findings
    }
}
