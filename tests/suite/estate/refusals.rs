//! Estates as JSON that are refused, with the place and without repeating a secret.

use serde_json::json;
use vitrust::Estate;
use vitrust::estate::EstateReader;
use vitrust_factory::vsphere;

use super::lab::Lab;

fn refused(text: &str) -> String {
    Estate::from_json(text.as_bytes()).expect_err(text).to_string()
}

fn with_vcenter(vcenter: serde_json::Value) -> String {
    json!({ "schema": "vitrust-estate/1", "vcenters": [vcenter] }).to_string()
}

#[test]
fn a_private_key_is_refused_with_its_place_and_never_repeated() {
    let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHX4\n-----END PRIVATE KEY-----\n";
    let list = with_vcenter(json!({ "name": "a", "machine_ssl": { "certificates": [key] } }));
    let other = with_vcenter(json!({ "name": "a", "version": key }));
    for (text, place) in [(list, "vcenters[0].machine_ssl.certificates[0]"), (other, "vcenters[0].version")] {
        let said = refused(&text);
        assert!(said.starts_with(place) && !said.contains("MC4CAQ"), "{said}");
    }
}

#[test]
fn only_the_kind_of_block_that_belongs_there_is_taken() {
    let root = vsphere::vmca_root("vc01.lab.example", 0).pem();
    let bag = "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n";
    let crls = with_vcenter(json!({ "name": "a", "trusted_roots": { "crls": [root] } }));
    assert!(refused(&crls).starts_with("vcenters[0].trusted_roots.crls[0]: line 1"), "{}", refused(&crls));
    let chain = with_vcenter(json!({ "name": "a", "machine_ssl": { "certificates": [bag] } }));
    assert!(refused(&chain).contains("does not belong here"));
    let two = with_vcenter(json!({ "name": "a", "vmca_root": { "certificate": root.clone() + &root } }));
    assert_eq!(refused(&two), "vcenters[0].vmca_root.certificate: 2 PEM blocks where one certificate belongs");
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    for text in [
        r#"{"schema": "vitrust-estate/1", "vcenters": [], "vcenters": []}"#,
        r#"{"vcenters": [{"name": "a", "sms": {"others": {"x": {"certificates": []}, "x": {"certificates": []}}}}]}"#,
    ] {
        assert!(refused(text).contains("occurs twice"), "{}", refused(text));
    }
}

#[test]
fn what_is_no_object_of_an_estate_is_refused() {
    for text in ["{}", "[]", r#"["vitrust-estate/1"]"#, r#""x""#, "7", "null", r#"{"certificates": {}}"#] {
        assert!(refused(text).starts_with("not an estate"), "{text}");
    }
    assert!(Estate::from_json(br#"{"vcenters": []}"#).is_ok());
}

#[test]
fn more_lines_than_certificates_are_refused() {
    let text = with_vcenter(json!({ "name": "a", "hosts": [{ "name": "h", "castore": { "lines": [1] } }] }));
    assert_eq!(refused(&text), "vcenters[0].hosts[0].castore.lines: 1 lines for 0 certificates");
}

#[test]
fn utf_16_and_byte_order_marks_are_read() {
    let estate = Lab::healthy().estate;
    let text = estate.to_json();
    let utf_16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(Estate::from_json(&utf_16).expect("UTF-16"), estate);
    assert_eq!(Estate::from_json(format!("\u{feff}{text}").as_bytes()).expect("a mark"), estate);
    assert!(Estate::from_json(&utf_16[..utf_16.len() - 1]).is_err());
    // A lone file of any name is known by its content, in either encoding.
    for bytes in [text.as_bytes(), &utf_16] {
        let mut reader = EstateReader::new("lab");
        reader.add_alone("export.json", bytes);
        assert_eq!(reader.finish().vcenters, estate.vcenters);
    }
}
