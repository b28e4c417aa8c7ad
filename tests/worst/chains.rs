//! Long chains, and many certificates of one name.

use vitrust_factory::{Cert, CertBuilder, GeneralName, Key};

use super::{Chain, Expected, Input, Row, der};

pub(super) const CASES: &[Row] = &[
    ("chain of 500 intermediates", Expected::Trusted, |_| deep(500, false, true, true)),
    ("chain of 500 intermediates, no key ids", Expected::Trusted, |_| deep(500, false, false, true)),
    ("chain of 500 intermediates, no root", Expected::Refused("issuer-not-found"), |_| deep(500, false, true, false)),
    ("500 self-issued intermediates", Expected::Trusted, |_| deep(500, true, true, true)),
    ("500 self-issued intermediates, no key ids", Expected::Trusted, |_| deep(500, true, false, true)),
    ("500 self-issued intermediates, no key ids, topmost first", Expected::Trusted, |_| {
        turned(deep(500, true, false, true))
    }),
    ("500 constrained intermediates", Expected::Trusted, |_| constrained(500)),
    ("2,000 roots of one name, last one right", Expected::Trusted, |_| anchors(2_000, true, true)),
    ("2,000 roots of one name, no key ids, last one right", Expected::Trusted, |_| anchors(2_000, false, true)),
    ("2,000 roots of one name, none right", Expected::Refused("key-changed"), |_| anchors(2_000, true, false)),
    ("2,000 roots of one name, no key ids, none right", Expected::Refused("signature"), |_| {
        anchors(2_000, false, false)
    }),
    ("2,000 presented lookalikes, last one right", Expected::Trusted, |_| presented(2_000, true, true)),
    ("2,000 presented lookalikes, no key ids, last one right", Expected::Trusted, |_| presented(2_000, false, true)),
    ("2,000 presented lookalikes, none right", Expected::Refused("key-changed"), |_| presented(2_000, true, false)),
    ("10,000 presented copies of one certificate", Expected::Trusted, |_| copies(10_000)),
];

fn ids(builder: CertBuilder, with: bool) -> CertBuilder {
    if with { builder } else { builder.no_key_ids() }
}

fn end_entity(key_ids: bool, issuer: &Cert) -> Cert {
    let server = Cert::end_entity("CN=server.lab.example").dns("server.lab.example").key(Key::p256(1));
    ids(server, key_ids).issued_by(issuer)
}

/// `count` intermediates between end-entity and root, each of its own name or all of one.
pub(super) fn deep(count: u64, one_name: bool, key_ids: bool, rooted: bool) -> Input {
    let name = |n: u64| if one_name { "CN=Deep".to_owned() } else { format!("CN=Deep {n}") };
    let root = ids(Cert::ca(name(0).as_str()).key(Key::p256(10_000)), key_ids).self_signed();
    let mut path = vec![root];
    for n in 1..=count {
        let above = &path[path.len() - 1];
        path.push(ids(Cert::ca(name(n).as_str()).key(Key::p256(10_000 + n)), key_ids).issued_by(above));
    }
    path.push(end_entity(key_ids, &path[path.len() - 1]));
    let (root, below) = path.split_at(1);
    let anchors = if rooted { der(root) } else { Vec::new() };
    Chain { presented: der(below.iter().rev()), anchors, ..Chain::default() }.input()
}

/// The same question with all but the end-entity certificate presented the other way round.
fn turned(input: Input) -> Input {
    match input {
        Input::Chain(mut chain) => {
            chain.presented[1..].reverse();
            Input::Chain(chain)
        }
        other @ (Input::Text(_) | Input::Answer(..)) => other,
    }
}

/// Intermediates each of which constrains the names of all below it.
fn constrained(count: u64) -> Input {
    let mut path = vec![Cert::ca("O=Lab, CN=Root").key(Key::p256(10_000)).self_signed()];
    for n in 1..=count {
        let authority = Cert::ca(format!("O=Lab, CN=Deep {n}").as_str()).key(Key::p256(10_000 + n));
        let authority = authority.permit(GeneralName::directory("O=Lab")).permit(GeneralName::dns("lab.example"));
        path.push(authority.issued_by(&path[path.len() - 1]));
    }
    let server = Cert::end_entity("O=Lab, CN=server").dns("server.lab.example").key(Key::p256(1));
    path.push(server.issued_by(&path[path.len() - 1]));
    Chain { presented: der(path[1..].iter().rev()), anchors: der(&path[..1]), ..Chain::default() }.input()
}

/// A store of regenerated roots: one subject, a key each.
pub(super) fn anchors(count: u64, key_ids: bool, right: bool) -> Input {
    let root = |n: u64| ids(Cert::ca("CN=CA, DC=vsphere, DC=local").key(Key::p256(20_000 + n)), key_ids).self_signed();
    let mut roots: Vec<Cert> = (1..=count).map(root).collect();
    let server = end_entity(key_ids, &roots[roots.len() - 1]);
    if !right {
        roots.pop();
    }
    Chain { presented: der([&server]), anchors: der(&roots), ..Chain::default() }.input()
}

/// A presented chain of intermediates of one name, all signed by the root of the store; one made the signature.
fn presented(count: u64, key_ids: bool, right: bool) -> Input {
    let root = ids(Cert::ca("CN=Root").key(Key::p256(30_000)), key_ids).self_signed();
    let intermediate = |n: u64| ids(Cert::ca("CN=Lookalike").key(Key::p256(20_000 + n)), key_ids).issued_by(&root);
    let mut chain: Vec<Cert> = (1..=count).map(intermediate).collect();
    chain.insert(0, end_entity(key_ids, &chain[chain.len() - 1]));
    if !right {
        chain.pop();
    }
    Chain { presented: der(&chain), anchors: der([&root]), ..Chain::default() }.input()
}

fn copies(count: usize) -> Input {
    let root = Cert::ca("CN=Root").key(Key::p256(30_000)).self_signed();
    let intermediate = Cert::ca("CN=Sub").key(Key::p256(30_001)).issued_by(&root);
    let mut chain = vec![intermediate.der().to_vec(); count - 1];
    chain.insert(0, end_entity(true, &intermediate).der().to_vec());
    Chain { presented: chain, anchors: der([&root]), ..Chain::default() }.input()
}
