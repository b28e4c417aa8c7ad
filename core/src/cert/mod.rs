//! Layer 1: certificates and CRLs as values.
//!
//! A [`Certificate`] owns its DER and the fields of RFC 5280 section 4 read from it; it is cheap to clone and equal by
//! content. A [`Crl`] is the same for section 5. A [`Pool`] keeps each distinct certificate once. Everything is read to its
//! end, and each form that is not DER is told; nothing here verifies a signature, knows the time or decides whether a
//! certificate is good.

mod certificate;
mod crl;
mod crl_list;
pub(crate) mod der;
mod describe;
mod distribution_point;
mod error;
mod extension;
mod extension_value;
mod general_name;
mod key;
mod name;
mod name_constraints;
mod oid;
mod pool;
mod prepare;
mod record;
mod short_name;
mod strength;
mod trust_settings;

pub(crate) use certificate::MAXIMUM_CERTIFICATE;
pub use certificate::{Certificate, SignedParts};
pub use crl::{Crl, CrlExtensions, RevokedEntry};
pub use der::{Fault, Rule, Rules};
pub use distribution_point::{
    DistributionPoint, DistributionPoints, IssuingDistributionPoint, PointName, RelativeName,
};
pub use error::CertificateError;
pub use extension::{AuthorityKeyId, BasicConstraints, Extensions, KeyUsage, NameConstraints, PolicyConstraints};
pub use general_name::{GeneralName, GeneralNames};
pub use key::{AlgorithmIdentifier, KeyKind, PublicKeyInfo};
pub use name::DistinguishedName;
pub use oid::Oid;
pub use pool::{CertificateId, Pool};
pub use record::{CertificateFields, CrlFields};
pub use short_name::short_name;
pub(crate) use short_name::{is_name_of_many, readable, readable_but};
