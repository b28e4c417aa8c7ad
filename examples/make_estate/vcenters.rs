//! The five vCenters of the example.

use serde_json::{Value, json};
use vitrust_factory::vsphere::{host_certificate, host_certificate_builder, machine_ssl, machine_ssl_builder};
use vitrust_factory::vsphere::{sms_self_signed, vmca_root, vmca_root_builder};
use vitrust_factory::{Cert, Crl, Key};

use crate::folder::Folder;
use crate::formats;

/// One host: its certificate with the chain above it, and what it trusts.
struct Host<'a> {
    name: &'a str,
    version: &'a str,
    presented: Vec<&'a Cert>,
    castore: Vec<&'a Cert>,
    provider: &'a str,
}

/// The certificates that more than one vCenter knows.
struct Shared {
    roots: [Cert; 4],
    old_root_of_vc03: Cert,
    expired_root: Cert,
    enterprise_root: Cert,
    enterprise_issuing: Cert,
}

const NAMES: [&str; 5] = ["vc01", "vc02", "vc03", "vc04", "vc05"];

fn fqdn(short: &str) -> String {
    format!("{short}.lab.example")
}

impl Shared {
    fn new() -> Self {
        let enterprise_root = Cert::ca("C=US, O=Example Corp, CN=Example Corp Root CA G1")
            .key(Key::rsa4096(0))
            .validity("2018-03-01", "2038-03-01")
            .self_signed();
        let enterprise_issuing = Cert::ca("C=US, O=Example Corp, CN=Example Corp Issuing CA 3")
            .key(Key::rsa2048(20))
            .path_length(0)
            .validity("2022-03-01", "2032-03-01")
            .issued_by(&enterprise_root);
        Self {
            roots: [
                vmca_root(&fqdn("vc01"), 1),
                vmca_root(&fqdn("vc02"), 2),
                vmca_root_builder(&fqdn("vc03"), 3).validity("2026-02-10", "2036-02-08").self_signed(),
                vmca_root(&fqdn("vc04"), 4),
            ],
            old_root_of_vc03: vmca_root_builder(&fqdn("vc03"), 5).validity("2019-05-02", "2029-04-29").self_signed(),
            expired_root: vmca_root_builder("vc04-old.lab.example", 6)
                .validity("2016-04-20", "2026-04-18")
                .self_signed(),
            enterprise_root,
            enterprise_issuing,
        }
    }
}

/// The whole example.
pub(crate) fn all() -> Folder {
    let shared = Shared::new();
    let mut folder = Folder::default();
    one(&shared, &mut folder);
    two(&shared, &mut folder);
    three(&shared, &mut folder);
    four(&shared, &mut folder);
    five(&shared, &mut folder);
    folder
}

fn one(shared: &Shared, folder: &mut Folder) {
    let [root, second, ..] = &shared.roots;
    let sms = sms_self_signed(1_700_000_000, 7);
    facts(folder, "vc01", "8.0.3", "corp.local", "vmca");
    folder.add("vc01/machine-ssl.pem", formats::s_client(&fqdn("vc01"), &[&machine_ssl(&fqdn("vc01"), 8, root)]));
    let roots = [root, second, &shared.old_root_of_vc03, &shared.enterprise_root];
    folder.add("vc01/trusted-roots.txt", formats::vecs_roots(&roots));
    folder.add("vc01/sms.txt", sms_store(&sms, None));
    folder.add("vc01/vmca-root.pem", root.pem());
    let names = ["esx01", "esx02", "esx03"].map(fqdn);
    let certificates = [host_certificate(&names[0], 9, root), host_certificate(&names[1], 10, root)];
    // This one is inside vCenter's soft threshold of 240 days.
    let soon = host_certificate_builder(&names[2], 11).validity("2021-11-15", "2026-11-15").issued_by(root);
    let presented = [&certificates[0], &certificates[1], &soon];
    let hosts = names.iter().zip(presented).map(|(name, certificate)| Host {
        name,
        version: "8.0.3",
        presented: vec![certificate],
        castore: roots.into_iter().chain([&sms]).collect(),
        provider: "online",
    });
    add_hosts(folder, "vc01", hosts.collect());
}

