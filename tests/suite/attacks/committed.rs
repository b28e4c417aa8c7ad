//! The inputs in `tests/attacks`, as they were found.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use vitrust::cert::Oid;
use vitrust::path::{PolicyInputs, Revocation};
use vitrust::{Certificate, Crl, Options, Purpose, Time, TrustStore, Verdict, Verifier};
use vitrust_tests::neighbours::Must;

use super::{complaint, none};

/// 2026-06-01T12:00:00Z, in seconds.
const AT: i64 = 1_780_315_200;

/// The folders and how many cases there are in all.
const FOLDERS: usize = 13;
const CASES: usize = 65;

/// One line of a `cases.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    must: Wanted,
    anchors: Vec<String>,
    chain: Vec<String>,
    #[serde(default)]
    crls: Vec<String>,
    host: Option<String>,
    #[serde(default)]
    purpose: Purpose,
    #[serde(default)]
    revocation: Revocation,
    #[serde(default)]
    explicit_policy: bool,
    #[serde(default)]
    policies: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    Refuse,
    Accept,
}

/// The folders with their cases, in order.
fn folders() -> Vec<(PathBuf, Vec<Case>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("attacks");
    let entries = fs::read_dir(&root).expect("the folder of attacks").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    let cases = |folder: &PathBuf| {
        let text = fs::read(folder.join("cases.json")).expect("a cases.json");
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
    };
    folders.iter().map(|folder| (folder.clone(), cases(folder))).collect()
}

/// The verdict of `strict`, or why there is none.
fn verdict(folder: &Path, case: &Case) -> Result<Verdict, String> {
    let read = |name: &String| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let chain: Result<Vec<Certificate>, _> = case.chain.iter().map(|name| Certificate::from_der(&read(name))).collect();
    let chain = chain.map_err(|error| error.to_string())?;
    let crls: Result<Vec<Crl>, _> = case.crls.iter().map(|name| Crl::from_der(&read(name))).collect();
    let crls = crls.map_err(|error| error.to_string())?;
    let anchors = case.anchors.iter().filter_map(|name| Certificate::from_der(&read(name)).ok());
    let store = TrustStore::from_certificates(anchors);
    let policies = PolicyInputs {
        initial_policies: case.policies.iter().map(|policy| Oid::from(policy.as_str())).collect(),
        explicit_policy: case.explicit_policy,
        ..PolicyInputs::default()
    };
    let options = Options {
        name: case.host.as_deref().map(str::parse).transpose().map_err(|error| format!("{error}"))?,
        purpose: case.purpose,
        crls: &crls,
        revocation: case.revocation,
        policies,
        ..Options::at(Time::from_unix(AT))
    };
    Verifier::new(&store).explain(&chain, &options).map_err(|error| error.to_string())
}

#[test]
fn every_committed_input_is_answered_rightly() {
    let mut complaints = Vec::new();
    for (folder, cases) in folders() {
        let group = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for case in &cases {
            let must = match case.must {
                Wanted::Refuse => Must::Refuse,
                Wanted::Accept => Must::Accept,
            };
            let name = format!("{group}/{}", case.name);
            complaints.extend(complaint(&name, must, &verdict(&folder, case)));
        }
    }
    none(&complaints);
}

#[test]
fn the_committed_inputs_are_complete_and_each_file_is_used() {
    let folders = folders();
    let cases: usize = folders.iter().map(|(_, cases)| cases.len()).sum();
    assert_eq!((folders.len(), cases), (FOLDERS, CASES));
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("attacks/README.md")).expect("a README");
    for (folder, cases) in &folders {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(readme.contains(&format!("| `{name}` |")), "README.md has no row of {name}");
        let used: BTreeSet<&String> =
            cases.iter().flat_map(|case| case.anchors.iter().chain(&case.chain).chain(&case.crls)).collect();
        let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        let present: Vec<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
        let unused: Vec<&String> =
            present.iter().filter(|name| *name != "cases.json" && !used.contains(name)).collect();
        assert!(unused.is_empty(), "{name}: {unused:?}");
    }
}
