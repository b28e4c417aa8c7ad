//! Names that cannot be read to their end: what stands behind the odd part must not be lost.

use vitrust_factory::{
    Attribute, Cert, Crl, CrlEntry, GeneralName, IssuingDistributionPoint, Key, Name, Node, asn1, oid,
};

use super::{Accept, Must, Neighbours, Record, Refuse, root_builder, server_builder, sub_builder};

/// What may stand where an RDN should: the name of the form and its bytes.
fn odd_rdns() -> Vec<(&'static str, Must, Vec<u8>)> {
    let common_name = asn1::oid("2.5.4.3");
    let text = asn1::tlv(0x0c, b"x");
    let attribute = asn1::sequence(&[common_name.clone(), text.clone()]);
    let set = |content: &[Vec<u8>]| asn1::tlv(asn1::SET, &content.concat());
    let pair = |kind: &[u8]| set(&[asn1::sequence(&[asn1::tlv(asn1::OBJECT_IDENTIFIER, kind), text.clone()])]);
    vec![
        ("empty-set", Refuse, set(&[])),
        ("sequence-for-set", Refuse, asn1::sequence(std::slice::from_ref(&attribute))),
        ("primitive-set", Refuse, asn1::tlv(0x11, &attribute)),
        ("set-with-leftover", Refuse, set(&[attribute.clone(), asn1::null()])),
        ("attribute-with-leftover", Refuse, set(&[asn1::sequence(&[common_name.clone(), text.clone(), asn1::null()])])),
        ("attribute-without-value", Refuse, set(&[asn1::sequence(std::slice::from_ref(&common_name))])),
        ("attribute-empty", Refuse, set(&[asn1::sequence(&[])])),
        ("attribute-is-set", Refuse, set(&[asn1::tlv(asn1::SET, &[common_name, text.clone()].concat())])),
        ("type-is-text", Refuse, set(&[asn1::sequence(&[asn1::tlv(0x0c, &[0x55, 4, 3]), text.clone()])])),
        ("type-without-bytes", Refuse, pair(&[])),
        ("type-cut", Refuse, pair(&[0x55, 4, 0x83])),
        ("type-padded", Refuse, pair(&[0x55, 4, 0x80, 3])),
        ("null", Refuse, asn1::null()),
        ("value-with-long-length", Refuse, set(&[asn1::sequence(&[asn1::oid("2.5.4.3"), vec![0x0c, 0x81, 1, b'x']])])),
        ("value-is-sequence", Record, set(&[asn1::sequence(&[asn1::oid("2.5.4.3"), asn1::sequence(&[text])])])),
        (
            "set-with-long-length",
            Refuse,
            [&[asn1::SET, 0x81, u8::try_from(attribute.len()).expect("short")], &*attribute].concat(),
        ),
    ]
}

fn rdn(kind: &str, value: &str) -> Vec<u8> {
    let name = Name::dn(&format!("{kind}={value}")).der();
    name[2..].to_vec()
}

/// A name of these RDNs.
fn name(rdns: &[&[u8]]) -> Name {
    Name::raw(&asn1::tlv(asn1::SEQUENCE, &rdns.concat()))
}

pub(super) fn add(list: &mut Neighbours) {
    let (good, evil, host) = (rdn("O", "Good"), rdn("O", "Evil"), rdn("CN", "x"));
    excluded(list, "names/control/excluded", Refuse, &name(&[&evil, &host]));
    excluded(list, "names/control/not-excluded", Accept, &name(&[&good, &host]));
    for (form, must, odd) in odd_rdns() {
        let before = name(&[&odd, &evil]);
        excluded(list, &format!("names/{form}/before-excluded"), must, &before);
    }
    let empty = asn1::tlv(asn1::SET, &[]);
    excluded(list, "names/empty-set/behind-excluded", Refuse, &name(&[&evil, &empty]));
    excluded(list, "names/empty-set/alone", Refuse, &name(&[&empty]));
    excluded(
        list,
        "names/set-for-name",
        Refuse,
        &Name::raw(&asn1::tlv(asn1::SET, &[host.clone(), good.clone()].concat())),
    );
    excluded(list, "names/leftover-byte", Refuse, &name(&[&host, &good, &[0]]));
    let leftover = asn1::tlv(asn1::SET, &asn1::sequence(&[asn1::oid("2.5.4.3"), asn1::tlv(0x0c, b"x"), asn1::null()]));
    for (form, odd) in [("empty-set", &empty), ("attribute-with-leftover", &leftover)] {
        behind(list, form, odd);
    }
}

/// Asks about a subject below a CA that excludes the organisation Evil.
fn excluded(list: &mut Neighbours, title: &str, must: Must, subject: &Name) {
    let root = list.lab.root.clone();
    let sub = sub_builder().exclude(GeneralName::directory("O=Evil")).issued_by(&root);
    let server = server_builder().subject(subject).issued_by(&sub);
    list.ask(title, must, &[&server, &sub], &[&root]).host(super::HOST);
}

