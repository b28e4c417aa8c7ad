//! The NIST PKITS suite: path verification against certificates and outcomes that nobody here made.
//!
//! `tests/vectors/pkits/README.md` says where the vectors come from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use vitrust::cert::Oid;
use vitrust::path::{PolicyInputs, Revocation};
use vitrust::{Certificate, Crl, Options, Purpose, Time, TrustStore, Verifier};

/// 2020-01-01T00:00:00Z, in seconds. All of PKITS that is meant to be current is current then.
const AT: i64 = 1_577_836_800;

/// 2051-01-01T00:00:00Z, in seconds. All of PKITS is out of date then.
const AFTER_ALL: i64 = 2_556_144_000;

/// RFC 5280 4.2.1.4.
const ANY_POLICY: &str = "2.5.29.32.0";

const VECTORS: usize = 249;
const AT_LEAST_RIGHT: usize = 247;

/// Valid paths that are rejected all the same, each with the reason. A false accept is never an exception.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("4.1.4", "DSA is not supported, so its signatures are never accepted"),
    ("4.1.5", "DSA is not supported, so its signatures are never accepted"),
];

/// One line of `vectors.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    id: String,
    name: String,
    end_entity: String,
    intermediates: Vec<String>,
    crls: Vec<String>,
    anchor: String,
    initial_policy_set: Vec<String>,
    explicit_policy: bool,
    inhibit_policy_mapping: bool,
    inhibit_any_policy: bool,
    expect: bool,
}

/// What verification said about one vector.
struct Outcome {
    id: String,
    name: String,
    expected: bool,
    accepted: bool,
    why: String,
}

#[test]
fn vectors_are_complete_and_use_every_file() {
    let vectors = vectors();
    let ids: BTreeSet<_> = vectors.iter().map(|vector| &vector.id).collect();
    assert_eq!((vectors.len(), ids.len()), (VECTORS, VECTORS));
    assert_eq!(vectors.iter().filter(|vector| vector.expect).count(), 114);

    let used: BTreeSet<PathBuf> = vectors.iter().flat_map(files).collect();
    let present: BTreeSet<PathBuf> = ["certs", "crls"].iter().flat_map(|name| listing(&folder().join(name))).collect();
    assert_eq!(used, present);
}

#[test]
fn at_least_247_right_and_no_false_accept() {
    let outcomes: Vec<Outcome> = vectors().iter().map(|vector| outcome(vector, AT)).collect();
    let complaints = complaints(&outcomes, &EXCEPTIONS);
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));

    let right = outcomes.iter().filter(|outcome| outcome.accepted == outcome.expected).count();
    assert!(right >= AT_LEAST_RIGHT, "only {right} of {VECTORS} are right");
}

#[test]
fn order_of_the_presented_chain_does_not_matter() {
    for vector in vectors() {
        let mut turned = vector.clone();
        turned.intermediates.reverse();
        turned.crls.reverse();
        assert_eq!(run(&vector, AT), run(&turned, AT), "{} {}", vector.id, vector.name);
    }
}

#[test]
fn nothing_is_accepted_without_crls_when_revocation_is_required() {
    for mut vector in vectors() {
        vector.crls.clear();
        assert!(!run(&vector, AT), "{} {}", vector.id, vector.name);
    }
}

#[test]
fn nothing_is_accepted_after_everything_has_expired() {
    for vector in vectors() {
        assert!(!run(&vector, AFTER_ALL), "{} {}", vector.id, vector.name);
    }
}

#[test]
fn complaints_name_false_accepts_unlisted_rejects_and_unneeded_exceptions() {
    let outcomes =
        [example("1", true, true), example("2", false, true), example("3", true, false), example("4", false, false)];
    let found = complaints(&outcomes, &[("1", "once needed"), ("2", "no excuse"), ("9", "no such test")]);
    let heads: Vec<&str> = found.iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(
        heads,
        ["2 false accept", "3 rejected", "1 exception not needed", "2 exception not needed", "9 exception not needed"]
    );
    assert_eq!(complaints(&outcomes[2..], &[("3", "known")]), Vec::<String>::new());
}

