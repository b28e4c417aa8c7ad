//! Name constraints on DNS names and IP addresses (RFC 5280 4.2.1.10), at each level and in the anchor.

use vitrust_factory::{Cert, CertBuilder, GeneralName as Name, Key, oid};

use super::case::{Case, Pki, Place, case, placed};

pub(super) fn cases() -> Vec<Case> {
    [permitted_dns(), excluded_dns(), odd_dns(), addresses(), levels(), self_issued(), malformed(), combined()].concat()
}

/// A chain whose issuing CA has the constraints and whose end-entity certificate has the names.
pub(super) fn constrained(
    name: &str,
    ca: impl FnOnce(CertBuilder) -> CertBuilder,
    leaf: impl FnOnce(CertBuilder) -> CertBuilder,
) -> Case {
    let bare = |b: CertBuilder| leaf(b.without(oid::SUBJECT_ALT_NAME));
    Pki::new().with(Place::Lower, ca).with(Place::Leaf, bare).case(name)
}

fn permitted_dns() -> Vec<Case> {
    let ask = |base: &str, host: &str, fits: bool| {
        let name = format!("permitted `{base}` and `{host}`");
        let case = constrained(&name, |b| b.permit(Name::dns(base)), |b| b.dns(host));
        if fits { case } else { case.refused("name-constraint") }
    };
    vec![
        ask("lab.example", "lab.example", true),
        ask("lab.example", "vc01.lab.example", true),
        ask("lab.example", "a.b.lab.example", true),
        ask("lab.example", "VC01.LAB.Example", true),
        ask("Lab.Example", "vc01.lab.example", true),
        ask("lab.example", "vc01.lab.example.", false),
        ask("lab.example", "*.lab.example", true),
        ask("lab.example", "evillab.example", false),
        ask("lab.example", "lab.example.evil", false),
        ask("lab.example", "example", false),
        ask("lab.example", "*.example", false),
        ask(".lab.example", "vc01.lab.example", true),
        ask(".lab.example", "lab.example", false),
        ask("", "anything.example", true),
        ask("vc01.lab.example", "vc02.lab.example", false),
        ask("vc01.lab.example", "*.lab.example", false),
    ]
}

fn excluded_dns() -> Vec<Case> {
    let ask = |base: &str, host: &str, fits: bool| {
        let name = format!("excluded `{base}` and `{host}`");
        let case = constrained(&name, |b| b.exclude(Name::dns(base)), |b| b.dns(host));
        if fits { case } else { case.refused("name-constraint") }
    };
    vec![
        ask("lab.example", "lab.example", false),
        ask("lab.example", "vc01.lab.example", false),
        ask("lab.example", "VC01.LAB.EXAMPLE", false),
        ask("LAB.example", "vc01.lab.example", false),
        ask("lab.example", "vc01.lab.example.", false),
        ask("lab.example", "evillab.example", true),
        ask("lab.example", "other.example", true),
        ask("vc01.lab.example", "*.lab.example", false),
        ask("vc01.lab.example", "vc02.lab.example", true),
        ask(".lab.example", "vc01.lab.example", false),
        ask(".lab.example", "lab.example", true),
        ask("", "anything.example", false),
    ]
}

