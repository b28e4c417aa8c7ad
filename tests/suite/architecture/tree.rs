//! How files look: a head that says their job, a bounded length, and no word about the machine they were written on.

use super::{File, files, none, root};

/// Longer files are split by noun.
const LINES: usize = 500;

/// How the files of a language begin: with a comment that says their job. A cmdlet's is its help.
const HEADS: [(&str, &[&str]); 5] = [
    (".rs", &["//! "]),
    (".cs", &["// "]),
    (".ps1", &["# ", "<#\n.SYNOPSIS\n"]),
    (".psm1", &["# "]),
    (".psd1", &["# "]),
];

#[test]
fn every_source_file_says_its_job_in_its_head() {
    let mut complaints = Vec::new();
    for (ending, heads) in HEADS {
        for file in files(&[ending]) {
            // The target macro of cargo-fuzz comes with inner attributes first.
            let text = file.text.trim_start_matches("#![no_main]\n");
            if !heads.iter().any(|head| text.starts_with(head)) {
                complaints.push(format!("{}:1: begin with `{}` and one sentence", file.path, heads[0].trim()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    let complaints: Vec<String> = files(&[".rs", ".py", ".cs", ".ps1", ".psm1"])
        .iter()
        // What is written by a program is read by its source.
        .filter(|file| !file.path.contains("/Generated/"))
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(file, lines)| format!("{}:{lines}: more than {LINES} lines: split it by noun", file.path))
        .collect();
    none(&complaints);
}

#[test]
fn the_tree_does_not_name_the_machine_it_was_written_on() {
    // Taken apart so that this file does not hold them either.
    let words: Vec<String> =
        [["/wo", "rk/"], ["/ro", "ot/"], ["/opt/wh", "eels"], ["index", "-url"], ["PIP_", "INDEX"]]
            .map(|parts| parts.concat())
            .to_vec();
    let complaints: Vec<String> = files(&[]).iter().flat_map(|file| naming(file, &words)).collect();
    none(&complaints);
}

#[test]
fn only_the_check_before_a_merge_names_where_an_unpacked_powershell_comes_from() {
    let words = [["shared/", "tools"].concat()];
    let others = files(&[]).into_iter().filter(|file| file.path != ".ci/run");
    let complaints: Vec<String> = others.flat_map(|file| naming(&file, &words)).collect();
    none(&complaints);
}

fn naming(file: &File, words: &[String]) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let word = words.iter().find(|word| line.contains(word.as_str()))?;
            Some(format!("{}:{}: names `{word}`", file.path, index + 1))
        })
        .collect()
}

#[test]
fn every_crate_comes_from_the_public_registry() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is committed");
    let complaints: Vec<&str> = lock
        .lines()
        .filter(|line| line.starts_with("source = "))
        .filter(|line| *line != "source = \"registry+https://github.com/rust-lang/crates.io-index\"")
        .collect();
    assert!(complaints.is_empty(), "Cargo.lock:\n{}", complaints.join("\n"));
}

#[test]
fn each_invariant_of_the_architecture_names_a_check_that_exists() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let (_, section) = text.split_once("## Invariants").expect("a section `## Invariants`");
    let section = section.split("\n## ").next().unwrap_or(section);
    let sources: String = files(&[".rs", ".py", "Makefile", "Cargo.toml"]).into_iter().map(|file| file.text).collect();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #")).collect();
    assert!(rows.len() >= 10, "ARCHITECTURE.md lists {} invariants", rows.len());
    let mut complaints = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, checks] = cells.as_slice() else { panic!("ARCHITECTURE.md: `{row}` has not three cells") };
        if *number != (index + 1).to_string() {
            complaints.push(format!("ARCHITECTURE.md: invariant {number} stands at {}", index + 1));
        }
        let names: Vec<&str> = checks.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            complaints.push(format!("ARCHITECTURE.md: invariant {number} names no check"));
        }
        // A test, or a lint that the compiler is asked for.
        let is_there = |name: &str| {
            [format!("fn {name}("), format!("def {name}("), format!("\n{name} = \"")]
                .iter()
                .any(|form| sources.contains(form))
        };
        let missing = names.iter().filter(|name| !is_there(name));
        complaints.extend(missing.map(|name| format!("ARCHITECTURE.md: invariant {number}: there is no `{name}`")));
    }
    none(&complaints);
}
