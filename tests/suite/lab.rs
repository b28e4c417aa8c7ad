//! Small estates for the tests of trust: vCenters and hosts with the certificates that matter and nothing else.

use vitrust::assess::{AssessOptions, Report, assess};
use vitrust::catalogue::FindingId;
use vitrust::estate::{Estate, Held, Host, PresentedChain, SmsStore, StoreContent, VCenter};
use vitrust::store::{DumpedEntry, Found, Place};
use vitrust::{Certificate, Profile, Time};
use vitrust_factory::{AT, Cert, Key};

/// The time of the tests.
pub(crate) fn at() -> Time {
    Time::from_unix(AT)
}

/// A time by its text.
pub(crate) fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

/// The certificate as the library reads it.
pub(crate) fn read(cert: &Cert) -> Certificate {
    Certificate::from_der(cert.der()).expect("the factory makes readable certificates")
}

/// A root of this name with its own key.
pub(crate) fn root(name: &str, key: u64) -> Cert {
    Cert::ca(format!("CN={name}")).key(Key::p256(key)).self_signed()
}

/// A server certificate for `name`.
pub(crate) fn server(name: &str, key: u64, issuer: &Cert) -> Cert {
    Cert::end_entity(format!("CN={name}").as_str()).dns(name).key(Key::p256(key)).issued_by(issuer)
}

/// An estate being put together.
#[derive(Default)]
pub(crate) struct Lab {
    pub(crate) estate: Estate,
}

impl Lab {
    pub(crate) fn chain(&mut self, chain: &[&Cert]) -> PresentedChain {
        let certificates = chain.iter().map(|cert| self.estate.add_certificate(&read(cert))).collect();
        PresentedChain { certificates, place: Place::default() }
    }

    pub(crate) fn store(&mut self, certs: &[&Cert]) -> StoreContent {
        let certificates = certs.iter().map(|cert| self.estate.add_certificate(&read(cert))).collect();
        StoreContent { certificates, ..StoreContent::default() }
    }

    /// Adds a vCenter that presents `machine` and trusts `roots`.
    pub(crate) fn vcenter(&mut self, name: &str, machine: &[&Cert], roots: &[&Cert]) -> &mut VCenter {
        let vcenter = VCenter {
            name: name.into(),
            machine_ssl: Some(self.chain(machine)),
            trusted_roots: Some(self.store(roots)),
            ..VCenter::default()
        };
        self.estate.vcenters.push(vcenter);
        self.estate.vcenters.last_mut().expect("one was added")
    }

    /// Adds a host to the last vCenter; the same chain on both ports.
    pub(crate) fn host(&mut self, name: &str, version: Option<&str>, chain: &[&Cert], castore: &[&Cert]) {
        let host = Host {
            name: name.into(),
            version: version.map(str::to_owned),
            https: Some(self.chain(chain)),
            iofilter: Some(self.chain(chain)),
            castore: Some(self.store(castore)),
            ..Host::default()
        };
        self.estate.vcenters.last_mut().expect("a vCenter was added").hosts.push(host);
    }

    /// Gives the last vCenter its SMS certificates.
    pub(crate) fn sms(&mut self, self_signed: Option<&Cert>, extension: Option<&[&Cert]>) {
        let sms = SmsStore {
            sms_self_signed: self_signed.map(|cert| self.chain(&[cert])),
            sps_extension: extension.map(|chain| self.chain(chain)),
            ..SmsStore::default()
        };
        self.estate.vcenters.last_mut().expect("a vCenter was added").sms = Some(sms);
    }

    /// Gives the last vCenter a VMCA root.
    pub(crate) fn vmca(&mut self, cert: &Cert) {
        let certificate = self.estate.add_certificate(&read(cert));
        let held = Held { certificate, place: Place::default() };
        self.estate.vcenters.last_mut().expect("a vCenter was added").vmca_root = Some(held);
    }

    pub(crate) fn assess(&self, profile: Profile) -> Report {
        assess(&self.estate, &AssessOptions { profile, ..AssessOptions::at(at()) })
    }
}

/// A dumped entry, as `vecs-cli entry list --text` gives one.
pub(crate) fn dumped(cert: &Cert) -> Found<DumpedEntry> {
    let certificate = read(cert);
    let value = DumpedEntry {
        sha1: Some(certificate.sha1()),
        subject: Some(certificate.subject().to_string()),
        ..DumpedEntry::default()
    };
    Found { value, place: Place::default() }
}

/// The messages of the findings with this id.
pub(crate) fn messages(report: &Report, id: FindingId) -> Vec<&str> {
    report.findings.iter().filter(|finding| finding.id == id).map(|finding| finding.message.as_str()).collect()
}
