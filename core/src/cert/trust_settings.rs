//! OpenSSL's trust settings: what follows the certificate in a `TRUSTED CERTIFICATE` block.
//!
//! `X509_CERT_AUX ::= SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, reject [0] IMPLICIT SEQUENCE OF OBJECT
//! IDENTIFIER OPTIONAL, alias UTF8String OPTIONAL, keyid OCTET STRING OPTIONAL, other [1] ... OPTIONAL }`, as OpenSSL's
//! `x_x509a.c` has it. They speak about the certificate as a trust anchor; in a presented chain they mean nothing.

use super::der::{Log, Reader, tag};

/// The fields' tag bytes, in the order in which they must stand.
const FIELDS: [u8; 5] = [TRUST, REJECT, ALIAS, KEY_ID, OTHER];
const TRUST: u8 = 0x30;
const REJECT: u8 = 0xa0;
const ALIAS: u8 = 0x0c;
const KEY_ID: u8 = 0x04;
const OTHER: u8 = 0xa1;

/// `anyExtendedKeyUsage`, 2.5.29.37.0.
const ANY: &[u8] = &[0x55, 0x1d, 0x25, 0];
/// What a trust anchor is asked for here, with its identifier of RFC 5280 section 4.2.1.12.
const USES: [(&str, &[u8]); 2] = [("servers", &[0x2b, 6, 1, 5, 5, 7, 3, 1]), ("clients", &[0x2b, 6, 1, 5, 5, 7, 3, 2])];

/// What the settings say against the certificate as an anchor, to follow "its OpenSSL trust settings"; `None` when they
/// let it be one for servers and for clients alike.
///
/// A list of trusted uses refuses every use that it lacks, and an empty one refuses all; a rejected use counts before a
/// trusted one; in both lists `anyExtendedKeyUsage` stands for every use. OpenSSL 3.0 answers so.
pub(super) fn objection(settings: &[u8]) -> Option<String> {
    if settings.is_empty() {
        return None;
    }
    let Some(Lists { trusted, rejected }) = lists(settings) else { return Some("do not read".to_owned()) };
    let without = |refused: &dyn Fn(&[u8]) -> bool| {
        let uses: Vec<&str> = USES.iter().filter(|(_, use_)| refused(use_)).map(|(name, _)| *name).collect();
        (!uses.is_empty()).then(|| uses.join(" and "))
    };
    if let Some(uses) = without(&|wanted| holds(&rejected, wanted)) {
        return Some(format!("reject it for {uses}"));
    }
    let trusted = trusted?;
    without(&|wanted| !holds(&trusted, wanted)).map(|uses| format!("do not trust it for {uses}"))
}

fn holds(list: &[Box<[u8]>], wanted: &[u8]) -> bool {
    list.iter().any(|identifier| **identifier == *wanted || **identifier == *ANY)
}

struct Lists {
    trusted: Option<Vec<Box<[u8]>>>,
    rejected: Vec<Box<[u8]>>,
}

/// The two lists; `None` when the bytes are no settings.
fn lists(settings: &[u8]) -> Option<Lists> {
    let log = Log::default();
    let mut outside = Reader::new(settings, 0, "trust settings", &log);
    let mut fields = outside.sequence().ok()?;
    outside.finish();
    let mut out = Lists { trusted: None, rejected: Vec::new() };
    let mut expected = FIELDS.as_slice();
    while !fields.is_at_end() {
        let field = fields.element().ok()?;
        let position = expected.iter().position(|other| *other == field.tag)?;
        expected = &expected[position + 1..];
        match field.tag {
            TRUST => out.trusted = Some(identifiers(field.inside())?),
            REJECT => out.rejected = identifiers(field.inside())?,
            _ => (),
        }
    }
    log.is_clean().then_some(out)
}

fn identifiers(mut list: Reader<'_>) -> Option<Vec<Box<[u8]>>> {
    let mut out = Vec::new();
    while !list.is_at_end() {
        let identifier = list.expect(tag::OBJECT_IDENTIFIER).ok()?;
        identifier.oid();
        out.push(identifier.content.into());
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: [u8; 10] = [6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];
    const CLIENT: [u8; 10] = [6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2];
    const ALL: [u8; 6] = [6, 4, 0x55, 0x1d, 0x25, 0];

    fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        [&[tag, u8::try_from(content.len()).expect("short")], content.as_slice()].concat()
    }

    fn said(parts: &[&[u8]]) -> Option<String> {
        objection(&element(TRUST, parts))
    }

    #[test]
    fn both_lists_count_and_the_alias_does_not() {
        let (both, reject) = (element(TRUST, &[&SERVER, &CLIENT]), element(REJECT, &[&SERVER]));
        let alias = element(ALIAS, &[b"root"]);
        let words = |text: &str| Some(text.to_owned());
        assert_eq!(objection(&[]), None);
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[&alias]), None);
        assert_eq!(said(&[&both, &alias]), None);
        assert_eq!(said(&[&element(TRUST, &[&ALL])]), None);
        assert_eq!(said(&[&element(REJECT, &[]), &alias]), None);
        assert_eq!(said(&[&both, &reject, &alias]), words("reject it for servers"));
        assert_eq!(said(&[&both, &element(REJECT, &[&ALL])]), words("reject it for servers and clients"));
        assert_eq!(said(&[&element(TRUST, &[&SERVER])]), words("do not trust it for clients"));
        assert_eq!(said(&[&element(TRUST, &[])]), words("do not trust it for servers and clients"));
    }

    #[test]
    fn damaged_settings_are_not_taken_for_none() {
        let (trust, reject) = (element(TRUST, &[&SERVER]), element(REJECT, &[&SERVER]));
        let damaged = Some("do not read".to_owned());
        assert_eq!(said(&[&reject[..5]]), damaged, "a cut list");
        assert_eq!(said(&[&element(REJECT, &[&[1, 1, 0xff]])]), damaged, "no identifier");
        assert_eq!(said(&[&reject, &trust]), damaged, "the wrong order");
        assert_eq!(said(&[&trust, &trust]), damaged, "a list twice");
        assert_eq!(said(&[&[5, 0]]), damaged, "an unknown field");
        assert_eq!(objection(&[element(TRUST, &[&trust]), vec![5, 0]].concat()), damaged, "more after them");
        assert_eq!(objection(b"junk"), damaged);
    }
}
