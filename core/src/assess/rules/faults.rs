//! What is wrong with one certificate as a trust anchor, wherever it is held.

use crate::catalogue::{FindingId, Severity};
use crate::cert::{Certificate, Oid};
use crate::finding::{CertificateRecord, Evidence, Finding, Subject};
use crate::store::{self, DumpedEntry, Found, LintIssue, LintKind, Reading, TrustStore};
use crate::text::brief;
use crate::time::Time;

/// What is wrong with one certificate, wherever it is held.
pub(super) struct Fault {
    pub(super) id: FindingId,
    severity: Severity,
    message: String,
    /// The date that decides.
    date: Option<Time>,
    /// The text that decides.
    seen: Option<String>,
    /// Whether it is about the digest of the certificate's signature.
    digest: bool,
}

impl Fault {
    fn new(id: FindingId, message: String) -> Self {
        Self { id, severity: id.entry().severity, message, date: None, seen: None, digest: false }
    }

    fn dated(self, date: Time) -> Self {
        Self { date: Some(date), ..self }
    }

    pub(super) fn finding(&self, record: CertificateRecord, subject: Subject, at: Time) -> Finding {
        let evidence = match self.date {
            Some(date) => dated(record, date, at),
            None => Evidence { certificates: vec![record], seen: self.seen.clone(), ..Evidence::default() },
        };
        Finding::new(self.id, subject, self.message.clone()).severity(self.severity).with(evidence)
    }
}

pub(super) fn dated(record: CertificateRecord, date: Time, at: Time) -> Evidence {
    Evidence {
        certificates: vec![record],
        date: Some(date),
        days_left: Some(at.days_until(date)),
        ..Evidence::default()
    }
}

/// What is wrong with a certificate as a trust anchor, wherever it is held.
pub(super) fn faults(certificate: &Certificate, at: Time) -> Vec<Fault> {
    let store = TrustStore::from_certificates([certificate.clone()]);
    let name = brief(certificate.subject());
    let mut faults: Vec<Fault> = store::lint(&store, at).into_iter().filter_map(|issue| fault(issue, &name)).collect();
    for fault in &mut faults {
        // Nobody checks the signature a root makes on itself; and what cannot issue needs no key identifier.
        if fault.digest && certificate.is_self_issued() {
            fault.severity = Severity::Low;
        }
    }
    let is_ca = !faults.iter().any(|fault| fault.id == FindingId::AnchorNotCa);
    faults.retain(|fault| is_ca || fault.id != FindingId::AnchorWithoutKeyId);
    if let Some(damage) = damage(certificate) {
        faults.push(Fault::new(FindingId::DamagedAnchor, format!("{name}: {damage}")));
    }
    faults
}

/// The finding behind an issue with one entry; `None` for what is said of the store as a list.
fn fault(issue: LintIssue, name: &str) -> Option<Fault> {
    let first = |oids: &[Oid]| oids.first().map(ToString::to_string).unwrap_or_default();
    let fault = match issue.kind {
        LintKind::Expired { not_after } => {
            Fault::new(FindingId::AnchorExpired, format!("{name} expired on {not_after}")).dated(not_after)
        }
        LintKind::NotYetValid { not_before } => {
            Fault::new(FindingId::AnchorNotYetValid, format!("{name} is not valid before {not_before}"))
                .dated(not_before)
        }
        LintKind::NotCa { ca, certificate_sign } => {
            let rule = match (ca, certificate_sign) {
                (None, _) => "it has no basic constraints",
                (Some(false), _) => "its basic constraints say so",
                (Some(true), _) => "its key usage lacks keyCertSign",
            };
            let message = format!("{name} is not a CA: {rule}; vCenter does not import it as a trusted root");
            Fault::new(FindingId::AnchorNotCa, message)
        }
        LintKind::WeakDigest { algorithm } => {
            let fault = Fault::new(FindingId::AnchorWeak, format!("{name} is signed with {algorithm}"));
            Fault { digest: true, ..fault }
        }
        LintKind::WeakKey { bits } => Fault::new(FindingId::AnchorWeak, format!("{name} has a key of {bits} bits")),
        LintKind::NoSubjectKeyId => {
            Fault::new(FindingId::AnchorWithoutKeyId, format!("{name} has no subject key identifier"))
        }
        LintKind::AliasMismatch { alias } => {
            let message = format!("{name} has the alias {alias}, not its thumbprint");
            Fault { seen: Some(alias.to_string()), ..Fault::new(FindingId::AliasNotThumbprint, message) }
        }
        LintKind::NotDer { reason } => Fault::new(
            FindingId::DamagedAnchor,
            format!("{name} is not DER: {reason}; OpenSSL may read it, but no path through it is verified"),
        ),
        LintKind::MalformedExtension { extensions } => {
            let message = format!("{name}: the extension {} cannot be read", first(&extensions));
            Fault::new(FindingId::DamagedAnchor, message)
        }
        LintKind::UnknownCriticalExtension { extensions } => {
            let message = format!("{name}: the critical extension {} is unknown", first(&extensions));
            Fault::new(FindingId::DamagedAnchor, message)
        }
        LintKind::DuplicateExtension { extensions } => {
            Fault::new(FindingId::DamagedAnchor, format!("{name}: the extension {} occurs twice", first(&extensions)))
        }
        LintKind::Duplicate { .. }
        | LintKind::SameNameDifferentKey { .. }
        | LintKind::SameKeyDifferentCertificate { .. }
        | LintKind::ManyCrls { .. }
        | LintKind::Unreadable { .. } => return None,
    };
    Some(fault)
}

/// What a list of anchors does not show, and path verification refuses.
fn damage(certificate: &Certificate) -> Option<String> {
    if certificate.signature_algorithm() != certificate.inner_signature_algorithm() {
        return Some("the signature algorithms inside and outside differ".to_owned());
    }
    if certificate.version() != 3 && certificate.is_ca() {
        return Some(format!("it has extensions and version {}", certificate.version()));
    }
    if certificate.serial_number_length() > 20 {
        return Some(format!("its serial number has {} octets, more than 20", certificate.serial_number().len()));
    }
    None
}

/// What is wrong with an entry known only from a dump.
pub(super) fn dumped(entry: &Found<DumpedEntry>, at: Time) -> impl Iterator<Item = Fault> {
    let store = TrustStore::from_reading(Reading { dumped: vec![entry.clone()], ..Reading::default() });
    let name = entry.value.subject.as_deref().or(entry.place.alias.as_deref()).unwrap_or("an entry").to_owned();
    store::lint(&store, at).into_iter().filter_map(move |issue| fault(issue, &name))
}
