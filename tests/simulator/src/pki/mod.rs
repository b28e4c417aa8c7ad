//! The certificates of one vCenter: VMCA's roots, what they issued, and the storage policy service's own.

mod request;

pub(crate) use request::Subject;

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use vitrust::{Certificate, Time};
use vitrust_factory::{Cert, CertBuilder, Crl, Key, vsphere};

/// Days in a year, near enough for validity periods.
const YEAR: i64 = 365;

/// A certificate with its private key (PKCS#8 DER).
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: Certificate,
    /// Who is presented above it, the nearest first.
    pub(crate) above: Vec<Certificate>,
    key: Arc<[u8]>,
}

impl Identity {
    fn of(made: &Cert) -> Self {
        Self { certificate: read(made), above: Vec::new(), key: made.key().pkcs8_der().into() }
    }

    /// A certificate from elsewhere with its chain and its key (PKCS#8 DER); `None` where the key is another's.
    pub(crate) fn given(mut chain: Vec<Certificate>, key: &[u8]) -> Option<Self> {
        let above = chain.split_off(1.min(chain.len()));
        let made = Self { certificate: chain.pop()?, above, key: key.into() };
        made.certified().is_ok_and(|certified| certified.keys_match().is_ok()).then_some(made)
    }

    /// As the TLS library takes it.
    pub(crate) fn certified(&self) -> Result<Arc<CertifiedKey>, rustls::Error> {
        let chain = [&self.certificate].into_iter().chain(&self.above);
        let chain = chain.map(|certificate| CertificateDer::from(certificate.der().to_vec())).collect();
        let key = PrivatePkcs8KeyDer::from(self.key.to_vec());
        CertifiedKey::from_der(chain, key.into(), &rustls::crypto::ring::default_provider()).map(Arc::new)
    }

    /// The private key as PEM.
    pub(crate) fn key_pem(&self) -> String {
        vitrust::pem::encode("PRIVATE KEY", &self.key)
    }
}

/// A root that VMCA made, with its key and its revocation list.
#[derive(Clone)]
pub(crate) struct Root {
    made: Cert,
    pub(crate) certificate: Certificate,
    pub(crate) crl_pem: Arc<str>,
}

/// Makes what one vCenter needs; the same seed makes the same keys.
#[derive(Debug, Clone)]
pub(crate) struct Maker {
    pub(crate) vcenter: String,
    pub(crate) seed: u64,
    pub(crate) at: Time,
}

/// Which key pair of a vCenter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    FormerRoot,
    Root,
    Machine,
    Sms,
    Signing,
    Array,
    Host(usize),
    /// Made while the estate runs, by a number that is given once.
    Fresh(u64),
}

impl Maker {
    fn key(&self, whose: Whose) -> Key {
        let number = match whose {
            Whose::FormerRoot => 0,
            Whose::Root => 1,
            Whose::Machine => 2,
            Whose::Sms => 3,
            Whose::Signing => 4,
            Whose::Array => 5,
            Whose::Host(index) => 16 + u64::try_from(index).unwrap_or(u64::MAX >> 24),
            Whose::Fresh(number) => 1 << 19 | number,
        };
        Key::p256(self.seed << 20 | number)
    }

    fn days(&self, from: i64, to: i64) -> (i64, i64) {
        (self.at.plus_days(from).unix(), self.at.plus_days(to).unix())
    }

    /// A VMCA root, valid from and to so many days from now.
    pub(crate) fn root(&self, whose: Whose, from: i64, to: i64) -> Root {
        let (not_before, not_after) = self.days(from, to);
        let builder = vsphere::vmca_root_builder(&self.vcenter, 0).key(self.key(whose));
        self.root_of(builder.validity(not_before, not_after))
    }

    /// Another root of VMCA, made now with the key pair of this number; under its usual name where none is given.
    pub(crate) fn root_again(&self, number: u64, subject: Option<&Subject>) -> Root {
        let (not_before, not_after) = self.days(0, 10 * YEAR);
        let builder = vsphere::vmca_root_builder(&self.vcenter, 0).key(self.key(Whose::Fresh(number)));
        let builder = match subject {
            Some(subject) => builder.subject(subject.name()),
            None => builder,
        };
        self.root_of(builder.validity(not_before, not_after))
    }