/// What is no plain host name, as a base or as a name, decides nothing in favour of a certificate.
fn odd_dns() -> Vec<Case> {
    let excluded = |base: &str, host: &str| {
        let name = format!("excluded odd `{base}` and `{host}`");
        constrained(&name, |b| b.exclude(Name::dns(base)), |b| b.dns(host)).refused("name-constraint")
    };
    let permitted = |base: &str, host: &str| {
        let name = format!("permitted odd `{base}` and `{host}`");
        constrained(&name, |b| b.permit(Name::dns(base)), |b| b.dns(host)).refused("name-constraint")
    };
    let bases =
        ["secret.example.", "*.secret.example", ".", "..", "secret.example:443", " secret.example", "secret..example"];
    let mut cases: Vec<Case> = bases
        .iter()
        .flat_map(|base| {
            ["a.secret.example", "secret.example"].map(|host| [excluded(base, host), permitted(base, host)])
        })
        .flatten()
        .collect();
    for host in
        ["a.secret.example.", "a.secret.example:443", " a.secret.example", "v*.secret.example", "*", "a..example"]
    {
        cases.push(excluded("secret.example", host));
        cases.push(permitted("example", host));
    }
    let other = |b: CertBuilder| b.exclude(Name::dns("*.secret.example")).exclude(Name::email("*@secret.example"));
    cases.push(constrained("odd bases say nothing about other forms", other, |b| b.ip("10.0.0.1")));
    cases.push(constrained(
        "an underscore in a host",
        |b| b.permit(Name::dns("a_b.example")),
        |b| b.dns("x_y.a_b.example"),
    ));
    cases
}

fn addresses() -> Vec<Case> {
    let permitted = |range: &str, address: &str, fits: bool| {
        let name = format!("permitted {range} and {address}");
        let case = constrained(&name, |b| b.permit(Name::ip_range(range)), |b| b.ip(address));
        if fits { case } else { case.refused("name-constraint") }
    };
    let excluded = |range: &str, address: &str, fits: bool| {
        let name = format!("excluded {range} and {address}");
        let case = constrained(&name, |b| b.exclude(Name::ip_range(range)), |b| b.ip(address));
        if fits { case } else { case.refused("name-constraint") }
    };
    let odd = |name: &str, constraint: &'static [u8], excluding: bool| {
        let base = Name::Ip(constraint.to_vec());
        let ca = |b: CertBuilder| if excluding { b.exclude(base) } else { b.permit(base) };
        constrained(name, ca, |b| b.ip("10.0.0.5")).refused("name-constraint")
    };
    vec![
        permitted("10.0.0.0/8", "10.200.3.4", true),
        permitted("10.0.0.0/8", "11.0.0.1", false),
        permitted("192.0.2.128/25", "192.0.2.127", false),
        permitted("192.0.2.128/25", "192.0.2.128", true),
        permitted("192.0.2.7/32", "192.0.2.7", true),
        permitted("0.0.0.0/0", "203.0.113.9", true),
        permitted("0.0.0.0/0", "2001:db8::1", false),
        permitted("2001:db8::/32", "2001:db8:1::9", true),
        permitted("2001:db8::/32", "2001:db9::9", false),
        permitted("::/0", "10.0.0.1", false),
        excluded("10.0.0.0/8", "10.0.0.1", false),
        excluded("10.0.0.0/8", "192.0.2.1", true),
        excluded("2001:db8::/32", "2001:db8::1", false),
        excluded("2001:db8::/32", "10.0.0.1", true),
        odd("a permitted mask with a hole", &[10, 0, 0, 0, 255, 0, 255, 0], false),
        odd("an excluded mask with a hole", &[192, 0, 2, 0, 255, 0, 255, 0], true),
    ]
}

fn levels() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ISSUERS {
        let permit = |base: &'static str| move |b: CertBuilder| b.permit(Name::dns(base));
        let exclude = |base: &'static str| move |b: CertBuilder| b.exclude(Name::dns(base));
        cases.push(placed("permitted names", place, permit("lab.example")));
        cases.push(placed("names outside the permitted", place, permit("other.example")).refused("name-constraint"));
        cases.push(placed("excluded names", place, exclude("lab.example")).refused("name-constraint"));
        cases.push(placed("constraints that do not concern it", place, exclude("other.example")));
        let uncritical = |b: CertBuilder| b.permit(Name::dns("other.example")).critical(oid::NAME_CONSTRAINTS, false);
        cases.push(placed("constraints that are not critical", place, uncritical).refused("name-constraint"));
        let mail = |b: CertBuilder| b.permit(Name::email("lab.example"));
        cases.push(placed("constraints on a form it has not", place, mail));
    }
    cases.push(placed("constraints of a server certificate", Place::Leaf, |b| b.permit(Name::dns("other.example"))));
    cases
}

