//! Puts a certificate together: the TBSCertificate of RFC 5280 4.1, then the signature.

use crate::algorithm::Hash;
use crate::asn1;
use crate::builder::CertBuilder;
use crate::cert::{AuthorityKeyId, Cert, SubjectKeyId, Version};
use crate::extension::{self, Extension};
use crate::general_name::GeneralName;
use crate::key::Key;
use crate::name::Name;
use crate::oid;

/// Who signs: what the new certificate takes over from its issuer.
pub(crate) struct Issuer {
    pub(crate) name: Name,
    pub(crate) key: Key,
    pub(crate) key_id: Option<Vec<u8>>,
    /// Issuer name and serial number of the issuer's own certificate, where there is one.
    pub(crate) own: Option<(Name, Vec<u8>)>,
}

impl From<&Cert> for Issuer {
    fn from(cert: &Cert) -> Self {
        Self {
            name: cert.subject().clone(),
            key: cert.key().clone(),
            key_id: cert.subject_key_id.clone(),
            own: Some((cert.issuer.clone(), cert.serial.clone())),
        }
    }
}

/// Signs `builder`, by itself when there is no issuer.
pub(crate) fn assemble(builder: CertBuilder, issuer: Option<Issuer>) -> Cert {
    let self_signed = issuer.is_none();
    let subject_key_id = match &builder.subject_key_id {
        SubjectKeyId::Auto => Some(builder.key.key_id()),
        SubjectKeyId::Absent => None,
        SubjectKeyId::Bytes(bytes) => Some(bytes.clone()),
    };
    let mut issuer = issuer.unwrap_or_else(|| Issuer {
        name: builder.subject.clone(),
        key: builder.key.clone(),
        key_id: subject_key_id.clone(),
        own: None,
    });
    if let Some(name) = &builder.issuer {
        issuer.name = name.clone();
    }
    let serial = builder.serial.clone().unwrap_or_else(|| serial_for(&builder, &issuer));
    if self_signed {
        issuer.own = Some((issuer.name.clone(), serial.clone()));
    }
    let extensions = all_extensions(&builder, &issuer, subject_key_id.as_deref(), self_signed);
    let algorithm = builder.algorithm.unwrap_or_else(|| issuer.key.usual_algorithm());
    let inner = builder.inner_identifier.clone().unwrap_or_else(|| algorithm.identifier());
    let outer = builder.outer_identifier.clone().unwrap_or_else(|| algorithm.identifier());
    let signed_part = signed_part(&builder, &issuer.name, &serial, inner, &extensions);
    let signature = builder.signature.of(algorithm, &issuer.key, &signed_part);
    let der = asn1::sequence(&[signed_part, outer, asn1::bit_string(&signature)]);
    Cert { der, serial, issuer: issuer.name, subject_key_id, builder }
}

fn signed_part(
    builder: &CertBuilder,
    issuer: &Name,
    serial: &[u8],
    identifier: Vec<u8>,
    extensions: &[Extension],
) -> Vec<u8> {
    let version = |value: u8| asn1::context(0, &asn1::integer(u64::from(value)));
    let mut parts = Vec::new();
    parts.extend(match builder.version {
        Version::V1 => None,
        Version::V2 => Some(version(1)),
        Version::V3 => Some(version(2)),
        Version::Encoded(value) => Some(version(value)),
    });
    parts.extend([
        asn1::tlv(asn1::INTEGER, serial),
        identifier,
        issuer.der(),
        asn1::sequence(&[builder.not_before.der(), builder.not_after.der()]),
        builder.subject.der(),
        builder.key.spki().to_vec(),
    ]);
    for (number, id) in (1..).zip(&builder.unique_ids) {
        parts.extend(id.as_ref().map(|id| asn1::context_primitive(number, &asn1::bit_string_content(id, 0))));
    }
    if !extensions.is_empty() {
        let encoded: Vec<Vec<u8>> = extensions.iter().map(Extension::der).collect();
        parts.push(asn1::context(3, &asn1::sequence(&encoded)));
    }
    asn1::sequence(&parts)
}

fn all_extensions(
    builder: &CertBuilder,
    issuer: &Issuer,
    subject_key_id: Option<&[u8]>,
    self_signed: bool,
) -> Vec<Extension> {
    let mut all = builder.extensions.clone();
    let mut add = |oid: &str, critical: bool, value: Option<Vec<u8>>| {
        all.extend(value.map(|value| Extension::new(oid, critical, value)));
    };
    add(oid::SUBJECT_KEY_ID, false, subject_key_id.map(extension::subject_key_id));
    add(oid::AUTHORITY_KEY_ID, false, authority_key_id(&builder.authority_key_id, issuer, self_signed));
    let alt_names = &builder.alt_names;
    // RFC 5280 4.2.1.6: the extension is critical when the subject is empty.
    let nameless = builder.subject == Name::empty();
    add(oid::SUBJECT_ALT_NAME, nameless, (!alt_names.is_empty()).then(|| extension::alt_name(alt_names)));
    let constrained = !(builder.permitted.is_empty() && builder.excluded.is_empty());
    let constraints = || extension::name_constraints(&builder.permitted, &builder.excluded);
    add(oid::NAME_CONSTRAINTS, true, constrained.then(constraints));
    all.extend(builder.extra.iter().cloned());
    for (oid, critical) in &builder.criticality {
        all.iter_mut().filter(|extension| extension.oid == *oid).for_each(|extension| extension.critical = *critical);
    }
    all
}

fn authority_key_id(wanted: &AuthorityKeyId, issuer: &Issuer, self_signed: bool) -> Option<Vec<u8>> {
    let key_id = issuer.key_id.as_deref();
    let names = issuer.own.as_ref().map(|(name, _)| vec![GeneralName::Directory(name.clone())]);
    let serial = issuer.own.as_ref().map(|(_, serial)| serial.as_slice());
    match wanted {
        AuthorityKeyId::Absent => None,
        AuthorityKeyId::Auto if self_signed => None,
        AuthorityKeyId::Auto | AuthorityKeyId::Always => {
            key_id.map(|id| extension::authority_key_id(Some(id), None, None))
        }
        AuthorityKeyId::KeyId(id) => Some(extension::authority_key_id(Some(id), None, None)),
        AuthorityKeyId::IssuerAndSerial => Some(extension::authority_key_id(None, names.as_deref(), serial)),
        AuthorityKeyId::All => Some(extension::authority_key_id(key_id, names.as_deref(), serial)),
        AuthorityKeyId::Fields(id, issuer, serial) => {
            Some(extension::authority_key_id(id.as_deref(), issuer.as_deref(), serial.as_deref()))
        }
    }
}

/// A positive 16-byte serial number that differs wherever the certificates differ in these four.
fn serial_for(builder: &CertBuilder, issuer: &Issuer) -> Vec<u8> {
    let parts = [
        builder.subject.der(),
        issuer.name.der(),
        builder.key.spki().to_vec(),
        builder.not_before.der(),
        builder.not_after.der(),
    ];
    let mut serial = Hash::Sha256.digest(&parts.concat());
    serial.truncate(16);
    serial[0] = serial[0] & 0x3f | 0x40;
    serial
}
