//! What a vCenter tells about itself: its certificate mode, its roots, its storage providers and datastores.

use super::datastores::{self, DATASTORES};
use super::facts;
use super::vcenter::VcenterFacts;
use crate::cert::Pool;
use crate::estate::{CertificateMode, EstateReader, STS, StorageProvider, StoreContent};
use crate::net::error::NetError;
use crate::net::inventory::Entry;
use crate::net::vsphere::{DatastoreRecord, ProviderRecord, Session, SigningCertificates, TrustedRoot};
use crate::store::{Place, Unreadable};

/// What the chain that signs tokens is called in a failure.
const SIGNING: &str = "STS signing chain";

/// The answers, before they are parts of an estate.
pub(super) struct Answers {
    version: String,
    mode: Result<Option<String>, NetError>,
    roots: Roots,
    providers: Result<Vec<ProviderRecord>, NetError>,
    datastores: Result<Vec<DatastoreRecord>, NetError>,
    signing: Result<Option<SigningCertificates>, NetError>,
}

/// Where the roots came from.
enum Roots {
    Chains(Vec<TrustedRoot>),
    /// `certs/download.zip`, which needs no login; with the reason why REST gave nothing, unless the version has none.
    Archive(Vec<u8>, Option<NetError>),
    /// Chains of which some are not understood, and the archive, which may have them.
    Both(Vec<TrustedRoot>, Vec<u8>),
    Nothing(NetError),
}

/// Asks for all of it at once.
pub(super) async fn ask(session: &Session, entry: &Entry) -> Answers {
    let providers = async { if entry.providers { session.storage_providers().await } else { Ok(Vec::new()) } };
    let datastores = async { if entry.providers { session.vvol_datastores().await } else { Ok(Vec::new()) } };
    let (mode, roots, providers, datastores, signing) =
        tokio::join!(session.certificate_mode(), roots(session), providers, datastores, signing(session));
    Answers { version: session.about().version.clone(), mode, roots, providers, datastores, signing }
}

