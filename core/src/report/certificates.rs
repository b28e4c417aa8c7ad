//! What one file holds: certificates, CRLs, printed entries, and what could not be read.

use super::canvas::Canvas;
use super::page::Page;
use super::style::{Mark, Span, Style};
use crate::cert::{Certificate, CertificateFields, Oid};
use crate::finding::words::count;
use crate::store::{Place, TrustStore};
use crate::time::Time;

/// Draws what a store holds; `name` is what it is called.
#[must_use]
pub fn contents(name: &str, store: &TrustStore, canvas: &Canvas) -> String {
    let mut page = Page::new(*canvas);
    let some = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
    let (crls, bare) = (store.crls().len(), store.without_certificate().len());
    let notes = store.unreadable().iter().filter(|block| block.hides_nothing()).count();
    let hidden = store.unreadable().len() - notes;
    let parts = [
        Some(count(store.len(), "certificate", "certificates")),
        some(store.set_aside().len(), "of other VECS stores"),
        some(store.dumped().len(), "only as a printed dump"),
        (bare > 0).then(|| format!("{} without a certificate", count(bare, "entry", "entries"))),
        (crls > 0).then(|| count(crls, "CRL", "CRLs")),
        some(hidden, "unreadable"),
        (notes > 0).then(|| count(notes, "note", "notes")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mark = match (hidden, store.dumped().len()) {
        (0, 0) => Mark::Good,
        (0, _) => Mark::Open,
        _ => Mark::Bad,
    };
    page.marked(0, mark, [Span::new(name, Style::Strong), format!(": {}", parts.join(", ")).into()]);
    for anchor in store.anchors() {
        certificate(&mut page, &anchor.certificate, &anchor.place);
    }
    for found in store.set_aside() {
        certificate(&mut page, &found.value, &found.place);
    }
    for found in store.dumped() {
        let entry = &found.value;
        head(&mut page, entry.subject.as_deref().unwrap_or("(no subject printed)"), &found.place);
        let issuer = entry.issuer.as_deref().unwrap_or("-");
        page.line(
            4,
            [format!("valid {} to {}, issuer {issuer}", date(entry.not_before), date(entry.not_after)).into()],
        );
    }
    for found in store.crls() {
        let fields = found.value.fields();
        page.line(
            2,
            [
                Span::new("CRL of ", Style::Aside),
                Span::new(fields.issuer, Style::Strong),
                Span::new(format!("  {}", found.place), Style::Aside),
            ],
        );
        let (issued, next) = (date(Some(fields.this_update)), date(fields.next_update));
        page.line(4, [format!("issued {issued}, next {next}, {}", count(fields.entries, "entry", "entries")).into()]);
    }
    for entry in store.without_certificate() {
        page.line(2, [Span::new(entry.to_string(), Style::Aside)]);
    }
    for block in store.unreadable() {
        page.marked(2, Mark::of_block(block.hides_nothing()), [block.to_string().into()]);
    }
    page.finish()
}

fn head(page: &mut Page, subject: &str, place: &Place) {
    page.line(2, [Span::new(subject, Style::Strong), Span::new(format!("  {place}"), Style::Aside)]);
}

fn certificate(page: &mut Page, certificate: &Certificate, place: &Place) {
    let fields: CertificateFields = certificate.fields();
    head(page, &fields.subject, place);
    let kind = if fields.is_ca { "CA" } else { "end-entity" };
    let issuer =
        if certificate.is_self_issued() { "self-issued".to_owned() } else { format!("issuer {}", fields.issuer) };
    let (from, until) = (date(Some(fields.not_before)), date(Some(fields.not_after)));
    page.line(4, [format!("valid {from} to {until}, {kind}, {issuer}").into()]);
    let bits = fields.key_bits.filter(|bits| fields.key_algorithm == "RSA" && *bits > 0);
    let size = bits.map_or_else(String::new, |bits| format!(" {bits}"));
    page.line(4, [format!("{}{size}, {}", fields.key_algorithm, fields.signature_algorithm).into()]);
    page.line(4, [usages(certificate, &fields).into()]);
    if !fields.subject_alternative_names.is_empty() {
        page.line(4, [fields.subject_alternative_names.join(", ").into()]);
    }
    let id = |id: Option<String>| id.unwrap_or_else(|| "-".to_owned());
    let (subject, authority) =
        (fields.subject_key_id.map(|one| one.to_string()), fields.authority_key_id.map(|one| one.to_string()));
    let ids = format!("SKI {}, AKI {}", id(subject), id(authority));
    for aside in [ids, format!("sha1 {}", fields.sha1), format!("sha256 {}", fields.sha256)] {
        page.line(4, [Span::new(aside, Style::Aside)]);
    }
}

/// What a certificate may be used for, as its extensions say.
fn usages(certificate: &Certificate, fields: &CertificateFields) -> String {
    let constraints = certificate.extensions().basic_constraints;
    let constraints = match constraints.map(|constraints| (constraints.ca, constraints.path_length)) {
        None => "none".to_owned(),
        Some((false, _)) => "no CA".to_owned(),
        Some((true, None)) => "CA".to_owned(),
        Some((true, Some(limit))) => format!("CA, path length {limit}"),
    };
    let list = |names: Vec<String>| if names.is_empty() { "empty".to_owned() } else { names.join(", ") };
    let usage = fields.key_usage.as_ref();
    let usage =
        usage.map_or_else(|| "none".to_owned(), |names| list(names.iter().map(|&name| name.to_owned()).collect()));
    let extended = certificate.extensions().extended_key_usage.as_ref();
    let extended = extended.map_or_else(|| "none".to_owned(), |oids| list(oids.iter().map(purpose).collect()));
    format!("basic constraints: {constraints}; key usage: {usage}; extended key usage: {extended}")
}

/// The name of a purpose (RFC 5280 section 4.2.1.12), or its identifier.
fn purpose(oid: &Oid) -> String {
    let known = [
        ("1.3.6.1.5.5.7.3.1", "serverAuth"),
        ("1.3.6.1.5.5.7.3.2", "clientAuth"),
        ("1.3.6.1.5.5.7.3.3", "codeSigning"),
        ("1.3.6.1.5.5.7.3.4", "emailProtection"),
        ("1.3.6.1.5.5.7.3.8", "timeStamping"),
        ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
        ("2.5.29.37.0", "anyExtendedKeyUsage"),
    ];
    let name = known.iter().find(|(known, _)| *known == oid.as_str());
    name.map_or_else(|| oid.to_string(), |(_, name)| (*name).to_owned())
}

/// The date of a time.
fn date(at: Option<Time>) -> String {
    at.map_or_else(|| "-".to_owned(), |at| super::rows::day(&at.to_string()).to_owned())
}
