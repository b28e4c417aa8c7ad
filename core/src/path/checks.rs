//! The rules that concern one certificate, whatever path it stands in.

use super::identity;
use super::options::{Options, Purpose};
use super::profile::{Decisions, TlsKeyUsage};
use super::rejection::Reason;
use super::signature::{Hash, Scheme};
use crate::cert::{Certificate, Fault, KeyKind, Oid};
use crate::text::brief;

const ANY_EXTENDED_KEY_USAGE: &str = "2.5.29.37.0";
const NAME_CONSTRAINTS: &str = "2.5.29.30";
const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
/// Netscape's and Microsoft's.
const SERVER_GATED_CRYPTO: [&str; 2] = ["2.16.840.1.113730.4.1", "1.3.6.1.4.1.311.10.3.3"];
const CERTIFICATE_POLICY_EXTENSIONS: [&str; 4] = ["2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54"];

/// Every rule the end-entity certificate breaks on its own. `presented` is the chain it came with.
pub(super) fn end_entity(certificate: &Certificate, presented: &[Certificate], options: &Options<'_>) -> Vec<Reason> {
    let decisions = options.profile.decisions();
    let mut broken = Vec::new();
    validity(certificate, options, &mut broken);
    structure(certificate, decisions, &mut broken);
    own_signature(certificate, decisions, &mut broken);
    if decisions.end_entity_key {
        key_size(certificate, decisions, &mut broken);
    }
    if let Some(name) = &options.name {
        broken.extend(identity::check(certificate, name, decisions));
    }
    match options.purpose {
        Purpose::Ca => authority(certificate, decisions, &mut broken),
        Purpose::Server | Purpose::Client => {
            extended_key_usage(certificate, options, &mut broken);
            broken.extend(tls_key_usage(certificate, options.purpose, decisions.end_entity_key_usage));
        }
        Purpose::Any => (),
    }
    if options.purpose != Purpose::Ca && certificate.is_ca() {
        broken.extend(decisions.end_entity_not_ca.then_some(Reason::EndEntityIsCa { end_entity: None }));
        authority_in_front(presented, &mut broken);
    }
    broken
}

/// A CA that does not fit as a server or client is the wrong certificate and not one to be issued anew. What its usage
/// lacks is then one fault: it stands where another belongs. A name it does not carry is said besides.
fn authority_in_front(presented: &[Certificate], broken: &mut Vec<Reason>) {
    let end_entity = presented.iter().find(|other| !other.is_ca() && !other.is_self_issued());
    let of_use = |reason: &Reason| {
        matches!(reason, Reason::KeyUsage { .. } | Reason::EndEntityIsCa { .. })
            || (end_entity.is_some() && matches!(reason, Reason::Purpose { .. }))
    };
    let of_another =
        |reason: &Reason| of_use(reason) || (end_entity.is_some() && matches!(reason, Reason::NameMismatch { .. }));
    if let Some(first) = broken.iter().position(of_another) {
        let end_entity = end_entity.map(|certificate| brief(certificate.subject()));
        broken.retain(|reason| !of_use(reason));
        broken.insert(first, Reason::EndEntityIsCa { end_entity });
    }
}

/// Every rule an intermediate CA certificate breaks on its own.
pub(super) fn intermediate(certificate: &Certificate, options: &Options<'_>) -> Vec<Reason> {
    let decisions = options.profile.decisions();
    let mut broken = Vec::new();
    validity(certificate, options, &mut broken);
    structure(certificate, decisions, &mut broken);
    own_signature(certificate, decisions, &mut broken);
    key_size(certificate, decisions, &mut broken);
    authority(certificate, decisions, &mut broken);
    nested_usage(certificate, options, &mut broken);
    broken
}

/// Every rule an anchor breaks, of those the profile applies to anchors. Its own signature proves nothing and is not
/// looked at (RFC 5280 6.1.1 (d)).
pub(super) fn anchor(certificate: &Certificate, options: &Options<'_>) -> Vec<Reason> {
    let decisions = options.profile.decisions();
    let mut broken = Vec::new();
    if decisions.anchor_validity {
        validity(certificate, options, &mut broken);
    }
    if decisions.anchor_extensions {
        structure(certificate, decisions, &mut broken);
        nested_usage(certificate, options, &mut broken);
    } else {
        encoding(certificate, decisions, &mut broken);
        if decisions.extensions_need_version_3 && certificate.has_extensions() {
            version(certificate, decisions, &mut broken);
        }
    }
    if !decisions.anchor_extensions && decisions.anchor_name_constraints {
        // What counts must be readable, whatever else of the anchor does not count.
        let extensions = certificate.extensions();
        let unclear =
            extensions.malformed.iter().chain(&extensions.duplicates).filter(|oid| **oid == *NAME_CONSTRAINTS);
        broken.extend(unclear.map(|oid| Reason::MalformedExtension { oid: oid.clone() }));
    }
    if decisions.anchor_algorithms_agree {
        algorithms_agree(certificate, &mut broken);
    }
    let cannot_say = decisions.anchor_version_1 && certificate.version() == 1 && !certificate.has_extensions();
    if decisions.anchor_ca && !cannot_say {
        authority(certificate, decisions, &mut broken);
    }
    key_size(certificate, decisions, &mut broken);
    broken
}

