//! Signature checks: the only place that knows cryptography.
//!
//! RSA, ECDSA over P-256 and P-384 with their usual digests, and Ed25519 are ring's. ECDSA over P-521, and over the
//! other curves with a digest ring does not pair them with, is RustCrypto's, four to seven times slower.

use ring::signature as ring_algorithms;
use ring::signature::{UnparsedPublicKey, VerificationAlgorithm};
use sha2::Digest;

use crate::cert::{AlgorithmIdentifier, Certificate, KeyKind, PublicKeyInfo, SignedParts};

/// The digest of a signature algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// A signature algorithm this library can check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    RsaPkcs1(Hash),
    RsaPss(Hash),
    Ecdsa(Hash),
    Ed25519,
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Valid,
    Invalid,
    /// The algorithm or key is not one that can be checked here.
    Unsupported,
}

impl Scheme {
    /// The scheme an `AlgorithmIdentifier` names; `None` for one that cannot be checked.
    pub(super) fn of(algorithm: &AlgorithmIdentifier) -> Option<Self> {
        const NULL: &[u8] = &[5];
        let parameters = &*algorithm.parameters;
        let absent_or_null = parameters.is_empty() || parameters == NULL;
        let scheme = match algorithm.oid.as_str() {
            "1.2.840.113549.1.1.5" if absent_or_null => Self::RsaPkcs1(Hash::Sha1),
            "1.2.840.113549.1.1.11" if absent_or_null => Self::RsaPkcs1(Hash::Sha256),
            "1.2.840.113549.1.1.12" if absent_or_null => Self::RsaPkcs1(Hash::Sha384),
            "1.2.840.113549.1.1.13" if absent_or_null => Self::RsaPkcs1(Hash::Sha512),
            "1.2.840.113549.1.1.10" => Self::RsaPss(pss_hash(parameters)?),
            "1.2.840.10045.4.1" if absent_or_null => Self::Ecdsa(Hash::Sha1),
            "1.2.840.10045.4.3.2" if absent_or_null => Self::Ecdsa(Hash::Sha256),
            "1.2.840.10045.4.3.3" if absent_or_null => Self::Ecdsa(Hash::Sha384),
            "1.2.840.10045.4.3.4" if absent_or_null => Self::Ecdsa(Hash::Sha512),
            "1.3.101.112" if parameters.is_empty() => Self::Ed25519,
            _ => return None,
        };
        Some(scheme)
    }

    pub(super) const fn uses_sha1(self) -> bool {
        matches!(self, Self::RsaPkcs1(Hash::Sha1) | Self::RsaPss(Hash::Sha1) | Self::Ecdsa(Hash::Sha1))
    }

    /// Whether a key of this kind can have made such a signature.
    pub(super) const fn fits(self, key: KeyKind) -> bool {
        match self {
            Self::RsaPkcs1(_) | Self::RsaPss(_) => matches!(key, KeyKind::Rsa { .. }),
            Self::Ecdsa(_) => matches!(key, KeyKind::P256 | KeyKind::P384 | KeyKind::P521),
            Self::Ed25519 => matches!(key, KeyKind::Ed25519),
        }
    }
}

/// The digest of RSASSA-PSS parameters in the only forms RFC 4055 section 3.1 and the TLS world use: one digest for
/// the message and the mask, and a salt of its length.
fn pss_hash(parameters: &[u8]) -> Option<Hash> {
    let known = [(Hash::Sha256, 1, 32), (Hash::Sha384, 2, 48), (Hash::Sha512, 3, 64)];
    known.into_iter().find(|(_, arc, salt)| pss_parameters(*arc, *salt).any(|known| known == parameters)).map(|k| k.0)
}

