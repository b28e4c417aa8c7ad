//! For every finding an estate that provokes it, and a near miss that does not.

use vitrust::catalogue::{FINDINGS, FindingId};
use vitrust::estate::{EntryStore, StorageProvider, VCenter, VMDIR, VvolDatastore};
use vitrust::store::{DumpedEntry, Found, Place, Unreadable};
use vitrust_factory::{Cert, Crl, Hash, Key, SignatureAlgorithm, SubjectKeyId, oid, vsphere};

use super::lab::{Lab, arc, certificate};

/// One finding: what provokes it, and what comes close without.
type Case = (FindingId, fn(&mut Lab), fn(&mut Lab));

/// Every finding has its line.
const CASES: &[Case] = &[
    (FindingId::Unreadable, |lab| unreadable(lab, true), |lab| unreadable(lab, false)),
    (FindingId::UnknownInput, |lab| unreadable(lab, false), |lab| unreadable(lab, true)),
    (FindingId::JoinedFiles, |lab| lab.trusted_roots().joined = vec![arc("a.pem"), arc("b.pem")], |_| ()),
    (FindingId::CollectedUnverified, |lab| lab.vcenter().insecure = true, |_| ()),
    (
        FindingId::HostNotConnected,
        |lab| lab.host().connection_state = Some("notResponding".to_owned()),
        |lab| lab.host().connection_state = Some("connected".to_owned()),
    ),
    (FindingId::SsoDomainStoresDiffer, |lab| domain_of_two(lab, false), |lab| domain_of_two(lab, true)),
    (
        FindingId::AnchorExpired,
        |lab| _ = lab.trust(&old_root("2026-05-31T23:59:59Z")),
        // The last second of validity is valid (RFC 5280 4.1.2.5).
        |lab| _ = lab.trust_everywhere(&old_root("2026-06-01T00:00:00Z")),
    ),
    (
        FindingId::ExpiredAnchorOnHosts,
        |lab| _ = lab.trust_everywhere(&old_root("2026-05-31")),
        |lab| _ = lab.trust(&old_root("2026-05-31")),
    ),
    (
        FindingId::AnchorNotYetValid,
        |lab| _ = lab.trust(&Cert::ca("CN=Next").key(Key::p256(50)).not_yet_valid().self_signed()),
        |lab| _ = lab.trust(&Cert::ca("CN=Now").key(Key::p256(50)).validity("2026-06-01", "2036-06-01").self_signed()),
    ),
    (
        FindingId::AnchorNotCa,
        |lab| _ = lab.trust(&Cert::end_entity("CN=leaf").key(Key::p256(50)).issued_by(&lab.root.clone())),
        // SPS's own certificate is no CA and stands in castore.pem to be matched exactly.
        |_| (),
    ),
    (
        FindingId::AnchorWeak,
        |lab| _ = lab.trust(&Cert::ca("CN=Short").key(Key::rsa1024(0)).self_signed()),
        |lab| _ = lab.trust(&Cert::ca("CN=Long").key(Key::rsa3072(0)).self_signed()),
    ),
    (
        FindingId::AnchorWithoutKeyId,
        |lab| _ = lab.trust(&Cert::ca("CN=Old").key(Key::p256(50)).no_key_ids().self_signed()),
        |lab| _ = lab.trust(&Cert::ca("CN=Old").key(Key::p256(50)).subject_key_id(SubjectKeyId::Auto).self_signed()),
    ),
    (FindingId::AliasNotThumbprint, |lab| alias(lab, "my-root"), |lab| alias(lab, &lab.root.sha1())),
    (
        FindingId::DuplicateEntry,
        |lab| _ = lab.trust(&lab.root.clone()),
        |lab| _ = lab.trust_everywhere(&vsphere::vmca_root("vc02.lab.example", 0)),
    ),
    (
        FindingId::SameNameOtherKey,
        |lab| _ = lab.trust(&vsphere::vmca_root("vc01.lab.example", 9)),
        // The same name with the same key is a renewal.
        |lab| _ = lab.trust(&lab.root.rebuild().validity("2026-01-01", "2040-01-01").self_signed()),
    ),
    (FindingId::ManyCrls, |lab| crls(lab, 30), |lab| crls(lab, 29)),
    (
        FindingId::DamagedAnchor,
        |lab| {
            let twice = Cert::ca("CN=Twice").key(Key::p256(50)).extension(oid::BASIC_CONSTRAINTS, true, vec![0x30, 0]);
            _ = lab.trust(&twice.self_signed());
        },
        |lab| _ = lab.trust(&Cert::ca("CN=Once").key(Key::p256(50)).self_signed()),
    ),
    (FindingId::CertificateExpired, |lab| host_until(lab, "2026-05-31"), |lab| host_until(lab, "2026-06-01T00:00:00Z")),
    (FindingId::CertificateExpiresHard, |lab| host_until(lab, "2026-06-30"), |lab| host_until(lab, "2026-07-02")),
    (FindingId::CertificateExpiresSoft, |lab| host_until(lab, "2026-12-01"), |lab| host_until(lab, "2027-06-01")),
    (
        FindingId::CertificateNotYetValid,
        |lab| host_from(lab, "2026-06-01T00:00:01Z"),
        |lab| host_from(lab, "2026-06-01T00:00:00Z"),
    ),
    (
        FindingId::RenewHostFirst,
        |lab| host_and_provider(lab, "2026-06-20", "2026-06-10"),
        |lab| host_and_provider(lab, "2029-01-01", "2026-06-10"),
    ),
    (
        FindingId::ReRegisterProvider,
        |lab| host_and_provider(lab, "2029-01-01", "2026-06-10"),
        |lab| host_and_provider(lab, "2029-01-01", "2028-12-01"),
    ),
    (
        FindingId::StaleProviderCertificate,
        |lab| {
            let renewed = vsphere::host_certificate("esx01.lab.example", 7, &lab.root);
            lab.provider().certificate = Some(lab.held(&renewed, "storage-providers.json"));
        },
        |lab| lab.provider().certificate = None,
    ),
    (
        FindingId::ProviderOffline,
        |lab| lab.provider().status = Some("offline".to_owned()),
        |lab| lab.provider().status = Some("connected".to_owned()),
    ),
    (
        FindingId::BackupExpires,
        |lab| other_store(lab, "BACKUP_STORE", "2026-05-31"),
        |lab| other_store(lab, "vpxd", "2026-05-31"),
    ),
    (
        FindingId::ProviderMissing,
        |lab| host_without_provider(lab, "connected"),
        |lab| host_without_provider(lab, "disconnected"),
    ),
    (FindingId::ProviderShared, |lab| shared_provider(lab, false), |lab| shared_provider(lab, true)),
    (FindingId::DatastoreProviderOffline, |lab| datastore(lab, "offline"), |lab| datastore(lab, "online")),
    (
        FindingId::DirectoryOnly,
        |lab| directory(lab, "00:11:22"),
        |lab| {
            let id = certificate(&lab.root).subject_key_id().map(ToString::to_string).unwrap_or_default();
            directory(lab, &id.replace(':', "").to_uppercase());
        },
    ),
    (
        FindingId::CastoreLacksRoot,
        |lab| _ = lab.trust(&Cert::ca("CN=New").key(Key::p256(50)).self_signed()),
        // What is no CA is not pushed to hosts.
        |lab| _ = lab.trust(&Cert::end_entity("CN=leaf").key(Key::p256(50)).issued_by(&lab.root.clone())),
    ),
    (
        FindingId::CastoreHasExtra,
        |lab| {
            let extra = lab.reference(&Cert::ca("CN=Extra").key(Key::p256(50)).self_signed());
            lab.castore().certificates.push(extra);
        },
        |lab| _ = lab.trust_everywhere(&Cert::ca("CN=Extra").key(Key::p256(50)).self_signed()),
    ),
    (
        FindingId::CastoreLacksSms,
        |lab| _ = lab.castore().certificates.pop(),
        |lab| {
            lab.castore().certificates.pop();
            lab.host().version = Some("9.0.0".to_owned());
        },
    ),
];

