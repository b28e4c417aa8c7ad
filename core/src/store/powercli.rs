//! What PowerCLI's `Get-VITrustedCertificate` and `Get-VIMachineCertificate` give, through `ConvertTo-Json` or
//! `Export-Csv`, of Windows PowerShell 5.1 and PowerShell 7.

use super::collect::{Collector, Emptiness};
use super::reading::{IN_USE, MACHINE_SSL, NO_CERTIFICATE};
use super::{DumpedEntry, StoreError, json};
use crate::json::{List, Tree};
use crate::text::has_pem;
use crate::text::text_of;
use crate::time::Time;
use memchr::memmem;

const PEM: &str = "CertificatePEM";

/// JSON with the cmdlets' members.
pub(super) fn is_json(text: &[u8]) -> bool {
    let names: [&[u8]; 3] = [b"\"CertificatePEM\"", b"\"NotValidAfter\"", b"\"TrustedByEntity\""];
    json::is(text) && names.iter().any(|name| memmem::find(text, name).is_some())
}

/// CSV: PowerShell's type line, or a heading with the cmdlets' columns.
pub(super) fn is_csv(text: &[u8]) -> bool {
    let heading = heading(text).1;
    [PEM, "NotValidAfter"].iter().any(|name| memmem::find(heading, name.as_bytes()).is_some())
        && heading.iter().any(|byte| DELIMITERS.contains(byte))
}

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The heading's place and its line: the first line, after a `#TYPE` line.
fn heading(text: &[u8]) -> (usize, &[u8]) {
    let line_end = |from: usize| memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |end| from + end + 1);
    let start = if text.starts_with(b"#TYPE") { line_end(0) } else { 0 };
    (start, &text[start..line_end(start)])
}

/// Reads one object or a list of them.
pub(super) fn read_json(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let value = json::parse(out, text)?;
    let wrapped = value.as_object().and_then(|members| json::member(members, "value"));
    // 5.1 wraps a list that came through the pipeline as { value, Count }.
    let list = value.as_list().or_else(|| wrapped.and_then(Tree::as_list));
    let items = list.map_or_else(|| std::slice::from_ref(&value), |list| &list.items);
    if list.is_some_and(List::is_empty) {
        out.is_empty_because(Emptiness::NothingHere(
            "an empty list of objects: export again while connected to the vCenter",
        ));
    }
    if list.is_some_and(|list| list.is_plain) {
        out.unreadable(None, "no element is an object");
    }
    for (index, item) in items.iter().enumerate() {
        let Some(members) = item.as_object() else {
            out.unreadable(None, format!("element {index} is not an object"));
            continue;
        };
        let of = |name: &str| json::member(members, name).and_then(plain_text);
        out.alias = of("Uid").or_else(|| of("Id")).map(Into::into);
        let before = (out.found(), out.count());
        let entity = json::member(members, "Entity").filter(|_| json::member(members, TRUSTED_BY).is_none());
        let machine = entity.map(|_| of("EntityType"));
        // One certificate alone is a chain of what it was asked of.
        out.store = machine.as_ref().filter(|_| items.len() > 1).map(|_| IN_USE.into());
        json::pem_texts(out, item);
        if let Some(list) = json::member(members, PEM).and_then(Tree::as_list) {
            let no_text = |text: &Tree<'_>| matches!(text, Tree::Plain(_)) || plain_text(text).is_none();
            let other = list.items.iter().enumerate().filter(|(_, text)| no_text(text)).map(|(index, _)| index);
            let other = other.chain(list.is_plain.then_some(0));
            other.for_each(|index| out.unreadable(None, format!("element {index} of {PEM} is not text")));
        }
        if out.found() == before.0 {
            out.store = machine.map(|kind| store_of(kind.as_deref()).into());
            let sha1 = json::member(members, "Certificate").and_then(Tree::as_object);
            let sha1 = sha1.and_then(|certificate| json::text_member(certificate, "Thumbprint")).map(str::to_owned);
            facts(out, None, out.count() > before.1, |name| if name == "Thumbprint" { sha1.clone() } else { of(name) });
        }
    }
    out.whole_input();
    Ok(())
}

