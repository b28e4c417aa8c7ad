//! The certificates of one vCenter: VMCA's roots, what they issued, and the storage policy service's own.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use vitrust::{Certificate, Time};
use vitrust_factory::{Cert, Crl, Key, vsphere};

/// Days in a year, near enough for validity periods.
const YEAR: i64 = 365;

/// A certificate with its private key (PKCS#8 DER).
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: Certificate,
    key: Arc<[u8]>,
}

impl Identity {
    fn of(made: &Cert) -> Self {
        Self { certificate: read(made), key: made.key().pkcs8_der().into() }
    }

    /// As the TLS library takes it.
    pub(crate) fn certified(&self) -> Result<Arc<CertifiedKey>, rustls::Error> {
        let chain = vec![CertificateDer::from(self.certificate.der().to_vec())];
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
    Host(usize),
}

impl Maker {
    fn key(&self, whose: Whose) -> Key {
        let number = match whose {
            Whose::FormerRoot => 0,
            Whose::Root => 1,
            Whose::Machine => 2,
            Whose::Sms => 3,
            Whose::Signing => 4,
            Whose::Host(index) => 16 + u64::try_from(index).unwrap_or(u64::MAX >> 24),
        };
        Key::p256(self.seed << 20 | number)
    }

    fn days(&self, from: i64, to: i64) -> (i64, i64) {
        (self.at.plus_days(from).unix(), self.at.plus_days(to).unix())
    }

    /// A VMCA root, valid from and to so many days from now.
    pub(crate) fn root(&self, whose: Whose, from: i64, to: i64) -> Root {
        let (not_before, not_after) = self.days(from, to);
        let made = vsphere::vmca_root_builder(&self.vcenter, 0)
            .key(self.key(whose))
            .validity(not_before, not_after)
            .self_signed();
        let next = self.at.plus_days(30).to_string();
        let crl = Crl::of(&made).dates(self.at.plus_days(-1).unix(), Some(&next)).sign();
        Root { certificate: read(&made), crl_pem: crl.pem().into(), made }
    }

    /// The Machine SSL certificate.
    pub(crate) fn machine(&self, root: &Root) -> Identity {
        let (not_before, not_after) = self.days(-YEAR / 2, YEAR * 3 / 2);
        let builder = vsphere::machine_ssl_builder(&self.vcenter, 0).key(self.key(Whose::Machine));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
    }

    /// A host's certificate. `days_ago` is when it was issued.
    pub(crate) fn host(&self, index: usize, name: &str, root: &Root, days_ago: i64) -> Identity {
        let (not_before, not_after) = self.days(-days_ago, 5 * YEAR - days_ago);
        let builder = vsphere::host_certificate_builder(name, 0).key(self.key(Whose::Host(index)));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
    }

    /// The token signing certificate.
    pub(crate) fn signing(&self, root: &Root) -> Identity {
        let (not_before, not_after) = self.days(-YEAR / 2, YEAR * 3 / 2);
        let builder =
            vsphere::machine_ssl_builder(&self.vcenter, 0).subject("CN=ssoserverSign").key(self.key(Whose::Signing));
        Identity::of(&builder.validity(not_before, not_after).issued_by(&root.made))
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
