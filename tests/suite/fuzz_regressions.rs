//! Replays the seeds and every input that once broke something through what the fuzz targets do.
//!
//! The seeds are written from the factory: `BLESS=1 cargo test -p vitrust-tests fuzz_regressions` rewrites them.

#[path = "../fuzz/entries.rs"]
mod entries;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use entries::ENTRIES;
use vitrust::assess::{AssessOptions, assess};
use vitrust_factory::{Cert, Crl, Key, pkcs7};

#[test]
fn seeds_and_regressions_break_nothing() {
    for (target, run) in ENTRIES {
        for folder in ["seeds", "regressions"] {
            for file in files(&fuzz().join(folder).join(target)) {
                eprintln!("{}", file.display());
                run(&fs::read(&file).expect("readable"));
            }
        }
    }
}

#[test]
fn seeds_cut_short_break_nothing() {
    for (target, run) in ENTRIES {
        for (name, seed) in seeds(target) {
            eprintln!("{target} {name}");
            let step = seed.len() / 50 + 1;
            (0..seed.len()).step_by(step).for_each(|end| run(&seed[..end]));
            (0..seed.len()).step_by(step).for_each(|at| {
                let mut changed = seed.clone();
                changed[at] ^= 0x81;
                run(&changed);
            });
        }
    }
}

#[test]
fn every_target_has_a_program_and_up_to_date_seeds() {
    let programs: BTreeSet<String> =
        files(&fuzz().join("targets")).iter().filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    // One program has all of them, for short runs.
    let named = ENTRIES.iter().map(|(name, _)| *name).chain(["any"]);
    assert_eq!(programs, named.map(str::to_owned).collect());
    for (target, _) in ENTRIES {
        let folder = fuzz().join("seeds").join(target);
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target} has no seed");
        if std::env::var_os("BLESS").is_some() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder");
            seeds.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).expect("written"));
        }
        let committed: BTreeSet<(PathBuf, Vec<u8>)> =
            files(&folder).into_iter().map(|path| (path.clone(), fs::read(path).expect("readable"))).collect();
        let wanted = seeds.into_iter().map(|(name, bytes)| (folder.join(name), bytes)).collect();
        assert!(committed == wanted, "{target}: run BLESS=1 cargo test -p vitrust-tests fuzz_regressions");
    }
}

/// Otherwise the targets would end at the first answer and try nothing.
#[test]
fn a_session_without_strange_answers_reads_everything() {
    let shown = vitrust::net::fuzzing::session("none", 200, b"", false);
    assert!(!shown.contains("Err("), "{shown}");
    for fact in
        ["vmca", "BEGIN CERTIFICATE", "BEGIN X509 CRL", "esx01", "host-2", "NoPermission", "ProviderUnavailable"]
    {
        assert!(shown.contains(fact), "{fact}: {shown}");
    }
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    files.sort();
    files
}

struct Pki {
    root: Cert,
    intermediate: Cert,
    server: Cert,
    crl: Crl,
}

fn pki() -> Pki {
    let root = Cert::ca("CN=CA, DC=vsphere, DC=local").key(Key::p256(1)).self_signed();
    let permitted = vitrust_factory::GeneralName::dns("lab.example");
    let intermediate = Cert::ca("CN=Sub").key(Key::p256(2)).path_length(0).permit(permitted).policies(&["1.2.3"]);
    let intermediate = intermediate.policy_mappings(&[("1.2.3", "1.2.4")]).issued_by(&root);
    let server = Cert::end_entity("CN=vc01.lab.example").dns("vc01.lab.example").ip("192.0.2.1").email("a@lab.example");
    let server = server.policies(&["1.2.4"]).key(Key::p256(3)).issued_by(&intermediate);
    let crl = Crl::of(&intermediate).revoke(&root, "2026-04-01").sign();
    Pki { root, intermediate, server, crl }
}

