//! Listings, pastes and folders as administrators have them: what is read of each, and that nothing understood is not nothing.

use std::path::PathBuf;

use vitrust::assess::{AssessOptions, EdgeKind, Report, Trust, assess};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::path::Options;
use vitrust::store::{Reading, StoreError, read};
use vitrust::{Pool, Profile, TrustStore, Verifier, files, store};

fn path(name: &str) -> PathBuf {
    PathBuf::from("data/field").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn reading(name: &str) -> Result<Reading, StoreError> {
    read(&bytes(name), name, &mut Pool::new())
}

fn report(name: &str) -> Report {
    let estate = files::load(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assess(&estate, &AssessOptions::at("2026-06-01".parse().expect("a date")))
}

fn state(chain: &str, anchors: &str, profile: Profile) -> (Trust, Vec<String>) {
    let chain = store::chain(&bytes(chain), chain).unwrap_or_else(|error| panic!("{chain}: {error}"));
    let anchors = TrustStore::from_bytes(&bytes(anchors), anchors).unwrap_or_else(|error| panic!("{anchors}: {error}"));
    let options = Options { profile, ..Options::at("2026-06-01".parse().expect("a date")) };
    let verdict = Verifier::new(&anchors).explain(&chain, &options).expect("a verdict");
    (verdict.state(), verdict.missing)
}

#[test]
fn the_loop_over_all_stores_gives_every_end_in_every_copy() {
    for name in ["kb344201.txt", "colour-only.txt", "pasted.txt"] {
        let report = report(&format!("listings-of-all-stores/{name}"));
        let ends: usize = report.expiry.iter().map(|row| row.uses.iter().map(|used| used.count).sum::<usize>()).sum();
        assert_eq!(ends, 14, "{name}: {:?}", report.expiry);
        assert!(report.findings.iter().any(|finding| finding.id == FindingId::CertificateExpired), "{name}");
        assert!(report.findings.iter().any(|finding| finding.id == FindingId::BackupExpires), "{name}");
    }
}

#[test]
fn a_listing_that_failed_is_never_an_empty_store() {
    for (name, told) in [
        ("denied.txt", "permission denied"),
        ("notfound.txt", "the command was not found"),
        ("dates-only.txt", "the alias lines are missing"),
    ] {
        let reading = reading(&format!("listings-of-all-stores/{name}")).expect("a listing");
        let first = reading.unreadable.first().unwrap_or_else(|| panic!("{name}: nothing is told"));
        assert!(first.reason.contains(told) && first.place.line.is_some() && first.place.store.is_some(), "{first}");
        let judged = report(&format!("listings-of-all-stores/{name}")).judged;
        assert!(judged.unread > 0, "{name}");
    }
}

#[test]
fn links_that_need_a_store_nobody_saw_are_open() {
    let report = report("listings-of-all-stores/estate-denied");
    assert!(report.edges.iter().filter(|edge| edge.kind.is_from_vcenter()).all(|edge| edge.verdict == Trust::Unknown));
    for wrong in [FindingId::VcenterRefusesHost, FindingId::PartyNotTrusted, FindingId::MatrixNotMutual] {
        assert!(report.findings.iter().all(|finding| finding.id != wrong), "{wrong}");
    }
    assert!(report.additions.rows.is_empty() && report.judged.unread > 0);
}

#[test]
fn a_store_known_by_its_dump_alone_leaves_the_chain_open() {
    let (answer, missing) =
        state("listings-of-all-stores/443.pem", "listings-of-all-stores/trusted-roots-text.txt", Profile::Openssl);
    assert_eq!(answer, Trust::Unknown);
    assert!(missing.iter().any(|what| what.contains("without --text")), "{missing:?}");
}

#[test]
fn pastes_are_read_whatever_stands_between() {
    let names =
        ["roots.txt", "more.txt", "more-cr.txt", "less-end.txt", "ticket-quoted.txt", "ticket-indent.txt", "motd.txt"];
    for name in names.iter().chain(&["word.txt", "wrapped60.txt"]) {
        let file = format!("pasted/{name}");
        let found = reading(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found.certificates.len(), 2, "{name}: {:?}", found.unreadable);
        let is_told = found.unreadable.iter().all(|block| block.reason.contains("marker on this line is damaged"));
        assert!(is_told && found.unreadable.is_empty() != (*name == "word.txt"), "{name}: {:?}", found.unreadable);
        assert_eq!(state("pasted/443.pem", &file, Profile::Strict).0, Trust::Trusted, "{name}");
    }
    assert_eq!(state("pasted/machine-ssl-vecs.txt", "pasted/roots.txt", Profile::Strict).0, Trust::Trusted);
}

#[test]
fn an_unpacked_download_is_one_store() {
    for name in ["certs", "certs/win", "certs/lin", "flat"] {
        let anchors = files::load_store(path("unpacked-download").join(name)).expect("a store");
        assert_eq!((anchors.len(), anchors.crls().len()), (2, 1), "{name}");
        assert!(anchors.unreadable().is_empty() && anchors.copies().len() == 0, "{name}");
    }
    for name in ["unpacked-download/certs", "unpacked-download/e", "unpacked-download/flat"] {
        let report = report(name);
        let noise = [FindingId::UnknownInput, FindingId::JoinedFiles, FindingId::Unreadable];
        assert!(report.findings.iter().all(|finding| !noise.contains(&finding.id)), "{name}: {:?}", report.findings);
        assert!(!report.judged.is_empty && report.matrix.parties[0].has_store, "{name}");
    }
}

#[test]
fn the_report_of_vcert_is_read_and_advises_no_removal() {
    let reading = reading("vcert-report/vcenter-certificate-report.txt").expect("a report");
    assert!(reading.dumped.len() >= 5 && reading.unreadable.is_empty(), "{:?}", reading.unreadable);
    assert!(reading.dumped.iter().all(|entry| entry.value.not_after.is_some() && entry.value.sha1.is_some()));
    let stores: Vec<&str> = reading.dumped.iter().filter_map(|entry| entry.place.store.as_deref()).collect();
    for store in ["VMDIR", "VMDIR service principals", "STS", "MACHINE_SSL_CERT", "TRUSTED_ROOTS", "vpxd"] {
        assert!(stores.contains(&store), "{store}: {stores:?}");
    }
    let report = report("vcert-report/vcenter-certificate-report.txt");
    assert!(report.judged.states.expired >= 3, "{:?}", report.judged);
    assert!(report.worst() <= Some(Severity::High));
    let advises = |remedy: &String| remedy.to_lowercase().contains("remove");
    assert!(!report.findings.iter().any(|finding| finding.remedy.as_ref().is_some_and(advises)));
    let sts = report.findings.iter().find(|finding| finding.message.contains("nobody can log in"));
    assert!(sts.is_some_and(|finding| finding.id == FindingId::CertificateExpired));
}

#[test]
fn certificates_without_armour_are_read() {
    for (name, store) in [("lstool.txt", Some("certificates in use")), ("sts.ldif", Some("STS"))] {
        let found = reading(&format!("other-listings/{name}")).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!found.certificates.is_empty() && found.unreadable.is_empty(), "{name}: {:?}", found.unreadable);
        assert!(found.certificates.iter().all(|one| one.place.store.as_deref() == store), "{name}");
    }
    let listed = reading("other-listings/keytool-v.txt").expect("a listing");
    let ends: Vec<bool> = listed.dumped.iter().map(|entry| entry.value.not_after.is_some()).collect();
    assert_eq!((ends, listed.unreadable.len()), (vec![true, true], 0));
    for name in ["keytool-rfc.txt", "certool.txt", "tls.json", "trusted-root-chain.json"] {
        let found = reading(&format!("other-listings/{name}")).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found.certificates.len() + found.dumped.len() > 0, "{name}");
    }
    let checked = reading("other-listings/checksts.txt").expect("a listing");
    let ended = &checked.dumped[0];
    assert_eq!((ended.place.store.as_deref(), ended.place.alias.as_deref()), (Some("STS"), Some("LEAF AB:CD")));
    assert_eq!(ended.value.not_after, "2026-05-20".parse().ok());
    assert!(
        checked.unreadable.iter().all(|block| block.reason.contains("not from which day")),
        "{:?}",
        checked.unreadable
    );
    for name in ["govc-about-cert.txt", "SslCertificateExceptions.csv"] {
        assert!(reading(&format!("other-listings/{name}")).is_err(), "{name}");
    }
}