fn validity(certificate: &Certificate, options: &Options<'_>, broken: &mut Vec<Reason>) {
    let at = options.at;
    let ended = match options.profile.decisions().last_second {
        true => at > certificate.not_after(),
        false => at >= certificate.not_after(),
    };
    if ended {
        broken.push(Reason::Expired { not_after: certificate.not_after(), at });
    }
    if at < certificate.not_before() {
        broken.push(Reason::NotYetValid { not_before: certificate.not_before(), at });
    }
}

/// X.690 and RFC 5280 4.1: what has not been read whole, or could be read in two ways, is not judged. A profile may take
/// forms that its validator was seen to take; how it takes any other form is not known, and that is a refusal.
fn encoding(certificate: &Certificate, decisions: &Decisions, broken: &mut Vec<Reason>) {
    let not_taken = |fault: &&Fault| !decisions.encodings.has(fault.rule);
    if decisions.encodings.has_all(certificate.broken_rules()) {
        return;
    }
    // Beyond the faults that are kept only their rules are known.
    let Some(fault) = certificate.faults().iter().find(not_taken).or(certificate.faults().first()) else { return };
    let tried = if decisions.strict_encoding { "" } else { "; how this profile's validator handles it was not tested" };
    let why = format!("byte {}: {}{tried}", fault.offset, fault.rule);
    broken.push(Reason::NotDer { field: fault.field.to_owned(), why });
}

fn structure(certificate: &Certificate, decisions: &Decisions, broken: &mut Vec<Reason>) {
    encoding(certificate, decisions, broken);
    let extensions = certificate.extensions();
    broken.extend(extensions.malformed.iter().map(|oid| Reason::MalformedExtension { oid: oid.clone() }));
    broken.extend(extensions.duplicates.iter().map(|oid| Reason::DuplicateExtension { oid: oid.clone() }));
    broken.extend(extensions.unknown_critical.iter().map(|oid| Reason::UnknownCriticalExtension { oid: oid.clone() }));
    broken.extend(extensions.critical.iter().filter(|oid| ignored_critical(oid, decisions)).map(|oid| {
        // A profile that does not process an extension must refuse it when it is critical (RFC 5280 4.2).
        Reason::UnknownCriticalExtension { oid: oid.clone() }
    }));
    version(certificate, decisions, broken);
    if decisions.structure {
        let length = certificate.serial_number_length();
        if length > 20 {
            broken.push(Reason::SerialNumber { length });
        }
    }
    if decisions.refuse_empty_names {
        empty_names(certificate, broken);
    }
}

/// RFC 5280 4.1.2.4 and 4.1.2.6: an issuer has a name, and so has a CA; of the others, only the names in a critical
/// alternative name can stand for an empty subject.
fn empty_names(certificate: &Certificate, broken: &mut Vec<Reason>) {
    if certificate.issuer().is_empty() {
        broken.push(Reason::EmptyName { field: "issuer".to_owned() });
    }
    let named = certificate.extensions().critical.iter().any(|oid| *oid == *SUBJECT_ALTERNATIVE_NAME);
    if certificate.subject().is_empty() && (certificate.is_ca() || !named) {
        broken.push(Reason::EmptyName { field: "subject".to_owned() });
    }
}

fn version(certificate: &Certificate, decisions: &Decisions, broken: &mut Vec<Reason>) {
    let version = certificate.version();
    let mut wrong_version = |why: &str| broken.push(Reason::Version { version, why: why.to_owned() });
    if !(1..=3).contains(&version) {
        wrong_version("there is no such version");
    } else if decisions.version_3_only && version != 3 {
        wrong_version("only version 3 is accepted");
    } else if decisions.extensions_need_version_3 && version != 3 && certificate.has_extensions() {
        wrong_version("extensions need version 3");
    } else if decisions.structure && version == 1 && certificate.has_unique_ids() {
        wrong_version("unique identifiers need version 2 or 3");
    }
}

fn ignored_critical(oid: &Oid, decisions: &Decisions) -> bool {
    !decisions.policies && decisions.refuse_critical_policies && CERTIFICATE_POLICY_EXTENSIONS.contains(&oid.as_str())
}

/// RFC 5280 4.1.1.2: the algorithm outside the signed part is the one inside.
fn algorithms_agree(certificate: &Certificate, broken: &mut Vec<Reason>) {
    let (inner, outer) = (certificate.inner_signature_algorithm(), certificate.signature_algorithm());
    if outer != inner {
        broken.push(Reason::AlgorithmsDisagree { inner: inner.oid.clone(), outer: outer.oid.clone() });
    }
}

