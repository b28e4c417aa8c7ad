//! What `checksts.py` prints: which certificates that STS signs with have ended, and in how many days the others do.

use memchr::memmem;

use super::collect::Collector;
use super::{DumpedEntry, StoreError};
use crate::text::{has_any, lines, text_of};
use crate::time::Time;

const HEADS: [&str; 2] = ["LEAF CERTS:", "ROOT CERTS:"];

/// Whether the text has the heads of the script.
pub(super) fn is(text: &[u8]) -> bool {
    has_any(text, &["VALID CERTS", "EXPIRED CERTS"])
        && lines(text, 1).any(|line| HEADS.iter().any(|head| line.text == head.as_bytes()))
}

/// Reads the entries: those that have ended show their date, the others a number of days from a day that is not known.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let (mut found, mut role) = (0_usize, "LEAF");
    out.store = Some("STS".into());
    for line in lines(text, 1) {
        if line.text.ends_with(b" CERTS:") {
            role = if line.text.starts_with(b"LEAF") { "LEAF" } else { "ROOT" };
        }
        let entry = memmem::find(line.text, b"Certificate").filter(|_| line.text.starts_with(b"["));
        let Some(at) = entry else { continue };
        found += 1;
        let told = text_of(&line.text[at + b"Certificate".len()..]);
        let told = told.trim_start_matches([':', ' ']);
        let thumbprint = told.split_ascii_whitespace().next().unwrap_or_default();
        out.alias = Some(format!("{role} {thumbprint}").into());
        match told.split_once(" expired on ").map(|(_, date)| date_of(date)) {
            Some(Some(not_after)) => {
                let sha1 = thumbprint.parse().ok();
                out.dumped(
                    DumpedEntry { sha1, not_after: Some(not_after), ..DumpedEntry::default() },
                    Some(line.number),
                );
            }
            Some(None) => out.unreadable(Some(line.number), "the date does not read"),
            None => out.unreadable(Some(line.number), NO_END),
        }
    }
    out.alias = None;
    if found == 0 {
        out.unreadable(None, "checksts lists no certificate, and STS always has one: run it again as root");
    }
    Ok(())
}

const NO_END: &str = "checksts says in how many days this certificate ends, but not from which day: export the STS signing \
                      chain (GET /api/vcenter/certificate-management/vcenter/signing-certificate)";

/// `2026-05-20 00:00:00 GMT!`.
fn date_of(text: &str) -> Option<Time> {
    let text = text.trim_end_matches(['!', '.', ' ']);
    let mut words = text.split_ascii_whitespace();
    let (day, clock, zone) = (words.next()?, words.next()?, words.next()?);
    (matches!(zone, "GMT" | "UTC") && words.next().is_none()).then(|| format!("{day}T{clock}Z").parse().ok())?
}
