//! Private keys among certificates: known by what they are, told wherever they stand, and never kept or repeated.

/// How the object identifiers of encrypted keys begin: PKCS#5 and PKCS#12 (RFC 8018 appendix A, RFC 7292 appendix C).
const ENCRYPTED: [&[u8]; 2] =
    [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05], &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c]];
/// The shortest key that there is (Ed25519 in PKCS#8), in characters of base64.
pub(super) const SHORTEST: usize = 60;

/// Whether DER, or the beginning of it, is that of a private key: PKCS#8, PKCS#1, SEC 1, an encrypted one, or a PKCS#12 file, which
/// is made to hold one.
pub(super) fn is_der(der: &[u8]) -> bool {
    let Some(content) = content(der) else { return false };
    match content {
        // A version, and a number, an algorithm or an octet string behind it.
        [0x02, 0x01, 0..=3, 0x02 | 0x30 | 0x04, ..] => true,
        [0x30, _, 0x06, length, id @ ..] => *length >= 8 && ENCRYPTED.iter().any(|begin| id.starts_with(begin)),
        _ => false,
    }
}

/// Whether DER is a PKCS#12 file: version 3, and a content behind it (RFC 7292 section 4).
pub(super) fn is_pkcs12(der: &[u8]) -> bool {
    content(der).is_some_and(|content| content.starts_with(&[0x02, 0x01, 0x03, 0x30]))
}

/// What is inside of the SEQUENCE that begins here.
fn content(der: &[u8]) -> Option<&[u8]> {
    match der {
        [0x30, 0x81, _, rest @ ..] | [0x30, 0x82, _, _, rest @ ..] | [0x30, 0x83, _, _, _, rest @ ..] => Some(rest),
        [0x30, 0..=0x7f, rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Whether base64 begins as a private key's does.
pub(super) fn is_base64(text: &[u8]) -> bool {
    /// Enough for the heads of what is inside.
    const HEAD: usize = 48;
    let head = &text[..text.len().min(HEAD) / 4 * 4];
    text.len() >= SHORTEST
        && head.starts_with(b"M")
        && base64_simd::forgiving_decode_to_vec(head).is_ok_and(|der| is_der(&der))
}

/// Whether a member of an object holds a private key, by its name in any spelling.
pub(super) fn is_name(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    letters.to_ascii_lowercase().contains("privatekey")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_every_form_are_known_and_certificates_are_none() {
        for key in [
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCrkO66eaX4hPWA",
            "MIIEpAIBAAKCAQEArkO66eaX4hPWAn7muvXmgq6u8Lq75NV3pToFQUv9xSVrEf3I",
            "MHcCAQEEIGmC0vG9mKkQ0bR4o3rJ5gJ0bYb4mFzv8w8dQm1pTg3uoAoGCCqGSM49",
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgabcdabcdabcdabcd",
            "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "MIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQIAAAAAAAAAAACAggA",
        ] {
            assert!(is_base64(key.as_bytes()), "{key}");
        }
        for other in ["MIID6TCCAtGgAwIBAgIUMZH3LqXeiRxolcj66+KKR6aawdAwDQYJKoZIhvcNAQEL", "MIIC", ""] {
            assert!(!is_base64(other.as_bytes()), "{other}");
        }
        assert!(is_name("private_key") && is_name("PrivateKey") && !is_name("key_usage"));
    }
}
