//! Trusted roots twice: the objects of the directory, and the VECS store TRUSTED_ROOTS that follows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use vitrust::{Certificate, TrustStore};
use vitrust_factory::Hash;

use crate::der;
use crate::pki::Root;

/// A CA object of the directory.
#[derive(Clone)]
pub(crate) struct Published {
    /// The CA, and where a chain was published the CAs above it.
    pub(crate) chain: Vec<Certificate>,
    /// Its revocation list, PEM, which stands beside the certificate in one text.
    pub(crate) crl: Option<Arc<str>>,
}

/// Both stores.
#[derive(Clone, Default)]
pub(crate) struct Trust {
    /// By id: uppercase hexadecimal subject key identifier, unless the publisher chose another.
    pub(crate) directory: BTreeMap<String, Published>,
    /// TRUSTED_ROOTS by alias: lowercase SHA-1 of the certificate.
    pub(crate) vecs: BTreeMap<String, Certificate>,
    /// TRUSTED_ROOT_CRLS.
    pub(crate) vecs_crls: Vec<Arc<str>>,
}

/// Why a chain was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AddRootError {
    Exists(String),
    NotCa(String),
    NoRoot(String),
    Empty,
}

impl Trust {
    pub(crate) fn of(roots: &[&Root]) -> Self {
        let mut trust = Self::default();
        roots.iter().for_each(|root| trust.add(root));
        trust
    }

    /// Publishes a root of VMCA with its revocation list.
    pub(crate) fn add(&mut self, root: &Root) {
        let published = Published { chain: vec![root.certificate.clone()], crl: Some(Arc::clone(&root.crl_pem)) };
        self.directory.insert(directory_id(&root.certificate), published);
        self.synchronize();
    }

    /// Copies the directory into VECS, as VMAFD does every few minutes: what was only removed from VECS comes back.
    pub(crate) fn synchronize(&mut self) {
        let all = self.directory.values().flat_map(|published| &published.chain);
        self.vecs = all.map(|certificate| (certificate.sha1().to_string(), certificate.clone())).collect();
        self.vecs_crls = self.directory.values().filter_map(|published| published.crl.clone()).collect();
    }

    /// Publishes a chain, the CA nearest to the end-entity first.
    pub(crate) fn publish(&mut self, chain: Vec<Certificate>, id: Option<&str>) -> Result<String, AddRootError> {
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return Err(AddRootError::Empty) };
        if let Some(end_entity) = chain.iter().find(|certificate| !is_ca(certificate)) {
            return Err(AddRootError::NotCa(end_entity.subject().to_string()));
        }
        if !last.is_self_issued() {
            return Err(AddRootError::NoRoot(last.subject().to_string()));
        }
        let id = id.map_or_else(|| directory_id(first), str::to_owned);
        // A root that was issued again with its key has the same id.
        if self.directory.contains_key(&id) {
            return Err(AddRootError::Exists(id));
        }
        self.directory.insert(id.clone(), Published { chain, crl: None });
        self.synchronize();
        Ok(id)
    }

    /// Removes an object of the directory; VECS follows. `false` if there is none.
    pub(crate) fn unpublish(&mut self, id: &str) -> bool {
        let found = self.directory.remove(id).is_some();
        self.synchronize();
        found
    }

    /// Removes a certificate from VECS alone. `false` if there is none.
    pub(crate) fn delete_from_vecs(&mut self, alias: &str) -> bool {
        self.vecs.remove(alias).is_some()
    }

    /// What the services of vCenter trust.
    pub(crate) fn store(&self) -> TrustStore {
        TrustStore::from_certificates(self.vecs.values().cloned())
    }
}

fn is_ca(certificate: &Certificate) -> bool {
    let signs = certificate.extensions().key_usage.is_none_or(|usage| usage.names().contains(&"keyCertSign"));
    certificate.is_ca() && signs
}

/// The id a root gets by itself.
fn directory_id(certificate: &Certificate) -> String {
    let id = match certificate.subject_key_id() {
        Some(id) => id.to_string(),
        // Without the extension the directory takes a digest of the whole SubjectPublicKeyInfo.
        None => {
            vitrust::thumbprint::hex(&Hash::Sha1.digest(der::public_key_info(certificate.der()).unwrap_or_default()))
        }
    };
    id.to_uppercase()
}
