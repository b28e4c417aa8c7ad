//! Modules of the core that use each other in a circle cannot be read, moved or tested one by one.
//!
//! A name counts as used in the file that it is written in, not in the `mod.rs` that hands it on.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::place;
use super::source::{Token, paths, tokens};
use super::{File, files, none};

/// Circles that stay, with why.
const STAY: [(&[&str], &str); 17] = [
    (
        &["cert/certificate", "cert/extension", "cert/extension_value", "cert/key", "cert/name_constraints"],
        "a certificate has extensions and a key, and these read with what a certificate is read with",
    ),
    (&["cert/crl", "cert/crl_list"], "a list has entries, which read with the list's own reader of times"),
    (&["cert/name", "cert/name/reading"], "the reader of a name is the other half of it"),
    (&["estate/json", "estate/strict"], "the strict reader makes the estate's errors, and the estate is read by it"),
    (
        &["net/inventory", "net/inventory/entry", "net/inventory/environment"],
        "an inventory is made of entries, which are read with what it was told",
    ),
    (
        &["net/collect/own", "net/collect/run", "net/collect/sms", "net/collect/vcenter"],
        "a run asks vCenters, and what each brings is filled by parts of the run",
    ),
    (
        &["net/vsphere/wire/fault", "net/vsphere/wire/soap"],
        "a fault is an answer of SOAP, and SOAP answers with faults",
    ),
    (
        &["net/vsphere", "net/vsphere/wire/xml"],
        "the fuzzing entry of the service reads XML, whose reader is told how the service stops",
    ),
    (&["net/vsphere/renewal", "net/vsphere/session"], "the renewal is the other half of a session"),
    (
        &["net/vsphere/wire/rest", "net/vsphere/wire/rest/body", "net/vsphere/wire/rest/refusal"],
        "bodies and refusals are told by the form of the service",
    ),
    (
        &["net/vsphere/vim", "net/vsphere/vim/datastores", "net/vsphere/vim/hosts", "net/vsphere/vim/properties"],
        "the property collector is a part of the service, which lists hosts and datastores by it",
    ),
    (
        &[
            "path/explain",
            "path/graph",
            "path/revocation",
            "path/revocation/current",
            "path/revocation/scope",
            "path/revocation/signer",
            "path/search",
            "path/telling",
            "path/whole_path",
        ],
        "a path is checked for revocation by finding the path of who signed the list",
    ),
    (&["path/hosts", "path/subtrees"], "a name below a constraint compares as a host's name does, and the reverse"),
    (
        &["path/public", "path/verifier"],
        "the public's roots are a store like others, which a refused chain is judged by",
    ),
    (&["path/rejection", "path/wording"], "the words of a rejection are the other half of it"),
    (&["store/collect", "store/pkcs7"], "a PEM block may hold PKCS#7, and PKCS#7 certificates to collect"),
    (
        &[
            "store/lint",
            "store/second",
            "store/shape",
            "store/store_loop",
            "store/trust_store",
            "store/vecs",
            "store/vecs_dump",
        ],
        "a listing may hold listings, beside blocks too, and a store is told by its shape and linted by itself",
    ),
];

type Place = Vec<String>;

/// What one file names.
#[derive(Default)]
struct Names {
    /// What it hands on under a name of its own: `pub use`.
    hands_on: BTreeMap<String, Vec<String>>,
    uses: Vec<Vec<String>>,
}

fn names(tokens: &[Token]) -> Names {
    let (mut names, mut body, mut at) = (Names::default(), Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        if token.text != "use" {
            body.push(token.clone());
            at += 1;
            continue;
        }
        let end = tokens[at..].iter().position(|token| token.text == ";").map_or(tokens.len(), |length| at + length);
        let found = paths(&tokens[at + 1..end]).into_iter().map(|named| named.segments);
        // `pub use` and `pub(crate) use`.
        if body.last().is_some_and(|before| matches!(before.text.as_str(), "pub" | ")")) {
            names.hands_on.extend(found.filter_map(|path| Some((path.last()?.clone(), path))));
        } else {
            names.uses.extend(found);
        }
        at = end;
    }
    names.uses.extend(paths(&body).into_iter().map(|named| named.segments).filter(|path| path.len() > 1));
    names
}

