//! Who may have issued a certificate: presented certificates and anchors of that name, the likeliest first.

use crate::cert::Certificate;
use crate::store::{Anchor, TrustStore};
use crate::thumbprint::KeyId;

/// The presented chain. A short one is scanned; a long one gets the store's index, so that thousands of lookalikes
/// cost no more than the ones that fit.
pub(super) enum Presented<'a> {
    Few(&'a [Certificate]),
    Many(Box<TrustStore>),
}

/// Up to here a scan is cheaper than building an index.
const FEW: usize = 16;

impl<'a> Presented<'a> {
    pub(super) fn new(chain: &'a [Certificate]) -> Self {
        if chain.len() <= FEW {
            Self::Few(chain)
        } else {
            Self::Many(Box::new(TrustStore::from_certificates(chain.iter().cloned())))
        }
    }
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
    pub(super) fn new(child: &'a Certificate, store: &'a TrustStore, presented: &'a Presented<'a>) -> Self {
        let issuer = child.issuer();
        let authority = child.authority_key_id();
        let presented: Box<dyn Iterator<Item = &'a Certificate> + 'a> = match presented {
            Presented::Few(chain) => Box::new(
                [Likeness::Equal, Likeness::Unknown, Likeness::Different].into_iter().flat_map(move |wanted| {
                    let fits = move |candidate: &&Certificate| {
                        candidate.subject() == issuer && likeness(authority, candidate.subject_key_id()) == wanted
                    };
                    chain.iter().filter(fits)
                }),
            ),
            Presented::Many(index) => Box::new(index.candidates(issuer, authority).map(|anchor| &anchor.certificate)),
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
