//! `vitrust.h` is what the source says, and `abi.txt` is what was promised. `BLESS=1` rewrites both.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "header/status.rs"]
mod status;

use cbindgen::{Builder, Config, DocumentationStyle, EnumConfig, Language, RenameRule, Style};

const HEADER: &str = "include/vitrust.h";
const PROMISED: &str = "abi.txt";

const HEAD: &str = "\
/* vitrust: tells whether every vCenter, ESXi host and storage provider trusts what it must trust, and why not.
 *
 * Generated from bindings-c/src by the test suite; do not edit. docs/abi.md is the guide. In short:
 *
 * - Check vitrust_abi_version() == VITRUST_ABI_VERSION first.
 * - A call returns VITRUST_STATUS_OK (0) or what went wrong. Its outputs are set to NULL at the start and written only
 *   when it returns OK.
 * - Whoever receives a handle through a *_out parameter frees it with the matching _free. _free(NULL) does nothing.
 * - Inputs are borrowed for the call. Input with length 0 may be NULL.
 * - A const handle may be used by several threads at once; every other handle by one at a time.
 * - An error is an object of its own. No state is kept per thread.
 */";

/// A file of this crate.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// What the source says the header is.
fn header() -> String {
    let config = Config {
        language: Language::C,
        header: Some(HEAD.to_owned()),
        include_guard: Some("VITRUST_H".to_owned()),
        no_includes: true,
        sys_includes: vec!["stddef.h".to_owned(), "stdint.h".to_owned()],
        cpp_compat: true,
        style: Style::Type,
        line_length: 120,
        tab_width: 4,
        documentation_style: DocumentationStyle::Doxy,
        usize_is_size_t: true,
        enumeration: EnumConfig { rename_variants: RenameRule::QualifiedScreamingSnakeCase, ..EnumConfig::default() },
        ..Config::default()
    };
    let names = [
        ("Status", "vitrust_status"),
        ("Text", "vitrust_string"),
        ("Error", "vitrust_error"),
        ("Store", "vitrust_store"),
        ("Report", "vitrust_report"),
        ("Estate", "vitrust_estate"),
        ("Inventory", "vitrust_inventory"),
        ("Client", "vitrust_client"),
    ];
    let mut builder = Builder::new().with_config(config);
    for (rust, c) in names {
        builder = builder.rename_item(rust, c);
    }
    // The other files follow from its `mod` lines.
    builder = builder.with_src(path("src/lib.rs"));
    let mut text = Vec::new();
    builder.generate().expect("the signatures of bindings-c are C").write(&mut text);
    String::from_utf8(text).expect("UTF-8")
}

/// The header's declarations, each on one line without comments: functions and numbers. The number of the interface
/// itself is none of them: it grows when a promise had to be broken.
fn declarations(header: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = header;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    let code: Vec<&str> = plain.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
    let functions = code.join(" ");
    let functions =
        functions.split(['{', '}', ';']).map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "));
    let functions = functions.filter(|piece| piece.contains("(") && piece.contains("vitrust_"));
    let constants = code.iter().filter(|line| line.starts_with("VITRUST_") && line.contains(" = "));
    let constants = constants.map(|line| line.trim_end_matches(',').to_owned());
    functions.chain(constants).collect()
}

/// The promise of `declarations`, each with the version that first had it, given the promises so far.
fn promise(declarations: &[String], so_far: &BTreeMap<String, String>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let since = |line: &String| so_far.get(line).map_or(version, String::as_str);
    let mut lines: Vec<String> = declarations.iter().map(|line| format!("{} {line}", since(line))).collect();
    lines.sort();
    format!(
        "# Every declaration of vitrust.h with the version that first had it. A line of a released version never changes.\n{}\n",
        lines.join("\n")
    )
}

fn promises(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(since, line)| (line.to_owned(), since.to_owned())).collect()
}

/// What releases promised and the source no longer has.
fn broken(declarations: &[String], so_far: &BTreeMap<String, String>) -> Vec<String> {
    let released = so_far.iter().filter(|(_, since)| *since != env!("CARGO_PKG_VERSION"));
    released.filter(|(line, _)| !declarations.contains(line)).map(|(line, since)| format!("{since} {line}")).collect()
}

/// Compares the committed file `name` with `wanted`, or rewrites it when `BLESS` is set.
fn guard(name: &str, wanted: &str) {
    let file = path(name);
    if std::env::var_os("BLESS").is_some() {
        return fs::write(&file, wanted).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let differs = committed.lines().zip(wanted.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| committed.lines().count().min(wanted.lines().count())) + 1;
    assert!(committed == wanted, "{name}:{line}: not what the source says; BLESS=1 make test-c rewrites it");
}

#[test]
fn header_is_what_the_source_says() {
    guard(HEADER, &header());
}

#[test]
fn every_promise_of_a_release_is_kept() {
    let so_far = promises(&fs::read_to_string(path(PROMISED)).unwrap_or_default());
    let declarations = declarations(&header());
    let broken = broken(&declarations, &so_far);
    assert!(broken.is_empty(), "{PROMISED}: promised by a release and gone:\n{}", broken.join("\n"));
    guard(PROMISED, &promise(&declarations, &so_far));
}

#[test]
fn a_changed_signature_of_a_release_is_a_broken_promise() {
    let so_far = promises("# head\n0.0.1 int f(int vitrust_a)\n0.0.1 int vitrust_g(void)\n");
    assert_eq!(broken(&["int vitrust_g(void)".to_owned()], &so_far), ["0.0.1 int f(int vitrust_a)"]);
    let kept = promise(&["int vitrust_g(void)".to_owned(), "int vitrust_h(void)".to_owned()], &so_far);
    assert!(kept.contains("\n0.0.1 int vitrust_g(void)\n"), "{kept}");
    assert!(kept.contains(&format!("\n{} int vitrust_h(void)\n", env!("CARGO_PKG_VERSION"))), "{kept}");
}

#[test]
fn every_function_of_the_source_is_declared_and_explained() {
    let header = header();
    let mut count = 0;
    for entry in fs::read_dir(path("src")).expect("the source folder") {
        let source = entry.expect("a readable folder entry").path();
        let text = fs::read_to_string(&source).expect("a source file");
        for (before, name) in functions(&text) {
            count += 1;
            assert!(header.contains(&format!("{name}(")), "{}: {name} is not in the header", source.display());
            assert!(before.contains("///"), "{}: {name} has no comment", source.display());
        }
    }
    let declared = declarations(&header);
    let declared = declared.iter().filter(|line| line.contains('(') && !line.starts_with("typedef"));
    assert_eq!(count, declared.count(), "functions of the source, and of the header");
    assert!(count >= 40, "only {count} functions were found");
}

/// The exported functions of a source file, each with the text between the item before it and its name.
fn functions(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("extern \"C\" fn ") {
        let (before, after) = rest.split_at(at);
        let after = &after["extern \"C\" fn ".len()..];
        found.push((before.rsplit("\n}\n").next().unwrap_or(before), after.split('(').next().unwrap_or(after)));
        rest = after;
    }
    found
}