/// The member that an object of `Get-VITrustedCertificate` has, and one of `Get-VIMachineCertificate` has not.
pub(super) const TRUSTED_BY: &str = "TrustedByEntity";

/// The store of a machine's certificate of which only facts are there, by the kind of the machine: nobody's anchor.
pub(super) fn store_of(entity_type: Option<&str>) -> &'static str {
    let is_vcenter = entity_type.is_some_and(|kind| kind == "0" || kind.eq_ignore_ascii_case("VCenter"));
    if is_vcenter { MACHINE_SSL } else { IN_USE }
}

/// A member's text. Windows PowerShell 5.1 wraps dates as `{ "value": "/Date(0)/", "DateTime": "..." }`.
fn plain_text(value: &Tree<'_>) -> Option<String> {
    match value {
        Tree::Text(text) => Some(text.to_string()),
        Tree::Plain(text) => Some(text.to_string()).filter(|text| text != "true" && text != "false"),
        Tree::Object(members) => json::text_member(members, "value").map(str::to_owned),
        Tree::Null | Tree::List(_) => None,
    }
}

/// Reads the rows, whatever the delimiter of the administrator's language.
pub(super) fn read_csv(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let (start, heading) = heading(text);
    let often = |delimiter: &u8| heading.iter().filter(|byte| *byte == delimiter).count();
    let delimiter = DELIMITERS.into_iter().max_by_key(often).unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(&text[start..]);
    let names: Vec<String> = rows.byte_headers().map(|row| row.iter().map(text_of).collect()).unwrap_or_default();
    let (mut line, mut counted, mut found) = (1_u32, 0, 0_usize);
    for row in rows.byte_records() {
        found += 1;
        match row {
            Ok(row) => {
                // The reader's own count is one short after CRLF: it places a row before the line feed.
                let begin =
                    row.position().and_then(|at| usize::try_from(at.byte()).ok()).map_or(counted, |at| start + at);
                let begin = begin + text[begin..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                line = line.saturating_add(line_breaks(&text[counted..begin]));
                counted = begin;
                csv_row(out, &row, &names, line);
            }
            Err(error) => out.unreadable(None, format!("a row cannot be read: {error}")),
        }
    }
    out.whole_input();
    if found == 0 {
        out.unreadable(Some(1), "a heading without a row: the export had nothing to write, or was cut off");
    }
    // Quotes come in pairs, those within a field as two; the reader takes an open one to the end of the text.
    if memchr::memchr_iter(b'"', &text[start..]).count() % 2 == 1 {
        out.unreadable(None, "a quote is not closed, so rows may have run together");
    }
    Ok(())
}

fn line_breaks(text: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text).count()).unwrap_or(u32::MAX)
}

fn csv_row(out: &mut Collector<'_>, row: &csv::ByteRecord, names: &[String], line: u32) {
    let of = |name: &str| {
        let column = names.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        row.get(column).filter(|field| !field.is_empty()).map(text_of)
    };
    out.alias = of("Uid").or_else(|| of("Id")).map(Into::into);
    out.store = None;
    let before = (out.found(), out.count());
    if row.len() != names.len() {
        out.unreadable(Some(line), format!("the row has {} cells and the heading {}", row.len(), names.len()));
    }
    // A damaged quote moves the columns, so every field is searched.
    let mut first_line = line;
    for field in row {
        if has_pem(field) {
            out.pem(field, first_line);
        }
        first_line = first_line.saturating_add(line_breaks(field));
    }
    if out.found() == before.0 {
        let is_machine = of("Entity").is_some() && of(TRUSTED_BY).is_none();
        out.store = is_machine.then(|| store_of(of("EntityType").as_deref()).into());
        facts(out, Some(line), out.count() > before.1, of);
    }
}

