//! Our profiles beside the real validators they stand for, over every generated case.
//!
//! `tests/differential/disagreements.tsv` lists where we differ on purpose or by limitation, each with its reason: an
//! unlisted difference fails, and so does a line that is no longer needed. Validators on this machine are asked
//! afresh; for the others the written answers stand in, and the run says so.

#[path = "../differential/mod.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "the tool that records the answers uses the rest")]
mod asked;

use std::collections::{BTreeMap, BTreeSet};

use asked::answers::recorded;
use asked::case::{Case, Purpose as Asked};
use asked::cases;
use asked::drivers::Driver;
use vitrust::path::Revocation;
use vitrust::{Certificate, Crl, Options, Profile, Purpose, Time, TrustStore, Verifier};

const DISAGREEMENTS: &str = include_str!("../differential/disagreements.tsv");

/// The profile each validator calibrates.
const PAIRS: [(Driver, Profile); 4] = [
    (Driver::Openssl, Profile::Openssl),
    (Driver::Java, Profile::Java),
    (Driver::Go, Profile::Go),
    (Driver::Webpki, Profile::Webpki),
];

/// What our profile decides. A certificate or list that cannot be read is a refusal, as it is for the validators; an
/// anchor that cannot be read is left out, as stores do.
fn ours(case: &Case, profile: Profile) -> bool {
    // Go and Java read the whole presented chain first; the others pass over what they cannot read above the first.
    let tolerant = matches!(profile, Profile::Openssl | Profile::Webpki);
    let readable = |(place, der): (usize, &Vec<u8>)| {
        Some(Certificate::from_der(der)).filter(|read| read.is_ok() || place == 0 || !tolerant)
    };
    let chain: Result<Vec<Certificate>, _> = case.chain.iter().enumerate().filter_map(readable).collect();
    let crls: Result<Vec<Crl>, _> = case.crls.iter().map(|der| Crl::from_der(der)).collect();
    let name = case.host.as_deref().map(str::parse).transpose();
    let (Ok(chain), Ok(crls), Ok(name)) = (chain, crls, name) else { return false };
    let store = TrustStore::from_certificates(case.anchors.iter().filter_map(|der| Certificate::from_der(der).ok()));
    let options = Options {
        profile,
        name,
        crls: &crls,
        revocation: if crls.is_empty() { Revocation::IfPresent } else { Revocation::Required },
        purpose: match case.purpose {
            Asked::Server => Purpose::Server,
            Asked::Client => Purpose::Client,
            Asked::Any => Purpose::Any,
        },
        ..Options::at(Time::from_unix(case.at))
    };
    Verifier::new(&store).trusts(&chain, &options).expect("every case has a chain")
}

/// The validator's answers: fresh ones where it is on this machine, else the written ones.
fn theirs(driver: Driver, cases: &[Case]) -> BTreeMap<String, bool> {
    let folder = std::env::temp_dir().join(format!("vitrust-differential-{}-{}", driver.name(), std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let fresh = driver.ask(cases, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    match fresh {
        Ok(answers) => answers.into_iter().map(|(case, answer)| (case, answer.accepted)).collect(),
        Err(reason) => {
            eprintln!("SKIPPED: asking {}: {reason}; the written answers stand in", driver.name());
            recorded(driver).into_iter().map(|(case, accepted)| (case.to_owned(), accepted)).collect()
        }
    }
}

fn word(accepted: bool) -> &'static str {
    if accepted { "ok" } else { "no" }
}

/// `profile, case, ours, theirs` of each listed line, with its reason.
fn listed() -> BTreeMap<(String, String, String, String), String> {
    let lines = DISAGREEMENTS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut out = BTreeMap::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let [profile, case, ours, theirs, reason] = fields.as_slice() else { panic!("not five fields: {line}") };
        assert!(reason.len() > 20, "a reason is a sentence: {line}");
        let key = (profile.to_string(), case.to_string(), ours.to_string(), theirs.to_string());
        assert!(out.insert(key, reason.to_string()).is_none(), "listed twice: {line}");
    }
    out
}

#[test]
fn every_disagreement_with_a_real_validator_is_listed_and_needed() {
    let cases = cases::all();
    let listed = listed();
    let mut found = BTreeSet::new();
    for (driver, profile) in PAIRS {
        let theirs = theirs(driver, &cases);
        for case in &cases {
            let (own, other) = (ours(case, profile), theirs[&case.name]);
            // Go reads no revocation lists, so its answer is about another question.
            let comparable = case.crls.is_empty() || driver != Driver::Go;
            if comparable && own != other {
                found.insert((
                    profile.name().to_owned(),
                    case.name.clone(),
                    word(own).to_owned(),
                    word(other).to_owned(),
                ));
            }
        }
    }
    let listed_keys: BTreeSet<_> = listed.keys().cloned().collect();
    let line = |key: &(String, String, String, String)| [&*key.0, &key.1, &key.2, &key.3].join("\t");
    let unlisted: Vec<String> = found.difference(&listed_keys).map(line).collect();
    let unneeded: Vec<String> = listed_keys.difference(&found).map(line).collect();
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
