//! What documents and help say of names and numbers that the core has: each list is the core's own.

use vitrust::Profile;
use vitrust::assess::Thresholds;

use crate::architecture::root;

/// Where users read which thresholds there are.
const THRESHOLDS: [&str; 7] = [
    "docs/errors.md",
    "bindings-c/include/vitrust.h",
    "bindings-python/python/vitrust/cli/options.py",
    "bindings-python/python/vitrust/report.py",
    "bindings-c/powershell/VITrust/Public/Get-VITrustExpiry.ps1",
    "bindings-c/powershell/VITrust/Public/Test-VITrustEstate.ps1",
    "docs/guide/cli.md",
];

/// Where users read which profiles there are.
const PROFILES: [&str; 5] = [
    "bindings-c/include/vitrust.h",
    "bindings-python/python/vitrust/words.py",
    "bindings-c/powershell/VITrust/Public/Test-VITrustChain.ps1",
    "docs/profiles.md",
    "docs/guide/cli.md",
];

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn documents_name_the_thresholds_and_profiles_that_there_are() {
    let thresholds = Thresholds::NAMED.map(|named| named.to_string());
    let profiles = Profile::ALL.map(|profile| profile.name().to_owned());
    let mut missing = Vec::new();
    for (files, names) in [(THRESHOLDS.as_slice(), thresholds.as_slice()), (PROFILES.as_slice(), profiles.as_slice())] {
        for path in files {
            let text = text(path);
            missing.extend(names.iter().filter(|name| !text.contains(*name)).map(|name| format!("{path}: `{name}`")));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    // And none that there is not: what stands in quotes where the header tells of them is one.
    let header = text("bindings-c/include/vitrust.h");
    let (_, told) = header.split_once("\"thresholds\"  when").expect("the option");
    let (told, _) = told.split_once("\"within\"").expect("the next option");
    for name in told.split('"').skip(1).step_by(2) {
        assert!(name.parse::<Thresholds>().is_ok(), "vitrust.h: there are no thresholds `{name}`");
    }
}

#[test]
fn documents_say_on_how_many_questions_profiles_are_calibrated() {
    let questions = crate::differential::asked::cases::all().len().to_string();
    for (path, before) in [("README.md", "calibrated on "), ("docs/profiles.md", "are calibrated: ")] {
        let text = text(path);
        let (_, after) = text.split_once(before).unwrap_or_else(|| panic!("{path}: `{before}`"));
        let said: String = after.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(said, questions, "{path}");
    }
}
