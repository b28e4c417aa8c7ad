//! The APIs of vCenter: REST, vim25 and SMS, behind one session that is always closed.
//!
//! A [`Session`] only reads. Structures of the wire stay inside; what comes out are the facts an estate needs, in the
//! words of vim25 and SMS. A fault, which is an answer, is kept apart from no answer.

mod download;
mod fault;
mod records;
mod rest;
mod session;
mod sms;
mod soap;
mod vim;
mod xml;

pub use download::certificate_archive;
pub use records::{About, HostRecord, Missing, Moref, ProviderRecord, TrustedRoot};
pub use session::{Session, Target};