/// Tag byte and content of the parameters for the SHA-2 digest with this last arc; NULL parameters may be left out.
fn pss_parameters(arc: u8, salt: u8) -> impl Iterator<Item = Vec<u8>> {
    const SHA2: [u8; 10] = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];
    const MGF1: [u8; 11] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8];
    let wrap = |tag: u8, content: &[u8]| {
        // Every content here is shorter than 128 bytes.
        let mut out = vec![tag, u8::try_from(content.len()).unwrap_or(0x7f)];
        out.extend_from_slice(content);
        out
    };
    let digest = move |null: bool| {
        let tail: &[u8] = if null { &[5, 0] } else { &[] };
        wrap(0x30, &[&SHA2[..], &[arc], tail].concat())
    };
    [(true, true), (true, false), (false, true), (false, false)].into_iter().map(move |(hash_null, mask_null)| {
        let hash = wrap(0xa0, &digest(hash_null));
        let mask = wrap(0xa1, &wrap(0x30, &[&MGF1[..], &digest(mask_null)].concat()));
        let salt = wrap(0xa2, &[2, 1, salt]);
        [&[0x30][..], &hash, &mask, &salt].concat()
    })
}

/// ring's limit.
const LARGEST_RSA_BITS: u32 = 8192;

/// What one check costs, in units of about one RSA-2048 verification (40 microseconds): the key's arithmetic, by whose
/// library it is, and the message's digest, of which a unit hashes 16 KiB with SHA-512, the slowest that is common.
pub(super) fn cost(key: &PublicKeyInfo, scheme: Scheme, message: usize) -> u32 {
    let slow = matches!(scheme, Scheme::Ecdsa(_)) && (is_compressed(key) || ring_algorithm(scheme, key.kind).is_none());
    let own = match key.kind {
        // Refused unseen.
        KeyKind::Rsa { bits, .. } if bits > LARGEST_RSA_BITS => return 1,
        KeyKind::Rsa { bits, .. } => {
            let size = bits.div_ceil(2048);
            size * size
        }
        KeyKind::P256 if slow => 12,
        KeyKind::P384 if slow => 40,
        KeyKind::P256 | KeyKind::Ed25519 => 2,
        KeyKind::P384 => 20,
        KeyKind::P521 => 70,
        KeyKind::Other => return 1,
    };
    own.saturating_add(u32::try_from(message / HASHED).unwrap_or(u32::MAX))
}

/// Bytes that are hashed in the time of a unit.
const HASHED: usize = 8 << 10;

/// ring reads uncompressed points only (SEC 1 section 2.3.3: first byte 4).
fn is_compressed(key: &PublicKeyInfo) -> bool {
    key.key.first() != Some(&4)
}

/// Checks one signature. A key that ring refuses (size, exponent) is [`Outcome::Unsupported`], never valid.
pub(super) fn check(key: &PublicKeyInfo, scheme: Scheme, parts: SignedParts<'_>) -> Outcome {
    if key.kind == KeyKind::Other {
        return Outcome::Unsupported;
    }
    if !scheme.fits(key.kind) {
        return Outcome::Invalid;
    }
    // ring's own limits, said beforehand so that a refusal is not taken for a bad signature.
    if let KeyKind::Rsa { bits, exponent_bits } = key.kind
        && (!(1024..=LARGEST_RSA_BITS).contains(&bits) || !(2..=33).contains(&exponent_bits))
    {
        return Outcome::Unsupported;
    }
    let compressed = matches!(scheme, Scheme::Ecdsa(_)) && is_compressed(key);
    match ring_algorithm(scheme, key.kind).filter(|_| !compressed) {
        Some(algorithm) => {
            let verified = UnparsedPublicKey::new(algorithm, &key.key).verify(parts.message, parts.signature);
            if verified.is_ok() { Outcome::Valid } else { Outcome::Invalid }
        }
        None => match scheme {
            Scheme::Ecdsa(hash) => ecdsa(key, &digest(hash, parts.message), parts.signature),
            Scheme::RsaPkcs1(_) | Scheme::RsaPss(_) | Scheme::Ed25519 => Outcome::Unsupported,
        },
    }
}

/// Whether the key of `issuer` made the signature on `certificate`; what cannot be checked it did not make.
pub(crate) fn has_signed(issuer: &Certificate, certificate: &Certificate) -> bool {
    let scheme = Scheme::of(certificate.signature_algorithm());
    let made = |scheme| check(issuer.public_key(), scheme, certificate.signed_parts()) == Outcome::Valid;
    certificate.issuer() == issuer.subject() && scheme.is_some_and(made)
}

