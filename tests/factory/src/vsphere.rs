//! Certificates as a vSphere estate has them: VMCA roots, machine and host certificates, SPS's own.

use crate::builder::CertBuilder;
use crate::cert::{AuthorityKeyId, Cert, SubjectKeyId};
use crate::extension::Usage;
use crate::key::Key;
use crate::time::Time;

/// The root a vCenter's VMCA makes for itself, with the subject of vCenter 8 and the host name as organisation.
///
/// `n` picks the RSA-2048 key: the same name with another `n` is the case of a regenerated root.
pub fn vmca_root(vcenter: &str, n: usize) -> Cert {
    vmca_root_builder(vcenter, n).self_signed()
}

/// The builder behind [`vmca_root`], for roots with other dates.
pub fn vmca_root_builder(vcenter: &str, n: usize) -> CertBuilder {
    let subject = format!("CN=CA, DC=vsphere, DC=local, C=US, ST=California, O={vcenter}, OU=VMware Engineering");
    Cert::ca(subject).key(Key::rsa2048(n))
}

/// The machine certificate of a vCenter, issued by its VMCA.
pub fn machine_ssl(vcenter: &str, n: usize, root: &Cert) -> Cert {
    machine_ssl_builder(vcenter, n).issued_by(root)
}

/// The builder behind [`machine_ssl`].
pub fn machine_ssl_builder(vcenter: &str, n: usize) -> CertBuilder {
    let subject = format!("CN={vcenter}, C=US, ST=California, L=Palo Alto, O=VMware, OU=VMware Engineering");
    Cert::bare(subject)
        .key(Key::rsa2048(n))
        .key_usage(&[Usage::DigitalSignature, Usage::NonRepudiation, Usage::KeyEncipherment])
        .subject_key_id(SubjectKeyId::Auto)
        .authority_key_id(AuthorityKeyId::Auto)
        .dns(vcenter)
        .ca_issuers(&format!("https://{vcenter}/afd/vecs/ca"))
        .validity("2025-01-01", "2027-01-01")
}

/// The certificate of an ESXi host, issued by a VMCA for five years.
pub fn host_certificate(host: &str, n: usize, root: &Cert) -> Cert {
    host_certificate_builder(host, n).issued_by(root)
}

/// The builder behind [`host_certificate`].
pub fn host_certificate_builder(host: &str, n: usize) -> CertBuilder {
    let subject = format!(
        "CN={host}, C=US, ST=California, L=Palo Alto, O=VMware, OU=VMware Engineering, emailAddress=vmca@vmware.com"
    );
    Cert::bare(subject)
        .key(Key::rsa2048(n))
        .key_usage(&[Usage::DigitalSignature, Usage::NonRepudiation, Usage::KeyEncipherment])
        .subject_key_id(SubjectKeyId::Auto)
        .authority_key_id(AuthorityKeyId::Auto)
        .dns(host)
        .validity("2025-01-01", "2030-01-01")
}

/// The certificate the storage policy service makes for itself: self-signed and without any extension.
///
/// It was made at `created` (seconds since 1970): that moment is its name and, in milliseconds, its serial
/// number; it is valid from one year before to ten years after.
pub fn sms_self_signed(created: i64, n: usize) -> Cert {
    const YEAR: i64 = 365 * 86_400;
    let digits: String = String::from_utf8_lossy(&Time::Utc(created).der()[2..14]).into_owned();
    let milliseconds = u64::try_from(created).expect("a time after 1970").saturating_mul(1000);
    Cert::bare(format!("O=VMware, CN=SMS-{digits}000"))
        .key(Key::rsa2048(n))
        .serial(milliseconds)
        .validity(created - YEAR, created + 10 * YEAR)
        .self_signed()
}
