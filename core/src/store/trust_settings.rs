//! OpenSSL's trust settings: what follows the certificate in a `TRUSTED CERTIFICATE` block.
//!
//! `X509_CERT_AUX ::= SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, reject [0] IMPLICIT SEQUENCE OF OBJECT
//! IDENTIFIER OPTIONAL, alias UTF8String OPTIONAL, keyid OCTET STRING OPTIONAL, other [1] ... OPTIONAL }`, as OpenSSL's
//! `x_x509a.c` has it.

use super::tlv::{OBJECT_IDENTIFIER, SEQUENCE, tagged};

/// `reject`, an implicitly tagged sequence.
const REJECT: u8 = 0xa0;

/// The uses that the settings reject a certificate for; empty when there are no settings or they reject none. `None` when
/// the bytes are no settings.
pub(super) fn rejected(settings: &[u8]) -> Option<Vec<String>> {
    if settings.is_empty() {
        return Some(Vec::new());
    }
    let (settings, _) = tagged(settings, SEQUENCE).filter(|(_, rest)| rest.is_empty())?;
    let after_trust = tagged(settings.content, SEQUENCE).map_or(settings.content, |(_, rest)| rest);
    let Some((reject, _)) = tagged(after_trust, REJECT) else {
        // Nothing but a cut list begins as one.
        return (after_trust.first() != Some(&REJECT)).then(Vec::new);
    };
    let (mut uses, mut rest) = (Vec::new(), reject.content);
    while !rest.is_empty() {
        let (identifier, after) = tagged(rest, OBJECT_IDENTIFIER)?;
        uses.push(name(identifier.content));
        rest = after;
    }
    Some(uses)
}

/// The use in words; RFC 5280 section 4.2.1.12 has the identifiers below 1.3.6.1.5.5.7.3.
fn name(identifier: &[u8]) -> String {
    const KEY_PURPOSE: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3];
    const ANY: &[u8] = &[0x55, 0x1d, 0x25, 0];
    match (identifier, identifier.strip_prefix(KEY_PURPOSE)) {
        (ANY, _) => "any use".to_owned(),
        (_, Some([1])) => "servers".to_owned(),
        (_, Some([2])) => "clients".to_owned(),
        (_, Some([3])) => "code signing".to_owned(),
        (_, Some([4])) => "mail".to_owned(),
        (_, Some([8])) => "time stamps".to_owned(),
        (_, Some([9])) => "OCSP".to_owned(),
        _ => format!("the use {}", crate::thumbprint::hex(identifier)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: [u8; 10] = [6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(content.len()).expect("short");
        [&[tag, length], content].concat()
    }

    #[test]
    fn only_the_reject_list_rejects() {
        let trust = element(SEQUENCE, &SERVER);
        let reject = element(REJECT, &SERVER);
        let alias = element(0x0c, b"root");
        let settings = |parts: &[&[u8]]| rejected(&element(SEQUENCE, &parts.concat()));
        assert_eq!(rejected(&[]), Some(vec![]));
        assert_eq!(settings(&[]), Some(vec![]));
        assert_eq!(settings(&[&trust, &alias]), Some(vec![]));
        assert_eq!(settings(&[&trust, &reject, &alias]), Some(vec!["servers".to_owned()]));
        assert_eq!(settings(&[&reject]), Some(vec!["servers".to_owned()]));
    }

    #[test]
    fn damaged_settings_are_not_taken_for_none() {
        let reject = element(REJECT, &SERVER);
        assert_eq!(rejected(&element(SEQUENCE, &reject[..5])), None, "a cut list");
        assert_eq!(rejected(&element(SEQUENCE, &element(REJECT, &[1, 1, 0xff]))), None, "no identifier");
        assert_eq!(rejected(b"junk"), None);
    }
}
