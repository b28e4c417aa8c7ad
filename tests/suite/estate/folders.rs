//! Folders as people have them: what lies at an unexpected place, beside other things or under other names is read or told.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vitrust::assess::{AssessOptions, EdgeKind, Judged, Trust, assess};
use vitrust::catalogue::Severity;
use vitrust::estate::{Estate, EstateReader};
use vitrust::files;
use vitrust_factory::{Cert, vsphere};

fn root(n: usize) -> Cert {
    vsphere::vmca_root(&format!("vc{n:02}.lab.example"), n)
}

/// A folder of its own with these files.
fn folder(name: &str, contents: &[(&str, &str)]) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folders").join(name);
    let _ = fs::remove_dir_all(&top);
    fs::create_dir_all(&top).expect("a folder");
    for (path, content) in contents {
        let path = top.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    top
}

fn load(name: &str, contents: &[(&str, &str)]) -> Estate {
    files::load(folder(name, contents)).expect("a folder")
}

fn judged(estate: &Estate) -> Judged {
    assess(estate, &AssessOptions::at("2026-06-01".parse().expect("a date"))).judged
}

/// The vCenters of an estate, each with how many roots it has.
fn roots(estate: &Estate) -> Vec<(String, usize)> {
    let count =
        |vcenter: &vitrust::estate::VCenter| vcenter.trusted_roots.as_ref().map_or(0, |store| store.certificates.len());
    estate.vcenters.iter().map(|vcenter| (vcenter.name.to_string(), count(vcenter))).collect()
}

#[test]
fn a_download_belongs_to_the_vcenter_in_whose_folder_it_lies() {
    let (one, two) = (root(1).pem(), root(2).pem());
    for (name, files) in [
        ("roots-alone", vec![("vc01/trusted-roots/11ec582d.0", &*one), ("vc01/trusted-roots/21ec582d.0", &*two)]),
        ("unpacked", vec![("vc01/certs/lin/11ec582d.0", &*one), ("vc01/certs/lin/21ec582d.0", &*two)]),
        ("unpacked-flat", vec![("vc01/11ec582d.0", &*one), ("vc01/21ec582d.0", &*two)]),
        ("numbered", vec![("vc01/trusted-roots/a1.0", &*one), ("vc01/trusted-roots/a2.0", &*two)]),
        (
            "with-other-files",
            vec![
                ("vc01/11ec582d.0", &*one),
                ("vc01/21ec582d.0", &*two),
                ("vc01/.DS_Store", "x"),
                ("vc01/Thumbs.db", "x"),
            ],
        ),
    ] {
        let estate = load(name, &files);
        assert_eq!(roots(&estate), [("vc01".to_owned(), 2)], "{name}: {estate:?}");
        assert!(estate.unreadable.is_empty() && estate.unknown.is_empty(), "{name}: {:?}", estate.unreadable);
    }
    let both = load("two", &[("vc01/trusted-roots/11ec582d.0", &one), ("vc02/trusted-roots/11ec582d.0", &two)]);
    assert_eq!(roots(&both), [("vc01".to_owned(), 1), ("vc02".to_owned(), 1)]);
    let alone = load("alone", &[("a1.0", &one), ("a2.0", &two), (".DS_Store", "x")]);
    assert_eq!(roots(&alone), [("alone".to_owned(), 2)]);
    // Each root is found again by its file.
    let store = alone.vcenters[0].trusted_roots.as_ref().expect("roots");
    let files: Vec<Option<Arc<str>>> = (0..2).map(|index| store.place(index).alias).collect();
    assert_eq!(files, [Some("a1.0".into()), Some("a2.0".into())]);
}