fn own_signature(certificate: &Certificate, decisions: &Decisions, broken: &mut Vec<Reason>) {
    algorithms_agree(certificate, broken);
    let outer = certificate.signature_algorithm();
    let unsupported =
        || Reason::UnsupportedAlgorithm { oid: outer.oid.clone(), what: "signature algorithm".to_owned() };
    match Scheme::of(outer) {
        None if decisions.refuse_sha1 && outer.is_pss_with_sha1() => {
            broken.push(Reason::WeakDigest { digest: "SHA-1".to_owned() });
        }
        None => broken.push(unsupported()),
        Some(Scheme::Ecdsa(Hash::Sha512)) if !decisions.ecdsa_sha512 => broken.push(unsupported()),
        // RFC 5758 section 3.2: the parameters of ECDSA are left out.
        Some(Scheme::Ecdsa(_)) if decisions.structure && !outer.parameters.is_empty() => broken.push(unsupported()),
        Some(scheme) if decisions.refuse_sha1 && scheme.uses_sha1() => {
            broken.push(Reason::WeakDigest { digest: "SHA-1".to_owned() });
        }
        Some(_) => (),
    }
}

fn key_size(certificate: &Certificate, decisions: &Decisions, broken: &mut Vec<Reason>) {
    const LARGEST_EXPONENT: u32 = 33;
    match certificate.public_key().kind {
        KeyKind::Rsa { bits, .. } if bits < decisions.minimum_rsa_bits => {
            broken.push(Reason::WeakKey { bits, minimum: decisions.minimum_rsa_bits });
        }
        KeyKind::Rsa { bits, .. } if bits > decisions.maximum_rsa_bits => {
            broken.push(Reason::OversizedKey { bits, maximum: decisions.maximum_rsa_bits });
        }
        KeyKind::Rsa { exponent_bits, .. } if exponent_bits > LARGEST_EXPONENT => {
            broken.push(Reason::OversizedExponent { bits: exponent_bits, maximum: LARGEST_EXPONENT });
        }
        KeyKind::P521 if !decisions.p521 => broken.push(unsupported_key(certificate)),
        KeyKind::Other => broken.push(unsupported_key(certificate)),
        KeyKind::Rsa { .. } | KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Ed25519 => (),
    }
}

fn unsupported_key(certificate: &Certificate) -> Reason {
    Reason::UnsupportedAlgorithm {
        oid: certificate.public_key().algorithm.oid.clone(),
        what: "public key algorithm".to_owned(),
    }
}

/// RFC 5280 6.1.4 (k) and (n): a CA says so, and may sign certificates.
fn authority(certificate: &Certificate, decisions: &Decisions, broken: &mut Vec<Reason>) {
    if !certificate.is_ca() {
        broken.push(Reason::NotCa);
    }
    if let Some(usage) = certificate.extensions().key_usage.filter(|_| decisions.certificate_sign)
        && !usage.certificate_sign()
    {
        let present = usage.names().into_iter().map(str::to_owned).collect();
        broken.push(Reason::KeyUsage { missing: "keyCertSign".to_owned(), present });
    }
}

fn nested_usage(certificate: &Certificate, options: &Options<'_>, broken: &mut Vec<Reason>) {
    if options.profile.decisions().nested_extended_key_usage {
        extended_key_usage(certificate, options, broken);
    }
}

fn extended_key_usage(certificate: &Certificate, options: &Options<'_>, broken: &mut Vec<Reason>) {
    let Some(wanted) = options.purpose.extended_key_usage() else { return };
    let Some(present) = &certificate.extensions().extended_key_usage else { return };
    let decisions = options.profile.decisions();
    let gated = decisions.server_gated_crypto && options.purpose == Purpose::Server;
    let stands_for = |oid: &Oid| {
        (decisions.any_extended_key_usage && *oid == *ANY_EXTENDED_KEY_USAGE)
            || (gated && SERVER_GATED_CRYPTO.contains(&oid.as_str()))
    };
    if !present.iter().any(|oid| *oid == *wanted || stands_for(oid)) {
        broken.push(Reason::Purpose { wanted: options.purpose.name().to_owned(), present: present.clone() });
    }
}

/// What TLS does with the key: RFC 8446 4.4.2.2 signs with it; before 1.3 a server's key may also encrypt or agree.
fn tls_key_usage(certificate: &Certificate, purpose: Purpose, wanted: TlsKeyUsage) -> Option<Reason> {
    let usage = certificate.extensions().key_usage?;
    let exchanges = || usage.key_agreement() || (purpose == Purpose::Server && usage.key_encipherment());
    let fits = match wanted {
        TlsKeyUsage::Ignored => true,
        TlsKeyUsage::Signature => usage.digital_signature(),
        TlsKeyUsage::AnyExchange => usage.digital_signature() || exchanges(),
    };
    let present = usage.names().into_iter().map(str::to_owned).collect();
    (!fits).then(|| Reason::KeyUsage { missing: "digitalSignature".to_owned(), present })
}
