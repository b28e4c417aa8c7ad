//! The CAs of an estate by their names, and which of them signed a certificate.

use hashbrown::HashMap;

use crate::cert::{Certificate, DistinguishedName};
use crate::estate::Resolved;
use crate::path::{has_not_signed, has_signed};
use crate::thumbprint::KeyId;

/// So many CAs of one name are tried where a certificate does not tell which of them signed it.
const TRIED: usize = 16;

/// The CA certificates of an estate.
pub(crate) struct Cas<'r> {
    by_name: HashMap<&'r [u8], Vec<&'r Certificate>>,
}

impl<'r> Cas<'r> {
    pub(crate) fn of(resolved: &'r Resolved<'r>) -> Self {
        let mut by_name: HashMap<&[u8], Vec<&Certificate>> = HashMap::new();
        for ca in resolved.certificates().filter(|certificate| certificate.is_ca()) {
            by_name.entry(ca.subject().canonical()).or_default().push(ca);
        }
        by_name.values_mut().for_each(|named| named.sort_by_key(|ca| (ca.not_before(), ca.sha256())));
        Self { by_name }
    }

    /// The CAs of this name, the oldest first.
    pub(super) fn named(&self, name: &DistinguishedName) -> &[&'r Certificate] {
        self.by_name.get(name.canonical()).map_or(&[], Vec::as_slice)
    }

    /// The CAs of the issuer's name with this key identifier.
    pub(super) fn identified<'s>(
        &'s self,
        signed: &Certificate,
        id: Option<&'s KeyId>,
    ) -> impl Iterator<Item = &'r Certificate> + use<'r, 's> {
        let of_id = move |ca: &&&Certificate| id.is_some() && ca.subject_key_id() == id;
        self.named(signed.issuer()).iter().filter(of_id).copied()
    }

    /// The CA that a certificate names as its issuer by name and key identifier, and whose key did not sign it; `None` where one of that
    /// identifier did, or may have.
    pub(super) fn misnamed(&self, signed: &Certificate) -> Option<&'r Certificate> {
        let mut named = self.identified(signed, signed.authority_key_id());
        let first = named.next().filter(|ca| has_not_signed(ca, signed))?;
        named.all(|ca| has_not_signed(ca, signed)).then_some(first)
    }

    /// The CAs of the issuer's name whose key made the signature, the newest first: of those that an identifier does not tell apart,
    /// where the certificate names this one or none.
    pub(super) fn makers<'s>(
        &'s self,
        signed: &'s Certificate,
        id: Option<&KeyId>,
    ) -> impl Iterator<Item = &'r Certificate> + use<'r, 's> {
        let names_none = id.is_none();
        let silent = move |ca: &&&Certificate| names_none || ca.subject_key_id().is_none();
        let tried = self.named(signed.issuer()).iter().rev().filter(silent).take(TRIED).copied();
        tried.filter(move |ca| has_signed(ca, signed))
    }
}
