//! Certificates that nobody here made: those of the tree, and those that installed packages carry.

use std::fs;
use std::path::PathBuf;

use crate::architecture::root;

/// One certificate or list and what it is called in the lists.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) der: Vec<u8>,
}

/// What the tree holds: PKITS, a VMCA root, the stores.
pub(super) fn committed() -> Vec<Source> {
    let mut all = folder("tests/vectors/pkits/certs");
    for file in ["tests/data/vmca-root.pem", "tests/vectors/stores/machine.pem", "tests/vectors/stores/root.pem"] {
        let text = fs::read(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let blocks = vitrust::pem::sections(&text).map(|section| section.expect("a PEM block"));
        let read = blocks.map(|section| section.decode().expect("base64"));
        all.extend(read.enumerate().map(|(place, der)| Source { name: format!("{file}#{}", place + 1), der }));
    }
    all
}

/// Every file of a folder of DER files.
pub(super) fn folder(path: &str) -> Vec<Source> {
    let entries = fs::read_dir(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let source = |entry: fs::DirEntry| Source {
        name: format!("{path}/{}", entry.file_name().to_string_lossy()),
        der: fs::read(entry.path()).expect("a readable file"),
    };
    let mut all: Vec<Source> = entries.map(|entry| source(entry.expect("a readable folder entry"))).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

/// Mozilla's roots and `cryptography_vectors`, from the list that `make public-certificates` writes; `None` without it.
/// `VITRUST_PUBLIC_CERTIFICATES` names another file.
pub(super) fn public() -> Option<Vec<Source>> {
    let usual = || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("public-certificates.tsv");
    let file = std::env::var_os("VITRUST_PUBLIC_CERTIFICATES").map_or_else(usual, PathBuf::from);
    let text = fs::read_to_string(file).ok()?;
    let source = |line: &str| {
        let (name, der) = line.split_once('\t').unwrap_or_else(|| panic!("no tab in `{line}`"));
        Source { name: name.to_owned(), der: base64_simd::STANDARD.decode_to_vec(der).expect("base64") }
    };
    Some(text.lines().map(source).collect())
}
