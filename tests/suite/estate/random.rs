//! A thousand estates made by chance: no advice takes away what a trusted link needs, nothing newer is called old, and nothing
//! that anybody may have sent is offered as known.

use std::collections::BTreeSet;

use vitrust::assess::{AssessOptions, Report, Trust, assess};
use vitrust::catalogue::FindingId;
use vitrust::estate::{Held, Host, PresentedChain, StoreContent, VCenter};
use vitrust::finding::Finding;
use vitrust::thumbprint::Fingerprint;
use vitrust::{Certificate, Estate, Time};
use vitrust_factory::{Cert, Key};

use super::lab::{arc, certificate};
use crate::chance::Chance;

const SPANS: [(&str, &str); 5] = [
    ("2014-01-01", "2024-01-01"),
    ("2016-01-01", "2026-05-01"),
    ("2020-01-01", "2030-01-01"),
    ("2024-01-01", "2034-01-01"),
    ("2026-03-01", "2036-03-01"),
];

/// CAs of few names, each with several keys and dates: roots, and what they signed.
fn authorities() -> Vec<Cert> {
    let mut roots = Vec::new();
    for (number, name) in ["CN=CA, O=vc01", "CN=CA, O=vc02", "CN=VMware Installer"].iter().enumerate() {
        for (generation, (from, to)) in SPANS.iter().enumerate().filter(|(span, _)| (span + number) % 2 == 0) {
            let key = Key::p256(200 + 10 * u64::try_from(number).unwrap_or(0) + u64::try_from(generation).unwrap_or(0));
            roots.push(Cert::ca(*name).key(key).validity(*from, *to).self_signed());
        }
    }
    let mut all = roots.clone();
    for (number, root) in roots.iter().enumerate() {
        let (from, to) = SPANS[1 + number % 4];
        let key = Key::p256(300 + u64::try_from(number % 3).unwrap_or(0));
        all.push(Cert::ca("CN=Subordinate").key(key).validity(from, to).issued_by(root));
    }
    all.push(Cert::ca("CN=Weak").key(Key::rsa1024(0)).validity("2020-01-01", "2030-01-01").self_signed());
    all.push(Cert::bare("CN=depot").key(Key::p256(400)).validity("2020-01-01", "2030-01-01").self_signed());
    all
}

struct Made {
    estate: Estate,
    known: BTreeSet<Fingerprint>,
}

struct Maker<'a> {
    chance: Chance,
    authorities: &'a [Cert],
    /// Each CA with servers that it signed.
    servers: &'a [Vec<Cert>],
    made: Made,
}

impl Maker<'_> {
    fn reference(&mut self, cert: &Cert) -> Fingerprint {
        self.made.estate.add_certificate(&certificate(cert))
    }

    /// What a server presents: signed by any CA, with or without that CA behind it.
    fn presented(&mut self) -> Option<PresentedChain> {
        let issuer = self.chance.below(self.authorities.len());
        let own = self.chance.pick(&self.servers[issuer]).clone();
        let mut certificates = vec![self.reference(&own)];
        if self.chance.one_in(3) {
            let above = self.authorities[issuer].clone();
            certificates.push(self.reference(&above));
        }
        (!self.chance.one_in(10)).then(|| PresentedChain { certificates, ..PresentedChain::default() })
    }

    fn store(&mut self, insecure: bool) -> StoreContent {
        let held: Vec<Cert> = self.chance.some(self.authorities).into_iter().cloned().collect();
        let certificates: Vec<Fingerprint> = held.iter().map(|cert| self.reference(cert)).collect();
        // Of a store that was joined from several sources, one may vouch for a part.
        let unverified: BTreeSet<Fingerprint> = match self.chance.below(5) {
            0 => certificates.iter().copied().collect(),
            1 => certificates.iter().copied().step_by(2).collect(),
            _ => BTreeSet::new(),
        };
        if !insecure {
            self.made.known.extend(certificates.iter().filter(|sha256| !unverified.contains(*sha256)));
        }
        StoreContent { source: Some(arc("store.txt")), certificates, unverified, ..StoreContent::default() }
    }

    fn vcenter(&mut self, number: usize) -> VCenter {
        let insecure = self.chance.one_in(6);
        let hosts = (0..self.chance.below(3)).map(|host| Host {
            name: arc(&format!("esx{number}{host}.lab.example")),
            version: Some("8.0.3".to_owned()),
            https: self.presented(),
            iofilter: self.presented(),
            castore: (!self.chance.one_in(5)).then(|| self.store(insecure)),
            ..Host::default()
        });
        let hosts: Vec<Host> = hosts.collect();
        let root = self.chance.pick(self.authorities).clone();
        let vmca_root = self.chance.one_in(2).then(|| self.reference(&root));
        if let Some(root) = vmca_root.filter(|_| !insecure) {
            self.made.known.insert(root);
        }
        VCenter {
            name: arc(&format!("vc{number}.lab.example")),
            insecure,
            machine_ssl: self.presented(),
            trusted_roots: (!self.chance.one_in(8)).then(|| self.store(insecure)),
            vmca_root: vmca_root.map(|certificate| Held { certificate, place: vitrust::store::Place::default() }),
            hosts,
            ..VCenter::default()
        }
    }
}

