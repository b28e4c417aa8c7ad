//! Name constraints on e-mail addresses, URIs, directory names and forms nobody compares (RFC 5280 4.2.1.10).

use vitrust_factory::{CertBuilder, GeneralName as Name, oid};

use super::case::{Case, Pki, Place};
use super::constraints::constrained;

pub(super) fn cases() -> Vec<Case> {
    [mail(), odd_mail(), subject_mail(), uris(), odd_uris(), directories(), other_forms()].concat()
}

fn verdict(case: Case, fits: bool) -> Case {
    if fits { case } else { case.refused("name-constraint") }
}

fn mail() -> Vec<Case> {
    let permitted = |base: &str, address: &str, fits: bool| {
        let name = format!("permitted mail `{base}` and `{address}`");
        verdict(constrained(&name, |b| b.permit(Name::email(base)), |b| b.email(address)), fits)
    };
    let excluded = |base: &str, address: &str, fits: bool| {
        let name = format!("excluded mail `{base}` and `{address}`");
        verdict(constrained(&name, |b| b.exclude(Name::email(base)), |b| b.email(address)), fits)
    };
    vec![
        permitted("root@lab.example", "root@lab.example", true),
        permitted("root@lab.example", "root@LAB.example", true),
        permitted("root@lab.example", "Root@lab.example", false),
        permitted("root@lab.example", "ops@lab.example", false),
        permitted("lab.example", "ops@lab.example", true),
        permitted("lab.example", "ops@vc01.lab.example", false),
        permitted(".lab.example", "ops@vc01.lab.example", true),
        permitted(".lab.example", "ops@lab.example", false),
        permitted("lab.example", "no address", false),
        excluded("lab.example", "ops@lab.example", false),
        excluded("lab.example", "ops@other.example", true),
        excluded(".lab.example", "ops@vc01.lab.example", false),
        excluded("root@lab.example", "ops@lab.example", true),
        excluded("lab.example", "no address", false),
    ]
}

/// What can be read in two ways decides nothing in favour of a certificate.
fn odd_mail() -> Vec<Case> {
    let excluded = |base: &str, address: &str, fits: bool| {
        let name = format!("excluded odd mail `{base}` and `{address}`");
        verdict(constrained(&name, |b| b.exclude(Name::email(base)), |b| b.email(address)), fits)
    };
    let permitted = |base: &str, address: &str, fits: bool| {
        let name = format!("permitted odd mail `{base}` and `{address}`");
        verdict(constrained(&name, |b| b.permit(Name::email(base)), |b| b.email(address)), fits)
    };
    let bases =
        ["@secret.example", "secret.example.", "*@secret.example", "*.secret.example", ".", "a@", "a@.secret.example"];
    let mut cases: Vec<Case> = bases.iter().map(|base| excluded(base, "a@secret.example", false)).collect();
    cases.extend(bases.iter().map(|base| permitted(base, "a@secret.example", false)));
    for address in
        ["a@secret.example.", "a@[192.0.2.1]", "a b@other.example", "a@secret.example@other.example", "@other.example"]
    {
        cases.push(excluded("secret.example", address, false));
        cases.push(permitted("example", address, false));
    }
    cases.push(excluded("secret.example", "\"a b\"@other.example", true));
    cases.push(excluded("root@lab.example", "\"root\"@lab.example", false));
    cases.push(excluded("root@lab.example", "*@lab.example", true));
    cases
}

/// Without an alternative name the subject's emailAddress is what is constrained.
fn subject_mail() -> Vec<Case> {
    let host = |name: &str, base: &str, keep: bool| {
        let leaf = |b: CertBuilder| {
            let b = b.subject("CN=esx01.lab.example, emailAddress=vmca@vmware.com");
            if keep { b.dns("esx01.lab.example") } else { b }
        };
        constrained(name, |b| b.permit(Name::email(base)), leaf)
    };
    vec![
        host("subject e-mail within, no alternative name", "vmware.com", false),
        host("subject e-mail outside, no alternative name", "lab.example", false).refused("name-constraint"),
        host("subject e-mail outside, beside an alternative name", "lab.example", true),
    ]
}

fn uris() -> Vec<Case> {
    let permitted = |base: &str, uri: &str, fits: bool| {
        let name = format!("permitted URI `{base}` and `{uri}`");
        verdict(constrained(&name, |b| b.permit(Name::uri(base)), |b| b.uri(uri)), fits)
    };
    let excluded = |base: &str, uri: &str, fits: bool| {
        let name = format!("excluded URI `{base}` and `{uri}`");
        verdict(constrained(&name, |b| b.exclude(Name::uri(base)), |b| b.uri(uri)), fits)
    };
    vec![
        permitted("lab.example", "https://lab.example/", true),
        permitted("lab.example", "https://LAB.example:8443/sdk?x#y", true),
        permitted("lab.example", "https://vc01.lab.example/", false),
        permitted(".lab.example", "https://vc01.lab.example/", true),
        permitted(".lab.example", "https://lab.example/", false),
        permitted("lab.example", "https://user@lab.example/", true),
        permitted("lab.example", "https://lab.example@evil.example/", false),
        permitted("lab.example", "https://192.0.2.1/", false),
        permitted("lab.example", "urn:vmware:lab", false),
        excluded("lab.example", "https://lab.example/", false),
        excluded(".lab.example", "https://vc01.lab.example/", false),
        excluded("lab.example", "https://other.example/", true),
        excluded("lab.example", "urn:vmware:lab", false),
        excluded("lab.example", "https://[2001:db8::1]/", false),
    ]
}

