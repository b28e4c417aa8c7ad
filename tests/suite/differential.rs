//! Our profiles beside the real validators they stand for, over every generated case.
//!
//! `tests/differential/disagreements.tsv` lists where we differ on purpose or by limitation, each with its reason: an
//! unlisted difference fails, and so does a line that is no longer needed. Validators of the version written down are
//! asked afresh; for missing and other ones the written answers stand in, and the run says so.

#[path = "../differential/mod.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "the tool that records the answers uses the rest")]
pub(crate) mod asked;

use std::collections::{BTreeMap, BTreeSet};

use asked::answers::{recorded, recorded_version};
use asked::case::Case;
use asked::cases;
use asked::drivers::Driver;
use asked::ours::ours;
use vitrust::{Certificate, Options, Profile, Purpose, Time, TrustStore, Verifier};

const DISAGREEMENTS: &str = include_str!("../differential/disagreements.tsv");

/// The profile each validator calibrates. `strict` follows RFC 5280 and no validator: pyca, the nearest to it, is a
/// second opinion. `java` is the trust manager that TLS asks; the answers of the raw CertPathBuilder are only recorded.
const PAIRS: [(Driver, Profile); 5] = [
    (Driver::Pyca, Profile::Strict),
    (Driver::Openssl, Profile::Openssl),
    (Driver::JavaTls, Profile::Java),
    (Driver::Go, Profile::Go),
    (Driver::Webpki, Profile::Webpki),
];

/// The validator's answers: fresh ones where the version that was written down is on this machine, else the written
/// ones. Another version is asked too, and what it answers otherwise is printed: the list is about one version.
fn theirs(driver: Driver, cases: &[Case]) -> BTreeMap<String, bool> {
    let folder = std::env::temp_dir().join(format!("vitrust-differential-{}-{}", driver.name(), std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let fresh = driver.ask(cases, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    let written = || recorded(driver).into_iter().map(|(case, accepted)| (case.to_owned(), accepted)).collect();
    let (name, known) = (driver.name(), recorded_version(driver));
    let answers: BTreeMap<String, bool> = match fresh {
        Ok(answers) => answers.into_iter().map(|(case, answer)| (case, answer.accepted)).collect(),
        Err(reason) => {
            eprintln!("SKIPPED: asking {name}: {reason}; the written answers of {known} stand in");
            return written();
        }
    };
    let here = driver.version();
    if here == known {
        return answers;
    }
    let written: BTreeMap<String, bool> = written();
    let changed: Vec<&str> = written.iter().filter(|(case, old)| answers[*case] != **old).map(|(c, _)| &**c).collect();
    eprintln!(
        "SKIPPED: comparing with {here}: the list of disagreements is about {known}, whose written answers count"
    );
    eprintln!("{here} answers {} of {} cases otherwise: {}", changed.len(), cases.len(), changed.join(" "));
    written
}

fn word(accepted: bool) -> &'static str {
    if accepted { "ok" } else { "no" }
}

/// Profile, case, ours and theirs of one disagreement.
type Disagreement = (String, String, String, String);

/// Each listed disagreement. A case that ends in `*` stands for every case that begins so, and all of those must
/// disagree in the same direction: the ones that do not are unneeded entries.
fn listed(cases: &[Case]) -> BTreeSet<Disagreement> {
    let lines = DISAGREEMENTS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut out = BTreeSet::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let [profile, case, ours, theirs, reason] = fields.as_slice() else { panic!("not five fields: {line}") };
        assert!(reason.len() > 20, "a reason is a sentence: {line}");
        let covered: Vec<&str> = match case.strip_suffix('*') {
            Some(start) => cases.iter().map(|case| &*case.name).filter(|name| name.starts_with(start)).collect(),
            None => vec![case],
        };
        assert!(!case.ends_with('*') || covered.len() > 1, "a pattern is for several cases: {line}");
        for name in covered {
            let key = (profile.to_string(), name.to_owned(), ours.to_string(), theirs.to_string());
            assert!(out.insert(key), "{name} is listed twice: {line}");
        }
    }
    out
}

/// Go and pyca read no revocation lists, so their answers to such a case are about another question.
fn comparable(driver: Driver, case: &Case) -> bool {
    case.crls.is_empty() || !matches!(driver, Driver::Go | Driver::Pyca)
}

/// Where our profiles and the validators differ.
fn found(cases: &[Case]) -> BTreeSet<Disagreement> {
    let mut found = BTreeSet::new();
    for (driver, profile) in PAIRS {
        let theirs = theirs(driver, cases);
        for case in cases.iter().filter(|case| comparable(driver, case)) {
            let (own, other) = (ours(case, profile), theirs[&case.name]);
            if own != other {
                found.insert((profile.name().into(), case.name.clone(), word(own).into(), word(other).into()));
            }
        }
    }
    found
}

#[test]
fn every_disagreement_with_a_real_validator_is_listed_and_needed() {
    let cases = cases::all();
    let (listed, found) = (listed(&cases), found(&cases));
    let line = |key: &Disagreement| [&*key.0, &key.1, &key.2, &key.3].join("\t");
    let unlisted: Vec<String> = found.difference(&listed).map(line).collect();
    let unneeded: Vec<String> = listed.difference(&found).map(line).collect();
    assert!(
        unlisted.is_empty() && unneeded.is_empty(),
        "{} not listed (profile, case, ours, theirs):\n{}\n{} no longer needed:\n{}",
        unlisted.len(),
        unlisted.join("\n"),
        unneeded.len(),
        unneeded.join("\n")
    );
}

#[test]
fn strict_accepts_nothing_that_all_others_refuse() {
    let answers: Vec<_> = Driver::ALL.into_iter().map(recorded).collect();
    let lonely: Vec<String> = cases::all()
        .iter()
        .filter(|case| answers.iter().all(|answers| !answers[case.name.as_str()]) && ours(case, Profile::Strict))
        .map(|case| case.name.clone())
        .collect();
    // Each of these is a decision: what is accepted here is right by RFC 5280, and the others have their own reason.
    assert_eq!(lonely, Vec::<String>::new());
}

#[test]
fn accepting_anchors_of_a_union_are_those_that_suffice_alone() {
    for case in cases::all() {
        let chain: Result<Vec<Certificate>, _> = case.chain.iter().map(|der| Certificate::from_der(der)).collect();
        let Ok(chain) = chain else { continue };
        let anchors = case.anchors.iter().filter_map(|der| Certificate::from_der(der).ok());
        // What one store holds as an anchor, another server presents as an intermediate.
        let union: Vec<Certificate> = anchors.chain(chain.iter().cloned()).collect();
        let store = TrustStore::from_certificates(union.iter().cloned());
        for profile in [Profile::Strict, Profile::Java, Profile::Go, Profile::Webpki] {
            let options = Options { profile, purpose: Purpose::Any, ..Options::at(Time::from_unix(case.at)) };
            let accepting = Verifier::new(&store).accepting_anchors(&chain, &options).expect("a chain");
            for anchor in store.anchors() {
                let alone = TrustStore::from_certificates([anchor.certificate.clone()]);
                let trusted = Verifier::new(&alone).trusts(&chain, &options).expect("a chain");
                assert!(accepting.complete, "{}", case.name);
                let listed = accepting.anchors.contains(&anchor.certificate.sha256());
                assert_eq!(listed, trusted, "{profile} {}: {}", case.name, anchor.certificate.subject());
            }
        }
    }
}