#[test]
fn entries_without_a_certificate_are_listed_and_change_nothing() {
    let machine = vsphere::machine_ssl("vc01.lab.example", 5, &root(1));
    let stores = format!(
        "Store : MACHINE_SSL_CERT\nNumber of entries in store :\t2\nAlias :\t__MACHINE_CERT\nEntry type :\tPrivate Key\n\
         Certificate :\t{}\nAlias :\t__MACHINE_CSR\nEntry type :\tPrivate Key\n\
         Store : TRUSTED_ROOTS\nNumber of entries in store :\t1\nAlias :\t{}\nEntry type :\tTrusted Cert\nCertificate :\t{}\n",
        machine.pem(),
        root(1).sha1(),
        root(1).pem()
    );
    let secrets = "Store : APPLMGMT_PASSWORD\nNumber of entries in store :\t1\nAlias :\tlocation_password_default\n\
         Entry type :\tSecret Key\nSecret Key :\tKEPT-NOWHERE\n\
         Store : KMS_ENCRYPTION\nNumber of entries in store :\t1\nAlias :\tkms\nEntry type :\tSecret Key\n";
    let without = load("without-secrets", &[("vc01/stores.txt", &stores)]);
    let with = load("with-secrets", &[("vc01/stores.txt", &(stores.clone() + secrets))]);
    let listed = |estate: &Estate| -> Vec<String> {
        let stores = estate.vcenters[0].stores.values();
        stores.flat_map(|store| store.without_certificate.iter().map(ToString::to_string)).collect()
    };
    let csr = "vc01/stores.txt line 26 (store MACHINE_SSL_CERT, alias __MACHINE_CSR): a pending certificate request, which has a key and no certificate yet";
    let csr = csr.replacen("26", listed(&without)[0].split(' ').nth(2).expect("a line"), 1);
    assert_eq!(listed(&without), std::slice::from_ref(&csr));
    let all = listed(&with);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all.contains(&csr), "{all:?}");
    assert!(all[0].contains("(store APPLMGMT_PASSWORD, alias location_password_default): a secret key"), "{all:?}");
    assert!(!with.to_json().to_string().contains("KEPT-NOWHERE"));
    assert_eq!(judged(&with), judged(&without));
    let again = Estate::from_json(with.to_json().as_bytes()).expect("an estate");
    assert_eq!(again, with);
}

#[test]
fn a_listing_in_a_folder_of_a_vcenter_is_that_of_its_stores() {
    let machine = vsphere::machine_ssl("vc01.lab.example", 5, &root(1));
    let part = |store: &str, alias: &str, kind: &str, pem: &str| {
        format!(
            "[*] Store : {store}\nNumber of entries in store :\t1\nAlias :\t{alias}\nEntry type :\t{kind}\nCertificate :\t{pem}\n"
        )
    };
    let text = part("MACHINE_SSL_CERT", "__MACHINE_CERT", "Private Key", &machine.pem())
        + &part("TRUSTED_ROOTS", &root(1).sha1(), "Trusted Cert", &root(1).pem())
        + &part("vpxd", "vpxd", "Private Key", &machine.pem());
    for (name, file) in [("listing", "vc01/all.txt"), ("listing-other", "vc01/output of the loop.log")] {
        let estate = load(name, &[(file, &text)]);
        let vcenter = &estate.vcenters[0];
        assert_eq!(roots(&estate), [("vc01".to_owned(), 1)], "{file}");
        assert!(vcenter.machine_ssl.is_some() && vcenter.stores.contains_key("vpxd") && estate.unknown.is_empty());
    }
    // What lies deeper is somebody's archive.
    let old = load("old", &[("vc01/trusted-roots.pem", &root(1).pem()), ("vc01/old/all.txt", &text)]);
    assert_eq!((roots(&old), old.unknown.len()), (vec![("vc01".to_owned(), 1)], 1));
}

#[test]
fn certificates_that_nobody_can_place_are_not_read_and_nothing_is_well() {
    let estate = load("cer-files", &[("root.cer", &root(1).pem()), ("root2.cer", &root(2).pem())]);
    assert!(estate.unreadable.iter().any(|block| block.place.source.as_deref() == Some("root2.cer")), "{estate:?}");
    assert_eq!(judged(&estate).unread, 1);
    let notes = load("notes", &[("vc01/trusted-roots.pem", &root(1).pem()), ("vc01/notes.txt", "call the vendor\n")]);
    assert_eq!(
        (notes.unknown.len(), judged(&notes).unread),
        (1, 1),
        "what belongs to no part is told, and was not judged"
    );
}

#[test]
fn an_empty_folder_beside_others_is_told() {
    let good = folder("good", &[("vc01/trusted-roots.pem", &root(1).pem())]);
    let empty = folder("empty", &[]);
    let estate = files::load_all(&[&good, &empty]).expect("an estate");
    assert_eq!(estate.unreadable.len(), 1, "{:?}", estate.unreadable);
    assert!(estate.unreadable[0].reason.contains("no file") && judged(&estate).unread == 1);
}

