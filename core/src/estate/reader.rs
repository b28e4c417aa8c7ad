//! A folder of exports becomes an estate: paths and bytes in, facts out.

mod other_stores;
mod presented;
mod unplaced;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::headless::drop_headless;
use super::json::is_estate;
use super::layout::{self, Kind, Slot};
use super::merge::merge_store;
use super::records::{self, HostFacts, VCenterFacts};
use super::{Estate, Held, Host, SmsStore, StorageProvider, StoreContent, VCenter};
use crate::cert::{Certificate, Pool};
use crate::store::{
    Anchor, EMPTY_ROOTS, Found, IN_USE, Place, Reading, Shape, TRUSTED_ROOTS, TrustStore, Unreadable, read_sniffed,
};

/// Gathers the files of a folder into an [`Estate`]. Opens nothing itself.
///
/// ```
/// let root = include_bytes!("../../../tests/data/vmca-root.pem");
/// let mut reader = vitrust::estate::EstateReader::new("lab");
/// reader.add("vc01/trusted-roots.pem", root);
/// let estate = reader.finish();
/// assert_eq!(&*estate.vcenters[0].name, "vc01");
/// ```
#[derive(Debug)]
pub struct EstateReader {
    estate: Estate,
    pool: Pool,
    /// The name of a vCenter whose files lie at the top.
    top: String,
    /// Positions of vCenters by their folder.
    folders: BTreeMap<String, usize>,
    /// Positions of hosts by the vCenter's position and their folder.
    host_folders: BTreeMap<(usize, String), usize>,
    /// Whether the file being read is what vCenter serves to anybody.
    is_download: bool,
    /// The files that are parts of which there is one, with the rank of their names.
    holders: BTreeMap<Seat, (usize, String)>,
    /// Files of stores in which nothing could be read.
    failed: Vec<(Seat, Unreadable)>,
}

/// A part of which there is one: of a vCenter, or of one of its hosts.
type Seat = (usize, Option<usize>, Kind);

/// The rank of a file whose name does not say what it is: any that does goes before.
const UNNAMED: usize = usize::MAX;

impl EstateReader {
    /// A reader; `top` names the vCenter whose files lie at the top of the folder.
    #[must_use]
    pub fn new(top: &str) -> Self {
        Self {
            estate: Estate::default(),
            pool: Pool::new(),
            top: top.to_owned(),
            folders: BTreeMap::new(),
            host_folders: BTreeMap::new(),
            is_download: false,
            holders: BTreeMap::new(),
            failed: Vec::new(),
        }
    }

