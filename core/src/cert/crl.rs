//! One certificate revocation list (RFC 5280 section 5).

use std::fmt;
use std::sync::Arc;

use x509_parser::extensions::{ParsedExtension, X509Extension};

use super::certificate::{AlgorithmIdentifier, SignedRanges, algorithm, fingerprint, range_in};
use super::crl_list::{self, Entries};
use super::distribution_point::{IssuingDistributionPoint, issuing_distribution_point};
use super::{CertificateError, DistinguishedName, Oid, SignedParts};
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// A CRL, owned and cheap to clone. Its entries are indexed by serial number.
#[derive(Clone)]
pub struct Crl(Arc<Fields>);

struct Fields {
    der: Box<[u8]>,
    sha256: Fingerprint,
    signed: SignedRanges,
    inner_signature_algorithm: AlgorithmIdentifier,
    issuer: DistinguishedName,
    this_update: Time,
    next_update: Option<Time>,
    extensions: CrlExtensions,
    entries: Entries,
}

/// The extensions of RFC 5280 section 5.2.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CrlExtensions {
    /// The signer's key identifier.
    pub authority_key_id: Option<KeyId>,
    /// The CRL number, without redundant leading bytes.
    pub number: Option<Box<[u8]>>,
    /// For a delta CRL, the number of the base it adds to.
    pub delta_base: Option<Box<[u8]>>,
    /// The scope of this CRL.
    pub issuing_distribution_point: Option<IssuingDistributionPoint>,
    /// Critical extensions, of the list or of an entry, that this library does not process: the CRL cannot be used.
    pub unknown_critical: Vec<Oid>,
    /// Extensions, of the list or of an entry, whose value is not of their type or that occur twice.
    pub malformed: Vec<Oid>,
}

/// One revoked certificate (RFC 5280 section 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokedEntry {
    /// When it was revoked.
    pub revoked_at: Time,
    /// The reason code (RFC 5280 section 5.3.1); 0 is unspecified, 6 hold, 8 removed from the CRL.
    pub reason: u8,
    /// On an indirect CRL, who issued the revoked certificate; `None` is the CRL's issuer.
    pub certificate_issuer: Option<DistinguishedName>,
}

/// A CRL of a large CA has tens of megabytes; beyond that the file is not one.
const MAXIMUM_CRL: usize = 64 << 20;
const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";
const DELTA_CRL_INDICATOR: &str = "2.5.29.27";
const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";

impl Crl {
    /// Reads one CRL from DER. Costs a quarter of a microsecond an entry.
    ///
    /// # Errors
    /// [`CertificateError`] when the bytes are not exactly one CRL.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        const WHAT: &str = "CRL";
        if der.len() > MAXIMUM_CRL {
            return Err(CertificateError::TooLarge { what: WHAT, length: der.len(), limit: MAXIMUM_CRL });
        }
        let (parts, after) =
            crl_list::read(der).map_err(|why| CertificateError::Malformed { what: WHAT, reason: why.to_owned() })?;
        if after > 0 {
            return Err(CertificateError::TrailingBytes { what: WHAT, count: after });
        }
        let outside = || CertificateError::Malformed { what: WHAT, reason: "the signed part is not in it".to_owned() };
        let mut extensions = CrlExtensions {
            unknown_critical: parts.entries.unknown_critical.clone(),
            malformed: parts.entries.malformed.clone(),
            ..CrlExtensions::default()
        };
        for (index, extension) in parts.extensions.iter().enumerate() {
            // Of two scopes neither can be preferred (RFC 5280 5.2 by way of 4.2).
            match parts.extensions[..index].iter().any(|other| other.oid == extension.oid) {
                true => extensions.malformed.push(Oid::from(&extension.oid)),
                false => extensions.add(extension),
            }
        }
        Ok(Self(Arc::new(Fields {
            der: der.into(),
            sha256: fingerprint(der),
            signed: SignedRanges {
                message: range_in(der, parts.message).ok_or_else(outside)?,
                signature: range_in(der, parts.signature).ok_or_else(outside)?,
                algorithm: algorithm(&parts.algorithm),
            },
            inner_signature_algorithm: algorithm(&parts.inner_algorithm),
            issuer: DistinguishedName::from_parsed(&parts.issuer),
            this_update: parts.this_update,
            next_update: parts.next_update,
            extensions,
            entries: parts.entries,
        })))
    }

    /// The CRL as it was given.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// SHA-256 of the DER.
    #[must_use]
    pub fn sha256(&self) -> Fingerprint {
        self.0.sha256
    }

    /// Who signed it.
    #[must_use]
    pub fn issuer(&self) -> &DistinguishedName {
        &self.0.issuer
    }

    /// When it was issued.
    #[must_use]
    pub fn this_update(&self) -> Time {
        self.0.this_update
    }

    /// When the next one is due.
    #[must_use]
    pub fn next_update(&self) -> Option<Time> {
        self.0.next_update
    }

    /// The extensions.
    #[must_use]
    pub fn extensions(&self) -> &CrlExtensions {
        &self.0.extensions
    }

    /// How many certificates it lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether it lists none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.entries.len() == 0
    }

    /// The entry for the certificate with this serial number and issuer, if it is listed.
    #[must_use]
    pub fn entry(&self, serial_number: &[u8], issuer: &DistinguishedName) -> Option<RevokedEntry> {
        self.0.entries.find(&self.0.der, serial_number, issuer, &self.0.issuer)
    }

    /// Whether the algorithm in the signed part is the outer one (RFC 5280 section 5.1.1.2).
    #[must_use]
    pub fn algorithms_agree(&self) -> bool {
        self.0.signed.algorithm == self.0.inner_signature_algorithm
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

impl PartialEq for Crl {
    fn eq(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }
}

impl Eq for Crl {}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({}, {} entries)", self.issuer(), self.len())
    }
}

impl CrlExtensions {
    fn add(&mut self, extension: &X509Extension<'_>) {
        let oid = Oid::from(&extension.oid);
        match (extension.parsed_extension(), oid.as_str()) {
            (ParsedExtension::AuthorityKeyIdentifier(value), _) => {
                self.authority_key_id = value.key_identifier.as_ref().map(|id| KeyId(id.0.into()));
            }
            (ParsedExtension::CRLNumber(value), _) => self.number = Some(value.to_bytes_be().into()),
            (_, ISSUING_DISTRIBUTION_POINT) => match issuing_distribution_point(extension.value) {
                Some(point) => self.issuing_distribution_point = Some(point),
                None => self.malformed.push(oid),
            },
            (ParsedExtension::ParseError { .. }, _) => self.malformed.push(oid),
            (_, DELTA_CRL_INDICATOR) => match integer(extension.value) {
                Some(number) => self.delta_base = Some(number),
                None => self.malformed.push(oid),
            },
            (_, AUTHORITY_KEY_IDENTIFIER) => (),
            _ if extension.critical => self.unknown_critical.push(oid),
            _ => (),
        }
    }
}

/// The content of a short DER INTEGER, unsigned.
fn integer(der: &[u8]) -> Option<Box<[u8]>> {
    match der {
        [2, length, content @ ..] if usize::from(*length) == content.len() && *length < 0x80 => {
            let start = content.iter().position(|byte| *byte != 0).unwrap_or(content.len().saturating_sub(1));
            Some(content[start..].into())
        }
        _ => None,
    }
}
