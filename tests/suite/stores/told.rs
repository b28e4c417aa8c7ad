//! What is not a certificate, what is damaged, and what a command printed beside its entries: told with its line, and never taken for
//! an empty or a whole store.

use vitrust::store::{Reading, StoreError, read};
use vitrust::{Pool, TrustStore};

use super::keys::SECRET;
use super::samples::{root, vecs};

fn reading(text: &str) -> Result<Reading, StoreError> {
    read(text.as_bytes(), "x", &mut Pool::new())
}

/// Whether what a store lacks may be in what could not be read.
fn is_open(reading: &Reading) -> bool {
    reading.unreadable.iter().any(|block| !block.reason.starts_with("no certificate is lost: "))
}

fn block(label: &str) -> String {
    root(1).pem().replace("CERTIFICATE", label)
}

fn bare(n: usize) -> String {
    base64_simd::STANDARD.encode_to_string(root(n).der())
}

fn listing(count: usize) -> String {
    let entries: Vec<(String, String)> = (1..=count).map(|n| (root(n).sha1(), root(n).pem())).collect();
    let entries: Vec<(&str, &str, &str)> =
        entries.iter().map(|(alias, pem)| (alias.as_str(), "Trusted Cert", pem.as_str())).collect();
    vecs(&entries)
}

#[test]
fn only_a_count_of_vecs_says_that_a_store_is_empty() {
    let counted = reading("Number of entries in store :\t0\n").expect("a count");
    assert!(counted.is_empty() && counted.counts_none);
    let store = TrustStore::from_reading(counted);
    assert!(store.unreadable()[0].reason.contains("TRUSTED_ROOTS is never empty"), "{:?}", store.unreadable());
    let key = format!("-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n");
    for (name, text) in [
        ("an empty list", "[]".to_owned()),
        ("an empty list in an object", "{\"value\":[]}".to_owned()),
        ("a count of the directory", "Number of certificates:\t0\n".to_owned()),
        ("a key", key),
        ("a request", block("CERTIFICATE REQUEST")),
        ("a public key", block("PUBLIC KEY")),
        ("base64 of a key", format!("{SECRET}\n")),
        ("a secret", vecs(&[("location_password_default", "Secret Key", "")])),
        ("a pending request", vecs(&[("__MACHINE_CSR", "Private Key", "")])),
    ] {
        let found = reading(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found.certificates.is_empty() && !found.counts_none && is_open(&found), "{name}: {found:?}");
        let told = &found.unreadable[found.unreadable.len() - 1].reason;
        assert!(told.starts_with("no certificate here: "), "{name}: {told}");
        assert!(!TrustStore::from_reading(found).unreadable().is_empty(), "{name}");
    }
}

#[test]
fn a_label_that_nobody_knows_may_hide_a_certificate() {
    for label in ["CERT", "CA CERTIFICATE", "CERTIFCATE", "CERTIFICATES", "ZERTIFIKAT", "X.509 CERTIFICATE", "cert"] {
        let found = reading(&block(label)).unwrap_or_else(|error| panic!("{label}: {error}"));
        assert!(is_open(&found) && found.certificates.is_empty(), "{label}: {found:?}");
    }
    for label in ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "PUBLIC KEY", "EC PARAMETERS", "DH PARAMETERS"] {
        let found = reading(&format!("{}{}", block(label), root(2).pem())).expect("a bundle");
        assert_eq!((found.certificates.len(), found.unreadable.len(), is_open(&found)), (1, 1, false), "{label}");
    }
    for label in ["TRUSTED CERTIFICATE", "X509 CERTIFICATE"] {
        assert_eq!(reading(&block(label)).expect("a block").certificates.len(), 1, "{label}");
    }
}

