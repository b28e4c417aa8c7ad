//! Host names and addresses against what a certificate names.

use vitrust_factory::{Cert, CertBuilder, GeneralName, Key};

use super::super::case::{Cases, Purpose};
use super::root;

pub(super) fn add(cases: &mut Cases) {
    plain(cases);
    wildcards(cases);
    addresses(cases);
    common_names(cases);
    international(cases);
}

fn ask(cases: &mut Cases, name: &str, server: CertBuilder, host: &str) {
    let root = root();
    let server = server.key(Key::p256(3)).issued_by(&root);
    cases.add(format!("host/{name}"), &[&server], &[&root]).host(host);
}

fn named(dns: &str) -> CertBuilder {
    Cert::end_entity("CN=x").dns(dns)
}

fn plain(cases: &mut Cases) {
    ask(cases, "exact", named("a.lab.example"), "a.lab.example");
    ask(cases, "second-name", named("b.lab.example").dns("a.lab.example"), "a.lab.example");
    ask(cases, "other", named("a.lab.example"), "b.lab.example");
    ask(cases, "asked-in-capitals", named("a.lab.example"), "A.LAB.Example");
    ask(cases, "named-in-capitals", named("A.Lab.EXAMPLE"), "a.lab.example");
    ask(cases, "asked-with-final-dot", named("a.lab.example"), "a.lab.example.");
    ask(cases, "named-with-final-dot", named("a.lab.example."), "a.lab.example");
    ask(cases, "child", named("lab.example"), "a.lab.example");
    ask(cases, "parent", named("a.lab.example"), "lab.example");
    ask(cases, "named-with-leading-dot", named(".lab.example"), "a.lab.example");
    ask(cases, "one-label", named("vcenter"), "vcenter");
    ask(cases, "underscore", named("esx_01.lab.example"), "esx_01.lab.example");
    ask(cases, "zero-byte", named("a.lab.example\0.evil.example"), "a.lab.example");
    ask(cases, "blank-at-end", named("a.lab.example "), "a.lab.example");
    ask(cases, "unreadable-name-beside", named("a..lab.example").dns("a.lab.example"), "a.lab.example");
    let root = root();
    let server = named("a.lab.example").key(Key::p256(3)).issued_by(&root);
    cases.add("host/for-client", &[&server], &[&root]).host("a.lab.example").purpose(Purpose::Client);
    cases.add("host/for-any", &[&server], &[&root]).host("a.lab.example").purpose(Purpose::Any);
    cases.add("host/other-for-any", &[&server], &[&root]).host("b.lab.example").purpose(Purpose::Any);
}

fn wildcards(cases: &mut Cases) {
    ask(cases, "wildcard", named("*.lab.example"), "a.lab.example");
    ask(cases, "wildcard-two-labels", named("*.lab.example"), "a.b.lab.example");
    ask(cases, "wildcard-parent", named("*.lab.example"), "lab.example");
    ask(cases, "wildcard-capitals", named("*.LAB.example"), "a.lab.example");
    ask(cases, "wildcard-at-start-of-label", named("*a.lab.example"), "xa.lab.example");
    ask(cases, "wildcard-at-end-of-label", named("esx*.lab.example"), "esx01.lab.example");
    ask(cases, "wildcard-inside-label", named("e*1.lab.example"), "esx01.lab.example");
    ask(cases, "wildcard-second-label", named("a.*.example"), "a.lab.example");
    ask(cases, "wildcard-two", named("*.*.example"), "a.lab.example");
    ask(cases, "wildcard-top", named("*.example"), "lab.example");
    ask(cases, "wildcard-alone", named("*"), "vcenter");
    ask(cases, "wildcard-asked", named("*.lab.example"), "*.lab.example");
    ask(cases, "wildcard-for-a-label", named("*.lab.example"), "xn--esx-hoa.lab.example");
    ask(cases, "wildcard-for-address", named("*.0.2.1"), "192.0.2.1");
    ask(cases, "wildcard-final-dot-asked", named("*.lab.example"), "a.lab.example.");
}

fn addresses(cases: &mut Cases) {
    let at = |address: &str| Cert::end_entity("CN=x").ip(address);
    ask(cases, "ipv4", at("192.0.2.1"), "192.0.2.1");
    ask(cases, "ipv4-other", at("192.0.2.1"), "192.0.2.2");
    ask(cases, "ipv4-only-as-dns-name", named("192.0.2.1"), "192.0.2.1");
    ask(cases, "ipv4-as-dns-name-and-address", named("192.0.2.1").ip("192.0.2.1"), "192.0.2.1");
    ask(cases, "ipv4-only-as-common-name", Cert::end_entity("CN=192.0.2.1"), "192.0.2.1");
    ask(cases, "ipv6", at("2001:db8::1"), "2001:db8::1");
    ask(cases, "ipv6-long-form", at("2001:db8::1"), "2001:0db8:0:0:0:0:0:0001");
    ask(cases, "ipv6-capitals", at("2001:db8::a"), "2001:DB8::A");
    ask(cases, "ipv6-only-as-dns-name", named("2001:db8::1"), "2001:db8::1");
    ask(cases, "ipv4-for-mapped-ipv6", at("192.0.2.1"), "::ffff:192.0.2.1");
    ask(cases, "mapped-ipv6-for-ipv4", at("::ffff:192.0.2.1"), "192.0.2.1");
    ask(cases, "address-beside-name", named("a.lab.example").ip("192.0.2.1"), "192.0.2.1");
    ask(cases, "name-beside-address", named("a.lab.example").ip("192.0.2.1"), "a.lab.example");
    let odd = Cert::end_entity("CN=x").alt_name(GeneralName::Ip(vec![192, 0, 2, 1, 255, 255, 255, 255]));
    ask(cases, "address-with-mask", odd, "192.0.2.1");
}

fn common_names(cases: &mut Cases) {
    let only = |subject: &str| Cert::end_entity(subject);
    ask(cases, "common-name-only", only("CN=a.lab.example"), "a.lab.example");
    ask(cases, "common-name-wildcard", only("CN=*.lab.example"), "a.lab.example");
    ask(cases, "common-name-beside-other-name", only("CN=a.lab.example").dns("b.lab.example"), "a.lab.example");
    ask(cases, "common-name-beside-address", only("CN=a.lab.example").ip("192.0.2.1"), "a.lab.example");
    ask(cases, "common-name-beside-email", only("CN=a.lab.example").email("x@lab.example"), "a.lab.example");
    ask(cases, "common-name-first-of-two", only("CN=a.lab.example, CN=b.lab.example"), "a.lab.example");
    ask(cases, "common-name-second-of-two", only("CN=b.lab.example, CN=a.lab.example"), "a.lab.example");
    let uri = only("CN=x").uri("https://a.lab.example/");
    ask(cases, "uri-only", uri, "a.lab.example");
}

fn international(cases: &mut Cases) {
    ask(cases, "a-label-for-a-label", named("xn--bcher-kva.example"), "xn--bcher-kva.example");
    ask(cases, "a-label-for-u-label", named("xn--bcher-kva.example"), "b\u{fc}cher.example");
    ask(cases, "u-label-for-u-label", named("b\u{fc}cher.example"), "b\u{fc}cher.example");
    ask(cases, "u-label-for-a-label", named("b\u{fc}cher.example"), "xn--bcher-kva.example");
    ask(cases, "a-label-capitals", named("XN--BCHER-KVA.example"), "xn--bcher-kva.example");
}
