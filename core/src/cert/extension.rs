//! The extensions of RFC 5280 section 4.2 that path verification decides by.

use hashbrown::HashSet;
use x509_parser::extensions::{ParsedExtension, X509Extension};

use super::certificate::serial_bytes;
use super::distribution_point::distribution_points;
pub use super::distribution_point::{DistributionPoint, IssuingDistributionPoint, PointName, RelativeName};
use super::name_constraints::name_constraints;
use super::{DistinguishedName, GeneralName, Oid};
use crate::thumbprint::KeyId;

/// The extensions of one certificate; what is absent is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Basic constraints (4.2.1.9).
    pub basic_constraints: Option<BasicConstraints>,
    /// Key usage (4.2.1.3).
    pub key_usage: Option<KeyUsage>,
    /// Extended key usage (4.2.1.12): the purposes' object identifiers.
    pub extended_key_usage: Option<Vec<Oid>>,
    /// Subject alternative names (4.2.1.6).
    pub subject_alternative_names: Option<Vec<GeneralName>>,
    /// Name constraints (4.2.1.10).
    pub name_constraints: Option<NameConstraints>,
    /// Certificate policies (4.2.1.4): the policies' object identifiers.
    pub certificate_policies: Option<Vec<Oid>>,
    /// Policy mappings (4.2.1.5): issuer domain policy, subject domain policy.
    pub policy_mappings: Vec<(Oid, Oid)>,
    /// Policy constraints (4.2.1.11).
    pub policy_constraints: Option<PolicyConstraints>,
    /// Inhibit anyPolicy (4.2.1.14): how many more certificates may use it.
    pub inhibit_any_policy: Option<u32>,
    /// Subject key identifier (4.2.1.2).
    pub subject_key_id: Option<KeyId>,
    /// Authority key identifier (4.2.1.1).
    pub authority_key_id: Option<AuthorityKeyId>,
    /// CRL distribution points (4.2.1.13).
    pub crl_distribution_points: Vec<DistributionPoint>,
    /// Critical extensions this library does not process.
    pub unknown_critical: Vec<Oid>,
    /// Extensions that occur more than once; RFC 5280 section 4.2 forbids it.
    pub duplicates: Vec<Oid>,
    /// Extensions whose value is not of their type.
    pub malformed: Vec<Oid>,
    /// The recognised extensions that are marked critical.
    pub critical: Vec<Oid>,
}

/// Basic constraints (RFC 5280 section 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    /// The subject is a CA.
    pub ca: bool,
    /// How many non-self-issued intermediates may follow.
    pub path_length: Option<u32>,
}

/// Key usage bits (RFC 5280 section 4.2.1.3); bit 0 is `digitalSignature`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(pub u16);

impl KeyUsage {
    /// `keyCertSign`, bit 5.
    #[must_use]
    pub const fn certificate_sign(self) -> bool {
        self.0 >> 5 & 1 == 1
    }

    /// `cRLSign`, bit 6.
    #[must_use]
    pub const fn crl_sign(self) -> bool {
        self.0 >> 6 & 1 == 1
    }

    /// `keyEncipherment`, bit 2.
    #[must_use]
    pub const fn key_encipherment(self) -> bool {
        self.0 >> 2 & 1 == 1
    }

    /// `keyAgreement`, bit 4.
    #[must_use]
    pub const fn key_agreement(self) -> bool {
        self.0 >> 4 & 1 == 1
    }

    /// `digitalSignature`, bit 0.
    #[must_use]
    pub const fn digital_signature(self) -> bool {
        self.0 & 1 == 1
    }

    /// The RFC's names of the bits that are set.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        const NAMES: [&str; 9] = [
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly",
        ];
        NAMES.iter().enumerate().filter(|(bit, _)| self.0 >> bit & 1 == 1).map(|(_, name)| *name).collect()
    }
}

/// Name constraints (RFC 5280 section 4.2.1.10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// A name of a form listed here must lie in one of these subtrees.
    pub permitted: Vec<GeneralName>,
    /// No name may lie in one of these subtrees.
    pub excluded: Vec<GeneralName>,
}

/// Policy constraints (RFC 5280 section 4.2.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// After how many certificates an acceptable policy is required.
    pub require_explicit_policy: Option<u32>,
    /// After how many certificates policies are no longer mapped.
    pub inhibit_policy_mapping: Option<u32>,
}

/// Authority key identifier (RFC 5280 section 4.2.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityKeyId {
    /// The issuer's key identifier.
    pub key_id: Option<KeyId>,
    /// The name of the issuer's issuer.
    pub issuer: Option<DistinguishedName>,
    /// The serial number of the issuer's certificate, as in [`Certificate::serial_number`](super::Certificate).
    pub serial_number: Option<Box<[u8]>>,
}

const NAME_CONSTRAINTS: &str = "2.5.29.30";
const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";

