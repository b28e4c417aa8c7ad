//! Layer 1: certificates and CRLs as values.
//!
//! A [`Certificate`] owns its DER and the fields of RFC 5280 section 4 read from it; it is cheap to clone and equal by
//! content. A [`Crl`] is the same for section 5. A [`Pool`] keeps each distinct certificate once. Reading is done by
//! x509-parser; nothing here verifies a signature, knows the time or decides whether a certificate is good.

mod certificate;
pub mod crl;
mod crl_list;
mod describe;
mod distribution_point;
pub mod extension;
pub mod name;
mod name_constraints;
mod oid;
pub mod pool;
mod record;
mod trust_settings;
mod wrapper;

pub(crate) use certificate::MAXIMUM_CERTIFICATE;
pub use certificate::{AlgorithmIdentifier, Certificate, CertificateError, KeyKind, PublicKeyInfo, SignedParts};
pub use crl::Crl;
pub use extension::Extensions;
pub use name::{DistinguishedName, GeneralName};
pub use oid::Oid;
pub use pool::{CertificateId, Pool};
pub use record::{CertificateFields, CrlFields};