#[test]
fn a_message_among_the_entries_is_told_and_leaves_the_store_open() {
    let uncounted = || listing(1).lines().skip(1).map(|line| format!("{line}\n")).collect::<String>();
    for message in [
        "vecs-cli failed. Error 5: Possible errors: \nLDAP error: Other\nWin Error: ERROR_ACCESS_DENIED (5)",
        "-bash: vecs-cli: Permission denied",
        "cat: write error: Broken pipe",
        "Killed",
        "client_loop: send disconnect: Connection reset by peer",
        "Error: Failed to open the store.",
        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "curl: (35) error:0A000086:SSL routines::certificate verify failed",
        "Traceback (most recent call last):",
        "result: 4 Size limit exceeded",
    ] {
        for (name, before) in [
            ("entries", uncounted()),
            ("blocks", root(1).pem()),
            ("a store", format!("[*] Store : TRUSTED_ROOTS\n{}", uncounted())),
        ] {
            let line = u32::try_from(before.lines().count() + 1).expect("short");
            for text in [format!("{before}{message}\n"), format!("{before}{message}\n{}", root(2).pem())] {
                let found = reading(&text).expect("a text");
                let told: Vec<_> = found.unreadable.iter().filter(|block| block.place.line == Some(line)).collect();
                assert!(told.len() == 1 && is_open(&found), "{name}, {message}: {:?}", found.unreadable);
            }
        }
        // Every entry that the listing counts was read, so nothing is missing.
        let found = reading(&format!("{}{message}\n", listing(2))).expect("a listing");
        assert_eq!(
            (found.certificates.len(), found.unreadable.len(), is_open(&found)),
            (2, 1, false),
            "{message}: {found:?}"
        );
    }
    for fine in
        ["# Error: none", "verify error:num=20:unable to get local issuer certificate", "Connection to vc01 closed."]
    {
        let found = reading(&format!("{}{fine}\n", root(1).pem())).expect("a bundle");
        assert_eq!(found.unreadable, [], "{fine}");
    }
}

#[test]
fn a_second_heading_of_the_store_that_could_not_be_opened_is_told() {
    let text = format!("[*] Store : TRUSTED_ROOTS\n{}[*] Store : TRUSTED_ROOTS\nPermission denied\n", listing(1));
    let found = reading(&text).expect("a loop");
    assert!(found.unreadable[0].reason.contains("permission denied") && is_open(&found), "{found:?}");
}

/// What `keytool -list -v` prints of a root.
fn keytool(n: usize) -> String {
    let certificate = vitrust::Certificate::from_der(root(n).der()).expect("a certificate");
    let sha1 = certificate.sha1().to_string();
    let pairs: Vec<&str> = (0..sha1.len() / 2).map(|at| &sha1[at * 2..at * 2 + 2]).collect();
    format!(
        "Alias name: root{n}\nEntry type: trustedCertEntry\n\nOwner: CN=root{n}\nIssuer: CN=root{n}\n\
         Serial number: {}\nValid from: Sat Jan 01 00:00:00 UTC 2022 until: Thu Jan 01 00:00:00 UTC 2032\n\
         Certificate fingerprints:\n\t SHA1: {}\n\n",
        vitrust::thumbprint::hex(certificate.serial_number()),
        pairs.join(":")
    )
}

#[test]
fn entries_in_a_second_form_are_read_and_those_of_blocks_are_not_doubled() {
    let rfc = |n: usize| format!("Alias name: root{n}\nEntry type: trustedCertEntry\n\n{}\n", root(n).pem());
    let found = reading(&format!("{}{}", rfc(1), keytool(2))).expect("a listing");
    assert_eq!((found.certificates.len(), found.dumped.len(), found.unreadable.len()), (1, 1, 0), "{found:?}");
    let found = reading(&format!("{}{}", rfc(2), keytool(2))).expect("a listing");
    assert_eq!((found.certificates.len(), found.dumped.len()), (1, 0), "the same certificate");
    let object = |n: usize, pem: &str| {
        let serial =
            vitrust::Certificate::from_der(root(n).der()).map(|one| vitrust::thumbprint::hex(one.serial_number()));
        let serial = serial.expect("a certificate").to_uppercase();
        format!(
            "Uid            : root{n}\nCertificatePEM : {pem}\nSubject        : CN=root{n}\n\
             NotValidAfter  : 2032-01-01T00:00:00Z\nSerialNumber   : {serial}\n\n"
        )
    };
    let found = reading(&format!("{}{}", object(1, &root(1).pem()), object(2, ""))).expect("a list");
    let printed: Vec<_> = found.dumped.iter().filter_map(|entry| entry.place.alias.as_deref()).collect();
    assert_eq!((found.certificates.len(), printed, found.unreadable.len()), (1, vec!["root2"], 0), "{found:?}");
}

