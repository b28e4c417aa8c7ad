//! Reading what administrators have: every shape, what is wrong in it, and nothing lost.

mod corpus;
mod damage;
mod field;
mod in_use;
mod keys;
mod lint;
mod listings;
mod pasted;
pub(crate) mod samples;
mod told;
mod trust_settings;

use vitrust::store::{Reading, Shape, StoreError, read, sniff};
use vitrust::{Pool, TrustStore};
use vitrust_factory::pkcs7::{pkcs7_pem, pkcs7_with_crls};
use vitrust_factory::{Crl, vsphere};

use samples::{reading, root};

fn reasons(reading: &Reading) -> Vec<(Option<u32>, &str)> {
    reading.unreadable.iter().map(|block| (block.place.line, block.reason.as_str())).collect()
}

#[test]
fn a_bundle_with_text_crlf_and_a_mark_reads_with_its_lines() {
    let text = format!("\u{feff}subject=CN=CA\n\n{}\nbetween\n{}", root(1).pem(), root(2).pem()).replace('\n', "\r\n");
    let reading = reading(text.as_bytes(), Shape::Pem);
    let lines: Vec<_> = reading.certificates.iter().map(|found| found.place.line).collect();
    let second = u32::try_from(text.lines().count() - root(2).pem().lines().count() + 1).expect("short");
    assert_eq!((lines, reasons(&reading)), (vec![Some(3), Some(second)], vec![]));
    assert_eq!(reading.certificates[0].value.sha1().to_string(), root(1).sha1());
}

#[test]
fn what_windows_powershell_redirects_reads() {
    for big in [false, true] {
        let text = format!("\u{feff}{}", root(1).pem());
        let bytes: Vec<u8> =
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        assert_eq!(reading(&bytes, Shape::Pem).certificates.len(), 1);
        let cut = reading(&bytes[..bytes.len() - 1], Shape::Pem);
        assert!(reasons(&cut).iter().any(|(_, reason)| reason.contains("UTF-16")));
    }
}

#[test]
fn crls_trusted_certificates_and_bags_read_inside_a_bundle() {
    let crl = Crl::of(&root(1)).sign();
    let mut trusted = root(1).der().to_vec();
    trusted.extend([0x30, 0x02, 0x0c, 0x00]);
    let trusted = vitrust::pem::encode("TRUSTED CERTIFICATE", &trusted);
    let text = format!("{trusted}{}{}", crl.pem(), pkcs7_pem(&[&root(2), &root(3)]));
    let reading = reading(text.as_bytes(), Shape::Pem);
    assert_eq!((reading.certificates.len(), reading.crls.len(), reasons(&reading)), (3, 1, vec![]));
    assert_eq!(reading.certificates[0].value.der(), root(1).der());
}

#[test]
fn a_certificate_that_openssl_was_told_to_reject_is_no_anchor() {
    // `openssl x509 -addtrust clientAuth -addreject serverAuth` appends these settings.
    let settings =
        b"\x30\x18\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02\xa0\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01";
    let rejected = [root(1).der(), settings].concat();
    let damaged = [root(3).der(), b"\x30\x18\xa0"].concat();
    let block = |der: &[u8]| vitrust::pem::encode("TRUSTED CERTIFICATE", der);
    let text = block(&rejected) + &block(&damaged) + &root(2).pem();
    let store = TrustStore::from_pem(text.as_bytes(), "trusted.pem").expect("readable");
    let held: Vec<_> = store.anchors().iter().map(|anchor| anchor.certificate.sha1().to_string()).collect();
    assert_eq!(held, [root(2).sha1()]);
    let said: Vec<_> = store.unreadable().iter().map(|block| block.reason.as_str()).collect();
    assert!(said[0].contains("its OpenSSL trust settings reject it for servers"), "{said:?}");
    assert!(said[1].contains("its OpenSSL trust settings do not read"), "{said:?}");
}

