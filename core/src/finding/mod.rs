//! Layer 5: findings and what they are made of: what is said, of what, on which facts, and by which words.
//!
//! Whoever judges an estate makes them, and so will whoever reads logs. Nothing here judges.

mod evidence;
#[expect(clippy::module_inception, reason = "the room has the name of what is in it")]
mod finding;
pub(crate) mod record;
mod rejections;
mod subject;
pub(crate) mod words;

pub use evidence::Evidence;
pub use finding::{Finding, Findings};
pub use record::{CertificateId, CertificateRecord, TabledCertificate};
pub(crate) use rejections::Numbers;
pub use rejections::{RejectionForm, Rejections};
pub use subject::Subject;
pub use words::ServerNames;
pub(crate) use words::ShortNames;