#[test]
fn a_count_that_does_not_fit_is_told() {
    let stated = |count: usize, rest: String| format!("Your keystore contains {count} entries\n\n{rest}");
    for (text, is_right) in [
        (stated(2, keytool(1) + &keytool(2)), true),
        (stated(3, keytool(1) + &keytool(2)), false),
        (stated(1, format!("Alias name: r\n{}", root(1).pem())), true),
        (stated(3, format!("Alias name: r\n{}", root(1).pem())), false),
        (format!("Keystore enth\u{e4}lt 3 Eintr\u{e4}ge\n{}", keytool(1)), false),
    ] {
        let found = reading(&text).expect("a listing");
        assert_eq!(found.unreadable.is_empty(), is_right, "{text}\n{:?}", found.unreadable);
    }
    let cut = keytool(1) + &keytool(2).lines().take(4).map(|line| format!("{line}\n")).collect::<String>();
    let found = reading(&cut).expect("a listing");
    assert!(found.unreadable[0].reason.contains("does not show when it ends"), "{found:?}");
}

#[test]
fn dates_alone_say_nothing_of_a_certificate() {
    let one = "            Not Before: Jan  1 00:00:00 2022 GMT\n            Not After : Jan  1 00:00:00 2032 GMT\n";
    for text in [one.to_owned(), one.repeat(3)] {
        let found = reading(&text).expect("dates");
        assert!(is_open(&found) && found.unreadable[0].place.line == Some(2), "{found:?}");
    }
    let named = format!("        Issuer: CN=CA\n{one}        Subject: CN=CA\n");
    assert_eq!(reading(&named).expect("a dump").unreadable, []);
}

#[test]
fn entries_of_a_vcert_report_show_their_end_and_stores_their_entries() {
    let report = std::fs::read_to_string("data/field/vcert-report/vcenter-certificate-report.txt").expect("a report");
    let whole = reading(&report).expect("a report");
    let dated = |line: &&str| line.contains("Not Before") || line.contains("Not After");
    let undated: String = report.lines().filter(|line| !dated(line)).map(|line| format!("{line}\n")).collect();
    let found = reading(&undated).expect("a report");
    assert!(found.dumped.iter().all(|entry| entry.value.not_after.is_none()) && is_open(&found));
    let found = reading(&format!("{report}   Store: SMS\n   Store: BACKUP_STORE\n")).expect("a report");
    assert_eq!(found.unreadable.len(), whole.unreadable.len() + 1, "{:?}", found.unreadable);
    let begin = report.find("CN(id)").expect("an entry");
    let headless = reading(&report[begin..]).expect("a report without its head");
    assert_eq!(headless.dumped.len(), whole.dumped.len());
}

