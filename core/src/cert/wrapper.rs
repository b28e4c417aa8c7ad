//! What stands around the signed part of a certificate.
//!
//! No signature covers these bytes, and the parser is lenient with their tags. Held to the letter, one certificate has
//! one encoding, and so one fingerprint.

const SEQUENCE: u8 = 0x30;
const OBJECT_IDENTIFIER: u8 = 0x06;
const BIT_STRING: u8 = 0x03;

/// Whether `der` is `SEQUENCE { signed part, SEQUENCE { OID, ... }, BIT STRING }` with the DER's own tags (RFC 5280
/// section 4.1.1). `signed_end` is where the signed part ends; it has been read already.
pub(super) fn is_der(der: &[u8], signed_end: usize) -> bool {
    let read = || {
        let (algorithm, rest) = tagged(der.get(signed_end..)?, SEQUENCE)?;
        let (oid, _) = tagged(algorithm, OBJECT_IDENTIFIER)?;
        // How many bits of the signature are unused is for the check of the signature: validators differ there.
        let (_, after) = tagged(rest, BIT_STRING)?;
        // X.690 section 8.19.2: the last octet of an identifier has its highest bit clear.
        let whole_oid = oid.last().is_some_and(|last| last & 0x80 == 0);
        Some(whole_oid && after.is_empty())
    };
    der.first() == Some(&SEQUENCE) && read() == Some(true)
}

/// The content of the first element of `bytes` if it has this tag, and what follows it.
fn tagged(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let [found, first, rest @ ..] = bytes else { return None };
    let (length, rest) = match first {
        0..0x80 => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (octets.iter().fold(0, |length, octet| length << 8 | usize::from(*octet)), rest)
        }
        // Indefinite and absurd lengths are not DER.
        0x80 | 0x85.. => return None,
    };
    (*found == tag).then(|| rest.split_at_checked(length)).flatten()
}

#[cfg(test)]
mod tests {
    use crate::Certificate;

    #[test]
    fn no_byte_around_the_signed_part_may_differ_but_the_count_of_unused_bits() {
        let root = Certificate::from_pem(include_bytes!("../../../tests/data/vmca-root.pem")).expect("a certificate");
        let signature = root.signed_parts().signature;
        let end = root.der().len() - signature.len();
        let signed = root.signed_parts().message.len();
        let header = end - root.der()[..end].iter().rev().position(|byte| *byte == 0x30).map_or(0, |back| back + 1);
        assert!(header > signed);
        for position in [0].into_iter().chain(header..end - 1) {
            for change in 1..=255 {
                let mut der = root.der().to_vec();
                der[position] ^= change;
                let agrees = |read: &Certificate| read.signature_algorithm() == read.inner_signature_algorithm();
                let read = Certificate::from_der(&der).ok().filter(agrees);
                assert!(read.is_none(), "byte {position} changed by {change:#x}");
            }
        }
    }
}
