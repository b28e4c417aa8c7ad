//! Who may have issued a certificate: presented certificates and anchors of that name, the likeliest first.

use hashbrown::HashMap;

use crate::cert::{Certificate, DistinguishedName};
use crate::store::{Anchor, TrustStore};
use crate::thumbprint::{Fingerprint, KeyId};

/// The presented chain. A short one is scanned; a long one gets an index, so that thousands of lookalikes cost no more
/// than the ones that fit.
pub(super) enum PresentedBySubject<'a> {
    Few(&'a [Certificate]),
    Many(Box<Index<'a>>),
}

/// Up to here a scan is cheaper than building an index.
const FEW: usize = 16;

impl<'a> PresentedBySubject<'a> {
    pub(super) fn new(chain: &'a [Certificate]) -> Self {
        if chain.len() <= FEW { Self::Few(chain) } else { Self::Many(Box::new(Index::new(chain))) }
    }

    /// The presented certificates of a name, in their order.
    pub(super) fn named(&self, name: &DistinguishedName) -> impl Iterator<Item = &'a Certificate> {
        let (few, many) = match self {
            Self::Few(chain) => (Some(chain.iter().filter(move |other| other.subject() == name)), None),
            Self::Many(index) => {
                let places = index.by_subject.get(name.canonical()).map_or(&[][..], |namesakes| &namesakes.by_place);
                (None, Some(places.iter().map(|place| &index.chain[*place])))
            }
        };
        few.into_iter().flatten().chain(many.into_iter().flatten())
    }
}

/// Presented certificates by subject; copies count once.
pub(super) struct Index<'a> {
    chain: &'a [Certificate],
    /// Where each certificate stands first in the chain.
    places: HashMap<Fingerprint, usize>,
    /// By the canonical bytes of the subject.
    by_subject: HashMap<&'a [u8], Namesakes>,
}

/// The places of the certificates of one subject.
#[derive(Default)]
struct Namesakes {
    /// In the chain's order.
    by_place: Vec<usize>,
    /// By key identifier, those without one first; within one key identifier in the chain's order.
    by_key: Vec<usize>,
}

impl<'a> Index<'a> {
    fn new(chain: &'a [Certificate]) -> Self {
        let mut out = Self { chain, places: HashMap::with_capacity(chain.len()), by_subject: HashMap::new() };
        for (place, certificate) in chain.iter().enumerate() {
            if *out.places.entry(certificate.sha256()).or_insert(place) == place {
                out.by_subject.entry(certificate.subject().canonical()).or_default().by_place.push(place);
            }
        }
        for namesakes in out.by_subject.values_mut() {
            namesakes.by_key.clone_from(&namesakes.by_place);
            namesakes.by_key.sort_by_key(|place| chain[*place].subject_key_id());
        }
        out
    }

    /// The certificates of the name of `child`'s issuer, the likeliest first. Of those that the key identifiers do not
    /// tell apart the nearest to `child` is first: servers send a chain in order, and then each signature is looked at
    /// once, though all certificates have one name.
    fn candidates(&'a self, child: &Certificate) -> impl Iterator<Item = &'a Certificate> + use<'a> {
        let (by_place, by_key) = self
            .by_subject
            .get(child.issuer().canonical())
            .map_or((&[][..], &[][..]), |namesakes| (&namesakes.by_place, &namesakes.by_key));
        let key_of = |place: &usize| self.chain[*place].subject_key_id();
        let place = self.places.get(&child.sha256()).copied().unwrap_or_default();
        let wanted = child.authority_key_id().cloned();
        let (equal, unknown, different) = match &wanted {
            Some(wanted) => {
                let start = by_key.partition_point(|place| key_of(place) < Some(wanted));
                let end = by_key.partition_point(|place| key_of(place) <= Some(wanted));
                let without = by_key.partition_point(|place| key_of(place).is_none());
                (&by_key[start..end], &by_key[..without], by_place)
            }
            None => (&[][..], by_place, &[][..]),
        };
        let differs = move |place: &usize| key_of(place).is_some_and(|key| wanted.as_ref() != Some(key));
        let rest = nearest(unknown, place).chain(nearest(different, place).filter(differs));
        nearest(equal, place).chain(rest).map(|place| &self.chain[place])
    }
}

