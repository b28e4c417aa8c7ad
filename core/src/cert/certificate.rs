//! One certificate: its DER and the fields read from it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use sha1::Digest;
use x509_parser::asn1_rs::{Any, Class};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::{AlgorithmIdentifier as ParsedAlgorithm, SubjectPublicKeyInfo};

use super::{DistinguishedName, Extensions, Oid, trust_settings, wrapper};
use crate::Error;
use crate::pem::Label;
use crate::thumbprint::{Fingerprint, KeyId, Thumbprint};
use crate::time::Time;

/// An X.509 certificate (RFC 5280 section 4), owned, cheap to clone, equal and hashed by its DER.
///
/// ```
/// # fn main() -> Result<(), vitrust::Error> {
/// # let text = include_str!("../../../tests/data/vmca-root.pem");
/// let root = vitrust::Certificate::from_pem(text.as_bytes())?;
/// assert!(root.is_ca());
/// assert_eq!(root.subject(), root.issuer());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Certificate(Arc<Fields>);

struct Fields {
    der: Box<[u8]>,
    sha256: Fingerprint,
    sha1: OnceLock<Thumbprint>,
    version: u32,
    serial_number: Box<[u8]>,
    signed: SignedRanges,
    inner_signature_algorithm: AlgorithmIdentifier,
    subject: DistinguishedName,
    issuer: DistinguishedName,
    not_before: Time,
    not_after: Time,
    public_key: PublicKeyInfo,
    unique_ids: bool,
    has_extensions: bool,
    extensions: Extensions,
}

/// Why bytes are not a certificate or CRL this library can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The DER does not follow RFC 5280.
    #[error("not a readable {what}: {reason}")]
    Malformed {
        /// `certificate` or `CRL`.
        what: &'static str,
        /// What the DER reader found wrong.
        reason: String,
    },
    /// Bytes follow the structure.
    #[error("{count} bytes follow the {what}")]
    TrailingBytes {
        /// `certificate` or `CRL`.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// The input is larger than any certificate or CRL this library reads.
    #[error("{length} bytes are more than the {limit} a {what} may have here")]
    TooLarge {
        /// `certificate` or `CRL`.
        what: &'static str,
        /// The input's length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// OpenSSL's trust settings speak against the certificate as a trust anchor.
    #[error("{subject}: its OpenSSL trust settings {why}")]
    TrustSettings {
        /// The certificate's subject.
        subject: String,
        /// What they say.
        why: String,
    },
}

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
    /// The size in bits, where it has one.
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

    fn of(spki: &SubjectPublicKeyInfo<'_>) -> Self {
        let algorithm = algorithm(&spki.algorithm);
        match (algorithm.oid.as_str(), &*algorithm.parameters) {
            ("1.2.840.113549.1.1.1", _) => match spki.parsed() {
                Ok(PublicKey::RSA(key)) => {
                    Self::Rsa { bits: significant_bits(key.modulus), exponent_bits: significant_bits(key.exponent) }
                }
                _ => Self::Other,
            },
            // The named curves of RFC 5480 section 2.1.1.1; explicit parameters are not a named curve.
            ("1.2.840.10045.2.1", [6, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]) => Self::P256,
            ("1.2.840.10045.2.1", [6, 0x2b, 0x81, 4, 0, 0x22]) => Self::P384,
            ("1.2.840.10045.2.1", [6, 0x2b, 0x81, 4, 0, 0x23]) => Self::P521,
            ("1.3.101.112", []) => Self::Ed25519,
            _ => Self::Other,
        }
    }
}

/// Bits of an unsigned big-endian number.
fn significant_bits(bytes: &[u8]) -> u32 {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let length = u32::try_from(bytes.len() - start).unwrap_or(u32::MAX / 8);
    length * 8 - bytes.get(start).map_or(0, |byte| byte.leading_zeros())
}

/// What a signature check needs, of a certificate or a CRL.
#[derive(Debug, Clone, Copy)]
pub struct SignedParts<'a> {
    /// The signed bytes.
    pub message: &'a [u8],
    /// The outer signature algorithm.
    pub algorithm: &'a AlgorithmIdentifier,
    /// The contents of the signature BIT STRING.
    pub signature: &'a [u8],
}

/// The signed parts as places in the DER.
pub(super) struct SignedRanges {
    pub(super) message: Range<usize>,
    pub(super) signature: Range<usize>,
    pub(super) algorithm: AlgorithmIdentifier,
}

/// The most bytes a certificate may have. Larger than any seen in the field by an order, and room for 20,000 names. What
/// is read of a certificate can take 25 times its bytes, so the limit bounds what a hostile one costs.
pub(crate) const MAXIMUM_CERTIFICATE: usize = 1 << 20;

/// The reason of a certificate whose unsigned part is not DER.
const NOT_DER: &str = "what surrounds the signed part is not DER";

