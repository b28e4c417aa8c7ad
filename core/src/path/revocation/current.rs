//! Which lists are current: inside their dates, and not superseded by a list of the same key and scope (RFC 5280 5.2.3).

use std::cmp::Reverse;
use std::rc::Rc;

use super::{Question, scope, signer};
use crate::cert::{AlgorithmIdentifier, Crl};
use crate::path::budget::{Budget, Exhausted};
use crate::path::options::{Options, Revocation};
use crate::path::profile::NextUpdate;
use crate::path::search::Work;
use crate::path::signature::Scheme;
use crate::thumbprint::Fingerprint;

/// A list and for which reasons it speaks about the certificate.
pub(super) struct List<'a> {
    /// Its place among the lists that were given.
    pub(super) place: usize,
    pub(super) crl: &'a Crl,
    pub(super) standing: Rc<Standing>,
    pub(super) reasons: u16,
}

/// What is known of a list, whatever it lists.
pub(super) struct Standing {
    /// The key that signed it, if it has begun and its signer may sign it.
    pub(super) key: Option<Fingerprint>,
    /// Why it cannot be used (RFC 5280 6.3.3 (a), (f), (g)).
    pub(super) fault: Option<String>,
    /// It is not read whole, and is the issuer's for all that is known: what it says is not known.
    pub(super) unread: bool,
    /// Its only fault is that it does not say when the next one comes: what it lists counts, and what it does not list is
    /// not proved.
    pub(super) ageless: bool,
}

impl Standing {
    /// Whether it is a list of the issuer, used or not.
    pub(super) fn is_the_issuers(&self) -> bool {
        self.fault.is_none() || self.unread || self.ageless
    }

    pub(super) fn of(question: &Question<'_>, crl: &Crl, work: &mut Work) -> Result<Self, Exhausted> {
        if crl.this_update() > question.options.at {
            let fault = Some("the issuer's CRL is not valid yet".to_owned());
            return Ok(Self { key: None, fault, unread: false, ageless: false });
        }
        // One that is out of date has superseded others all the same, so its key is looked for.
        let key = signer::key(question, crl, work)?;
        let unsigned = || key.is_none().then(|| "the issuer's CRL is not signed by a key that may sign it".to_owned());
        let Some(form) = form(crl, question.options) else {
            let fault = end(crl, question.options).map(str::to_owned).or_else(unsigned);
            let ageless = key.is_some() && fault.is_some() && crl.next_update().is_none();
            return Ok(Self { key, fault, unread: false, ageless });
        };
        // By another key of the same name it would be another's.
        let issuers = key.is_some() || signer::may_be_the_issuers(question, crl);
        // The end may be among what was not read, so it has ended only where it says so.
        let ended = crl.next_update().is_some_and(|next| next < question.options.at);
        let unread = issuers && !ended && question.options.profile.decisions().unread_list_refuses;
        Ok(Self { key, fault: Some(form), unread, ageless: false })
    }
}

/// What is wrong with the form of a list.
fn form(crl: &Crl, options: &Options<'_>) -> Option<String> {
    let extensions = crl.extensions();
    let fault = if !options.profile.decisions().encodings.has_all(crl.broken_rules()) {
        "the issuer's CRL is not DER"
    } else if !extensions.malformed.is_empty()
        || !crl.algorithms_agree()
        || (options.profile.decisions().structure && crl.names_issuers_unasked())
    {
        "the issuer's CRL is malformed"
    } else if !extensions.unknown_critical.is_empty() {
        "the issuer's CRL has a critical extension that is not understood"
    } else {
        return algorithm(crl.signed_parts().algorithm, options);
    };
    Some(fault.to_owned())
}