/// The places of an ascending list in the order of their distance from `place`, those after it first.
fn nearest(places: &[usize], place: usize) -> impl Iterator<Item = usize> + use<'_> {
    let (before, after) = places.split_at(places.partition_point(|other| *other < place));
    let (mut before, mut after) = (before.iter().rev().copied().peekable(), after.iter().copied().peekable());
    std::iter::from_fn(move || match (before.peek(), after.peek()) {
        (Some(one), Some(other)) if place - one < other - place => before.next(),
        (_, Some(_)) => after.next(),
        (_, None) => before.next(),
    })
}

/// A certificate that may be an issuer, and what it would be in the path.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) certificate: &'a Certificate,
    /// The anchor, when it comes from the store.
    pub(super) anchor: Option<&'a Anchor>,
}

/// How well the key identifiers fit: RFC 5280 4.2.1.1 makes them a help in building, not a condition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Likeness {
    /// AKI and SKI are equal.
    Equal,
    /// One of them is missing.
    Unknown,
    /// They differ.
    Different,
}

pub(super) fn likeness(authority: Option<&KeyId>, subject: Option<&KeyId>) -> Likeness {
    match (authority, subject) {
        (Some(wanted), Some(found)) if wanted == found => Likeness::Equal,
        (Some(_), Some(_)) => Likeness::Different,
        _ => Likeness::Unknown,
    }
}

/// The candidates for one certificate, produced as they are asked for: of each likeness the store's before the
/// presented ones.
pub(super) struct Candidates<'a> {
    /// Anchors in order of likeness; `None` once they are used up.
    store: Box<dyn Iterator<Item = &'a Anchor> + 'a>,
    presented: Box<dyn Iterator<Item = &'a Certificate> + 'a>,
    next_anchor: Option<(Likeness, &'a Anchor)>,
    next_presented: Option<(Likeness, &'a Certificate)>,
    child: &'a Certificate,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(child: &'a Certificate, store: &'a TrustStore, presented: &'a PresentedBySubject<'a>) -> Self {
        let issuer = child.issuer();
        let authority = child.authority_key_id();
        let presented: Box<dyn Iterator<Item = &'a Certificate> + 'a> = match presented {
            PresentedBySubject::Few(chain) => Box::new(
                [Likeness::Equal, Likeness::Unknown, Likeness::Different].into_iter().flat_map(move |wanted| {
                    let fits = move |candidate: &&Certificate| {
                        candidate.subject() == issuer && likeness(authority, candidate.subject_key_id()) == wanted
                    };
                    chain.iter().filter(fits)
                }),
            ),
            PresentedBySubject::Many(index) => Box::new(index.candidates(child)),
        };
        let mut out = Self {
            store: Box::new(store.candidates(issuer, authority)),
            presented,
            next_anchor: None,
            next_presented: None,
            child,
        };
        out.advance_anchor();
        out.advance_presented();
        out
    }

    fn advance_anchor(&mut self) {
        let authority = self.child.authority_key_id();
        let graded = |anchor: &'a Anchor| (likeness(authority, anchor.certificate.subject_key_id()), anchor);
        self.next_anchor = self.store.next().map(graded);
    }

    fn advance_presented(&mut self) {
        let authority = self.child.authority_key_id();
        let graded = |candidate: &'a Certificate| (likeness(authority, candidate.subject_key_id()), candidate);
        self.next_presented = self.presented.next().map(graded);
    }
}

impl<'a> Iterator for Candidates<'a> {
    type Item = (Likeness, Candidate<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let anchor_first = match (self.next_anchor, self.next_presented) {
            (Some((anchor, _)), Some((presented, _))) => anchor <= presented,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return None,
        };
        if anchor_first {
            let (likeness, anchor) = self.next_anchor?;
            self.advance_anchor();
            Some((likeness, Candidate { certificate: &anchor.certificate, anchor: Some(anchor) }))
        } else {
            let (likeness, certificate) = self.next_presented?;
            self.advance_presented();
            Some((likeness, Candidate { certificate, anchor: None }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_place_comes_first_and_each_comes_once() {
        let order = |places: &[usize], place| nearest(places, place).collect::<Vec<_>>();
        assert_eq!(order(&[0, 1, 2, 3, 4, 9], 2), [2, 3, 1, 4, 0, 9]);
        assert_eq!(order(&[5, 6], 0), [5, 6]);
        assert_eq!(order(&[5, 6], 8), [6, 5]);
        assert!(order(&[], 8).is_empty());
    }
}
