//! Makes every certificate, revocation list and key that the tests, benches and examples use.
//!
//! The factory writes the DER itself, so it can also make what no sane CA would sign: wrong versions,
//! negative serial numbers, duplicate extensions, broken signatures. Everything is byte for byte the same
//! on every run: keys come from fixed files or from a seed number, signatures have no random part.
//!
//! ```
//! use vitrust_factory::{Cert, Key};
//!
//! let root = Cert::ca("CN=CA, DC=vsphere, DC=local, O=vc01").key(Key::p256(1)).self_signed();
//! let server = Cert::end_entity("CN=vc01.lab.example").dns("vc01.lab.example").key(Key::p256(2)).issued_by(&root);
//! assert!(server.pem().starts_with("-----BEGIN CERTIFICATE-----"));
//! ```
//!
//! This crate serves tests only. Wrong arguments (a name that does not parse, an odd OID) panic with a message.

pub mod algorithm;
pub mod asn1;
mod build;
pub mod builder;
pub mod cert;
pub mod crl;
pub mod distribution;
pub mod extension;
pub mod general_name;
pub mod key;
mod key_files;
pub mod name;
pub mod oid;
pub mod pkcs7;
pub mod surgery;
pub mod time;
pub mod vsphere;

pub use algorithm::{Hash, Pss, SignatureAlgorithm};
pub use builder::CertBuilder;
pub use cert::{AuthorityKeyId, Cert, SubjectKeyId, Version};
pub use crl::{Crl, CrlBuilder, CrlEntry, Reason};
pub use distribution::{DistributionPoint, IssuingDistributionPoint};
pub use extension::{Extension, Usage};
pub use general_name::GeneralName;
pub use key::Key;
pub use name::{Attribute, Name, Text};
pub use pkcs7::pkcs7;
pub use surgery::Node;
pub use time::{AT, AT_TEXT, NOT_AFTER, NOT_BEFORE, Time};