/// The tree of modules.
struct Tree(BTreeMap<Place, Names>);

impl Tree {
    /// The file that a path as written in `from` leads to.
    fn leads_to(&self, from: &Place, path: &[String], depth: usize) -> Option<Place> {
        let supers = path.iter().take_while(|segment| *segment == "super").count();
        let (mut place, rest) = match path.first()?.as_str() {
            "crate" => (Vec::new(), &path[1..]),
            "self" => (from.clone(), &path[1..]),
            "super" => (from[..from.len().checked_sub(supers)?].to_vec(), &path[supers..]),
            first if self.0.contains_key(&[from.as_slice(), &[first.to_owned()]].concat()) => (from.clone(), path),
            _ => return None,
        };
        let mut rest = rest.iter();
        for segment in rest.by_ref() {
            let below = [place.as_slice(), std::slice::from_ref(segment)].concat();
            if self.0.contains_key(&below) {
                place = below;
                continue;
            }
            let handed_on = self.0.get(&place).and_then(|names| names.hands_on.get(segment));
            let handed_on = handed_on.filter(|_| depth < 8).and_then(|path| self.leads_to(&place, path, depth + 1));
            return Some(handed_on.unwrap_or(place));
        }
        Some(place)
    }

    /// What each file uses.
    fn edges(&self) -> BTreeMap<&Place, BTreeSet<Place>> {
        let edges = |(place, names): (&_, &Names)| {
            let led = names.uses.iter().filter_map(|path| self.leads_to(place, path, 0));
            led.filter(|other| other != place && self.0.contains_key(other)).collect()
        };
        self.0.iter().map(|(place, names)| (place, edges((place, names)))).collect()
    }

    /// The circles: sets of files of which each uses each, on whatever way.
    fn circles(&self) -> Vec<Vec<String>> {
        let edges = self.edges();
        let reached = |from: &Place| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(place) = open.pop() {
                open.extend(
                    edges.get(&place).into_iter().flatten().filter(|next| seen.insert((*next).clone())).cloned(),
                );
            }
            seen
        };
        let reach: BTreeMap<&Place, BTreeSet<Place>> = edges.keys().map(|place| (*place, reached(place))).collect();
        let circle = |place: &&Place| {
            let both = reach[*place].iter().filter(|other| reach[other].contains(*place));
            both.map(|place| place.join("/")).collect::<Vec<_>>()
        };
        let all: BTreeSet<Vec<String>> = reach.keys().map(circle).filter(|circle| circle.len() > 1).collect();
        all.into_iter().collect()
    }
}

fn tree(files: &[File]) -> Tree {
    Tree(files.iter().filter_map(|file| Some((place(file)?, names(&tokens(&file.text))))).collect())
}

#[test]
fn no_modules_use_each_other_but_those_that_are_listed() {
    let tree = tree(&files(&[".rs"]));
    assert!(tree.0.len() > 100, "the core crate was not found");
    let circles = tree.circles();
    let is_listed = |circle: &&Vec<String>| STAY.iter().any(|(members, _)| circle.iter().eq(members.iter()));
    let complaints: Vec<String> = circles
        .iter()
        .filter(|circle| !is_listed(circle))
        .map(|circle| format!("a circle of {}", circle.join(", ")))
        .collect();
    none(&complaints);
    let gone = STAY.iter().filter(|(members, _)| !circles.iter().any(|circle| circle.iter().eq(members.iter())));
    none(&gone.map(|(members, _)| format!("no circle any more: {}", members.join(", "))).collect::<Vec<_>>());
    assert!(STAY.iter().all(|(_, why)| why.len() > 20), "each has its reason");
}

#[test]
fn a_circle_is_found_through_what_hands_a_name_on() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let files = [
        file("core/src/lib.rs", "pub use store::TrustStore;"),
        file("core/src/store/mod.rs", "mod a; mod b; pub use a::TrustStore; pub(crate) use b::Line;"),
        file("core/src/store/a.rs", "use super::Line; pub struct TrustStore;"),
        file("core/src/store/b.rs", "use crate::TrustStore; pub struct Line; fn f() { super::c::g() }"),
        file("core/src/store/c.rs", "// crate::store::a\n pub fn g() {}"),
    ];
    assert_eq!(tree(&files).circles(), [["store/a", "store/b"]]);
}