fn self_issued() -> Vec<Case> {
    let root = Cert::ca("O=Lab, CN=Root").key(Key::p256(80)).permit(Name::directory("O=Lab")).self_signed();
    let inner = Cert::ca("O=Else").key(Key::p256(81)).issued_by(&root);
    let leaf = Cert::end_entity("O=Lab, CN=leaf").key(Key::p256(82)).issued_by(&inner);
    let dns_root = Cert::ca("CN=Root").key(Key::p256(83)).permit(Name::dns("lab.example")).self_signed();
    let rolled = Cert::ca("CN=Root").key(Key::p256(84)).dns("ca.other.example").issued_by(&dns_root);
    let below = Cert::end_entity("CN=x").dns("vc01.lab.example").key(Key::p256(82)).issued_by(&rolled);
    let outside = Cert::end_entity("CN=x").dns("vc01.other.example").key(Key::p256(82)).issued_by(&rolled);
    let last = Cert::end_entity("CN=Root").dns("vc01.other.example").key(Key::p256(85)).issued_by(&dns_root);
    vec![
        case("an intermediate outside is refused", &[&leaf, &inner], &[&root]).refused("name-constraint"),
        case("a self-issued intermediate is exempt", &[&below, &rolled], &[&dns_root]),
        case("what a self-issued intermediate issues is not", &[&outside, &rolled], &[&dns_root])
            .refused("name-constraint"),
        case("a self-issued end-entity certificate is not exempt", &[&last], &[&dns_root]).refused("name-constraint"),
    ]
}

fn malformed() -> Vec<Case> {
    let junk = |name: &str, value: &'static [u8]| {
        constrained(name, |b| b.extension(oid::NAME_CONSTRAINTS, true, value.to_vec()), |b| b.dns("vc01.lab.example"))
    };
    let short = Name::Ip(vec![10, 0, 0]);
    vec![
        junk("constraints of another type", &[5, 0]).refused("malformed-extension"),
        junk("constraints that end early", &[0x30, 9, 0xa0]).refused("malformed-extension"),
        constrained("a permitted range of three octets", |b| b.permit(short.clone()), |b| b.ip("10.0.0.1"))
            .refused("name-constraint"),
        constrained("an excluded range of three octets", |b| b.exclude(short), |b| b.ip("10.0.0.1"))
            .refused("name-constraint"),
        constrained(
            "an address of five octets under a permitted range",
            |b| b.permit(Name::ip_range("0.0.0.0/0")),
            |b| b.alt_name(Name::Ip(vec![10, 0, 0, 1, 1])),
        )
        .refused("malformed-extension"),
    ]
}

fn combined() -> Vec<Case> {
    let both = |name: &str, host: &str| {
        let ca = |b: CertBuilder| b.permit(Name::dns("lab.example")).exclude(Name::dns("secret.lab.example"));
        constrained(name, ca, |b| b.dns(host))
    };
    let many = |name: &str, second: &str| {
        let ca = |b: CertBuilder| b.permit(Name::dns("lab.example")).permit(Name::dns("dmz.example"));
        constrained(name, ca, |b| b.dns("vc01.lab.example").dns(second))
    };
    vec![
        both("permitted and not excluded", "vc01.lab.example"),
        both("permitted and excluded", "vc01.secret.lab.example").refused("name-constraint"),
        many("each name in one of two subtrees", "vc01.dmz.example"),
        many("one name of two outside", "vc01.evil.example").refused("name-constraint"),
        Pki::new()
            .with(Place::Upper, |b| b.permit(Name::dns("example")))
            .with(Place::Lower, |b| b.permit(Name::dns("lab.example")))
            .case("narrowed on the way down"),
        Pki::new()
            .with(Place::Upper, |b| b.permit(Name::dns("other.example")))
            .with(Place::Lower, |b| b.permit(Name::dns("lab.example")))
            .case("a lower CA cannot widen the names")
            .refused("name-constraint"),
    ]
}
