//! Thousands of inputs that are damaged or foreign: none that nobody could understand passes for well, and what can be read is.

use std::path::Path;

use vitrust::Pool;
use vitrust::assess::{AssessOptions, Judged, assess};
use vitrust::estate::EstateReader;
use vitrust::store::{Reading, read};

use crate::chance::Chance;

const ROOTS: &str = include_str!("../../data/field/pasted/roots.txt");

/// What others than the commands wrote.
const FOREIGN: [&str; 26] = [
    "<!DOCTYPE html><html><title>Log in</title></html>\n",
    "{\"error_type\":\"UNAUTHENTICATED\",\"messages\":[]}\n",
    "[]\n",
    "{\"value\":[]}\n",
    "-bash: /usr/lib/vmware-vmafd/bin/vecs-cli: Permission denied\n",
    "vecs-cli failed. Error 5: Possible errors: \nLDAP error: Other\nWin Error: ERROR_ACCESS_DENIED (5)\n",
    "[*] Store : TRUSTED_ROOTS\n",
    "[*] Store : MACHINE_SSL_CERT\nEnter password for administrator@vsphere.local: \n",
    "STORE TRUSTED_ROOTS\nhello\n",
    "Number of entries in store :\t3\n",
    "[*] Store : TRUSTED_ROOTS\nNumber of entries in store :\t0\n",
    "Number of certificates:\t2\n",
    "Number of certificates:\t0\n",
    "2026-06-01T00:00:00Z info vpxd[1] [Originator@6876 sub=Main] started\n",
    "Usage: vecs-cli entry list --store NAME\n",
    "Uid,NotValidAfter\n",
    "Name;Subject\nvc01;CN=vc01\n",
    "Alias :\tx\nEntry type :\tTrusted Cert\n",
    "Alias :\tx\nEntry type :\tSecret Key\n",
    "-----BEGIN CERTIFICATE-----\n",
    "-----BEGIN CERT-----\nMIIB\n-----END CERT-----\n",
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n",
    "-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQE=\n-----END CERTIFICATE REQUEST-----\n",
    "            Not Before: Jan  1 00:00:00 2022 GMT\n",
    "Your keystore contains 2 entries\n",
    "SSL Certificate Report\n   Store: TRUSTED_ROOTS\n",
];

/// The files of the field with everything that could be a certificate made unreadable, and files that never held one.
fn files() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new("data/field").to_owned()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> =
            std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                found.push(text);
            }
        }
    }
    assert!(found.len() > 40, "{} files", found.len());
    found
}

/// A text of which nobody can understand a certificate: foreign texts, and exports whose base64 and dates are gone.
fn hopeless(chance: &mut Chance, files: &[String]) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..=chance.below(3) {
        text += *chance.pick(&FOREIGN);
    }
    match chance.below(6) {
        0 => text = ROOTS.replace(|c: char| c.is_ascii_digit(), "#"),
        1 => text.insert(chance.below(text.len() + 1), '\u{fffd}'),
        2 => text = ROOTS.lines().filter(|line| line.contains(':')).map(|line| format!("{line}\n")).collect(),
        3 => {
            let file = chance.pick(files);
            text = file.replace(|c: char| c.is_ascii_digit(), if chance.one_in(2) { "#" } else { "" });
        }
        _ => (),
    }
    let mut bytes = text.into_bytes();
    if chance.below(4) == 0 && !bytes.is_empty() {
        for _ in 0..chance.below(20) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap_or(0);
        }
    }
    if chance.one_in(5) {
        bytes =
            [b"\xff\xfe".to_vec(), String::from_utf8_lossy(&bytes).encode_utf16().flat_map(u16::to_le_bytes).collect()]
                .concat();
    }
    bytes
}

fn is_well(judged: &Judged) -> bool {
    !judged.is_empty && judged.unread + judged.unknown == 0
}

fn judged(name: &str, bytes: &[u8]) -> Judged {
    let mut reader = EstateReader::new("vc");
    if name.contains('/') {
        reader.add(name, bytes)
    } else {
        reader.add_alone(name, bytes)
    }
    assess(&reader.finish(), &AssessOptions::at("2026-06-01".parse().expect("a date"))).judged
}