fn ids(lab: &Lab) -> Vec<FindingId> {
    lab.report().findings.iter().map(|finding| finding.id).collect()
}

#[test]
fn every_finding_has_a_case() {
    let missing: Vec<String> = FINDINGS
        .iter()
        .filter(|entry| {
            CASES.iter().all(|(id, ..)| *id != entry.id) && !crate::estate::cases_elsewhere().contains(&entry.id)
        })
        .map(|entry| entry.id.to_string())
        .collect();
    assert!(missing.is_empty(), "no estate provokes {missing:?}");
}

#[test]
fn every_case_provokes_its_finding_and_its_near_miss_does_not() {
    let mut complaints = Vec::new();
    for (id, provoke, near_miss) in CASES {
        let (mut broken, mut whole) = (Lab::healthy(), Lab::healthy());
        provoke(&mut broken);
        near_miss(&mut whole);
        if !ids(&broken).contains(id) {
            complaints.push(format!("{id} is not provoked: {:?}", ids(&broken)));
        }
        if ids(&whole).contains(id) {
            complaints.push(format!("{id} is found at its near miss"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_healthy_estate_has_no_finding() {
    assert_eq!(Lab::healthy().report().findings, []);
}

#[test]
fn numbers_and_names_are_unique_and_ordered() {
    let numbers: Vec<u16> = FINDINGS.iter().map(|entry| entry.id.number()).collect();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
    for entry in FINDINGS {
        assert_eq!(entry.name.parse(), Ok(entry.id));
        assert_eq!(entry.id.to_string().parse(), Ok(entry.id));
        assert_eq!(entry.id.entry(), *entry);
    }
}

fn unreadable(lab: &mut Lab, damaged: bool) {
    let place = Place { source: Some(arc("vc01/x.txt")), line: Some(4), ..Place::default() };
    let unreadable = Unreadable { place, reason: "the block is not valid base64".to_owned() };
    let estate = &mut lab.estate;
    if damaged { estate.unreadable.push(unreadable) } else { estate.unknown.push(unreadable) }
}

/// A certificate that ends on this day in one of the stores that nobody trusts by.
fn other_store(lab: &mut Lab, name: &str, until: &str) {
    let kept =
        Cert::end_entity("CN=kept").key(Key::p256(51)).validity("2024-01-01", until).issued_by(&lab.root.clone());
    let chain = lab.chain(&[&kept], "vecs.txt");
    let store = EntryStore { entries: [(arc("bkp_machine"), chain)].into(), ..EntryStore::default() };
    lab.vcenter().stores.insert(arc(name), store);
}

/// A second host in this state, for which nobody registered a provider.
fn host_without_provider(lab: &mut Lab, state: &str) {
    lab.add_host("esx02.lab.example", 4);
    lab.vcenter().storage_providers.pop();
    if let Some(host) = lab.vcenter().hosts.last_mut() {
        host.connection_state = Some(state.to_owned());
    }
}

/// An array registered in two vCenters, which have the same roots or not, and each remembers a certificate of its own.
fn shared_provider(lab: &mut Lab, same: bool) {
    let other_root = vsphere::vmca_root("vc02.lab.example", 7);
    let array = |name: &str| StorageProvider {
        name: arc(name),
        url: Some("https://array.lab.example:8443/vasa/version.xml".to_owned()),
        ..StorageProvider::default()
    };
    lab.vcenter().storage_providers.push(array("array 1"));
    let root = if same { lab.root.clone() } else { other_root };
    let trusted_roots = Some(lab.store(&[&root], "vc02/trusted-roots.txt"));
    let storage_providers = vec![array("array one")];
    let name = arc("vc02.lab.example");
    lab.estate.vcenters.push(VCenter { name, trusted_roots, storage_providers, ..VCenter::default() });
}

/// A datastore on Virtual Volumes whose only provider has this status.
fn datastore(lab: &mut Lab, status: &str) {
    let url = "https://array.lab.example:8443/vasa/version.xml".to_owned();
    let (name, status) = (arc("array"), Some(status.to_owned()));
    let provider = StorageProvider { name, url: Some(url.clone()), status, ..StorageProvider::default() };
    lab.vcenter().storage_providers.push(provider);
    lab.vcenter().vvol_datastores = vec![VvolDatastore { name: arc("vvol-01"), providers: vec![url] }];
}

/// A listing of the directory with one entry of this id.
fn directory(lab: &mut Lab, id: &str) {
    let place = Place { source: Some(arc("vmdir.txt")), line: Some(3), alias: Some(arc(id)), store: Some(arc(VMDIR)) };
    let value = DumpedEntry { subject: Some("CN=Somebody".to_owned()), ..DumpedEntry::default() };
    let store = EntryStore { dumped: vec![Found { value, place }], ..EntryStore::default() };
    lab.vcenter().stores.insert(arc(VMDIR), store);
}

/// A second vCenter of the SSO domain `corp.local`, with the same TRUSTED_ROOTS or with a CA of its own.
fn domain_of_two(lab: &mut Lab, same: bool) {
    let other = if same { lab.root.clone() } else { vsphere::vmca_root("vc02.lab.example", 8) };
    let store = lab.store(&[&other], "vc02/trusted-roots.pem");
    lab.vcenter().sso_domain = Some("corp.local".to_owned());
    let second = VCenter {
        name: arc("vc02.lab.example"),
        sso_domain: Some("corp.local".to_owned()),
        trusted_roots: Some(store),
        ..VCenter::default()
    };
    lab.estate.vcenters.push(second);
}

fn old_root(until: &str) -> Cert {
    Cert::ca("CN=Old Root").key(Key::p256(40)).validity("2016-01-01", until).self_signed()
}

fn alias(lab: &mut Lab, alias: &str) {
    let sha256 = lab.reference(&lab.root.clone());
    let roots = lab.trusted_roots();
    roots.store = Some(arc("TRUSTED_ROOTS"));
    roots.aliases.insert(sha256, vec![arc(alias)]);
}

fn crls(lab: &mut Lab, count: u64) {
    for number in 0..count {
        let list = Crl::of(&lab.root).number(Some(number)).sign();
        let list = vitrust::Crl::from_der(list.der()).expect("the factory makes readable CRLs");
        let sha256 = lab.estate.add_crl(&list);
        lab.trusted_roots().crls.push(sha256);
    }
}

fn host_builder(lab: &Lab, from: &str, until: &str) -> Cert {
    vsphere::host_certificate_builder("esx01.lab.example", 2).validity(from, until).issued_by(&lab.root)
}

fn host_until(lab: &mut Lab, until: &str) {
    let cert = host_builder(lab, "2025-01-01", until);
    lab.host_presents(&cert);
}

fn host_from(lab: &mut Lab, from: &str) {
    let cert = host_builder(lab, from, "2030-01-01");
    lab.host_presents(&cert);
}

fn host_and_provider(lab: &mut Lab, host: &str, provider: &str) {
    let (host, provider) = (host_builder(lab, "2025-01-01", host), host_builder(lab, "2025-01-01", provider));
    let chain = lab.chain(&[&host], "443.pem");
    lab.host_presents(&provider);
    lab.host().https = Some(chain);
}

#[test]
fn a_sha1_signature_weighs_less_on_a_root_than_below_it() {
    let sha1 = SignatureAlgorithm::RsaPkcs1(Hash::Sha1);
    let severity = |cert: &Cert| {
        let mut lab = Lab::healthy();
        lab.trust_everywhere(cert);
        lab.finding(FindingId::AnchorWeak).severity
    };
    let root = Cert::ca("CN=Sha1").key(Key::rsa2048(11)).algorithm(sha1).self_signed();
    let above = Cert::ca("CN=Above").key(Key::rsa2048(12)).self_signed();
    let sub = Cert::ca("CN=Sub").key(Key::rsa2048(11)).algorithm(sha1).issued_by(&above);
    assert!(severity(&root) > severity(&sub));
}
