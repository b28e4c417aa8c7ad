//! Mutants of chains and lists: what `strict` alone accepts is a fault, and so is what it alone refuses.
//!
//! The run here is short and always the same; `make mutants` makes long ones. `tests/mutants/README.md` says how they are made.

use crate::differential::asked;

#[path = "../mutants/mod.rs"]
#[allow(unreachable_pub, missing_docs, dead_code, reason = "the command for long runs shares this module")]
mod made;

use asked::answers::recorded_version;
use asked::cases;
use asked::drivers::Driver;
use made::{base, report};

/// Where the short run starts; long runs choose.
const SEED: u64 = 1;
const COUNT: u64 = 4000;

#[test]
fn strict_stands_alone_in_nothing_that_is_not_listed() {
    let folder = std::env::temp_dir().join(format!("vitrust-mutants-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let report = report::run(SEED, COUNT, &base::all(), &folder, |_| ());
    let _ = std::fs::remove_dir_all(&folder);
    let report = match report {
        Ok(report) => report,
        Err(missing) => return eprintln!("SKIPPED: mutants need every validator: {missing}"),
    };
    let unlisted = report.unlisted();
    assert!(unlisted.is_empty(), "{} kinds:\n{}", unlisted.len(), unlisted.join("\n"));
    // A run that refuses everything would show nothing.
    assert!(report.accepted_by_strict() > 100, "{report}");
}

#[test]
fn the_library_of_openssl_answers_as_its_command() {
    let folder = std::env::temp_dir().join(format!("vitrust-openssl-library-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let cases = cases::all();
    let answers = Driver::Openssl.ask_library(&cases, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    let (known, here) = (recorded_version(Driver::Openssl), Driver::Openssl.version());
    let answers = match answers {
        Ok(answers) if known == here => answers,
        Ok(_) => return eprintln!("SKIPPED: the written answers are of {known}, here is {here}"),
        Err(reason) => return eprintln!("SKIPPED: {reason}"),
    };
    let written = asked::answers::recorded(Driver::Openssl);
    let differing: Vec<&String> =
        cases.iter().map(|case| &case.name).filter(|name| answers[*name].accepted != written[name.as_str()]).collect();
    assert_eq!(differing, Vec::<&String>::new());
}
