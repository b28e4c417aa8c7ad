//! Files that are written from the source: `BLESS=1 cargo test` rewrites them, a plain run compares.

use std::fmt::Write;
use std::fs;

use vitrust::assess::Report;
use vitrust::catalogue::{ERRORS, FINDINGS};
use vitrust::{Estate, Profile};

use crate::architecture::root;

const NOTE: &str =
    "Written from `core/src/catalogue.rs` by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.";

/// Compares a generated file with its text, or rewrites it.
fn guard(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("below the root")).expect("a folder");
        fs::write(&file, text).expect("a file");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "{path} is out of date: run BLESS=1 cargo test -p vitrust-tests generated");
}

#[test]
fn findings_are_documented() {
    let mut text =
        format!("# Findings\n\n{NOTE}\n\nFamilies: VT1xx input, VT2xx stores and anchors, VT3xx expiry, VT4xx edges, ");
    text.push_str(
        "VT5xx matrix, VT6xx storage providers, VT7xx drift. A case may be worse or better than the severity here.\n",
    );
    for entry in FINDINGS {
        let _ = write!(
            text,
            "\n## {} {}\n\n{}\n\n* Severity: {}\n* Since: {}\n",
            entry.id, entry.name, entry.summary, entry.severity, entry.since
        );
        for (label, value) in [("Remedy", entry.remedy), ("Source", entry.source)] {
            if !value.is_empty() {
                let _ = writeln!(text, "* {label}: {value}");
            }
        }
    }
    guard("docs/findings.md", &text);
}

#[test]
fn errors_are_documented() {
    let mut text =
        format!("# Errors\n\n{NOTE}\n\nA number is never reused. A broken estate is no error: it is a report.\n\n");
    text.push_str("| number | name | since | what | remedy |\n|---|---|---|---|---|\n");
    for entry in ERRORS {
        let (number, name) = (entry.code.number(), entry.code.name());
        let _ = writeln!(text, "| {number} | {name} | {} | {} | {} |", entry.since, entry.summary, entry.remedy);
    }
    guard("docs/errors.md", &text);
}

#[test]
fn errors_are_listed_by_number_once() {
    let numbers: Vec<i32> = ERRORS.iter().map(|entry| entry.code.number()).collect();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
}

const PROFILES: &str = "# Profiles

A verdict belongs to a consumer. Real validators disagree, and the two ends of a vSphere link often use different ones:
vpxd and ESXi use OpenSSL, SPS and Cloud Director are Java, govc and Terraform are Go.

* `strict`: RFC 5280, with anchors checked as certificates. The default for judging.
* `openssl`: OpenSSL 3.0, as `openssl verify` decides without a security level.
* `java`: OpenJDK 17, raw PKIX (`CertPathBuilder`).
* `go`: Go 1.26, `crypto/x509`.
* `webpki`: rustls-webpki 0.103.

Each was calibrated with about 880 generated questions to the real validator. Where a profile still decides otherwise, the case and the
reason are in `tests/differential/disagreements.tsv`; what each validator does is in `tests/differential/README.md`.

The decisions are those of `core/src/path/profile.rs`, where each has its sentence.
";

#[test]
fn profiles_are_documented() {
    let tables: Vec<serde_json::Value> = Profile::ALL
        .iter()
        .map(|profile| serde_json::to_value(profile.decisions()).expect("a table is JSON"))
        .collect();
    let names: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
    let mut text = format!("{PROFILES}\n| decision | {} |\n|---|---|---|---|---|---|\n", names.join(" | "));
    for decision in tables[0].as_object().expect("a table is an object").keys() {
        let cells: Vec<String> = tables.iter().map(|table| cell(&table[decision])).collect();
        let _ = writeln!(text, "| {} | {} |", decision.replace('_', " "), cells.join(" | "));
    }
    guard("docs/profiles.md", &text);
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Bool(set) => if *set { "yes" } else { "no" }.to_owned(),
        other => other.to_string().replace('"', ""),
    }
}

#[test]
fn schemas_are_committed() {
    guard("docs/schema/estate.schema.json", &(Estate::json_schema() + "\n"));
    guard("docs/schema/report.schema.json", &(Report::json_schema() + "\n"));
}