/// The places where a name is read, with something odd before what counts.
fn behind(list: &mut Neighbours, form: &str, odd: &[u8]) {
    let root = list.lab.root.clone();
    let title = |place: &str| format!("names/{form}/{place}");
    let evil = name(&[odd, &rdn("O", "Evil")]);
    let permitting = sub_builder().permit(GeneralName::directory("O=Good")).issued_by(&root);
    let server = server_builder().subject(name(&[&rdn("O", "Good"), odd, &rdn("O", "Evil")])).issued_by(&permitting);
    list.ask(title("permitted"), Refuse, &[&server, &permitting], &[&root]);
    let sub = sub_builder().exclude(GeneralName::directory("O=Evil")).issued_by(&root);
    let server = server_builder().alt_name(GeneralName::directory(evil.clone())).issued_by(&sub);
    list.ask(title("alternative-name"), Refuse, &[&server, &sub], &[&root]);
    let mail = sub_builder().exclude(GeneralName::email("evil.example")).issued_by(&root);
    let subject = name(&[&rdn("CN", "x"), odd, &rdn("emailAddress", "a@evil.example")]);
    let server = server_builder().subject(subject).issued_by(&mail);
    list.ask(title("mail-in-subject"), Refuse, &[&server, &mail], &[&root]);
    let odd_subtree = sub_builder().exclude(GeneralName::directory(evil)).issued_by(&root);
    let server = server_builder().issued_by(&odd_subtree);
    list.ask(title("subtree"), Refuse, &[&server, &odd_subtree], &[&root]);
    self_issued(list, &title("self-issued"), odd);
    let odd_sub = sub_builder().subject(name(&[&rdn("CN", "Sub"), odd, &rdn("O", "Other")])).issued_by(&root);
    let server = server_builder().issuer(name(&[&rdn("CN", "Sub"), odd, &rdn("O", "Lab")])).issued_by(&odd_sub);
    list.ask(title("chaining"), Refuse, &[&server, &odd_sub], &[&root]);
    let odd_root = root_builder().subject(name(&[&rdn("CN", "Root"), odd, &rdn("O", "Lab")])).self_signed();
    let sub = sub_builder().issued_by(&odd_root);
    let server = server_builder().issued_by(&sub);
    list.ask(title("anchor"), Refuse, &[&server, &sub], &[&odd_root]);
    crl_names(list, form, odd);
}

/// A CA below a path length of zero that looks self-issued when its name is cut.
fn self_issued(list: &mut Neighbours, title: &str, odd: &[u8]) {
    let root = list.lab.root.clone();
    let above = sub_builder().subject(name(&[&rdn("CN", "Sub"), odd, &rdn("CN", "A")])).path_length(0).issued_by(&root);
    let below = Cert::ca(name(&[&rdn("CN", "Sub"), odd, &rdn("CN", "B")])).key(Key::p256(4)).issued_by(&above);
    let server = server_builder().issued_by(&below);
    list.ask(title, Refuse, &[&server, &below, &above], &[&root]);
}

/// Names in lists: the list's issuer, an entry's issuer, and the issuing distribution point.
fn crl_names(list: &mut Neighbours, form: &str, odd: &[u8]) {
    let sub = list.lab.sub.clone();
    let odd_name = || name(&[&rdn("CN", "Sub"), &rdn("O", "Lab"), odd]);
    let cut = Crl::of(&sub).issuer(odd_name()).sign();
    list.ask_lists(format!("names/{form}/crl-issuer"), Refuse, &[&cut]);
    let entry = CrlEntry::new(&super::OTHER_SERIAL, "2026-04-01").certificate_issuer(odd_name());
    let point = IssuingDistributionPoint { indirect: true, ..IssuingDistributionPoint::default() };
    let indirect = Crl::of(&sub).issuing_distribution_point(&point).entry(entry).sign();
    list.ask_lists(format!("names/{form}/entry-issuer"), Refuse, &[&indirect]);
    let relative = IssuingDistributionPoint {
        relative_name: vec![Attribute::new("CN", "1")],
        ..IssuingDistributionPoint::default()
    };
    let list_of = Crl::of(&sub).issuing_distribution_point(&relative).sign();
    let odd_part = odd.to_vec();
    let pointed = list_of.reformed(sub.key(), move |signed| {
        let point = signed.value(oid::ISSUING_DISTRIBUTION_POINT).at(&[0, 0]);
        *point = Node::raw(&[&[0xa1], &odd_part[1..]].concat());
    });
    list.ask_lists(format!("names/{form}/distribution-point"), Refuse, &[&pointed]);
}
