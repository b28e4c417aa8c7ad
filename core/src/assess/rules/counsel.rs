//! What to do about a link that is refused because a CA's name is there with another key, or because a CA has ended: decided by
//! what the whole estate shows, and the same for findings, edges and causes.

use super::super::trust::additions::Unfixable;
use super::super::trust::{Cause, Edge};
use super::namesakes::{Namesakes, Relation};
use crate::cert::{Certificate, is_name_of_many};
use crate::path::{CertificateFacts, Origin, Reason, Rejection};
use crate::text::brief;
use crate::thumbprint::KeyId;
use hashbrown::HashMap;
use std::sync::Arc;

/// A refusal in which two CAs of one name play a part.
pub(super) struct OtherKey<'n, 'r> {
    cas: &'n Namesakes<'r>,
    /// What was signed.
    signed: &'r Certificate,
    /// The CA that is there.
    held: &'r Certificate,
    /// Whether that is in the store, and not only in what is presented.
    pub(super) in_store: bool,
    /// The key that signed, if the certificate names it.
    wanted: Option<&'n KeyId>,
    /// The CA that signed, where the estate has its certificate.
    signer: Option<&'r Certificate>,
}

/// What became of the CA that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// It took the place of the one that signed.
    Newer,
    /// The one that signed took its place.
    Older,
    /// It is another CA of the name.
    Other,
    /// Nothing tells.
    Unknown,
}

impl<'n, 'r> OtherKey<'n, 'r> {
    /// `None` where the rejection is about something else.
    pub(super) fn of(rejection: &'n Rejection, cas: &'n Namesakes<'r>) -> Option<Self> {
        let wanted = match &rejection.reason {
            Reason::KeyChanged { wanted, .. } => Some(wanted),
            Reason::Signature => None,
            _ => return None,
        };
        let facts = rejection.candidate.as_ref()?;
        let held = cas.certificate(facts.sha256)?;
        let signed = cas.certificate(rejection.certificate.as_ref()?.sha256)?;
        let signer = cas.signer(signed, wanted).filter(|signer| signer.public_key().sha256 != held.public_key().sha256);
        // A signature that nobody known made may simply be damaged.
        (wanted.is_some() || signer.is_some()).then_some(())?;
        let in_store = matches!(facts.origin, Origin::Store(_));
        Some(Self { cas, signed, held, in_store, wanted, signer })
    }

    pub(super) fn held(&self) -> Held {
        let Some(signer) = self.signer else {
            // Of the one that signed no more is known than its key.
            if is_name_of_many(&brief(self.held.subject())) {
                return Held::Other;
            }
            // One that began before the certificate may have been followed by a newer one that nobody gave, which signed it.
            let begins_later = self.held.not_before() > self.signed.not_before();
            let is_current = || self.cas.is_vmca_root(self.held) || self.cas.in_use.signs_for_vcenter(self.held);
            return if begins_later && is_current() { Held::Newer } else { Held::Unknown };
        };
        match self.cas.relation(self.held, signer) {
            Relation::Replaced if self.held.not_before() > signer.not_before() => Held::Newer,
            Relation::Replaced => Held::Older,
            Relation::Both => Held::Other,
            Relation::Unknown => Held::Unknown,
        }
    }

    /// The key that signed, in words.
    pub(super) fn key(&self) -> String {
        let key = self.wanted.or_else(|| self.signer.and_then(Certificate::subject_key_id));
        key.map_or_else(|| "another key".to_owned(), |key| format!("key {key}"))
    }

    /// That one of the two took the place of the other, in words; `None` where that is not known.
    pub(super) fn replaced(&self, store: &str) -> Option<String> {
        let (name, sha1, begin) = (called(self.held), self.held.sha1().with_colons(), self.held.not_before());
        match (self.held(), self.signer) {
            (Held::Newer, _) => Some(format!(
                "{store} holds the newer `{name}` ({sha1}, valid from {begin}), and certificates in use are signed by an older CA of this name, with {}",
                self.key()
            )),
            // One that has ended itself is what is wrong then, wherever it is held.
            (Held::Older, Some(newer)) if self.cas.is_valid(newer) => Some(format!(
                "`{name}` was regenerated under its old name: {store} holds the older certificate {sha1}, and certificates in use are signed by the newer one, {}, valid from {}",
                newer.sha1().with_colons(),
                newer.not_before()
            )),
            (Held::Older | Held::Other | Held::Unknown, _) => None,
        }
    }

