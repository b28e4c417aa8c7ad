//! The sentences of a rejection. Formatting happens here and nowhere else.

use super::rejection::{CertificateFacts, Origin, Reason, Rejection};
use crate::thumbprint::KeyId;

fn named(facts: Option<&CertificateFacts>) -> String {
    match facts {
        Some(facts) if facts.subject.is_empty() => format!("certificate {}", facts.sha1),
        Some(facts) => format!("`{}`", facts.subject),
        None => "the chain".to_owned(),
    }
}

/// Where a certificate is, for a sentence that tells what to change there.
fn place(facts: Option<&CertificateFacts>) -> String {
    match facts.map(|facts| &facts.origin) {
        // A certificate that came without a file.
        Some(Origin::Store(place)) if place.source.is_none() => "the trust store".to_owned(),
        Some(Origin::Store(place)) => format!("the trust store ({place})"),
        Some(Origin::Presented(0)) | None => "the end-entity certificate".to_owned(),
        Some(Origin::Presented(position)) => format!("position {position} of the presented chain"),
    }
}

fn key(id: Option<&KeyId>) -> String {
    id.map_or_else(|| "no key identifier".to_owned(), |id| format!("key {id}"))
}

fn list<T: ToString>(items: &[T]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.iter().map(T::to_string).collect::<Vec<_>>().join(", ") }
}

pub(super) fn message(rejection: &Rejection) -> String {
    let certificate = named(rejection.certificate.as_ref());
    let candidate = named(rejection.candidate.as_ref());
    // The checks of an issuer concern the candidate; those of a certificate stand alone.
    let checked = if rejection.candidate.is_some() { &candidate } else { &certificate };
    match &rejection.reason {
        Reason::Expired { not_after, .. } => format!("{checked} expired on {not_after}"),
        Reason::NotYetValid { not_before, .. } => format!("{checked} is not valid before {not_before}"),
        Reason::NameMismatch { wanted, present } => {
            format!("{certificate} is not for `{wanted}`; it names: {}", list(present))
        }
        Reason::Purpose { wanted, present } => {
            format!("{checked} may not be used as {wanted}; its extended key usage: {}", list(present))
        }
        Reason::KeyUsage { missing, present } => {
            format!("{checked} lacks key usage {missing}; it has: {}", list(present))
        }
        Reason::EndEntityIsCa { end_entity: None } => {
            format!("{certificate} is a CA certificate where an end-entity certificate is required")
        }
        Reason::EndEntityIsCa { end_entity: Some(other) } => {
            format!(
                "the chain is in the wrong order: its first certificate {certificate} is a CA, and `{other}` is not"
            )
        }
        Reason::Revoked { revoked_at, reason, crl_issuer } => {
            format!("{checked} was revoked on {revoked_at} ({reason}) by `{crl_issuer}`")
        }
        Reason::RevocationUnknown { why } => format!("revocation of {checked} is unknown: {why}"),
        Reason::IssuerNotFound { issuer, key_id } => {
            format!("the issuer of {certificate} was not found: `{issuer}` with {}", key(key_id.as_ref()))
        }
        Reason::SelfSignedNotTrusted => format!("{certificate} is self-signed and not in the trust store"),
        Reason::KeyChanged { wanted, found } => format!(
            "{candidate} has the issuer's name but another key: {certificate} was signed by {}, this one has {}",
            key(Some(wanted)),
            key(found.as_ref())
        ),
        Reason::Signature => format!("the signature on {certificate} was not made by the key of {candidate}"),
        Reason::KeyIdMismatch { wanted, found } => format!(
            "{certificate} names {} as its issuer's, {candidate} has {}",
            key(wanted.as_ref()),
            key(found.as_ref())
        ),
        Reason::NotCa => format!("{checked} is not a CA"),
        Reason::PathLength { limit, count } => {
            format!("{checked} allows {limit} intermediates below it, the path has {count}")
        }
        Reason::NameConstraint { name, excluded_by: Some(subtree) } => {
            format!("{candidate} excludes `{subtree}`, and {certificate} carries `{name}`")
        }
        Reason::NameConstraint { name, excluded_by: None } => {
            format!("`{name}` of {certificate} is outside what {candidate} permits")
        }
        Reason::Policy { why } => format!("no acceptable certificate policy at {checked}: {why}"),
        Reason::UnknownCriticalExtension { oid } => {
            format!("{checked} has critical extension {oid}, which is not understood")
        }
        Reason::NotDer { field, why } => format!("{checked} is not DER: {field}, {why}"),
        Reason::DuplicateExtension { oid } => format!("{checked} has extension {oid} twice"),
        Reason::MalformedExtension { oid } => format!("{checked} has extension {oid} with an unreadable value"),
        Reason::Version { version, why } => format!("{checked} is version {version}: {why}"),
        Reason::SerialNumber { length } => format!("{checked} has a serial number of {length} octets; 20 are allowed"),
        Reason::EmptyName { field } => format!("{checked} has an empty {field} name"),
        Reason::AlgorithmsDisagree { inner, outer } => {
            format!("{checked} names {inner} inside and {outer} outside as its signature algorithm")
        }
        Reason::UnsupportedAlgorithm { oid, what } => format!("{what} {oid} of {checked} cannot be checked"),
        Reason::WeakDigest { digest } => format!("{checked} is signed with {digest}, which is too weak"),
        Reason::WeakKey { bits, minimum } => {
            format!("{checked} has a key of {bits} bits; at least {minimum} are required")
        }
        Reason::OversizedKey { bits, maximum } => {
            format!("{checked} has a key of {bits} bits; at most {maximum} are accepted")
        }
        Reason::OversizedExponent { bits, maximum } => {
            format!("{checked} has a public exponent of {bits} bits; at most {maximum} are accepted")
        }
        Reason::PartialChain => {
            format!("{checked} is in the store but is not a root, and a path to a root is required")
        }
        Reason::ExactMatchRefused => {
            format!("{certificate} is itself in the store, which does not make it trusted here")
        }
        Reason::Depth { limit } => format!("the path above {certificate} is longer than {limit} intermediates"),
        Reason::BudgetExhausted { what } => {
            format!("the search stopped after its budget of {what}; nothing was proved")
        }
        Reason::LeftOut { count: 1 } => "one more reason is left out".to_owned(),
        Reason::LeftOut { count } => format!("{count} more reasons are left out"),
    }
}

