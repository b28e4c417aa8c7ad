//! Storage providers against the hosts they run on: the validity rule of KB 320568, stale certificates, status.

use super::thresholds::Thresholds;
use crate::catalogue::{FindingId, Severity};
use crate::cert::Certificate;
use crate::estate::{Host, Part, PresentedChain, Resolved, StorageProvider, VCenter, comparable_host};
use crate::finding::{CertificateRecord, Evidence, Finding, Findings, Subject};
use crate::store::Place;
use crate::time::Time;

/// What many providers have in common, gathered into one finding.
#[derive(Default)]
struct Cases<'c> {
    subjects: Vec<Subject>,
    certificates: Vec<&'c Certificate>,
    /// The earliest end of validity among them.
    first: Option<Time>,
}

/// Judges every storage provider.
pub(crate) fn judge(resolved: &Resolved<'_>, thresholds: Thresholds, at: Time, findings: &mut Findings) {
    for vcenter in &resolved.estate.vcenters {
        let mut renew_host = Cases::default();
        let mut register = [Cases::default(), Cases::default()];
        let mut stale = Cases::default();
        for provider in &vcenter.storage_providers {
            status(vcenter, provider, findings);
            let Some(host) = host_of(vcenter, provider) else { continue };
            let remembered = provider.certificate.as_ref().and_then(|held| resolved.certificate(held.certificate));
            let presented = end_entity(resolved, host.iofilter.as_ref());
            let place = provider.certificate.as_ref().map(|held| held.place.clone()).unwrap_or_default();
            let subject = |place: Place| Subject {
                host: Some(host.name.clone()),
                ..Subject::provider(&vcenter.name, &provider.name).part(Part::Provider).at(place)
            };
            if let (Some(remembered), Some(presented)) = (remembered, presented)
                && remembered != presented
            {
                stale.add(subject(place.clone()), &[remembered, presented]);
            }
            let own = end_entity(resolved, host.https.as_ref());
            let (Some(own), Some(shown)) = (own, remembered.or(presented)) else { continue };
            match advice(own, shown, thresholds, at) {
                Advice::Nothing => (),
                Advice::RenewHost => renew_host.add(subject(place), &[shown, own]),
                Advice::Register { expired } => register[usize::from(expired)].add(subject(place), &[shown, own]),
            }
        }
        let [soon, expired] = register;
        renew_host.report(FindingId::RenewHostFirst, None, RENEW_HOST, at, findings);
        expired.report(FindingId::ReRegisterProvider, Some(Severity::High), REGISTER_EXPIRED, at, findings);
        soon.report(FindingId::ReRegisterProvider, None, REGISTER_SOON, at, findings);
        stale.report(FindingId::StaleProviderCertificate, None, STALE, at, findings);
    }
}

const RENEW_HOST: &str = "the host certificate does not outlive the storage provider's by a month, so renew it first";
const REGISTER_EXPIRED: &str = "the storage provider's certificate has expired, and the host's is good";
const REGISTER_SOON: &str = "the storage provider's certificate expires soon, and the host's is good for longer";
const STALE: &str = "vCenter remembers a different certificate from the one that the host presents on port 9080";

enum Advice {
    Nothing,
    RenewHost,
    Register { expired: bool },
}

/// The rule of KB 320568: a provider takes its certificate from its host, so registering it again helps only when the
/// host's own lasts comfortably longer. An expired host certificate is always renewed.
fn advice(own: &Certificate, shown: &Certificate, thresholds: Thresholds, at: Time) -> Advice {
    let comfort = thresholds.limits(Part::Https).hard;
    if own.has_expired(at) {
        return Advice::RenewHost;
    }
    if at.days_until(shown.not_after()) >= thresholds.limits(Part::Provider).soft {
        return Advice::Nothing;
    }
    let outlives = own.not_after() >= shown.not_after().plus_days(comfort);
    if outlives && at.days_until(own.not_after()) >= comfort {
        Advice::Register { expired: shown.has_expired(at) }
    } else {
        Advice::RenewHost
    }
}

impl<'c> Cases<'c> {
    fn add(&mut self, subject: Subject, certificates: &[&'c Certificate]) {
        let end = certificates.first().map(|certificate| certificate.not_after());
        self.first = self.first.into_iter().chain(end).min();
        self.subjects.push(subject);
        // One case shows its certificates; of many, the subjects say enough.
        if self.subjects.len() == 1 {
            self.certificates.extend(certificates);
        } else {
            self.certificates.clear();
        }
    }

    fn report(self, id: FindingId, severity: Option<Severity>, message: &str, at: Time, findings: &mut Findings) {
        let count = self.subjects.len();
        if count == 0 {
            return;
        }
        let mut certificates: Vec<CertificateRecord> = self.certificates.into_iter().map(Into::into).collect();
        certificates.dedup();
        let evidence = Evidence {
            certificates,
            date: self.first,
            days_left: self.first.map(|date| at.days_until(date)),
            count: Some(count),
            ..Evidence::default()
        };
        let finding = Finding::new(id, Subject::default(), message.to_owned()).about(self.subjects).with(evidence);
        findings.add(match severity {
            Some(severity) => finding.severity(severity),
            None => finding,
        });
    }
}

/// The host that an IO filter provider runs on.
fn host_of<'e>(vcenter: &'e VCenter, provider: &StorageProvider) -> Option<&'e Host> {
    let name = provider.iofilter_host()?;
    vcenter.hosts.iter().find(|host| comparable_host(&host.name) == name)
}

fn end_entity<'r>(resolved: &'r Resolved<'_>, chain: Option<&PresentedChain>) -> Option<&'r Certificate> {
    chain?.certificates.first().and_then(|sha256| resolved.certificate(*sha256))
}

/// Whether vCenter knows that a provider does not answer: `unknown` is deprecated and says nothing.
pub(super) fn is_offline(provider: &StorageProvider) -> bool {
    let says_nothing =
        |status: &str| ["online", "connected", "unknown"].iter().any(|one| status.eq_ignore_ascii_case(one));
    provider.status.as_deref().is_some_and(|status| !says_nothing(status))
}

fn status(vcenter: &VCenter, provider: &StorageProvider, findings: &mut Findings) {
    let Some(status) = provider.status.as_deref().filter(|_| is_offline(provider)) else { return };
    let evidence = Evidence { seen: Some(status.to_owned()), ..Evidence::default() };
    let message = match &provider.status_fault {
        Some(fault) => format!("vCenter shows the storage provider as {status}, because of {fault}"),
        None => format!("vCenter shows the storage provider as {status}"),
    };
    let subject = Subject::provider(&vcenter.name, &provider.name);
    findings.add(Finding::new(FindingId::ProviderOffline, subject, message).with(evidence));
}