type Seeds = Vec<(&'static str, Vec<u8>)>;

fn seeds(target: &str) -> Seeds {
    let Pki { root, intermediate, server, crl } = pki();
    let bundle = format!("# roots\r\n{}\n{}{}", root.pem(), intermediate.pem(), crl.pem());
    let vecs = format!(
        "Number of entries in store :\t1\nAlias :\t{}\nEntry type :\tTrusted Cert\nCertificate :\t{}\n",
        root.sha1(),
        root.pem()
    );
    match target {
        "pem" => vec![("bundle", bundle.into_bytes()), ("cut", root.pem().as_bytes()[..200].to_vec())],
        "certificate" => vec![
            ("root", root.der().to_vec()),
            ("intermediate", intermediate.der().to_vec()),
            ("server", server.der().to_vec()),
        ],
        "crl" => vec![("entry", crl.der().to_vec()), ("empty", Crl::of(&root).sign().der().to_vec())],
        "pkcs7" => vec![("bag", pkcs7(&[&server, &intermediate]))],
        "vecs_list" => vec![("list", vecs.into_bytes())],
        "vecs_dump" => vec![
            ("openssl-3", vector("text-dump-openssl-3.txt")),
            ("openssl-1.0.2", vector("text-dump-openssl-1.0.2.txt")),
        ],
        "store_loop" => {
            vec![("loop", vector("store-loop.txt")), ("not-after", vector("store-loop-not-after.txt"))]
        }
        "dir_cli" => vec![("list", vector("dir-cli-list.txt"))],
        "zip" => vec![("download", archive(&root, &crl))],
        "rest" => vec![("chain", rest(&root).into_bytes())],
        "powercli_json" => vec![("object", powercli_json(&root).into_bytes())],
        "powercli_csv" => vec![("rows", powercli_csv(&root).into_bytes())],
        "store" => ["pkcs7", "vecs_list", "dir_cli", "zip", "rest", "powercli_json", "powercli_csv"]
            .into_iter()
            .map(|shape| (shape, seeds(shape).remove(0).1))
            .chain([("bundle", bundle.into_bytes())])
            .collect(),
        "estate_json" => vec![("vcenter", estate(&root, &server).to_json().into_bytes())],
        "estate_folder" => vec![("folder", folder(&root, &server, &vecs))],
        "verify" => {
            vec![("chain", question(&[(0, server.der()), (0, intermediate.der()), (1, root.der()), (2, crl.der())]))]
        }
        "report" => {
            let judged = assess(&estate(&root, &server), &AssessOptions::at("2026-06-01".parse().expect("a time")));
            let part = r#"{"causes": [], "unreadable": [{"place": "a", "reason": "b"}], "expiry": [], "judged": {"certificates": 1}}"#;
            vec![("assessment", judged.to_json().into_bytes()), ("part", part.into())]
        }
        "abi" => abi_seeds(&Pki { root, intermediate, server, crl }),
        "xml" => vec![
            ("envelope", soap_seeds().remove(14).1.split_off(2)),
            (
                "fault",
                b"<?xml version=\"1.0\"?><e:E xmlns:e=\"u\" a='1'><!-- c --><b>&lt;&#65;<![CDATA[<]]></b></e:E>"
                    .to_vec(),
            ),
        ],
        "soap" => soap_seeds(),
        "rest_api" => vec![
            ("login", answer(0, 0, "\"token\"")),
            ("list", answer(1, 0, "[{\"chain\": \"A\"}, {\"chain\": \"B\"}]")),
            ("chain", answer(2, 0, &rest(&root))),
            ("wrapped", answer(1, 0, "{\"value\": [{\"chain\": \"A\"}]}")),
            ("refusal", answer(1, 6, REFUSAL)),
            ("old-refusal", answer(1, 8, OLD_REFUSAL)),
        ],
        "inventory" => vec![("fleet", FLEET.as_bytes().to_vec())],
        other => panic!("no seeds are known for {other}"),
    }
}

const REFUSAL: &str =
    r#"{"error_type": "UNAUTHENTICATED", "messages": [{"id": "i", "default_message": "m", "args": []}]}"#;

const OLD_REFUSAL: &str =
    r#"{"type": "com.vmware.vapi.std.errors.unauthorized", "value": {"messages": [{"default_message": "m"}]}}"#;

const FLEET: &str = r#"
hosts_in_flight = 4
[defaults]
user = "audit@vsphere.local"
password_env = "P"
timeout_seconds = 30
[[vcenter]]
name = "vc01"
url = "https://vc01.lab.example"
pins = ["sha256:0000000000000000000000000000000000000000000000000000000000000000"]
providers = false
[[vcenter]]
url = "[2001:db8::1]:443"
password_prompt = true
insecure = true
[connect]
"*.lab.example:9080" = "127.0.0.1:40001"
"#;

/// The form of `soap` and `rest_api`: which operation, how it is answered, and the answer.
fn answer(operation: u8, how: u8, body: &str) -> Vec<u8> {
    [&[operation, how], body.as_bytes()].concat()
}

/// Every operation's own answer, a fault, and a page of a proxy.
fn soap_seeds() -> Seeds {
    const FAULT: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>\
        <faultcode>ServerFaultCode</faultcode><faultstring>words</faultstring><detail><NoPermissionFault \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"NoPermission\"><object type=\"Folder\">\
        group-d1</object><privilegeId>System.View</privilegeId></NoPermissionFault></detail></s:Fault></s:Body>\
        </s:Envelope>";
    let operations = vitrust::net::fuzzing::ANSWERS.iter();
    let soap = operations
        .filter(|(name, _)| !name.contains('-') && !name.starts_with("POST") && !name.ends_with(".zip"))
        .zip(0..);
    // Only what the first operation answers stands in no envelope.
    let sound = soap.map(|((name, body), number)| {
        let name = name.rsplit(' ').next().expect("a name");
        (name, answer(number, u8::from(number > 0), body))
    });
    sound.chain([("fault", answer(7, 4, FAULT)), ("page", answer(7, 12, "<html>503</html>"))]).collect()
}

/// The form of `abi`: the number of a call, then what its arguments take; 9 wants both outputs, 4 is a first sample.
fn abi_seeds(pki: &Pki) -> Seeds {
    let lent = |bytes: &[u8]| {
        let length = u16::try_from(bytes.len()).expect("short").to_be_bytes();
        [&[3], length.as_slice(), bytes].concat()
    };
    let roots = lent(format!("{}{}", pki.root.pem(), pki.crl.pem()).as_bytes());
    let chain = lent(format!("{}{}", pki.server.pem(), pki.intermediate.pem()).as_bytes());
    let json = lent(estate(&pki.root, &pki.server).to_json().as_bytes());
    let calls = |parts: &[&[u8]]| parts.concat();
    vec![
        ("store", calls(&[&[1], &roots, &[4, 9, 2, 0, 6, 9, 3, 0], &chain, &[4, 9, 10, 0, 8, 9, 0, 4, 22, 0]])),
        ("certificates", calls(&[&[0], &chain, &[4, 9, 10, 0, 7, 9, 0, 4]])),
        ("estate", calls(&[&[4], &json, &[9, 8, 0, 4, 9, 10, 0, 5, 10, 0, 6, 6, 0, 9, 7, 0, 9, 10, 0, 9]])),
        ("inventory", vec![11, 5, 9, 14, 0, 4, 4, 4, 14, 0, 5, 4, 4, 15, 0, 6, 4, 12, 4, 9, 13, 9, 5, 1, 9]),
        (
            "wrong",
            calls(&[&[1], &roots, &[4, 9, 8, 210, 4, 9, 18, 0, 9, 19, 0, 4, 9, 20, 0, 5, 4, 9, 21, 0, 5, 4, 4, 9]]),
        ),
        ("words", vec![16, 7, 9, 16, 5, 9, 17, 0, 5, 9, 17, 2, 4, 9, 1, 2, 4, 9, 1, 1, 0, 2, 3, 200, 0, 0, 1]),
    ]
}

fn vector(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/stores").join(name)).expect("a vector")
}

fn archive(root: &Cert, crl: &Crl) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("certs/lin/3a1b2c4d.0", root.pem()), ("certs/win/3a1b2c4d.r0.crl", crl.pem())] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a member");
        writer.write_all(content.as_bytes()).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn rest(root: &Cert) -> String {
    serde_json::json!({"cert_chain": {"cert_chain": [root.pem()]}, "chain": "abc"}).to_string()
}

