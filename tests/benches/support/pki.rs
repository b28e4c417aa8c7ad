//! The certificates the benches work on.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use vitrust::{Certificate, TrustStore};
use vitrust_factory::{AT, Cert, Key};

/// Which keys a chain has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Leaf and intermediate RSA-2048, root RSA-3072.
    Rsa,
    /// ECDSA P-256 throughout.
    P256,
}

/// A presented chain of two and a store that holds its root in the middle.
pub(crate) struct Scene {
    pub(crate) chain: Vec<Certificate>,
    pub(crate) store: TrustStore,
    pub(crate) ders: Vec<CertificateDer<'static>>,
    roots: Vec<CertificateDer<'static>>,
}

impl Scene {
    /// `count` anchors with one subject each or one for all.
    pub(crate) fn new(kind: Kind, count: u64, one_subject: bool) -> Self {
        let (root_key, intermediate_key, server_key) = match kind {
            Kind::Rsa => (Key::rsa3072(0), Key::rsa2048(0), Key::rsa2048(1)),
            Kind::P256 => (Key::p256(1), Key::p256(2), Key::p256(3)),
        };
        let subject = |n: u64| match one_subject {
            true => {
                "CN=CA, DC=vsphere, DC=local, C=US, ST=California, O=vc.lab.example, OU=VMware Engineering".to_owned()
            }
            false => {
                format!(
                    "CN=CA, DC=vsphere, DC=local, C=US, ST=California, O=vc{n:04}.lab.example, OU=VMware Engineering"
                )
            }
        };
        let root = Cert::ca(subject(count / 2).as_str()).key(root_key).self_signed();
        let intermediate = Cert::ca("CN=Issuing CA, O=Lab").key(intermediate_key).path_length(0).issued_by(&root);
        let server = Cert::end_entity("CN=vc01.lab.example").dns("vc01.lab.example").key(server_key);
        let server = server.issued_by(&intermediate);
        let other = |n: u64| {
            let key = match kind {
                Kind::Rsa => Key::rsa_public(&modulus(n), &[1, 0, 1]),
                Kind::P256 => Key::p256(1_000 + n),
            };
            // Nobody checks the signature of an anchor, so it need not be made.
            Cert::ca(subject(n).as_str()).key(key).signature(&[0x5a; 64]).self_signed()
        };
        let roots: Vec<Cert> = (0..count).map(|n| if n == count / 2 { root.clone() } else { other(n) }).collect();
        let certificate = |cert: &Cert| Certificate::from_der(cert.der()).expect("the factory's certificates parse");
        let owned = |cert: &Cert| CertificateDer::from(cert.der().to_vec());
        Self {
            chain: [&server, &intermediate].map(certificate).to_vec(),
            store: TrustStore::from_certificates(roots.iter().map(certificate)),
            ders: [&server, &intermediate].map(owned).to_vec(),
            roots: roots.iter().map(owned).collect(),
        }
    }

    /// The store as rustls-webpki takes it.
    pub(crate) fn anchors(&self) -> Vec<TrustAnchor<'_>> {
        self.roots.iter().map(|der| webpki::anchor_from_trusted_cert(der).expect("an anchor")).collect()
    }
}

/// 3,072 bits that look like a modulus, other ones for each `n`.
fn modulus(n: u64) -> Vec<u8> {
    let mut state = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(384);
    while bytes.len() < 384 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_be_bytes());
    }
    bytes[0] |= 0x80;
    bytes[383] |= 1;
    bytes
}

/// What rustls-webpki says, with ring's algorithms: end-entity certificate parsed, then verified for a server.
pub(crate) fn webpki_trusts(ders: &[CertificateDer<'_>], anchors: &[TrustAnchor<'_>]) -> bool {
    let Ok(end_entity) = webpki::EndEntityCert::try_from(&ders[0]) else { return false };
    let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(AT).expect("after 1970")));
    let usage = webpki::KeyUsage::server_auth();
    end_entity.verify_for_usage(webpki::ALL_VERIFICATION_ALGS, anchors, &ders[1..], at, usage, None, None).is_ok()
}