/// A host that programs read in different ways is neither permitted nor cleared.
fn odd_uris() -> Vec<Case> {
    let excluded = |base: &str, uri: &str| {
        let name = format!("excluded odd URI `{base}` and `{uri}`");
        constrained(&name, |b| b.exclude(Name::uri(base)), |b| b.uri(uri)).refused("name-constraint")
    };
    let permitted = |base: &str, uri: &str| {
        let name = format!("permitted odd URI `{base}` and `{uri}`");
        constrained(&name, |b| b.permit(Name::uri(base)), |b| b.uri(uri)).refused("name-constraint")
    };
    let bases = ["secret.example.", "https://secret.example", "secret.example:443", "*.secret.example", "."];
    let mut cases: Vec<Case> = bases.iter().map(|base| excluded(base, "https://secret.example/")).collect();
    cases.extend(bases.iter().map(|base| permitted(base, "https://secret.example/")));
    for uri in [
        "https://secret%2eexample/",
        "https://secret.example\\.other.example/",
        "https://other.example@secret..example/",
        "https://a@secret.example@other.example/",
        "https://other.example:x/",
        "https://*.example/",
        "https://0x7f000001/",
        "x:y://other.example/",
    ] {
        cases.push(excluded("secret.example", uri));
        cases.push(permitted(".example", uri));
    }
    cases
}

fn directories() -> Vec<Case> {
    let permitted = |base: &'static str, subject: &'static str, fits: bool| {
        let name = format!("permitted `{base}` and `{subject}`");
        verdict(constrained(&name, |b| b.permit(Name::directory(base)), |b| b.subject(subject)), fits)
    };
    let excluded = |base: &'static str, subject: &'static str, fits: bool| {
        let name = format!("excluded `{base}` and `{subject}`");
        verdict(constrained(&name, |b| b.exclude(Name::directory(base)), |b| b.subject(subject)), fits)
    };
    let alternative = |name: &str, other: &'static str, fits: bool| {
        let leaf = |b: CertBuilder| b.subject("O=Lab, CN=a").alt_name(Name::directory(other));
        verdict(constrained(name, |b| b.permit(Name::directory("O=Lab")), leaf), fits)
    };
    vec![
        permitted("O=Lab", "O=Lab, CN=vc01", true),
        permitted("O=Lab", "O=Lab", true),
        permitted("O=Lab", "O=LAB , CN=vc01", true),
        permitted("O=Lab", "CN=vc01, O=Lab", false),
        permitted("O=Lab", "O=Laboratory, CN=vc01", false),
        permitted("O=Lab, OU=A", "O=Lab, CN=vc01", false),
        permitted("O=Lab", "O=Lab+OU=A, CN=vc01", false),
        excluded("O=Lab", "O=Lab, CN=vc01", false),
        excluded("O=Lab", "O=Else, CN=vc01", true),
        excluded("O=Lab, OU=A", "O=Lab, OU=B", true),
        excluded("", "O=Anything", false),
        alternative("a directory name among the alternatives, within", "O=Lab, CN=b", true),
        alternative("a directory name among the alternatives, outside", "O=Else, CN=b", false),
        Pki::new()
            .with(Place::Root, |b| b.permit(Name::directory("O=Lab")))
            .with(Place::Leaf, |b| b.subject("O=Lab, CN=vc01"))
            .case("directory names all the way down"),
        Pki::new()
            .with(Place::Root, |b| b.permit(Name::directory("O=Lab, CN=Upper")))
            .case("a directory constraint the intermediate breaks")
            .refused("name-constraint"),
    ]
}

fn other_forms() -> Vec<Case> {
    let principal = || Name::user_principal_name("ops@lab.example");
    let registered = || Name::Registered(oid::UNKNOWN.to_owned());
    let with = |name: &str, ca: fn(CertBuilder) -> CertBuilder, leaf: Name| constrained(name, ca, |b| b.alt_name(leaf));
    vec![
        with(
            "a permitted form nobody compares clears nothing",
            |b| b.permit(Name::user_principal_name("lab.example")),
            principal(),
        )
        .refused("name-constraint"),
        with(
            "an excluded form nobody compares refuses all",
            |b| b.exclude(Name::user_principal_name("lab.example")),
            principal(),
        )
        .refused("name-constraint"),
        with("a form nobody constrains", |b| b.permit(Name::dns("lab.example")), principal()),
        with("a registered identifier nobody constrains", |b| b.permit(Name::dns("lab.example")), registered()),
    ]
}
