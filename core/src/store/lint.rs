//! What is wrong with a store by itself, whatever is presented to it.
//!
//! Each check is one of those administrators know from VMware's own tools; thresholds have their source beside them.
//! Entries known only from a dump take part as far as their facts go.

use std::sync::Arc;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::{Anchor, DumpedEntry, Found, Place, TRUSTED_ROOTS, TrustStore};
use crate::cert::{Certificate, Oid};
use crate::thumbprint::{Thumbprint, hex};
use crate::time::Time;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LintIssue {
    /// What is wrong, with its evidence.
    #[serde(flatten)]
    pub kind: LintKind,
    /// How much it matters.
    pub severity: LintSeverity,
    /// Where the entry was read.
    pub place: Place,
    /// The entry's subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The entry's SHA-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha1: Option<Thumbprint>,
}

/// What is wrong with an entry or with the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LintKind {
    /// It is no longer valid.
    Expired {
        /// Last second of validity.
        not_after: Time,
    },
    /// It is not valid yet.
    NotYetValid {
        /// First second of validity.
        not_before: Time,
    },
    /// It cannot issue: basic constraints do not say CA, or key usage has no certificate sign.
    NotCa {
        /// What basic constraints say; absent without them.
        ca: Option<bool>,
        /// What key usage says; absent without it.
        certificate_sign: Option<bool>,
    },
    /// Its signature uses a digest that collides.
    WeakDigest {
        /// The algorithm.
        algorithm: String,
    },
    /// Its key is too short.
    WeakKey {
        /// The key's size.
        bits: u32,
    },
    /// It has no subject key identifier, which the directory needs as its id.
    NoSubjectKeyId,
    /// Its VECS alias is not its SHA-1.
    AliasMismatch {
        /// The alias.
        alias: Arc<str>,
    },
    /// It is in the store more than once.
    Duplicate {
        /// Where the further copy is.
        copy: Place,
    },
    /// Other entries have its subject and another key: a root that was made anew under its old name.
    SameNameDifferentKey {
        /// The other entries' SHA-1.
        others: Vec<Thumbprint>,
    },
    /// Other entries have its key: a renewal that keeps the key.
    SameKeyDifferentCertificate {
        /// The other entries' SHA-1.
        others: Vec<Thumbprint>,
    },
    /// The store has so many CRLs that services suffer.
    ManyCrls {
        /// How many there are.
        count: usize,
    },
    /// It is not DER. It is shown all the same, and no path through it is verified.
    NotDer {
        /// The field, the byte and what is not DER there.
        reason: String,
    },
    /// Extensions do not read.
    MalformedExtension {
        /// Which.
        extensions: Vec<Oid>,
    },
    /// Critical extensions are unknown, so every path through it is rejected.
    UnknownCriticalExtension {
        /// Which.
        extensions: Vec<Oid>,
    },
    /// Extensions occur more than once, which RFC 5280 section 4.2 forbids.
    DuplicateExtension {
        /// Which.
        extensions: Vec<Oid>,
    },
    /// A block does not read.
    Unreadable {
        /// Why.
        reason: String,
    },
}

/// How much an issue matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LintSeverity {
    /// Good to know.
    Notice,
    /// To be cleaned up.
    Warning,
    /// Something is broken by it, or will be.
    Error,
}

/// vCert: 30 to 99 CRLs are a warning, from 100 services may fail to start.
const CRL_WARNING: usize = 30;
const CRL_ERROR: usize = 100;

/// Checks a store at the time `at`. Issues come in the store's order, those of the whole store last. Costs a few map
/// entries for each anchor.
#[must_use]
pub fn lint(store: &TrustStore, at: Time) -> Vec<LintIssue> {
    let mut out = Vec::new();
    let cas = store.anchors().iter().filter(|anchor| has_lasting_name(&anchor.certificate));
    let names = group(cas, |certificate| certificate.subject().canonical().to_vec());
    let keys = group(store.anchors().iter(), |certificate| certificate.public_key().sha256.0.to_vec());
    for anchor in store.anchors() {
        let kinds = certificate_kinds(anchor, at).into_iter().chain(relations(anchor, &names, &keys));
        out.extend(kinds.map(|(severity, kind)| of_anchor(anchor, severity, kind)));
    }
    for found in store.dumped() {
        out.extend(dumped_kinds(found, at).into_iter().map(|(severity, kind)| LintIssue {
            kind,
            severity,
            place: found.place.clone(),
            subject: found.value.subject.clone(),
            sha1: found.value.sha1,
        }));
    }
    out.extend(
        store
            .copies()
            .map(|(anchor, copy)| of_anchor(anchor, LintSeverity::Notice, LintKind::Duplicate { copy: copy.clone() })),
    );
    let count = store.crls().len();
    if let Some(severity) = crl_severity(count) {
        let place = store.crls().first().map(|found| found.place.clone()).unwrap_or_default();
        let place = Place { line: None, alias: None, ..place };
        out.push(LintIssue { kind: LintKind::ManyCrls { count }, severity, place, subject: None, sha1: None });
    }
    out.extend(store.unreadable().iter().map(|block| LintIssue {
        kind: LintKind::Unreadable { reason: block.reason.clone() },
        severity: LintSeverity::Error,
        place: block.place.clone(),
        subject: None,
        sha1: None,
    }));
    out
}

