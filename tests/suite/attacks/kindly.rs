//! What is not DER is shown to people all the same, and refused with a reason that tells it.

use vitrust::Certificate;
use vitrust_factory::{Cert, Key, Node, asn1, oid};
use vitrust_tests::neighbours::Neighbour;

use super::{NEIGHBOURS, verdict};

/// End-entity certificates that no rule of DER allows and that can be read: their fields are all there.
const READABLE: &[&str] = &[
    "unsigned/length-1-octet-more/end-entity",
    "unsigned/algorithm-long-length/end-entity",
    "unsigned/signature-long-length/end-entity",
    "unsigned/unused-bits-1/end-entity",
    "strings/utf8-long-length/end-entity",
    "times/long-length/end-entity",
    "times/utc-without-seconds/not-before",
    "times/generalized-with-fraction/not-before",
    "fields/serial/padded/end-entity",
    "fields/serial/long-length/end-entity",
    "fields/extension/critical-1/end-entity",
    "fields/extension/long-length/end-entity",
    "fields/key/algorithm-long-length/end-entity",
    "fields/signed-part/long-length/end-entity",
    "oids/padded/key-usage/end-entity",
    "oids/long-length/extension/end-entity",
];

/// Values of extensions that cannot be read are told as such, as before.
const MALFORMED: &[&str] = &[
    "extensions/key-usage/unused-bits-8/end-entity",
    "extensions/key-usage/octets/end-entity",
    "extensions/purposes/set/end-entity",
    "extensions/alternative-name/set/end-entity",
    "extensions/constraints/leftover",
];

/// Extensions given twice, with the same identifier.
const REPEATED: &[&str] = &["oids/constraints-twice", "extensions/unknown/twice/end-entity"];

fn neighbour(name: &str) -> &'static Neighbour {
    NEIGHBOURS.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("there is no {name}"))
}

/// A line for each of `names` that is not refused with `code`.
fn without_code(names: &[&str], code: &str) -> Vec<String> {
    let told = |name: &str| match verdict(neighbour(name)) {
        Ok(verdict) => verdict.rejections.iter().map(|one| one.reason.code()).collect::<Vec<_>>().join(" "),
        Err(error) => format!("not read: {error}"),
    };
    let told = names.iter().map(|name| (name, told(name)));
    told.filter(|(_, told)| !told.split(' ').any(|one| one == code))
        .map(|(name, told)| format!("{name}: not told as {code}: {told}"))
        .collect()
}

#[test]
fn what_is_not_der_still_shows_its_subject_and_dates() {
    let control = Certificate::from_der(&neighbour("fields/as-it-was/end-entity").chain[0]).expect("valid DER is read");
    let mut complaints = Vec::new();
    for name in READABLE {
        match Certificate::from_der(&neighbour(name).chain[0]) {
            Ok(read) if read.subject().to_string() != control.subject().to_string() => {
                complaints.push(format!("{name}: the subject is {}", read.subject()));
            }
            Ok(read) if read.not_after() != control.not_after() => {
                complaints.push(format!("{name}: valid until {}", read.not_after()));
            }
            Ok(_) => {}
            Err(error) => complaints.push(format!("{name}: not read: {error}")),
        }
    }
    super::none(&complaints);
}

#[test]
fn what_is_not_der_is_refused_as_such() {
    super::none(&without_code(READABLE, "not-der"));
}

#[test]
fn values_that_do_not_read_and_repeated_extensions_keep_their_codes() {
    let mut complaints = without_code(MALFORMED, "malformed-extension");
    complaints.extend(without_code(REPEATED, "duplicate-extension"));
    super::none(&complaints);
}

#[test]
fn two_encodings_of_one_certificate_are_two_certificates() {
    let root = Cert::ca("CN=Root").key(Key::p256(1)).self_signed();
    let padded = root.reshaped(|whole| {
        whole.length_octets(3);
    });
    let noted = root.reshaped(|whole| {
        whole.at(&[1]).push(Node::null());
    });
    let written = root.reformed(root.key(), |signed| {
        signed.extension(oid::SUBJECT_KEY_ID).insert(1, Node::new(asn1::BOOLEAN, &[0]));
    });
    let read: Vec<Certificate> =
        [&padded, &noted, &written].iter().filter_map(|cert| Certificate::from_der(cert.der()).ok()).collect();
    let plain = Certificate::from_der(root.der()).expect("valid DER is read");
    for other in &read {
        assert_ne!(other.sha256(), plain.sha256());
        assert_ne!(*other, plain);
    }
    // A default that is written out is no fault.
    assert!(read.iter().any(|one| one.der() == written.der()));
}