fn estate(seed: u64, authorities: &[Cert], servers: &[Vec<Cert>]) -> Made {
    let made = Made { estate: Estate::default(), known: BTreeSet::new() };
    let mut maker = Maker { chance: Chance(seed), authorities, servers, made };
    for number in 0..1 + maker.chance.below(3) {
        let vcenter = maker.vcenter(number);
        maker.made.estate.vcenters.push(vcenter);
    }
    maker.made
}

fn judged(estate: &Estate) -> Report {
    assess(estate, &AssessOptions::at("2026-06-01".parse::<Time>().expect("a date")))
}

/// Every link that is trusted, by its ends.
fn trusted(report: &Report) -> BTreeSet<String> {
    let edges = report.edges.iter().filter(|edge| edge.verdict == Trust::Trusted);
    let edges = edges.map(|edge| format!("{} {:?}", edge.host, edge.kind));
    let cells = report.matrix.cells(Trust::Trusted).map(|(from, to)| format!("{from} to {to}"));
    edges.chain(cells).collect()
}

/// The estate without these certificates in the stores of the vCenters that a finding is about.
fn without(estate: &Estate, gone: &[Fingerprint], finding: &Finding) -> Estate {
    let mut estate = estate.clone();
    let is_meant = |name: &str| finding.subjects.iter().any(|subject| subject.vcenter.as_deref() == Some(name));
    for vcenter in estate.vcenters.iter_mut().filter(|vcenter| is_meant(&vcenter.name)) {
        let castores = vcenter.hosts.iter_mut().filter_map(|host| host.castore.as_mut());
        for store in vcenter.trusted_roots.iter_mut().chain(castores) {
            store.certificates.retain(|sha256| !gone.contains(sha256));
        }
    }
    estate
}

/// The estate after a refresh of the hosts that a finding is about: castore.pem is then made of the CAs of TRUSTED_ROOTS.
fn refreshed(estate: &Estate, finding: &Finding) -> Estate {
    let mut estate = estate.clone();
    let resolved = estate.resolve();
    let is_ca = |sha256: &Fingerprint| resolved.certificate(*sha256).is_some_and(Certificate::is_ca);
    let cas = |vcenter: &VCenter| -> Vec<Fingerprint> {
        vcenter.trusted_roots.iter().flat_map(StoreContent::distinct).filter(is_ca).collect()
    };
    let roots: Vec<Vec<Fingerprint>> = resolved.estate.vcenters.iter().map(cas).collect();
    for (vcenter, roots) in estate.vcenters.iter_mut().zip(roots) {
        let is_meant = |host: &Host| finding.subjects.iter().any(|subject| subject.host.as_ref() == Some(&host.name));
        for host in vcenter.hosts.iter_mut().filter(|host| is_meant(host)) {
            if let Some(castore) = &mut host.castore {
                castore.certificates.clone_from(&roots);
            }
        }
    }
    estate
}

/// The certificates whose removal or replacement a finding advises without a word about what needs them.
fn taken_away(finding: &Finding) -> Vec<Fingerprint> {
    let advice = finding.remedy.as_deref().unwrap_or_default();
    let takes = ["emove", "elete", "eplace it"].iter().any(|word| advice.contains(word));
    let is_kept = advice.starts_with("Keep") || advice.starts_with("Publish");
    // A copy of an entry may go; drift and CRLs take no anchor away.
    let about_anchors = matches!(
        finding.id,
        FindingId::AnchorExpired
            | FindingId::ExpiredAnchorOnHosts
            | FindingId::AnchorNotCa
            | FindingId::AnchorWeak
            | FindingId::SameNameOtherKey
            | FindingId::DamagedAnchor
            | FindingId::CastoreHasExtra
            | FindingId::RegeneratedRoot
    );
    if !takes || is_kept || !about_anchors || finding.id == FindingId::SameNameOtherKey {
        return Vec::new();
    }
    finding.evidence.certificates.iter().filter_map(|record| record.sha256).collect()
}

