//! Listings and exports: VECS, the directory, the download, REST and PowerCLI.

use vitrust::store::{Shape, StoreError, read};
use vitrust::{Pool, TrustStore};
use vitrust_factory::{Crl, vsphere};

use super::samples::{
    DIR_CLI, DUMP_1_0_2, DUMP_1_1_1, DUMP_3, LOOP, LOOP_NOT_AFTER, archive, download, reading, root, vecs,
};

#[test]
fn vecs_entries_have_alias_store_and_line() {
    let machine = vsphere::machine_ssl("vc01.lab.example", 5, &root(1));
    let chain = format!("{}{}", machine.pem(), root(1).pem());
    let crl = Crl::of(&root(1)).sign().pem();
    let text = vecs(&[
        (&root(1).sha1(), "Trusted Cert", &root(1).pem()),
        ("__MACHINE_CERT", "Private Key", &chain),
        ("https://esx01:9080/version.xml", "Trusted Cert", &root(2).pem()),
        ("0123", "Certification Revocation List", &crl),
        ("location_password_default", "Secret Key", ""),
    ]);
    for text in [text.clone(), text.replace('\t', " ").replace('\n', "\r\n")] {
        let found = reading(text.as_bytes(), Shape::VecsList);
        let stores: Vec<_> = found.certificates.iter().map(|found| found.place.store.as_deref()).collect();
        assert_eq!(stores, ["TRUSTED_ROOTS", "MACHINE_SSL_CERT", "MACHINE_SSL_CERT", "SMS"].map(Some));
        assert_eq!(found.certificates[0].place.alias.as_deref(), Some(root(1).sha1().as_str()));
        assert_eq!(found.certificates[0].place.line, Some(4));
        assert_eq!((found.crls.len(), found.dumped.len(), found.unreadable.len()), (1, 0, 0));
    }
}

#[test]
fn an_empty_store_is_empty_and_a_cut_listing_says_so() {
    let empty = read(b"Number of entries in store :\t0\n", "x", &mut Pool::new()).expect("an empty store");
    assert!(empty.is_empty());
    let text = vecs(&[("a", "Trusted Cert", &root(1).pem())]).replacen('1', "2", 1);
    let reading = reading(text.as_bytes(), Shape::VecsList);
    assert_eq!(reading.certificates.len(), 1);
    assert!(reading.unreadable[0].reason.contains("the store has 2 entries and the listing 1"));
}

#[test]
fn dumps_of_three_openssl_generations_give_the_same_facts() {
    let first = reading(DUMP_3.as_bytes(), Shape::VecsDump);
    assert_eq!((first.certificates.len(), first.dumped.len(), first.unreadable.len()), (0, 2, 0));
    for other in [DUMP_1_1_1, DUMP_1_0_2] {
        let other = reading(other.as_bytes(), Shape::VecsDump);
        assert_eq!(other.unreadable, []);
        for (one, two) in first.dumped.iter().zip(&other.dumped) {
            assert_eq!(one.value, two.value);
        }
    }
}

#[test]
fn a_dump_says_what_the_certificate_says() {
    let dumped = reading(DUMP_3.as_bytes(), Shape::VecsDump).dumped;
    let texts = [
        include_bytes!("../../vectors/stores/root.pem").as_slice(),
        include_bytes!("../../vectors/stores/machine.pem"),
    ];
    for (found, pem) in dumped.iter().zip(texts) {
        let (dump, certificate) = (&found.value, vitrust::Certificate::from_pem(pem).expect("a certificate"));
        assert_eq!((dump.not_before, dump.not_after), (Some(certificate.not_before()), Some(certificate.not_after())));
        assert_eq!(dump.subject_key_id.as_ref(), certificate.subject_key_id());
        assert_eq!(dump.authority_key_id.as_ref(), certificate.authority_key_id());
        let serial = vitrust::thumbprint::hex(certificate.serial_number());
        assert_eq!(dump.serial_number.as_deref(), Some(serial.trim_start_matches("00")));
        assert_eq!(dump.key_bits, Some(2048));
        assert_eq!(dump.signature_algorithm.as_deref(), Some("sha256WithRSAEncryption"));
    }
    let (root, machine) = (&dumped[0].value, &dumped[1].value);
    assert_eq!((root.is_ca, machine.is_ca), (Some(true), None));
    assert_eq!(root.key_usage, ["Certificate Sign", "CRL Sign"]);
    assert!(root.sha1.is_some() && machine.sha1.is_none(), "only an alias of 40 digits is a SHA-1");
    assert_eq!(root.subject, root.issuer);
}

