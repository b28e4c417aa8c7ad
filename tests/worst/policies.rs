//! Policies that are repeated, mapped and carried on by anyPolicy: the graph must not grow with their product.

use vitrust_factory::{Cert, CertBuilder, Key};

use super::{Chain, Expected, Input, Row, der};

const ANY: &str = "2.5.29.32.0";

pub(super) const CASES: &[Row] = &[
    ("policies: 10,000 mapped to one that is repeated 10,000 times", Expected::Trusted, |_| repeated(10_000)),
    ("policies: 20,000 mapped to one that is repeated 20,000 times", Expected::Trusted, |_| repeated(20_000)),
    ("policies: 40,000 mapped to one that is repeated 40,000 times", Expected::Refused("budget-exhausted"), |_| {
        repeated(40_000)
    }),
    ("policies: one mapped to 20,000 that follow", Expected::Trusted, |_| fanned(20_000)),
    ("policies: one mapping repeated 40,000 times", Expected::Trusted, |_| repeated_mapping(40_000)),
    ("policies: 10,000 carried on by anyPolicy at 100 levels", Expected::Refused("budget-exhausted"), |_| {
        carried(10_000, 100)
    }),
];

fn root() -> CertBuilder {
    Cert::ca("CN=Root").key(Key::p256(95_000))
}

fn server(policies: &[&str]) -> CertBuilder {
    Cert::end_entity("CN=server").dns("server.lab.example").key(Key::p256(1)).policies(policies)
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("1.2.3.{n}")).collect()
}

fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// A server certificate below CAs that are given from the topmost one; a policy is required.
fn below(authorities: Vec<CertBuilder>, server: CertBuilder) -> Input {
    let mut path = vec![root().self_signed()];
    for authority in authorities {
        path.push(authority.issued_by(&path[path.len() - 1]));
    }
    path.push(server.issued_by(&path[path.len() - 1]));
    let presented = der(path[1..].iter().rev());
    Chain { presented, anchors: der(&path[..1]), explicit_policy: true, ..Chain::default() }.input()
}

fn authority(level: u64) -> CertBuilder {
    Cert::ca(format!("CN=Level {level}").as_str()).key(Key::p256(95_000 + level))
}

pub(super) fn repeated(count: usize) -> Input {
    let names = names(count);
    let names = texts(&names);
    let pairs: Vec<(&str, &str)> = names.iter().map(|from| (*from, "1.2.4.1")).collect();
    below(vec![authority(1).policies(&names).policy_mappings(&pairs)], server(&vec!["1.2.4.1"; count]))
}

fn fanned(count: usize) -> Input {
    let names = names(count);
    let names = texts(&names);
    let pairs: Vec<(&str, &str)> = names.iter().map(|to| ("1.2.4.1", *to)).collect();
    below(vec![authority(1).policies(&["1.2.4.1"]).policy_mappings(&pairs)], server(&names))
}

pub(super) fn repeated_mapping(count: usize) -> Input {
    let pairs = vec![("1.2.4.1", "1.2.4.2"); count];
    below(vec![authority(1).policies(&["1.2.4.1"]).policy_mappings(&pairs)], server(&["1.2.4.2"]))
}

fn carried(count: usize, levels: u64) -> Input {
    let first = authority(1).policies(&texts(&names(count)));
    let above = (2..=levels).map(|level| authority(level).policies(&[ANY]));
    below([first].into_iter().chain(above).collect(), server(&[ANY]))
}