/// What helps if the older CA of the name of a newer one has ended: `newer` is about that one.
pub(super) fn reissue(newer: &Rejection) -> String {
    let Some(ca) = &newer.candidate else { return String::new() };
    let keep = if matches!(ca.origin, Origin::Store(_)) { ", which stays in the store" } else { "" };
    format!(
        "reissue {} from the newer {} (SHA-1 {}, valid from {}){keep}: the older CA of this name that signed it has expired",
        named(newer.certificate.as_ref()),
        named(Some(ca)),
        ca.sha1.with_colons(),
        ca.not_before.to_string().split_once('T').map_or_else(String::new, |(day, _)| day.to_owned()),
    )
}

/// What helps if the newer CA of a name is there and not valid, so that only the older one can.
pub(super) fn not_from(other_key: &Rejection, is_ended: bool) -> String {
    let Reason::KeyChanged { wanted, .. } = &other_key.reason else { return String::new() };
    let name = named(other_key.candidate.as_ref());
    let why = if is_ended { "has expired, so renew it" } else { "is not valid yet, so check the clock" };
    format!(
        "an older CA of this name signed {}: add the certificate with {} to the store; the newer {name} {why} before anything is reissued from it",
        named(other_key.certificate.as_ref()),
        key(Some(wanted))
    )
}

