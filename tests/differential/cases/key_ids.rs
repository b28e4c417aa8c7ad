//! Key identifiers: matching, missing, contradicting; authority by issuer and serial number.

use vitrust_factory::{AuthorityKeyId, Cert, GeneralName, Key, Name, SubjectKeyId};

use super::super::case::Cases;
use super::{Change, root, root_builder, server_builder, stranger, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    below_anchor(cases);
    below_intermediate(cases);
    choosing(cases);
}

fn wrong() -> Vec<u8> {
    vec![0xbb; 20]
}

/// What an authority key identifier may say about an issuer, right and wrong.
fn authority_forms(issuer: &Cert) -> Vec<(&'static str, AuthorityKeyId)> {
    let directory = |name: &Name| Some(vec![GeneralName::directory(name)]);
    let own = Some(issuer.serial().to_vec());
    let right_issuer = || directory(issuer.issuer());
    let stranger = directory(stranger().subject());
    let id = issuer.subject_key_id().map(<[u8]>::to_vec);
    vec![
        ("absent", AuthorityKeyId::Absent),
        ("right", AuthorityKeyId::Auto),
        ("wrong", AuthorityKeyId::KeyId(wrong())),
        ("empty-sequence", AuthorityKeyId::Fields(None, None, None)),
        ("issuer-and-serial", AuthorityKeyId::IssuerAndSerial),
        ("all-three", AuthorityKeyId::All),
        ("wrong-serial", AuthorityKeyId::Fields(None, right_issuer(), Some(vec![0x77]))),
        ("wrong-issuer", AuthorityKeyId::Fields(None, stranger.clone(), own.clone())),
        ("right-id-wrong-serial", AuthorityKeyId::Fields(id.clone(), right_issuer(), Some(vec![0x77]))),
        ("right-id-wrong-issuer", AuthorityKeyId::Fields(id, stranger, own.clone())),
        ("wrong-id-right-serial", AuthorityKeyId::Fields(Some(wrong()), right_issuer(), own.clone())),
        ("serial-without-issuer", AuthorityKeyId::Fields(None, None, Some(vec![0x77]))),
        ("issuer-is-not-a-directory-name", AuthorityKeyId::Fields(None, Some(vec![GeneralName::dns("x")]), own)),
    ]
}

fn below_anchor(cases: &mut Cases) {
    let root = root();
    for (name, form) in authority_forms(&root) {
        let server = server_builder().authority_key_id(form).issued_by(&root);
        cases.add(format!("key-id/authority/{name}/below-anchor"), &[&server], &[&root]);
    }
    let anonymous = root_builder().no_key_ids().self_signed();
    let server = server_builder().authority_key_id(AuthorityKeyId::KeyId(wrong())).issued_by(&anonymous);
    cases.add("key-id/authority/points-nowhere/anchor-without-id", &[&server], &[&anonymous]);
    let forms: [Change; 4] = [
        ("self-authority-right", |cert| cert.authority_key_id(AuthorityKeyId::Always)),
        ("self-authority-wrong", |cert| cert.authority_key_id(AuthorityKeyId::KeyId(vec![0xbb; 20]))),
        ("self-authority-issuer-and-serial", |cert| cert.authority_key_id(AuthorityKeyId::IssuerAndSerial)),
        ("subject-id-of-other-form", |cert| cert.subject_key_id(SubjectKeyId::Bytes(b"short".to_vec()))),
    ];
    for (name, change) in forms {
        let anchor = change(root_builder()).self_signed();
        let server = server_builder().issued_by(&anchor);
        cases.add(format!("key-id/anchor/{name}"), &[&server], &[&anchor]);
    }
}

fn below_intermediate(cases: &mut Cases) {
    let root = root();
    let sub = sub_builder().issued_by(&root);
    for (name, form) in authority_forms(&sub) {
        let server = server_builder().authority_key_id(form).issued_by(&sub);
        cases.add(format!("key-id/authority/{name}/below-intermediate"), &[&server, &sub], &[&root]);
    }
    let anonymous = sub_builder().no_key_ids().issued_by(&root);
    let server = server_builder().issued_by(&anonymous);
    cases.add("key-id/subject/absent/intermediate", &[&server, &anonymous], &[&root]);
    let empty = sub_builder().subject_key_id(SubjectKeyId::Bytes(Vec::new())).issued_by(&root);
    let server = server_builder().issued_by(&empty);
    cases.add("key-id/subject/empty/intermediate", &[&server, &empty], &[&root]);
}

/// Two anchors of one name and one key that differ only in their identifiers or serial numbers.
fn choosing(cases: &mut Cases) {
    let first = root_builder().serial(1).self_signed();
    let second = root_builder().serial(2).validity("2025-02-01", "2036-01-01").self_signed();
    let other_id = root_builder().serial(3).subject_key_id(SubjectKeyId::Bytes(wrong())).self_signed();
    let by_serial = server_builder().authority_key_id(AuthorityKeyId::All).issued_by(&first);
    cases.add("key-id/choose/serial-of-absent-generation", &[&by_serial], &[&second]);
    cases.add("key-id/choose/serial-of-second-in-store", &[&by_serial], &[&second, &first]);
    let by_id = server_builder().issued_by(&first);
    cases.add("key-id/choose/same-key-other-id-only", &[&by_id], &[&other_id]);
    cases.add("key-id/choose/same-key-other-id-first", &[&by_id], &[&other_id, &first]);
    let twin = Cert::ca("CN=Root, O=Lab").key(Key::p256(60)).self_signed();
    let anonymous = server_builder().no_key_ids().issued_by(&first);
    cases.add("key-id/choose/no-authority-twin-first", &[&anonymous], &[&twin, &first]);
    cases.add("key-id/choose/authority-names-twin", &[&server_by_first_naming(&first, &twin)], &[&twin, &first]);
}

/// Signed by `first`, but its authority key identifier is that of `twin`.
fn server_by_first_naming(first: &Cert, twin: &Cert) -> Cert {
    let id = twin.subject_key_id().map(<[u8]>::to_vec).unwrap_or_default();
    server_builder().authority_key_id(AuthorityKeyId::KeyId(id)).issued_by(first)
}
