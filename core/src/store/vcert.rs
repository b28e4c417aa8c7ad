//! The "SSL Certificate Report" of Broadcom's vCert: facts of every certificate it knows, without their bytes.

use std::sync::Arc;

use super::collect::Collector;
use super::printed_date::printed_date;
use super::reading::WITHOUT_CERTIFICATES;
use super::{DumpedEntry, StoreError};
use crate::text::{has_any, lines, text_of, value_of};

const TITLE: &str = "SSL Certificate Report";

/// Whether the report's own title stands in the text.
pub(super) fn is(text: &[u8]) -> bool {
    let is_titled = has_any(text, &[TITLE]) && lines(text, 1).any(|line| line.text == TITLE.as_bytes());
    // Of a report without its head the entries show what it is.
    is_titled || (has_any(text, &["|_Is a Certificate Authority:"]) && has_any(text, &["SHA1 Fingerprint:"]))
}

/// Reads every entry: one begins with its issuer, and what it is called stands above.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let mut section: Arc<str> = "vCert".into();
    let mut open: Option<(u32, DumpedEntry)> = None;
    // The heading of a store of which no entry was seen yet.
    let mut headed: Option<(u32, Arc<str>)> = None;
    for line in lines(text, 1) {
        let text = line.text;
        let value = |key: &str| value_of(text, key).filter(|value| !value.is_empty());
        if let Some(issuer) = value("Issuer") {
            close(out, open.take());
            headed = None;
            open = Some((line.number, DumpedEntry { issuer: Some(text_of(issuer)), ..DumpedEntry::default() }));
            continue;
        }
        let heading = heading(text);
        if let Some((store, alias)) = heading {
            close(out, open.take());
            if let Some(store) = store {
                check_heading(out, headed.take());
                section = store.into();
                headed = value_of(text, "Store").is_some().then(|| (line.number, Arc::clone(&section)));
            }
            out.store = Some(Arc::clone(&section));
            out.alias = alias.map(Into::into);
            continue;
        }
        let Some((_, entry)) = &mut open else { continue };
        if let Some(subject) = value("Subject") {
            entry.subject = Some(text_of(subject));
        } else if let Some(date) = value("Not Before") {
            entry.not_before = dated(out, line.number, date);
        } else if let Some(date) = value("Not After") {
            entry.not_after = dated(out, line.number, date);
        } else if let Some(sha1) = value("SHA1 Fingerprint") {
            entry.sha1 = text_of(sha1).parse().ok();
            if entry.sha1.is_none() {
                out.unreadable(
                    Some(line.number),
                    "the fingerprint is not whole, so lines were wrapped or cut: copy the report's own file and not what a window shows",
                );
            }
        } else if let Some(algorithm) = value("Signature Algorithm") {
            entry.signature_algorithm = Some(text_of(algorithm));
        } else if let Some(id) = value("Subject Key Identifier") {
            entry.subject_key_id = text_of(id).parse().ok();
        } else if let Some(id) = text.strip_prefix(b"|_keyid:") {
            entry.authority_key_id = text_of(id).parse().ok();
        } else if let Some(answer) = text.strip_prefix(b"|_Is a Certificate Authority:") {
            entry.is_ca = Some(answer.trim_ascii() == b"Yes");
        }
    }
    // What each entry of a report ends with; older versions have no such line in any.
    let ends = || has_any(text, &["|_Is a Certificate Authority:"]) || !text.ends_with(b"\n");
    let is_cut = open.as_ref().is_some_and(|(_, entry)| entry.is_ca.is_none()) && ends();
    if let Some((line, _)) = open.as_ref().filter(|_| is_cut) {
        out.unreadable(Some(*line), "the report ends within this entry: it is cut off, and more may be missing");
    }
    close(out, open);
    check_heading(out, headed);
    out.whole_input();
    if has_any(text, &[TITLE]) && !lines(text, 1).any(|line| line.text == b"Store: TRUSTED_ROOTS") {
        out.unreadable(None, "the report has no store TRUSTED_ROOTS, which every vCenter has: it is cut off");
    }
    Ok(())
}

/// Tells a store whose heading has no entries, unless that may be so: the rest of it may be missing.
fn check_heading(out: &mut Collector<'_>, headed: Option<(u32, Arc<str>)>) {
    let may_be_empty = |name: &str| name.starts_with("BACKUP_STORE") || WITHOUT_CERTIFICATES.contains(&name);
    if let Some((line, store)) = headed.filter(|(_, store)| !may_be_empty(store)) {
        (out.store, out.alias) = (Some(store), None);
        out.unreadable(
            Some(line),
            "there is nothing below the heading of this store: see whether it has entries, and run vCert again",
        );
    }
}

fn dated(out: &mut Collector<'_>, line: u32, date: &[u8]) -> Option<crate::time::Time> {
    match printed_date(date) {
        Ok(time) => Some(time),
        Err(problem) => {
            out.unreadable(Some(line), problem);
            None
        }
    }
}

fn close(out: &mut Collector<'_>, entry: Option<(u32, DumpedEntry)>) {
    let Some((line, entry)) = entry else { return };
    if entry.not_after.is_none() {
        out.unreadable(Some(line), "the entry does not show when it ends: the report is cut off or damaged");
    }
    if entry.not_after.is_some() || entry.subject.is_some() {
        out.dumped(entry, Some(line));
    }
}

/// The store that a heading begins, and the alias that it gives to what follows.
fn heading(line: &[u8]) -> Option<(Option<String>, Option<String>)> {
    let named = |key: &str| value_of(line, key).map(text_of);
    if let Some(store) = named("Store") {
        return Some((Some(store), None));
    }
    if let Some(alias) = named("Alias").or_else(|| named("CN(id)")).or_else(|| named("Service Principal")) {
        return Some((None, Some(alias)));
    }
    let sections = [
        ("CA Certificates", "VMDIR"),
        ("Service Principal (Solution User) Certificates", "VMDIR service principals"),
        ("Single Sign-On Secure Token Service Certificates", "STS"),
        ("VMware Directory Certificates", "VMDIR"),
        ("VECS Certificates", "VECS"),
    ];
    let text = text_of(line);
    if let Some((_, store)) = sections.iter().find(|(title, _)| *title == text) {
        return Some((Some((*store).to_owned()), None));
    }
    // `TenantCredential-1 Signing Certificate`, `Smart Card CA Certificates` and what else has a title of its own.
    let is_title = !text.contains(':') && (text.ends_with(" Certificate") || text.ends_with(" Certificates"));
    is_title.then(|| match text.strip_suffix(" Certificates") {
        Some(section) => (Some(section.to_owned()), None),
        None => (None, Some(text.trim_end_matches(" Certificate").to_owned())),
    })
}
