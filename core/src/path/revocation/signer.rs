//! Who signed a list: judged by key, path and the right to sign lists (RFC 5280 6.3.3 (f), (g)), not by name alone.

use super::{Question, Signers};
use crate::cert::{Certificate, Crl};
use crate::path::budget::Exhausted;
use crate::path::options::Options;
use crate::path::profile::KeyIds;
use crate::path::search::Work;
use crate::path::signature::{self, Outcome, Scheme};
use crate::thumbprint::Fingerprint;

/// The key that signed `crl`, when its holder may sign lists and has a path to the anchor of the path in question.
pub(super) fn key(question: &Question<'_>, crl: &Crl, work: &mut Work) -> Result<Option<Fingerprint>, Exhausted> {
    let Question { certificate, issuers, signers, .. } = question;
    let Some(anchor) = issuers.last() else { return Ok(None) };
    for signer in issuers.iter().filter(|signer| fits(signer, crl, question.options)) {
        work.budget.step()?;
        // It issues what is below it in this path, so without a key usage nothing is denied to it.
        let may_sign = signer.extensions().key_usage.is_none_or(|usage| usage.crl_sign());
        if may_sign && made_by(crl, signer, signers, work)? {
            return Ok(Some(signer.public_key().sha256));
        }
    }
    for signer in signers.presented.named(crl.issuer()) {
        work.budget.step()?;
        if !fits(signer, crl, question.options) || !delegated(signer) || !made_by(crl, signer, signers, work)? {
            continue;
        }
        // A CRL issuer may be listed in its own CRL; its path is the one being checked, so it is not asked again.
        if signer == *certificate || (signers.trusted)(signer, anchor, work)? {
            return Ok(Some(signer.public_key().sha256));
        }
    }
    Ok(None)
}

/// Whether a list whose signature cannot be checked may be of an issuer in the path: one of another key of the same name says so
/// by its key identifier.
pub(super) fn may_be_the_issuers(question: &Question<'_>, crl: &Crl) -> bool {
    let unchecked = Scheme::of(crl.signed_parts().algorithm).is_none();
    unchecked
        && question.issuers.iter().any(|issuer| issuer.subject() == crl.issuer() && identifiers_agree(issuer, crl))
}

/// Whether name, and where the profile binds itself to them key identifiers, let `signer` be who signed `crl`.
fn fits(signer: &Certificate, crl: &Crl, options: &Options<'_>) -> bool {
    let bound = options.profile.decisions().key_ids != KeyIds::Help;
    signer.subject() == crl.issuer() && (!bound || identifiers_agree(signer, crl))
}

fn identifiers_agree(signer: &Certificate, crl: &Crl) -> bool {
    let named = crl.extensions().authority_key_id.as_ref();
    named.zip(signer.subject_key_id()).is_none_or(|(named, own)| named == own)
}

/// Whether a certificate that stands beside the path is one of a CRL issuer: it says so, or is a CA that says nothing. An
/// end-entity certificate that merely bears the name of a CA is none.
fn delegated(signer: &Certificate) -> bool {
    signer.extensions().key_usage.map_or_else(|| signer.is_ca(), |usage| usage.crl_sign())
}

fn made_by(crl: &Crl, signer: &Certificate, signers: &Signers<'_>, work: &mut Work) -> Result<bool, Exhausted> {
    let (key, parts) = (signer.public_key(), crl.signed_parts());
    let Some(scheme) = Scheme::of(parts.algorithm) else { return Ok(false) };
    if let Some(known) = signers.memo.outcome(key.sha256, crl.sha256()) {
        return Ok(known == Outcome::Valid);
    }
    work.budget.signature(signature::cost(key, scheme, parts.message.len()))?;
    let outcome = signature::check(key, scheme, parts);
    signers.memo.remember(key.sha256, crl.sha256(), outcome);
    Ok(outcome == Outcome::Valid)
}
