//! DER that is not quite DER, and bytes that are no certificate.

use vitrust_factory::{Cert, asn1};

use super::super::case::Cases;
use super::{root, server_builder, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    let root = root();
    let sub = sub_builder().issued_by(&root);
    let server = server_builder().issued_by(&sub);
    type Patch = fn(&mut Vec<u8>);
    let changes: [(&str, Patch); 6] = [
        ("trailing-byte", |der| der.push(0)),
        ("truncated", |der| der.truncate(der.len() - 10)),
        ("nothing", Vec::clear),
        ("indefinite-length", |der| {
            der.splice(1..4, [0x80]);
            der.extend([0, 0]);
        }),
        ("long-length", |der| {
            der.splice(1..2, [0x83, 0x00]);
        }),
        ("unused-bits-in-signature", |der| unused_bits(der)),
    ];
    for (name, change) in changes {
        let broken = server.clone().patched(change);
        cases.add(format!("encoding/{name}/end-entity"), &[&broken, &sub], &[&root]);
        let broken = sub.clone().patched(change);
        cases.add(format!("encoding/{name}/intermediate"), &[&server, &broken], &[&root]);
        let broken = root.clone().patched(change);
        cases.add(format!("encoding/{name}/anchor"), &[&server, &sub], &[&broken]);
    }
    odd_boolean(cases, &root);
}

/// Sets the count of unused bits of the signature, the last BIT STRING, to one.
fn unused_bits(der: &mut [u8]) {
    let signature = der.windows(2).rposition(|pair| pair == [0x00, 0x30]);
    if let Some(at) = signature {
        der[at] = 1;
    }
}

/// TRUE as another byte than DER's 0xff.
fn odd_boolean(cases: &mut Cases, root: &Cert) {
    let oid = vitrust_factory::oid::BASIC_CONSTRAINTS;
    let body = asn1::sequence(&[asn1::tlv(asn1::BOOLEAN, &[1])]);
    let odd = sub_builder().without(oid).extension(oid, true, body).issued_by(root);
    let server = server_builder().issued_by(&odd);
    cases.add("encoding/ca-true-as-1/intermediate", &[&server, &odd], &[root]);
}
