//! When every certificate of an estate ends, and where it is used.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::expiry_state::ExpiryState;
use super::namesakes::Namesakes;
use super::thresholds::{Limits, Thresholds};
use super::uses::Use;
use crate::catalogue::Severity;
use crate::estate::{Part, Resolved, Spot};
use crate::finding::words::{count, listing};
use crate::finding::{CertificateId, record};
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, ServerNames, Subject};
use crate::store::{DumpedEntry, Found};
use crate::text::printable;
use crate::thumbprint::{Fingerprint, Thumbprint};
use crate::time::Time;

/// One certificate and its end.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ExpiryRow {
    /// The certificate.
    #[serde(rename = "certificate_id", serialize_with = "record::id")]
    #[schemars(with = "CertificateId")]
    pub certificate: CertificateRecord,
    /// Whole days until its end, rounded down; negative when it has passed.
    pub days_left: i64,
    /// The worst state over its uses.
    pub state: ExpiryState,
    /// The limits that state was judged by.
    pub limits: Limits,
    /// Where it is used.
    pub uses: Vec<ExpiryUse>,
    /// The same in one line.
    #[serde(rename = "where")]
    pub place: String,
}

/// The uses of one certificate in one part of a vCenter's estate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ExpiryUse {
    /// The vCenter.
    pub vcenter: Arc<str>,
    /// The part.
    pub part: Part,
    /// How many hosts, providers or entries.
    pub count: usize,
    /// Their names, the first 20 of them; empty when the part is the vCenter's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Arc<str>>,
}

/// How many names a use lists. A root is in every castore.pem; ten thousand names would say no more than their number.
pub(crate) const NAMES: usize = 20;

/// How many uses a line names.
const PLACES: usize = 3;

/// What decides about one certificate or dumped entry.
struct Case {
    record: CertificateRecord,
    not_before: Option<Time>,
    not_after: Time,
}

/// The uses of a certificate while they are counted.
#[derive(Default)]
struct Uses {
    uses: Vec<ExpiryUse>,
    /// The uses that are presented rather than held as anchors: findings name each of these.
    presented: Vec<PresentedUse>,
}

/// A use of a certificate that someone presents.
struct PresentedUse {
    part: Part,
    end_entity: bool,
    subject: Subject,
}

/// The state of a certificate at a time, by these limits.
fn state_of(case: &Case, limits: Limits, at: Time) -> ExpiryState {
    // The last second of validity is still valid (RFC 5280 4.1.2.5).
    if case.not_after < at {
        return ExpiryState::Expired;
    }
    if case.not_before.is_some_and(|not_before| not_before > at) {
        return ExpiryState::NotYetValid;
    }
    match at.days_until(case.not_after) {
        days if days < limits.hard => ExpiryState::Hard,
        days if days < limits.soft => ExpiryState::Soft,
        _ => ExpiryState::Good,
    }
}

/// The expiry of every certificate, the earliest first, and the findings about those that are presented.
pub(crate) fn judge(
    resolved: &Resolved<'_>,
    cas: &Namesakes<'_>,
    thresholds: Thresholds,
    names: &ServerNames,
    findings: &mut Findings,
) -> Vec<ExpiryRow> {
    let at = cas.at;
    let mut all: HashMap<Fingerprint, Uses> = HashMap::new();
    resolved.estate.for_each_spot(|spot| all.entry(spot.certificate).or_default().spot(&spot));
    let certificates = all.into_iter().filter_map(|(sha256, uses)| {
        let certificate = resolved.certificate(sha256)?;
        let (not_before, not_after) = (Some(certificate.not_before()), certificate.not_after());
        Some((Case { record: certificate.into(), not_before, not_after }, uses))
    });
    let cases = certificates.chain(dumped_cases(resolved));
    let mut crowds = Crowds::new();
    let mut rows: Vec<ExpiryRow> = cases
        .map(|(case, uses)| {
            let remedy = renewed(&case.record, cas);
            gather(&case, uses.presented, remedy.as_deref(), (thresholds, at), &mut crowds);
            row(case, uses.uses, thresholds, at, names)
        })
        .collect();
    report(crowds, at, findings);
    rows.sort_by(|one, other| {
        let key = |row: &ExpiryRow| (row.certificate.not_after, row.certificate.sha256, row.certificate.sha1);
        key(one).cmp(&key(other)).then_with(|| one.certificate.subject.cmp(&other.certificate.subject))
    });
    rows
}

