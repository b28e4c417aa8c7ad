//! Each form of a secret, by itself, mixed, and within others.

use super::*;

const SECRET: &str = "hunter2 &<é>\"%'\\pass/x";

fn hidden() -> Hidden {
    let mut hidden = Hidden::default();
    hidden.add(&Secret::from(SECRET.to_owned()));
    hidden
}

/// Each character as `form` writes it.
fn each(form: impl Fn(char) -> String) -> String {
    SECRET.chars().map(form).collect()
}

fn percent(lower: bool, all: bool) -> String {
    let byte = |byte: u8| match byte {
        plain if plain.is_ascii_alphanumeric() && !all => char::from(plain).to_string(),
        byte if lower => format!("%{byte:02x}"),
        byte => format!("%{byte:02X}"),
    };
    SECRET.bytes().map(byte).collect()
}

/// A text in lines of this length.
fn wrapped(text: &str, length: usize) -> String {
    text.as_bytes()
        .chunks(length)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect::<Vec<_>>()
        .join("\r\n ")
}

/// The secret in every form.
fn forms() -> Vec<(&'static str, String)> {
    let xml = quick_xml::escape::escape(SECRET).into_owned();
    let json = serde_json::to_string(SECRET).expect("text").trim_matches('"').to_owned();
    let pair = format!("audit@vsphere.local:{SECRET}");
    vec![
        ("plain", SECRET.to_owned()),
        ("upper case", SECRET.to_uppercase()),
        ("lower case", SECRET.to_lowercase()),
        ("XML", xml.clone()),
        ("XML twice", quick_xml::escape::escape(&*xml).into_owned()),
        ("decimal entities", each(|c| format!("&#{};", u32::from(c)))),
        ("hexadecimal entities", each(|c| format!("&#x{:X};", u32::from(c)))),
        ("zeros in entities", each(|c| format!("&#x000{:x};", u32::from(c)))),
        ("JSON", json.clone()),
        ("JSON in JSON", serde_json::to_string(&json).expect("text").trim_matches('"').to_owned()),
        ("JSON with slashes escaped", json.replace('/', "\\/")),
        ("JSON by numbers", each(|c| format!("\\u{:04x}", u32::from(c)))),
        ("debugged", format!("{SECRET:?}").trim_matches('"').to_owned()),
        ("debugged twice", format!("{:?}", format!("{SECRET:?}").trim_matches('"')).trim_matches('"').to_owned()),
        ("URL", percent(false, false)),
        ("URL in lower case", percent(true, false)),
        ("URL of every byte", percent(false, true)),
        ("URL twice", percent(false, false).replace('%', "%25")),
        ("form", percent(false, false).replace("%20", "+")),
        ("XML of a URL", quick_xml::escape::escape(percent(true, false)).into_owned()),
        ("base64", base64_simd::STANDARD.encode_to_string(SECRET)),
        ("base64 of a pair", base64_simd::STANDARD.encode_to_string(&pair)),
        ("base64 for URLs", base64_simd::URL_SAFE_NO_PAD.encode_to_string(SECRET)),
        ("base64 within", base64_simd::STANDARD.encode_to_string(format!("xy{SECRET}z"))),
        ("base64 in lower case", base64_simd::STANDARD.encode_to_string(SECRET).to_lowercase()),
        ("base64 in a URL", base64_simd::STANDARD.encode_to_string(&pair).replace('=', "%3D").replace('/', "%2F")),
        ("base64 in lines", wrapped(&base64_simd::STANDARD.encode_to_string(&pair), 10)),
        ("hexadecimal in lines", wrapped(&SECRET.bytes().map(|byte| format!("{byte:02x}")).collect::<String>(), 8)),
        ("hexadecimal", SECRET.bytes().map(|byte| format!("{byte:02X}")).collect()),
        ("UTF-16", each(|c| format!("{c}\0"))),
    ]
}

/// Whether a text still shows a part of the secret of some length.
fn shows(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["hunter", "68756e7465", "pass/x", "aHVudGVy"].iter().any(|part| lower.contains(&part.to_lowercase()))
}

#[test]
fn a_secret_is_blanked_in_every_form() {
    let hidden = hidden();
    for (name, form) in forms() {
        let words = hidden.words(&format!("no login for <{form}>, said vc01"), 500);
        // Of text in lines those before it may stay.
        assert!(words.starts_with("no login for <***") || name.ends_with("lines"), "{name}: {words}");
        assert!(words.contains("***") && words.ends_with(">, said vc01") && !shows(&words), "{name}: {words}");
        let words = hidden.words(&form, 500);
        // Half a character of UTF-16 may be left.
        assert!(words.len() <= BLANK.len() + "\\u{0}".len() || name.ends_with("lines"), "{name}: {words}");
    }
}

