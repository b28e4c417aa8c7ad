//! Estates: their data, how folders become them, and how they are judged.

mod cases;
mod data;
mod errors;
mod folder;
mod judging;
pub(crate) mod lab;
mod scale;

use vitrust::catalogue::FindingId;

/// Findings whose estates stand with the tests of the matrix and the edges.
pub(crate) fn cases_elsewhere() -> Vec<FindingId> {
    Vec::new()
}
