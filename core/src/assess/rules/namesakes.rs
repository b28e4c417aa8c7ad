//! CAs of one name, and what in use each of them has signed: whether one may go is decided by that and by dates.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::cert::Certificate;
use crate::estate::{Part, Resolved, Spot};
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// The name and the key of a CA.
type Signer = (Arc<[u8]>, Option<KeyId>);

/// The CAs of an estate by their names, and where each was seen.
pub(crate) struct Namesakes<'r> {
    resolved: &'r Resolved<'r>,
    by_name: HashMap<&'r [u8], Vec<&'r Certificate>>,
    seen: HashMap<Fingerprint, Seen>,
}

/// Where a CA was seen.
pub(super) struct Seen {
    /// In words: `castore.pem of esx01.lab.example`.
    pub(super) place: String,
    /// Whether that is a store, which somebody filled, and not only what a server sends.
    pub(super) is_known: bool,
}

impl<'r> Namesakes<'r> {
    pub(crate) fn of(resolved: &'r Resolved<'r>) -> Self {
        let mut by_name: HashMap<&[u8], Vec<&Certificate>> = HashMap::new();
        for certificate in resolved.certificates().filter(|certificate| certificate.is_ca()) {
            by_name.entry(certificate.subject().canonical()).or_default().push(certificate);
        }
        let shared: HashSet<Fingerprint> =
            by_name.values().filter(|of_name| of_name.len() > 1).flatten().map(|ca| ca.sha256()).collect();
        let mut seen: HashMap<Fingerprint, Seen> = HashMap::new();
        if !shared.is_empty() {
            resolved.estate.for_each_spot(|spot| {
                let is_known = spot.part.is_store() || spot.part == Part::VmcaRoot;
                let better = seen.get(&spot.certificate).is_none_or(|known| is_known && !known.is_known);
                if better && shared.contains(&spot.certificate) {
                    seen.insert(spot.certificate, Seen { place: whose(&spot), is_known });
                }
            });
        }
        Self { resolved, by_name, seen }
    }

    /// Where a CA was seen that shares its name with another.
    pub(super) fn seen(&self, certificate: &Certificate) -> Option<&Seen> {
        self.seen.get(&certificate.sha256())
    }

    /// The certificates of the name that this one has.
    fn of_name(&self, certificate: &Certificate) -> &[&'r Certificate] {
        self.by_name.get(certificate.subject().canonical()).map_or(&[], Vec::as_slice)
    }

    /// The newest certificate of the same name as this one that has this key.
    pub(super) fn with_key(&self, like: Fingerprint, key: &KeyId) -> Option<&'r Certificate> {
        let like = self.resolved.certificate(like)?;
        let of_key = self.of_name(like).iter().filter(|ca| ca.subject_key_id() == Some(key));
        of_key.max_by_key(|ca| (ca.not_before(), ca.sha256())).copied()
    }

    /// The CA with another key that took the place of this one: of the same name, begun later and valid at this time.
    pub(super) fn successor(&self, ended: &Certificate, at: Time) -> Option<&'r Certificate> {
        let other_key = |ca: &Certificate| ca.public_key().sha256 != ended.public_key().sha256;
        let newer = |ca: &&&Certificate| ca.not_before() > ended.not_before() && !ca.has_expired(at) && other_key(ca);
        self.of_name(ended).iter().filter(newer).max_by_key(|ca| (ca.not_before(), ca.sha256())).copied()
    }
}

/// A part and its owner in words.
fn whose(spot: &Spot<'_>) -> String {
    let host = spot.host.map(|host| &host.name);
    let owner = host.or(spot.provider.map(|provider| &provider.name)).unwrap_or(&spot.vcenter.name);
    format!("{} of {owner}", spot.part.label())
}

/// What is presented in an estate and has not ended, by who signed it.
pub(crate) struct InUse<'r> {
    /// What is presented.
    signed: HashMap<Signer, Vec<&'r Certificate>>,
    /// What servers present as their own, whoever signed it: a store may hold it to be matched exactly.
    own: HashSet<Fingerprint>,
    /// CAs that lie in stores: one of them may carry what is presented, and needs its own issuer.
    between: HashMap<Signer, Vec<&'r Certificate>>,
}

impl<'r> InUse<'r> {
    pub(crate) fn of(resolved: &'r Resolved<'r>, at: Time) -> Self {
        let mut in_use = Self { signed: HashMap::new(), own: HashSet::new(), between: HashMap::new() };
        let mut seen = HashSet::new();
        resolved.estate.for_each_spot(|spot| {
            let presented = !spot.part.is_store() && !matches!(spot.part, Part::VmcaRoot | Part::BackupStore);
            if !seen.insert((spot.certificate, presented, spot.index == 0)) {
                return;
            }
            let Some(certificate) = resolved.certificate(spot.certificate) else { return };
            if certificate.has_expired(at) {
                return;
            }
            if presented && spot.index == 0 {
                in_use.own.insert(spot.certificate);
            }
            if certificate.is_self_issued() {
                return;
            }
            let signer = (certificate.issuer().canonical().into(), certificate.authority_key_id().cloned());
            let kind = if presented { &mut in_use.signed } else { &mut in_use.between };
            kind.entry(signer).or_default().push(certificate);
        });
        in_use
    }

    /// Whether a server presents this very certificate as its own.
    pub(crate) fn is_presented(&self, certificate: &Certificate) -> bool {
        self.own.contains(&certificate.sha256())
    }

    /// What this CA signed and is still presented, itself or through CAs of the stores. A certificate that does not name its
    /// issuer's key counts.
    pub(crate) fn signed_by(&self, ca: &Certificate) -> Vec<&'r Certificate> {
        let mut found = Vec::new();
        let mut open = of(&self.between, ca);
        let mut seen: HashSet<Fingerprint> = HashSet::new();
        seen.insert(ca.sha256());
        found.extend(of(&self.signed, ca));
        while let Some(between) = open.pop() {
            if seen.insert(between.sha256()) {
                found.extend(of(&self.signed, between));
                open.extend(of(&self.between, between));
            }
        }
        found
    }
}

/// What a CA signed, by its name and key.
fn of<'r>(signed: &HashMap<Signer, Vec<&'r Certificate>>, ca: &Certificate) -> Vec<&'r Certificate> {
    let name: Arc<[u8]> = ca.subject().canonical().into();
    let of = |key: Option<KeyId>| signed.get(&(Arc::clone(&name), key)).into_iter().flatten().copied();
    ca.subject_key_id().cloned().map(Some).into_iter().chain([None]).flat_map(of).collect()
}
