//! A small healthy estate, and the handles to break it.

use std::sync::Arc;

use vitrust::assess::{AssessOptions, Report, assess};
use vitrust::catalogue::FindingId;
use vitrust::estate::{Held, Host, PresentedChain, SmsStore, StorageProvider, StoreContent, VCenter};
use vitrust::finding::Finding;
use vitrust::store::Place;
use vitrust::thumbprint::Fingerprint;
use vitrust::{Certificate, Estate, Time};
use vitrust_factory::{AT, Cert, vsphere};

/// 2024-06-01T00:00:00Z, when SPS made its certificate.
const SMS_CREATED: i64 = 1_717_200_000;

/// One vCenter with one host and its storage provider; all of it healthy at [`AT`].
pub(crate) struct Lab {
    pub(crate) estate: Estate,
    pub(crate) root: Cert,
    pub(crate) sms: Cert,
}

pub(crate) fn at() -> Time {
    Time::from_unix(AT)
}

pub(crate) fn certificate(cert: &Cert) -> Certificate {
    Certificate::from_der(cert.der()).expect("the factory makes readable certificates")
}

impl Lab {
    pub(crate) fn healthy() -> Self {
        let root = vsphere::vmca_root("vc01.lab.example", 0);
        let sms = vsphere::sms_self_signed(SMS_CREATED, 3);
        let mut lab = Self { estate: Estate::default(), root: root.clone(), sms: sms.clone() };
        let vcenter = VCenter {
            name: "vc01.lab.example".into(),
            version: Some("8.0.3".to_owned()),
            sso_domain: Some("vsphere.local".to_owned()),
            machine_ssl: Some(lab.chain(&[&vsphere::machine_ssl("vc01.lab.example", 1, &root)], "machine-ssl.pem")),
            trusted_roots: Some(lab.store(&[&root], "trusted-roots.txt")),
            vmca_root: Some(lab.held(&root, "vmca-root.pem")),
            sms: Some(SmsStore { sms_self_signed: Some(lab.chain(&[&sms], "sms.txt")), ..SmsStore::default() }),
            ..VCenter::default()
        };
        lab.estate.vcenters.push(vcenter);
        lab.add_host("esx01.lab.example", 2);
        lab
    }

    /// Adds a healthy host with its storage provider; `n` picks its key.
    pub(crate) fn add_host(&mut self, name: &str, n: usize) {
        let (root, sms) = (self.root.clone(), self.sms.clone());
        let own = vsphere::host_certificate(name, n, &root);
        let host = Host {
            name: name.into(),
            version: Some("8.0.3".to_owned()),
            https: Some(self.chain(&[&own], &format!("{name}/443.pem"))),
            iofilter: Some(self.chain(&[&own], &format!("{name}/9080.pem"))),
            castore: Some(self.store(&[&root, &sms], &format!("{name}/castore.pem"))),
            ..Host::default()
        };
        let provider = StorageProvider {
            name: format!("IOFilter Provider {name}").into(),
            url: Some(format!("https://{name}:9080/version.xml")),
            status: Some("online".to_owned()),
            status_fault: None,
            uid: None,
            certificate: Some(self.held(&own, "storage-providers.json")),
            source: None,
        };
        self.vcenter().hosts.push(host);
        self.vcenter().storage_providers.push(provider);
    }

    pub(crate) fn reference(&mut self, cert: &Cert) -> Fingerprint {
        self.estate.add_certificate(&certificate(cert))
    }

    pub(crate) fn chain(&mut self, certs: &[&Cert], source: &str) -> PresentedChain {
        let certificates = certs.iter().map(|cert| self.reference(cert)).collect();
        PresentedChain { certificates, place: place(source) }
    }

    pub(crate) fn store(&mut self, certs: &[&Cert], source: &str) -> StoreContent {
        let certificates = certs.iter().map(|cert| self.reference(cert)).collect();
        StoreContent { source: Some(source.into()), certificates, ..StoreContent::default() }
    }

    pub(crate) fn held(&mut self, cert: &Cert, source: &str) -> Held {
        Held { certificate: self.reference(cert), place: place(source) }
    }

    pub(crate) fn vcenter(&mut self) -> &mut VCenter {
        &mut self.estate.vcenters[0]
    }

    pub(crate) fn host(&mut self) -> &mut Host {
        &mut self.vcenter().hosts[0]
    }

    pub(crate) fn provider(&mut self) -> &mut StorageProvider {
        &mut self.vcenter().storage_providers[0]
    }

    pub(crate) fn trusted_roots(&mut self) -> &mut StoreContent {
        self.vcenter().trusted_roots.get_or_insert_default()
    }

    pub(crate) fn castore(&mut self) -> &mut StoreContent {
        self.host().castore.get_or_insert_default()
    }

    /// Adds a certificate to TRUSTED_ROOTS.
    pub(crate) fn trust(&mut self, cert: &Cert) -> &mut Self {
        let reference = self.reference(cert);
        self.trusted_roots().certificates.push(reference);
        self
    }

    /// Adds a certificate to TRUSTED_ROOTS and to the castore.pem of every host.
    pub(crate) fn trust_everywhere(&mut self, cert: &Cert) -> &mut Self {
        let reference = self.reference(cert);
        self.trusted_roots().certificates.push(reference);
        for host in &mut self.vcenter().hosts {
            host.castore.get_or_insert_default().certificates.push(reference);
        }
        self
    }

    /// Lets the host present this certificate on 443 and 9080, and vCenter know it.
    pub(crate) fn host_presents(&mut self, cert: &Cert) -> &mut Self {
        let (chain, held) = (self.chain(&[cert], "443.pem"), self.held(cert, "storage-providers.json"));
        self.host().https = Some(chain.clone());
        self.host().iofilter = Some(chain);
        self.provider().certificate = Some(held);
        self
    }

    pub(crate) fn report(&self) -> Report {
        assess(&self.estate, &AssessOptions::at(at()))
    }

    /// The only finding with this id.
    pub(crate) fn finding(&self, id: FindingId) -> Finding {
        let mut found: Vec<Finding> = self.report().findings.into_iter().filter(|finding| finding.id == id).collect();
        assert_eq!(found.len(), 1, "{id}: {found:#?}");
        found.remove(0)
    }
}

fn place(source: &str) -> Place {
    Place { source: Some(source.into()), ..Place::default() }
}

/// The names of a finding's subjects.
pub(crate) fn names(finding: &Finding) -> Vec<String> {
    finding.subjects.iter().map(ToString::to_string).collect()
}

pub(crate) fn arc(text: &str) -> Arc<str> {
    text.into()
}
