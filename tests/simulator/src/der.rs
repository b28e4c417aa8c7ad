//! What OpenSSL, the directory and the services make of parts of a certificate: hashes, digests, names.

use vitrust_factory::{Hash, asn1};

/// The elements inside `der`'s first element: tag, content and the whole element of each.
fn inside(der: &[u8]) -> Vec<(u8, &[u8], &[u8])> {
    let mut rest = element(der).map_or(&[][..], |(_, content, _)| content);
    let mut found = Vec::new();
    while let Some((tag, content, whole)) = element(rest) {
        found.push((tag, content, whole));
        rest = &rest[whole.len()..];
    }
    found
}

fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, first) = (*der.first()?, *der.get(1)?);
    let (header, length) = match first {
        0..=0x7f => (2, usize::from(first)),
        _ => {
            let count = usize::from(first & 0x7f);
            let digits = der.get(2..2 + count).filter(|digits| digits.len() <= 4)?;
            (2 + count, digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)))
        }
    };
    let whole = der.get(..header + length)?;
    Some((tag, &whole[header..], whole))
}

/// The SubjectPublicKeyInfo of a certificate.
pub(crate) fn public_key_info(certificate: &[u8]) -> Option<&[u8]> {
    let signed = inside(certificate).first().map(|(_, _, whole)| *whole)?;
    let fields = inside(signed);
    // The version is a tagged field that version 1 leaves out.
    let version = usize::from(fields.first().is_some_and(|(tag, _, _)| *tag == 0xa0));
    fields.get(version + 5).map(|(_, _, whole)| *whole)
}

/// A name as the services write it: the last part first, commas without blanks (RFC 2253).
pub(crate) fn reversed(name: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in name.split(", ") {
        match parts.last_mut().filter(|last| last.ends_with('\\')) {
            // The comma belonged to a value.
            Some(last) => *last = format!("{last}, {part}"),
            None => parts.push(part.to_owned()),
        }
    }
    parts.reverse();
    parts.join(",")
}

/// OpenSSL's hash of a name, eight hexadecimal digits: the file name of a certificate in a hash directory.
///
/// SHA-1 over the RDNs, each text as UTF8String in lowercase with single blanks, read as a little-endian number.
pub(crate) fn name_hash(name: &[u8]) -> String {
    let canonical: Vec<u8> = inside(name).iter().flat_map(|(_, _, rdn)| canonical_rdn(rdn)).collect();
    let digest = Hash::Sha1.digest(&canonical);
    let number = digest.get(..4).and_then(|first| <[u8; 4]>::try_from(first).ok()).map_or(0, u32::from_le_bytes);
    format!("{number:08x}")
}

fn canonical_rdn(rdn: &[u8]) -> Vec<u8> {
    let attributes: Vec<Vec<u8>> = inside(rdn)
        .iter()
        .map(|(_, _, attribute)| {
            let parts = inside(attribute);
            let kind = parts.first().map_or(&[][..], |(_, _, whole)| *whole).to_vec();
            let value = match parts.get(1) {
                // UTF8String, PrintableString, IA5String and the like.
                Some((0x0c | 0x13 | 0x14 | 0x16 | 0x1a, content, _)) => {
                    let text = String::from_utf8_lossy(content).to_ascii_lowercase();
                    asn1::tlv(0x0c, text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").as_bytes())
                }
                Some((_, _, whole)) => whole.to_vec(),
                None => Vec::new(),
            };
            asn1::sequence(&[kind, value])
        })
        .collect();
    asn1::set_of(&attributes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_written_from_its_end_and_keeps_its_commas() {
        assert_eq!(super::reversed("CN=CA, O=Example\\, Inc., C=US"), "C=US,O=Example\\, Inc.,CN=CA");
        assert_eq!(super::reversed(""), "");
    }
}
