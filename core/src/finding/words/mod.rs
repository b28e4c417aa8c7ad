//! The words people read: made here once, so that the command, Python, C and PowerShell say the same.
//!
//! A finding has its words from the moment it is made; a page of a report (`report`) puts them in columns.

mod names;
mod places;
mod sentences;
mod servers;
mod shortened;

pub(crate) use names::ShortNames;
pub(crate) use places::{MOST, place};
pub(crate) use sentences::{count, days, grouped, listing};

pub(crate) use crate::cert::{readable, readable_but};
pub use servers::ServerNames;
pub(crate) use shortened::shortened;
