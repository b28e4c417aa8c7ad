//! The examples that call the C library: in C, and from Python by ctypes alone. The others are run by `tests/python`.

use std::process::{Command, Output};

use vitrust::Time;
use vitrust::assess::{AssessOptions, assess};

use crate::architecture::root;
use crate::capi;

/// Every finding about the example estate at its date: id, severity and message on a line each.
fn expected() -> String {
    let estate = vitrust::files::load(root().join("examples/estate")).expect("the example estate");
    let at: Time = "2026-06-01".parse().expect("a date");
    let report = assess(&estate, &AssessOptions::at(at));
    let line =
        |finding: &vitrust::finding::Finding| format!("{} {} {}\n", finding.id, finding.severity, finding.message);
    report.findings.iter().map(line).collect()
}

fn ctypes(at: &str) -> Output {
    Command::new("python3")
        .arg("examples/python/ctypes_audit.py")
        .arg(capi::libraries().join("libvitrust_c.so"))
        .args(["examples/estate", at])
        .current_dir(root())
        .output()
        .expect("Python starts")
}

#[test]
fn ctypes_finds_what_the_library_finds() {
    if !capi::available("python3") {
        return;
    }
    let output = ctypes("2026-06-01");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected());
    let output = ctypes("soon");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("ctypes_audit: ") && said.contains("soon"), "{said}");
}

#[test]
fn c_example_prints_each_finding() {
    let Some(program) = capi::example() else { return };
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(root()).env("LD_LIBRARY_PATH", capi::libraries());
        command.output().expect("the example starts")
    };
    let output = run(&["examples/estate", "2026-06-01"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let lines = said.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let lines = lines.map(|finding| ["id", "severity", "message"].map(|key| text(&finding, key)).join(" ") + "\n");
    assert_eq!(lines.collect::<String>(), expected());

    let output = run(&["examples/\"no\\such\n", "2026-06-01"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.starts_with("audit_estate: ") && said.contains("such"), "{said}");
}
