//! Who may import whom inside the core crate, and what the pure layers must not touch.

use super::source::{Named, paths, tokens};
use super::{File, files, none};

/// The layer of every module of the core crate. A module may use its own layer and those below.
const LAYERS: [(&str, u8); 16] = [
    ("endpoint", 0),
    ("json", 0),
    ("text", 0),
    ("pem", 0),
    ("time", 0),
    ("thumbprint", 0),
    ("catalogue", 0),
    ("code", 0),
    ("alert", 0),
    ("cert", 1),
    ("store", 2),
    ("estate", 3),
    ("path", 4),
    ("finding", 5),
    ("assess", 6),
    ("report", 7),
];

/// Modules that may touch the machine. They may use every layer, and no layer may use them.
const EDGES: [&str; 2] = ["files", "net"];

/// Modules above all others: they may name everybody's types, and edges may use them.
const ROOF: [&str; 2] = ["lib", "error"];

/// What a pure layer must not name: a path as it begins, or a pair of segments anywhere in it.
const BANNED: [(&str, &str); 15] = [
    ("std::net::Tcp", "the pure layers have no network"),
    ("std::net::Udp", "the pure layers have no network"),
    ("std::net::ToSocketAddrs", "the pure layers have no network"),
    ("std::fs", "files are opened in the edge `files`"),
    ("std::env", "the caller passes what it read from its environment"),
    ("std::process", "the pure layers start nothing"),
    ("SystemTime::now", "time is the argument `at`"),
    ("Instant::now", "time is the argument `at`"),
    ("Timestamp::now", "time is the argument `at`"),
    ("Zoned::now", "time is the argument `at`"),
    ("reqwest", "the pure layers have no network"),
    ("tokio", "the pure layers have no network"),
    ("println", "reports are values; who prints them is the caller"),
    ("eprintln", "reports are values; who prints them is the caller"),
    ("print", "reports are values; who prints them is the caller"),
];

/// Dependencies that belong to one place.
const HOMES: [(&str, &[&str], &str); 2] = [
    ("ring", &["core/src/path/signature.rs"], "signatures are checked in one file"),
    ("stringprep", &["core/src/cert/prepare.rs"], "names are prepared in one place, so that they compare one way"),
];

/// A core source file: its path in the module tree and the paths it names.
struct Module {
    path: String,
    /// `path/options.rs` is `["path", "options"]`, `path/mod.rs` is `["path"]`, `lib.rs` is empty.
    place: Vec<String>,
    names: Vec<Named>,
}

impl Module {
    /// The top-level module this file belongs to.
    fn top(&self) -> &str {
        self.place.first().map_or("lib", String::as_str)
    }

    fn is_pure(&self) -> bool {
        !EDGES.contains(&self.top())
    }
}

/// The place of a file of the core in its tree of modules; nothing for others and for test code.
pub(super) fn place(file: &File) -> Option<Vec<String>> {
    let inside = file.path.strip_prefix("core/src/")?.strip_suffix(".rs")?;
    let mut place: Vec<String> = inside.split('/').map(str::to_owned).collect();
    // Sibling test files are test code, as inline ones are.
    if place.iter().any(|part| part == "tests") {
        return None;
    }
    if matches!(place.last().map(String::as_str), Some("mod" | "lib")) {
        place.pop();
    }
    Some(place)
}

fn module(file: &File) -> Option<Module> {
    Some(Module { path: file.path.clone(), place: place(file)?, names: paths(&tokens(&file.text)) })
}

fn core() -> Vec<Module> {
    let modules: Vec<Module> = files(&[".rs"]).iter().filter_map(module).collect();
    assert!(modules.len() > 10, "the core crate was not found");
    modules
}

fn layer(name: &str) -> Option<u8> {
    LAYERS.iter().find(|(module, _)| *module == name).map(|(_, layer)| *layer)
}

/// What the crate root names `Certificate` and the like: `pub use cert::Certificate` makes it part of `cert`.
fn exports(modules: &[Module]) -> Vec<(String, String)> {
    let lib = modules.iter().find(|module| module.place.is_empty()).expect("the core crate has lib.rs");
    let reexport = |named: &Named| match named.segments.as_slice() {
        [module, .., name] if module != "crate" => Some((name.clone(), module.clone())),
        _ => None,
    };
    lib.names.iter().filter_map(reexport).collect()
}

/// The top-level module that `named` reaches into, when it begins at `crate` or `super`.
fn target(module: &Module, named: &Named, exports: &[(String, String)]) -> Option<String> {
    let supers = named.segments.iter().take_while(|segment| *segment == "super").count();
    let base = match named.segments.first().map(String::as_str)? {
        "crate" => &[],
        "super" => &module.place[..module.place.len().saturating_sub(supers)],
        _ => return None,
    };
    let rest = &named.segments[supers.max(1)..];
    let top = base.iter().chain(rest).next()?;
    Some(exports.iter().find(|(name, _)| name == top).map_or(top, |(_, module)| module).clone())
}

#[test]
fn every_module_has_a_layer() {
    let complaints: Vec<String> = core()
        .iter()
        .filter(|module| {
            let top = module.top();
            layer(top).is_none() && !EDGES.contains(&top) && !ROOF.contains(&top)
        })
        .map(|module| format!("{}:1: module `{}` is in no layer: add it to LAYERS", module.path, module.top()))
        .collect();
    none(&complaints);
}