    /// What to do.
    pub(super) fn advice(&self, store: &str) -> String {
        let (signed, held) = (called(self.signed), called(self.held));
        let (signed, held) = (format!("`{signed}`"), format!("`{held}`"));
        let is_current = self.cas.is_valid(self.held);
        let keep = if self.in_store && is_current {
            format!("; keep {held}, SHA-1 {}", self.held.sha1().with_colons())
        } else {
            String::new()
        };
        let valid = self.signer.filter(|signer| self.cas.is_valid(signer));
        let key = self.key();
        let became = self.held();
        // From one that is not valid nothing can be reissued.
        let or_reissue =
            if is_current { format!(", or have {signed} reissued by a CA that is there") } else { String::new() };
        if became == Held::Older
            && let Some(instead) = valid.and_then(|signer| self.cas.under_ended(signer))
        {
            return instead;
        }
        match (became, valid) {
            (Held::Newer, signer) if self.held.not_before() > self.cas.at => {
                let from = self.held.not_before();
                let until = signer.map_or_else(
                    || format!("or wait until then and reissue {signed} from it"),
                    |signer| {
                        let described = self.cas.described(signer);
                        format!("and add the older certificate with {key} to {store} until then ({described})")
                    },
                );
                format!("{held} is the newer CA of this name and is valid only from {from}: check the clocks, {until}")
            }
            (Held::Newer, Some(signer)) if !is_current => format!(
                "{held} is the newer CA of this name and is not valid now, so reissue nothing from it: renew it, and add the older certificate with {key} to {store} until then ({})",
                self.cas.described(signer)
            ),
            (Held::Newer, None) if !is_current => {
                format!(
                    "{held} is the newer CA of this name and is not valid now: renew it first, then reissue {signed} from it"
                )
            }
            (Held::Newer, Some(signer)) => format!(
                "reissue {signed} from the newer {held}, or add the older certificate with {key} to {store} until then ({}){keep}",
                self.cas.described(signer)
            ),
            (Held::Newer, None) => {
                let ended = if self.signer.is_some() {
                    "the older CA that signed it is no longer valid"
                } else {
                    "an older key signed it"
                };
                format!("reissue {signed} from the newer {held}: {ended}{keep}")
            }
            (Held::Older, Some(signer)) => format!(
                "add the newer certificate of {held}, with {key}, to {store} ({}){}{}",
                self.cas.described(signer),
                self.cas.and_root(signer, store),
                if self.in_store { "; keep the older one as long as anything it signed is in use" } else { "" }
            ),
            (Held::Older | Held::Other | Held::Unknown, None) if self.signer.is_some() => {
                format!("reissue {signed} from a CA that is valid: the one with {key} that signed it is not{keep}")
            }
            (Held::Other | Held::Unknown, Some(signer)) => format!(
                "{held} is another CA of this name: add the certificate with {key} to {store} ({}){or_reissue}{keep}",
                self.cas.described(signer)
            ),
            (Held::Older | Held::Other | Held::Unknown, _) => {
                format!(
                    "{held} is another CA of this name: add the certificate with {key} to {store}{or_reissue}{keep}"
                )
            }
        }
    }
}

impl<'r> Namesakes<'r> {
    /// Where the certificate of a CA is, and whether that place vouches for it.
    pub(super) fn described(&self, ca: &Certificate) -> String {
        let sha1 = ca.sha1().with_colons();
        match self.seen(ca) {
            Some(seen) if seen.is_known => {
                format!("{} holds it, SHA-1 {sha1}, valid from {}", seen.place, ca.not_before())
            }
            seen => {
                let place = seen.map_or_else(String::new, |seen| format!(" in {}", seen.place));
                format!(
                    "seen only{place} and not verified: compare its SHA-256 {} with the owner's before you publish it",
                    ca.sha256()
                )
            }
        }
    }

    /// The last CA above this one that the estate has; itself, where it is a root.
    fn top(&self, ca: &'r Certificate) -> &'r Certificate {
        /// No chain of an estate is longer.
        const LONGEST: usize = 8;
        let above = |ca: &&'r Certificate| {
            (!ca.is_self_issued())
                .then(|| self.signer(ca, ca.authority_key_id()))
                .flatten()
                .filter(|signer| signer != ca)
        };
        std::iter::successors(Some(ca), above).take(LONGEST).last().unwrap_or(ca)
    }

    /// That the root above a CA that is none must be in the store too: a path has to end there.
    fn and_root(&self, ca: &'r Certificate, store: &str) -> String {
        let top = self.top(ca);
        if top == ca && ca.is_self_issued() {
            String::new()
        } else if top.is_self_issued() {
            format!("; the root above it, `{}`, must be in {store} too ({})", called(top), self.described(top))
        } else {
            let issuer = brief(top.issuer());
            format!(
                "; the root above it, which is not in the estate (its issuer is `{issuer}`), must be in {store} too"
            )
        }
    }

    /// What to do where the root above a CA has ended, so that the CA does not help; `None` where it has not.
    fn under_ended(&self, ca: &'r Certificate) -> Option<String> {
        let top = self.top(ca);
        (!self.is_valid(top)).then(|| {
            let (name, root) = (called(ca), called(top));
            format!("reissue what `{name}` signed from a CA that is valid: `{root}`, which is above it, is not")
        })
    }

