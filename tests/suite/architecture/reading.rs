//! What collects an estate cannot change one: the writing calls have one home, and what reads does not name it.

use super::source::{paths, tokens};
use super::{File, files, none};

/// Where writing calls are made.
const HOME: &str = "core/src/net/vsphere/changes/";

/// Where they are called by their names.
const NAMED: &str = "core/src/net/vsphere/calls/changing/";

/// The only files beside both that may name them: where they are declared, and where all answers are made up.
const DECLARED: [&str; 4] = [
    "core/src/net/vsphere/mod.rs",
    "core/src/net/vsphere/calls/mod.rs",
    "core/src/net/vsphere/calls/client.rs",
    "core/src/net/fuzzing.rs",
];

/// What calls are made through by their names. Only its table of changes and its head may say `change`.
const CALLS: &str = "core/src/net/vsphere/calls/";

/// What makes a request a writing one, and the files that define it.
const WRITING: [(&str, &[&str]); 2] = [
    (
        "Repeat::Write",
        &[
            "core/src/net/http/mod.rs",
            "core/src/net/http/reading.rs",
            "core/src/net/http/request.rs",
            "core/src/net/vsphere/wire/rest/mod.rs",
        ],
    ),
    ("Ask::write", &["core/src/net/vsphere/wire/rest/mod.rs"]),
];

/// The methods that change something, by how their names appear in requests.
const METHODS: [&str; 10] = [
    "_Task\"",
    "\"ReplaceCACertificatesAndCRLs",
    "\"InstallServerCertificate",
    "\"LogUserEvent",
    "\"PostEvent",
    "\"CreateAlarm",
    "\"UpdateOptions",
    "\"NotifyAffectedServices",
    "Method::PUT",
    "Method::PATCH",
];

#[test]
fn what_reads_names_no_writing_call() {
    let sources: Vec<File> =
        files(&[".rs"]).into_iter().filter(|file| file.path.starts_with("core/src/net/")).collect();
    let homes = sources.iter().filter(|file| file.path.starts_with(HOME)).count();
    assert!(homes > 3, "the writing calls were not found");
    for reader in [
        "core/src/net/vsphere/session.rs",
        "core/src/net/vsphere/calls/reading.rs",
        "core/src/net/vsphere/calls/arguments.rs",
        "core/src/net/vsphere/calls/changing/mod.rs",
        "core/src/net/collect/mod.rs",
    ] {
        assert!(sources.iter().any(|file| file.path == reader), "{reader} was not found");
    }
    none(&complaints(&sources));
}

/// Every place outside of the home that makes, or leads to, a writing call.
fn complaints(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources.iter().filter(|file| !file.path.starts_with(HOME)) {
        let declared = DECLARED.contains(&file.path.as_str()) || file.path.starts_with(NAMED);
        for named in paths(&tokens(&file.text)) {
            let text = named.text();
            if !declared && leads_to_change(&file.path, &named.segments) {
                found
                    .push(format!("{}:{}: `{text}`: only callers of the edge change something", file.path, named.line));
            }
            let defined =
                |(call, files): &(&str, &[&str])| text.ends_with(call) && !files.contains(&file.path.as_str());
            if WRITING.iter().any(defined) {
                found.push(format!("{}:{}: `{text}` belongs to {HOME}", file.path, named.line));
            }
        }
        let code = file.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (line, text) in code {
            let methods = METHODS.iter().filter(|method| text.contains(*method));
            found.extend(methods.map(|method| format!("{}:{}: `{method}` belongs to {HOME}", file.path, line + 1)));
        }
    }
    found
}

/// Whether a path leads to the changes, or to what makes them by their names.
fn leads_to_change(file: &str, segments: &[String]) -> bool {
    let named = |segment: &String| matches!(segment.as_str(), "changes" | "Changes" | "changing");
    let by_name = segments.len() > 1 && segments.last().is_some_and(|last| last == "change")
        || segments.iter().any(|segment| segment == "calls") && segments.last().is_some_and(|last| last == "Client");
    let beside = file.starts_with(CALLS) && segments.iter().any(|segment| segment == "change");
    segments.iter().any(named) || by_name || beside
}

#[test]
fn every_way_to_a_writing_call_is_found() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let sources = [
        file("core/src/net/vsphere/changes/root.rs", "fn f() { Repeat::Write; call(\"LogUserEvent\") }"),
        file("core/src/net/vsphere/session.rs", "// \"LogUserEvent\"\nuse super::changes::Changes;"),
        file("core/src/net/collect/host.rs", "fn f() { soap.call(\"DisconnectHost_Task\", Repeat::Write) }"),
        file("core/src/net/vsphere/vim/mod.rs", "fn f() { Ask::write(Method::PUT) }"),
        file("core/src/net/vsphere/calls/changing/mod.rs", "use super::super::changes::Changes; fn f() { change() }"),
        file("core/src/net/vsphere/calls/mod.rs", "pub use changing::{change, changes};"),
        file("core/src/net/vsphere/calls/reading.rs", "use super::*; fn f() { change(session) }"),
        file("core/src/net/vsphere/calls/arguments.rs", "use super::changing;"),
        file("core/src/net/collect/run.rs", "use crate::net::vsphere::calls::change; fn f() { self.change() }"),
        file("core/src/net/collect/own.rs", "use crate::net::vsphere::calls::{self, read, Client};"),
    ];
    let named = complaints(&sources);
    assert_eq!(named.len(), 9, "{named:#?}");
    assert!(named.iter().all(|complaint| !complaint.starts_with(HOME)), "{named:#?}");
}
