//! PKCS#7 bags (RFC 5652 section 5.1 without signers), as certificate authorities and Windows hand out chains.
//!
//! The outer structure is walked by hand: a CMS library would parse every certificate itself, and one it refuses would
//! hide all the others. The elements inside go to this library's own certificate reader one by one.

use super::StoreError;
use super::collect::Collector;
use super::tlv::{Element, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, first, tagged};
use crate::text::has_pem;

/// 1.2.840.113549.1.7.2, `id-signedData`.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const SET: u8 = 0x31;
const CONTEXT_0: u8 = 0xa0;
const CONTEXT_1: u8 = 0xa1;

const BEGIN: [&[u8]; 2] = [b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----"];

/// A bag in DER, or PEM text that begins with one.
pub(super) fn is(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    is_signed_data(bytes) || BEGIN.iter().any(|marker| text.starts_with(marker))
}

/// Reads a bag in either form.
pub(super) fn read(out: &mut Collector<'_>, bytes: &[u8]) -> Result<(), StoreError> {
    if is_signed_data(bytes) || !has_pem(bytes) {
        read_der(out, bytes, None);
    } else {
        out.pem(bytes, 1);
    }
    Ok(())
}

/// Whether the bytes begin as a SignedData does.
pub(super) fn is_signed_data(der: &[u8]) -> bool {
    // The outer header has 2 to 6 bytes; a cut or damaged bag must still be seen as one, so its length is not checked.
    let header = match der {
        [SEQUENCE, 0x80, ..] => 2,
        [SEQUENCE, length @ 0x81..=0x84, ..] => 2 + usize::from(length & 0x7f),
        [SEQUENCE, ..] => 2,
        _ => return false,
    };
    der.get(header..)
        .and_then(|rest| rest.strip_prefix(&[OBJECT_IDENTIFIER, 9]))
        .is_some_and(|rest| rest.starts_with(SIGNED_DATA))
}

/// Reads the certificates and CRLs of a SignedData.
pub(super) fn read_der(out: &mut Collector<'_>, der: &[u8], line: Option<u32>) {
    let Some(mut rest) = signed_data(der) else {
        return out.unreadable(line, "not a readable PKCS#7 SignedData in DER");
    };
    let before = out.count();
    while let Some((element, after)) = first(rest) {
        match element.tag {
            CONTEXT_0 => each(out, &element, line, Collector::certificate_der),
            CONTEXT_1 => each(out, &element, line, Collector::crl_der),
            // The signers, which say nothing about the bag.
            _ => (),
        }
        rest = after;
    }
    if !rest.is_empty() {
        out.unreadable(line, "the PKCS#7 structure is cut off or damaged");
    } else if out.count() == before {
        out.unreadable(line, "the PKCS#7 structure holds no certificate and no CRL");
    }
}

/// What follows the encapsulated content: certificates [0], CRLs [1] and signers.
fn signed_data(der: &[u8]) -> Option<&[u8]> {
    let (content_info, _) = tagged(der, SEQUENCE)?;
    let (kind, rest) = tagged(content_info.content, OBJECT_IDENTIFIER)?;
    let (explicit, _) = tagged(rest, CONTEXT_0)?;
    let (signed, _) = tagged(explicit.content, SEQUENCE)?;
    let (_version, rest) = tagged(signed.content, INTEGER)?;
    let (_digests, rest) = tagged(rest, SET)?;
    let (_content, rest) = tagged(rest, SEQUENCE)?;
    (kind.content == SIGNED_DATA).then_some(rest)
}

fn each<'p>(
    out: &mut Collector<'p>,
    set: &Element<'_>,
    line: Option<u32>,
    read: impl Fn(&mut Collector<'p>, &[u8], Option<u32>),
) {
    let mut rest = set.content;
    while let Some((element, after)) = first(rest) {
        read(out, element.whole, line);
        rest = after;
    }
    if !rest.is_empty() {
        out.unreadable(line, "the PKCS#7 structure is cut off or damaged");
    }
}
