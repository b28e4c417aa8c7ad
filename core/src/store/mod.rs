//! Layer 2: sets of trust anchors, in every shape admins hold them.
//!
//! A reader turns bytes into a [`Reading`]: what was found, each with its [`Place`], and what could not be read, with
//! place and reason. [`read`] tells the shape by the content. A [`TrustStore`] is a set of trust anchors built from
//! readings and indexed for path building. Nothing here opens a file or verifies a signature.

mod bare;
mod checksts;
mod collect;
mod der;
mod description;
mod diff;
mod dir_cli;
mod download_zip;
mod error;
mod foreign;
mod json;
mod key;
mod keytool;
mod lint;
mod pem_bundle;
mod pkcs7;
mod powercli;
mod powercli_list;
mod printed_date;
mod reading;
mod rest_chain;
mod runs;
mod second;
mod shape;
mod store_loop;
mod tlv;
mod trust_store;
mod vcert;
mod vecs;
mod vecs_dump;
mod whole;

pub use description::{DescribedCertificate, DescribedCrl, DescribedDump, StoreDescription};
pub use diff::{DiffEntry, StoreDiff, diff};
pub use error::StoreError;
pub(crate) use foreign::named;
pub use lint::{LintIssue, LintKind, LintSeverity, lint};
pub(crate) use lint::{crl_severity, has_lasting_name, is_own_alias};
pub use reading::{BareEntry, BareKind, DumpedEntry, Found, Place, Reading, Unreadable};
pub(crate) use reading::{IN_USE, NO_CERTIFICATE, WITHOUT_CERTIFICATES};
pub(crate) use shape::read_sniffed;
pub use shape::{MAXIMUM_INPUT, Shape, read, read_shape, read_vecs, sniff};
pub use trust_store::{Anchor, TRUSTED_ROOTS, TrustStore};
pub(crate) use vecs::EMPTY_ROOTS;
pub use whole::{Presented, WholeError, anchors, chain, crls};
