//! Words of an input that may stand in a message: what may be the text of a key is left out.
//!
//! A key is a long run of base64. Nothing that a message has to name is one: digests and aliases are hexadecimal, addresses and
//! names have dots, dashes and blanks.

use std::borrow::Cow;

/// The shortest run that is left out, in characters: lines of PEM have 64, those that somebody wrapped have fewer.
const SHORTEST: usize = 40;

/// The text with every run that may belong to a key replaced by its length.
pub(crate) fn discreet(text: &str) -> Cow<'_, str> {
    if !runs(text).any(|run| is_secret(&text[run])) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut copied) = (String::new(), 0);
    for run in runs(text).filter(|run| is_secret(&text[run.clone()])) {
        out.push_str(&text[copied..run.start]);
        out.push_str(&format!("({} characters that are not shown)", run.len()));
        copied = run.end;
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The longest runs of characters that base64 is made of.
fn runs(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let mut position = 0;
    std::iter::from_fn(move || {
        let rest = &text.as_bytes()[position..];
        let start = position + rest.iter().position(is_base64)?;
        let behind = &text.as_bytes()[start..];
        let end = start + behind.iter().position(|byte| !is_base64(byte)).unwrap_or(behind.len());
        position = end;
        Some(start..end)
    })
}

/// Whether a run has capitals, small letters and digits, as long base64 has and no digest.
fn is_secret(run: &str) -> bool {
    let has = |is: fn(&u8) -> bool| run.as_bytes().iter().any(is);
    run.len() >= SHORTEST && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_base64_is_left_out_and_digests_and_addresses_stay() {
        let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCrkO66eaX4hPWA";
        assert_eq!(discreet(&format!("alias {line}: x")), "alias (64 characters that are not shown): x");
        for plain in [
            "d56a355fcfd73f8d34cc0e59fa8412d741e42673",
            "https://esx01.lab.example:9080/version.xml",
            "/VIServer=vsphere.local\\administrator@vc:443/ViMachineCertificate=vc/",
            "0B3D9BEDAE91380E98CA3522D0C5EE3F85DFBE59FF40136DB68BFAF788D7995A",
            "",
        ] {
            assert!(matches!(discreet(plain), Cow::Borrowed(_)), "{plain}");
        }
    }
}