/// How much a number of CRLs matters; `None` for one that does not.
pub(crate) fn crl_severity(count: usize) -> Option<LintSeverity> {
    match count {
        CRL_ERROR.. => Some(LintSeverity::Error),
        CRL_WARNING.. => Some(LintSeverity::Warning),
        0.. => None,
    }
}

/// Whether an alias of TRUSTED_ROOTS is what vmafd writes: the SHA-1 as lowercase hex. It compares byte by byte, so that an
/// entry added by hand in capitals is not the one that is replicated.
pub(crate) fn is_own_alias(alias: &str, certificate: &Certificate) -> bool {
    *alias == *hex(&certificate.sha1().0)
}

/// Whether another entry of the same name and another key is worth a word: only of CAs, as a regenerated VMCA leaves them
/// behind. A server's name says nothing about its key.
pub(crate) fn has_lasting_name(certificate: &Certificate) -> bool {
    certificate.is_ca()
}

type Kinds = Vec<(LintSeverity, LintKind)>;
type Groups<'s> = HashMap<Vec<u8>, Vec<&'s Certificate>>;

fn group<'s>(anchors: impl Iterator<Item = &'s Anchor>, key: impl Fn(&Certificate) -> Vec<u8>) -> Groups<'s> {
    let mut groups = Groups::new();
    for anchor in anchors {
        groups.entry(key(&anchor.certificate)).or_default().push(&anchor.certificate);
    }
    groups
}

fn of_anchor(anchor: &Anchor, severity: LintSeverity, kind: LintKind) -> LintIssue {
    LintIssue {
        kind,
        severity,
        place: anchor.place.clone(),
        subject: Some(anchor.certificate.subject().to_string()),
        sha1: Some(anchor.certificate.sha1()),
    }
}

fn validity(not_before: Option<Time>, not_after: Option<Time>, at: Time) -> Kinds {
    let expired = not_after.filter(|not_after| *not_after < at).map(|not_after| LintKind::Expired { not_after });
    let early = not_before.filter(|not_before| *not_before > at).map(|not_before| LintKind::NotYetValid { not_before });
    expired.into_iter().chain(early).map(|kind| (LintSeverity::Error, kind)).collect()
}

fn certificate_kinds(anchor: &Anchor, at: Time) -> Kinds {
    let certificate = &anchor.certificate;
    let extensions = certificate.extensions();
    let mut out = validity(Some(certificate.not_before()), Some(certificate.not_after()), at);
    if holds_roots(&anchor.place) {
        let ca = extensions.basic_constraints.map(|constraints| constraints.ca);
        let sign = extensions.key_usage.map(|usage| usage.certificate_sign());
        // SPS trusts its own certificate, which has no extension at all, as it stands.
        let bare = !certificate.has_extensions() && certificate.is_self_issued();
        let severity = if bare { LintSeverity::Notice } else { LintSeverity::Warning };
        if ca != Some(true) || sign == Some(false) {
            out.push((severity, LintKind::NotCa { ca, certificate_sign: sign }));
        }
        if extensions.subject_key_id.is_none() {
            out.push((severity, LintKind::NoSubjectKeyId));
        }
    }
    if let Some(algorithm) = certificate.signature_algorithm().weak_digest() {
        out.push((LintSeverity::Warning, LintKind::WeakDigest { algorithm: algorithm.to_owned() }));
    }
    if let Some(bits) = certificate.public_key().size().filter(|(bits, least)| bits < least) {
        out.push((LintSeverity::Warning, LintKind::WeakKey { bits: bits.0 }));
    }
    if let Some(alias) = roots_alias(&anchor.place).filter(|alias| !is_own_alias(alias, certificate)) {
        out.push((LintSeverity::Warning, LintKind::AliasMismatch { alias: Arc::clone(alias) }));
    }
    if let Some(fault) = certificate.faults().first() {
        out.push((LintSeverity::Error, LintKind::NotDer { reason: fault.to_string() }));
    }
    let listed = |list: &[Oid]| (!list.is_empty()).then(|| list.to_vec());
    out.extend(
        [
            listed(&extensions.malformed).map(|extensions| LintKind::MalformedExtension { extensions }),
            listed(&extensions.unknown_critical).map(|extensions| LintKind::UnknownCriticalExtension { extensions }),
            listed(&extensions.duplicates).map(|extensions| LintKind::DuplicateExtension { extensions }),
        ]
        .into_iter()
        .flatten()
        .map(|kind| (LintSeverity::Error, kind)),
    );
    out
}