/// Whether the key of `issuer` certainly did not make the signature on `certificate`.
pub(crate) fn has_not_signed(issuer: &Certificate, certificate: &Certificate) -> bool {
    let scheme = Scheme::of(certificate.signature_algorithm());
    scheme.is_some_and(|scheme| check(issuer.public_key(), scheme, certificate.signed_parts()) == Outcome::Invalid)
}

fn ring_algorithm(scheme: Scheme, key: KeyKind) -> Option<&'static dyn VerificationAlgorithm> {
    let small = matches!(key, KeyKind::Rsa { bits, .. } if bits < 2048);
    Some(match (scheme, key) {
        (Scheme::RsaPkcs1(Hash::Sha1), _) => &ring_algorithms::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (Scheme::RsaPkcs1(Hash::Sha256), _) if small => {
            &ring_algorithms::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        (Scheme::RsaPkcs1(Hash::Sha512), _) if small => {
            &ring_algorithms::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        // What ring does not check below 2048 bits must not be taken for a bad signature.
        (Scheme::RsaPkcs1(Hash::Sha384) | Scheme::RsaPss(_), _) if small => return None,
        (Scheme::RsaPkcs1(Hash::Sha256), _) => &ring_algorithms::RSA_PKCS1_2048_8192_SHA256,
        (Scheme::RsaPkcs1(Hash::Sha384), _) => &ring_algorithms::RSA_PKCS1_2048_8192_SHA384,
        (Scheme::RsaPkcs1(Hash::Sha512), _) => &ring_algorithms::RSA_PKCS1_2048_8192_SHA512,
        (Scheme::RsaPss(Hash::Sha256), _) => &ring_algorithms::RSA_PSS_2048_8192_SHA256,
        (Scheme::RsaPss(Hash::Sha384), _) => &ring_algorithms::RSA_PSS_2048_8192_SHA384,
        (Scheme::RsaPss(Hash::Sha512), _) => &ring_algorithms::RSA_PSS_2048_8192_SHA512,
        (Scheme::Ecdsa(Hash::Sha256), KeyKind::P256) => &ring_algorithms::ECDSA_P256_SHA256_ASN1,
        (Scheme::Ecdsa(Hash::Sha384), KeyKind::P256) => &ring_algorithms::ECDSA_P256_SHA384_ASN1,
        (Scheme::Ecdsa(Hash::Sha256), KeyKind::P384) => &ring_algorithms::ECDSA_P384_SHA256_ASN1,
        (Scheme::Ecdsa(Hash::Sha384), KeyKind::P384) => &ring_algorithms::ECDSA_P384_SHA384_ASN1,
        (Scheme::Ed25519, _) => &ring_algorithms::ED25519,
        (Scheme::RsaPss(Hash::Sha1) | Scheme::Ecdsa(_), _) => return None,
    })
}

fn digest(hash: Hash, message: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Sha1 => sha1::Sha1::digest(message).to_vec(),
        Hash::Sha256 => sha2::Sha256::digest(message).to_vec(),
        Hash::Sha384 => sha2::Sha384::digest(message).to_vec(),
        Hash::Sha512 => sha2::Sha512::digest(message).to_vec(),
    }
}

fn ecdsa(key: &PublicKeyInfo, digest: &[u8], signature: &[u8]) -> Outcome {
    use p521::ecdsa::signature::hazmat::PrehashVerifier;
    macro_rules! verify {
        ($curve:ident, $half_field:literal) => {{
            // A digest is a number: leading zeros change nothing, and the crates want at least half the field's bytes.
            let mut padded = vec![0; usize::saturating_sub($half_field, digest.len())];
            padded.extend_from_slice(digest);
            let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes(&key.key).ok();
            let signature = $curve::ecdsa::Signature::from_der(signature).ok();
            key.zip(signature).is_some_and(|(key, signature)| key.verify_prehash(&padded, &signature).is_ok())
        }};
    }
    let valid = match key.kind {
        KeyKind::P256 => verify!(p256, 16),
        KeyKind::P384 => verify!(p384, 24),
        KeyKind::P521 => verify!(p521, 33),
        KeyKind::Rsa { .. } | KeyKind::Ed25519 | KeyKind::Other => false,
    };
    if valid { Outcome::Valid } else { Outcome::Invalid }
}