fn algorithm(algorithm: &AlgorithmIdentifier, options: &Options<'_>) -> Option<String> {
    let scheme = Scheme::of(algorithm);
    let sha1 = scheme.map_or_else(|| algorithm.is_pss_with_sha1(), Scheme::uses_sha1);
    let why = match scheme {
        // RFC 5758 section 3.2, as for certificates.
        Some(Scheme::Ecdsa(_)) if options.profile.decisions().structure && !algorithm.parameters.is_empty() => {
            "cannot be checked"
        }
        Some(_) | None if sha1 && options.profile.decisions().refuse_sha1 => "is too weak",
        Some(_) => return None,
        None => "cannot be checked",
    };
    Some(format!("the issuer's CRL is signed with algorithm {}, which {why}", algorithm.oid))
}

/// What is wrong with the end of a list.
fn end(crl: &Crl, options: &Options<'_>) -> Option<&'static str> {
    match crl.next_update() {
        None if wants_next_update(options) => Some("the issuer's CRL does not say when the next one comes"),
        Some(next) if next < options.at => Some("the issuer's CRL is out of date"),
        None | Some(_) => None,
    }
}

fn wants_next_update(options: &Options<'_>) -> bool {
    match options.profile.decisions().next_update {
        NextUpdate::Optional => false,
        NextUpdate::WhenRequired => options.revocation == Revocation::Required,
        NextUpdate::Always => true,
    }
}

/// A CRL number. They compare as numbers; they carry no leading zeros, so longer is larger.
fn number(value: Option<&[u8]>) -> Option<(usize, &[u8])> {
    value.map(|bytes| (bytes.len(), bytes))
}

fn number_of(crl: &Crl) -> Option<(usize, &[u8])> {
    number(crl.extensions().number.as_deref())
}

/// In the order in which one may supersede those after it: by number, those without one last, then by date.
pub(super) fn newest_first(lists: &mut [List<'_>]) {
    lists.sort_by_key(|list| Reverse((number_of(list.crl), list.crl.this_update())));
}

/// Whether there is a newer list in the place of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Superseded {
    No,
    /// By one that can be used: the older one says nothing any more.
    ByCurrent,
    /// By one that cannot: what the older one revokes counts, and what it does not is not proved.
    ByUnusable,
}

/// Whether one of `newer` supersedes `list`: of the same key and scope, with a higher number and no older date. A list
/// without a number, as of version 1, neither supersedes nor is superseded; nor do lists whose numbers contradict their
/// dates.
pub(super) fn superseded(list: &List<'_>, newer: &[List<'_>], budget: &mut Budget) -> Result<Superseded, Exhausted> {
    let (Some(key), Some(own)) = (list.standing.key, number_of(list.crl)) else { return Ok(Superseded::No) };
    let mut found = Superseded::No;
    for other in newer {
        budget.step()?;
        if other.standing.key == Some(key)
            && number_of(other.crl).is_some_and(|number| number > own)
            && other.crl.this_update() >= list.crl.this_update()
            && of_one_scope(other.crl, list.crl, budget)?
        {
            match other.standing.fault {
                None => return Ok(Superseded::ByCurrent),
                Some(_) => found = Superseded::ByUnusable,
            }
        }
    }
    Ok(found)
}

/// Whether a delta adds to a complete list, going by issuer, scope and numbers (RFC 5280 6.3.3 (c)); the keys are still
/// to be compared.
pub(super) fn adds_to(delta: &Crl, base: &Crl, budget: &mut Budget) -> Result<bool, Exhausted> {
    let from = number(delta.extensions().delta_base.as_deref());
    let (own, complete) = (number_of(delta), number_of(base));
    Ok(from.is_some() && complete >= from && own > complete && of_one_scope(delta, base, budget)?)
}

fn of_one_scope(one: &Crl, other: &Crl, budget: &mut Budget) -> Result<bool, Exhausted> {
    let (own, others) = (&one.extensions().issuing_distribution_point, &other.extensions().issuing_distribution_point);
    let name = own.as_ref().and_then(|scope| scope.name.as_ref());
    budget.steps_for(name.map_or(0, scope::count), scope::NAMES)?;
    budget.steps_for(name.map_or(0, scope::octets), scope::OCTETS)?;
    Ok(one.issuer() == other.issuer() && own == others)
}