#[test]
fn a_dumped_store_has_no_anchors() {
    let store = TrustStore::from_vecs(DUMP_3.as_bytes(), "roots.txt").expect("readable");
    assert_eq!((store.len(), store.dumped().len()), (0, 2));
}

/// A loop over three stores, machine SSL first, with the CA that issued it in none of them.
fn loop_over_stores() -> (String, vitrust_factory::Cert) {
    let machine = vsphere::machine_ssl("vc01.lab.example", 5, &root(1));
    let part = |store: &str, alias: &str, kind: &str, pem: &str| {
        format!("[*] Store : {store}\n{}", vecs(&[(alias, kind, pem)]))
    };
    let text = part("MACHINE_SSL_CERT", "__MACHINE_CERT", "Private Key", &machine.pem())
        + &part("TRUSTED_ROOTS", &root(2).sha1(), "Trusted Cert", &root(2).pem())
        + &part("vpxd", "vpxd", "Private Key", &machine.pem());
    (text, machine)
}

#[test]
fn of_several_stores_only_trusted_roots_has_anchors() {
    let (text, machine) = loop_over_stores();
    let machine = vitrust::Certificate::from_der(machine.der()).expect("a certificate");
    let at = vitrust::Time::from_unix(vitrust_factory::AT);
    let load = [TrustStore::from_vecs, TrustStore::from_bytes];
    for store in load.map(|load| load(text.as_bytes(), "loop.txt").expect("readable")) {
        let aside: Vec<_> = store.set_aside().iter().map(|found| found.place.store.as_deref()).collect();
        assert_eq!((store.len(), aside), (1, vec![Some("MACHINE_SSL_CERT"), Some("vpxd")]));
        assert!(!store.contains(&machine), "what a machine presents is no anchor");
        let chain = std::slice::from_ref(&machine);
        for profile in vitrust::path::Profile::ALL {
            let options = vitrust::path::Options { profile, ..vitrust::path::Options::at(at) };
            let trusted = vitrust::Verifier::new(&store).trusts(chain, &options).expect("an answer");
            assert!(!trusted, "{profile:?} must not take the machine's own entry for an anchor");
        }
    }
    let named = TrustStore::of_store(reading(text.as_bytes(), Shape::StoreLoop), "MACHINE_SSL_CERT");
    assert!(named.contains(&machine), "a store the caller names is taken");
    assert_eq!((named.len(), named.set_aside().len()), (1, 2));
}

#[test]
fn aliases_tell_the_store_without_an_entry_type_too() {
    let text = format!(
        "Alias :\t__MACHINE_CERT\nCertificate :\t{}\nAlias :\thttps:/esx01:9080\n{}",
        root(1).pem(),
        root(2).pem()
    );
    let found = reading(text.as_bytes(), Shape::VecsList);
    let stores: Vec<_> = found.certificates.iter().map(|found| found.place.store.as_deref()).collect();
    assert_eq!(stores, ["MACHINE_SSL_CERT", "SMS"].map(Some));
}

#[test]
fn bytes_win_over_the_dump_of_the_same_entry() {
    let pem = include_str!("../../vectors/stores/root.pem");
    let text = DUMP_3.replacen("Certificate:\n", &format!("{pem}Certificate:\n"), 1);
    let reading = reading(text.as_bytes(), Shape::VecsList);
    assert_eq!((reading.certificates.len(), reading.dumped.len(), reading.unreadable.len()), (1, 1, 0));
}

