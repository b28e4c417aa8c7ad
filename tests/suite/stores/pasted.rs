//! Encodings that change inside a file, quotes, pagers, marks for code and damaged armour: what they hold is read, and damage is told.

use vitrust::store::{Reading, read};
use vitrust::{Certificate, Pool};

use super::samples::{root, vecs};

fn reading(bytes: &[u8]) -> Reading {
    read(bytes, "x", &mut Pool::new()).expect("readable")
}

fn roots(reading: &Reading) -> Vec<&Certificate> {
    reading.certificates.iter().map(|found| &found.value).collect()
}

fn listing(numbers: &[usize]) -> String {
    let entries: Vec<(String, String)> = numbers.iter().map(|n| (root(*n).sha1(), root(*n).pem())).collect();
    let entries: Vec<(&str, &str, &str)> =
        entries.iter().map(|(alias, pem)| (alias.as_str(), "Trusted Cert", pem.as_str())).collect();
    vecs(&entries)
}

/// A way to write a text in bytes.
type Encoding = (&'static str, fn(&str) -> Vec<u8>);

const ENCODINGS: [Encoding; 9] = [
    ("bytes", |text| text.as_bytes().to_vec()),
    ("marked UTF-8", |text| [b"\xef\xbb\xbf", text.as_bytes()].concat()),
    ("UTF-16LE", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("UTF-16BE", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("marked UTF-16LE", |text| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("marked UTF-16BE", |text| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("UTF-32LE", |text| text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
    ("marked UTF-32LE", |text| format!("\u{feff}{text}").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
    ("marked UTF-32BE", |text| format!("\u{feff}{text}").chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()),
];

#[test]
fn every_change_of_encoding_inside_a_file_is_read() {
    let (one, two, three) = (listing(&[1]), listing(&[2]), listing(&[3]));
    for (first, encode_first) in ENCODINGS {
        assert_eq!(reading(&encode_first(&one)).certificates.len(), 1, "{first}");
        for (second, encode_second) in ENCODINGS {
            let found = reading(&[encode_first(&one), encode_second(&two)].concat());
            assert_eq!((found.certificates.len(), found.unreadable.len()), (2, 0), "{first}, {second}: {found:?}");
            for (third, encode_third) in ENCODINGS {
                let found = reading(&[encode_first(&one), encode_second(&two), encode_third(&three)].concat());
                assert_eq!(found.certificates.len(), 3, "{first}, {second}, {third}: {found:?}");
            }
        }
    }
}

#[test]
fn quotes_tables_pagers_and_marks_for_code_hide_nothing() {
    let text = listing(&[1, 2]);
    let whole = reading(text.as_bytes());
    let each = |change: &dyn Fn(&str) -> String| text.lines().map(|line| change(line) + "\n").collect::<String>();
    let among = |line: &str, every: usize| -> String {
        text.lines()
            .enumerate()
            .map(|(n, own)| if n % every == every - 1 { format!("{line}\n{own}\n") } else { format!("{own}\n") })
            .collect()
    };
    for (name, changed) in [
        ("a quote", each(&|line| format!("> {line}"))),
        ("a quote of a quote", each(&|line| format!("> > {line}"))),
        ("bars", each(&|line| format!("|{line}"))),
        ("bars and blanks", each(&|line| format!("  | {line}"))),
        ("a table", each(&|line| format!("| {line:<90} |"))),
        ("other quotes", each(&|line| format!("\u{bb} {line}"))),
        ("Jira", format!("{{code}}\n{text}{{code}}\n")),
        ("Jira with a language", format!("{{code:title=roots.txt}}\n{text}{{code}}\n")),
        ("Confluence", format!("{{noformat}}\n{text}{{noformat}}\n")),
        ("Markdown", format!("```text\n{text}```\n")),
        ("more", among("--More--(42%)", 7)),
        ("another more", among("-- More --", 5)),
        ("less", among("lines 1-23/58", 9)),
        ("less at its end", among("lines 1-23/58 (END)", 9)),
        ("both", each(&|line| format!("> {line}")).replace("> Alias", "> lines 1-23/58\n> Alias")),
    ] {
        let found = reading(changed.as_bytes());
        assert_eq!((roots(&found), found.unreadable.len()), (roots(&whole), 0), "{name}: {:?}", found.unreadable);
        let aliases =
            |reading: &Reading| reading.certificates.iter().map(|one| one.place.alias.clone()).collect::<Vec<_>>();
        assert_eq!(aliases(&found), aliases(&whole), "{name}");
    }
}

/// What became of a marker, by its first word.
type Damage = (&'static str, fn(&str) -> String);

#[test]
fn damaged_armour_is_read_and_told_with_its_line() {
    let marker = |word: &str| format!("-----{word} CERTIFICATE-----");
    let changes: [Damage; 10] = [
        ("four dashes", |word| format!("----{word} CERTIFICATE----")),
        ("one dash", |word| format!("-{word} CERTIFICATE-")),
        ("wide dashes", |word| format!("\u{ff0d}\u{ff0d}\u{ff0d}{word} CERTIFICATE\u{ff0d}\u{ff0d}\u{ff0d}")),
        ("long dashes", |word| format!("\u{2014}\u{2014}{word} CERTIFICATE\u{2014}\u{2014}")),
        ("capitals", |word| format!("-----{}{} Certificate-----", &word[..1], word[1..].to_lowercase())),
        ("small letters", |word| format!("-----{} certificate-----", word.to_lowercase())),
        ("underscores", |word| format!("-----{word}_CERTIFICATE-----")),
        ("a hard blank", |word| format!("-----{word}\u{a0}CERTIFICATE-----")),
        ("no width", |word| format!("-----{word} CERTIFI\u{200b}CATE-----")),
        ("no dashes", |word| format!("{word} CERTIFICATE")),
    ];
    for (name, change) in changes {
        let damaged = root(1).pem().replace(&marker("BEGIN"), &change("BEGIN")).replace(&marker("END"), &change("END"));
        let text = format!("{damaged}{}", root(2).pem());
        let found = reading(text.as_bytes());
        assert_eq!(found.certificates.len(), 2, "{name}: {:?}", found.unreadable);
        let last = u32::try_from(damaged.lines().count()).expect("short");
        let told: Vec<_> = found.unreadable.iter().filter_map(|block| block.place.line).collect();
        assert_eq!(told, [1, last], "{name}: {:?}", found.unreadable);
        assert!(found.unreadable.iter().all(|block| block.reason.starts_with("no certificate is lost: ")), "{name}");
    }
    for unseen in ["\u{a0}", "\u{200b}", "\u{feff}", "\u{ad}"] {
        let damaged = root(1).pem().replace("\nMII", &format!("\nM{unseen}II"));
        // A blank is left out within base64, and a mark that nobody sees everywhere.
        let found = reading(damaged.as_bytes());
        assert_eq!((found.certificates.len(), found.unreadable.len()), (1, 1), "{unseen:?}: {:?}", found.unreadable);
        assert_eq!(found.unreadable[0].place.line, Some(2));
    }
}

#[test]
fn a_listing_with_something_before_or_behind_its_lines_is_read() {
    let plain =
        vecs(&[(&root(1).sha1(), "Trusted Cert", &root(1).pem()), (&root(2).sha1(), "Trusted Cert", &root(2).pem())]);
    let each = |line: &dyn Fn(usize, &str) -> String| {
        plain.lines().enumerate().map(|(index, text)| line(index + 1, text) + "\n").collect::<String>()
    };
    for (name, text) in [
        ("cat -n", each(&|number, line| format!("{number:>6}\t{line}"))),
        ("nl", each(&|number, line| if line.is_empty() { String::new() } else { format!("{number:>6}  {line}") })),
        ("grep -n", each(&|number, line| format!("{number}:{line}"))),
        ("grep -Hn", each(&|number, line| format!("/tmp/roots-2.txt:{number}:{line}"))),
        ("grep of several files", each(&|_, line| format!("roots.txt:{line}"))),
        ("a log", each(&|number, line| format!("2026-06-01 10:00:{:02} INFO {line}", number % 60))),
        ("syslog", each(&|number, line| format!("Jun  1 10:00:{:02} vc01 vecs[17]: {line}", number % 60))),
        ("a page", each(&|_, line| format!("{line}<br>"))),
        ("a page on one line", plain.replace('\n', "<br/>")),
        ("escaped", plain.replace('\n', "\\n")),
        ("escaped in quotes", format!("\"{}\"", plain.replace('\n', "\\n").replace('\t', "\\t"))),
        ("escaped with returns", plain.replace('\n', "\\r\\n")),
    ] {
        let found = read(text.as_bytes(), "x", &mut Pool::new()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((found.certificates.len(), found.unreadable.len()), (2, 0), "{name}: {:?}", found.unreadable);
        let aliases: Vec<_> = found.certificates.iter().map(|found| found.place.alias.as_deref()).collect();
        assert_eq!(aliases, [Some(root(1).sha1().as_str()), Some(root(2).sha1().as_str())], "{name}");
    }
}

#[test]
fn pem_that_was_encoded_once_more_is_read() {
    let encoded = base64_simd::STANDARD.encode_to_string(root(1).pem() + &root(2).pem());
    let wrapped: String =
        encoded.as_bytes().chunks(76).map(|part| format!("{}\n", String::from_utf8_lossy(part))).collect();
    for text in [
        encoded.clone(),
        wrapped.clone(),
        format!("apiVersion: v1\ndata:\n  ca.crt: {encoded}\n"),
        serde_json::json!({ "data": { "ca.crt": encoded } }).to_string(),
    ] {
        let found = read(text.as_bytes(), "x", &mut Pool::new()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((found.certificates.len(), found.unreadable.len()), (2, 0), "{:?}", found.unreadable);
    }
    let key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
    let text = base64_simd::STANDARD.encode_to_string(root(1).pem() + key);
    let found = read(text.as_bytes(), "x", &mut Pool::new()).expect("a certificate");
    assert!(found.certificates.len() == 1 && found.unreadable[0].reason.contains("private key"), "{found:?}");
}
