//! What is not wholly known is not judged as if it were.

use vitrust::assess::{EdgeKind, Report, Trust};
use vitrust::catalogue::FindingId;
use vitrust::estate::{CertificateMode, EstateReader};
use vitrust::store::{Place, Unreadable};
use vitrust::{Estate, Profile};
use vitrust_factory::{Cert, vsphere};

use super::lab::{Lab, arc, at};
use crate::lab as small;

fn ids(report: &Report) -> Vec<FindingId> {
    report.findings.iter().map(|finding| finding.id).collect()
}

fn verdict(report: &Report, kind: EdgeKind) -> (Trust, Trust, Vec<String>) {
    let edge = report.edges.iter().find(|edge| edge.kind == kind).expect("an edge of each kind");
    (edge.verdict, edge.profile_verdict, edge.missing.clone())
}

fn damage(source: &str) -> Unreadable {
    let place = Place { source: Some(arc(source)), line: Some(1), ..Place::default() };
    Unreadable { place, reason: "not valid base64".to_owned() }
}

#[test]
fn a_castore_that_was_read_in_part_refuses_nobody() {
    let mut lab = Lab::healthy();
    let stranger = lab.store(&[&small::root("stranger", 9)], "castore.pem");
    lab.host().castore = Some(stranger);
    let whole = lab.report();
    assert!(ids(&whole).contains(&FindingId::HostRefusesVcenter) && ids(&whole).contains(&FindingId::CastoreLacksRoot));
    lab.castore().unreadable = vec![damage("castore.pem"); 2];
    let report = lab.report();
    let missing = vec!["2 entries of castore.pem of esx01.lab.example, which could not be read".to_owned()];
    assert_eq!(verdict(&report, EdgeKind::HostToVcenter), (Trust::Unknown, Trust::Unknown, missing));
    for id in [
        FindingId::HostRefusesVcenter,
        FindingId::HostRefusesSps,
        FindingId::CastoreLacksRoot,
        FindingId::CastoreLacksSms,
    ] {
        assert!(!ids(&report).contains(&id), "{id}");
    }
    assert!(ids(&report).contains(&FindingId::CastoreHasExtra), "what is there is there");
}

#[test]
fn damage_in_trusted_roots_makes_its_row_unknown() {
    let mut lab = Lab::healthy();
    lab.trusted_roots().certificates.clear();
    lab.trust(&small::root("stranger", 9));
    assert_eq!(lab.report().matrix.cell(0, 0), Some(Trust::Untrusted));
    lab.trusted_roots().unreadable.push(damage("trusted-roots.pem"));
    let report = lab.report();
    assert_eq!(report.matrix.cell(0, 0), Some(Trust::Unknown));
    assert!(!ids(&report).contains(&FindingId::CastoreHasExtra), "TRUSTED_ROOTS may hold it");
}

#[test]
fn an_entry_of_the_table_that_is_no_certificate_counts_as_unread() {
    let mut lab = Lab::healthy();
    lab.castore().certificates.clear();
    let junk = vitrust::thumbprint::Fingerprint::of(b"junk");
    lab.estate.certificates.insert(junk, vitrust::estate::Der((*b"junk").into()));
    lab.castore().certificates.push(junk);
    assert_eq!(verdict(&lab.report(), EdgeKind::HostToVcenter).0, Trust::Unknown);
}

/// A vCenter in thumbprint mode with one host, whose SMS store is what these files say.
fn pinned(files: &[(&str, String)]) -> (Trust, Trust, Vec<String>) {
    let root = vsphere::vmca_root("vc01.lab.example", 0);
    let host = vsphere::host_certificate("esx01.lab.example", 2, &root);
    let mut reader = EstateReader::new("lab");
    for (name, text) in files {
        reader.add(&format!("vc01/{name}"), text.as_bytes());
    }
    reader.add("vc01/hosts/esx01.lab.example/9080.pem", host.pem().as_bytes());
    let mut estate = reader.finish();
    estate.vcenters[0].certificate_mode = Some(CertificateMode::Thumbprint);
    let options = vitrust::assess::AssessOptions::at(at());
    verdict(&vitrust::assess::assess(&estate, &options), EdgeKind::VcenterToProvider)
}

