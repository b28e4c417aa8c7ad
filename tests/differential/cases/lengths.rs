//! Path lengths, self-issued certificates and the depth each validator follows.

use vitrust_factory::{Cert, CertBuilder, Key};

use super::super::case::{Cases, Purpose};
use super::{root_builder, server_builder};

pub(super) fn add(cases: &mut Cases) {
    path_lengths(cases);
    self_issued(cases);
    depths(cases);
}

/// `length` CA certificates, the anchor first; `change` sees each with its index (the anchor is 0).
fn line(length: usize, change: impl Fn(usize, CertBuilder) -> CertBuilder) -> Vec<Cert> {
    let mut line: Vec<Cert> = vec![change(0, root_builder()).self_signed()];
    for (index, seed) in (1..length).zip(1000..) {
        let builder = Cert::ca(format!("CN=Level {index}, O=Lab")).key(Key::p256(seed));
        let next = change(index, builder).issued_by(&line[index - 1]);
        line.push(next);
    }
    line
}

/// Asks about a server below the last of `line`, with everything but the anchor presented in order.
fn ask(cases: &mut Cases, name: &str, line: &[Cert]) {
    let Some((last, _)) = line.split_last() else { return };
    let server = server_builder().issued_by(last);
    let mut chain = vec![&server];
    chain.extend(line[1..].iter().rev());
    cases.add(name, &chain, &[&line[0]]);
}

fn path_lengths(cases: &mut Cases) {
    let limited = |level: usize, length: u64| {
        move |index: usize, cert: CertBuilder| if index == level { cert.path_length(length) } else { cert }
    };
    ask(cases, "path-length/anchor-0-direct", &line(1, limited(0, 0)));
    ask(cases, "path-length/anchor-0-one-below", &line(2, limited(0, 0)));
    ask(cases, "path-length/anchor-1-one-below", &line(2, limited(0, 1)));
    ask(cases, "path-length/anchor-1-two-below", &line(3, limited(0, 1)));
    ask(cases, "path-length/intermediate-0-direct", &line(2, limited(1, 0)));
    ask(cases, "path-length/intermediate-0-one-below", &line(3, limited(1, 0)));
    ask(cases, "path-length/intermediate-1-one-below", &line(3, limited(1, 1)));
    ask(cases, "path-length/intermediate-1-two-below", &line(4, limited(1, 1)));
    ask(cases, "path-length/large", &line(3, limited(1, 4_000_000_000)));
    let growing = line(4, |index, cert| cert.path_length(if index == 1 { 0 } else { 9 }));
    ask(cases, "path-length/cannot-grow-again", &growing);
    let negative = |index: usize, cert: CertBuilder| {
        let body = vec![0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0xff];
        let oid = vitrust_factory::oid::BASIC_CONSTRAINTS;
        if index == 1 { cert.without(oid).extension(oid, true, body) } else { cert }
    };
    ask(cases, "path-length/negative", &line(2, negative));
    let limited_root = line(2, limited(0, 0));
    let target = [&limited_root[1]];
    cases.add("path-length/ca-as-target-below-0", &target, &[&limited_root[0]]).purpose(Purpose::Any);
}

fn self_issued(cases: &mut Cases) {
    let root = root_builder().path_length(0).self_signed();
    // The same name with a new key, signed by the old: RFC 5280 does not count it.
    let rollover = Cert::ca("CN=Root, O=Lab").key(Key::p256(50)).issued_by(&root);
    let server = server_builder().issued_by(&rollover);
    cases.add("path-length/self-issued-below-anchor-0", &[&server, &rollover], &[&root]);
    let unlimited = root_builder().self_signed();
    let sub = Cert::ca("CN=Sub, O=Lab").key(Key::p256(51)).path_length(0).issued_by(&unlimited);
    let sub_again = Cert::ca("CN=Sub, O=Lab").key(Key::p256(52)).issued_by(&sub);
    let server = server_builder().issued_by(&sub_again);
    cases.add("path-length/self-issued-below-intermediate-0", &[&server, &sub_again, &sub], &[&unlimited]);
    let low = Cert::ca("CN=Low, O=Lab").key(Key::p256(53)).issued_by(&sub_again);
    let server = server_builder().issued_by(&low);
    cases.add("path-length/other-below-self-issued", &[&server, &low, &sub_again, &sub], &[&unlimited]);
    let own = Cert::end_entity("CN=Sub, O=Lab").dns("a.lab.example").key(Key::p256(54)).issued_by(&sub);
    cases.add("path-length/self-issued-end-entity", &[&own, &sub], &[&unlimited]);
}

fn depths(cases: &mut Cases) {
    for intermediates in [3_usize, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 99, 100, 101, 120] {
        ask(cases, &format!("depth/{intermediates}-intermediates"), &line(intermediates + 1, |_, cert| cert));
    }
}
