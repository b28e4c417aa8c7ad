//! Name constraints: every type, permitted and excluded, at the anchor and below it.

use vitrust_factory::{Cert, CertBuilder, GeneralName, Key, Name, Text, oid};

use super::super::case::Cases;
use super::{Place, chain_with, root_builder, server_builder, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    for kind in kinds() {
        every_kind(cases, &kind);
    }
    dns_details(cases);
    address_details(cases);
    mail_and_uri_details(cases);
    directory_details(cases);
    odd_extensions(cases);
    along_the_path(cases);
}

/// A name of one type with a subtree that holds it and one that does not.
struct Kind {
    name: &'static str,
    value: GeneralName,
    holds: GeneralName,
    other: GeneralName,
}

fn kinds() -> Vec<Kind> {
    let kind = |name, value, holds, other| Kind { name, value, holds, other };
    let dns = GeneralName::dns;
    let email = GeneralName::email;
    let uri = GeneralName::uri;
    let ip = GeneralName::ip;
    let range = GeneralName::ip_range;
    let directory = |text: &str| GeneralName::directory(text);
    let registered = |text: &str| GeneralName::Registered(text.to_owned());
    vec![
        kind("dns", dns("b.lab.example"), dns("lab.example"), dns("other.example")),
        kind("email", email("x@lab.example"), email("lab.example"), email("other.example")),
        kind("uri", uri("https://b.lab.example/x"), uri(".lab.example"), uri(".other.example")),
        kind("ipv4", ip("192.0.2.7"), range("192.0.2.0/24"), range("198.51.100.0/24")),
        kind("ipv6", ip("2001:db8::7"), range("2001:db8::/32"), range("2001:db9::/32")),
        kind("directory", directory("O=Lab, CN=x"), directory("O=Lab"), directory("O=Other")),
        kind(
            "other-name",
            GeneralName::user_principal_name("x@lab.example"),
            GeneralName::user_principal_name("lab.example"),
            GeneralName::user_principal_name("other.example"),
        ),
        kind("registered-id", registered("1.2.3.4"), registered("1.2.3"), registered("1.2.9")),
    ]
}

/// The subject of the end-entity is empty here, so that only the alternative name meets the constraint.
fn every_kind(cases: &mut Cases, kind: &Kind) {
    let questions: [(&str, Option<&GeneralName>, Option<&GeneralName>); 5] = [
        ("permitted", Some(&kind.holds), None),
        ("not-permitted", Some(&kind.other), None),
        ("excluded", None, Some(&kind.holds)),
        ("not-excluded", None, Some(&kind.other)),
        ("permitted-and-excluded", Some(&kind.holds), Some(&kind.holds)),
    ];
    for (question, permitted, excluded) in questions {
        for place in Place::CAS {
            let constrain = |builder: CertBuilder, here: Place| {
                let mut builder = builder;
                if here == place {
                    builder = permitted.into_iter().fold(builder, |builder, name| builder.permit(name.clone()));
                    builder = excluded.into_iter().fold(builder, |builder, name| builder.exclude(name.clone()));
                }
                builder
            };
            // The intermediate's name must not be what a directory constraint refuses.
            let root = constrain(root_builder(), Place::Anchor).self_signed();
            let sub = constrain(Cert::ca("O=Lab, CN=Sub").key(Key::p256(2)), Place::Intermediate).issued_by(&root);
            let server = Cert::end_entity("").alt_name(kind.value.clone()).key(Key::p256(3)).issued_by(&sub);
            let name = format!("constraint/{}/{question}/{}", kind.name, place.name());
            cases.add(name, &[&server, &sub], &[&root]);
        }
    }
}

/// Asks about an end-entity with `names` and `subject` below an intermediate with one constraint.
fn ask(cases: &mut Cases, name: &str, constrain: impl Fn(CertBuilder) -> CertBuilder, server: CertBuilder) {
    let root = root_builder().self_signed();
    let sub = constrain(sub_builder()).issued_by(&root);
    let server = server.key(Key::p256(3)).issued_by(&sub);
    cases.add(format!("constraint/{name}"), &[&server, &sub], &[&root]);
}