fn entry(alias: &str, cert: &Cert) -> String {
    let pem = cert.pem();
    format!("Number of entries in store :\t1\nAlias :\t{alias}\nEntry type :\tTrusted Cert\nCertificate :\t{pem}\n")
}

#[test]
fn only_a_whole_sms_store_says_that_an_address_is_not_pinned() {
    let sms = vsphere::sms_self_signed(1_717_200_000, 3);
    let unknown = (Trust::Unknown, Trust::Unknown, vec!["the rest of the SMS store of vc01".to_owned()]);
    assert_eq!(pinned(&[("sms-self-signed.pem", sms.pem())]), unknown);
    assert_eq!(pinned(&[("sms.pem", sms.pem())]), unknown, "bare PEM names no entries");
    let listing = entry("sms_self_signed", &sms);
    assert_eq!(pinned(&[("sms.txt", listing.clone())]), (Trust::Untrusted, Trust::Untrusted, Vec::new()));
    let damaged = listing
        + "Alias :\thttps://x:9080/\nEntry type :\tTrusted Cert\nCertificate :\t-----BEGIN \
                             CERTIFICATE-----\nA*\n-----END CERTIFICATE-----\n";
    assert_eq!(pinned(&[("sms.txt", damaged.clone())]), unknown);
    assert_eq!(pinned(&[("vecs.txt", format!("[*] Store : SMS\n{damaged}"))]), unknown);
}

#[test]
fn what_one_member_of_an_sso_domain_does_not_hold_is_not_known_to_be_trusted() {
    let (first, second, both) = (small::root("vmca1", 1), small::root("vmca3", 3), small::root("both", 5));
    let estate = |domain: &str, roots: [&[&Cert]; 2]| -> Report {
        let mut lab = small::Lab::default();
        for (name, key, issuer, roots) in [("vc01", 11, &first, roots[0]), ("vc03", 13, &second, roots[1])] {
            let machine = small::server(name, key, issuer);
            lab.vcenter(name, &[&machine], roots).sso_domain = Some(domain.to_owned());
        }
        lab.vcenter("vc05", &[&small::server("vc05", 15, &both)], &[&both]);
        lab.assess(Profile::Strict)
    };
    let differing = estate("corp.local", [&[&first, &both], &[&second, &both]]);
    let cells = |report: &Report| -> Vec<Option<Trust>> {
        [(0, 0), (0, 1), (1, 0)].into_iter().map(|(from, to)| report.matrix.cell(from, to)).collect()
    };
    assert_eq!(cells(&differing), [Some(Trust::Unknown), Some(Trust::Trusted), Some(Trust::Untrusted)]);
    assert!(ids(&differing).contains(&FindingId::SsoDomainStoresDiffer) && !differing.matrix.is_mutual());
    let same = estate("corp.local", [&[&first, &second, &both], &[&both, &second, &first]]);
    assert_eq!(cells(&same), [Some(Trust::Trusted), Some(Trust::Trusted), Some(Trust::Untrusted)]);
    assert!(!ids(&same).contains(&FindingId::SsoDomainStoresDiffer));
    // Neither holds it: that is known.
    let neither = estate("corp.local", [&[&first], &[&second]]);
    assert_eq!(neither.matrix.cell(0, 1), Some(Trust::Untrusted));
}

#[test]
fn all_that_could_not_be_read_is_one_list() {
    let mut lab = Lab::healthy();
    lab.estate.unreadable.push(damage("a"));
    lab.trusted_roots().unreadable.push(damage("b"));
    lab.vcenter().sms.as_mut().expect("an SMS store").unreadable.push(damage("c"));
    lab.castore().unreadable.push(damage("d"));
    lab.estate
        .certificates
        .insert(vitrust::thumbprint::Fingerprint::of(b"junk"), vitrust::estate::Der((*b"junk").into()));
    let estate: &Estate = &lab.estate;
    let resolved = estate.resolve();
    let sources: Vec<String> = resolved.unread().map(|unread| unread.what.place.to_string()).collect();
    let ends: Vec<&str> = sources.iter().map(|source| source.split(' ').next().unwrap_or_default()).collect();
    assert_eq!((ends[0], &ends[2..]), ("a", &["b", "c", "d"][..]));
    assert!(ends[1].starts_with("certificates."));
}
