//! One certificate: its DER and the fields read from it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use sha1::Digest;

use super::der::{self, Fault, Log, Reader, Rule, Rules, Unreadable, tag};
use super::error::CertificateError;
use super::{AlgorithmIdentifier, DistinguishedName, Extensions, PublicKeyInfo, trust_settings};
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
    form: Form,
}

/// What is odd about an encoding.
pub(super) struct Form {
    faults: Box<[Fault]>,
    notes: Box<[Fault]>,
    broken: Rules,
}

impl Form {
    pub(super) fn of(log: Log) -> Self {
        let (faults, notes, broken) = log.into_parts();
        Self { faults, notes, broken }
    }

    pub(super) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    pub(super) fn notes(&self) -> &[Fault] {
        &self.notes
    }

    pub(super) fn broken(&self) -> Rules {
        self.broken
    }
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

/// The most bytes a certificate may have. Larger than any seen in the field by an order, and room for 20,000 names.
pub(crate) const MAXIMUM_CERTIFICATE: usize = 1 << 20;

impl Certificate {
    /// Reads one certificate from DER. Costs a few microseconds and at most eight times the bytes.
    ///
    /// Forms that are not DER but have only one meaning are read, and reported by [`faults`](Self::faults): the certificate can
    /// be shown, and no profile verifies it that does not take the form.
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
    /// [`CertificateError::NoBlock`] when there is none; otherwise what is wrong with the first block.
    pub fn from_pem(text: &[u8]) -> Result<Self, CertificateError> {
        for section in crate::pem::sections(text) {
            let section = section?;
            match section.label {
                Label::Certificate => return Self::from_der(&section.decode()?),
                Label::TrustedCertificate => return Self::from_trusted_der(&section.decode()?),
                Label::Crl | Label::Pkcs7 | Label::Other(_) => (),
            }
        }
        Err(CertificateError::NoBlock { wanted: "CERTIFICATE" })
    }

    /// Reads one certificate and the trust settings behind it, as in OpenSSL's `TRUSTED CERTIFICATE`.
    ///
    /// # Errors
    /// [`CertificateError`] when the bytes do not begin with a certificate, and when the settings do not read or do not
    /// let it be a trust anchor for servers and clients alike: a certificate does not keep its settings, so that an
    /// anchor made of it would be trusted for everything.
    pub fn from_trusted_der(der: &[u8]) -> Result<Self, CertificateError> {
        let rest = der::parts(der).map_or(0, |(.., rest)| rest.len());
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
        let log = Log::default();
        let mut outside = Reader::new(&der, 0, "certificate", &log);
        let fields = read(&mut outside, sha256)
            .map_err(|error| CertificateError::Malformed { what: WHAT, reason: error.to_string() })?;
        let count = outside.rest().len();
        if count > 0 {
            return Err(CertificateError::TrailingBytes { what: WHAT, count });
        }
        let form = Form::of(log);
        Ok(Self(Arc::new(Fields { der, form, ..fields })))
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

    /// Where the encoding is not DER (X.690) or not of the ASN.1 of RFC 5280; empty for one that is. The first eight are
    /// kept. What has a fault is read for people; it is verified only for a profile that takes its form.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.0.form.faults()
    }

    /// Deviations from DER that real CAs make and that have one meaning; never a reason to refuse. The first eight are kept.
    #[must_use]
    pub fn notes(&self) -> &[Fault] {
        self.0.form.notes()
    }