/// The entries known only from a dump, each distinct one once.
fn dumped_cases(resolved: &Resolved<'_>) -> Vec<(Case, Uses)> {
    let mut all: BTreeMap<(Option<Thumbprint>, String, String), (Case, Uses)> = BTreeMap::new();
    for vcenter in &resolved.estate.vcenters {
        let own = Subject::vcenter(&vcenter.name);
        let mut add = |part: Part, name: Option<&Arc<str>>, subject: &Subject, entry: &Found<DumpedEntry>| {
            let Some(not_after) = entry.value.not_after else { return };
            let record = CertificateRecord::from(entry);
            let key = (record.sha1, record.called().to_owned(), format!("{} {not_after}", record.serial_number));
            let case = Case { record, not_before: entry.value.not_before, not_after };
            let (_, uses) = all.entry(key).or_insert_with(|| (case, Uses::default()));
            let subject = (!part.is_store()).then(|| subject.clone().part(part).at(entry.place.clone()));
            uses.count(part, &vcenter.name, name);
            uses.presented.extend(subject.map(|subject| PresentedUse { part, end_entity: true, subject }));
        };
        for entry in vcenter.trusted_roots.iter().flat_map(|store| &store.dumped) {
            add(Part::TrustedRoots, None, &own, entry);
        }
        for entry in vcenter.sms.iter().flat_map(|sms| &sms.dumped) {
            add(Part::of_sms_alias(entry.place.alias.as_deref().unwrap_or_default()), None, &own, entry);
        }
        for (name, store) in &vcenter.stores {
            for entry in &store.dumped {
                add(Part::of_store(name), Some(name), &own, entry);
            }
        }
        for host in &vcenter.hosts {
            let subject = Subject::host(&vcenter.name, &host.name);
            for entry in host.castore.iter().flat_map(|store| &store.dumped) {
                add(Part::Castore, Some(&host.name), &subject, entry);
            }
        }
    }
    all.into_values().collect()
}

impl Uses {
    fn spot(&mut self, spot: &Spot<'_>) {
        let name = spot.host.map(|host| &host.name).or(spot.provider.map(|provider| &provider.name));
        let name = name.or(spot.entry.map(|(store, _)| store));
        self.count(spot.part, &spot.vcenter.name, name);
        if !spot.part.is_store() {
            let (part, end_entity) = (spot.part, spot.index == 0);
            self.presented.push(PresentedUse { part, end_entity, subject: Subject::from(spot) });
        }
    }

    fn count(&mut self, part: Part, vcenter: &Arc<str>, name: Option<&Arc<str>>) {
        let same = |known: &ExpiryUse| known.part == part && known.vcenter == *vcenter;
        // Uses come vCenter by vCenter and part by part, so the one meant is among the last few.
        let index = self.uses.iter().rposition(same).unwrap_or_else(|| {
            self.uses.push(ExpiryUse { vcenter: Arc::clone(vcenter), part, count: 0, names: Vec::new() });
            self.uses.len() - 1
        });
        let known = &mut self.uses[index];
        known.count += 1;
        known.names.extend(name.filter(|_| known.names.len() < NAMES).map(Arc::clone));
    }
}

fn row(case: Case, uses: Vec<ExpiryUse>, thresholds: Thresholds, at: Time, names: &ServerNames) -> ExpiryRow {
    let judged = uses.iter().map(|known| {
        let limits = thresholds.limits(known.part);
        (state_of(&case, limits, at), limits)
    });
    let worst = judged.min_by_key(|(state, limits)| (*state, limits.hard));
    let (state, limits) = worst.unwrap_or((ExpiryState::Good, thresholds.limits(Part::TrustedRoots)));
    let days_left = at.days_until(case.not_after);
    let place = in_words(&uses, names, PLACES);
    ExpiryRow { certificate: case.record, days_left, state, limits, uses, place }
}

/// Where a certificate is used, in one line that names so many uses.
pub(crate) fn in_words(uses: &[ExpiryUse], names: &ServerNames, most: usize) -> String {
    let one = |used: &ExpiryUse| {
        let objects =
            if used.count > 1 { format!(" of {}", count(used.count, "object", "objects")) } else { String::new() };
        format!("{}{objects} at {}", used.part.name(), names.short(&used.vcenter))
    };
    printable(&listing(&uses.iter().map(one).collect::<Vec<_>>(), most, ", ")).into_owned()
}

/// What to do about a CA in a presented chain that has been renewed already, with its key or with another: to renew it again helps
/// nobody.
fn renewed(record: &CertificateRecord, cas: &Namesakes<'_>) -> Option<String> {
    let ended = cas.certificate(record.sha256?).filter(|certificate| certificate.is_ca())?;
    if let Some(renewed) = cas.renewal(ended) {
        let described = cas.described(renewed);
        return Some(format!(
            "It has been renewed with the same key ({described}): have the server present that certificate instead. Nothing has to be reissued."
        ));
    }
    let newer = cas.described(cas.successor(ended)?);
    Some(format!(
        "Reissue what it signed from its successor ({newer}); the CA itself has been renewed with a different key."
    ))
}