    fn root_of(&self, builder: CertBuilder) -> Root {
        let made = builder.self_signed();
        let next = self.at.plus_days(30).to_string();
        let crl = Crl::of(&made).dates(self.at.plus_days(-1).unix(), Some(&next)).sign();
        Root { certificate: read(&made), crl_pem: crl.pem().into(), made }
    }

    /// The Machine SSL certificate.
    pub(crate) fn machine(&self, root: &Root) -> Identity {
        self.machine_of(root, Whose::Machine)
    }

    /// One with the key pair of this number and this subject, valid from now on for so many days.
    pub(crate) fn machine_again(&self, root: &Root, number: u64, subject: &Subject, days: i64) -> Identity {
        let (not_before, not_after) = self.days(0, days);
        let builder = vsphere::machine_ssl_builder(&self.vcenter, 0)
            .subject(subject.name())
            .key(self.key(Whose::Fresh(number)))
            .validity(not_before, not_after);
        let builder =
            subject.others(&self.vcenter).iter().fold(builder, |builder, name| builder.alt_name(name.clone()));
        Identity::of(&builder.issued_by(&root.made))
    }

    /// A request for a certificate with this key pair, PEM.
    pub(crate) fn request(&self, number: u64, subject: &Subject) -> String {
        request::signed(&self.key(Whose::Fresh(number)), subject, &self.vcenter)
    }

    /// The private key of this number, PKCS#8 DER.
    pub(crate) fn fresh_key(&self, number: u64) -> Vec<u8> {
        self.key(Whose::Fresh(number)).pkcs8_der()
    }

    fn machine_of(&self, root: &Root, whose: Whose) -> Identity {
        let (not_before, not_after) = self.days(-YEAR / 2, YEAR * 3 / 2);
        let builder = vsphere::machine_ssl_builder(&self.vcenter, 0).key(self.key(whose));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
    }

    /// A host's certificate. `days_ago` is when it was issued.
    pub(crate) fn host(&self, index: usize, name: &str, root: &Root, days_ago: i64) -> Identity {
        let (not_before, not_after) = self.days(-days_ago, 5 * YEAR - days_ago);
        let builder = vsphere::host_certificate_builder(name, 0).key(self.key(Whose::Host(index)));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
    }

    /// A storage array's certificate, which VMCA issued when it was registered.
    pub(crate) fn array(&self, name: &str, root: &Root) -> Identity {
        let (not_before, not_after) = self.days(-1, 5 * YEAR);
        let builder = vsphere::host_certificate_builder(name, 0).key(self.key(Whose::Array));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
    }

    /// The token signing certificate.
    pub(crate) fn signing(&self, root: &Root, whose: Whose) -> Identity {
        let (not_before, not_after) = self.days(-YEAR / 2, YEAR * 3 / 2);
        let builder = vsphere::machine_ssl_builder(&self.vcenter, 0).subject("CN=ssoserverSign").key(self.key(whose));
        let made = Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made));
        Identity { above: vec![root.certificate.clone()], ..made }
    }

    /// `sms_self_signed`: what the storage policy service made for itself a year ago.
    pub(crate) fn sms_self_signed(&self) -> Identity {
        let made = vsphere::sms_self_signed(self.at.plus_days(-YEAR).unix(), 0);
        Identity::of(&made.rebuild().key(self.key(Whose::Sms)).self_signed())
    }

    /// `sps-extension`: the service's certificate from VMCA.
    pub(crate) fn sps_extension(&self, root: &Root) -> Identity {
        let (not_before, not_after) = self.days(-YEAR / 2, YEAR * 3 / 2);
        let builder = vsphere::machine_ssl_builder(&self.vcenter, 0)
            .subject("CN=sps-extension, C=US, ST=California, L=Palo Alto, O=VMware, OU=VMware Engineering")
            .key(self.key(Whose::Sms));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
    }
}

fn read(made: &Cert) -> Certificate {
    Certificate::from_der(made.der()).expect("the library reads what the factory makes")
}