/// The chains that sign tokens; none before 7.0.3, where no API tells them.
async fn signing(session: &Session) -> Result<Option<SigningCertificates>, NetError> {
    match session.signing_certificates().await {
        Ok(signing) => Ok(Some(signing)),
        Err(NetError::Unsupported { .. } | NetError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// By REST, or from the archive where REST has no answer.
async fn roots(session: &Session) -> Roots {
    let error = match session.trusted_roots().await {
        // What one entry does not tell the archive may: it has all of them.
        Ok(roots) if roots.iter().any(|root| root.unreadable.is_some()) => {
            return match session.certificate_archive().await {
                Ok(archive) => Roots::Both(roots, archive),
                Err(_) => Roots::Chains(roots),
            };
        }
        Ok(roots) => return Roots::Chains(roots),
        Err(error @ NetError::Cancelled(_)) => return Roots::Nothing(error),
        Err(error) => error,
    };
    match session.certificate_archive().await {
        // Before 7.0 there are no chains in REST, and the archive is where the roots are.
        Ok(archive) if matches!(error, NetError::Unsupported { .. } | NetError::NotFound { .. }) => {
            Roots::Archive(archive, None)
        }
        Ok(archive) => Roots::Archive(archive, Some(error)),
        Err(second) if matches!(error, NetError::Unsupported { .. } | NetError::NotFound { .. }) => {
            Roots::Nothing(second)
        }
        Err(_) => Roots::Nothing(error),
    }
}

impl Answers {
    /// Puts them into the estate.
    pub(super) fn into_found(self, found: &mut VcenterFacts) {
        found.vcenter.version = Some(self.version).filter(|version| !version.is_empty());
        match self.mode {
            Ok(Some(mode)) => match mode_of(&mode) {
                Some(mode) => found.vcenter.certificate_mode = Some(mode),
                None => {
                    let server = found.vcenter.name.to_string();
                    let reason = format!("`{}` is not a certificate mode", mode.escape_debug());
                    let what = "vpxd.certmgmt.mode".to_owned();
                    found.fail("certificate mode", &NetError::Response { server, what, reason });
                }
            },
            Ok(None) => (),
            Err(error) => found.fail("certificate mode", &error),
        }
        match self.roots {
            Roots::Chains(roots) => {
                let store = chains(&roots, found);
                found.hold_roots(store);
            }
            Roots::Both(roots, archive) => {
                let listed = chains(&roots, found);
                let packed = unpack(&archive, found).ok().filter(StoreContent::is_known);
                let has_all = |packed: &StoreContent| {
                    listed.certificates.iter().all(|certificate| packed.certificates.contains(certificate))
                };
                match packed.filter(has_all) {
                    // It has what the list does not tell.
                    Some(packed) => {
                        found.failures.extend(facts::damaged(&found.vcenter.name, "trusted roots", &listed.unreadable));
                        found.vcenter.trusted_roots = Some(packed);
                    }
                    None => found.hold_roots(listed),
                }
            }
            Roots::Archive(archive, why) => {
                // They are all there; that the usual way is closed is told all the same.
                why.iter().for_each(|error| found.fail("trusted roots", error));
                match unpack(&archive, found) {
                    Ok(store) => found.hold_roots(store),
                    Err(error) => found.fail("trusted roots", &error),
                }
            }
            Roots::Nothing(error) => found.fail("trusted roots", &error),
        }
        match self.providers {
            Ok(records) => records.into_iter().for_each(|record| match &record.failure {
                Some(error) => found.fail(&format!("storage provider {}", record.uid), error),
                None => {
                    let provider = provider(found, record);
                    found.vcenter.storage_providers.push(provider);
                }
            }),
            Err(error) => found.fail("storage providers", &error),
        }
        match self.datastores {
            Ok(records) => datastores::hold(&mut found.vcenter, &mut found.failures, records),
            Err(error) => found.fail(DATASTORES, &error),
        }
        match self.signing {
            Ok(Some(signing)) => found.hold_signing(&signing),
            Ok(None) => (),
            Err(error) => found.fail(SIGNING, &error),
        }
    }
}

impl VcenterFacts {
    fn hold_roots(&mut self, store: StoreContent) {
        self.damaged.extend(facts::damaged(&self.vcenter.name, "trusted roots", &store.unreadable));
        self.vcenter.trusted_roots = Some(store);
    }

    /// Every chain whose signatures are accepted, the one in use among them, as the store that an export of it would be.
    fn hold_signing(&mut self, signing: &SigningCertificates) {
        let chains = std::iter::once(&signing.active).chain(&signing.accepted);
        let mut seen = hashbrown::HashSet::new();
        let texts: Vec<&str> = chains.filter(|chain| seen.insert(*chain)).flatten().map(String::as_str).collect();
        let source = format!("{}: signing-certificate", self.vcenter.name);
        if texts.iter().all(|text| text.trim().is_empty()) {
            let (server, what) = (self.vcenter.name.to_string(), "GET signing-certificate".to_owned());
            return self
                .fail(SIGNING, &NetError::Response { server, what, reason: "it has no certificate".to_owned() });
        }
        let mut reader = EstateReader::new(&self.vcenter.name);
        reader.add_sts(&source, texts.join("\n").as_bytes());
        let mut part = reader.finish();
        let store = part.vcenters.first_mut().and_then(|read| read.stores.remove(STS));
        part.vcenters.clear();
        if let Some(store) = store {
            self.damaged.extend(facts::damaged(&self.vcenter.name, SIGNING, &store.unreadable));
            self.vcenter.stores.insert(STS.into(), store);
        }
        self.damaged.extend(facts::damaged(&self.vcenter.name, SIGNING, &part.unreadable));
        self.estate.merge(part);
    }
}

/// The store of the listed chains; what of the list was not understood is unreadable in it.
fn chains(roots: &[TrustedRoot], found: &mut VcenterFacts) -> StoreContent {
    let source = format!("{}: trusted-root-chains", found.vcenter.name);
    let texts = roots.iter().flat_map(|root| root.pem.iter().map(|text| (Some(root.id.as_str()), text.as_str())));
    let mut store = facts::store(&mut found.estate, &mut Pool::new(), &source, texts);
    let odd = roots.iter().filter_map(|root| Some((root, root.unreadable.clone()?)));
    store.unreadable.extend(odd.map(|(root, reason)| {
        let alias = Some(root.id.as_str().into()).filter(|_| !root.id.is_empty());
        Unreadable { place: Place { alias, ..facts::at(&source) }, reason }
    }));
    store
}

fn unpack(archive: &[u8], found: &mut VcenterFacts) -> Result<StoreContent, NetError> {
    let source = format!("{}: certs/download.zip", found.vcenter.name);
    let reading = crate::store::read(archive, &source, &mut Pool::new()).map_err(|error| {
        let (server, what) = (found.vcenter.name.to_string(), "certs/download.zip".to_owned());
        NetError::Response { server, what, reason: error.to_string() }
    })?;
    Ok(found.estate.store_content(reading, &source))
}

fn provider(found: &mut VcenterFacts, record: ProviderRecord) -> StorageProvider {
    let object = format!("storage provider {}", record.name);
    let source = format!("{}: {object}", found.vcenter.name);
    let certificate = match record.certificate.map(|text| facts::held(&mut found.estate, &source, &text)) {
        Some(Ok(held)) => Some(held),
        Some(Err(unreadable)) => {
            found.damaged.extend(facts::damaged(&found.vcenter.name, &object, &[unreadable]));
            None
        }
        None => None,
    };
    StorageProvider {
        uid: Some(record.uid).filter(|uid| !uid.is_empty()),
        name: record.name.as_str().into(),
        url: Some(record.url).filter(|url| !url.is_empty()),
        status: record.status,
        status_fault: record.status_fault,
        certificate,
        source: Some(source.into()),
    }
}

fn mode_of(text: &str) -> Option<CertificateMode> {
    match text {
        "vmca" => Some(CertificateMode::Vmca),
        "custom" => Some(CertificateMode::Custom),
        "thumbprint" => Some(CertificateMode::Thumbprint),
        _ => None,
    }
}
