//! The octets that no signature covers: changed, they must not make a second encoding of one certificate or list.

use vitrust_factory::{Cert, Key, Node, asn1};

use super::{Accept, Change, Must, Neighbours, Record, Refuse, root_builder, server_builder, sub_builder};

/// A change to the whole element, its name and what must come of it.
type Shape = (&'static str, Must, Change);

/// The outer AlgorithmIdentifier.
const ALGORITHM: usize = 1;
/// The signature.
const SIGNATURE: usize = 2;

/// Shapes for any algorithm.
const SHAPES: &[Shape] = &[
    ("as-it-was", Accept, |whole| whole),
    ("length-1-octet-more", Refuse, |whole| whole.length_octets(3)),
    ("length-8-octets", Refuse, |whole| whole.length_octets(8)),
    ("length-9-octets", Refuse, |whole| whole.length_octets(9)),
    ("indefinite", Refuse, |whole| whole.indefinite()),
    ("long-tag", Refuse, |whole| whole.long_tag()),
    ("set", Refuse, |whole| whole.tag(asn1::SET)),
    ("primitive", Refuse, |whole| whole.tag(0x10)),
    ("context-class", Refuse, |whole| whole.tag(0xb0)),
    ("fourth-part", Refuse, |whole| whole.push(Node::null())),
    ("fourth-part-empty-octets", Refuse, |whole| whole.push(Node::raw(&[0, 0]))),
    ("algorithm-leftover", Refuse, |whole| whole.at(&[ALGORITHM]).push(Node::null()).push(Node::null())),
    ("algorithm-long-length", Refuse, |whole| whole.at(&[ALGORITHM]).length_octets(1)),
    ("algorithm-indefinite", Refuse, |whole| whole.at(&[ALGORITHM]).indefinite()),
    ("algorithm-set", Refuse, |whole| whole.at(&[ALGORITHM]).tag(asn1::SET)),
    ("algorithm-long-tag", Refuse, |whole| whole.at(&[ALGORITHM]).long_tag()),
    ("oid-long-length", Refuse, |whole| whole.at(&[ALGORITHM, 0]).length_octets(1)),
    ("oid-long-tag", Refuse, |whole| whole.at(&[ALGORITHM, 0]).long_tag()),
    ("oid-constructed", Refuse, |whole| whole.at(&[ALGORITHM, 0]).wrap()),
    ("oid-is-text", Refuse, |whole| whole.at(&[ALGORITHM, 0]).tag(0x0c)),
    ("oid-padded", Refuse, |whole| {
        let id = whole.at(&[ALGORITHM, 0]);
        let last = id.bytes().len() - 1;
        id.bytes().insert(last, 0x80);
        id
    }),
    ("unused-bits-1", Refuse, |whole| unused(whole, 1)),
    ("unused-bits-7", Refuse, |whole| unused(whole, 7)),
    ("unused-bits-9", Refuse, |whole| unused(whole, 9)),
    ("unused-bits-128", Refuse, |whole| unused(whole, 128)),
    ("signature-long-length", Refuse, |whole| whole.at(&[SIGNATURE]).length_octets(4)),
    ("signature-long-tag", Refuse, |whole| whole.at(&[SIGNATURE]).long_tag()),
    ("signature-constructed", Refuse, |whole| whole.at(&[SIGNATURE]).split(asn1::BIT_STRING)),
    ("signature-wrapped", Refuse, |whole| whole.at(&[SIGNATURE]).wrap()),
    ("signature-is-octets", Refuse, |whole| whole.at(&[SIGNATURE]).tag(asn1::OCTET_STRING)),
    ("signature-context-class", Refuse, |whole| whole.at(&[SIGNATURE]).tag(0x83)),
];

/// Shapes of ECDSA, whose signature is an encoding itself and whose algorithm has no parameters.
const ECDSA: &[Shape] = &[
    ("null-parameters", Refuse, |whole| whole.at(&[ALGORITHM]).push(Node::null())),
    ("values-long-length", Refuse, |whole| values(whole).length_octets(1)),
    ("values-indefinite", Refuse, |whole| values(whole).indefinite()),
    ("values-leftover", Refuse, |whole| values(whole).push(Node::null())),
    ("values-set", Refuse, |whole| values(whole).tag(asn1::SET)),
    ("value-padded", Refuse, |whole| {
        let number = values(whole).at(&[0]);
        number.bytes().insert(0, 0);
        number
    }),
    ("value-long-length", Refuse, |whole| values(whole).at(&[1]).length_octets(1)),
    ("values-behind", Refuse, |whole| whole.at(&[SIGNATURE]).push(Node::raw(&[0]))),
];

/// Shapes of RSA, whose parameters are NULL and whose signature is as long as the modulus.
const RSA: &[Shape] = &[
    ("as-it-was", Accept, |whole| whole),
    ("null-twice", Refuse, |whole| whole.at(&[ALGORITHM]).push(Node::null())),
    ("null-long-length", Refuse, |whole| whole.at(&[ALGORITHM, 1]).length_octets(1)),
    ("null-longer-length", Refuse, |whole| whole.at(&[ALGORITHM, 1]).length_octets(4)),
    ("null-with-content", Refuse, |whole| whole.at(&[ALGORITHM, 1]).set(&[0])),
    ("null-constructed", Refuse, |whole| whole.at(&[ALGORITHM, 1]).tag(0x25)),
    ("null-context-class", Refuse, |whole| whole.at(&[ALGORITHM, 1]).tag(0x85)),
    ("null-long-tag", Refuse, |whole| whole.at(&[ALGORITHM, 1]).long_tag()),
    ("null-is-empty-sequence", Refuse, |whole| whole.at(&[ALGORITHM, 1]).tag(asn1::SEQUENCE)),
    ("signature-zero-before", Refuse, |whole| {
        whole.at(&[SIGNATURE]).bytes().insert(1, 0);
        whole
    }),
    ("signature-octet-behind", Refuse, |whole| {
        whole.at(&[SIGNATURE]).bytes().push(0);
        whole
    }),
];

fn unused(whole: &mut Node, bits: u8) -> &mut Node {
    whole.at(&[SIGNATURE]).bytes()[0] = bits;
    whole
}

/// Ecdsa-Sig-Value, within the signature.
fn values(whole: &mut Node) -> &mut Node {
    whole.at(&[SIGNATURE, 1])
}

pub(super) fn add(list: &mut Neighbours) {
    let (root, sub, server) = (list.lab.root.clone(), list.lab.sub.clone(), list.lab.server.clone());
    for (name, must, change) in SHAPES.iter().chain(ECDSA) {
        let odd = reshaped(&server, *change);
        list.ask(format!("unsigned/{name}/end-entity"), *must, &[&odd, &sub], &[&root]).host(super::HOST);
    }
    for name in ["length-1-octet-more", "fourth-part", "algorithm-leftover", "unused-bits-9", "values-long-length"] {
        let (_, must, change) = shape(name);
        let odd = reshaped(&sub, change);
        list.ask(format!("unsigned/{name}/intermediate"), must, &[&server, &odd], &[&root]).host(super::HOST);
        let odd = reshaped(&root, change);
        // Nobody reads the signature of an anchor, so what is within its bits is open.
        let must = if name.starts_with("values") { Record } else { must };
        list.ask(format!("unsigned/{name}/anchor"), must, &[&server, &sub], &[&odd]).host(super::HOST);
    }
    rsa(list);
    lists(list);
    behind(list);
}

fn shape(name: &str) -> Shape {
    *SHAPES.iter().chain(ECDSA).find(|shape| shape.0 == name).expect("the shape is in the table")
}

fn reshaped(cert: &Cert, change: Change) -> Cert {
    cert.reshaped(|whole| {
        change(whole);
    })
}

fn rsa(list: &mut Neighbours) {
    let root = root_builder().key(Key::rsa2048(0)).self_signed();
    let sub = sub_builder().issued_by(&root);
    let server = server_builder().issued_by(&sub);
    for (name, must, change) in RSA {
        let odd = reshaped(&sub, *change);
        list.ask(format!("unsigned/rsa-{name}"), *must, &[&server, &odd], &[&root]).host(super::HOST);
    }
}

/// The same shapes of the intermediate's list.
fn lists(list: &mut Neighbours) {
    let clean = list.lab.sub_list();
    for (name, must, change) in SHAPES.iter().chain(ECDSA) {
        let odd = clean.reshaped(|whole| {
            change(whole);
        });
        list.ask_lists(format!("unsigned/{name}/list"), *must, &[&odd]);
    }
}

/// Octets behind the whole.
fn behind(list: &mut Neighbours) {
    let (root, sub, server) = (list.lab.root.clone(), list.lab.sub.clone(), list.lab.server.clone());
    for (name, octets) in [("zeros", &[0, 0][..]), ("null", &[5, 0]), ("line-feed", b"\n")] {
        let odd = server.clone().patched(|der| der.extend_from_slice(octets));
        list.ask(format!("unsigned/behind-{name}/end-entity"), Refuse, &[&odd, &sub], &[&root]).host(super::HOST);
        let odd = list.lab.sub_list().reshaped(|whole| {
            let der = [whole.der(), octets.to_vec()].concat();
            whole.replace(&der);
        });
        list.ask_lists(format!("unsigned/behind-{name}/list"), Refuse, &[&odd]);
    }
}