fn relations(anchor: &Anchor, names: &Groups<'_>, keys: &Groups<'_>) -> Kinds {
    let certificate = &anchor.certificate;
    let key = certificate.public_key().sha256;
    let others = |groups: &Groups<'_>, id: &[u8], other_key: bool| -> Vec<Thumbprint> {
        let members = groups.get(id).map_or(&[][..], Vec::as_slice);
        let differs = |other: &&&Certificate| **other != certificate && (other.public_key().sha256 != key) == other_key;
        members.iter().filter(differs).take(RELATED).map(|other| other.sha1()).collect()
    };
    let same_name = match has_lasting_name(certificate) {
        true => others(names, certificate.subject().canonical(), true),
        false => Vec::new(),
    };
    let same_key = others(keys, &key.0, false);
    let mut out = Kinds::new();
    if !same_name.is_empty() {
        out.push((LintSeverity::Warning, LintKind::SameNameDifferentKey { others: same_name }));
    }
    if !same_key.is_empty() {
        out.push((LintSeverity::Notice, LintKind::SameKeyDifferentCertificate { others: same_key }));
    }
    out
}

/// How many related entries an issue names: all of a thousand lookalikes would make a million lines.
const RELATED: usize = 20;

fn dumped_kinds(found: &Found<DumpedEntry>, at: Time) -> Kinds {
    let entry = &found.value;
    let mut out = validity(entry.not_before, entry.not_after, at);
    // Only a whole dump prints the algorithm; what is missing there is missing in the certificate.
    let whole = entry.signature_algorithm.is_some();
    let sign = (!entry.key_usage.is_empty()).then(|| entry.key_usage.iter().any(|usage| usage == "Certificate Sign"));
    if holds_roots(&found.place)
        && (entry.is_ca == Some(false) || sign == Some(false) || whole && entry.is_ca.is_none())
    {
        out.push((LintSeverity::Warning, LintKind::NotCa { ca: entry.is_ca, certificate_sign: sign }));
    }
    if holds_roots(&found.place) && whole && entry.subject_key_id.is_none() {
        out.push((LintSeverity::Warning, LintKind::NoSubjectKeyId));
    }
    let weak = |name: &&String| ["md2", "md5", "sha1"].iter().any(|digest| name.to_ascii_lowercase().contains(digest));
    if let Some(algorithm) = entry.signature_algorithm.as_ref().filter(weak) {
        out.push((LintSeverity::Warning, LintKind::WeakDigest { algorithm: algorithm.clone() }));
    }
    // The printed size does not say the algorithm; curves end at 521 bits.
    if let Some(bits) = entry.key_bits.filter(|bits| *bits < 256 || (522..2048).contains(bits)) {
        out.push((LintSeverity::Warning, LintKind::WeakKey { bits }));
    }
    // A redacted alias (`#`) or one that is no SHA-1 at all; a wrong SHA-1 cannot be told without the bytes.
    let no_digest = |alias: &&Arc<str>| entry.sha1.is_none() && !alias.contains('#');
    if let Some(alias) = roots_alias(&found.place).filter(no_digest) {
        out.push((LintSeverity::Warning, LintKind::AliasMismatch { alias: Arc::clone(alias) }));
    }
    out
}

/// Whether entries here are meant to be trust anchors: any file, and of VECS the store TRUSTED_ROOTS.
fn holds_roots(place: &Place) -> bool {
    place.store.as_deref().is_none_or(|store| store == TRUSTED_ROOTS)
}

/// The alias of an entry of TRUSTED_ROOTS, where vmafd uses the SHA-1.
fn roots_alias(place: &Place) -> Option<&Arc<str>> {
    place.alias.as_ref().filter(|_| place.store.as_deref() == Some(TRUSTED_ROOTS))
}