impl Certificate {
    /// Reads one certificate from DER. Costs a few microseconds and one copy of the bytes.
    ///
    /// # Errors
    /// [`CertificateError`] when the bytes are not exactly one certificate. An extension with an unreadable value is
    /// not an error: it is kept in [`Extensions::malformed`] and rejected by path verification.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        Self::from_owned(der.into(), None)
    }

    /// Reads the first certificate of PEM text. A `TRUSTED CERTIFICATE` is read as by
    /// [`from_trusted_der`](Self::from_trusted_der).
    ///
    /// # Errors
    /// [`Error::NoBlock`] when there is none; otherwise what is wrong with the first block.
    pub fn from_pem(text: &[u8]) -> Result<Self, Error> {
        for section in crate::pem::sections(text) {
            let section = section?;
            match section.label {
                Label::Certificate => return Ok(Self::from_der(&section.decode()?)?),
                Label::TrustedCertificate => return Ok(Self::from_trusted_der(&section.decode()?)?),
                Label::Crl | Label::Pkcs7 | Label::Other(_) => (),
            }
        }
        Err(Error::NoBlock { wanted: "CERTIFICATE" })
    }

    /// Reads one certificate and the trust settings behind it, as in OpenSSL's `TRUSTED CERTIFICATE`.
    ///
    /// # Errors
    /// [`CertificateError`] when the bytes do not begin with a certificate, and when the settings do not read or do not
    /// let it be a trust anchor for servers and clients alike: a certificate does not keep its settings, so that an
    /// anchor made of it would be trusted for everything.
    pub fn from_trusted_der(der: &[u8]) -> Result<Self, CertificateError> {
        let rest = Any::from_der(der).map_or(0, |(rest, _)| rest.len());
        let (certificate, settings) = der.split_at(der.len() - rest);
        let certificate = Self::from_der(certificate)?;
        match trust_settings::objection(settings) {
            Some(why) => Err(CertificateError::TrustSettings { subject: certificate.subject().to_string(), why }),
            None => Ok(certificate),
        }
    }

    pub(super) fn from_owned(der: Box<[u8]>, sha256: Option<Fingerprint>) -> Result<Self, CertificateError> {
        const WHAT: &str = "certificate";
        if der.len() > MAXIMUM_CERTIFICATE {
            return Err(CertificateError::TooLarge { what: WHAT, length: der.len(), limit: MAXIMUM_CERTIFICATE });
        }
        let (rest, parsed) = X509Certificate::from_der(&der)
            .map_err(|error| CertificateError::Malformed { what: WHAT, reason: reason(&error) })?;
        if !rest.is_empty() {
            return Err(CertificateError::TrailingBytes { what: WHAT, count: rest.len() });
        }
        let tbs = &parsed.tbs_certificate;
        let not_der = || CertificateError::Malformed { what: WHAT, reason: NOT_DER.to_owned() };
        let message = range_in(&der, tbs.as_ref()).ok_or_else(not_der)?;
        let signature = range_in(&der, &parsed.signature_value.data).ok_or_else(not_der)?;
        if !wrapper::is_der(&der, message.end) {
            return Err(not_der());
        }
        let spki = &tbs.subject_pki;
        let fields = Fields {
            sha256: sha256.unwrap_or_else(|| fingerprint(&der)),
            sha1: OnceLock::new(),
            version: tbs.version.0.saturating_add(1),
            serial_number: serial_bytes(tbs.raw_serial()),
            signed: SignedRanges { message, signature, algorithm: algorithm(&parsed.signature_algorithm) },
            inner_signature_algorithm: algorithm(&tbs.signature),
            subject: DistinguishedName::from_parsed(&tbs.subject),
            issuer: DistinguishedName::from_parsed(&tbs.issuer),
            not_before: Time::from_unix(tbs.validity.not_before.timestamp()),
            not_after: Time::from_unix(tbs.validity.not_after.timestamp()),
            public_key: PublicKeyInfo {
                algorithm: algorithm(&spki.algorithm),
                key: (&*spki.subject_public_key.data).into(),
                sha256: fingerprint(spki.raw),
                kind: KeyKind::of(spki),
            },
            unique_ids: tbs.issuer_uid.is_some() || tbs.subject_uid.is_some(),
            has_extensions: !tbs.extensions().is_empty(),
            extensions: Extensions::from_parsed(tbs.extensions()),
            der: Box::default(),
        };
        Ok(Self(Arc::new(Fields { der, ..fields })))
    }

    /// The certificate as it was given.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate as PEM text.
    #[must_use]
    pub fn to_pem(&self) -> String {
        crate::pem::encode("CERTIFICATE", self.der())
    }

    /// SHA-256 of the DER: this library's identity of a certificate.
    #[must_use]
    pub fn sha256(&self) -> Fingerprint {
        self.0.sha256
    }

    /// SHA-1 of the DER: the VECS alias and vSphere's thumbprint. Computed at the first call.
    #[must_use]
    pub fn sha1(&self) -> Thumbprint {
        *self.0.sha1.get_or_init(|| Thumbprint(sha1::Sha1::digest(self.der()).into()))
    }

    /// 1, 2 or 3; what the encoding says plus one, so a wrong number is kept.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.0.version
    }

    /// The serial number's bytes, most significant first, two's complement, without redundant leading bytes.
    #[must_use]
    pub fn serial_number(&self) -> &[u8] {
        &self.0.serial_number
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &DistinguishedName {
        &self.0.subject
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &DistinguishedName {
        &self.0.issuer
    }

    /// First second of validity.
    #[must_use]
    pub fn not_before(&self) -> Time {
        self.0.not_before
    }

    /// Last second of validity.
    #[must_use]
    pub fn not_after(&self) -> Time {
        self.0.not_after
    }

    /// Whether its validity has ended at `at`; the last second still counts (RFC 5280 4.1.2.5).
    #[must_use]
    pub fn has_expired(&self, at: Time) -> bool {
        self.0.not_after < at
    }

    /// The subject's public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKeyInfo {
        &self.0.public_key
    }

    /// The extensions.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// Whether the extensions field holds anything.
    #[must_use]
    pub fn has_extensions(&self) -> bool {
        self.0.has_extensions
    }

    /// Whether an issuer or subject unique identifier is present (RFC 5280 section 4.1.2.8).
    #[must_use]
    pub fn has_unique_ids(&self) -> bool {
        self.0.unique_ids
    }

    /// The subject key identifier, if the extension is present.
    #[must_use]
    pub fn subject_key_id(&self) -> Option<&KeyId> {
        self.0.extensions.subject_key_id.as_ref()
    }

    /// The key identifier of the authority key identifier extension.
    #[must_use]
    pub fn authority_key_id(&self) -> Option<&KeyId> {
        self.0.extensions.authority_key_id.as_ref().and_then(|id| id.key_id.as_ref())
    }

    /// Whether basic constraints say that the subject is a CA.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.0.extensions.basic_constraints.is_some_and(|constraints| constraints.ca)
    }

    /// Subject and issuer are the same name (RFC 5280 section 3.2); says nothing about the key.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.0.subject == self.0.issuer
    }

    /// The outer signature algorithm.
    #[must_use]
    pub fn signature_algorithm(&self) -> &AlgorithmIdentifier {
        &self.0.signed.algorithm
    }

    /// The signature algorithm inside the signed part; RFC 5280 section 4.1.1.2 wants it the same as the outer.
    #[must_use]
    pub fn inner_signature_algorithm(&self) -> &AlgorithmIdentifier {
        &self.0.inner_signature_algorithm
    }

    /// What a signature check needs.
    #[must_use]
    pub fn signed_parts(&self) -> SignedParts<'_> {
        let signed = &self.0.signed;
        SignedParts {
            message: &self.0.der[signed.message.clone()],
            algorithm: &signed.algorithm,
            signature: &self.0.der[signed.signature.clone()],
        }
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }
}