fn two(shared: &Shared, folder: &mut Folder) {
    let [first, root, ..] = &shared.roots;
    let sms = sms_self_signed(1_710_000_000, 12);
    // A host of release 9 is met by `sps-extension`, which VMCA signs.
    let extension = Cert::end_entity("CN=sps-extension, DC=vsphere, DC=local, C=US, O=vc02.lab.example")
        .key(Key::rsa2048(13))
        .issued_by(root);
    facts(folder, "vc02", "9.0.0", "corp.local", "vmca");
    folder.add("vc02/machine-ssl.pem", formats::s_client(&fqdn("vc02"), &[&machine_ssl(&fqdn("vc02"), 14, root)]));
    let named = [
        (first, "1a2b3c01"),
        (root, "1a2b3c02"),
        (&shared.old_root_of_vc03, "1a2b3c03"),
        (&shared.enterprise_root, "5e6f7a04"),
    ];
    let crl = Crl::of(root).dates("2026-05-20", Some("2026-06-20")).number(Some(41)).sign();
    folder.add("vc02/certs/download.zip", formats::download_zip(&named, &[(&crl, "1a2b3c02")]));
    folder.add("vc02/sms.txt", sms_store(&sms, Some(&extension)));
    let roots = named.map(|(root, _)| root);
    let names = ["esx11", "esx12"].map(fqdn);
    let certificates = [host_certificate(&names[0], 15, root), host_certificate(&names[1], 16, root)];
    let hosts = names.iter().zip(&certificates).zip(["9.0.0", "8.0.3"]).map(|((name, certificate), version)| Host {
        name,
        version,
        presented: vec![certificate],
        castore: roots.into_iter().chain([&sms]).collect(),
        provider: "online",
    });
    add_hosts(folder, "vc02", hosts.collect());
}

fn three(shared: &Shared, folder: &mut Folder) {
    let [first, second, root, fourth] = &shared.roots;
    let old = &shared.old_root_of_vc03;
    let sms = sms_self_signed(1_720_000_000, 17);
    facts(folder, "vc03", "8.0.2", "emea.local", "vmca");
    let machine = machine_ssl_builder(&fqdn("vc03"), 18).validity("2026-02-10", "2028-02-10").issued_by(root);
    folder.add("vc03/machine-ssl.pem", formats::s_client(&fqdn("vc03"), &[&machine]));
    let roots = [old, root, first, second, fourth];
    folder.add("vc03/trusted-roots.json", formats::trusted_root_chains(&roots));
    folder.add("vc03/sms.txt", sms_store(&sms, None));
    folder.add("vc03/vmca-root.pem", root.pem());
    let names = ["esx21", "esx22", "esx23"].map(fqdn);
    let renewed =
        |name: &str, key| host_certificate_builder(name, key).validity("2026-02-11", "2031-02-10").issued_by(root);
    let certificates = [renewed(&names[0], 19), renewed(&names[1], 21), host_certificate(&names[2], 22, old)];
    let refreshed: Vec<&Cert> = roots.into_iter().chain([&sms]).collect();
    let castores = [refreshed.clone(), refreshed, vec![old, first, second, fourth, &sms]];
    let hosts = names.iter().zip(&certificates).zip(castores).map(|((name, certificate), castore)| Host {
        name,
        version: "8.0.2",
        presented: vec![certificate],
        castore,
        provider: if castore_is_old(name) { "offline" } else { "online" },
    });
    add_hosts(folder, "vc03", hosts.collect());
}

/// The third host of vc03 was in maintenance when the root was regenerated.
fn castore_is_old(name: &str) -> bool {
    name.starts_with("esx23")
}

