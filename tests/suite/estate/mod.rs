//! Estates: their data, how folders become them, and how they are judged.

mod advice;
mod amplify;
mod cases;
mod data;
mod errors;
mod field;
mod folder;
mod folders;
mod judging;
mod known;
pub(crate) mod lab;
mod limited;
mod not_collected;
mod outcomes;
mod public;
mod random;
mod refusals;
mod renewing;
mod scale;
mod sources;
mod unknown_fields;
mod unread;

use vitrust::catalogue::FindingId;

/// Findings whose estates stand with the tests of the matrix and the edges.
pub(crate) fn cases_elsewhere() -> Vec<FindingId> {
    vec![
        FindingId::VcenterRefusesHost,
        FindingId::VcenterRefusesProvider,
        FindingId::HostRefusesVcenter,
        FindingId::HostRefusesSps,
        FindingId::EdgeDisputed,
        FindingId::EdgeOtherName,
        FindingId::RefreshDropsSms,
        FindingId::ChainBeginsWithCa,
        FindingId::PartyNotTrusted,
        FindingId::MatrixNotMutual,
        FindingId::RegeneratedRoot,
        FindingId::PartyHostsNotTrusted,
        FindingId::LinksBreak,
        FindingId::PubliclyTrusted,
    ]
}