    /// The rules that all faults break.
    pub(crate) fn broken_rules(&self) -> Rules {
        self.0.form.broken()
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

    /// How many octets the value of the serial number has; the one that keeps a number positive is none of them.
    pub(crate) fn serial_number_length(&self) -> usize {
        let octets = self.serial_number();
        octets.len() - usize::from(octets.len() > 1 && octets.starts_with(&[0]))
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

    /// Self-issued and, as far as the key identifiers tell, by its own key: one that is missing tells nothing. The signature
    /// is not looked at; that of an anchor proves nothing.
    pub(crate) fn seems_self_signed(&self) -> bool {
        let own = self.subject_key_id();
        self.is_self_issued() && self.authority_key_id().is_none_or(|id| own.is_none_or(|own| own == id))
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

/// Reads what comes next as a certificate; its bytes and form are for the caller to add.
fn read(outside: &mut Reader<'_>, sha256: Option<Fingerprint>) -> Result<Fields, Unreadable> {
    let der = outside.rest();
    let mut parts = outside.sequence()?;
    let start = parts.offset();
    let mut tbs = parts.field("signed part").sequence()?;
    let message = start..parts.offset();
    let algorithm = AlgorithmIdentifier::read(parts.field("signature algorithm"))?;
    let signature = signature(parts.field("signature"))?;
    parts.field("certificate").finish();

    let version = version(tbs.field("version"))?;
    let serial_number = tbs.field("serial number").expect(tag::INTEGER)?.integer();
    let inner_signature_algorithm = AlgorithmIdentifier::read(tbs.field("inner signature algorithm"))?;
    let issuer = DistinguishedName::read(tbs.field("issuer"))?;
    let mut validity = tbs.field("validity").sequence()?;
    let (not_before, not_after) = (validity.time()?, validity.time()?);
    validity.finish();
    let subject = DistinguishedName::read(tbs.field("subject"))?;
    let public_key = PublicKeyInfo::read(tbs.field("public key"))?;
    let mut unique_ids = false;
    for (number, field) in [(1, "issuer unique identifier"), (2, "subject unique identifier")] {
        if let Some(id) = tbs.field(field).optional(tag::context(number))? {
            id.bit_string();
            unique_ids = true;
        }
    }
    let extensions = extensions(tbs.field("extensions"))?;
    tbs.field("signed part").finish();
    Ok(Fields {
        der: Box::default(),
        sha256: sha256.unwrap_or_else(|| fingerprint(der)),
        sha1: OnceLock::new(),
        version,
        serial_number: minimal(serial_number).into(),
        signed: SignedRanges { message, signature, algorithm },
        inner_signature_algorithm,
        subject,
        issuer,
        not_before,
        not_after,
        public_key,
        unique_ids,
        has_extensions: extensions.is_some(),
        extensions: extensions.unwrap_or_default(),
        form: Form::of(Log::default()),
    })
}

/// `[0] EXPLICIT INTEGER DEFAULT v1`, as the number that people say.
fn version(tbs: &mut Reader<'_>) -> Result<u32, Unreadable> {
    let Some(wrapper) = tbs.optional(tag::context_constructed(0))? else { return Ok(1) };
    let version = wrapper.explicit(tag::INTEGER)?;
    let number = version.count();
    if number == 0 {
        version.tell(Rule::Default);
    }
    Ok(number.saturating_add(1))
}

/// `[3] EXPLICIT Extensions`; `None` where there are none. A list in another wrapper is no list, and told.
fn extensions(tbs: &mut Reader<'_>) -> Result<Option<Extensions>, Unreadable> {
    let Some(wrapper) = tbs.optional(tag::context_constructed(3))? else { return Ok(None) };
    let mut inside = wrapper.inside();
    if inside.is_at_end() {
        wrapper.tell(Rule::Empty);
        return Ok(None);
    }
    let list = inside.sequence()?;
    inside.finish();
    Extensions::read(list).map(Some)
}

/// The place of a signature's octets: a BIT STRING without unused bits.
pub(super) fn signature(parts: &mut Reader<'_>) -> Result<Range<usize>, Unreadable> {
    let element = parts.expect(tag::BIT_STRING)?;
    let octets = element.octets_of_bits();
    let end = element.offset + element.whole.len();
    Ok(end - octets.len()..end)
}

/// A serial number without redundant leading bytes, so that equal numbers are equal bytes.
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