/// Certificates of one vCenter that are in one state, gathered until it is known how many there are.
#[derive(Default)]
struct Crowd {
    members: Vec<Member>,
}

struct Member {
    record: CertificateRecord,
    date: Time,
    message: String,
    /// What to do instead of renewing it.
    remedy: Option<String>,
    subjects: Vec<Subject>,
}

/// In which state, how bad, whose, and for what.
type Crowding = (ExpiryState, Severity, Option<Arc<str>>, Use);

type Crowds = BTreeMap<Crowding, Crowd>;

/// Up to so many certificates are findings of their own; more of one vCenter in one state are one finding.
const CROWD: usize = 5;

/// Gathers the states a presented certificate is in, with all who present it.
fn gather(
    case: &Case,
    presented: Vec<PresentedUse>,
    remedy: Option<&str>,
    (thresholds, at): (Thresholds, Time),
    crowds: &mut Crowds,
) {
    let mut own: BTreeMap<Crowding, Member> = BTreeMap::new();
    for PresentedUse { part, end_entity, subject } in presented {
        let state = state_of(case, thresholds.limits(part), at);
        let used = Use::of(part);
        let Some((id, (date, message))) = used.finding(state).zip(wording(case, state, at)) else { continue };
        // A certificate sent along may be one nobody needs; whether a link breaks by it, the edges say.
        let usual = id.entry().severity;
        let severity = if end_entity { usual } else { usual.max(Severity::Medium) };
        let remedy = remedy.or(used.remedy()).map(str::to_owned).or_else(|| used.delete(&subject));
        // A root in the chain that has ended stops nobody; what signs with the chain does.
        let consequence = if end_entity { used.consequence(state) } else { "" };
        let message = message + consequence;
        let member = || Member { record: case.record.clone(), date, message, remedy, subjects: Vec::new() };
        own.entry((state, severity, subject.vcenter.clone(), used)).or_insert_with(member).subjects.push(subject);
    }
    for (key, member) in own {
        crowds.entry(key).or_default().members.push(member);
    }
}

fn report(crowds: Crowds, at: Time, findings: &mut Findings) {
    for ((state, severity, vcenter, used), Crowd { mut members }) in crowds {
        let Some(id) = used.finding(state) else { continue };
        members.sort_by_key(|member| (member.date, member.record.sha256, member.record.sha1));
        let evidence = |certificates, date: Time, count| Evidence {
            certificates,
            date: Some(date),
            days_left: Some(at.days_until(date)),
            count,
            ..Evidence::default()
        };
        let finding =
            |message, subjects| Finding::new(id, Subject::default(), message).severity(severity).about(subjects);
        let count = members.len();
        if count <= CROWD {
            for Member { record, date, message, remedy, subjects } in members {
                let finding = finding(message, subjects).with(evidence(vec![record], date, None));
                findings.add(Finding { remedy: remedy.or_else(|| finding.remedy.clone()), ..finding });
            }
            continue;
        }
        let (first, mut records, mut subjects) = (members[0].date, Vec::new(), Vec::new());
        for member in members {
            records.push(member.record);
            subjects.extend(member.subjects);
        }
        let whose = vcenter.as_deref().unwrap_or("the estate");
        let message = match state {
            ExpiryState::Expired => format!("{count} certificates of {whose} have expired, the first on {first}"),
            ExpiryState::NotYetValid => format!("{count} certificates of {whose} are not valid yet"),
            ExpiryState::Hard | ExpiryState::Soft | ExpiryState::Good => {
                format!("{count} certificates of {whose} expire soon, the first on {first}")
            }
        };
        let finding = finding(message + used.consequence(state), subjects).with(evidence(records, first, Some(count)));
        findings
            .add(Finding { remedy: used.remedy().map(str::to_owned).or_else(|| finding.remedy.clone()), ..finding });
    }
}

fn wording(case: &Case, state: ExpiryState, at: Time) -> Option<(Time, String)> {
    let (subject, end) = (case.record.called(), case.not_after);
    match state {
        ExpiryState::Good => None,
        ExpiryState::Expired => Some((end, format!("{subject} expired on {end}"))),
        ExpiryState::NotYetValid => {
            let begin = case.not_before?;
            Some((begin, format!("{subject} is not valid before {begin}")))
        }
        ExpiryState::Hard | ExpiryState::Soft => {
            Some((end, format!("{subject} expires on {end}, in {} days", at.days_until(end))))
        }
    }
}
