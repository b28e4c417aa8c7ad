//! CAs of one name, and what in use each of them has signed: whether one may go is decided by that and by dates.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::cert::Certificate;
use crate::estate::Resolved;
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// The name and the key of a CA.
type Signer = (Arc<[u8]>, Option<KeyId>);

/// The CAs of an estate by their names, and who signed what is presented.
pub(super) struct Namesakes<'r> {
    resolved: &'r Resolved<'r>,
    by_name: HashMap<&'r [u8], Vec<&'r Certificate>>,
}

impl<'r> Namesakes<'r> {
    pub(super) fn of(resolved: &'r Resolved<'r>) -> Self {
        let mut by_name: HashMap<&[u8], Vec<&Certificate>> = HashMap::new();
        for certificate in resolved.certificates().filter(|certificate| certificate.is_ca()) {
            by_name.entry(certificate.subject().canonical()).or_default().push(certificate);
        }
        Self { resolved, by_name }
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

/// What is presented in an estate and has not ended, by who signed it.
pub(super) struct InUse<'r> {
    signed: HashMap<Signer, Vec<&'r Certificate>>,
}

impl<'r> InUse<'r> {
    pub(super) fn of(resolved: &'r Resolved<'r>, at: Time) -> Self {
        let mut signed: HashMap<Signer, Vec<&Certificate>> = HashMap::new();
        let mut seen = HashSet::new();
        resolved.estate.for_each_spot(|spot| {
            let presented = !spot.part.is_store() && seen.insert(spot.certificate);
            let Some(certificate) = resolved.certificate(spot.certificate).filter(|_| presented) else { return };
            if !certificate.has_expired(at) && !certificate.is_self_issued() {
                let signer = (certificate.issuer().canonical().into(), certificate.authority_key_id().cloned());
                signed.entry(signer).or_default().push(certificate);
            }
        });
        Self { signed }
    }

    /// What this CA signed and is still presented. A certificate that does not name its issuer's key counts.
    pub(super) fn signed_by(&self, ca: &Certificate) -> Vec<&'r Certificate> {
        let name: Arc<[u8]> = ca.subject().canonical().into();
        let of = |key: Option<KeyId>| self.signed.get(&(Arc::clone(&name), key)).into_iter().flatten().copied();
        ca.subject_key_id().cloned().map(Some).into_iter().chain([None]).flat_map(of).collect()
    }
}
