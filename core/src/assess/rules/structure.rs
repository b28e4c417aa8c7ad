//! What is wrong with a store as a list: copies, namesakes, aliases, CRLs.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use hashbrown::{HashMap, HashSet};

use super::in_use::{InUse, names};
use crate::catalogue::{FindingId, Severity};
use crate::cert::Certificate;
use crate::estate::{Resolved, StoreContent};
use crate::finding::words::listing;
use crate::finding::{CertificateRecord, Evidence, Finding, Subject};
use crate::store::{self, LintSeverity};
use crate::text::brief;
use crate::thumbprint::Fingerprint;

/// What is wrong with a store as a list.
pub(super) fn structure(
    resolved: &Resolved<'_>,
    content: &StoreContent,
    is_vecs: bool,
    in_use: &InUse<'_>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    duplicates(resolved, content, &mut found);
    same_names(resolved, content, in_use, &mut found);
    if is_vecs && content.store.is_some() {
        aliases(resolved, content, &mut found);
    }
    let count = content.crls.len();
    if let Some(severity) = store::crl_severity(count) {
        let severity = match severity {
            LintSeverity::Error => Severity::High,
            LintSeverity::Warning | LintSeverity::Notice => Severity::Medium,
        };
        let finding = Finding::new(FindingId::ManyCrls, Subject::default(), format!("{count} CRLs"));
        found.push(finding.severity(severity).with(Evidence { count: Some(count), ..Evidence::default() }));
    }
    found
}

/// For copies of which none has the thumbprint as its alias.
const KEEP_ONE: &str = "Keep one of the copies and delete the others.";

fn duplicates(resolved: &Resolved<'_>, content: &StoreContent, found: &mut Vec<Finding>) {
    let mut counts: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for sha256 in &content.certificates {
        *counts.entry(*sha256).or_default() += 1;
    }
    for (sha256, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        let Some(certificate) = resolved.certificate(sha256) else { continue };
        let message = format!("{} is in the store {count} times", brief(certificate.subject()));
        let evidence = Evidence { certificates: vec![certificate.into()], count: Some(count), ..Evidence::default() };
        let finding = Finding::new(FindingId::DuplicateEntry, Subject::default(), message).with(evidence);
        // The usual remedy deletes what has another alias than the thumbprint: one must stay.
        let mut aliases = content.aliases.get(&sha256).into_iter().flatten();
        let is_safe = aliases.any(|alias| store::is_own_alias(alias, certificate));
        let remedy = if is_safe { finding.remedy.clone() } else { Some(KEEP_ONE.to_owned()) };
        found.push(Finding { remedy, ..finding });
    }
}

fn same_names(resolved: &Resolved<'_>, content: &StoreContent, in_use: &InUse<'_>, found: &mut Vec<Finding>) {
    let mut names: HashMap<&[u8], Vec<&Certificate>> = HashMap::new();
    for certificate in content.certificates.iter().filter_map(|sha256| resolved.certificate(*sha256)) {
        if store::has_lasting_name(certificate) {
            names.entry(certificate.subject().canonical()).or_default().push(certificate);
        }
    }
    let mut shared: Vec<Vec<&Certificate>> = names.into_values().filter(|named| named.len() > 1).collect();
    shared.sort_by_key(|named| named[0].sha256());
    for mut named in shared {
        let keys: HashSet<Fingerprint> = named.iter().map(|certificate| certificate.public_key().sha256).collect();
        if keys.len() < 2 {
            continue;
        }
        named.sort_by_key(|certificate| certificate.sha256());
        named.dedup();
        let message = format!("{} CAs with different keys are named {}", keys.len(), brief(named[0].subject()));
        let remedy = Some(who_signed(&named, in_use));
        let certificates = named.into_iter().map(CertificateRecord::from).collect();
        let evidence = Evidence { certificates, count: Some(keys.len()), ..Evidence::default() };
        let finding = Finding::new(FindingId::SameNameOtherKey, Subject::default(), message).with(evidence);
        found.push(Finding { remedy, ..finding });
    }
}

/// What of the certificates in use each of several CAs of one name signed.
fn who_signed(named: &[&Certificate], in_use: &InUse<'_>) -> String {
    /// How many CAs a sentence names.
    const CAS: usize = 4;
    let one = |ca: &&Certificate| {
        let (sha1, signed) = (ca.sha1().with_colons(), in_use.signed_by(ca));
        if signed.is_empty() {
            format!("{sha1}: nothing that is known here")
        } else {
            format!("{sha1} signed {}", names(&signed))
        }
    };
    let cas: Vec<String> = named.iter().map(one).collect();
    format!(
        "Keep every CA that signed something in use, however old it is. In use: {}. Before you remove one of which nothing is known here, make sure that no other server uses it.",
        listing(&cas, CAS, "; ")
    )
}

fn aliases(resolved: &Resolved<'_>, content: &StoreContent, found: &mut Vec<Finding>) {
    for (sha256, aliases) in &content.aliases {
        let Some(certificate) = resolved.certificate(*sha256) else { continue };
        for alias in aliases.iter().filter(|alias| !store::is_own_alias(alias, certificate)) {
            let message = format!("{} has the alias {alias}, not its thumbprint", brief(certificate.subject()));
            let certificates = vec![certificate.into()];
            let evidence = Evidence { certificates, seen: Some(alias.to_string()), ..Evidence::default() };
            found.push(Finding::new(FindingId::AliasNotThumbprint, Subject::default(), message).with(evidence));
        }
    }
}

/// A store's content as a map key: equal when all that [`structure`] looks at is equal.
pub(super) struct SameContent<'e>(pub(super) &'e StoreContent, pub(super) bool);

impl Hash for SameContent<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.0.certificates, &self.0.aliases, &self.0.crls, self.1).hash(state);
    }
}

impl PartialEq for SameContent<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) && self.1 == other.1
            || (self.1 == other.1
                && self.0.certificates == other.0.certificates
                && self.0.aliases == other.0.aliases
                && self.0.store == other.0.store
                && self.0.crls == other.0.crls)
    }
}

impl Eq for SameContent<'_> {}