#[test]
fn what_is_no_export_is_named_for_what_it_is() {
    for (text, told) in [
        ("--More--(12%)\n--More--\n(END)\n", "a pager's prompts"),
        ("> \n> \n| \n", "a pager's prompts"),
        ("[sudo] password for admin: \nsudo: 3 incorrect password attempts\n", "password was not accepted"),
        ("sh: 1: openssl: not found\n", "was not found"),
        ("Command> vecs-cli\nUnknown command: `vecs-cli'\n", "enter `shell` first"),
        ("keytool error: java.io.IOException: Keystore was tampered with\n", "keytool failed"),
        ("<?xml version=\"1.0\"?>\n<soapenv:Envelope><soapenv:Fault/></soapenv:Envelope>\n", "SOAP API"),
        ("CONNECTED(00000003)\n---\nno peer certificate available\n---\n", "openssl s_client got no certificate"),
        ("curl: (7) Failed to connect to vc01 port 443\n", "the download failed"),
        ("vCert Main Menu\n1. Check current certificate status\n", "vCert"),
        ("", "the file is empty"),
    ] {
        let error = reading(text).expect_err(told).to_string();
        assert!(error.contains(told), "{text}: {error}");
    }
    let text = listing(1)
        .lines()
        .flat_map(|line| {
            line.as_bytes().chunks(40).map(|part| String::from_utf8_lossy(part).into_owned() + "\n").collect::<Vec<_>>()
        })
        .collect::<String>();
    let found = reading(&text).expect("a listing");
    assert!(found.unreadable.iter().any(|block| block.reason.contains("wrapped at 40")), "{:?}", found.unreadable);
}

#[test]
fn base64_is_read_wherever_it_stands() {
    let (one, two) = (bare(1), bare(2));
    let bag = base64_simd::STANDARD.encode_to_string(vitrust_factory::pkcs7(&[&root(1), &root(2)]));
    let folded: String =
        one.as_bytes().chunks(76).map(|part| format!(" {}\n", String::from_utf8_lossy(part))).collect();
    for (text, count) in [
        (format!("\tURL: https://vc:443/sdk\n\tSSL trust: {one}, {two}\n"), 2),
        (format!("\tSSL trust: [{one}]\n"), 1),
        (format!("endpoint0.sslTrust0={one}\nendpoint1.sslTrust0={two}\n"), 2),
        (format!("sslTrust: [\n  \"{one}\",\n  \"{two}\"\n]\n"), 2),
        (format!("{{\"serviceEndpoints\": [{{\"url\": \"x\", \"sslTrust\": [\"{one}\", \"{two}\"]}}]}}"), 2),
        (format!("{{\"keys\": [{{\"x5c\": [\"{one}\"]}}]}}"), 1),
        (format!("<ds:X509Certificate>{one}</ds:X509Certificate><ds:X509Certificate>{two}</ds:X509Certificate>\n"), 2),
        (format!("<X509Certificate>\n{folded}</X509Certificate>\n"), 1),
        (format!("userCertificate::\n{folded}\n"), 1),
        (bag.as_bytes().chunks(64).map(|part| format!("{}\n", String::from_utf8_lossy(part))).collect(), 2),
    ] {
        let found = reading(&text).unwrap_or_else(|error| panic!("{}: {error}", &text[..60]));
        assert_eq!((found.certificates.len(), found.unreadable.len()), (count, 0), "{}: {found:?}", &text[..60]);
    }
    let text = vecs(&[(&root(1).sha1(), "Trusted Cert", &format!("\n{folded}"))]);
    let found = reading(&text).expect("a listing");
    assert_eq!(found.certificates[0].place.alias.as_deref(), Some(root(1).sha1().as_str()), "{found:?}");
    assert!(found.unreadable[0].reason.contains("without its BEGIN and END lines") && !is_open(&found));
}

#[test]
fn german_listings_and_warnings_before_json_are_read() {
    let german = keytool(1)
        .replace("Alias name", "Aliasname")
        .replace("Owner", "Eigent\u{fc}mer")
        .replace("Issuer", "Aussteller")
        .replace("Valid from", "G\u{fc}ltig von")
        .replace("until", "bis");
    let found = reading(&german).expect("a listing");
    assert!(found.dumped.len() == 1 && found.dumped[0].value.not_after.is_some() && found.unreadable.is_empty());
    let json = serde_json::json!([{ "Uid": "a", "CertificatePEM": root(1).pem() }]).to_string();
    let found = reading(&format!("WARNING: The output of the cmdlet will be changed.\n\n{json}")).expect("objects");
    assert_eq!((found.certificates.len(), found.unreadable.len()), (1, 0), "{found:?}");
}