/// An object without readable PEM still has facts; one without any is reported, unless its PEM already was.
pub(super) fn facts(out: &mut Collector<'_>, line: Option<u32>, reported: bool, of: impl Fn(&str) -> Option<String>) {
    let mut date = |name: &str| {
        let text = of(name)?;
        let time = date(&text).or_else(|| {
            let time = local(&text)?;
            out.unreadable(line, format!("{NO_CERTIFICATE}{name} has no time zone and was read as UTC"));
            Some(time)
        });
        if time.is_none() {
            let reason = format!("{name} is not a date that means the same everywhere: export with `| ConvertTo-Json`");
            out.unreadable(line, reason);
        }
        time
    };
    let (not_before, not_after) = (date("NotValidBefore"), date("NotValidAfter"));
    let entry = DumpedEntry {
        sha1: of("Thumbprint").and_then(|text| text.parse().ok()),
        subject: of("Subject"),
        issuer: of("Issuer"),
        serial_number: of("SerialNumber").map(|text| text.to_ascii_lowercase()),
        not_before,
        not_after,
        ..DumpedEntry::default()
    };
    if entry != DumpedEntry::default() {
        out.dumped(entry, line);
    } else if !reported {
        out.unreadable(line, "the object has no certificate and no facts of one");
    }
}

/// RFC 3339, or `/Date(1700000000000)/` in milliseconds as Windows PowerShell 5.1 writes it.
fn date(text: &str) -> Option<Time> {
    match text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")) {
        Some(milliseconds) => {
            let time = Time::from_unix(milliseconds.parse::<i64>().ok()?.div_euclid(1000));
            // A time that could not be read back from what is written of it is none.
            time.to_string().parse().ok()
        }
        None => text.parse().ok(),
    }
}

/// A date as a culture of Windows prints it, where its numbers have one reading: `20.04.2026 02:00:00`, `4/20/2026 2:00:00 AM`.
fn local(text: &str) -> Option<Time> {
    // No culture writes the month first with dots.
    const DAYS: [&str; 3] = ["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"];
    const CLOCKS: [&str; 5] = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];
    // Newer cultures put a narrow blank before AM and PM.
    let text = text.trim().replace('\u{202f}', " ");
    let forms = DAYS.into_iter().flat_map(|day| CLOCKS.into_iter().map(move |clock| format!("{day}{clock}")));
    let mut readings = forms.filter_map(|form| {
        let read = jiff::fmt::strtime::parse(form, &text).ok()?;
        let clock = read.to_time().unwrap_or_default();
        let date = read.to_date().ok().filter(|date| date.year() >= 1950)?;
        format!("{}Z", date.to_datetime(clock)).parse::<Time>().ok()
    });
    let first = readings.next()?;
    readings.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_both_editions_read() {
        assert_eq!(date("/Date(1767225600000)/"), "2026-01-01".parse().ok());
        assert_eq!(date("/Date(-62167219200000)/"), None, "year 0");
        assert_eq!(date("2026-01-01T02:00:00.1234567+02:00"), "2026-01-01".parse().ok());
        assert_eq!(date("01.02.2026 00:00:00"), None);
    }

    #[test]
    fn a_local_date_reads_where_it_has_one_reading() {
        let day: Option<Time> = "2026-04-20T14:00:00Z".parse().ok();
        for text in ["20.04.2026 14:00:00", "4/20/2026 2:00:00 PM", "20/04/2026 14:00:00", "4/20/2026 2:00 PM"] {
            assert_eq!(local(text), day, "{text}");
        }
        assert_eq!(local("5/5/2026 12:00:00 AM"), "2026-05-05".parse().ok());
        for text in ["4/5/2026 2:00:00 AM", "20.13.2026", "4/20/26", "31/31/2026", "x", ""] {
            assert_eq!(local(text), None, "{text}");
        }
    }
}
