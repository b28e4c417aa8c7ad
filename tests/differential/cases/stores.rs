//! What stores hold: VMCA roots of every age, host certificates, SPS's own, intermediates, nothing.

use vitrust_factory::{AT, Cert, Key, vsphere};

use super::super::case::{Cases, Purpose};
use super::{root, root_builder, server_builder, stranger, sub_builder};

const VCENTER: &str = "vc01.lab.example";

pub(super) fn add(cases: &mut Cases) {
    vmca(cases);
    exact_match(cases);
    intermediates(cases);
    other_anchors(cases);
}

fn vmca(cases: &mut Cases) {
    let good = vsphere::vmca_root(VCENTER, 0);
    let regenerated = vsphere::vmca_root(VCENTER, 1);
    let host = vsphere::host_certificate("esx01.lab.example", 2, &good);
    let expired = vsphere::vmca_root_builder(VCENTER, 0).expired().self_signed();
    let expired_other = vsphere::vmca_root_builder(VCENTER, 1).expired().self_signed();
    let renewed = vsphere::vmca_root_builder(VCENTER, 0).validity("2025-06-01", "2036-01-01").self_signed();
    let no_ids = vsphere::vmca_root_builder(VCENTER, 1).no_key_ids().self_signed();
    let host_no_ids = vsphere::host_certificate_builder("esx01.lab.example", 2).no_key_ids().issued_by(&good);
    let machine = vsphere::machine_ssl(VCENTER, 3, &good);
    cases.add("store/vmca/host", &[&host], &[&good]).host("esx01.lab.example");
    cases.add("store/vmca/machine", &[&machine], &[&good]).host(VCENTER);
    cases.add("store/vmca/machine-client", &[&machine], &[&good]).purpose(Purpose::Client);
    cases.add("store/vmca/root-presented-too", &[&host, &good], &[&good]);
    cases.add("store/vmca/expired-root", &[&host], &[&expired]);
    cases.add("store/vmca/expired-and-renewed-same-key", &[&host], &[&expired, &renewed]);
    cases.add("store/vmca/renewed-and-expired-same-key", &[&host], &[&renewed, &expired]);
    cases.add("store/vmca/expired-other-key-first", &[&host], &[&expired_other, &good]);
    cases.add("store/vmca/regenerated-only", &[&host], &[&regenerated]);
    cases.add("store/vmca/regenerated-and-good", &[&host], &[&regenerated, &good]);
    cases.add("store/vmca/good-and-regenerated", &[&host], &[&good, &regenerated]);
    cases.add("store/vmca/no-key-ids-regenerated-only", &[&host_no_ids], &[&no_ids]);
    cases.add("store/vmca/no-key-ids-regenerated-first", &[&host_no_ids], &[&no_ids, &good]);
    cases.add("store/vmca/good-root-twice", &[&host], &[&good, &good]);
    cases.add("store/vmca/presents-expired-store-has-renewed", &[&host, &expired], &[&renewed]);
    cases.add("store/vmca/presents-renewed-store-has-expired", &[&host, &renewed], &[&expired]);
    let generations: Vec<Cert> = (0..12).map(|n| vsphere::vmca_root(VCENTER, n)).collect();
    let backwards: Vec<&Cert> = generations.iter().rev().collect();
    cases.add("store/vmca/twelve-generations", &[&host], &backwards);
}