impl Eq for Certificate {}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.sha256.hash(state);
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.subject(), self.sha256())
    }
}

/// SHA-256 of `bytes`.
pub(crate) fn fingerprint(bytes: &[u8]) -> Fingerprint {
    Fingerprint(sha2::Sha256::digest(bytes).into())
}

/// Where `part` lies in `whole`. The parsers borrow, so it does; of a copy nothing could be said.
pub(super) fn range_in(whole: &[u8], part: &[u8]) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then_some(start..end)
}

pub(super) fn algorithm(parsed: &ParsedAlgorithm<'_>) -> AlgorithmIdentifier {
    // The parser keeps the parameters' tag and content; identical content under one tag is identical DER.
    let parameters = parsed.parameters.as_ref().map_or_else(Vec::new, |any| {
        let constructed = if any.header.is_constructed() { 0x20 } else { 0 };
        let class = match any.class() {
            Class::Universal => 0,
            Class::Application => 0x40,
            Class::ContextSpecific => 0x80,
            Class::Private => 0xc0,
        };
        let mut der = vec![u8::try_from(any.tag().0).unwrap_or(0x1f) | constructed | class];
        der.extend_from_slice(any.data);
        der
    });
    AlgorithmIdentifier { oid: Oid::from(&parsed.algorithm), parameters: parameters.into() }
}

/// A serial number without redundant leading bytes, so that equal numbers are equal bytes.
pub(super) fn serial_bytes(raw: &[u8]) -> Box<[u8]> {
    minimal(raw).into()
}

/// The same as a part of the number given.
pub(super) fn minimal(raw: &[u8]) -> &[u8] {
    let mut bytes = raw;
    while let [first, second, ..] = bytes {
        let redundant = (*first == 0 && second & 0x80 == 0) || (*first == 0xff && second & 0x80 != 0);
        if !redundant {
            break;
        }
        bytes = &bytes[1..];
    }
    bytes
}

/// The reader's reason in one short line.
pub(super) fn reason(error: &x509_parser::nom::Err<x509_parser::error::X509Error>) -> String {
    match error {
        x509_parser::nom::Err::Incomplete(_) => "the bytes end too early".to_owned(),
        x509_parser::nom::Err::Error(error) | x509_parser::nom::Err::Failure(error) => error.to_string(),
    }
}