fn dns_details(cases: &mut Cases) {
    let permitted = |text: &'static str| move |cert: CertBuilder| cert.permit(GeneralName::dns(text));
    let excluded = |text: &'static str| move |cert: CertBuilder| cert.exclude(GeneralName::dns(text));
    let server = |dns: &str| Cert::end_entity("CN=x").dns(dns);
    ask(cases, "dns/permitted-itself", permitted("lab.example"), server("lab.example"));
    ask(cases, "dns/permitted-part-of-label", permitted("lab.example"), server("notlab.example"));
    ask(cases, "dns/permitted-other-case", permitted("LAB.Example"), server("a.lab.EXAMPLE"));
    ask(cases, "dns/permitted-leading-dot-below", permitted(".lab.example"), server("a.lab.example"));
    ask(cases, "dns/permitted-leading-dot-itself", permitted(".lab.example"), server("lab.example"));
    ask(cases, "dns/excluded-leading-dot-below", excluded(".lab.example"), server("a.lab.example"));
    ask(cases, "dns/excluded-leading-dot-itself", excluded(".lab.example"), server("lab.example"));
    ask(cases, "dns/permitted-empty", permitted(""), server("a.lab.example"));
    ask(cases, "dns/excluded-empty", excluded(""), server("a.lab.example"));
    ask(cases, "dns/permitted-wildcard-name", permitted("lab.example"), server("*.lab.example"));
    ask(cases, "dns/permitted-wildcard-wider", permitted("a.lab.example"), server("*.lab.example"));
    ask(cases, "dns/excluded-under-wildcard", excluded("a.lab.example"), server("*.lab.example"));
    ask(cases, "dns/excluded-wildcard-inside", excluded("lab.example"), server("*.lab.example"));
    ask(cases, "dns/constraint-is-wildcard", permitted("*.lab.example"), server("a.lab.example"));
    ask(cases, "dns/constraint-trailing-dot", permitted("lab.example."), server("a.lab.example"));
    ask(cases, "dns/name-trailing-dot", permitted("lab.example"), server("a.lab.example."));
    ask(cases, "dns/one-of-two-permitted", permitted("lab.example"), server("a.lab.example").dns("b.other.example"));
    let two = |cert: CertBuilder| cert.permit(GeneralName::dns("lab.example")).permit(GeneralName::dns("x.example"));
    ask(cases, "dns/two-permitted-second-holds", two, server("a.x.example"));
    ask(cases, "dns/no-dns-name-at-all", permitted("lab.example"), Cert::end_entity("CN=x").ip("192.0.2.1"));
    let only_common_name = |name: &str| Cert::end_entity(format!("CN={name}"));
    ask(cases, "dns/common-name-not-permitted", permitted("lab.example"), only_common_name("a.other.example"));
    ask(cases, "dns/common-name-permitted", permitted("lab.example"), only_common_name("a.lab.example"));
    ask(cases, "dns/common-name-not-a-host", permitted("lab.example"), only_common_name("Some Person"));
    let beside = Cert::end_entity("CN=a.other.example").dns("a.lab.example");
    ask(cases, "dns/common-name-not-permitted-beside-name", permitted("lab.example"), beside);
}

fn address_details(cases: &mut Cases) {
    let permitted = |bytes: &'static [u8]| move |cert: CertBuilder| cert.permit(GeneralName::Ip(bytes.to_vec()));
    let excluded = |text: &'static str| move |cert: CertBuilder| cert.exclude(GeneralName::ip_range(text));
    let server = |address: &str| Cert::end_entity("CN=x").ip(address);
    ask(cases, "ip/host-bits-set", permitted(&[192, 0, 2, 99, 255, 255, 255, 0]), server("192.0.2.7"));
    ask(cases, "ip/mask-with-gaps", permitted(&[192, 0, 2, 0, 255, 0, 255, 0]), server("192.77.2.7"));
    ask(cases, "ip/constraint-without-mask", permitted(&[192, 0, 2, 0]), server("192.0.2.7"));
    ask(cases, "ip/excluded-all-ipv4", excluded("0.0.0.0/0"), server("192.0.2.7"));
    ask(cases, "ip/excluded-all-ipv4-name-is-ipv6", excluded("0.0.0.0/0"), server("2001:db8::1"));
    ask(cases, "ip/permitted-ipv4-name-is-ipv6", permitted(&[192, 0, 2, 0, 255, 255, 255, 0]), server("2001:db8::1"));
    let odd = Cert::end_entity("CN=x").alt_name(GeneralName::Ip(vec![192, 0, 2]));
    ask(cases, "ip/name-of-three-bytes", excluded("0.0.0.0/0"), odd);
}