#[test]
fn what_nobody_understands_is_never_well() {
    let files = files();
    let mut chance = Chance(0x5eed);
    let (mut hopeless_inputs, mut understood) = (0, 0);
    while hopeless_inputs < 2_000 {
        let bytes = hopeless(&mut chance, &files);
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let found = read(&bytes, "x.txt", &mut Pool::new());
        // Printed entries and CRLs are something, and what is said of them is for other tests.
        if found.as_ref().is_ok_and(|found| found.certificates.len() + found.dumped.len() + found.crls.len() > 0) {
            understood += 1;
            assert!(understood < 1_000, "the inputs are not hopeless");
            continue;
        }
        hopeless_inputs += 1;
        for name in
            ["x.txt", "trusted-roots.txt", "machine-ssl.txt", "vc/trusted-roots.txt", "vc/hosts/esx1/castore.pem"]
        {
            let judged = judged(name, &bytes);
            assert!(!is_well(&judged), "{hopeless_inputs} {name}: {judged:?}\n{}", shown());
        }
        // Only a count of VECS may say that there is nothing.
        let counts = matches!(&found, Ok(found) if found.counts_none);
        let text = shown().replace('\0', "");
        assert!(!counts || text.contains("entries in store :\t0"), "{hopeless_inputs}: {text}");
        assert!(counts || found.map_or(true, |found| !found.unreadable.is_empty()), "{hopeless_inputs}: {text}");
    }
}

/// The listing as somebody passed it on, with everything in it that was.
fn readable(chance: &mut Chance) -> Vec<u8> {
    let mut lines: Vec<String> = ROOTS.lines().map(str::to_owned).collect();
    for _ in 0..=chance.below(3) {
        let at = chance.below(lines.len());
        let each = |lines: &mut Vec<String>, change: &dyn Fn(&str) -> String| {
            lines.iter_mut().for_each(|line| *line = change(line));
        };
        match chance.below(15) {
            0 => each(&mut lines, &|line| format!("> {line}")),
            1 => each(&mut lines, &|line| format!("    {line}")),
            2 => lines.insert(at, "--More--".to_owned()),
            3 => lines.insert(at, format!("--More--({}%)", chance.below(100))),
            4 => lines.push("(END)".to_owned()),
            5 => each(&mut lines, &|line| line.replace("Alias", "\u{1b}[01;31m\u{1b}[KAlias\u{1b}[m\u{1b}[K")),
            6 => each(&mut lines, &|line| line.replace("-----", "\u{2013}\u{2013}\u{2013}")),
            7 => each(&mut lines, &|line| format!("{line}{}", if line.len() % 2 == 0 { "  " } else { "\r" })),
            8 => each(&mut lines, &|line| format!("| {line}")),
            9 => each(&mut lines, &|line| format!("\u{bb} {line}")),
            10 => lines.insert(at, format!("lines {at}-{}/90", at + 23)),
            11 => lines.insert(0, "{code}".to_owned()),
            12 => lines.push("```".to_owned()),
            13 => each(&mut lines, &|line| line.replace(" CERTIFICATE", "\u{a0}CERTIFICATE")),
            _ => lines.insert(0, "root@vc [ ~ ]# vecs-cli entry list --store TRUSTED_ROOTS".to_owned()),
        }
    }
    let text = lines.join("\n");
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    match chance.below(7) {
        0 => [b"\xff\xfe".to_vec(), wide(&text)].concat(),
        1 => [b"\xef\xbb\xbf".to_vec(), text.into_bytes()].concat(),
        2 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        // As when something is appended by another program.
        3 => {
            let middle = text[..text.len() / 2].rfind('\n').map_or(0, |at| at + 1);
            [text.as_bytes()[..middle].to_vec(), wide(&text[middle..])].concat()
        }
        _ => text.into_bytes(),
    }
}

#[test]
fn what_can_be_read_is_read() {
    let mut chance = Chance(0xcafe);
    let whole = read(ROOTS.as_bytes(), "x", &mut Pool::new()).expect("a listing");
    let of = |reading: &Reading| -> Vec<_> {
        reading.certificates.iter().map(|found| (found.value.clone(), found.place.alias.clone())).collect()
    };
    let (mut inputs, mut certificates) = (0, 0);
    for number in 0..500 {
        let bytes = readable(&mut chance);
        let found = read(&bytes, "x", &mut Pool::new()).unwrap_or_else(|error| panic!("{number}: {error}"));
        assert_eq!(of(&found), of(&whole), "{number}: {:?}\n{}", found.unreadable, String::from_utf8_lossy(&bytes));
        // What was damaged is told, and nothing counts as lost.
        let lost = found.unreadable.iter().find(|block| !block.reason.starts_with("no certificate is lost: "));
        assert!(lost.is_none(), "{number}: {lost:?}\n{}", String::from_utf8_lossy(&bytes));
        inputs += 1;
        certificates += found.certificates.len();
    }
    assert_eq!((inputs, certificates), (500, 500 * whole.certificates.len()));
    assert!(whole.certificates.len() > 1);
}
