//! All valid DER is read: over 20,000 certificates of Mozilla, of PKITS, of others' test vectors and of the factory.
//!
//! Another reader (`x509-cert` on `der`, which share no code with ours) writes each certificate that passes again: the bytes
//! must be the same, and what both say of it as well. `tests/roundtrip/refused.tsv` lists the public certificates that the
//! strict pass refuses and `tests/roundtrip/otherwise.tsv` those that the other reader reads otherwise, each with the
//! fault; a line that is missing fails, and so does one that is not needed. `BLESS=1` writes both anew.

mod made;
mod other;
mod sources;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use vitrust::{Certificate, Crl};

use crate::architecture::root;
use sources::{Source, committed, public};

/// As many certificates as all sources must have together, without those of installed packages.
const AT_LEAST: usize = 20_000;

/// Why the strict pass refuses a certificate; nothing when it takes it.
fn faults(der: &[u8]) -> Option<String> {
    match Certificate::from_der(der) {
        Ok(read) => read.faults().first().map(ToString::to_string),
        Err(error) => Some(error.to_string()),
    }
}

/// The same for a revocation list.
fn list_faults(der: &[u8]) -> Option<String> {
    match Crl::from_der(der) {
        Ok(read) => read.faults().first().map(ToString::to_string),
        Err(error) => Some(error.to_string()),
    }
}

/// A committed list: what is wrong, by name.
struct Listed {
    file: &'static str,
    head: &'static str,
    lines: BTreeMap<String, String>,
}

impl Listed {
    fn read(file: &'static str, head: &'static str) -> Self {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        let line = |line: &str| {
            let (name, what) = line.split_once('\t').unwrap_or_else(|| panic!("{file}: no tab in `{line}`"));
            (name.to_owned(), what.to_owned())
        };
        let lines = text.lines().filter(|line| !line.starts_with('#')).map(line).collect();
        Self { file, head, lines }
    }

    /// Complaints about what was found of `sources`, or with `BLESS` none and the list written anew. What the list says of
    /// certificates that are not here stays.
    fn compare(mut self, sources: &[Source], found: &BTreeMap<String, String>) -> Vec<String> {
        let known = |name: &String| (self.lines.get(name), found.get(name));
        let complaint = |source: &Source| match known(&source.name) {
            (listed, now) if listed == now => None,
            (listed, now) => Some(format!("{}: {}: listed {listed:?}, now {now:?}", self.file, source.name)),
        };
        let complaints: Vec<String> = sources.iter().filter_map(complaint).collect();
        if std::env::var_os("BLESS").is_none() {
            return complaints;
        }
        self.lines.retain(|name, _| sources.iter().all(|source| source.name != *name));
        self.lines.extend(found.iter().map(|(name, what)| (name.clone(), what.clone())));
        let lines: String = self.lines.iter().map(|(name, what)| format!("{name}\t{what}\n")).collect();
        let text = format!("# {}\n{lines}", self.head);
        std::fs::write(root().join(self.file), text).expect("the list can be written");
        Vec::new()
    }
}

/// What is found of each source that has something to find, on one line.
fn found(sources: &[Source], what: impl Fn(&[u8]) -> Option<String>) -> BTreeMap<String, String> {
    let one = |source: &Source| Some((source.name.clone(), what(&source.der)?.replace(['\n', '\t'], " ")));
    sources.iter().filter_map(one).collect()
}

/// Two tests may write the lists.
static LISTS: Mutex<()> = Mutex::new(());

/// Compares what `faults` and, of what passes, `difference` find with the lists.
fn check_public(sources: &[Source], faults: fn(&[u8]) -> Option<String>, difference: fn(&[u8]) -> Option<String>) {
    let _turn = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    let refused = found(sources, faults);
    let accepted: Vec<Source> = sources.iter().filter(|one| !refused.contains_key(&one.name)).cloned().collect();
    let otherwise = found(&accepted, difference);
    let refused_head = "What the strict pass refuses of public certificates and lists, each with its fault.";
    let otherwise_head = "What passes and x509-cert does not read, or reads otherwise.";
    let complaints = [
        Listed::read("tests/roundtrip/refused.tsv", refused_head).compare(sources, &refused),
        Listed::read("tests/roundtrip/otherwise.tsv", otherwise_head).compare(sources, &otherwise),
    ]
    .concat();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn committed_certificates_pass_and_round_trip() {
    let sources = committed();
    assert!(sources.len() > 400, "{}", sources.len());
    check_public(&sources, faults, other::difference);
}

#[test]
fn certificates_of_installed_packages_pass_and_round_trip() {
    let Some(sources) = public() else {
        return eprintln!("SKIPPED: there is no list of public certificates: `make public-certificates` writes it");
    };
    assert!(sources.len() > 100, "{}", sources.len());
    check_public(&sources, faults, other::difference);
}

/// Every fourth from `start`, so that the test runner can spread them over its threads.
fn check_made(start: usize) {
    let complaint = |number: usize| {
        let der = made::certificate(number);
        let wrong = faults(&der).map(|fault| format!("refused: {fault}")).or_else(|| other::difference(&der))?;
        Some(format!("{number}: {wrong}"))
    };
    let complaints: Vec<String> = (start..AT_LEAST).step_by(4).filter_map(complaint).take(20).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn certificates_of_the_factory_pass_and_round_trip_1() {
    check_made(0);
}

#[test]
fn certificates_of_the_factory_pass_and_round_trip_2() {
    check_made(1);
}

#[test]
fn certificates_of_the_factory_pass_and_round_trip_3() {
    check_made(2);
}

#[test]
fn certificates_of_the_factory_pass_and_round_trip_4() {
    check_made(3);
}

/// The other reader knows no UniversalString, so it has no say here.
#[test]
fn names_of_universal_strings_pass() {
    let refused: Vec<String> = (0..200).filter_map(|number| faults(&made::with_universal_strings(number))).collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn revocation_lists_pass_and_round_trip() {
    let pkits = sources::folder("tests/vectors/pkits/crls");
    assert!(pkits.len() > 150, "{}", pkits.len());
    check_public(&pkits, list_faults, other::list_difference);
    let complaint = |number: usize| {
        let der = made::list(number);
        Some(format!("{number}: {}", list_faults(&der).or_else(|| other::list_difference(&der))?))
    };
    let complaints: Vec<String> = (0..1000).filter_map(complaint).take(20).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_other_reader_would_see_a_difference() {
    let mut der = made::certificate(0);
    assert_eq!(other::difference(&der), None);
    der.push(0);
    assert!(other::difference(&der).is_some());
}