#[test]
fn the_loop_over_stores_gives_store_alias_and_dates() {
    let found = reading(LOOP.as_bytes(), Shape::StoreLoop);
    let places: Vec<_> = found.dumped.iter().map(|found| found.place.store.as_deref()).collect();
    assert_eq!(places, ["MACHINE_SSL_CERT", "TRUSTED_ROOTS", "TRUSTED_ROOTS"].map(Some));
    assert!(found.dumped.iter().all(|found| found.value.not_before.is_some() && found.value.not_after.is_some()));
    assert!(found.dumped[1].value.sha1.is_some() && found.dumped[2].value.sha1.is_none(), "the second is redacted");
    // Of the stores whose heading stands alone nobody knows whether they are empty.
    let [sms] = found.unreadable.as_slice() else { panic!("{:?}", found.unreadable) };
    assert!(sms.place.store.as_deref() == Some("SMS") && sms.reason.contains("there is nothing below the heading"));
    let variant = reading(LOOP_NOT_AFTER.as_bytes(), Shape::StoreLoop);
    assert_eq!((variant.dumped.len(), variant.unreadable.len()), (1, 1), "one heading stands alone");
}

#[test]
fn the_directory_lists_ids_and_subjects() {
    let found = reading(DIR_CLI.as_bytes(), Shape::DirCliList);
    let ids: Vec<_> = found.dumped.iter().map(|found| found.place.alias.as_deref()).collect();
    let wanted = ["73A035A29B1E8B943172E3C73B95ED13C68BDB84", "BA1B6F9F38706E4FAAAF8AA0A16A7E1E60C4EBFE"];
    assert_eq!((ids, found.unreadable.len()), (wanted.map(Some).to_vec(), 0));
    assert!(found.dumped.iter().all(|found| found.value.subject.is_some() && found.value.sha1.is_none()));
    let cut = reading(DIR_CLI.split_once("#2").expect("two entries").0.as_bytes(), Shape::DirCliList);
    assert!(cut.unreadable[0].reason.contains("2 certificates and the listing 1"));
}

#[test]
fn one_folder_of_the_download_is_read_and_the_others_are_compared() {
    let found = reading(&download(), Shape::DownloadZip);
    assert_eq!((found.certificates.len(), found.crls.len(), found.unreadable.len()), (1, 1, 0));
    assert_eq!(found.certificates[0].place.alias.as_deref(), Some("certs/lin/3a1b2c4d.0"));
    let (one, two) = (root(1), root(2));
    let differing = archive(&[("certs/lin/a.0", one.pem().as_bytes()), ("certs/win/a.0.crt", two.der())]);
    let found = reading(&differing, Shape::DownloadZip);
    let reasons: Vec<_> = found.unreadable.iter().map(|block| block.to_string()).collect();
    assert_eq!(found.certificates.len(), 1);
    assert_eq!(
        reasons,
        [
            "input line 1 (alias certs/lin/a.0): the folder win does not have it",
            "input (alias certs/win/a.0.crt): the folder lin does not have it"
        ]
    );
}

#[test]
fn a_flat_download_and_odd_members_read() {
    let flat = archive(&[
        ("certs/a.0", root(1).pem().as_bytes()),
        ("certs/a.1", root(2).der()),
        ("../evil.0", root(3).der()),
        ("certs/readme.txt", b"hello"),
        ("certs/b.0", b"hello"),
    ]);
    let found = reading(&flat, Shape::DownloadZip);
    assert_eq!(found.certificates.len(), 2);
    let aliases: Vec<_> = found.unreadable.iter().filter_map(|block| block.place.alias.as_deref()).collect();
    assert_eq!(aliases, ["../evil.0", "certs/readme.txt", "certs/b.0"]);
}

