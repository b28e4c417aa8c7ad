//! CAs of one name: which of two took the place of the other, and where each was seen. The one place that decides it; every rule,
//! and the advice about every link, asks here.

use hashbrown::{HashMap, HashSet};

use super::cas::Cas;
use super::in_use::InUse;
use crate::cert::{Certificate, is_name_of_many};
use crate::estate::{Part, Resolved, Spot};
use crate::text::brief;
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// The CAs of an estate by their names, and where each was seen.
pub(crate) struct Namesakes<'r> {
    resolved: &'r Resolved<'r>,
    pub(super) in_use: &'r InUse<'r>,
    pub(super) at: Time,
    cas: &'r Cas<'r>,
    seen: HashMap<Fingerprint, Seen>,
    /// The keys that some VMCA signs with: the SHA-256 of the SubjectPublicKeyInfo.
    vmca: HashSet<Fingerprint>,
}

/// Where a CA was seen.
pub(super) struct Seen {
    /// In words: `castore.pem of esx01.lab.example`.
    pub(super) place: String,
    /// Whether that place vouches for it: see [`Spot::is_known`].
    pub(super) is_known: bool,
}

/// What two CAs of one name with different keys are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The one that began later took the place of the other.
    Replaced,
    /// Both are current: two CAs that share a name.
    Both,
    /// Nothing tells.
    Unknown,
}

impl<'r> Namesakes<'r> {
    pub(crate) fn of(resolved: &'r Resolved<'r>, cas: &'r Cas<'r>, in_use: &'r InUse<'r>, at: Time) -> Self {
        let mut seen: HashMap<Fingerprint, Seen> = HashMap::new();
        resolved.estate.for_each_spot(|spot| {
            let is_known = spot.is_known();
            let is_news = seen.get(&spot.certificate).is_none_or(|known| is_known && !known.is_known);
            if is_news && resolved.certificate(spot.certificate).is_some_and(Certificate::is_ca) {
                seen.insert(spot.certificate, Seen { place: whose(&spot), is_known });
            }
        });
        let roots = resolved.estate.vcenters.iter().filter_map(|vcenter| vcenter.vmca_root.as_ref());
        let roots = roots.filter_map(|held| resolved.certificate(held.certificate));
        let vmca = roots.map(|root| root.public_key().sha256).collect();
        Self { resolved, cas, in_use, at, seen, vmca }
    }

    /// Where a CA was seen, the place that vouches for it before any other.
    pub(super) fn seen(&self, certificate: &Certificate) -> Option<&Seen> {
        self.seen.get(&certificate.sha256())
    }

    pub(super) fn certificate(&self, sha256: Fingerprint) -> Option<&'r Certificate> {
        self.resolved.certificate(sha256)
    }

    /// The CA certificate whose key signed this one: the one that is valid and begins last, where several have the key.
    pub(super) fn signer(&self, signed: &Certificate, wanted: Option<&KeyId>) -> Option<&'r Certificate> {
        let best = |ca: &&Certificate| (!ca.has_expired(self.at), ca.not_before(), ca.sha256());
        if self.misnamed(signed).is_some() {
            return None;
        }
        let identified = self.cas.identified(signed, wanted).max_by_key(best);
        identified.or_else(|| self.cas.makers(signed, wanted).max_by_key(best))
    }

    /// The CA that a certificate names as its issuer and that did not sign it.
    pub(super) fn misnamed(&self, signed: &Certificate) -> Option<&'r Certificate> {
        self.cas.misnamed(signed)
    }

    /// Whether a VMCA signs with the key of this CA now, as its root file shows.
    pub(super) fn is_vmca_root(&self, ca: &Certificate) -> bool {
        self.vmca.contains(&ca.public_key().sha256)
    }

    /// What two CAs of one name are to each other: VMCA's root files tell, then what each of them signed and when.
    pub(super) fn relation(&self, one: &Certificate, other: &Certificate) -> Relation {
        if is_name_of_many(&brief(one.subject())) {
            return Relation::Both;
        }
        let (older, newer) = if one.not_before() <= other.not_before() { (one, other) } else { (other, one) };
        match (self.is_vmca_root(older), self.is_vmca_root(newer)) {
            (false, true) if older.not_before() < newer.not_before() => Relation::Replaced,
            (true, _) => Relation::Both,
            (false, _) if older.not_before() == newer.not_before() => Relation::Both,
            (false, _) if self.has_later_vmca_root(newer) => Relation::Replaced,
            (false, _) => self.relation_by_use(older, newer),
        }
    }

    /// Whether one VMCA signs under this name with a key that is newer still: then these two are its earlier generations.
    fn has_later_vmca_root(&self, newer: &Certificate) -> bool {
        let named = self.cas.named(newer.subject()).iter();
        let mut roots = named.filter(|ca| self.is_vmca_root(ca));
        let first = roots.next().filter(|root| root.not_before() > newer.not_before());
        first.is_some_and(|first| roots.all(|root| root.public_key().sha256 == first.public_key().sha256))
    }

    fn relation_by_use(&self, older: &Certificate, newer: &Certificate) -> Relation {
        // An older key that went on signing was not replaced.
        if self.in_use.signed_with(older).any(|signed| signed.not_before() >= newer.not_before()) {
            return Relation::Both;
        }
        let is_used = |ca: &Certificate| self.in_use.signed_with(ca).next().is_some();
        match (is_used(older), is_used(newer)) {
            (true, true) if self.in_use.signs_for_vcenter(newer) && !self.in_use.signs_for_vcenter(older) => {
                Relation::Replaced
            }
            (true, true) => Relation::Both,
            (true, false) | (false, true) => Relation::Replaced,
            (false, false) => Relation::Unknown,
        }
    }

    /// The CA with another key that took the place of this one and is valid.
    pub(super) fn successor(&self, ended: &Certificate) -> Option<&'r Certificate> {
        let replaces = |ca: &&Certificate| {
            ca.not_before() > ended.not_before()
                && ca.public_key().sha256 != ended.public_key().sha256
                && self.is_valid(ca)
                && self.relation(ended, ca) == Relation::Replaced
        };
        self.cas.named(ended.subject()).iter().rev().copied().find(replaces)
    }

    /// Whether this is another certificate of the same CA and key, and valid.
    pub(super) fn renews(&self, ca: &Certificate, ended: &Certificate) -> bool {
        ca.subject() == ended.subject()
            && ca.public_key().sha256 == ended.public_key().sha256
            && self.is_valid(ca)
            && ca != ended
    }

    /// The certificate of the same CA and key that is valid and ends last.
    pub(super) fn renewal(&self, ended: &Certificate) -> Option<&'r Certificate> {
        let renewed = self.cas.named(ended.subject()).iter().copied().filter(|ca| self.renews(ca, ended));
        renewed.filter(|ca| ca.not_after() > ended.not_after()).max_by_key(|ca| (ca.not_after(), ca.sha256()))
    }

    pub(super) fn is_valid(&self, ca: &Certificate) -> bool {
        ca.not_before() <= self.at && !ca.has_expired(self.at)
    }
}

/// A part and its owner in words.
fn whose(spot: &Spot<'_>) -> String {
    let host = spot.host.map(|host| &host.name);
    let owner = host.or(spot.provider.map(|provider| &provider.name)).unwrap_or(&spot.vcenter.name);
    match spot.part {
        // A root stands in each of many stores; who presents is told by the chain.
        Part::MachineSsl | Part::Https | Part::Iofilter if spot.index > 0 => {
            format!("the chain on {} of {owner}", spot.part.label())
        }
        _ => format!("{} of {owner}", spot.part.label()),
    }
}