#[test]
fn the_table_of_layers_is_the_one_that_is_checked() {
    let text = std::fs::read_to_string(super::root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let row = |title: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("| {title} ")));
        let cell = line.and_then(|line| line.split('|').nth(2)).unwrap_or_else(|| panic!("no row `{title}`"));
        let mut names: Vec<String> = cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        names.sort();
        names
    };
    let sorted = |names: &mut dyn Iterator<Item = &str>| {
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names
    };
    for title in ["0 vocabulary", "1 certificates", "2 stores", "3 estates", "4 paths", "5 findings", "6 judging"] {
        let number = title.split(' ').next().and_then(|digit| digit.parse::<u8>().ok());
        let checked = LAYERS.iter().filter(|(_, layer)| Some(*layer) == number).map(|(name, _)| *name);
        assert_eq!(row(title), sorted(&mut { checked }), "layer {title}");
    }
    assert_eq!(row("edge"), sorted(&mut EDGES.iter().copied()), "edges");
    assert_eq!(row("roof"), sorted(&mut ROOF.iter().rev().copied()), "the roof");
}

#[test]
fn no_layer_uses_one_above_it() {
    none(&upward(&core()));
}

#[test]
fn every_way_to_reach_upward_is_found() {
    let file = |path: &str, text: &str| module(&File { path: path.to_owned(), text: text.to_owned() });
    let modules: Vec<Module> = [
        file("core/src/lib.rs", "pub use store::TrustStore; pub use error::Error;"),
        file("core/src/pem.rs", "use crate::Error; fn f() { crate::cert::Oid::new() }"),
        file("core/src/cert/name.rs", "use super::super::path::Verdict; use super::Oid; use crate::{pem, TrustStore};"),
        file("core/src/assess/mod.rs", "use crate::path::Verdict; use crate::files::read; use crate::nowhere;"),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert_eq!(
        upward(&modules),
        [
            "core/src/pem.rs:1: `crate::Error`: a layer has errors of its own, and the roof gathers them",
            "core/src/pem.rs:1: `crate::cert::Oid::new`: layer 0 must not use layer 1",
            "core/src/cert/name.rs:1: `super::super::path::Verdict`: layer 1 must not use layer 4",
            "core/src/cert/name.rs:1: `crate::TrustStore`: layer 1 must not use layer 2",
            "core/src/assess/mod.rs:1: `crate::files::read`: a pure layer must not use an edge",
            "core/src/assess/mod.rs:1: `crate::nowhere`: `nowhere` is not a module of the core crate",
        ]
    );
}

/// Every path from a pure module into a layer above its own.
fn upward(modules: &[Module]) -> Vec<String> {
    let exports = exports(modules);
    let mut complaints = Vec::new();
    for module in modules.iter().filter(|module| module.is_pure() && !ROOF.contains(&module.top())) {
        for named in &module.names {
            let Some(target) = target(module, named, &exports) else { continue };
            if target == module.top() || target == "lib" {
                continue;
            }
            let fault = match (layer(module.top()), layer(&target)) {
                (Some(own), Some(other)) if other <= own => continue,
                (_, None) if target == "error" => "a layer has errors of its own, and the roof gathers them".to_owned(),
                (Some(own), Some(other)) => format!("layer {own} must not use layer {other}"),
                (_, None) if EDGES.contains(&target.as_str()) => "a pure layer must not use an edge".to_owned(),
                (_, None) => format!("`{target}` is not a module of the core crate"),
                (None, Some(_)) => continue,
            };
            complaints.push(format!("{}:{}: `{}`: {fault}", module.path, named.line, named.text()));
        }
    }
    complaints
}

#[test]
fn pure_layers_have_no_clock_files_network_or_output() {
    let modules = core();
    let mut complaints = Vec::new();
    for module in modules.iter().filter(|module| module.is_pure()) {
        for named in &module.names {
            complaints.extend(
                BANNED
                    .iter()
                    .filter(|(banned, _)| is_banned(&named.text(), banned))
                    .map(|(banned, why)| format!("{}:{}: `{banned}` is banned: {why}", module.path, named.line)),
            );
        }
    }
    none(&complaints);
}

/// Whether `path` is `banned` or lies in it; a ban that ends in a capitalised stem (`Tcp`) covers all such names.
fn is_banned(path: &str, banned: &str) -> bool {
    let stem = banned.rsplit("::").next().is_some_and(|last| matches!(last, "Tcp" | "Udp"));
    let at_start = path.strip_prefix(banned).is_some_and(|rest| stem || rest.is_empty() || rest.starts_with("::"));
    at_start || (banned.ends_with("::now") && path.ends_with(&format!("::{banned}")))
}

#[test]
fn bans_match_whole_segments() {
    assert!(is_banned("std::net::TcpStream", "std::net::Tcp"));
    assert!(is_banned("std::time::Instant::now", "Instant::now"));
    assert!(is_banned("std::fs::read", "std::fs"));
    assert!(!is_banned("std::net::IpAddr", "std::net::Tcp"));
    assert!(!is_banned("printable", "print"));
}

#[test]
fn dependencies_stay_in_their_home() {
    let mut complaints = Vec::new();
    for module in core() {
        for (dependency, homes, why) in HOMES {
            let at_home = homes.iter().any(|home| module.path.starts_with(home));
            let uses = module.names.iter().filter(|named| named.segments[0] == dependency && !at_home);
            complaints.extend(
                uses.map(|named| format!("{}:{}: `{dependency}` does not belong here: {why}", module.path, named.line)),
            );
        }
    }
    none(&complaints);
}