#[test]
fn a_zip_bomb_is_cut_at_the_limit() {
    let zeros = vec![b'\n'; 20 << 20];
    let members: Vec<(String, &[u8])> = (0..6).map(|n| (format!("certs/a.{n}"), zeros.as_slice())).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let found = reading(&archive(&members), Shape::DownloadZip);
    assert_eq!(found.unreadable.len(), 6);
    assert!(found.unreadable.iter().all(|block| block.reason.contains("unpacks to more than")));
    let many: Vec<String> = (0..10_001).map(|n| format!("{n}.0")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let error = read(&archive(&many), "x", &mut Pool::new()).expect_err("too many members");
    assert!(matches!(error, StoreError::Malformed { form: "a zip archive", .. }));
}

#[test]
fn chains_of_the_rest_interface_read_in_both_forms() {
    let crl = Crl::of(&root(1)).sign().pem();
    let pem = serde_json::to_string(&format!("{}{crl}", root(1).pem())).expect("text");
    let bare = format!("{{\"cert_chain\":{{\"cert_chain\":[{pem}]}}}}");
    let wrapped = format!("{{\"value\":{bare}}}");
    let listed = format!("[{{\"chain\":\"BA1B\",\"cert_chain\":{{\"cert_chain\":[{pem}]}}}}]");
    for text in [&bare, &wrapped, &listed] {
        let found = reading(text.as_bytes(), Shape::TrustedRootChain);
        assert_eq!((found.certificates.len(), found.crls.len(), found.unreadable.len()), (1, 1, 0), "{text}");
    }
    let found = reading(listed.as_bytes(), Shape::TrustedRootChain);
    assert_eq!(found.certificates[0].place.alias.as_deref(), Some("BA1B"));
    let ids = reading(b"[{\"chain\":\"BA1B\"}]", Shape::TrustedRootChain);
    assert!(ids.unreadable[0].reason.contains("only the id"));
}

#[test]
fn powercli_objects_read_as_json_of_both_editions() {
    let object = serde_json::json!({
        "Uid": "/VIServer=x/ViTrustedCertificate=BA1B/", "CertificatePEM": root(1).pem(), "EntityType": 0,
        "NotValidAfter": "/Date(1767225600000)/",
    });
    for text in [object.to_string(), serde_json::json!([object]).to_string()] {
        let found = reading(text.as_bytes(), Shape::PowerCliJson);
        assert_eq!((found.certificates.len(), found.dumped.len(), found.unreadable.len()), (1, 0, 0));
        assert_eq!(found.certificates[0].place.alias.as_deref(), Some("/VIServer=x/ViTrustedCertificate=BA1B/"));
    }
    let facts = serde_json::json!({
        "Subject": "CN=CA", "CertificatePEM": null, "Certificate": { "Thumbprint": root(1).sha1().to_uppercase() },
        "NotValidAfter": { "value": "/Date(1767225600000)/", "DateTime": "Thursday" },
    });
    let found = reading(facts.to_string().as_bytes(), Shape::PowerCliJson);
    assert_eq!(found.dumped[0].value.not_after, "2026-01-01".parse().ok());
    assert_eq!(found.dumped[0].value.sha1.map(|sha1| sha1.to_string()), Some(root(1).sha1()));
}

#[test]
fn powercli_rows_read_with_every_delimiter_and_type_line() {
    for (delimiter, head) in [(',', ""), (';', ""), (',', "#TYPE Selected.TrustedCertificateInfo\r\n")] {
        let mut text = format!("{head}\"Uid\"{delimiter}\"CertificatePEM\"{delimiter}\"Issuer\"\r\n");
        for n in [1, 2] {
            text += &format!("\"id{n}\"{delimiter}\"{}\"{delimiter}\"CN=CA, O=vc\"\r\n", root(n).pem());
        }
        let found = reading(text.as_bytes(), Shape::PowerCliCsv);
        assert_eq!((found.certificates.len(), found.unreadable.len()), (2, 0));
        assert_eq!(found.certificates[1].place.alias.as_deref(), Some("id2"));
        let line = usize::try_from(found.certificates[1].place.line.expect("a line")).expect("small") - 1;
        assert!(text.lines().nth(line).expect("the line").contains("-----BEGIN CERTIFICATE-----"));
    }
}
