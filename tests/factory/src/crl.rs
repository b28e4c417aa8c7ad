//! Certificate revocation lists, right and wrong.

use crate::algorithm::SignatureAlgorithm;
use crate::asn1;
use crate::cert::{Cert, SignatureValue, pem};
use crate::distribution::IssuingDistributionPoint;
use crate::extension::{self, Extension};
use crate::general_name::{GeneralName, general_names};
use crate::key::Key;
use crate::name::Name;
use crate::oid;
use crate::time::Time;

/// Why a certificate was revoked (RFC 5280 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// unspecified (0).
    Unspecified,
    /// keyCompromise (1).
    KeyCompromise,
    /// cACompromise (2).
    CaCompromise,
    /// affiliationChanged (3).
    AffiliationChanged,
    /// superseded (4).
    Superseded,
    /// cessationOfOperation (5).
    CessationOfOperation,
    /// certificateHold (6).
    CertificateHold,
    /// removeFromCRL (8).
    RemoveFromCrl,
    /// privilegeWithdrawn (9).
    PrivilegeWithdrawn,
    /// aACompromise (10).
    AaCompromise,
}

impl Reason {
    /// The number in a reason code extension.
    pub fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::RemoveFromCrl => 8,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
        }
    }
}

/// One revoked certificate.
#[derive(Clone, Debug)]
pub struct CrlEntry {
    serial: Vec<u8>,
    date: Time,
    extensions: Vec<Extension>,
}

impl CrlEntry {
    /// Revokes the serial number with these INTEGER content bytes on `date`.
    pub fn new(serial: &[u8], date: impl Into<Time>) -> Self {
        Self { serial: serial.to_vec(), date: date.into(), extensions: Vec::new() }
    }

    /// Adds a reason code.
    #[must_use]
    pub fn reason(self, reason: Reason) -> Self {
        let value = asn1::tlv(asn1::ENUMERATED, &[reason.code()]);
        self.extension(oid::REASON_CODE, false, value)
    }

    /// Adds an invalidity date, always a GeneralizedTime.
    #[must_use]
    pub fn invalidity_date(self, seconds: i64) -> Self {
        self.extension(oid::INVALIDITY_DATE, false, Time::Generalized(seconds).der())
    }

    /// Names the issuer of this and the following entries, for indirect CRLs.
    #[must_use]
    pub fn certificate_issuer(self, name: impl Into<Name>) -> Self {
        let value = general_names(&[GeneralName::directory(name)]);
        self.extension(oid::CERTIFICATE_ISSUER, true, value)
    }

    /// Adds any extension.
    #[must_use]
    pub fn extension(mut self, oid: &str, critical: bool, value: Vec<u8>) -> Self {
        self.extensions.push(Extension::new(oid, critical, value));
        self
    }

    fn der(&self) -> Vec<u8> {
        let mut parts = vec![asn1::tlv(asn1::INTEGER, &self.serial), self.date.der()];
        if !self.extensions.is_empty() {
            parts.push(asn1::sequence(&self.extensions.iter().map(Extension::der).collect::<Vec<_>>()));
        }
        asn1::sequence(&parts)
    }
}

/// A finished revocation list.
#[derive(Clone, Debug)]
pub struct Crl {
    der: Vec<u8>,
}

impl Crl {
    pub(crate) fn from_der(der: &[u8]) -> Self {
        Self { der: der.to_vec() }
    }

    /// Starts the list of `issuer`: version 2, number 1, 2026-05-01 to 2026-07-01, no entries.
    pub fn of(issuer: &Cert) -> CrlBuilder {
        CrlBuilder {
            issuer: issuer.subject().clone(),
            key: issuer.key().clone(),
            version: Some(1),
            this_update: "2026-05-01".into(),
            next_update: Some("2026-07-01".into()),
            algorithm: None,
            entries: Vec::new(),
            number: Some(1),
            authority_key_id: issuer.subject_key_id().map(<[u8]>::to_vec),
            extensions: Vec::new(),
            signature: SignatureValue::Good,
        }
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The PEM block `X509 CRL`.
    pub fn pem(&self) -> String {
        pem("X509 CRL", &self.der)
    }
}

/// A revocation list in the making.
#[derive(Clone)]
pub struct CrlBuilder {
    issuer: Name,
    key: Key,
    version: Option<u8>,
    this_update: Time,
    next_update: Option<Time>,
    algorithm: Option<SignatureAlgorithm>,
    entries: Vec<CrlEntry>,
    number: Option<u64>,
    authority_key_id: Option<Vec<u8>>,
    extensions: Vec<Extension>,
    signature: SignatureValue,
}

impl CrlBuilder {
    /// Revokes `cert` on `date` without a reason.
    #[must_use]
    pub fn revoke(self, cert: &Cert, date: impl Into<Time>) -> Self {
        self.entry(CrlEntry::new(cert.serial(), date))
    }