    /// Takes in one file of the folder. `path` is relative to the folder, with `/` or `\` between its parts. What
    /// cannot be read, and what fits nowhere, is kept in the estate with its reason.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        match layout::slot(path) {
            Some(slot) => self.fill(slot, path, bytes),
            None => self.unplaced(path, bytes),
        }
    }

    /// Takes in a trust store that was read already, as TRUSTED_ROOTS of the top vCenter, with what of it could not be read.
    /// `source` is what places without a name call it.
    pub fn add_store(&mut self, source: &str, store: &TrustStore) {
        let anchor = |anchor: &Anchor| Found { value: anchor.certificate.clone(), place: anchor.place.clone() };
        let reading = Reading {
            certificates: store.anchors().iter().map(anchor).collect(),
            crls: store.crls().to_vec(),
            dumped: store.dumped().to_vec(),
            unreadable: store.unreadable().to_vec(),
            ..Reading::default()
        };
        self.is_download = false;
        let vcenter = self.vcenter(None);
        self.trusted_roots(vcenter, reading, source);
    }

    /// Takes in what the files of a folder hold, as TRUSTED_ROOTS of the vCenter whose folder it lies in. `is_download` says that
    /// anybody may have sent it.
    pub(crate) fn add_anchors(&mut self, path: &str, reading: Reading, is_download: bool) {
        let vcenter = self.vcenter(layout::owner(path));
        self.is_download = is_download;
        self.trusted_roots(vcenter, reading, if path.is_empty() { "certs" } else { path });
    }

    /// Takes in the store TRUSTED_ROOTS of a vCenter.
    fn trusted_roots(&mut self, vcenter: usize, mut reading: Reading, source: &str) {
        // vCenter's own root is always there: a listing without any did not see it.
        if reading.is_empty() {
            let place = Place { source: Some(source.into()), ..Place::default() };
            reading.unreadable.push(Unreadable { place, reason: EMPTY_ROOTS.to_owned() });
        }
        let content = self.estate.store_content(reading, source);
        let unverified =
            if self.is_download { content.certificates.iter().copied().collect() } else { BTreeSet::new() };
        let content = StoreContent { unverified, ..content };
        let Estate { vcenters, certificates, .. } = &mut self.estate;
        merge_store(&mut vcenters[vcenter].trusted_roots, content, certificates);
    }

    /// Takes in what the VECS store SMS of the top vCenter holds; `source` is what places call it.
    #[cfg(feature = "net")]
    pub(crate) fn add_sms(&mut self, source: &str, bytes: &[u8]) {
        let vcenter = self.vcenter(None);
        let seat = (vcenter, None, Kind::Sms);
        if let Some(reading) = self.read(bytes, source, Some(&seat)) {
            self.certificates(seat, UNNAMED, reading, source);
        }
    }

    /// Takes in a single file of any supported shape. Its name decides if it is one of the layout's; otherwise a
    /// listing of VECS goes store by store, a chain that begins with an end-entity certificate is a machine SSL
    /// certificate, and all others are a store.
    pub fn add_alone(&mut self, name: &str, bytes: &[u8]) {
        if is_estate(bytes) {
            return self.merge_json(name, bytes);
        }
        if let Some(slot) = layout::alone(name) {
            return self.fill(slot, name, bytes);
        }
        let Some(reading) = self.read(bytes, name, None) else { return };
        let mut ca = reading.certificates.iter().map(|found| found.value.is_ca());
        let named = !vecs_stores(&reading).is_empty();
        let presented =
            !named && ca.next() == Some(false) && ca.all(|ca| ca) && !reading.certificates[0].value.is_self_issued();
        let end_entities = || reading.certificates.iter().filter(|found| !found.value.is_ca());
        let issued = end_entities().filter(|found| !found.value.is_self_issued()).count();
        // A host's castore.pem has self-signed certificates of SPS beside its roots, so those count only among themselves.
        let alone = end_entities().count() == reading.certificates.len();
        let in_use = !named && (issued > 1 || (alone && reading.certificates.len() > 1));
        let kind = match (presented, in_use) {
            (true, _) => Kind::MachineSsl,
            // Several servers' certificates are in use, and no anchors that could be removed.
            (false, true) => Kind::Store(IN_USE),
            (false, false) => Kind::TrustedRoots,
        };
        let vcenter = self.vcenter(None);
        self.certificates((vcenter, None, kind), UNNAMED, reading, name);
    }

    /// Keeps the reason why a file could not be given to [`add`](Self::add).
    pub fn refuse(&mut self, path: &str, reason: impl Into<String>) {
        let place = Place { source: Some(path.into()), ..Place::default() };
        self.estate.unreadable.push(Unreadable { place, reason: reason.into() });
    }

    /// The estate: vCenters, hosts and providers sorted by name.
    #[must_use]
    pub fn finish(self) -> Estate {
        let mut estate = self.estate;
        for (seat, failed) in self.failed {
            let Some(store) = unread_of(&mut estate, &seat) else { continue };
            store.push(failed.clone());
            estate.unreadable.retain(|one| *one != failed);
        }
        estate.drop_known_dumps();
        estate.sort();
        estate
    }

    fn fill(&mut self, slot: Slot, path: &str, bytes: &[u8]) {
        if slot.kind == Kind::Estate {
            return self.merge_json(path, bytes);
        }
        let vcenter = self.vcenter(slot.vcenter.as_deref());
        let host = slot.host.map(|host| self.host(vcenter, &host));
        match slot.kind {
            Kind::VCenterFacts => self.vcenter_facts(vcenter, path, bytes),
            Kind::HostFacts => self.host_facts(vcenter, host, path, bytes),
            Kind::Providers => self.providers(vcenter, path, bytes),
            kind => {
                let seat = (vcenter, host, kind);
                if let Some(reading) = self.read(bytes, path, Some(&seat)) {
                    self.certificates(seat, slot.rank, reading, path);
                }
            }
        }
    }

    /// What a file holds; `seat` is the part that it belongs to.
    fn read(&mut self, bytes: &[u8], source: &str, seat: Option<&Seat>) -> Option<Reading> {
        match read_sniffed(bytes, source, &mut self.pool) {
            Ok((shape, reading)) => {
                self.is_download = shape == Shape::DownloadZip;
                Some(reading)
            }
            Err(error) => {
                let place = Place { source: Some(source.into()), ..Place::default() };
                let failed = Unreadable { place, reason: error.reason().to_string() };
                self.failed.extend(seat.map(|seat| (seat.clone(), failed.clone())));
                self.estate.unreadable.push(failed);
                None
            }
        }
    }

    fn vcenter(&mut self, folder: Option<&str>) -> usize {
        let name = folder.unwrap_or(&self.top);
        if let Some(index) = self.folders.get(name) {
            return *index;
        }
        let index = self.estate.vcenters.len();
        let source = folder.map(Arc::from);
        self.folders.insert(name.to_owned(), index);
        self.estate.vcenters.push(VCenter { name: name.into(), source, ..VCenter::default() });
        index
    }

    fn host(&mut self, vcenter: usize, folder: &str) -> usize {
        let hosts = &mut self.estate.vcenters[vcenter].hosts;
        *self.host_folders.entry((vcenter, folder.to_owned())).or_insert_with(|| {
            hosts.push(Host { name: folder.into(), source: Some(folder.into()), ..Host::default() });
            hosts.len() - 1
        })
    }

    fn certificates(&mut self, seat: Seat, rank: usize, reading: Reading, path: &str) {
        let (vcenter, host, kind) = seat.clone();
        match kind {
            // The file's name says one store, its content another or several.
            Kind::TrustedRoots if vecs_stores(&reading).iter().any(|store| *store != TRUSTED_ROOTS) => {
                self.all_stores(vcenter, reading, path);
            }
            Kind::MachineSsl if vecs_stores(&reading).iter().any(|store| *store != "MACHINE_SSL_CERT") => {
                self.all_stores(vcenter, reading, path);
            }
            Kind::TrustedRoots => self.trusted_roots(vcenter, reading, path),
            Kind::Castore => {
                let content = self.estate.store_content(reading, path);
                let Estate { vcenters, certificates, .. } = &mut self.estate;
                if let Some(host) = host.and_then(|host| vcenters[vcenter].hosts.get_mut(host)) {
                    merge_store(&mut host.castore, content, certificates);
                }
            }
            Kind::Sms => self.sms(vcenter, reading, None),
            Kind::SmsEntry(alias) => self.sms(vcenter, reading, Some(alias)),
            Kind::AllStores => self.all_stores(vcenter, reading, path),
            Kind::Store(_) if !vecs_stores(&reading).is_empty() => self.all_stores(vcenter, reading, path),
            Kind::Store(name) => self.entry_store(vcenter, &name.into(), reading, path),
            Kind::VmcaRoot => {
                let held = self.held(reading, path);
                self.put((seat, rank), path, held, |estate| &mut estate.vcenters[vcenter].vmca_root);
            }
            Kind::MachineSsl => {
                let chain = self.presented(reading, path);
                self.put((seat, rank), path, chain, |estate| &mut estate.vcenters[vcenter].machine_ssl);
            }
            Kind::Https | Kind::Iofilter => {
                let chain = self.presented(reading, path);
                let Some(host) = host else { return };
                let https = kind == Kind::Https;
                self.put((seat, rank), path, chain, |estate| {
                    let host = &mut estate.vcenters[vcenter].hosts[host];
                    if https { &mut host.https } else { &mut host.iofilter }
                });
            }
            Kind::ProviderCertificate(name) => {
                let held = self.held(reading, path);
                let number = self.provider(vcenter, &name.into());
                self.put((seat, rank), path, held, |estate| {
                    &mut estate.vcenters[vcenter].storage_providers[number].certificate
                });
            }
            Kind::VCenterFacts | Kind::HostFacts | Kind::Providers | Kind::Estate => (),
        }
    }

    /// Puts a value into a part of which there is one. Of two files the one whose name comes first in the layout is the
    /// part, and the other is reported, not lost.
    fn put<T>(
        &mut self,
        (seat, rank): (Seat, usize),
        path: &str,
        value: Option<T>,
        part: impl FnOnce(&mut Estate) -> &mut Option<T>,
    ) {
        let Some(value) = value else { return };
        let part = part(&mut self.estate);
        let (taken, holder) = (part.is_some(), self.holders.get(&seat));
        if taken && holder.is_none_or(|(held, _)| *held <= rank) {
            let other = holder.map_or("another file in the folder", |(_, other)| other);
            let reason = format!("not used: {other} already provides this part");
            return self.refuse(path, reason);
        }
        *part = Some(value);
        if let Some((_, earlier)) = self.holders.insert(seat, (rank, path.to_owned())) {
            self.refuse(&earlier, format!("not used: {path} provides this part, by the order of names in the layout"));
        }
    }

    /// Entries of the SMS store. Bare PEM without aliases is told apart by what SPS makes: `sms_self_signed` is
    /// self-signed and no CA, `sps-extension` is issued by VMCA.
    fn sms(&mut self, vcenter: usize, mut reading: Reading, alias: Option<&str>) {
        drop_headless(&mut reading);
        let source = reading.certificates.first().and_then(|found| found.place.source.clone());
        // A listing names its entries. Single exports and bare PEM do not say what else there is.
        let listed = alias.is_none() && reading.certificates.iter().all(|found| found.place.alias.is_some());
        let mut entries: Vec<(Arc<str>, Found<Certificate>)> = Vec::new();
        for found in reading.certificates {
            let named = alias.map(Arc::from).or_else(|| found.place.alias.clone());
            let guess = || match entries.last() {
                Some((last, _)) if found.value.is_ca() => Arc::clone(last),
                Some(_) | None if found.value.is_self_issued() => "sms_self_signed".into(),
                Some(_) | None => "sps-extension".into(),
            };
            let named = named.unwrap_or_else(guess);
            entries.push((named, found));
        }
        self.unused_crls(reading.crls);
        let digests: Vec<_> = entries.iter().map(|(_, found)| self.estate.add_certificate(&found.value)).collect();
        let sms = self.estate.vcenters[vcenter].sms.get_or_insert_with(SmsStore::default);
        sms.source = sms.source.take().or(source);
        sms.is_whole |= listed;
        for ((alias, found), sha256) in entries.into_iter().zip(digests) {
            let chain = match &*alias {
                "sms_self_signed" => sms.sms_self_signed.get_or_insert_default(),
                "sps-extension" => sms.sps_extension.get_or_insert_default(),
                _ => sms.others.entry(alias).or_default(),
            };
            if chain.certificates.is_empty() {
                chain.place = found.place;
            }
            if !chain.certificates.contains(&sha256) {
                chain.certificates.push(sha256);
            }
        }
        sms.dumped.extend(reading.dumped.into_iter().map(|mut found| {
            found.place.alias = found.place.alias.or_else(|| alias.map(Arc::from));
            found
        }));
        sms.unreadable.extend(reading.unreadable);
    }

    fn vcenter_facts(&mut self, vcenter: usize, path: &str, bytes: &[u8]) {
        match records::from_json::<VCenterFacts>(bytes) {
            Ok(facts) => {
                let vcenter = &mut self.estate.vcenters[vcenter];
                vcenter.name = facts.name.unwrap_or_else(|| Arc::clone(&vcenter.name));
                vcenter.version = facts.version.or(vcenter.version.take());
                vcenter.sso_domain = facts.sso_domain.or(vcenter.sso_domain.take());
                vcenter.certificate_mode = facts.certificate_mode.or(vcenter.certificate_mode);
            }
            Err(reason) => self.refuse(path, reason),
        }
    }

    fn host_facts(&mut self, vcenter: usize, host: Option<usize>, path: &str, bytes: &[u8]) {
        match records::from_json::<HostFacts>(bytes) {
            Ok(facts) => {
                if let Some(host) = host.and_then(|host| self.estate.vcenters[vcenter].hosts.get_mut(host)) {
                    host.name = facts.name.unwrap_or_else(|| Arc::clone(&host.name));
                    host.version = facts.version.or(host.version.take());
                    host.pinned_thumbprint = facts.pinned_thumbprint.or(host.pinned_thumbprint);
                }
            }
            Err(reason) => self.refuse(path, reason),
        }
    }

    fn provider(&mut self, vcenter: usize, name: &Arc<str>) -> usize {
        let providers = &mut self.estate.vcenters[vcenter].storage_providers;
        providers.iter().position(|provider| provider.name == *name).unwrap_or_else(|| {
            providers.push(StorageProvider { name: Arc::clone(name), ..StorageProvider::default() });
            providers.len() - 1
        })
    }

    fn providers(&mut self, vcenter: usize, path: &str, bytes: &[u8]) {
        let list = match records::providers(bytes) {
            Ok(list) => list,
            Err(reason) => return self.refuse(path, reason),
        };
        for unknown in list.unknown {
            self.refuse(path, unknown);
        }
        for record in list.records {
            let record = match record {
                Ok(record) => record,
                Err(reason) => {
                    self.refuse(path, reason);
                    continue;
                }
            };
            let number = self.provider(vcenter, &record.name);
            let held = match record.certificate {
                Some(Ok(certificate)) => {
                    let place = Place { source: Some(path.into()), ..Place::default() };
                    Some(Held { certificate: self.estate.add_certificate(&certificate), place })
                }
                Some(Err(reason)) => {
                    self.refuse(path, format!("storage provider {}: {reason}", record.name));
                    None
                }
                None => None,
            };
            for problem in &record.problems {
                self.refuse(path, format!("storage provider {}: {problem}", record.name));
            }
            let provider = &mut self.estate.vcenters[vcenter].storage_providers[number];
            if provider.source.as_deref() == Some(path) {
                self.refuse(path, format!("storage provider {}: the name occurs more than once", record.name));
                continue;
            }
            provider.url = record.url.or(provider.url.take());
            provider.status = record.status.or(provider.status.take());
            provider.certificate = held.or(provider.certificate.take());
            provider.source = Some(path.into());
        }
    }

    fn merge_json(&mut self, path: &str, bytes: &[u8]) {
        match Estate::from_json(bytes) {
            Ok(estate) => self.estate.merge(estate),
            Err(error) => self.refuse(path, error.to_string()),
        }
    }
}