impl Extensions {
    pub(crate) fn from_parsed(parsed: &[X509Extension<'_>]) -> Self {
        let mut out = Self::default();
        let mut seen = HashSet::with_capacity(parsed.len());
        for extension in parsed {
            let oid = Oid::from(&extension.oid);
            if seen.insert(extension.oid.as_bytes()) {
                out.add(extension, &oid);
            } else if out.duplicates.last() != Some(&oid) {
                out.duplicates.push(oid);
            }
        }
        out
    }

    fn add(&mut self, extension: &X509Extension<'_>, oid: &Oid) {
        let known = match extension.parsed_extension() {
            ParsedExtension::BasicConstraints(value) => {
                self.basic_constraints =
                    Some(BasicConstraints { ca: value.ca, path_length: value.path_len_constraint });
                true
            }
            ParsedExtension::KeyUsage(value) => {
                self.key_usage = Some(KeyUsage(value.flags));
                true
            }
            ParsedExtension::ExtendedKeyUsage(value) => {
                self.extended_key_usage = Some(purposes(value));
                true
            }
            ParsedExtension::SubjectAlternativeName(value) => {
                self.subject_alternative_names =
                    Some(value.general_names.iter().map(GeneralName::from_parsed).collect());
                true
            }
            _ if *oid == *NAME_CONSTRAINTS => match name_constraints(extension.value) {
                Some(constraints) => {
                    self.name_constraints = Some(constraints);
                    true
                }
                None => {
                    self.malformed.push(oid.clone());
                    return;
                }
            },
            ParsedExtension::SubjectKeyIdentifier(value) => {
                self.subject_key_id = Some(KeyId(value.0.into()));
                // RFC 5280 4.2.1.2 forbids to mark it critical, and every validator takes a critical one for unknown.
                false
            }
            ParsedExtension::AuthorityKeyIdentifier(value) => {
                self.authority_key_id = Some(AuthorityKeyId {
                    key_id: value.key_identifier.as_ref().map(|id| KeyId(id.0.into())),
                    issuer: value.authority_cert_issuer.as_deref().and_then(directory_name),
                    serial_number: value.authority_cert_serial.map(serial_bytes),
                });
                true
            }
            _ if *oid == *CRL_DISTRIBUTION_POINTS => match distribution_points(extension.value) {
                Some(points) => {
                    self.crl_distribution_points = points;
                    true
                }
                None => {
                    self.malformed.push(oid.clone());
                    return;
                }
            },
            ParsedExtension::ParseError { .. } => {
                self.malformed.push(oid.clone());
                return;
            }
            _ => self.add_policy(extension.parsed_extension()) || is_informational(extension.parsed_extension()),
        };
        match (known, extension.critical) {
            (false, true) => self.unknown_critical.push(oid.clone()),
            (true, true) => self.critical.push(oid.clone()),
            (_, false) => (),
        }
    }

    fn add_policy(&mut self, parsed: &ParsedExtension<'_>) -> bool {
        match parsed {
            ParsedExtension::CertificatePolicies(value) => {
                self.certificate_policies = Some(value.iter().map(|policy| Oid::from(&policy.policy_id)).collect());
            }
            ParsedExtension::PolicyMappings(value) => {
                let pair = |m: &x509_parser::extensions::PolicyMapping<'_>| {
                    (Oid::from(&m.issuer_domain_policy), Oid::from(&m.subject_domain_policy))
                };
                self.policy_mappings = value.mappings.iter().map(pair).collect();
            }
            ParsedExtension::PolicyConstraints(value) => {
                self.policy_constraints = Some(PolicyConstraints {
                    require_explicit_policy: value.require_explicit_policy,
                    inhibit_policy_mapping: value.inhibit_policy_mapping,
                });
            }
            ParsedExtension::InhibitAnyPolicy(value) => self.inhibit_any_policy = Some(value.skip_certs),
            _ => return false,
        }
        true
    }

    /// Whether the basic constraints extension is marked critical.
    #[must_use]
    pub fn basic_constraints_critical(&self) -> bool {
        self.critical.iter().any(|oid| *oid == *BASIC_CONSTRAINTS)
    }
}

/// Extensions that inform and never constrain. RFC 5280 4.2.2.1 and 4.2.2.2 forbid to mark the access ones critical,
/// and every validator takes a critical one for unknown.
fn is_informational(parsed: &ParsedExtension<'_>) -> bool {
    matches!(parsed, ParsedExtension::IssuerAlternativeName(_))
}

fn purposes(value: &x509_parser::extensions::ExtendedKeyUsage<'_>) -> Vec<Oid> {
    let named = [
        (value.any, "2.5.29.37.0"),
        (value.server_auth, "1.3.6.1.5.5.7.3.1"),
        (value.client_auth, "1.3.6.1.5.5.7.3.2"),
        (value.code_signing, "1.3.6.1.5.5.7.3.3"),
        (value.email_protection, "1.3.6.1.5.5.7.3.4"),
        (value.time_stamping, "1.3.6.1.5.5.7.3.8"),
        (value.ocsp_signing, "1.3.6.1.5.5.7.3.9"),
    ];
    let mut out: Vec<Oid> = named.iter().filter(|(set, _)| *set).map(|(_, oid)| Oid::from(*oid)).collect();
    out.extend(value.other.iter().map(Oid::from));
    out
}

fn directory_name(names: &[x509_parser::extensions::GeneralName<'_>]) -> Option<DistinguishedName> {
    names.iter().find_map(|name| match GeneralName::from_parsed(name) {
        GeneralName::Directory(name) => Some(name),
        GeneralName::Dns(_)
        | GeneralName::Ip(_)
        | GeneralName::Email(_)
        | GeneralName::Uri(_)
        | GeneralName::Other(_) => None,
    })
}
