//! What is presented in an estate and has not ended, by the key that signed it.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::cas::Cas;
use crate::cert::{Certificate, short_name};
use crate::estate::{Part, Resolved};
use crate::finding::words::listing;
use crate::text::brief;
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// Which key signed, as far as a certificate says it or a signature shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// The key identifier that the certificate names.
    Id(KeyId),
    /// The key that made the signature, where no identifier tells: the SHA-256 of its SubjectPublicKeyInfo.
    Made(Fingerprint),
    /// Nobody's that is known.
    Unnamed,
}

/// The name and the key of a CA.
type Signer = (Arc<[u8]>, Key);

/// What is presented, by who signed it.
pub(crate) struct InUse<'r> {
    /// What is presented.
    signed: HashMap<Signer, Vec<&'r Certificate>>,
    /// CAs that are in stores: one of them may carry what is presented, and needs its own issuer.
    between: HashMap<Signer, Vec<&'r Certificate>>,
    /// The signers that lead to something presented.
    carrying: HashSet<Signer>,
    /// What servers present as their own, whoever signed it: a store may hold it to be matched exactly.
    own: HashSet<Fingerprint>,
    /// What a vCenter presents or logs in with itself: it shows what VMCA signs with.
    of_vcenters: HashSet<Fingerprint>,
}

/// So many CAs are looked through for the names of what one signed.
const VISITED: usize = 1000;
/// So many certificates are enough to name.
const FOUND: usize = 100;

impl<'r> InUse<'r> {
    pub(crate) fn of(resolved: &'r Resolved<'r>, cas: &Cas<'r>, at: Time) -> Self {
        let mut in_use = Self {
            signed: HashMap::new(),
            between: HashMap::new(),
            carrying: HashSet::new(),
            own: HashSet::new(),
            of_vcenters: HashSet::new(),
        };
        let mut seen = HashSet::new();
        resolved.estate.for_each_spot(|spot| {
            let presented = !spot.part.is_store() && !matches!(spot.part, Part::VmcaRoot | Part::BackupStore);
            let of_vcenter = presented && spot.host.is_none() && spot.provider.is_none() && spot.index == 0;
            if !seen.insert((spot.certificate, presented, spot.index == 0, of_vcenter)) {
                return;
            }
            let Some(certificate) = resolved.certificate(spot.certificate) else { return };
            if certificate.has_expired(at) {
                return;
            }
            if presented && spot.index == 0 {
                in_use.own.insert(spot.certificate);
            }
            if of_vcenter {
                in_use.of_vcenters.insert(spot.certificate);
            }
            if certificate.is_self_issued() || !(presented || certificate.is_ca()) {
                return;
            }
            let signer = (certificate.issuer().canonical().into(), signer(certificate, cas));
            let kind = if presented { &mut in_use.signed } else { &mut in_use.between };
            kind.entry(signer).or_default().push(certificate);
        });
        in_use.carry();
        in_use
    }

    /// Marks every signer that leads to something presented, from below.
    fn carry(&mut self) {
        let mut above: HashMap<Signer, Vec<&Signer>> = HashMap::new();
        for (signer, cas) in &self.between {
            for own in cas.iter().flat_map(|ca| keys(ca)) {
                above.entry(own).or_default().push(signer);
            }
        }
        let mut open: Vec<&Signer> = self.signed.keys().collect();
        let mut carrying: HashSet<Signer> = open.iter().copied().cloned().collect();
        while let Some(signer) = open.pop() {
            for above in above.get(signer).into_iter().flatten() {
                if carrying.insert((*above).clone()) {
                    open.push(above);
                }
            }
        }
        self.carrying = carrying;
    }

    /// Whether a server presents this very certificate as its own.
    pub(crate) fn is_presented(&self, certificate: &Certificate) -> bool {
        self.own.contains(&certificate.sha256())
    }

    /// What this CA signed and is still presented, itself or through CAs of the stores; the first of many. A certificate of
    /// which nothing tells which CA of the name signed it counts for each of them.
    pub(crate) fn signed_by(&self, ca: &Certificate) -> Vec<&'r Certificate> {
        let mut found: Vec<&'r Certificate> = Vec::new();
        let mut nearest = None;
        let mut seen: HashSet<Fingerprint> = HashSet::new();
        let mut open: Vec<Signer> = keys(ca).filter(|key| self.carrying.contains(key)).collect();
        let mut visited = 0;
        while let Some(signer) = open.pop().filter(|_| visited < VISITED && found.len() < FOUND) {
            visited += 1;
            let signed = self.signed.get(&signer).into_iter().flatten().copied();
            found.extend(signed.filter(|one| seen.insert(one.sha256())));
            for between in self.between.get(&signer).into_iter().flatten().copied() {
                if between != ca
                    && keys(between).any(|key| self.carrying.contains(&key))
                    && seen.insert(between.sha256())
                {
                    nearest = nearest.or(Some(between));
                    open.extend(keys(between).filter(|key| self.carrying.contains(key)));
                }
            }
        }
        if found.is_empty() {
            // Too far down to be named: the CA below it leads there.
            found.extend(nearest);
        }
        found
    }

    /// What this key signed itself and is presented.
    pub(super) fn signed_with(&self, ca: &Certificate) -> impl Iterator<Item = &'r Certificate> {
        keys(ca).filter(|(_, key)| *key != Key::Unnamed).filter_map(|key| self.signed.get(&key)).flatten().copied()
    }

    /// Whether a vCenter itself presents something that this key signed.
    pub(super) fn signs_for_vcenter(&self, ca: &Certificate) -> bool {
        self.signed_with(ca).any(|signed| self.of_vcenters.contains(&signed.sha256()))
    }
}

/// The keys under which what a CA signed may be listed.
fn keys(ca: &Certificate) -> impl Iterator<Item = Signer> + use<> {
    let name: Arc<[u8]> = ca.subject().canonical().into();
    let id = ca.subject_key_id().cloned().map(Key::Id);
    let others = [Key::Made(ca.public_key().sha256), Key::Unnamed];
    id.into_iter().chain(others).map(move |key| (Arc::clone(&name), key))
}

/// Which of the CAs of the issuer's name signed a certificate.
fn signer(certificate: &Certificate, cas: &Cas<'_>) -> Key {
    let id = certificate.authority_key_id();
    let is_known = cas.identified(certificate, id).next().is_some();
    let maker = if is_known { None } else { cas.makers(certificate, id).next() };
    match (maker, id) {
        (Some(ca), _) => Key::Made(ca.public_key().sha256),
        (None, Some(id)) => Key::Id(id.clone()),
        (None, None) => Key::Unnamed,
    }
}

/// What certificates are called, the first of them.
pub(super) fn names(signed: &[&Certificate]) -> String {
    const NAMED: usize = 5;
    let mut names: Vec<String> = signed.iter().map(|one| short_name(&brief(one.subject()))).collect();
    names.sort();
    names.dedup();
    listing(&names, NAMED, ", ")
}
