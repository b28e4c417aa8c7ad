//! `src/status.rs` is written from the library's table of errors, and from what only the boundary knows.

use std::fmt::Write;

use vitrust::catalogue::ERRORS;

use super::guard;

const FILE: &str = "src/status.rs";

/// What the library itself never says: the number, the name, and what it says.
const OWN: [(i32, &str, &str); 6] = [
    (0, "ok", "The outputs are written."),
    (3, "null-pointer", "A pointer is NULL where that is not allowed."),
    (4, "utf8", "Text is not UTF-8."),
    (5, "json", "Options are not JSON."),
    (6, "option", "An option is unknown, missing, or has the wrong form."),
    (7, "length", "A length is larger than any object in memory."),
];

const HEAD: &str = "\
//! The numbers that C callers see. Written from the table of errors in `core/src/code.rs` by the tests of the header, which
//! `BLESS=1` has rewrite it; cbindgen reads no macros, so they are spelled out.

use vitrust::ErrorCode;

/// What a call came to. 0 is success; every other number is a failure, and numbers are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
";

const NUMBER: &str = "
impl Status {
    /// The number, as C sees it.
    #[must_use]
    #[expect(clippy::as_conversions, reason = \"the enum is repr(i32), and nothing else turns it into its number\")]
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The stable name: `null-pointer`, `no-block`, ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
";

const FROM: &str = "
impl From<ErrorCode> for Status {
    /// Exhaustive on purpose: a new code of the library does not compile until it has its number here.
    fn from(code: ErrorCode) -> Self {
        match code {
";

/// `null-pointer` as `NullPointer`.
fn variant(name: &str) -> String {
    let upper = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(upper).collect()
}

fn source() -> String {
    let library = ERRORS.iter().map(|entry| (entry.code.number(), entry.code.name(), entry.summary));
    let mut all: Vec<(i32, &str, &str)> = OWN.into_iter().chain(library).collect();
    all.sort_unstable();
    let mut out = HEAD.to_owned();
    for (number, name, summary) in &all {
        let _ = writeln!(out, "    /// {summary}\n    {} = {number},", variant(name));
    }
    out.push_str(&format!("}}\n{NUMBER}"));
    for (_, name, _) in &all {
        let _ = writeln!(out, "            Self::{} => \"{name}\",", variant(name));
    }
    out.push_str(&format!("        }}\n    }}\n}}\n{FROM}"));
    for entry in ERRORS {
        let variant = variant(entry.code.name());
        let _ = writeln!(out, "            ErrorCode::{variant} => Self::{variant},");
    }
    out.push_str("        }\n    }\n}\n");
    out
}

#[test]
fn numbers_and_names_are_the_librarys() {
    guard(FILE, &source());
}