/// What could not be read of the store that a file in which nothing could be read is joined with: it is not whole then. `None`
/// where there is nothing else of it, so that it is unknown anyway.
fn unread_of<'e>(estate: &'e mut Estate, (vcenter, host, kind): &Seat) -> Option<&'e mut Vec<Unreadable>> {
    let vcenter = &mut estate.vcenters[*vcenter];
    match kind {
        // The listing of all stores has this one in it.
        Kind::TrustedRoots | Kind::AllStores => vcenter.trusted_roots.as_mut().map(|store| &mut store.unreadable),
        Kind::Castore => {
            let host = host.and_then(|host| vcenter.hosts.get_mut(host));
            host.and_then(|host| host.castore.as_mut()).map(|store| &mut store.unreadable)
        }
        Kind::Sms | Kind::SmsEntry(_) => vcenter.sms.as_mut().map(|sms| &mut sms.unreadable),
        Kind::Store(name) => vcenter.stores.get_mut(&Arc::from(&**name)).map(|store| &mut store.unreadable),
        _ => None,
    }
}

/// The stores that a reading names, each once.
fn vecs_stores(reading: &Reading) -> BTreeSet<&str> {
    let certificates = reading.certificates.iter().map(|found| &found.place);
    let places = certificates.chain(reading.dumped.iter().map(|found| &found.place));
    let places = places.chain(reading.unreadable.iter().map(|block| &block.place));
    let places = places.chain(reading.without_certificate.iter().map(|entry| &entry.place));
    places.filter_map(|place| place.store.as_deref()).collect()
}