#[test]
fn no_advice_breaks_what_works() {
    let authorities = authorities();
    let server = |number: usize, issuer: &Cert| {
        let key = Key::p256(500 + u64::try_from(number).unwrap_or(0));
        let from = certificate(issuer).not_before().to_string();
        Cert::end_entity(format!("CN=server{number}").as_str())
            .key(key)
            .validity(from.as_str(), "2027-01-01")
            .issued_by(issuer)
    };
    let servers: Vec<Vec<Cert>> =
        authorities.iter().enumerate().map(|(n, issuer)| (0..2).map(|k| server(2 * n + k, issuer)).collect()).collect();
    let cas: Vec<Certificate> = authorities.iter().map(certificate).collect();
    let by_sha1 = |text: &str| cas.iter().find(|ca| text.contains(&ca.sha1().with_colons()));
    let at = "2026-06-01".parse::<Time>().expect("a date");
    let (mut advised, mut refreshes, mut regenerated, mut offered, mut named) = (0, 0, 0, 0, 0);
    for seed in 1..=1_000_u64 {
        let made = estate(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), &authorities, &servers);
        let report = judged(&made.estate);
        let before = trusted(&report);
        let holds = |after: &Estate, what: &str| {
            let after = trusted(&judged(after));
            let broken: Vec<_> = before.difference(&after).collect();
            assert!(broken.is_empty(), "seed {seed}: {what} breaks {broken:?}");
        };
        let mut all_gone = made.estate.clone();
        for finding in &report.findings {
            let gone = taken_away(finding);
            let said = format!("{:?}: {:?}", finding.message, finding.remedy);
            if !gone.is_empty() {
                advised += 1;
                holds(&without(&made.estate, &gone, finding), &said);
                all_gone = without(&all_gone, &gone, finding);
            }
            if finding.remedy.as_deref().is_some_and(|remedy| remedy.starts_with("Run Refresh")) {
                refreshes += 1;
                holds(&refreshed(&made.estate, finding), &said);
            }
            if finding.id == FindingId::RegeneratedRoot {
                regenerated += 1;
                assert!(!finding.message.contains("VMware Installer"), "seed {seed}: {said}");
                if let Some((_, rest)) = finding.message.split_once("only the older certificate ") {
                    let (older, newer) = rest.split_once("newer one").expect("both are named");
                    let (older, newer) = (by_sha1(older).expect("known"), by_sha1(newer).expect("known"));
                    assert!(older.not_before() < newer.not_before(), "seed {seed}: {said}");
                }
                if let Some((_, rest)) = finding.message.split_once("holds the newer `") {
                    let newer = by_sha1(rest).expect("known");
                    let remedy = finding.remedy.as_deref().unwrap_or_default();
                    let older = remedy.split_once("add the older certificate").and_then(|(_, rest)| by_sha1(rest));
                    let is_older = older.is_none_or(|older| older == newer || older.not_before() < newer.not_before());
                    assert!(is_older, "seed {seed}: {said}");
                }
            }
        }
        // One person follows all of it.
        holds(&all_gone, "everything that is advised away");
        let remedies = report.findings.iter().filter_map(|finding| finding.remedy.as_deref());
        let changes = report.edges.iter().filter_map(|edge| edge.change.as_deref());
        let changes = changes.chain(report.causes.iter().filter_map(|cause| cause.change.as_deref()));
        for advice in remedies.chain(changes) {
            for ca in &cas {
                // A certificate that is offered is valid, and known unless the advice says otherwise.
                let is_offered = advice.contains(&format!("holds it, SHA-1 {}", ca.sha1().with_colons()));
                let is_doubted = advice.contains(&format!("compare its SHA-256 {}", ca.sha256()));
                named += usize::from(is_offered) + usize::from(is_doubted);
                assert!(
                    !(is_offered || is_doubted) || !ca.has_expired(at),
                    "seed {seed}: ended, and offered: {advice}"
                );
                assert!(!is_offered || made.known.contains(&ca.sha256()), "seed {seed}: anybody's: {advice}");
                assert!(!is_doubted || !made.known.contains(&ca.sha256()), "seed {seed}: known: {advice}");
            }
        }
        for row in &report.additions.rows {
            offered += 1;
            let sha256 = row.add.sha256.expect("an addition is a certificate");
            assert_eq!(row.unverified, !made.known.contains(&sha256), "seed {seed}: {:?}", row.sources);
        }
    }
    let counts = [advised, refreshes, regenerated, offered, named];
    assert!(counts.iter().zip([200, 10, 50, 200, 200]).all(|(count, least)| *count > least), "{counts:?}");
}
