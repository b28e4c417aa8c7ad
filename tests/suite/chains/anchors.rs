//! What ends a path: roots, intermediates and end-entity certificates in the store, where the profiles differ.

use vitrust::Purpose;
use vitrust_factory::{AT, Cert, Key, Usage, vsphere};

use super::case::{Case, OK, Pki, Place, Signed, case};

pub(super) fn cases() -> Vec<Case> {
    [faults_of_anchors(), exact_matches(), partial_chains(), vcenter()].concat()
}

fn faults_of_anchors() -> Vec<Case> {
    let root = |name: &str, change: fn(vitrust_factory::CertBuilder) -> vitrust_factory::CertBuilder| {
        Pki::new().with(Place::Root, change).case(name)
    };
    let strictly = |code| [Some(code), Some(code), OK, Some(code), OK];
    let but_webpki = |code| [Some(code), Some(code), Some(code), Some(code), OK];
    [
        root("an expired root", |b| b.expired()).by_profile(strictly("expired")),
        root("a root not yet valid", |b| b.not_yet_valid()).by_profile(strictly("not-yet-valid")),
        root("a root that is no CA", |b| b.basic_constraints(false, None)).by_profile(but_webpki("not-ca")),
        root("a root that may not sign certificates", |b| b.key_usage(&[Usage::CrlSign]))
            .by_profile(but_webpki("key-usage")),
        root("a root with path length 0", |b| b.path_length(0)).by_profile(strictly("path-length")),
        root("a root for other names", |b| b.permit(vitrust_factory::GeneralName::dns("other.example"))).by_profile([
            Some("name-constraint"),
            Some("name-constraint"),
            OK,
            Some("name-constraint"),
            Some("name-constraint"),
        ]),
        root("a root with an unknown critical extension", |b| {
            b.extension(vitrust_factory::oid::UNKNOWN, true, vec![5, 0])
        })
        .by_profile(strictly("unknown-critical-extension")),
        root("a root whose own signature is broken", |b| b.corrupt_signature()).by_profile([OK; 5]),
    ]
    .concat()
}

fn exact_matches() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let stranger = Cert::ca("CN=Stranger").key(Key::p256(50)).self_signed();
    let own = Cert::end_entity("CN=own").dns("vc01.lab.example").key(Key::p256(51)).self_signed();
    let dead = leaf.rebuild().expired().issued_by(&lower);
    let sms = vsphere::sms_self_signed(AT - 86_400, 3);
    let old_sms = vsphere::sms_self_signed(AT - 11 * 365 * 86_400, 3);
    let other_sms = vsphere::sms_self_signed(AT - 2 * 86_400, 4);
    let refused = Some("issuer-not-found");
    let mut cases = vec![
        case("the end-entity certificate in the store, with a path besides", &[&leaf, &lower, &upper], &[&leaf, &root]),
        case("an expired certificate in the store is still expired", &[&dead], &[&dead]).refused("expired"),
        case("a name still counts for a certificate in the store", &[&own], &[&own])
            .server("vc02.lab.example")
            .refused("name-mismatch"),
        case("a purpose still counts for a certificate in the store", &[&leaf], &[&leaf])
            .purpose(Purpose::Ca)
            .refused("not-ca"),
        case("an SMS certificate out of date", &[&old_sms], &[&old_sms]).refused("expired"),
        case("another SMS certificate in the store", &[&sms], &[&other_sms]).refused("self-signed-not-trusted"),
    ];
    cases.extend(
        case("a host certificate in the store", &[&leaf], &[&leaf, &stranger])
            .by_profile([OK, refused, OK, OK, refused]),
    );
    cases.extend(case("a self-signed certificate in the store", &[&own], &[&own]).by_profile([OK; 5]));
    cases.extend(case("an SMS certificate in the store", &[&sms], &[&sms]).by_profile([OK; 5]));
    cases.extend(case("a root presented as itself", &[&root], &[&root]).by_profile([
        Some("end-entity-is-ca"),
        Some("end-entity-is-ca"),
        OK,
        OK,
        Some("end-entity-is-ca"),
    ]));
    cases
}

fn partial_chains() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let partial = [OK, Some("partial-chain"), OK, OK, OK];
    [
        case("an intermediate in the store, its root missing", &[&leaf, &lower], &[&upper]).by_profile(partial),
        case("an intermediate in the store, its root presented", &[&leaf, &lower, &root], &[&upper]).by_profile([
            OK,
            Some("self-signed-not-trusted"),
            OK,
            OK,
            OK,
        ]),
        case("an intermediate and its root in the store", &[&leaf, &lower], &[&upper, &root]).by_profile([OK; 5]),
        case("the issuer in the store, nothing presented", &[&leaf], &[&lower]).by_profile(partial),
        case("all of the path in the store", &[&leaf], &[&lower, &upper, &root]).by_profile([OK; 5]),
    ]
    .concat()
}

fn vcenter() -> Vec<Case> {
    let name = "vc01.lab.example";
    let root = vsphere::vmca_root(name, 0);
    let machine = vsphere::machine_ssl(name, 1, &root);
    let regenerated = vsphere::vmca_root(name, 2);
    let renewed = vsphere::vmca_root_builder(name, 0).validity("2026-01-01", "2036-01-01").self_signed();
    let host = vsphere::host_certificate("esx01.lab.example", 5, &root);
    let mut cases = vec![
        case("a vCenter and its VMCA root", &[&machine], &[&root]).server(name),
        case("a vCenter and its VMCA root for clients", &[&machine], &[&root]).purpose(Purpose::Client),
        case("a host and its vCenter's VMCA root", &[&host], &[&root]).server("esx01.lab.example"),
        case("a vCenter and both VMCA roots", &[&machine], &[&regenerated, &root]).server(name),
        case("a vCenter and the renewed VMCA root with the old key", &[&machine], &[&renewed]).server(name),
        case("another vCenter's name", &[&machine], &[&root]).server("vc02.lab.example").refused("name-mismatch"),
    ];
    let changed = Some("key-changed");
    cases.extend(
        case("a vCenter and only its regenerated VMCA root", &[&machine], &[&regenerated]).by_profile([changed; 5]),
    );
    cases
}
