//! One certificate revocation list (RFC 5280 section 5).

use std::fmt;
use std::sync::Arc;

use hashbrown::HashSet;

use super::certificate::{Form, SignedRanges, fingerprint};
use super::crl_list::{self, Entries};
use super::der::{Fault, Log, Reader, Rules, Unreadable, tag};
use super::distribution_point::IssuingDistributionPoint;
use super::extension::Raw;
use super::extension_value::{self, Value};
use super::{AlgorithmIdentifier, CertificateError, DistinguishedName, Oid, SignedParts};
use crate::thumbprint::{Fingerprint, KeyId};
use crate::time::Time;

/// A CRL, owned and cheap to clone. Its entries are indexed by serial number.
#[derive(Clone)]
pub struct Crl(Arc<Fields>);

struct Fields {
    der: Box<[u8]>,
    sha256: Fingerprint,
    version: u32,
    signed: SignedRanges,
    inner_signature_algorithm: AlgorithmIdentifier,
    issuer: DistinguishedName,
    this_update: Time,
    next_update: Option<Time>,
    extensions: CrlExtensions,
    entries: Entries,
    form: Form,
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
const ISSUER_ALTERNATIVE_NAME: &[u8] = &[0x55, 0x1d, 18];
const FRESHEST_CRL: &[u8] = &[0x55, 0x1d, 46];
const INFORMATION_ACCESS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 1];
const CRL_NUMBER: &[u8] = &[0x55, 0x1d, 20];
const DELTA_CRL_INDICATOR: &[u8] = &[0x55, 0x1d, 27];
const ISSUING_DISTRIBUTION_POINT: &[u8] = &[0x55, 0x1d, 28];
const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1d, 35];

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
        let log = Log::default();
        let mut outside = Reader::new(der, 0, "CRL", &log);
        let mut parts = crl_list::read(&mut outside)
            .map_err(|error| CertificateError::Malformed { what: WHAT, reason: error.to_string() })?;
        let count = outside.rest().len();
        if count > 0 {
            return Err(CertificateError::TrailingBytes { what: WHAT, count });
        }
        parts.entries.sort(der);
        let extensions = CrlExtensions::of(&parts.extensions, &parts.entries, &log);
        Ok(Self(Arc::new(Fields {
            der: der.into(),
            sha256: fingerprint(der),
            version: parts.version,
            signed: parts.signed,
            inner_signature_algorithm: parts.inner_algorithm,
            issuer: parts.issuer,
            this_update: parts.this_update,
            next_update: parts.next_update,
            extensions,
            entries: parts.entries,
            form: Form::of(log),
        })))
    }

    /// Where the encoding is not DER (X.690) or not of the ASN.1 of RFC 5280, as of
    /// [`Certificate::faults`](super::Certificate::faults). A list with a fault proves nothing.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.0.form.faults()
    }

    /// Whether entries name certificate issuers though the list is not indirect (RFC 5280 section 5.3.3).
    pub(crate) fn names_issuers_unasked(&self) -> bool {
        let scope = self.0.extensions.issuing_distribution_point.as_ref();
        self.0.entries.name_issuers() && !scope.is_some_and(|scope| scope.indirect)
    }

    /// The rules that all faults break.
    pub(crate) fn broken_rules(&self) -> Rules {
        self.0.form.broken()
    }

    /// 1 or 2; what the encoding says plus one, so a wrong number is kept.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.0.version
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

    /// How many entries have this serial number: many only in an indirect list, or one that is made to hurt.
    pub(crate) fn entries_of(&self, serial_number: &[u8]) -> usize {
        self.0.entries.count_of(&self.0.der, serial_number)
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
    fn of(list: &[Raw<'_>], entries: &Entries, log: &Log) -> Self {
        let mut out = Self {
            unknown_critical: entries.unknown_critical.clone(),
            malformed: entries.malformed.clone(),
            ..Self::default()
        };
        let mut seen = HashSet::new();
        for extension in list {
            let own = Log::default();
            // Of two scopes neither can be preferred (RFC 5280 5.2 by way of 4.2).
            let once = seen.insert(extension.oid_octets);
            let read =
                once && out.add(extension, Reader::new(extension.value, extension.offset, "extensions", &own)).is_ok();
            log.take_notes(&own);
            if !read || !own.is_clean() {
                out.malformed.push(extension.oid.clone());
            }
        }
        out
    }

    fn add(&mut self, extension: &Raw<'_>, mut value: Reader<'_>) -> Result<(), Unreadable> {
        match extension.oid_octets {
            AUTHORITY_KEY_IDENTIFIER => {
                if let Value::AuthorityKeyId(id) = extension_value::read(extension.oid_octets, value)? {
                    self.authority_key_id = id.key_id;
                }
            }
            CRL_NUMBER => self.number = Some(number(&mut value)?),
            DELTA_CRL_INDICATOR => self.delta_base = Some(number(&mut value)?),
            ISSUING_DISTRIBUTION_POINT => {
                self.issuing_distribution_point = Some(IssuingDistributionPoint::read(value)?);
            }
            _ if extension.critical => self.unknown_critical.push(extension.oid.clone()),
            // They inform; but what is defined is read.
            ISSUER_ALTERNATIVE_NAME | FRESHEST_CRL | INFORMATION_ACCESS => {
                extension_value::read(extension.oid_octets, value)?;
            }
            _ => (),
        }
        Ok(())
    }
}

/// `INTEGER (0..MAX)`, without leading zeros.
fn number(value: &mut Reader<'_>) -> Result<Box<[u8]>, Unreadable> {
    let element = value.expect(tag::INTEGER)?;
    let octets = element.integer();
    value.finish();
    if octets.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(element.unreadable("it is negative"));
    }
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    Ok(octets[zeros.min(octets.len().saturating_sub(1))..].into())
}