fn exact_match(cases: &mut Cases) {
    let root = vsphere::vmca_root(VCENTER, 0);
    let host = vsphere::host_certificate("esx01.lab.example", 2, &root);
    let expired_host = vsphere::host_certificate_builder("esx01.lab.example", 2).expired().issued_by(&root);
    let created = AT - 86_400 * 30;
    let sms = vsphere::sms_self_signed(created, 3);
    let expired_sms = vsphere::sms_self_signed(AT - 86_400 * 365 * 11, 3);
    let own = server_builder().self_signed();
    let own_not_ca = server_builder().basic_constraints(false, None).self_signed();
    let own_ca = server_builder().basic_constraints(true, None).self_signed();
    let own_expired = server_builder().expired().self_signed();
    let own_renewed = server_builder().validity("2026-01-01", "2036-01-01").self_signed();
    cases.add("store/exact/host-certificate", &[&host], &[&host]).host("esx01.lab.example");
    cases.add("store/exact/host-certificate-other-name", &[&host], &[&host]).host("esx02.lab.example");
    cases.add("store/exact/host-certificate-expired", &[&expired_host], &[&expired_host]);
    cases.add("store/exact/host-certificate-with-root-presented", &[&host, &root], &[&host]);
    cases.add("store/exact/host-certificate-and-root", &[&host], &[&host, &root]);
    cases.add("store/exact/sms", &[&sms], &[&sms]);
    cases.add("store/exact/sms-any", &[&sms], &[&sms]).purpose(Purpose::Any);
    cases.add("store/exact/sms-client", &[&sms], &[&sms]).purpose(Purpose::Client);
    cases.add("store/exact/sms-expired", &[&expired_sms], &[&expired_sms]);
    cases.add("store/exact/sms-not-in-store", &[&sms], &[&root]);
    cases.add("store/exact/self-signed-server", &[&own], &[&own]).host("a.lab.example");
    cases.add("store/exact/self-signed-server-ca-false", &[&own_not_ca], &[&own_not_ca]);
    cases.add("store/exact/self-signed-server-ca-true", &[&own_ca], &[&own_ca]);
    cases.add("store/exact/self-signed-server-expired", &[&own_expired], &[&own_expired]);
    cases.add("store/exact/self-signed-server-renewed", &[&own_renewed], &[&own]);
    cases.add("store/exact/self-signed-server-not-in-store", &[&own], &[&root]);
    cases.add("store/exact/root-as-server", &[&root], &[&root]);
    cases.add("store/exact/root-as-any", &[&root], &[&root]).purpose(Purpose::Any);
}

fn intermediates(cases: &mut Cases) {
    let root = root();
    let sub = sub_builder().issued_by(&root);
    let server = server_builder().issued_by(&sub);
    let expired_sub = sub_builder().expired().issued_by(&root);
    let low = Cert::ca("CN=Low, O=Lab").key(Key::p256(4)).issued_by(&sub);
    let deep = server_builder().issued_by(&low);
    cases.add("store/intermediate/only", &[&server], &[&sub]);
    cases.add("store/intermediate/only-and-presented", &[&server, &sub], &[&sub]);
    cases.add("store/intermediate/only-root-presented", &[&server, &sub, &root], &[&sub]);
    cases.add("store/intermediate/with-root", &[&server], &[&sub, &root]);
    cases.add("store/intermediate/expired-with-root", &[&server], &[&expired_sub, &root]);
    cases.add("store/intermediate/expired-with-good-presented", &[&server, &sub], &[&expired_sub, &root]);
    cases.add("store/intermediate/presented-expired-good-in-store", &[&server, &expired_sub], &[&sub, &root]);
    cases.add("store/intermediate/middle-only", &[&deep, &low], &[&sub]);
    cases.add("store/intermediate/middle-in-store-root-in-store", &[&deep, &low], &[&sub, &root]);
    cases.add("store/intermediate/as-target", &[&sub], &[&root]).purpose(Purpose::Any);
    cases.add("store/intermediate/as-target-exact", &[&sub], &[&sub]).purpose(Purpose::Any);
}

fn other_anchors(cases: &mut Cases) {
    let good = root();
    let server = server_builder().issued_by(&good);
    let stranger = stranger();
    let not_ca = root_builder().basic_constraints(false, None).self_signed();
    let bare = Cert::bare("CN=Root, O=Lab").key(Key::p256(1)).self_signed();
    let not_self_signed = root_builder().issued_by(&stranger);
    let broken = root_builder().corrupt_signature().self_signed();
    let unreadable = root().patched(|der| der.truncate(40));
    cases.add("store/anchor/empty-store", &[&server], &[]);
    cases.add("store/anchor/stranger", &[&server], &[&stranger]);
    cases.add("store/anchor/ca-false", &[&server], &[&not_ca]);
    cases.add("store/anchor/no-extensions", &[&server], &[&bare]);
    cases.add("store/anchor/not-self-signed", &[&server], &[&not_self_signed]);
    cases.add("store/anchor/not-self-signed-issuer-there", &[&server], &[&not_self_signed, &stranger]);
    cases.add("store/anchor/corrupt-self-signature", &[&server], &[&broken]);
    cases.add("store/anchor/corrupt-self-signature-presented-too", &[&server, &broken], &[&broken]);
    cases.add("store/anchor/unreadable-beside-good", &[&server], &[&unreadable, &good]);
    cases.add("store/anchor/ca-false-beside-good", &[&server], &[&not_ca, &good]);
    let crowd: Vec<Cert> =
        (100..220).map(|n| Cert::ca(format!("CN=Crowd {n}")).key(Key::p256(n)).self_signed()).collect();
    let mut many: Vec<&Cert> = crowd.iter().collect();
    many.insert(60, &good);
    cases.add("store/anchor/among-120", &[&server], &many);
}
