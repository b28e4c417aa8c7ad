//! The reader of DER (X.690) under certificates and CRLs: everything is read to its end, and every liberty is written down.
//!
//! One descent serves two readers. People want to see what a damaged or oddly encoded certificate says, so a form that is
//! not DER is read as far as its meaning is plain. A verifier must not judge what it has not read whole, so each such form
//! becomes a [`Fault`] in the [`Log`] of the reading, with its place. Strict DER is a reading without a fault. Nothing may be
//! read past: a value that is skipped, folded or cut short is a fault or an error.

mod element;
mod fault;
mod time;
mod value;
mod whole;

pub(crate) use element::{Element, Reader, Unreadable, parts, tag};
pub(crate) use fault::Log;
pub use fault::{Fault, Rule, Rules};