fn four(shared: &Shared, folder: &mut Folder) {
    let root = &shared.roots[3];
    let expired = &shared.expired_root;
    let sms = sms_self_signed(1_690_000_000, 23);
    facts(folder, "vc04", "7.0.3", "apac.local", "vmca");
    folder.add("vc04/machine-ssl.pem", formats::s_client(&fqdn("vc04"), &[&machine_ssl(&fqdn("vc04"), 0, root)]));
    let roots = [expired, root, &shared.roots[0], &shared.roots[1]];
    folder.add("vc04/trusted-roots.txt", formats::vecs_roots(&roots));
    folder.add("vc04/sms.txt", sms_store(&sms, None));
    let names = ["esx31", "esx32", "esx33"].map(fqdn);
    // Two hosts still have the certificates of the old root; the third was renewed.
    let old =
        |name: &str, key| host_certificate_builder(name, key).validity("2022-04-18", "2027-04-17").issued_by(expired);
    let certificates = [old(&names[0], 9), old(&names[1], 10), host_certificate(&names[2], 11, root)];
    let hosts =
        names.iter().zip(&certificates).zip(["offline", "offline", "online"]).map(|((name, certificate), provider)| {
            Host {
                name,
                version: "7.0.3",
                presented: vec![certificate],
                castore: roots.into_iter().chain([&sms]).collect(),
                provider,
            }
        });
    add_hosts(folder, "vc04", hosts.collect());
}

fn five(shared: &Shared, folder: &mut Folder) {
    let issuing = &shared.enterprise_issuing;
    let sms = sms_self_signed(1_730_000_000, 12);
    facts(folder, "vc05", "8.0.3", "amer.local", "custom");
    let machine = machine_ssl_builder(&fqdn("vc05"), 13).validity("2025-09-01", "2026-08-30").issued_by(issuing);
    folder.add("vc05/machine-ssl.pem", formats::s_client(&fqdn("vc05"), &[&machine, issuing]));
    let roots = [&shared.enterprise_root, &shared.roots[3]];
    folder.add("vc05/trusted-roots.json", formats::powercli(&fqdn("vc05"), &roots));
    folder.add("vc05/sms.txt", sms_store(&sms, None));
    let name = fqdn("esx41");
    let certificate = host_certificate_builder(&name, 14).validity("2025-09-01", "2027-08-30").issued_by(issuing);
    let host = Host {
        name: &name,
        version: "8.0.3",
        presented: vec![&certificate, issuing],
        castore: roots.into_iter().chain([&sms]).collect(),
        provider: "online",
    };
    add_hosts(folder, "vc05", vec![host]);
}

fn facts(folder: &mut Folder, vcenter: &str, version: &str, domain: &str, mode: &str) {
    assert!(NAMES.contains(&vcenter), "five vCenters");
    let facts = json!({ "name": fqdn(vcenter), "version": version, "sso_domain": domain, "certificate_mode": mode });
    folder.add(format!("{vcenter}/vcenter.json"), formats::pretty(&facts));
}

fn sms_store(self_signed: &Cert, extension: Option<&Cert>) -> String {
    let entry = |alias: &str, certificate: &Cert| (alias.to_owned(), "Private Key", certificate.pem());
    let extension = extension.map(|certificate| entry("sps-extension", certificate));
    formats::vecs(&[entry("sms_self_signed", self_signed)].into_iter().chain(extension).collect::<Vec<_>>())
}

fn add_hosts(folder: &mut Folder, vcenter: &str, hosts: Vec<Host<'_>>) {
    let mut providers = Vec::new();
    for host in hosts {
        let at = format!("{vcenter}/hosts/{}", host.name);
        folder.add(format!("{at}/host.json"), formats::pretty(&json!({ "version": host.version })));
        folder.add(format!("{at}/443.pem"), formats::s_client(host.name, &host.presented));
        folder.add(format!("{at}/9080.pem"), formats::s_client(host.name, &host.presented));
        folder.add(format!("{at}/castore.pem"), formats::castore(&host.castore));
        providers.push(json!({
            "name": format!("IOFilter Provider {}", host.name),
            "url": format!("https://{}:9080/version.xml", host.name),
            "status": host.provider,
            "certificate": host.presented[0].pem(),
        }));
    }
    folder.add(format!("{vcenter}/storage-providers.json"), formats::pretty(&Value::Array(providers)));
}