    /// What to do about these refusals, the nearest miss first; `None` where what the path itself says stands.
    pub(super) fn counsel(&self, rejections: &[Rejection], store: &str) -> Option<String> {
        let nearest = rejections.first()?;
        if let Some(other) = OtherKey::of(nearest, self) {
            return Some(other.advice(store));
        }
        let checked = nearest.candidate.as_ref().or(nearest.certificate.as_ref());
        match &nearest.reason {
            Reason::Expired { .. } => self.about_ended(checked?, store),
            Reason::IssuerNotFound { .. } => {
                let signed = self.certificate(nearest.certificate.as_ref()?.sha256)?;
                if let Some(named) = self.misnamed(signed) {
                    let (signed, named) = (called(signed), called(named));
                    return Some(format!(
                        "`{signed}` names `{named}` as its issuer, whose key did not sign it: adding that CA does not help; replace `{signed}`"
                    ));
                }
                let signer = self.signer(signed, signed.authority_key_id())?;
                let name = brief(signer.subject());
                Some(if self.is_valid(signer) {
                    format!("add the certificate of `{name}` to {store} ({})", self.described(signer))
                } else {
                    format!("reissue `{}` from a CA that is valid: `{name}`, which signed it, is not", called(signed))
                })
            }
            Reason::PartialChain => {
                let below = self.certificate(checked?.sha256)?;
                if let Some(instead) = self.under_ended(below) {
                    return Some(instead);
                }
                let top = self.top(below);
                let root = if top.is_self_issued() && top != below {
                    format!("`{}`, to {store} ({})", called(top), self.described(top))
                } else {
                    format!("which is not in the estate (its issuer is `{}`), to {store}", brief(top.issuer()))
                };
                Some(format!("add the root above `{}`, {root}", called(below)))
            }
            Reason::SelfSignedNotTrusted => {
                let root = self.certificate(checked?.sha256).filter(|root| root.is_ca() && self.is_valid(root))?;
                let name = brief(root.subject());
                Some(format!("add `{name}` to {store} if it is the expected root ({})", self.described(root)))
            }
            _ => None,
        }
    }

    /// A CA that has ended: its renewed certificate helps, or else its successor.
    fn about_ended(&self, facts: &CertificateFacts, store: &str) -> Option<String> {
        let ended = self.certificate(facts.sha256).filter(|ended| ended.is_ca())?;
        let name = brief(ended.subject());
        if let Some(renewed) = self.renewal(ended) {
            if let Some(instead) = self.under_ended(renewed) {
                return Some(instead);
            }
            let what = match facts.origin {
                Origin::Store(_) => format!("add the renewed certificate of `{name}` to {store}"),
                Origin::Presented(_) => {
                    format!("have the server present the renewed certificate of `{name}`, or add it to {store}")
                }
            };
            return Some(format!(
                "{what} ({}); it has the same key, so nothing has to be reissued{}",
                self.described(renewed),
                self.and_root(renewed, store)
            ));
        }
        let Some(newer) = self.successor(ended) else {
            let began = ended.not_before();
            let kept = if matches!(facts.origin, Origin::Store(_)) { "" } else { ", or have the server present it" };
            return Some(format!(
                "the estate has no renewed certificate of `{name}` ({began} to {}): renew it and publish that in {store}{kept}, or reissue what it signed from a CA that is valid",
                ended.not_after()
            ));
        };
        Some(format!(
            "reissue what `{name}` signed from its successor of the same name ({}); the CA itself has been renewed with a different key",
            self.described(newer)
        ))
    }

    /// Puts the advice that the whole estate supports in place of what one store and one chain tell.
    pub(crate) fn settle(&self, edges: &mut [Edge], causes: &mut [Cause], unfixable: &mut [Unfixable]) {
        // Hosts of one cause have one advice, found once and held once.
        let mut told: HashMap<(Rejection, &'static str), Option<Arc<str>>> = HashMap::new();
        for edge in edges.iter_mut().filter(|edge| edge.change.is_some()) {
            let Some(nearest) = edge.rejections.first() else { continue };
            let published = edge.kind.published();
            let advice = told.entry((nearest.clone(), published));
            let advice = advice.or_insert_with(|| self.counsel(&edge.rejections, published).map(Arc::from));
            if let Some(change) = advice {
                edge.change = Some(Arc::clone(change));
            }
        }
        for cause in causes.iter_mut() {
            if let Some(change) = self.counsel(&cause.rejections, "TRUSTED_ROOTS") {
                cause.advise(change);
            }
        }
        // What nothing that could be added helps has the advice of its cause.
        for gap in unfixable {
            let of_it = causes.iter().find(|cause| cause.certificate == gap.certificate);
            if let Some(change) = of_it.and_then(|cause| cause.change.as_ref()) {
                gap.hint = change.to_string();
            }
        }
    }
}

fn called(certificate: &Certificate) -> String {
    if certificate.subject().is_empty() { certificate.sha1().with_colons() } else { brief(certificate.subject()) }
}
