//! Lint and difference of stores.

use vitrust::Time;
use vitrust::store::{LintKind, LintSeverity, Shape, TrustStore, diff};
use vitrust_factory::{Cert, Crl, Hash, Key, SignatureAlgorithm, vsphere};

use super::samples::{DUMP_3, reading, vecs};

fn at() -> Time {
    "2026-06-01".parse().expect("a date")
}

/// The kinds of issues of a store, by the name they have in JSON.
fn kinds(store: &TrustStore) -> Vec<String> {
    let name = |issue| serde_json::to_value(issue).expect("JSON")["kind"].as_str().expect("a kind").to_owned();
    store.lint(at()).iter().map(name).collect()
}

fn pem_store(certificates: &[&Cert]) -> TrustStore {
    let text: String = certificates.iter().map(|certificate| certificate.pem()).collect();
    TrustStore::from_pem(text.as_bytes(), "roots.pem").expect("readable")
}

fn ca(name: &str) -> vitrust_factory::CertBuilder {
    Cert::ca(format!("CN={name}")).key(Key::p256(1))
}

#[test]
fn a_good_root_has_no_issue() {
    assert_eq!(kinds(&pem_store(&[&vsphere::vmca_root("vc01", 1)])), Vec::<String>::new());
}

#[test]
fn each_fault_has_its_kind() {
    let cases: Vec<(Cert, &[&str])> = vec![
        (ca("a").expired().self_signed(), &["expired"]),
        (ca("b").not_yet_valid().self_signed(), &["not-yet-valid"]),
        (Cert::end_entity("CN=c").key(Key::p256(1)).self_signed(), &["not-ca"]),
        (ca("d").key(Key::rsa1024(0)).self_signed(), &["weak-key"]),
        (
            ca("e").key(Key::rsa2048(0)).algorithm(SignatureAlgorithm::RsaPkcs1(Hash::Sha1)).self_signed(),
            &["weak-digest"],
        ),
        (ca("f").no_key_ids().self_signed(), &["no-subject-key-id"]),
        (ca("g").extension("1.2.3.4", true, vec![5, 0]).self_signed(), &["unknown-critical-extension"]),
    ];
    for (certificate, wanted) in cases {
        assert_eq!(kinds(&pem_store(&[&certificate])), wanted, "{:?}", certificate.subject());
    }
}

#[test]
fn spss_own_certificate_is_only_noted() {
    let sms = vsphere::sms_self_signed(1_700_000_000, 4);
    assert!(pem_store(&[&sms]).lint(at()).iter().all(|issue| issue.severity == LintSeverity::Notice));
}

#[test]
fn a_root_made_anew_and_a_renewed_one_are_told_apart() {
    let old = vsphere::vmca_root("vc01", 1);
    let new = vsphere::vmca_root("vc01", 2);
    assert_eq!(kinds(&pem_store(&[&old, &new])), ["same-name-different-key"; 2]);
    let renewed = vsphere::vmca_root_builder("vc01", 1).serial(77).self_signed();
    assert_eq!(kinds(&pem_store(&[&old, &renewed])), ["same-key-different-certificate"; 2]);
    assert_eq!(kinds(&pem_store(&[&old, &old])), ["duplicate"]);
}

#[test]
fn the_alias_of_trusted_roots_must_be_the_sha1() {
    let root = vsphere::vmca_root("vc01", 1);
    let wrong = vecs(&[("myroot", "Trusted Cert", &root.pem())]);
    let store = TrustStore::from_vecs(wrong.as_bytes(), "x").expect("readable");
    assert_eq!(kinds(&store), ["alias-mismatch"]);
    let right = vecs(&[(&root.sha1(), "Trusted Cert", &root.pem())]);
    assert_eq!(kinds(&TrustStore::from_vecs(right.as_bytes(), "x").expect("readable")), Vec::<String>::new());
    // Elsewhere an alias is a name, and an entry need not be a CA.
    let host = vsphere::host_certificate("esx01", 3, &root);
    let machine = vecs(&[("__MACHINE_CERT", "Private Key", &host.pem())]);
    let store = TrustStore::of_store(reading(machine.as_bytes(), Shape::VecsList), "MACHINE_SSL_CERT");
    assert_eq!((store.len(), kinds(&store)), (1, Vec::<String>::new()));
}

#[test]
fn many_crls_and_unreadable_blocks_are_issues() {
    let root = vsphere::vmca_root("vc01", 1);
    let crl = Crl::of(&root).sign().pem();
    for (count, severity) in [(29, None), (30, Some(LintSeverity::Warning)), (100, Some(LintSeverity::Error))] {
        let text = root.pem() + &crl.repeat(count);
        let store = TrustStore::from_pem(text.as_bytes(), "x").expect("readable");
        let many = |kind: &LintKind| matches!(kind, LintKind::ManyCrls { count: found } if *found == count);
        let found = store.lint(at()).iter().find(|issue| many(&issue.kind)).map(|issue| issue.severity);
        assert_eq!(found, severity);
    }
    let text = root.pem() + "-----BEGIN CERTIFICATE-----\n";
    assert_eq!(kinds(&TrustStore::from_pem(text.as_bytes(), "x").expect("readable")), ["unreadable"]);
}

#[test]
fn dumped_entries_take_part() {
    let store = TrustStore::from_vecs(DUMP_3.as_bytes(), "x").expect("readable");
    let far = "2099-01-01".parse().expect("a date");
    let expired = |issue: &&vitrust::store::LintIssue| matches!(issue.kind, LintKind::Expired { .. });
    assert_eq!(store.lint(far).iter().filter(expired).count(), 2);
}

#[test]
fn stores_differ_by_content_and_dumps_by_sha1() {
    let (one, two, three) = (vsphere::vmca_root("a", 1), vsphere::vmca_root("b", 2), vsphere::vmca_root("c", 3));
    let found = diff(&pem_store(&[&one, &two]), &pem_store(&[&two, &three]));
    assert_eq!((found.removed.len(), found.same.len(), found.added.len(), found.unknown.len()), (1, 1, 1, 0));
    assert_eq!(found.added[0].sha1.map(|sha1| sha1.to_string()), Some(three.sha1()));
    let root = TrustStore::from_pem(include_bytes!("../../vectors/stores/root.pem"), "x").expect("readable");
    let dumped = TrustStore::from_vecs(DUMP_3.as_bytes(), "x").expect("readable");
    let found = diff(&root, &dumped);
    assert_eq!((found.removed.len(), found.same.len(), found.added.len(), found.unknown.len()), (0, 1, 0, 1));
}
