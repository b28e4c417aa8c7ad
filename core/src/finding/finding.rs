//! Findings: judged facts about an estate, each said once with all it concerns.

use hashbrown::{HashMap, HashSet};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::evidence::Evidence;
use super::subject::Subject;
use super::words::{self, ServerNames, ShortNames};
use crate::catalogue::{FindingId, Severity};
use crate::estate::Part;
use crate::thumbprint::{Thumbprint, hex};

/// A judged fact about an estate. One cause is one finding: all it concerns is in `subjects`.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Finding {
    /// The stable id.
    pub id: FindingId,
    /// The stable name.
    pub name: &'static str,
    /// The same for the same finding in every report: made of the id, of what it is about and of its certificates, and of no
    /// date or number that changes from day to day. If several in one report would have the same key, the later ones
    /// have a number after it.
    pub key: String,
    /// How bad it is; the catalogue's severity unless this case is worse or better.
    pub severity: Severity,
    /// What it is about, sorted, each once.
    pub subjects: Vec<Subject>,
    /// What is wrong, in one sentence that holds for every subject.
    pub message: String,
    /// The facts it rests on.
    pub evidence: Evidence,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Where it is, in one line: each vCenter and part once, with the hosts it holds for.
    #[serde(rename = "where")]
    pub place: String,
    /// The message with subjects shortened to their distinctive part.
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
            key: String::new(),
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

    /// What stays the same of it from report to report. Subjects are sorted by then.
    fn identity(&self) -> String {
        let mut digest = Sha256::new();
        // Lengths stand before the texts, so that no two lists are one text.
        let mut add = |text: &str| {
            digest.update(text.len().to_be_bytes());
            digest.update(text);
        };
        for subject in &self.subjects {
            let owners = [&subject.vcenter, &subject.host, &subject.provider];
            owners.into_iter().for_each(|owner| add(owner.as_deref().unwrap_or_default()));
            add(subject.part.map_or("", Part::name));
            // A file is told by its name where it is all there is to tell; its lines move.
            let is_file = subject.vcenter.is_none() && subject.host.is_none() && subject.provider.is_none();
            let place = subject.place.as_ref().filter(|_| is_file);
            add(place.and_then(|place| place.source.as_deref()).unwrap_or_default());
            add(place.and_then(|place| place.alias.as_deref()).unwrap_or_default());
        }
        let mut certificates: Vec<String> = self.evidence.certificates.iter().map(|one| one.id().to_string()).collect();
        certificates.sort();
        certificates.iter().for_each(|one| add(one));
        format!("{}-{}", self.id, hex(digest.finalize().get(..8).unwrap_or_default()))
    }

    /// Puts into words for people where it is, what is the case and what to do.
    fn speak(&mut self, names: &ServerNames, whole: &HashSet<String>) {
        let certificates = &self.evidence.certificates;
        let subjects = || certificates.iter().flat_map(|one| [one.subject.as_str(), one.issuer.as_str()]);
        let is_whole = |subject: &str| whole.contains(subject);
        self.place = words::place(self.id == FindingId::Unreadable, &self.subjects, names, words::MOST);
        self.summary = words::readable_but(&self.message, subjects(), &is_whole);
        self.advice = self.remedy.as_ref().map(|remedy| words::readable_but(remedy, subjects(), &is_whole));
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

type Said = (FindingId, Severity, String, Option<String>, Vec<Option<Thumbprint>>);

impl Findings {
    /// Nothing found yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding, or its subjects to the one that says the same.
    pub fn add(&mut self, finding: Finding) {
        let certificates = finding.evidence.certificates.iter().map(|record| record.sha1).collect();
        let said = (finding.id, finding.severity, finding.message.clone(), finding.remedy.clone(), certificates);
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

    /// The findings with their words for people, worst first, then by id, subjects and message. `names` are the servers of
    /// the report, whose short names differ.
    #[must_use]
    pub fn finish(self, names: &ServerNames) -> Vec<Finding> {
        let mut findings = self.gathered;
        let records = findings.iter().flat_map(|finding| &finding.evidence.certificates);
        let whole: HashSet<String> = ShortNames::of(records).ambiguous().into_iter().map(str::to_owned).collect();
        for finding in &mut findings {
            finding.subjects.sort();
            finding.subjects.dedup();
            finding.speak(names, &whole);
        }
        findings.sort_by(|one, other| {
            let key = |finding: &Finding| (finding.severity, finding.id);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.subjects.cmp(&other.subjects))
                .then_with(|| one.message.cmp(&other.message))
        });
        let mut times: HashMap<String, usize> = HashMap::new();
        for finding in &mut findings {
            let key = finding.identity();
            let number = times.entry(key.clone()).and_modify(|number| *number += 1).or_insert(1);
            finding.key = if *number == 1 { key } else { format!("{key}-{number}") };
        }
        findings
    }
}
