//! The APIs of vCenter: REST, vim25 and SMS, behind one session that is always closed.
//!
//! A [`Session`] only reads; every call that changes something is in [`changes`]. Structures of the wire stay inside; what comes out are the facts an estate needs, in the
//! words of vim25 and SMS. A fault, which is an answer, is kept apart from no answer.

pub mod calls;
pub mod changes;
mod download;
mod esxi;
mod parallel;
mod records;
mod renewal;
mod session;
mod sms;
mod target;
mod vim;
mod wire;

pub use download::certificate_archive;
pub use esxi::{host_castore, host_store};
pub(in crate::net) use records::DatastoreRecord;
pub use records::{
    About, HostCertificate, HostRecord, HostStore, Missing, Moref, ProviderRecord, SigningCertificates, TlsCertificate,
    TrustedRoot,
};
pub use session::Session;
pub use target::Target;

/// A document as the readers of answers see it.
#[cfg(feature = "fuzzing")]
pub(super) fn read_xml(document: &[u8]) -> Result<impl std::fmt::Debug, impl std::fmt::Debug> {
    wire::xml::parse(document, &super::http::Stop::never())
}
