//! Situations that administrators described in public: what must be said of them, and what must not.

use std::path::PathBuf;

use vitrust::assess::{AssessOptions, EdgeKind, Report, Trust, assess};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::path::Options;
use vitrust::{Profile, Time, TrustStore, Verifier, files, store};

fn folder(name: &str) -> PathBuf {
    PathBuf::from("data/field").join(name)
}

fn day() -> Time {
    "2026-06-01".parse().expect("a date")
}

fn report(name: &str) -> Report {
    let estate = files::load(folder(name)).expect("a folder of exports");
    assess(&estate, &AssessOptions::at(day()))
}

/// All that a report tells people.
fn words(report: &Report) -> String {
    let texts = report.findings.iter().flat_map(|finding| [Some(finding.message.clone()), finding.remedy.clone()]);
    texts.flatten().collect::<Vec<_>>().join("\n")
}

fn remedy(report: &Report, id: FindingId) -> String {
    let mut of_id = report.findings.iter().filter(|finding| finding.id == id);
    of_id.next().and_then(|finding| finding.remedy.clone()).unwrap_or_else(|| panic!("no {id}: {}", words(report)))
}

fn explained(chain: &str, anchors: &str, profile: Profile) -> vitrust::Verdict {
    let read = |name: &str| std::fs::read(folder(name)).expect("a file");
    let chain = store::chain(&read(chain), chain).expect("a chain");
    let anchors = TrustStore::from_bytes(&read(anchors), anchors).expect("a store");
    Verifier::new(&anchors).explain(&chain, &Options { profile, ..Options::at(day()) }).expect("a verdict")
}

#[test]
fn two_installer_cas_of_one_name_are_no_regeneration() {
    let report = report("two-cas-of-one-name/estate");
    assert!(report.findings.iter().all(|finding| finding.id != FindingId::RegeneratedRoot), "{}", words(&report));
    let said = words(&report);
    for wrong in ["regenerated", "remove the old", "the old certificate"] {
        assert!(!said.contains(wrong), "{wrong}: {said}");
    }
    let advice = remedy(&report, FindingId::VcenterRefusesHost);
    assert!(advice.contains("castore.pem of esx-b.field.example holds it"), "{advice}");
    let verdict = explained("two-cas-of-one-name/esx-b-443.pem", "two-cas-of-one-name/ca-bundle.pem", Profile::Go);
    let change = verdict.change.expect("one change is enough");
    assert!(change.contains("another CA of this name") && change.contains("keep this one"), "{change}");
    let both = explained("two-cas-of-one-name/esx-b-443.pem", "two-cas-of-one-name/ca-both.pem", Profile::Go);
    assert_eq!(both.state(), Trust::Trusted);
}

#[test]
fn the_newer_vmca_root_stays_and_what_the_older_signed_is_renewed() {
    let report = report("vmca-regenerated/old-removed");
    let said = words(&report);
    assert!(said.contains("TRUSTED_ROOTS holds the newer"), "{said}");
    for wrong in ["the old certificate", "remove the old", "Remove it"] {
        assert!(!said.contains(wrong), "{wrong}: {said}");
    }
    let advice = remedy(&report, FindingId::RegeneratedRoot);
    assert!(advice.contains("Reissue") && advice.contains("; keep `"), "{advice}");
    let change = explained(
        "vmca-regenerated/old-removed/vc/hosts/esx1.field.example.443.pem",
        "vmca-regenerated/old-removed/vc/trusted-roots.txt",
        Profile::Openssl,
    )
    .change
    .expect("one change is enough");
    assert!(change.contains("reissue it from") && change.contains("until then"), "{change}");
}

#[test]
fn a_subordinate_vmca_that_ended_is_kept_until_what_it_signed_is_reissued() {
    let advice = remedy(&report("subordinate-vmca/sub-expired"), FindingId::ExpiredAnchorOnHosts);
    assert!(advice.starts_with("Keep it") && advice.contains("reissued"), "{advice}");
}

#[test]
fn a_subordinate_vmca_renewed_with_another_key_is_not_renewed_again() {
    let report = report("subordinate-vmca/sub-renewed-new-key");
    let said = words(&report);
    assert!(said.contains("Reissue") && said.contains("newer"), "{said}");
    for finding in &report.findings {
        let advice = finding.remedy.clone().unwrap_or_default();
        assert!(advice != "Renew it." || !finding.message.contains("Sub"), "{}: {advice}", finding.message);
        assert!(!finding.message.contains("the old certificate"), "{}", finding.message);
    }
}

#[test]
fn a_lost_client_certificate_of_sps_is_told_as_before() {
    let lost = report("subordinate-vmca/sms-lost");
    assert!(lost.findings.iter().any(|finding| finding.id == FindingId::CastoreLacksSms), "{}", words(&lost));
    let advice = remedy(&lost, FindingId::HostRefusesSps);
    assert!(advice.contains("append sms_self_signed"), "the edge keeps its own remedy: {advice}");
    let edge = |report: &Report, kind| report.edges.iter().find(|edge| edge.kind == kind).map(|edge| edge.verdict);
    let same = report("subordinate-vmca/sub-renewed-same-key");
    assert_eq!(edge(&same, EdgeKind::VcenterToHost), Some(Trust::Trusted), "{}", words(&same));
}

