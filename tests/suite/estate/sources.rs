//! Several files for one part, and files that are more than they seem.

use vitrust::assess::{AssessOptions, assess};
use vitrust::catalogue::FindingId;
use vitrust::estate::EstateReader;
use vitrust::finding::Finding;
use vitrust::{Estate, files};
use vitrust_factory::vsphere;

use super::folder::{Folder, listing, root};
use super::lab::at;

fn findings(estate: &Estate, id: FindingId) -> Vec<Finding> {
    let found = assess(estate, &AssessOptions::at(at())).findings;
    found.into_iter().filter(|finding| finding.id == id).collect()
}

fn said(estate: &Estate) -> Vec<String> {
    estate.unreadable.iter().map(ToString::to_string).collect()
}

#[test]
fn exports_of_one_store_that_differ_are_named() {
    let old = vsphere::vmca_root("vc02.lab.example", 8);
    let read = |fresh: String| {
        let mut reader = EstateReader::new("lab");
        reader.add("vc01/trusted-roots.pem", root().pem().as_bytes());
        reader.add("vc01/trusted-roots.txt", fresh.as_bytes());
        reader.finish()
    };
    let differ = read(listing(&[(&old.sha1(), "Trusted Cert", old.pem())]));
    let [finding] = &findings(&differ, FindingId::JoinedFiles)[..] else { panic!("one finding") };
    let files = "vc01/trusted-roots.pem, vc01/trusted-roots.txt";
    assert!(finding.message.ends_with(files) && finding.subjects[0].to_string() == "vc01 / TRUSTED_ROOTS");
    assert_eq!(Estate::from_json(differ.to_json().as_bytes()), Ok(differ));
    let same = read(listing(&[(&root().sha1(), "Trusted Cert", root().pem())]));
    assert_eq!(findings(&same, FindingId::JoinedFiles), []);
    assert_eq!(same.vcenters[0].trusted_roots.as_ref().map(|store| store.certificates.len()), Some(1));
}

#[test]
fn of_two_files_for_one_part_the_layouts_first_name_wins() {
    let (machine, other) =
        (vsphere::machine_ssl("vc01.lab.example", 1, &root()), vsphere::machine_ssl("vc01.lab.example", 7, &root()));
    for (first, second) in [("443.pem", "machine-ssl.pem"), ("machine-ssl.pem", "443.pem")] {
        let mut reader = EstateReader::new("lab");
        for name in [first, second] {
            let cert = if name == "machine-ssl.pem" { &machine } else { &other };
            reader.add(&format!("vc01/{name}"), cert.pem().as_bytes());
        }
        let estate = reader.finish();
        let held = estate.vcenters[0].machine_ssl.as_ref().map(|chain| chain.certificates[0].to_string());
        assert_eq!(held, Some(machine.sha256()), "{first}, {second}");
        assert!(
            said(&estate)[0].starts_with("vc01/443.pem: not used: vc01/machine-ssl.pem")
                && said(&estate)[0].contains("provides this part"),
            "{:?}",
            said(&estate)
        );
        assert_eq!(said(&estate).len(), 1);
    }
}

#[test]
fn what_is_given_twice_counts_once() {
    let folder = Folder::new("twice");
    folder.write("vc01/trusted-roots.pem", root().pem()).write("vc01/notes.md", "x").write("vc01/sms.pem", "y");
    let once = files::load(&folder.0).expect("a folder");
    let twice = files::load_all(&[&folder.0, &folder.0.join(".")]).expect("a folder");
    assert_eq!((twice.vcenters.len(), &twice), (1, &once));
    let file = folder.0.join("vc01/trusted-roots.pem");
    assert_eq!(files::load_all(&[&file, &file]).expect("a file"), files::load(&file).expect("a file"));
}

#[test]
fn an_estate_in_json_is_known_without_its_schema() {
    let folder = Folder::new("plain-json");
    folder
        .write("good.json", r#"{"vcenters": [{"name": "a"}]}"#)
        .write("bad.json", r#" {"vcenters": [{"name": "a", "bogus": 1}]}"#)
        .write("other.json", r#"{"hosts": [{"vcenters": 1}]}"#);
    let load = |name: &str| files::load(folder.0.join(name));
    assert_eq!(load("good.json").map(|estate| estate.vcenters.len()), Ok(1));
    let error = load("bad.json").expect_err("a mistake").to_string();
    assert!(error.contains("vcenters[0].bogus") && error.contains("unknown field"), "{error}");
    assert_eq!(said(&load("other.json").expect("no estate")).len(), 1);
    let schema: serde_json::Value = serde_json::from_str(&Estate::json_schema()).expect("JSON");
    assert_eq!(schema["anyOf"][1]["required"][0], "vcenters");
}

#[test]
fn the_remedy_fits_what_could_not_be_read() {
    let broken = "-----BEGIN CERTIFICATE-----\nA*\n-----END CERTIFICATE-----\n";
    let mut reader = EstateReader::new("lab");
    reader.add("vc01/trusted-roots.pem", broken.as_bytes());
    reader.add("vc01/hosts/esx01/castore.pem", broken.as_bytes());
    reader.add("vc01/vcenter.json", b"{");
    reader.refuse("vc01/link", "the link leads out of the folder");
    let found = findings(&reader.finish(), FindingId::Unreadable);
    assert_eq!(found.len(), 4);
    for finding in found {
        let roots = finding.subjects[0].to_string().contains("TRUSTED_ROOTS");
        let remedy = finding.remedy.expect("a remedy");
        assert_eq!(remedy.contains("keeps vpxd from starting"), roots, "{remedy}");
        let in_store = finding.subjects[0].part.is_some();
        assert_eq!(remedy.starts_with("Export it again"), in_store, "{remedy}");
    }
}
