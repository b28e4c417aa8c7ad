//! Algorithms and public keys (RFC 5280 sections 4.1.1.2 and 4.1.2.7).

use super::Oid;
use super::certificate::fingerprint;
use super::der::{Log, Reader, Unreadable, tag};
use crate::thumbprint::Fingerprint;

/// A signature or key algorithm: its object identifier and the DER of its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AlgorithmIdentifier {
    /// The algorithm.
    pub oid: Oid,
    /// The tag byte and content of the parameters, empty when absent.
    pub parameters: Box<[u8]>,
}

/// The subject's public key (RFC 5280 section 4.1.2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeyInfo {
    /// The key's algorithm; for EC keys the parameters name the curve.
    pub algorithm: AlgorithmIdentifier,
    /// The contents of the BIT STRING.
    pub key: Box<[u8]>,
    /// SHA-256 of the whole `SubjectPublicKeyInfo`: the same key, whoever certified it.
    pub sha256: Fingerprint,
    /// What kind of key it is and how large.
    pub kind: KeyKind,
}

/// The kind of a public key, and its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA: bits of the modulus and of the public exponent.
    Rsa {
        /// Bits of the modulus.
        bits: u32,
        /// Bits of the public exponent.
        exponent_bits: u32,
    },
    /// ECDSA over P-256 (secp256r1).
    P256,
    /// ECDSA over P-384 (secp384r1).
    P384,
    /// ECDSA over P-521 (secp521r1).
    P521,
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// A key this library cannot use.
    Other,
}

impl KeyKind {
    /// The size in bits, if it has one.
    #[must_use]
    pub const fn bits(self) -> Option<u32> {
        match self {
            Self::Rsa { bits, .. } => Some(bits),
            Self::P256 => Some(256),
            Self::P384 => Some(384),
            Self::P521 => Some(521),
            Self::Ed25519 => Some(255),
            Self::Other => None,
        }
    }

    /// The kind of a key by its algorithm and octets.
    fn of(algorithm: &AlgorithmIdentifier, key: &[u8]) -> Self {
        match (algorithm.oid.as_str(), &*algorithm.parameters) {
            // RFC 3279 section 2.3.1: NULL, which some leave out.
            ("1.2.840.113549.1.1.1", [] | [5]) => rsa(key).unwrap_or(Self::Other),
            // The named curves of RFC 5480 section 2.1.1.1; explicit parameters are not a named curve.
            ("1.2.840.10045.2.1", [6, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]) if is_point(key, 32) => Self::P256,
            ("1.2.840.10045.2.1", [6, 0x2b, 0x81, 4, 0, 0x22]) if is_point(key, 48) => Self::P384,
            ("1.2.840.10045.2.1", [6, 0x2b, 0x81, 4, 0, 0x23]) if is_point(key, 66) => Self::P521,
            ("1.3.101.112", []) if key.len() == 32 => Self::Ed25519,
            _ => Self::Other,
        }
    }
}

/// Whether these are the octets of a point with coordinates of this length (SEC 1 section 2.3.3), compressed or not. Whether
/// it lies on the curve the check of a signature finds out.
fn is_point(key: &[u8], length: usize) -> bool {
    match key {
        [4, both @ ..] => both.len() == 2 * length,
        [2 | 3, x @ ..] => x.len() == length,
        _ => false,
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 appendix A.1.1). A key in another form
/// is one that cannot be used.
pub(super) fn rsa(key: &[u8]) -> Option<KeyKind> {
    let log = Log::default();
    let mut outside = Reader::new(key, 0, "public key", &log);
    let mut fields = outside.sequence().ok()?;
    outside.finish();
    let (modulus, exponent) =
        (fields.expect(tag::INTEGER).ok()?.integer(), fields.expect(tag::INTEGER).ok()?.integer());
    fields.finish();
    let negative = |number: &[u8]| number.first().is_some_and(|first| first & 0x80 != 0);
    if negative(modulus) || negative(exponent) {
        return None;
    }
    let kind = KeyKind::Rsa { bits: significant_bits(modulus), exponent_bits: significant_bits(exponent) };
    log.is_clean().then_some(kind)
}

impl AlgorithmIdentifier {
    /// Reads the `AlgorithmIdentifier` that has to come next.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut fields = reader.sequence()?;
        let oid = fields.expect(tag::OBJECT_IDENTIFIER)?.oid();
        let mut parameters = Vec::new();
        if !fields.is_at_end() {
            let element = fields.element()?;
            element.check_all()?;
            parameters.push(element.tag);
            parameters.extend(element.content);
        }
        fields.finish();
        Ok(Self { oid, parameters: parameters.into() })
    }
}

impl PublicKeyInfo {
    /// Reads the `SubjectPublicKeyInfo` that has to come next.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let before = reader.rest();
        let mut fields = reader.sequence()?;
        let whole = &before[..before.len() - reader.rest().len()];
        let algorithm = AlgorithmIdentifier::read(&mut fields)?;
        let key = fields.expect(tag::BIT_STRING)?.octets_of_bits();
        fields.finish();
        Ok(Self { kind: KeyKind::of(&algorithm, key), algorithm, key: key.into(), sha256: fingerprint(whole) })
    }
}

/// Bits of an unsigned big-endian number.
fn significant_bits(bytes: &[u8]) -> u32 {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let length = u32::try_from(bytes.len() - start).unwrap_or(u32::MAX / 8);
    length * 8 - bytes.get(start).map_or(0, |byte| byte.leading_zeros())
}
