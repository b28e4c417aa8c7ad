//! The distinct certificates, chains and stores of an estate, by number.
//!
//! An estate repeats itself: thousands of hosts hold the same anchors and present chains of the same issuers. Every
//! question about trust is asked about numbers in here, so that it is answered once for all who share the content.

use std::sync::Arc;

use hashbrown::HashMap;

use super::bits::BitSet;
use crate::cert::Certificate;
use crate::path::Profile;
use crate::thumbprint::Fingerprint;

/// The number of a distinct presented chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ChainId(usize);

/// The number of a distinct store content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StoreId(usize);

/// A CA certificate, or any other that stands in a store, and where it was seen first.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) certificate: Certificate,
    /// The first places it was seen in, at most [`PLACES`].
    pub(crate) places: Vec<Arc<str>>,
    /// Whether it was in a store that somebody filled, and not only in what a server sent to anybody.
    pub(crate) is_known: bool,
}

/// How many places of one certificate are remembered.
pub(crate) const PLACES: usize = 4;

/// Everything distinct, numbered.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    anchors: Vec<Known>,
    anchor_numbers: HashMap<Fingerprint, usize>,
    by_subject: HashMap<Box<[u8]>, Vec<usize>>,
    chains: Vec<Arc<[Certificate]>>,
    chain_places: Vec<Vec<Arc<str>>>,
    chain_numbers: HashMap<Box<[Fingerprint]>, ChainId>,
    stores: Vec<BitSet>,
    store_numbers: HashMap<BitSet, StoreId>,
}

impl Contents {
    /// Takes in a certificate that is, or could become, an anchor; `place` says where it was seen.
    pub(crate) fn anchor(&mut self, certificate: &Certificate, place: &Arc<str>, is_known: bool) -> usize {
        let next = self.anchors.len();
        let number = *self.anchor_numbers.entry(certificate.sha256()).or_insert(next);
        if number == next {
            let subject = certificate.subject().canonical();
            self.by_subject.entry_ref(subject).or_default().push(number);
            self.anchors.push(Known { certificate: certificate.clone(), places: Vec::new(), is_known });
        }
        self.anchors[number].is_known |= is_known;
        remember(&mut self.anchors[number].places, place);
        number
    }

    /// Takes in a presented chain. Its CA certificates become known as possible anchors.
    pub(crate) fn chain(&mut self, chain: &[Certificate], place: &Arc<str>) -> ChainId {
        for issuer in chain.iter().skip(1).filter(|certificate| certificate.is_ca()) {
            self.anchor(issuer, place, false);
        }
        let key: Box<[Fingerprint]> = chain.iter().map(Certificate::sha256).collect();
        let next = ChainId(self.chains.len());
        let id = *self.chain_numbers.entry(key).or_insert(next);
        if id == next {
            self.chains.push(chain.into());
            self.chain_places.push(Vec::new());
        }
        remember(&mut self.chain_places[id.0], place);
        id
    }

    /// Takes in the content of a store.
    pub(crate) fn store<'c>(
        &mut self,
        certificates: impl IntoIterator<Item = &'c Certificate>,
        place: &Arc<str>,
        is_known: impl Fn(Fingerprint) -> bool,
    ) -> StoreId {
        let certificates = certificates.into_iter();
        let known = |certificate: &'c Certificate| (certificate, is_known(certificate.sha256()));
        let members = certificates.map(known).map(|(one, is_known)| self.anchor(one, place, is_known)).collect();
        self.store_of(members)
    }

    /// The number of the store with these anchors.
    pub(crate) fn store_of(&mut self, members: BitSet) -> StoreId {
        if let Some(id) = self.store_numbers.get(&members) {
            return *id;
        }
        let id = StoreId(self.stores.len());
        self.store_numbers.insert(members.clone(), id);
        self.stores.push(members);
        id
    }

    /// Everything that is or could become an anchor.
    pub(crate) fn anchors(&self) -> &[Known] {
        &self.anchors
    }

    /// The number of an anchor.
    pub(crate) fn number(&self, sha256: Fingerprint) -> Option<usize> {
        self.anchor_numbers.get(&sha256).copied()
    }

    /// The certificates of a chain as presented.
    pub(crate) fn certificates(&self, chain: ChainId) -> &Arc<[Certificate]> {
        &self.chains[chain.0]
    }

    /// Every distinct chain.
    pub(crate) fn chains(&self) -> impl Iterator<Item = ChainId> + use<> {
        (0..self.chains.len()).map(ChainId)
    }

    /// The first places a chain was presented at.
    pub(crate) fn chain_places(&self, chain: ChainId) -> &[Arc<str>] {
        &self.chain_places[chain.0]
    }

    /// The anchors of a store.
    pub(crate) fn members(&self, store: StoreId) -> &BitSet {
        &self.stores[store.0]
    }

    /// The anchors that can have a part in a path of `chain`, by name: those that may have issued one of its
    /// certificates, the end-entity certificate itself, and, where the profile lets a store's certificates stand in
    /// the middle of a path, what may have issued those. All other anchors cannot change a verdict.
    pub(crate) fn relevant(&self, chain: ChainId, profile: Profile) -> BitSet {
        let chain = self.certificates(chain);
        let mut found = BitSet::default();
        let mut open: Vec<Certificate> = chain.to_vec();
        if let Some(number) = chain.first().and_then(|certificate| self.number(certificate.sha256())) {
            found.insert(number);
        }
        while let Some(below) = open.pop() {
            let issuers = self.by_subject.get(below.issuer().canonical()).map_or(&[][..], Vec::as_slice);
            for number in issuers {
                if found.insert(*number) && profile.decisions().store_intermediates {
                    open.push(self.anchors[*number].certificate.clone());
                }
            }
        }
        found
    }
}

fn remember(places: &mut Vec<Arc<str>>, place: &Arc<str>) {
    if places.len() < PLACES && !places.contains(place) {
        places.push(Arc::clone(place));
    }
}