#[test]
fn no_part_is_left_at_the_cut() {
    let hidden = hidden();
    for (name, form) in forms() {
        for before in (480..500).step_by(3) {
            let words = hidden.words(&format!("{}{form}", "-".repeat(before)), 500);
            assert!(!shows(&words) && words.chars().count() <= 500, "{name} {before}: {words}");
        }
        for before in (0..64).step_by(9) {
            let words = hidden.words(&format!("{}{}", "-".repeat(before), form.repeat(2 * LONGEST / form.len())), 500);
            assert!(!shows(&words), "{name} {before}: {words:.600}");
        }
    }
}

#[test]
fn a_secret_that_looks_escaped_is_found_as_the_server_escapes_it() {
    for secret in ["a&amp;b%41c", "p%2541word", "back\\u0041slash", "100%sure&lt"] {
        let mut hidden = Hidden::default();
        hidden.add(&Secret::from(secret.to_owned()));
        let xml = quick_xml::escape::escape(secret).into_owned();
        for form in [secret.to_owned(), xml, serde_json::to_string(secret).expect("text"), secret.replace('%', "%25")] {
            let words = hidden.words(&form, 500);
            assert!(matches!(words.as_str(), "***" | "\"***\""), "{secret}: {form}: {words}");
        }
    }
}

#[test]
fn lines_of_a_key_are_blanked_one_by_one() {
    let (one, other) = ("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj");
    let mut hidden = Hidden::default();
    hidden.add(&Secret::from(format!("-----BEGIN PRIVATE KEY-----\n{one}\n{other}\n-----END PRIVATE KEY-----\n")));
    assert_eq!(hidden.words(&format!("bad line {other} in key"), 500), "bad line *** in key");
}

#[test]
fn names_and_values_lose_secrets_that_are_none_by_chance() {
    let mut hidden = hidden();
    for (name, form) in forms() {
        assert!(!shows(&hidden.needles().fact(&format!("esx-{form}.lab"))), "{name}");
    }
    hidden.add(&Secret::from("vmware".to_owned()));
    assert_eq!(hidden.needles().fact("vmware-01.lab.example"), "vmware-01.lab.example");
    assert_eq!(hidden.words("vmware-01.lab.example", 500), "***-01.lab.example");
    let long = hidden.needles().fact(&"x".repeat(2 * LONGEST));
    assert!(long.ends_with("x…") && long.chars().count() <= LONGEST + 1);
}

#[test]
fn only_blocks_of_der_are_handed_on_as_they_came() {
    let mut hidden = Hidden::default();
    hidden.add(&Secret::from("Passw0rd1234".to_owned()));
    let needles = hidden.needles();
    let root = include_str!("../../../../tests/data/vmca-root.pem");
    let wide = root.replace("\r\n", "\n").replace('\n', "\r\n");
    let long = format!("{}{root}", "# a comment\n".repeat(9_000));
    for text in [root.to_owned(), format!("{root}{root}"), wide, format!("Bag Attributes\n{root}")] {
        assert_eq!(needles.pem(&text), text);
    }
    assert!(needles.pem(&long).ends_with(root));
    for text in [
        "Passw0rd1234\n-----END CERTIFICATE-----".to_owned(),
        "-----BEGIN CERTIFICATE-----\nPassw0rd1234\n-----END CERTIFICATE-----\n".to_owned(),
        "-----BEGIN Passw0rd1234-----\nMAA=\n-----END Passw0rd1234-----\n".to_owned(),
        format!("{root}Passw0rd1234\n{root}"),
        format!("-----BEGIN Passw0rd1234{root}"),
        format!("{root}-----BEGIN Passw0rd1234"),
    ] {
        let told = needles.pem(&text);
        assert!(!told.contains("Passw0rd1234") && told.contains(BLANK), "{told}");
        assert_eq!(told.contains(root), text.contains(root), "{told}");
    }
    let hostile = "-----BEGIN A-----\n".repeat(100_000) + &"-----END B-----\n".repeat(100_000);
    assert!(needles.pem(&hostile).ends_with('…'));
}

#[test]
fn kinds_that_are_part_of_a_secret_are_not_told() {
    let mut hidden = Hidden::default();
    hidden.add(&Secret::from("abc:longrest-Default123!".to_owned()));
    let needles = hidden.needles();
    for (kind, told) in [("longrest", BLANK), ("NoPermission", "NoPermission"), ("fault", "fault"), ("ERROR", "ERROR")]
    {
        assert_eq!(needles.kind(kind, 500), told);
    }
}

#[test]
fn innocent_words_stay() {
    let mut hidden = hidden();
    hidden.add(&Secret::from("abc".to_owned()));
    hidden.add_session(&Secret::from("\"0123456789abcdef\"".to_owned()));
    let words = "Cannot complete login due to an incorrect user name or password &amp; 100% of abc.";
    assert_eq!(hidden.words(words, 500), words);
    assert_eq!(hidden.words("key 0123456789ABCDEF\u{1b}[2J", 500), "key ***\\u{1b}[2J");
    for number in 0..200 {
        hidden.add_session(&Secret::from(format!("session-{number:04}")));
    }
    assert_eq!(hidden.sessions.len(), MOST_SESSIONS);
    assert_eq!(hidden.words("session-0199 hunter2", 500), "*** hunter2");
}