#[test]
fn a_ca_never_stands_for_the_certificate_that_could_not_be_read_before_it() {
    let machine = vsphere::machine_ssl("vc01.lab.example", 5, &root(1));
    let damaged = machine.pem().replacen("MII", "M#I", 1);
    let typo = machine.pem().replace("CERTIFICATE", "CERTIFCATE");
    let cut: String = machine.pem().lines().take(8).map(|line| format!("{line}\n")).collect();
    for first in [damaged, typo, cut] {
        let chain = format!("{first}{}", root(1).pem());
        let listed = format!(
            "[*] Store : MACHINE_SSL_CERT\nNumber of entries in store :\t1\nAlias :\t__MACHINE_CERT\n\
             Entry type :\tPrivate Key\nCertificate :\t{chain}\n"
        );
        for (name, text) in [("vc01/machine-ssl.pem", &chain), ("vc01/vecs.txt", &listed)] {
            let mut reader = EstateReader::new("vc01");
            reader.add("vc01/trusted-roots.pem", root(1).pem().as_bytes());
            reader.add("vc01/hosts/esx01/castore.pem", root(1).pem().as_bytes());
            reader.add("vc01/hosts/esx01/443.pem", vsphere::host_certificate("esx01", 7, &root(1)).pem().as_bytes());
            reader.add(name, text.as_bytes());
            let estate = reader.finish();
            let report = assess(&estate, &AssessOptions::at("2026-06-01".parse().expect("a date")));
            assert_eq!(estate.vcenters[0].machine_ssl, None, "{name}");
            let mut severities = report.findings.iter().map(|finding| finding.severity);
            assert!(report.judged.unread > 0, "{name}: {:?}", report.judged);
            assert!(
                severities.all(|severity| !matches!(severity, Severity::Critical | Severity::High)),
                "{name}: {:?}",
                report.findings
            );
            let mut edges = report.edges.iter().filter(|edge| edge.kind == EdgeKind::HostToVcenter);
            assert!(edges.all(|edge| edge.verdict == Trust::Unknown), "{name}: {:?}", report.edges);
        }
    }
    let stored = format!(
        "[*] Store : vpxd\nNumber of entries in store :\t1\nAlias :\tvpxd\nEntry type :\tPrivate Key\nCertificate :\t{}{}\n",
        machine.pem().replacen("MII", "M#I", 1),
        root(1).pem()
    );
    let mut reader = EstateReader::new("vc01");
    reader.add_alone("loop.txt", stored.as_bytes());
    let store = reader.finish().vcenters[0].stores["vpxd"].clone();
    assert!(store.entries.is_empty() && store.unreadable.len() == 1, "{store:?}");
}

#[test]
fn several_end_entity_certificates_in_one_file_are_in_use_and_no_anchors() {
    let alone = |n: usize| vsphere::sms_self_signed(1_650_111_735, n);
    let issued = |n: usize| vsphere::machine_ssl(&format!("vc{n:02}.lab.example"), n, &root(1));
    for (name, text, in_use) in [
        ("self-signed", format!("{}{}", alone(1).pem(), alone(2).pem()), true),
        ("issued", format!("{}{}", issued(1).pem(), issued(2).pem()), true),
        ("both", format!("{}{}", issued(1).pem(), alone(2).pem()), true),
        ("roots of a host", format!("{}{}{}", root(1).pem(), alone(1).pem(), alone(2).pem()), false),
        ("roots", format!("{}{}", root(1).pem(), root(2).pem()), false),
    ] {
        let mut reader = EstateReader::new("vc01");
        reader.add_alone("bundle.pem", text.as_bytes());
        let estate = reader.finish();
        assert_eq!(estate.vcenters[0].trusted_roots.is_none(), in_use, "{name}");
        assert_eq!(!estate.vcenters[0].stores.is_empty(), in_use, "{name}");
    }
}

#[test]
fn stores_that_hold_no_certificates_are_whole_without_any() {
    let mut reader = EstateReader::new("vc01");
    reader.add("vc01/trusted-roots.pem", root(1).pem().as_bytes());
    let secret = "Number of entries in store :\t1\nAlias :\tlocation_password_default\nEntry type :\tSecret Key\n";
    reader.add("vc01/applmgmt.txt", secret.as_bytes());
    let estate = reader.finish();
    assert_eq!(judged(&estate).unread, 0, "{:?}", estate.vcenters[0].stores);
    let mut reader = EstateReader::new("vc01");
    reader.add("vc01/trusted-roots.txt", secret.as_bytes());
    assert_eq!(judged(&reader.finish()).unread, 1, "but TRUSTED_ROOTS is not");
}