/// Whether the vector's path is accepted at the time `at`, in seconds since 1970.
fn run(vector: &Vector, at: i64) -> bool {
    outcome(vector, at).accepted
}

fn outcome(vector: &Vector, at: i64) -> Outcome {
    let anchor = certificate(&vector.anchor);
    let store = TrustStore::from_certificates([anchor]);
    let chain: Vec<Certificate> =
        std::iter::once(&vector.end_entity).chain(&vector.intermediates).map(|name| certificate(name)).collect();
    let crls: Vec<Crl> = vector.crls.iter().map(|name| crl(name)).collect();
    let options = Options {
        purpose: Purpose::Any,
        crls: &crls,
        revocation: Revocation::Required,
        policies: policy_inputs(vector),
        ..Options::at(Time::from_unix(at))
    };
    let verdict = Verifier::new(&store).explain(&chain, &options).expect("a chain of a few certificates");
    Outcome {
        id: vector.id.clone(),
        name: vector.name.clone(),
        expected: vector.expect,
        accepted: verdict.trusted(),
        why: format!("{:?}", verdict.rejections),
    }
}

/// The vector's inputs as options state them, where no policy at all stands for anyPolicy.
fn policy_inputs(vector: &Vector) -> PolicyInputs {
    let names = vector.initial_policy_set.iter().map(String::as_str);
    PolicyInputs {
        initial_policies: names.filter(|name| *name != ANY_POLICY).map(Oid::from).collect(),
        explicit_policy: vector.explicit_policy,
        inhibit_policy_mapping: vector.inhibit_policy_mapping,
        inhibit_any_policy: vector.inhibit_any_policy,
    }
}

/// Everything that is wrong with a run: false accepts, rejects that are not listed, exceptions that are not needed.
fn complaints(outcomes: &[Outcome], exceptions: &[(&str, &str)]) -> Vec<String> {
    let rejected: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.expected && !outcome.accepted).collect();
    let false_accepts = outcomes
        .iter()
        .filter(|outcome| outcome.accepted && !outcome.expected)
        .map(|outcome| format!("{} false accept: {}", outcome.id, outcome.name));
    let unlisted = rejected
        .iter()
        .filter(|outcome| !exceptions.iter().any(|(id, _)| *id == outcome.id))
        .map(|outcome| format!("{} rejected: {}: {}", outcome.id, outcome.name, outcome.why));
    let unneeded = exceptions
        .iter()
        .filter(|(id, _)| !rejected.iter().any(|outcome| outcome.id == *id))
        .map(|(id, reason)| format!("{id} exception not needed: {reason}"));
    false_accepts.chain(unlisted).chain(unneeded).collect()
}

fn vectors() -> Vec<Vector> {
    serde_json::from_slice(&bytes(&folder().join("vectors.json"))).expect("vectors.json holds vectors")
}

fn certificate(name: &str) -> Certificate {
    let der = bytes(&folder().join("certs").join(name));
    Certificate::from_der(&der).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn crl(name: &str) -> Crl {
    let der = bytes(&folder().join("crls").join(name));
    Crl::from_der(&der).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn files(vector: &Vector) -> Vec<PathBuf> {
    let certificates = [&vector.end_entity, &vector.anchor].into_iter().chain(&vector.intermediates);
    let certificates = certificates.map(|name| folder().join("certs").join(name));
    certificates.chain(vector.crls.iter().map(|name| folder().join("crls").join(name))).collect()
}

fn listing(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a readable folder entry").path()).collect()
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/pkits")
}

fn example(id: &str, expected: bool, accepted: bool) -> Outcome {
    Outcome { id: id.to_owned(), name: "example".to_owned(), expected, accepted, why: "example".to_owned() }
}