#[test]
fn the_rule_that_makes_a_certificate_no_ca_is_named() {
    for (file, rule) in [
        ("not-a-ca/depot-selfsigned.pem", "no basic constraints"),
        ("not-a-ca/ca-no-certsign.pem", "key usage lacks keyCertSign"),
    ] {
        let report = report(file);
        let found = report.findings.iter().find(|finding| finding.id == FindingId::AnchorNotCa);
        let found = found.unwrap_or_else(|| panic!("{file}: {}", words(&report)));
        assert!(
            found.message.contains(rule) && found.message.contains("vCenter does not import it"),
            "{}",
            found.message
        );
    }
    let advice = remedy(&report("not-a-ca/depot-selfsigned.pem"), FindingId::AnchorNotCa);
    assert!(advice.contains("have a CA issue a new one"), "{advice}");
}

#[test]
fn an_entry_of_trusted_roots_that_does_not_read_is_serious_and_named() {
    let root = std::fs::read_to_string(folder("vmca-regenerated/both/vc/trusted-roots.txt")).expect("a listing");
    let mut damaged = root.clone();
    let at = damaged.rfind("MII").expect("a block");
    damaged.replace_range(at..at + 3, "M#I");
    let mut reader = vitrust::estate::EstateReader::new("vc");
    reader.add("vc/trusted-roots.txt", damaged.as_bytes());
    let report = assess(&reader.finish(), &AssessOptions::at(day()));
    let found = report.findings.iter().find(|finding| finding.id == FindingId::Unreadable).expect("a finding");
    assert_eq!(found.severity, Severity::High);
    let place = found.subjects[0].place.as_ref().expect("a place");
    let alias = place.alias.as_deref().expect("an alias");
    assert!(found.place.contains(alias) && found.place.contains("trusted-roots.txt line"), "{}", found.place);
}

/// The output of the loop over all stores that KB 344201 recommends.
#[test]
fn every_entry_of_every_store_has_its_end() {
    let stores = ["machine", "vpxd", "vpxd-extension", "vsphere-webclient", "data-encipherment", "BACKUP_STORE"];
    let mut text = String::new();
    for (number, store) in stores.iter().enumerate() {
        let end = if *store == "BACKUP_STORE" { "Sep  2 00:00:00 2025" } else { "Jun 20 00:00:00 2026" };
        text += &format!("[*] Store : {store}\nAlias :\t{store}-{number}\n            Not After : {end} GMT\n");
    }
    let mut reader = vitrust::estate::EstateReader::new("vc");
    reader.add_alone("loop.txt", text.as_bytes());
    let report = assess(&reader.finish(), &AssessOptions::at(day()));
    assert_eq!(report.expiry.len(), stores.len(), "{:?}", report.expiry);
    assert_eq!((report.judged.states.expired, report.judged.states.hard), (1, 5));
    let users = report.findings.iter().find(|finding| finding.id == FindingId::CertificateExpiresHard);
    assert!(users.is_some_and(|finding| finding.message.contains("logs in with it")), "{}", words(&report));
    let backup = report.findings.iter().find(|finding| finding.id == FindingId::BackupExpires).expect("the alarm");
    assert!(backup.message.contains("raises its certificate alarm"), "{}", backup.message);
}

#[test]
fn an_sts_signing_chain_is_in_use_and_no_anchor() {
    let root = vitrust_factory::vsphere::vmca_root("vc01.lab.example", 0);
    let sts =
        vitrust_factory::Cert::end_entity("CN=ssoserverSign").validity("2024-01-01", "2026-05-20").issued_by(&root);
    let mut reader = vitrust::estate::EstateReader::new("vc");
    reader.add("vc01/sts.pem", format!("{}{}", sts.pem(), root.pem()).as_bytes());
    let report = assess(&reader.finish(), &AssessOptions::at(day()));
    let expired = report.findings.iter().find(|finding| finding.id == FindingId::CertificateExpired).expect("an end");
    assert!(expired.message.contains("nobody can log in"), "{}", expired.message);
    assert!(report.findings.iter().all(|finding| finding.id != FindingId::AnchorExpired));
}

#[test]
fn the_parts_of_a_store_that_nobody_could_look_at_leave_it_open() {
    let chain = store::chain(&std::fs::read(folder("vmca-regenerated/both/vc/machine-ssl.pem")).expect("a file"), "x");
    let chain = chain.expect("a chain");
    let dump = "Number of entries in store :\t1\nAlias :\tf3df51052c7503d9fdfe1278497afaedb5d68906\n\
                Entry type :\tTrusted Cert\n            Not After : Feb 26 00:00:00 2036 GMT\n";
    let anchors = TrustStore::from_bytes(dump.as_bytes(), "roots.txt").expect("a listing");
    for profile in Profile::ALL {
        let judged = |at: &str| {
            let options = Options { profile, ..Options::at(at.parse().expect("a date")) };
            Verifier::new(&anchors).explain(&chain, &options).expect("a verdict")
        };
        let open = judged("2026-06-01");
        assert_eq!(open.state(), Trust::Unknown, "{profile}");
        assert!(open.missing.iter().any(|what| what.contains("without --text")), "{:?}", open.missing);
        assert!(open.rejections.is_empty() && open.change.is_none(), "nothing is advised");
        // What is wrong with the certificate itself is wrong by any store.
        assert_eq!(judged("2046-06-01").state(), Trust::Untrusted, "{profile}");
    }
}
