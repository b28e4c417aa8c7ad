//! Findings: judged facts about an estate, each said once with all it concerns.

use std::fmt;
use std::sync::Arc;

use hashbrown::HashMap;
use serde::Serialize;

use super::tables::{self, CertificateId, Rejections};
use crate::catalogue::{FindingId, Severity};
use crate::cert::Certificate;
use crate::estate::{Part, Spot};
use crate::store::{DumpedEntry, Place};
use crate::text::brief;
use crate::thumbprint::{Fingerprint, KeyId, Thumbprint, hex};
use crate::time::Time;

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
}

/// One object of the estate, as precise as a finding needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
pub struct Subject {
    /// The vCenter's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vcenter: Option<Arc<str>>,
    /// The host's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<Arc<str>>,
    /// The storage provider's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Arc<str>>,
    /// The part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Where that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Subject {
    /// A vCenter.
    #[must_use]
    pub fn vcenter(name: &Arc<str>) -> Self {
        Self { vcenter: Some(Arc::clone(name)), ..Self::default() }
    }

    /// A host of a vCenter.
    #[must_use]
    pub fn host(vcenter: &Arc<str>, host: &Arc<str>) -> Self {
        Self { host: Some(Arc::clone(host)), ..Self::vcenter(vcenter) }
    }

    /// A storage provider of a vCenter.
    #[must_use]
    pub fn provider(vcenter: &Arc<str>, provider: &Arc<str>) -> Self {
        Self { provider: Some(Arc::clone(provider)), ..Self::vcenter(vcenter) }
    }

    /// The same object, this part of it.
    #[must_use]
    pub fn part(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// The same object, with where it was read.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: (place != Place::default()).then_some(place), ..self }
    }
}

impl From<&Spot<'_>> for Subject {
    fn from(spot: &Spot<'_>) -> Self {
        let subject = Self {
            vcenter: Some(Arc::clone(&spot.vcenter.name)),
            host: spot.host.map(|host| Arc::clone(&host.name)),
            provider: spot.provider.map(|provider| Arc::clone(&provider.name)),
            part: Some(spot.part),
            place: None,
        };
        subject.at(spot.place())
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [&self.vcenter, &self.host, &self.provider];
        let mut parts: Vec<&str> = names.into_iter().flatten().map(|name| &**name).collect();
        parts.extend(self.part.map(Part::label));
        if parts.is_empty() {
            return match &self.place {
                Some(place) => write!(f, "{place}"),
                None => f.write_str("estate"),
            };
        }
        f.write_str(&parts.join(" / "))
    }
}

/// The facts a finding rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Evidence {
    /// The certificates it is about.
    #[serde(rename = "certificate_ids", serialize_with = "tables::ids", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<CertificateId>")]
    pub certificates: Vec<CertificateRecord>,
    /// The date that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Time>,
    /// Whole days from the assessment's time to that date; negative when it is past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<i64>,
    /// A number that decides, for example of CRLs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// What was seen, where the case is about a text: a status, an alias, a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// Why no path was found, nearest miss first.
    #[serde(rename = "rejection_ids", skip_serializing_if = "Rejections::is_empty")]
    pub rejections: Rejections,
}

/// What there is to say about one certificate, or about a dumped entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct CertificateRecord {
    /// SHA-256 of the DER; missing when only a dump exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Fingerprint>,
    /// SHA-1 of the DER: the alias in TRUSTED_ROOTS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha1: Option<Thumbprint>,
    /// The subject.
    pub subject: String,
    /// The issuer.
    pub issuer: String,
    /// The serial number, lowercase hex.
    pub serial_number: String,
    /// First second of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Time>,
    /// Last second of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Time>,
    /// The subject key identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_key_id: Option<KeyId>,
    /// Whether it is a CA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ca: Option<bool>,
}

impl From<&Certificate> for CertificateRecord {
    fn from(certificate: &Certificate) -> Self {
        Self {
            sha256: Some(certificate.sha256()),
            sha1: Some(certificate.sha1()),
            subject: brief(certificate.subject()),
            issuer: brief(certificate.issuer()),
            serial_number: hex(certificate.serial_number()),
            not_before: Some(certificate.not_before()),
            not_after: Some(certificate.not_after()),
            subject_key_id: certificate.subject_key_id().cloned(),
            is_ca: Some(certificate.is_ca()),
        }
    }
}

impl From<&DumpedEntry> for CertificateRecord {
    fn from(entry: &DumpedEntry) -> Self {
        Self {
            sha256: None,
            sha1: entry.sha1,
            subject: entry.subject.as_ref().map(brief).unwrap_or_default(),
            issuer: entry.issuer.as_ref().map(brief).unwrap_or_default(),
            serial_number: entry.serial_number.as_ref().map(brief).unwrap_or_default(),
            not_before: entry.not_before,
            not_after: entry.not_after,
            subject_key_id: entry.subject_key_id.clone(),
            is_ca: entry.is_ca,
        }
    }
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

    /// The findings, the worst first, then by id, subjects and message.
    #[must_use]
    pub fn finish(self) -> Vec<Finding> {
        let mut findings = self.gathered;
        for finding in &mut findings {
            finding.subjects.sort();
            finding.subjects.dedup();
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