pub(super) fn hint(rejection: &Rejection) -> String {
    if let Some(instead) = &rejection.instead {
        return instead.to_string();
    }
    let checked = rejection.candidate.as_ref().or(rejection.certificate.as_ref());
    let name = named(checked);
    let place = place(checked);
    match &rejection.reason {
        Reason::Expired { .. } => match checked.map(|facts| &facts.origin) {
            Some(Origin::Store(_)) => {
                format!("add the renewed certificate of {name} to {place}, or reissue what it signed")
            }
            Some(Origin::Presented(_)) | None => format!("renew {name}"),
        },
        Reason::NotYetValid { .. } => "check the clock, or wait".to_owned(),
        Reason::NameMismatch { wanted, .. } => {
            format!(
                "reissue the certificate with `{wanted}` as a subject alternative name, or connect by a name it carries"
            )
        }
        Reason::Purpose { wanted, .. } => {
            format!("reissue {name} with the extended key usage for {wanted}, or without the extension")
        }
        Reason::KeyUsage { missing, .. } => format!("reissue {name} with key usage {missing}"),
        Reason::EndEntityIsCa { end_entity: None } => {
            format!("present the end-entity certificate first; {name} is a CA and stays as it is")
        }
        Reason::EndEntityIsCa { end_entity: Some(other) } => {
            format!("put `{other}` first and {name} after it; neither has to be reissued")
        }
        Reason::Revoked { .. } => format!("replace {name}"),
        Reason::RevocationUnknown { .. } => "provide a current CRL of the issuer".to_owned(),
        Reason::IssuerNotFound { issuer, key_id } => {
            format!("add the certificate of `{issuer}` with {} to the store", key(key_id.as_ref()))
        }
        Reason::SelfSignedNotTrusted => format!("add {name} to the trust store if it is the expected root"),
        Reason::KeyChanged { wanted, .. } => {
            let in_store = checked.is_some_and(|facts| matches!(facts.origin, Origin::Store(_)));
            let (signed, wanted) = (named(rejection.certificate.as_ref()), key(Some(wanted)));
            if rejection.has_newer_namesake() {
                let keep = if in_store { format!("; keep {name}") } else { String::new() };
                format!(
                    "an older CA of this name signed {signed}: reissue it from {name}, or add the certificate with {wanted} to the store until then{keep}"
                )
            } else {
                let keep = if in_store { ", and keep this one as long as anything it signed is in use" } else { "" };
                format!("{name} is another CA of this name: add the certificate with {wanted} to the store{keep}")
            }
        }
        Reason::Signature => "look for another certificate with the same name and the key that signed".to_owned(),
        Reason::KeyIdMismatch { wanted, .. } => {
            format!("add the issuer's certificate with {} to the store", key(wanted.as_ref()))
        }
        Reason::NotCa => format!("replace {name} in {place} with the CA certificate that issued the chain"),
        Reason::PathLength { .. } => format!("reissue {name} with a larger path length, or shorten the chain"),
        Reason::NameConstraint { .. } => "reissue the certificate with a permitted name, or from another CA".to_owned(),
        Reason::Policy { .. } => "reissue with the required policy, or relax the required policy".to_owned(),
        Reason::UnknownCriticalExtension { .. }
        | Reason::DuplicateExtension { .. }
        | Reason::MalformedExtension { .. }
        | Reason::Version { .. }
        | Reason::SerialNumber { .. }
        | Reason::EmptyName { .. }
        | Reason::AlgorithmsDisagree { .. } => format!("have {name} reissued as RFC 5280 asks"),
        Reason::NotDer { .. } => {
            format!("have {name} reissued; some software reads it anyway, but not all software reads it the same way")
        }
        Reason::UnsupportedAlgorithm { .. } => format!("reissue {name} with RSA, ECDSA or Ed25519"),
        Reason::WeakDigest { .. } => format!("reissue {name} with SHA-256 or better"),
        Reason::WeakKey { .. } | Reason::OversizedKey { .. } => {
            format!("reissue {name} with a key of 2048 to 8192 bits")
        }
        Reason::OversizedExponent { .. } => format!("reissue {name} with the usual public exponent, 65537"),
        Reason::PartialChain => format!("add the root above {name} to the store"),
        Reason::ExactMatchRefused => "add the issuer's certificate to the store".to_owned(),
        Reason::Depth { .. } => "shorten the chain, or raise the limit".to_owned(),
        Reason::LeftOut { .. } => "fix the other reasons first, then try again".to_owned(),
        Reason::BudgetExhausted { .. } => "remove copies of the same name from the chain and the store".to_owned(),
    }
}
