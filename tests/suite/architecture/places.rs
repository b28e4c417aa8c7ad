//! What belongs to which crate: unsafe code, lint tables, the sentence beside each dependency.

use super::source::tokens;
use super::{File, files, none};

/// The one place with hand-written unsafe code, and the wild caller that is tried on it.
const UNSAFE_HOME: &str = "bindings-c/src/";
const UNSAFE_CALLER: &str = "tests/fuzz/abi.rs";

#[test]
fn unsafe_code_is_only_at_the_c_boundary() {
    let elsewhere = files(&[".rs"]).into_iter();
    let elsewhere = elsewhere.filter(|file| !file.path.starts_with(UNSAFE_HOME) && file.path != UNSAFE_CALLER);
    let complaints: Vec<String> = elsewhere
        .flat_map(|file| {
            let unsafes = tokens(&file.text).into_iter().filter(|token| token.text == "unsafe");
            unsafes.map(move |token| format!("{}:{}: unsafe outside {UNSAFE_HOME}", file.path, token.line))
        })
        .collect();
    none(&complaints);
}

#[test]
fn core_forbids_unsafe_and_missing_documentation() {
    let lib = files(&["lib.rs"]).into_iter().find(|file| file.path == "core/src/lib.rs").expect("core/src/lib.rs");
    for attribute in ["#![forbid(unsafe_code)]", "#![deny(missing_docs)]"] {
        assert!(lib.text.contains(attribute), "core/src/lib.rs lacks {attribute}");
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let without = |file: &File| !file.text.contains("[lints]\nworkspace = true");
    let crates = manifests().into_iter().filter(|file| file.text.contains("[package]"));
    let complaints: Vec<String> = crates
        .filter(without)
        // cargo-fuzz wants a workspace of its own, built with a nightly compiler.
        .filter(|file| file.path != "tests/fuzz/Cargo.toml")
        .map(|file| format!("{}:1: write `[lints]` with `workspace = true`", file.path))
        .collect();
    none(&complaints);
}

#[test]
fn every_dependency_has_its_sentence() {
    none(&manifests().iter().flat_map(undocumented).collect::<Vec<String>>());
}

#[test]
fn undocumented_dependencies_are_found() {
    let text =
        "[dependencies]\n# Why.\na = { version = \"1\", features = [\n  \"x\",\n] }\nb = \"1\"\n\n[features]\nc = []\n";
    let file = File { path: "x/Cargo.toml".to_owned(), text: text.to_owned() };
    assert_eq!(undocumented(&file), ["x/Cargo.toml:6: a comment above `b` must say what we would otherwise write"]);
}

fn manifests() -> Vec<File> {
    files(&["Cargo.toml"])
}

/// Dependency lines without a sentence in the comment above them.
fn undocumented(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    let (mut in_dependencies, mut open, mut above) = (false, 0_usize, "");
    for (index, line) in file.text.lines().enumerate() {
        let line = line.trim();
        if open == 0 && line.starts_with('[') {
            in_dependencies = line.trim_end_matches(']').ends_with("dependencies");
        } else if open == 0 && in_dependencies && !line.is_empty() && !line.starts_with('#') {
            let sentence = above.starts_with("# ") && above.ends_with('.');
            if !sentence {
                let name = line.split(['=', '.', ' ']).next().unwrap_or(line);
                complaints.push(format!(
                    "{}:{}: a comment above `{name}` must say what we would otherwise write",
                    file.path,
                    index + 1
                ));
            }
        }
        if !line.starts_with('#') {
            open = (open + line.matches(['[', '{']).count()).saturating_sub(line.matches([']', '}']).count());
        }
        above = line;
    }
    complaints
}