    /// Revokes `cert` on `date` for `reason`.
    #[must_use]
    pub fn revoke_for(self, cert: &Cert, date: impl Into<Time>, reason: Reason) -> Self {
        self.entry(CrlEntry::new(cert.serial(), date).reason(reason))
    }

    /// Adds an entry.
    #[must_use]
    pub fn entry(mut self, entry: CrlEntry) -> Self {
        self.entries.push(entry);
        self
    }

    /// Adds many entries.
    #[must_use]
    pub fn entries(mut self, entries: impl IntoIterator<Item = CrlEntry>) -> Self {
        self.entries.extend(entries);
        self
    }

    /// Adds `count` entries with the serial numbers `from`, `from + 1`, ..., without reasons.
    #[must_use]
    pub fn many(self, from: u64, count: u64) -> Self {
        let serial = |n: u64| asn1::unsigned_content(&n.to_be_bytes());
        self.entries((from..from + count).map(|n| CrlEntry::new(&serial(n), "2026-04-01")))
    }

    /// Sets both dates; `None` leaves nextUpdate out.
    #[must_use]
    pub fn dates(mut self, this_update: impl Into<Time>, next_update: Option<&str>) -> Self {
        self.this_update = this_update.into();
        self.next_update = next_update.map(Time::from);
        self
    }

    /// Makes it version 1: no version field, no extensions.
    #[must_use]
    pub fn v1(mut self) -> Self {
        self.version = None;
        self.number = None;
        self.authority_key_id = None;
        self
    }

    /// Sets the version field as encoded (1 means version 2), or leaves it out.
    #[must_use]
    pub fn version(mut self, encoded: Option<u8>) -> Self {
        self.version = encoded;
        self
    }

    /// Sets or removes the CRL number.
    #[must_use]
    pub fn number(mut self, number: Option<u64>) -> Self {
        self.number = number;
        self
    }

    /// Makes it a delta to the list with the number `base`.
    #[must_use]
    pub fn delta(self, base: u64) -> Self {
        self.extension(oid::DELTA_CRL_INDICATOR, true, asn1::integer(base))
    }

    /// Adds the issuing distribution point, critical.
    #[must_use]
    pub fn issuing_distribution_point(self, point: &IssuingDistributionPoint) -> Self {
        self.extension(oid::ISSUING_DISTRIBUTION_POINT, true, point.der())
    }

    /// Sets or removes the authority key identifier.
    #[must_use]
    pub fn authority_key_id(mut self, id: Option<&[u8]>) -> Self {
        self.authority_key_id = id.map(<[u8]>::to_vec);
        self
    }

    /// Adds any extension.
    #[must_use]
    pub fn extension(mut self, oid: &str, critical: bool, value: Vec<u8>) -> Self {
        self.extensions.push(Extension::new(oid, critical, value));
        self
    }

    /// Names another issuer than the signing certificate's subject.
    #[must_use]
    pub fn issuer(mut self, name: impl Into<Name>) -> Self {
        self.issuer = name.into();
        self
    }

    /// Signs with another key than the issuer's.
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.key = key;
        self
    }

    /// Signs with another algorithm than the key's usual one.
    #[must_use]
    pub fn algorithm(mut self, algorithm: SignatureAlgorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// Flips a bit of the signature.
    #[must_use]
    pub fn corrupt_signature(mut self) -> Self {
        self.signature = SignatureValue::Corrupt;
        self
    }

    /// Signs and finishes the list.
    pub fn sign(&self) -> Crl {
        let algorithm = self.algorithm.unwrap_or_else(|| self.key.usual_algorithm());
        let identifier = algorithm.identifier();
        let mut parts = Vec::new();
        parts.extend(self.version.map(|version| asn1::integer(u64::from(version))));
        parts.extend([identifier.clone(), self.issuer.der(), self.this_update.der()]);
        parts.extend(self.next_update.as_ref().map(Time::der));
        if !self.entries.is_empty() {
            parts.push(asn1::sequence(&self.entries.iter().map(CrlEntry::der).collect::<Vec<_>>()));
        }
        let extensions = self.all_extensions();
        if !extensions.is_empty() {
            let encoded: Vec<Vec<u8>> = extensions.iter().map(Extension::der).collect();
            parts.push(asn1::context(0, &asn1::sequence(&encoded)));
        }
        let list = asn1::sequence(&parts);
        let signature = self.signature.of(algorithm, &self.key, &list);
        Crl { der: asn1::sequence(&[list, identifier, asn1::bit_string(&signature)]) }
    }

    fn all_extensions(&self) -> Vec<Extension> {
        let mut all = Vec::new();
        let key_id = self.authority_key_id.as_deref();
        all.extend(
            key_id
                .map(|id| extension::authority_key_id(Some(id), None, None))
                .map(|value| Extension::new(oid::AUTHORITY_KEY_ID, false, value)),
        );
        all.extend(self.number.map(|n| Extension::new(oid::CRL_NUMBER, false, asn1::integer(n))));
        all.extend(self.extensions.iter().cloned());
        all
    }
}