#[test]
fn the_sts_signing_chain_ends_like_any_other_and_is_no_anchor() {
    for name in ["other-listings/signing-certificate.json", "other-listings/e", "other-listings/sts.ldif"] {
        let report = report(name);
        let ended = report.findings.iter().find(|finding| finding.message.contains("nobody can log in"));
        assert_eq!(
            ended.map(|finding| finding.id),
            Some(FindingId::CertificateExpired),
            "{name}: {:?}",
            report.findings
        );
        let wrong = [FindingId::AnchorExpired, FindingId::AnchorNotCa, FindingId::UnknownInput];
        assert!(report.findings.iter().all(|finding| !wrong.contains(&finding.id)), "{name}: {:?}", report.findings);
    }
}

#[test]
fn a_damaged_entry_of_trusted_roots_is_told_with_line_and_alias() {
    for name in ["ctrl", "nested", "hash"] {
        let report = report(&format!("damaged-root/{name}"));
        let told = report.findings.iter().find(|finding| finding.id == FindingId::Unreadable).expect("a finding");
        assert_eq!(told.severity, Severity::High, "{name}");
        let place = told.subjects[0].place.as_ref().expect("a place");
        let (line, alias) = (place.line.expect("a line"), place.alias.as_deref().expect("an alias"));
        assert!(told.place.contains(&format!("line {line}")) && told.place.contains(alias), "{name}: {}", told.place);
        assert!(report.edges.iter().all(|edge| edge.verdict != Trust::Untrusted || edge.kind == EdgeKind::HostToSps));
    }
}

