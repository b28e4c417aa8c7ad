//! Thousands of inputs that are damaged or foreign: none that nobody could understand passes for well, and what can be read is.

use vitrust::Pool;
use vitrust::assess::{AssessOptions, assess};
use vitrust::estate::EstateReader;
use vitrust::store::read;

use crate::chance::Chance;

const ROOTS: &str = include_str!("../../data/field/pasted/roots.txt");

/// What others than the commands wrote.
const FOREIGN: [&str; 16] = [
    "<!DOCTYPE html><html><title>Log in</title></html>\n",
    "{\"error_type\":\"UNAUTHENTICATED\",\"messages\":[]}\n",
    "-bash: /usr/lib/vmware-vmafd/bin/vecs-cli: Permission denied\n",
    "vecs-cli failed. Error 5: Possible errors: \nLDAP error: Other\nWin Error: ERROR_ACCESS_DENIED (5)\n",
    "[*] Store : TRUSTED_ROOTS\n",
    "[*] Store : MACHINE_SSL_CERT\nEnter password for administrator@vsphere.local: \n",
    "STORE TRUSTED_ROOTS\nhello\n",
    "Number of entries in store :\t3\n",
    "[*] Store : TRUSTED_ROOTS\nNumber of entries in store :\t0\n",
    "Number of certificates:\t2\n",
    "2026-06-01T00:00:00Z info vpxd[1] [Originator@6876 sub=Main] started\n",
    "Usage: vecs-cli entry list --store NAME\n",
    "Uid,NotValidAfter\n",
    "Name;Subject\nvc01;CN=vc01\n",
    "Alias :\tx\nEntry type :\tTrusted Cert\n",
    "-----BEGIN CERTIFICATE-----\n",
];

/// A text of which nobody can understand a certificate: foreign texts, and listings whose base64 is gone.
fn hopeless(chance: &mut Chance) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..=chance.below(3) {
        text += *chance.pick(&FOREIGN);
    }
    match chance.below(5) {
        0 => text = ROOTS.replace(|c: char| c.is_ascii_digit(), "#"),
        1 => text.insert(chance.below(text.len() + 1), '\u{fffd}'),
        2 => text = ROOTS.lines().filter(|line| line.contains(':')).map(|line| format!("{line}\n")).collect(),
        _ => (),
    }
    let mut bytes = text.into_bytes();
    if chance.below(4) == 0 {
        for _ in 0..chance.below(20) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap_or(0);
        }
    }
    bytes
}

/// The listing as somebody passed it on, with everything in it that was.
fn readable(chance: &mut Chance) -> Vec<u8> {
    let mut lines: Vec<String> = ROOTS.lines().map(str::to_owned).collect();
    for _ in 0..=chance.below(3) {
        let at = chance.below(lines.len());
        match chance.below(9) {
            0 => lines.iter_mut().for_each(|line| *line = format!("> {line}")),
            1 => lines.iter_mut().for_each(|line| *line = format!("    {line}")),
            2 => lines.insert(at, "--More--".to_owned()),
            3 => lines.insert(at, format!("--More--({}%)", chance.below(100))),
            4 => lines.push("(END)".to_owned()),
            5 => lines
                .iter_mut()
                .for_each(|line| *line = line.replace("Alias", "\u{1b}[01;31m\u{1b}[KAlias\u{1b}[m\u{1b}[K")),
            6 => lines.iter_mut().for_each(|line| *line = line.replace("-----", "\u{2013}\u{2013}\u{2013}")),
            7 => lines.iter_mut().for_each(|line| line.push_str(if line.len() % 2 == 0 { "  " } else { "\r" })),
            _ => lines.insert(0, "root@vc [ ~ ]# vecs-cli entry list --store TRUSTED_ROOTS".to_owned()),
        }
    }
    let text = lines.join("\n");
    match chance.below(4) {
        0 => [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        1 => [b"\xef\xbb\xbf".to_vec(), text.into_bytes()].concat(),
        _ => text.into_bytes(),
    }
}

#[test]
fn what_nobody_understands_is_never_well() {
    let mut chance = Chance(0x5eed);
    for number in 0..2_000 {
        let bytes = hopeless(&mut chance);
        let shown = || String::from_utf8_lossy(&bytes).chars().take(300).collect::<String>();
        let found = read(&bytes, "x.txt", &mut Pool::new());
        let understood = found.as_ref().map_or(0, |found| found.certificates.len() + found.dumped.len());
        if understood > 0 {
            continue;
        }
        for name in ["x.txt", "trusted-roots.txt", "machine-ssl.txt"] {
            let mut reader = EstateReader::new("vc");
            reader.add_alone(name, &bytes);
            let report = assess(&reader.finish(), &AssessOptions::at("2026-06-01".parse().expect("a date")));
            let judged = report.judged;
            assert!(judged.is_empty || judged.unread + judged.unknown > 0, "{number} {name}: {judged:?}\n{}", shown());
        }
        // This alone says that a store is empty.
        let is_counted = shown().contains("entries in store :\t0");
        assert!(is_counted || found.map_or(true, |found| !found.unreadable.is_empty()), "{number}: {}", shown());
    }
}

#[test]
fn what_can_be_read_is_read() {
    let mut chance = Chance(0xcafe);
    let whole = read(ROOTS.as_bytes(), "x", &mut Pool::new()).expect("a listing");
    for number in 0..500 {
        let bytes = readable(&mut chance);
        let found = read(&bytes, "x", &mut Pool::new()).unwrap_or_else(|error| panic!("{number}: {error}"));
        let of = |reading: &vitrust::store::Reading| -> Vec<_> {
            reading.certificates.iter().map(|found| (found.value.clone(), found.place.alias.clone())).collect()
        };
        assert_eq!(of(&found), of(&whole), "{number}: {:?}\n{}", found.unreadable, String::from_utf8_lossy(&bytes));
    }
}
