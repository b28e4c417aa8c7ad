//! What is written of the assembly from the C ABI and the JSON schemas: `BLESS=1` rewrites it, a plain run compares.

mod calls;
mod classes;
mod findings;
mod forms;
mod names;
mod ranks;
mod rows;
mod schemas;

use crate::generated::guard;

const FOLDER: &str = "bindings-c/powershell/Interop/Generated";

/// The head of a generated file: its job, and how it is written anew.
fn head(job: &str) -> String {
    format!("// {job}\n// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.\n\n")
}

#[test]
fn calls_are_those_of_the_c_abi() {
    let promised = include_str!("../../../bindings-c/abi.txt");
    let text = calls::write(promised, vitrust_c::VITRUST_ABI_VERSION).unwrap_or_else(|problem| panic!("{problem}"));
    guard(&format!("{FOLDER}/Calls.cs"), &text);
}

#[test]
fn rows_and_options_are_those_of_the_schemas() {
    let definitions = schemas::all();
    let text = ranks::write(&definitions).unwrap_or_else(|problem| panic!("{problem}"));
    guard(&format!("{FOLDER}/Ranks.cs"), &text);
    guard(&format!("{FOLDER}/Findings.cs"), &findings::write());
    let by_hand = include_str!("../../../bindings-c/powershell/VITrust/VITrust.Format.ps1xml");
    let text = rows::lists(by_hand, &definitions).unwrap_or_else(|problem| panic!("{problem}"));
    guard("bindings-c/powershell/VITrust/VITrust.Lists.Format.ps1xml", &text);
    for file in classes::FILES {
        let text = rows::write(file, &definitions).unwrap_or_else(|problem| panic!("{}: {problem}", file.name));
        guard(&format!("{FOLDER}/{}.cs", file.name), &text);
    }
}
