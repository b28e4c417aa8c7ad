//! Folders of exports and lone files become estates.

use std::fs;
use std::path::PathBuf;

use vitrust::estate::{CertificateMode, EstateReader};
use vitrust::{ErrorCode, Estate, files};
use vitrust_factory::{Cert, vsphere};

/// A folder of its own below the target directory, empty at the start and gone at the end.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("estate-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) fn root() -> Cert {
    vsphere::vmca_root("vc01.lab.example", 0)
}

/// `vecs-cli entry list` of one store.
pub(super) fn listing(entries: &[(&str, &str, String)]) -> String {
    let mut text = format!("Number of entries in store :\t{}\n", entries.len());
    for (alias, kind, pem) in entries {
        text.push_str(&format!("Alias :\t{alias}\nEntry type :\t{kind}\nCertificate :\t{pem}\n\n"));
    }
    text
}

#[test]
fn a_folder_in_the_documented_layout_is_read_whole() {
    let folder = Folder::new("layout");
    let root = root();
    let machine = vsphere::machine_ssl("vc01.lab.example", 1, &root);
    let host = vsphere::host_certificate("esx01.lab.example", 2, &root);
    let sms = vsphere::sms_self_signed(1_717_200_000, 3);
    let facts = r#"{"name": "vc01.lab.example", "version": "8.0.3", "sso_domain": "lab", "certificate_mode": "vmca"}"#;
    let providers = serde_json::json!([{
        "Name": "IOFilter Provider esx01.lab.example",
        "Url": "https://esx01.lab.example:9080/version.xml",
        "Status": "online",
        "Certificate": host.pem(),
    }]);
    folder
        .write("vc01/vcenter.json", facts)
        .write("vc01/machine-ssl.pem", format!("depth=0 CN\r\n 0 s:CN\r\n{}{}", machine.pem(), root.pem()))
        .write("vc01/TRUSTED_ROOTS.txt", listing(&[(&root.sha1(), "Trusted Cert", root.pem())]))
        .write("vc01/vmca_root.cer", root.der())
        .write("vc01/sms.txt", listing(&[("sms_self_signed", "Private Key", sms.pem())]))
        .write("vc01/storage-providers.json", providers.to_string())
        .write("vc01/hosts/esx01.lab.example/443.pem", host.pem())
        .write("vc01/hosts/esx01.lab.example/9080.pem", host.pem())
        .write("vc01/hosts/esx01.lab.example/castore.pem", format!("{}\n\n{}", root.pem(), sms.pem()))
        .write("vc01/hosts/esx01.lab.example/host.json", r#"{"version": "8.0.3"}"#)
        .write("vc01/hosts/esx02.lab.example.castore.pem", root.pem());
    let estate = files::load(&folder.0).expect("a readable folder");
    assert_eq!((&estate.unreadable[..], &estate.unknown[..]), (&[][..], &[][..]));
    let [vcenter] = estate.vcenters.as_slice() else { panic!("{:?}", estate.vcenters) };
    assert_eq!(&*vcenter.name, "vc01.lab.example");
    assert_eq!(vcenter.certificate_mode, Some(CertificateMode::Vmca));
    assert_eq!(vcenter.machine_ssl.as_ref().expect("a chain").certificates.len(), 2);
    let roots = vcenter.trusted_roots.as_ref().expect("a store");
    assert_eq!(
        roots.place(0).to_string(),
        format!("vc01/TRUSTED_ROOTS.txt line 4 (store TRUSTED_ROOTS, alias {})", root.sha1())
    );
    let sms_entry = vcenter.sms.as_ref().and_then(|store| store.sms_self_signed.as_ref()).expect("SPS's certificate");
    assert_eq!(sms_entry.certificates[0].to_string(), sms.sha256());
    let names: Vec<&str> = vcenter.hosts.iter().map(|host| &*host.name).collect();
    assert_eq!(names, ["esx01.lab.example", "esx02.lab.example"]);
    let first = &vcenter.hosts[0];
    assert_eq!(first.major_version(), Some(8));
    assert!(first.https.is_some() && first.iofilter.is_some());
    assert_eq!(first.castore.as_ref().expect("a store").certificates.len(), 2);
    assert_eq!(vcenter.storage_providers[0].status.as_deref(), Some("online"));
    assert!(vcenter.storage_providers[0].certificate.is_some());
    assert_eq!(estate.certificates.len(), 4);
    assert_eq!(files::load(&folder.0).expect("again"), estate, "reading is the same every time");
}

#[test]
fn what_is_not_understood_is_said_and_nothing_is_lost() {
    let folder = Folder::new("strange");
    folder
        .write(
            "vc01/trusted-roots.pem",
            format!("-----BEGIN CERTIFICATE-----\nA*\n-----END CERTIFICATE-----\n{}", root().pem()),
        )
        .write("vc01/notes.md", "hello")
        .write("vc01/machine-ssl.pem", "nothing here")
        .write("vc01/vcenter.json", r#"{"nmae": "vc01"}"#)
        .write("vc01/vmca-root.pem", root().pem())
        .write("vc01/root.pem", root().pem());
    let estate = files::load(&folder.0).expect("a readable folder");
    let places = |list: &[vitrust::store::Unreadable]| {
        list.iter().map(|unreadable| unreadable.place.source.as_deref().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(places(&estate.unknown), ["vc01/notes.md"]);
    assert_eq!(places(&estate.unreadable), ["vc01/machine-ssl.pem", "vc01/vcenter.json", "vc01/root.pem"]);
    let roots = estate.vcenters[0].trusted_roots.as_ref().expect("a store");
    assert_eq!((roots.certificates.len(), roots.unreadable.len()), (1, 1));
    assert_eq!(roots.unreadable[0].place.line, Some(1));
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder() {
    let outside = Folder::new("outside");
    outside.write("secret.pem", root().pem());
    let folder = Folder::new("links");
    folder.write("vc01/trusted-roots.pem", root().pem());
    let link = |target: PathBuf, name: &str| std::os::unix::fs::symlink(target, folder.0.join(name)).expect("a link");
    link(outside.0.join("secret.pem"), "vc01/vmca-root.pem");
    link(folder.0.join("vc01/trusted-roots.pem"), "vc01/root.pem");
    link(folder.0.clone(), "vc01/again");
    let estate = files::load(&folder.0).expect("a readable folder");
    let said: Vec<String> = estate.unreadable.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["vc01/again: not a file", "vc01/vmca-root.pem: the link leads out of the folder"]);
    let held = estate.vcenters[0].vmca_root.as_ref().expect("the link inside the folder");
    assert_eq!(held.place.source.as_deref(), Some("vc01/root.pem"));
}

#[cfg(unix)]
#[test]
fn what_a_folder_of_anchors_passes_over_is_told() {
    let outside = Folder::new("anchors-outside");
    outside.write("secret.pem", root().pem());
    let folder = Folder::new("anchors");
    folder.write("vc01/trusted-roots/root.pem", root().pem());
    folder.write(&format!("vc01/trusted-roots{}/deep.pem", "/a".repeat(8)), root().pem());
    let link = |target: PathBuf, name: &str| {
        std::os::unix::fs::symlink(target, folder.0.join("vc01/trusted-roots").join(name)).expect("a link");
    };
    link(PathBuf::from("root.pem"), "11ec582d.0");
    link(outside.0.join("secret.pem"), "22ec582d.0");
    link(folder.0.clone(), "again");
    link(PathBuf::from("gone"), "gone.pem");
    let socket = folder.0.join("vc01/trusted-roots/socket");
    // The path of a socket has a limit that a target directory may exceed.
    let has_socket = std::os::unix::net::UnixListener::bind(&socket).is_ok();
    let (unreadable, held) = {
        let estate = files::load(&folder.0).expect("a readable folder");
        let roots = estate.vcenters[0].trusted_roots.as_ref().expect("a store");
        (roots.unreadable.clone(), roots.certificates.len())
    };
    let said: Vec<String> = unreadable.iter().map(ToString::to_string).collect();
    assert_eq!(held, 1);
    let told = |name: &str, reason: &str| {
        let place = format!("vc01/trusted-roots/{name}: ");
        assert!(said.iter().any(|one| one.starts_with(&place) && one.contains(reason)), "{name}: {said:?}");
    };
    told("22ec582d.0", "the link leads out of the folder");
    told("again", "the link leads out of the folder");
    told("gone.pem", "");
    told("a/a/a/a/a/a/a/a", "more than 8 folders deep");
    if has_socket {
        told("socket", "not a file");
    }
    let store = files::load_store(folder.0.join("vc01/trusted-roots")).expect("a store");
    assert_eq!((store.len(), store.unreadable().len()), (1, said.len()));
}

#[test]
fn a_lone_file_becomes_an_estate_with_one_store() {
    let folder = Folder::new("alone");
    let machine = vsphere::machine_ssl("vc01.lab.example", 1, &root());
    folder
        .write("bundle.crt", root().pem())
        .write("server.pem", machine.pem() + &root().pem())
        .write("mine.json", super::lab::Lab::healthy().estate.to_json())
        .write("bad.json", r#"{"schema": "vitrust-estate/1", "vcentres": []}"#);
    let load = |name: &str| files::load(folder.0.join(name));
    let store = load("bundle.crt").expect("a bundle");
    assert_eq!(store.vcenters[0].trusted_roots.as_ref().map(|store| store.certificates.len()), Some(1));
    assert_eq!(&*store.vcenters[0].name, "bundle");
    let chain = load("server.pem").expect("a chain");
    assert_eq!(chain.vcenters[0].machine_ssl.as_ref().map(|chain| chain.certificates.len()), Some(2));
    assert_eq!(load("mine.json").expect("an estate"), super::lab::Lab::healthy().estate);
    assert_eq!(load("bad.json").expect_err("a mistake").code(), ErrorCode::Estate);
    assert_eq!(load("absent.pem").expect_err("no file").code(), ErrorCode::File);
}

#[test]
fn a_path_that_cannot_be_read_costs_nothing_of_the_others() {
    let folder = Folder::new("absent");
    folder.write("bundle.crt", root().pem()).write("bad.json", r#"{"schema": "vitrust-estate/1", "vcentres": []}"#);
    let [bundle, absent, bad] = ["bundle.crt", "absent", "bad.json"].map(|name| folder.0.join(name));
    let estate = files::load_all(&[&absent, &bundle, &bad]).expect("one of them can be read");
    let alone = files::load(&bundle).expect("a bundle");
    assert_eq!(Estate { unreadable: Vec::new(), ..estate.clone() }, alone);
    let found: Vec<_> =
        estate.unreadable.iter().map(|block| (block.place.source.as_deref(), block.reason.as_str())).collect();
    let [(Some(first), missing), (Some(second), mistake)] = found[..] else { panic!("{found:?}") };
    assert_eq!((first, second), (absent.to_str().expect("text"), bad.to_str().expect("text")));
    assert!(!missing.contains(first) && missing.to_lowercase().starts_with("no such file"), "{missing}");
    assert!(!mistake.contains(second) && mistake.contains("vcentres"), "{mistake}");
    assert_eq!(Estate::from_json(estate.to_json().as_bytes()).expect("it reads back"), estate);
    let none = files::load_all(&[&absent, &bad]).expect_err("nothing could be read");
    assert_eq!(none.code(), ErrorCode::File, "the first error: {none}");
    assert_eq!(files::load_all(&[&bad, &absent]).expect_err("nothing again").code(), ErrorCode::Estate);
}

/// The loop over all stores, machine SSL first as `vecs-cli store list` has it.
fn loop_over_stores() -> String {
    let machine = vsphere::machine_ssl("vc01.lab.example", 1, &root());
    let sms = vsphere::sms_self_signed(1_717_200_000, 3);
    let part = |store: &str, entries: &[(&str, &str, String)]| format!("[*] Store : {store}\n{}", listing(entries));
    part("MACHINE_SSL_CERT", &[("__MACHINE_CERT", "Private Key", machine.pem())])
        + &part("TRUSTED_ROOTS", &[(&root().sha1(), "Trusted Cert", root().pem())])
        + &part("SMS", &[("sms_self_signed", "Private Key", sms.pem())])
        + &part("vpxd", &[("vpxd", "Private Key", machine.pem())])
}

#[test]
fn a_listing_of_several_stores_goes_store_by_store_whatever_its_name() {
    for name in ["dump.txt", "trusted-roots.txt", "machine-ssl.txt", "vecs.txt"] {
        let folder = Folder::new(&format!("loop-{name}"));
        folder.write(name, loop_over_stores());
        let estate = files::load(folder.0.join(name)).expect("a listing");
        let vcenter = &estate.vcenters[0];
        let digest = |cert: &Cert| vitrust::thumbprint::Fingerprint::of(cert.der());
        let roots = vcenter.trusted_roots.as_ref().expect("roots");
        assert_eq!(roots.certificates, [digest(&root())], "{name}");
        let machine = vcenter.machine_ssl.as_ref().expect("a chain");
        let own = vsphere::machine_ssl("vc01.lab.example", 1, &root());
        assert_eq!(machine.certificates, [digest(&own)], "{name}");
        assert!(vcenter.sms.as_ref().is_some_and(|sms| sms.sms_self_signed.is_some()), "{name}");
        let own = &vcenter.stores["vpxd"].entries["vpxd"];
        assert_eq!(
            (own.certificates.as_slice(), own.place.line.is_some()),
            (&machine.certificates[..], true),
            "{name}"
        );
        assert_eq!(estate.unreadable, [], "{name}");
    }
}

#[test]
fn a_dumped_machine_certificate_in_a_loop_is_said_and_not_lost() {
    let mut reader = EstateReader::new("lab");
    reader.add_alone("dump.txt", include_bytes!("../../vectors/stores/store-loop.txt"));
    let estate = reader.finish();
    let roots = estate.vcenters[0].trusted_roots.as_ref().expect("roots");
    assert_eq!(roots.dumped.len(), 2, "those of TRUSTED_ROOTS alone");
    let machine = &estate.vcenters[0].stores["MACHINE_SSL_CERT"];
    assert!(machine.dumped.iter().all(|entry| entry.value.not_after.is_some()) && !machine.dumped.is_empty());
}

#[test]
fn a_block_of_trusted_roots_that_does_not_read_stays_with_its_store() {
    let broken = "-----BEGIN CERTIFICATE-----\nA*\n-----END CERTIFICATE-----\n";
    let text = loop_over_stores().replace(&root().pem(), broken);
    let mut reader = EstateReader::new("lab");
    reader.add_alone("dump.txt", text.as_bytes());
    let estate = reader.finish();
    let roots = estate.vcenters[0].trusted_roots.as_ref().expect("a store that is not known");
    assert_eq!((roots.certificates.len(), roots.unreadable.len()), (0, 1));
}

#[test]
fn bare_sms_exports_are_told_apart() {
    let sps = Cert::end_entity("CN=sps-extension").issued_by(&root());
    let sms = vsphere::sms_self_signed(1_717_200_000, 3);
    let mut reader = EstateReader::new("lab");
    reader.add("vc01/sms.pem", format!("{}{}{}", sms.pem(), sps.pem(), root().pem()).as_bytes());
    let estate: Estate = reader.finish();
    let store = estate.vcenters[0].sms.as_ref().expect("the SMS store");
    assert_eq!(store.sms_self_signed.as_ref().map(|chain| chain.certificates.len()), Some(1));
    assert_eq!(store.sps_extension.as_ref().map(|chain| chain.certificates.len()), Some(2));
}

#[cfg(unix)]
#[test]
fn names_that_are_not_text_are_refused_one_by_one() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("bytes");
    for name in [&b"vc\xfe"[..], b"vc\xff"] {
        let path = folder.0.join(OsStr::from_bytes(name));
        fs::create_dir_all(&path).expect("a folder");
        fs::write(path.join("trusted-roots.pem"), root().pem()).expect("a file");
    }
    let estate = files::load(&folder.0).expect("a readable folder");
    let said: Vec<String> = estate.unreadable.iter().map(ToString::to_string).collect();
    let reason = "the name is not UTF-8, so it was not read";
    assert_eq!(said, [format!(r"vc\xfe: {reason}"), format!(r"vc\xff: {reason}")]);
    assert!(estate.vcenters.is_empty());
}

#[test]
fn json_of_windows_is_read_and_a_mistake_names_its_file() {
    let folder = Folder::new("windows");
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    folder
        .write("all/vc01/vcenter.json", utf_16(r#"{"name": "vc01.lab.example"}"#))
        .write("all/vc01/hosts/esx01/host.json", utf_16(r#"{"version": "8.0.3"}"#))
        .write("all/vc01/storage-providers.json", utf_16(r#"[{"Name": "p", "Url": "https://x"}]"#))
        .write("bad.json", utf_16(r#"{"schema": "vitrust-estate/1", "vcentres": []}"#));
    let estate = files::load(folder.0.join("all")).expect("a folder");
    assert_eq!(estate.unreadable, []);
    let vcenter = &estate.vcenters[0];
    assert_eq!((&*vcenter.name, vcenter.hosts[0].major_version()), ("vc01.lab.example", Some(8)));
    assert_eq!(&*vcenter.storage_providers[0].name, "p");
    let error = files::load(folder.0.join("bad.json")).expect_err("a mistake").to_string();
    assert!(error.contains("bad.json: not an estate"), "{error}");
}

/// A dump as OpenSSL prints it, filtered to what people keep.
const PRINTED: &str = "Alias :\t__MACHINE_CERT\nEntry type :\tPrivate Key\n        Subject: CN=vc01.lab.example\n            \
                       Not After : Nov  1 23:34:41 2026 GMT\n";

#[test]
fn what_has_no_place_among_presented_certificates_is_said() {
    let machine = vsphere::machine_ssl("vc01.lab.example", 1, &root());
    let crl = vitrust_factory::Crl::of(&root()).sign().pem();
    let mut reader = EstateReader::new("lab");
    reader.add("vc01/machine-ssl.txt", PRINTED.as_bytes());
    reader.add("vc01/vmca-root.pem", format!("{}{}", root().pem(), machine.pem()).as_bytes());
    reader.add("vc01/hosts/esx01/443.pem", format!("{}{crl}", machine.pem()).as_bytes());
    reader.add("vc01/sms.pem", format!("{}{crl}", vsphere::sms_self_signed(1_717_200_000, 3).pem()).as_bytes());
    let estate = reader.finish();
    let said: Vec<&str> = estate.unreadable.iter().map(|unreadable| &*unreadable.reason).collect();
    let crl = "a CRL, which does not belong among presented certificates";
    let printed = "a printed dump, valid until 2026-11-01T23:34:41Z, which cannot be part of a chain; list the store \
                   without --text";
    assert_eq!(
        said,
        [printed, "no certificate is lost: one belongs here; 1 more after the first is not used", crl, crl]
    );
}

#[test]
fn fields_of_storage_providers_are_checked() {
    let mut reader = EstateReader::new("lab");
    let text = r#"[{"name": "a", "url": 5, "status": [1], "certificate": 7, "Id": 1}, {"name": "a"},
        {"name": "b", "Name": "c"}]"#;
    reader.add("vc01/storage-providers.json", text.as_bytes());
    let estate = reader.finish();
    let said: Vec<&str> = estate.unreadable.iter().map(|unreadable| &*unreadable.reason).collect();
    let fields = ["url is not text", "status is not text", "certificate is not text"];
    let fields = fields.map(|field| format!("storage provider a: the field {field}"));
    assert_eq!(said[..3], fields);
    assert_eq!(said[3], "storage provider a: the name occurs more than once");
    assert!(said[4].ends_with("the field name occurs more than once") && said.len() == 5, "{said:?}");
}