#[test]
fn a_private_key_is_told_and_stops_nothing() {
    let chain = std::fs::read_to_string(path("pasted/443.pem")).expect("a chain");
    let key = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", "U0VDUkVU".repeat(8));
    let both = format!("{key}{chain}");
    assert_eq!(store::chain(both.as_bytes(), "x").map(|chain| chain.len()), Ok(1));
    let found = read(both.as_bytes(), "x", &mut Pool::new()).expect("a bundle");
    assert!(found.unreadable[0].reason.contains("private key") && !format!("{found:?}").contains("U0VDUkVU"));
}

#[test]
fn powercli_as_a_list_is_read_and_as_a_table_is_named() {
    let list = "\nSubject         : CN=vc01\nIssuer          : CN=CA\nNotValidBefore  : 2026-01-01T00:00:00Z\n\
                NotValidAfter   : 2027-01-01T00:00:00Z\nEntityType      : VCenter\n\n\
                Subject : CN=esx01\nNotValidAfter : 9/1/2027 12:00:00 AM\n";
    let found = read(list.as_bytes(), "x", &mut Pool::new()).expect("a list");
    let ends: Vec<bool> = found.dumped.iter().map(|entry| entry.value.not_after.is_some()).collect();
    assert_eq!(ends, [true, false], "a date that is not the same everywhere is no date");
    assert!(
        found.unreadable.iter().all(|block| block.reason.contains("ConvertTo-Json")) && found.unreadable.len() == 1
    );
    let table = "Subject   NotValidAfter         EntityType\n-------   -------------         ----------\n\
                 CN=vc01.. 9/1/2027 12:00:00 AM  VCenter\n";
    let refused = read(table.as_bytes(), "x", &mut Pool::new()).expect_err("no certificate");
    assert!(refused.to_string().contains("ConvertTo-Json"), "{refused}");
}
