//! Files that are written from the source: `BLESS=1 cargo test` rewrites them, a plain run compares.

use std::fmt::Write;
use std::fs;

use vitrust::assess::Report;
use vitrust::catalogue::{ERRORS, FINDINGS};
use vitrust::net::Probe;
use vitrust::{Estate, Profile};

use crate::architecture::root;

const NOTE: &str =
    "Written from `core/src/catalogue.rs` by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.";

/// Compares a generated file with its text, or rewrites it.
pub(crate) fn guard(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("below the root")).expect("a folder");
        fs::write(&file, text).expect("a file");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let differs = committed.lines().zip(text.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| committed.lines().count().min(text.lines().count())) + 1;
    assert!(committed == text, "{path}:{line}: out of date: run BLESS=1 cargo test -p vitrust-tests generated");
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
        format!("# Errors\n\n{NOTE}\n\nA number is never reused. A broken estate is not an error: it is a report.\n\n");
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
vpxd and ESXi use OpenSSL, SPS and Cloud Director are Java, govc and Terraform are Go. An edge between a vCenter and a host is judged by the
profile of whoever decides on that end; the requested profile decides between vCenters, and is a second opinion about edges.

* `strict`: RFC 5280, with anchors checked as certificates. The default for judging.
* `openssl`: OpenSSL 3.0.19, as `openssl verify` decides without a security level.
* `java`: OpenJDK 17.0.15, the trust manager of its TLS (SunJSSE, `PKIX`), as SPS and Cloud Director decide about a server.
* `go`: Go 1.26.8, `crypto/x509`.
* `webpki`: rustls-webpki 0.103.16 with ring.

The last four are calibrated: QUESTIONS generated questions were put to the real validator of that version, and the profile answers as it does.
Where it still decides differently, the case and the reason are in `tests/differential/disagreements.tsv`. What each validator does is described in
`tests/differential/README.md`.

`java` was measured within a TLS 1.3 handshake of the JDK with its default settings: default PKIX parameters, `jdk.certpath.disabledAlgorithms`
(MD5, RSA below 1024 bits) and `jdk.tls.disabledAlgorithms`, no system property, revocation off unless the question has CRLs; only the date was
set. The purpose `any`, which a trust manager does not know, was put as a server's, to the profile as well. Three things follow from Java's
code and are not the builder's (`CertPathBuilder`, raw PKIX, whose answers are recorded with these in `tests/differential/answers.tsv`):

* an anchor must be a CA that may sign certificates; its dates, its path length and its name constraints do not count;
* an end-entity certificate must allow digital signatures, even where TLS 1.2 would only encrypt a key to it;
* for a chain presented in order, no length is too long and the last key identifier must be the anchor's. A chain out of order goes to
  the builder, with at most five intermediates and key identifiers that do not bind; the profile does not distinguish the two.

An application may use its own trust manager, constraints or security properties; then it decides differently.

`strict` is not calibrated against any validator. It is written from RFC 5280 and tested with the PKITS suite. Python `cryptography` 50.0.2 (pyca)
is its second opinion: the validator nearest to it, as both hold anchors to the rules of a CA certificate. Its answers are compared too,
and each difference is listed with its reason. Most have one of three reasons:

* pyca's default policy is that of the public web (the CA/B Forum's Baseline Requirements). It wants an alternative name and an authority
  key identifier in every server certificate, a key usage in every CA, no Ed25519 and no CA as a server. RFC 5280 does not.
* pyca leaves out parts of RFC 5280: policies, directory name constraints, names that differ in case, revocation lists.
* the reader here accepts odd DER that has only one meaning; pyca's refuses the certificate.

A difference is not in itself a fault of `strict`, but one that no rule explains would be.

The decisions are those of `core/src/path/profile.rs`, where each is explained in a sentence.
";

#[test]
fn profiles_are_documented() {
    let tables: Vec<serde_json::Value> = Profile::ALL
        .iter()
        .map(|profile| serde_json::to_value(profile.decisions()).expect("a table is JSON"))
        .collect();
    let names: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
    let questions = crate::differential::asked::cases::all().len().to_string();
    let head = PROFILES.replace("QUESTIONS", &questions);
    let mut text = format!("{head}\n| decision | {} |\n|---|---|---|---|---|---|\n", names.join(" | "));
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
    guard("docs/schema/probe.schema.json", &(Probe::json_schema() + "\n"));
    guard("docs/schema/report.schema.json", &(Report::json_schema() + "\n"));
}