fn mail_and_uri_details(cases: &mut Cases) {
    let email = |text: &'static str| move |cert: CertBuilder| cert.permit(GeneralName::email(text));
    let uri = |text: &'static str| move |cert: CertBuilder| cert.permit(GeneralName::uri(text));
    let mail = |address: &str| Cert::end_entity("CN=x").email(address);
    let link = |address: &str| Cert::end_entity("CN=x").uri(address);
    ask(cases, "email/exact-address", email("x@lab.example"), mail("x@lab.example"));
    ask(cases, "email/exact-address-other-user", email("x@lab.example"), mail("y@lab.example"));
    ask(cases, "email/user-differs-in-case", email("x@lab.example"), mail("X@lab.example"));
    ask(cases, "email/host-below", email("lab.example"), mail("x@mail.lab.example"));
    ask(cases, "email/dot-host-below", email(".lab.example"), mail("x@mail.lab.example"));
    ask(cases, "email/dot-host-itself", email(".lab.example"), mail("x@lab.example"));
    ask(cases, "email/host-differs-in-case", email("LAB.example"), mail("x@lab.EXAMPLE"));
    ask(cases, "email/name-without-at", email("lab.example"), mail("lab.example"));
    let in_subject = || Cert::end_entity("CN=x, emailAddress=x@other.example").dns("a.lab.example");
    ask(cases, "email/in-subject-not-permitted", email("lab.example"), in_subject());
    ask(cases, "uri/host-exact", uri("a.lab.example"), link("https://a.lab.example/"));
    ask(cases, "uri/host-below-without-dot", uri("lab.example"), link("https://a.lab.example/"));
    ask(cases, "uri/dot-host-itself", uri(".lab.example"), link("https://lab.example/"));
    ask(cases, "uri/with-port-and-user", uri(".lab.example"), link("https://user@a.lab.example:8443/x"));
    ask(cases, "uri/host-is-address", uri(".lab.example"), link("https://192.0.2.1/"));
    ask(cases, "uri/no-host", uri(".lab.example"), link("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
    let excluded = |cert: CertBuilder| cert.exclude(GeneralName::uri(".lab.example"));
    ask(cases, "uri/excluded-no-host", excluded, link("urn:x:y"));
}

fn directory_details(cases: &mut Cases) {
    let permitted = |text: &'static str| move |cert: CertBuilder| cert.permit(GeneralName::directory(text));
    let excluded = |text: &'static str| move |cert: CertBuilder| cert.exclude(GeneralName::directory(text));
    let subject = |text: &str| Cert::end_entity(text).dns("a.lab.example");
    ask(cases, "directory/subject-permitted", permitted("O=Lab"), subject("O=Lab, CN=a"));
    ask(cases, "directory/subject-not-permitted", permitted("O=Lab"), subject("O=Other, CN=a"));
    ask(cases, "directory/subject-excluded", excluded("O=Lab"), subject("O=Lab, CN=a"));
    ask(cases, "directory/subject-not-excluded", excluded("O=Other"), subject("O=Lab, CN=a"));
    ask(cases, "directory/subject-other-order", permitted("O=Lab"), subject("CN=a, O=Lab"));
    ask(cases, "directory/subject-empty", permitted("O=Lab"), subject(""));
    ask(cases, "directory/subject-other-case", permitted("O=LAB"), subject("O=lab, CN=a"));
    ask(cases, "directory/excluded-other-case", excluded("O=LAB"), subject("O=lab, CN=a"));
    ask(cases, "directory/excluded-other-blanks", excluded("O=My  Lab"), subject("O=My Lab, CN=a"));
    let printable =
        |cert: CertBuilder| cert.exclude(GeneralName::Directory(Name::dn("O=Lab").encoded_as(Text::Printable)));
    ask(cases, "directory/excluded-other-encoding", printable, subject("O=Lab, CN=a"));
    ask(cases, "directory/permitted-empty-name", permitted(""), subject("O=Lab, CN=a"));
    ask(cases, "directory/longer-than-subject", permitted("O=Lab, OU=x"), subject("O=Lab"));
}

fn odd_extensions(cases: &mut Cases) {
    let server = || server_builder();
    let not_critical =
        |cert: CertBuilder| cert.permit(GeneralName::dns("other.example")).critical(oid::NAME_CONSTRAINTS, false);
    ask(cases, "odd/not-critical-still-counts", not_critical, server());
    let body =
        |bytes: &'static [u8]| move |cert: CertBuilder| cert.extension(oid::NAME_CONSTRAINTS, true, bytes.to_vec());
    ask(cases, "odd/empty", body(&[0x30, 0]), server());
    ask(cases, "odd/empty-permitted-list", body(&[0x30, 2, 0xa0, 0]), server());
    ask(cases, "odd/malformed", body(&[0x30, 9, 0xa0, 1]), server());
    ask(cases, "odd/minimum-1", body(b"\x30\x14\xa0\x12\x30\x10\x82\x0blab.example\x80\x01\x01"), server());
    ask(cases, "odd/maximum-5", body(b"\x30\x14\xa0\x12\x30\x10\x82\x0blab.example\x81\x01\x05"), server());
    let unknown_type = |cert: CertBuilder| cert.permit(GeneralName::Raw(0xa3, vec![0x30, 0]));
    ask(cases, "odd/x400-permitted-not-used", unknown_type, server());
    let place = |place: Place, name: &str, cases: &mut Cases| {
        let (server, sub, root) = chain_with(place, |cert| cert.permit(GeneralName::dns("other.example")));
        cases.add(format!("constraint/odd/{name}"), &[&server, &sub], &[&root]);
    };
    place(Place::EndEntity, "on-end-entity", cases);
}

fn along_the_path(cases: &mut Cases) {
    let root = root_builder().permit(GeneralName::dns("lab.example")).self_signed();
    let wider = sub_builder().permit(GeneralName::dns("example")).issued_by(&root);
    let narrower = sub_builder().permit(GeneralName::dns("a.lab.example")).issued_by(&root);
    let server = |dns: &str, issuer: &Cert| Cert::end_entity("CN=x").dns(dns).key(Key::p256(3)).issued_by(issuer);
    cases.add("constraint/path/wider-below", &[&server("a.other.example", &wider), &wider], &[&root]);
    cases.add("constraint/path/narrower-below", &[&server("b.lab.example", &narrower), &narrower], &[&root]);
    cases.add("constraint/path/narrower-below-holds", &[&server("a.lab.example", &narrower), &narrower], &[&root]);
    // RFC 5280 6.1.3 (b): names of self-issued intermediates are not checked, those of other intermediates are.
    let open = root_builder().self_signed();
    let limited =
        Cert::ca("O=Lab, CN=Sub").key(Key::p256(2)).permit(GeneralName::directory("O=Other")).issued_by(&open);
    let again = Cert::ca("O=Lab, CN=Sub").key(Key::p256(4)).issued_by(&limited);
    let end = |issuer: &Cert| Cert::end_entity("O=Other, CN=x").dns("x.example").key(Key::p256(3)).issued_by(issuer);
    cases.add("constraint/path/self-issued-is-free", &[&end(&again), &again, &limited], &[&open]);
    let named = Cert::ca("O=Lab, CN=Low").key(Key::p256(4)).issued_by(&limited);
    cases.add("constraint/path/intermediate-name-counts", &[&end(&named), &named, &limited], &[&open]);
    let dns_ca = Cert::ca("CN=Low").dns("low.other.example").key(Key::p256(4)).issued_by(&root);
    let below = server("a.lab.example", &dns_ca);
    cases.add("constraint/path/intermediate-dns-counts", &[&below, &dns_ca], &[&root]);
}