#[test]
fn damaged_and_foreign_blocks_are_reported_and_hide_nothing() {
    let good = root(1).pem();
    let bad = "-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n";
    let no_certificate = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n";
    let secret = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n";
    let request = "-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQE=\n-----END CERTIFICATE REQUEST-----\n";
    let open = "-----BEGIN CERTIFICATE-----\nAAAA\n";
    let text = format!("{bad}{no_certificate}{secret}{request}{open}{good}");
    let reading = reading(text.as_bytes(), Shape::Pem);
    assert_eq!(reading.certificates.len(), 1);
    let found = reasons(&reading);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 4, 7, 10, 13].map(Some));
    for (wanted, (_, reason)) in
        ["base64", "certificate", "private key", "CERTIFICATE REQUEST", "end"].iter().zip(&found)
    {
        assert!(reason.contains(wanted), "{reason}");
    }
    assert!(!format!("{:?}", reading.unreadable).contains("c2VjcmV0"), "a key's content is never repeated");
    assert_eq!(reading.unreadable[0].to_string(), "input line 1: the block is not valid base64");
}

#[test]
fn der_and_bags_are_told_by_their_bytes() {
    assert_eq!(reading(root(1).der(), Shape::Der).certificates.len(), 1);
    let crl = Crl::of(&root(1)).sign();
    assert_eq!(reading(crl.der(), Shape::Der).crls.len(), 1);
    let bag = pkcs7_with_crls(&[&root(1), &root(2)], &[&crl]);
    let found = reading(&bag, Shape::Pkcs7);
    assert_eq!((found.certificates.len(), found.crls.len(), reasons(&found)), (2, 1, vec![]));
    assert_eq!(reading(pkcs7_pem(&[&root(1)]).as_bytes(), Shape::Pkcs7).certificates.len(), 1);
    // `certutil -encode` labels a bag CERTIFICATE.
    let labelled = vitrust::pem::encode("CERTIFICATE", &bag);
    assert_eq!(reading(labelled.as_bytes(), Shape::Pem).certificates.len(), 2);
}

#[test]
fn copies_are_parsed_once_and_counted() {
    let text = root(1).pem().repeat(3);
    let mut pool = Pool::new();
    let reading = read(text.as_bytes(), "castore.pem", &mut pool).expect("readable");
    assert_eq!((reading.certificates.len(), pool.len()), (3, 1));
    let store = TrustStore::from_castore(text.as_bytes(), "castore.pem").expect("readable");
    assert_eq!((store.len(), store.copies().len()), (1, 2));
}

#[test]
fn an_input_without_anything_is_an_error_that_says_what_was_looked_for() {
    for text in [&b""[..], b"nothing here\n", b"\xff\xfe", b"\xef\xbb\xbf"] {
        assert!(matches!(read(text, "x", &mut Pool::new()), Err(StoreError::NothingFound { .. })), "{text:?}");
        assert_eq!(sniff(text), Shape::Unknown);
    }
    let error = TrustStore::from_pem(b"nothing", "roots.pem").expect_err("nothing in it");
    assert_eq!(error.to_string(), "roots.pem: nothing found; looked for PEM blocks");
    assert!(matches!(read(b"{\"a\":", "x", &mut Pool::new()), Err(StoreError::Malformed { form: "JSON", .. })));
    let deep = "[".repeat(100_000);
    assert!(matches!(read(deep.as_bytes(), "x", &mut Pool::new()), Err(StoreError::Malformed { form: "JSON", .. })));
    let large = vec![b' '; vitrust::store::MAXIMUM_INPUT + 1];
    assert!(matches!(read(&large, "x", &mut Pool::new()), Err(StoreError::TooLarge { .. })));
}

#[test]
fn an_sms_certificate_without_extensions_reads() {
    let sms = vsphere::sms_self_signed(1_650_111_735, 4);
    assert_eq!(reading(sms.pem().as_bytes(), Shape::Pem).certificates[0].value.version(), 3);
}