fn powercli_json(root: &Cert) -> String {
    let object = serde_json::json!({"Subject": "CN=CA", "Thumbprint": root.sha1(), "CertificatePEM": root.pem()});
    serde_json::json!([object]).to_string()
}

fn powercli_csv(root: &Cert) -> String {
    format!("\"Subject\",\"Thumbprint\",\"CertificatePEM\"\r\n\"CN=CA\",\"{}\",\"{}\"\r\n", root.sha1(), root.pem())
}

fn estate(root: &Cert, server: &Cert) -> vitrust::Estate {
    let mut reader = vitrust::estate::EstateReader::new("lab");
    reader.add("vc01/trusted-roots.pem", root.pem().as_bytes());
    reader.add("vc01/machine-ssl.pem", server.pem().as_bytes());
    reader.add("vc01/hosts/esx01/castore.pem", root.pem().as_bytes());
    reader.finish()
}

fn folder(root: &Cert, server: &Cert, vecs: &str) -> Vec<u8> {
    let host = "{\"name\": \"esx01\", \"version\": \"8.0.3\"}\n".to_owned();
    let parts = [
        ("vc01/trusted-roots.txt", vecs.to_owned()),
        ("vc01/machine-ssl.pem", server.pem()),
        ("vc01/hosts/esx01/castore.pem", root.pem()),
        ("vc01/hosts/esx01/443.pem", server.pem()),
        ("vc01/hosts/esx01/host.json", host),
    ];
    parts.iter().flat_map(|(path, content)| format!("== {path}\n{content}").into_bytes()).collect()
}

/// The form of `verify`: a choice, then role, length and bytes of each part.
fn question(parts: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = vec![0];
    for (role, der) in parts {
        out.push(*role);
        out.extend(u16::try_from(der.len()).expect("short").to_be_bytes());
        out.extend_from_slice(der);
    }
    out
}
