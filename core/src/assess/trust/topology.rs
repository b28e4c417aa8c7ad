//! An estate prepared for questions of trust: who presents what to whom, with every chain and store numbered.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;

use super::super::engine::bits::BitSet;
use super::super::engine::contents::{ChainId, Contents, StoreId};
use super::super::engine::judge::{Engine, Judge};
use super::sps::SpsClient;
use crate::cert::Certificate;
use crate::estate::{
    CertificateMode, Host, PresentedChain, Resolved, SmsStore, SsoParty, StoreContent, VCenter, comparable_host,
    url_host, url_port,
};
use crate::thumbprint::{Fingerprint, Thumbprint};

/// The links of an estate. Built once, then used for edges, matrix, additions and forecast; the answers share what
/// was computed for the others.
pub struct Topology {
    pub(crate) judge: Judge,
    pub(crate) vcenters: Vec<VCenterLinks>,
    pub(crate) parties: Vec<PartyLinks>,
}

/// A store and what is unknown about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StoreLink {
    pub(crate) id: StoreId,
    /// How many entries are known from a dump only.
    pub(crate) dumped: usize,
    /// How many entries or blocks could not be read.
    pub(crate) unreadable: usize,
}

impl StoreLink {
    /// How many entries are there without their bytes: no path can be shown to end in them, or not to.
    pub(crate) const fn unknown(self) -> usize {
        self.dumped + self.unreadable
    }
}

/// What vCenter has pinned in the SMS store.
#[derive(Debug)]
pub(crate) struct Pins {
    /// The end-entity certificates of the entries for addresses, by host and port.
    entries: HashMap<(String, u16), Vec<Fingerprint>>,
    /// Whether the whole store was read, so that what is not among the entries is not there.
    is_whole: bool,
}

impl Pins {
    /// Whether this certificate is pinned for this address; `None` where an entry that was not read may say so.
    pub(crate) fn holds(&self, host: &str, port: u16, certificate: Fingerprint) -> Option<bool> {
        let entries = self.entries.get(&(comparable_host(host), port)).map_or(&[][..], Vec::as_slice);
        // Without an entry SPS has nothing to compare with and refuses.
        let held = entries.contains(&certificate);
        (held || self.is_whole).then_some(held)
    }
}

#[derive(Debug)]
pub(crate) struct VCenterLinks {
    pub(crate) name: Arc<str>,
    pub(crate) mode: Option<CertificateMode>,
    pub(crate) machine: Option<ChainId>,
    pub(crate) roots: Option<StoreLink>,
    pub(crate) sms_self_signed: Option<ChainId>,
    pub(crate) sps_extension: Option<ChainId>,
    /// What the SMS store holds for addresses; `None` without an SMS store.
    pub(crate) pinned: Option<Pins>,
    pub(crate) hosts: Vec<HostLinks>,
}

#[derive(Debug)]
pub(crate) struct HostLinks {
    pub(crate) name: Arc<str>,
    /// Which certificate SPS shows to it.
    pub(crate) sps: SpsClient,
    pub(crate) https: Option<ChainId>,
    pub(crate) iofilter: Option<ChainId>,
    pub(crate) castore: Option<StoreLink>,
    /// What vCenter has pinned for port 443 in thumbprint mode.
    pub(crate) pinned: Option<Thumbprint>,
}

/// The vCenters that share one TRUSTED_ROOTS.
#[derive(Debug)]
pub(crate) struct PartyLinks {
    pub(crate) sso_domain: Option<String>,
    /// Positions in [`Topology::vcenters`].
    pub(crate) members: Vec<usize>,
    /// The union of the members' stores: VMDIR replicates them, so an entry missing at one member arrives there.
    pub(crate) store: Option<StoreLink>,
    /// The distinct stores of members that are wholly known, where they differ: replication does not work, or they are
    /// of one SSO domain by name only. Then what the union trusts is trusted for sure only if each of these does.
    pub(crate) differing: Vec<StoreLink>,
}

impl PartyLinks {
    /// The union, then the differing stores.
    pub(crate) fn stores(&self) -> impl Iterator<Item = StoreLink> + '_ {
        self.store.into_iter().chain(self.differing.iter().copied())
    }
}

/// What a report is limited to, where it is about some vCenters.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Positions in [`Topology::vcenters`].
    pub(crate) vcenters: BitSet,
    /// The parties they belong to: rows of the matrix.
    pub(crate) rows: BitSet,
}

impl Topology {
    /// The vCenters of these names, and their parties.
    pub(crate) fn asked(&self, names: &[Arc<str>]) -> Asked {
        let is_asked = |number: &usize| names.contains(&self.vcenters[*number].name);
        let vcenters: BitSet = (0..self.vcenters.len()).filter(is_asked).collect();
        let has_asked = |party: &usize| self.parties[*party].members.iter().any(|member| vcenters.contains(*member));
        let rows = (0..self.parties.len()).filter(has_asked).collect();
        Asked { vcenters, rows }
    }

    /// Numbers everything in the estate. Costs two look-ups per copy of a certificate.
    #[must_use]
    pub fn of(resolved: &Resolved<'_>) -> Self {
        let mut contents = Contents::default();
        let vcenters: Vec<VCenterLinks> =
            resolved.estate.vcenters.iter().map(|vcenter| vcenter_links(vcenter, resolved, &mut contents)).collect();
        let parties = parties(&resolved.estate.vcenters, &vcenters, &mut contents);
        let engine = Engine::new(&contents);
        Self { judge: Judge { contents, engine }, vcenters, parties }
    }

    /// The certificate a chain is about.
    pub(crate) fn end_entity(&self, chain: ChainId) -> Option<&Certificate> {
        self.judge.contents.certificates(chain).first()
    }

    /// The number of the party a vCenter belongs to.
    pub(crate) fn party_of(&self, vcenter: &str) -> Option<usize> {
        self.parties
            .iter()
            .position(|party| party.members.iter().any(|member| &*self.vcenters[*member].name == vcenter))
    }
}

fn vcenter_links(vcenter: &VCenter, resolved: &Resolved<'_>, contents: &mut Contents) -> VCenterLinks {
    let label = |what: &str| -> Arc<str> { format!("{what} of {}", vcenter.name).into() };
    if let Some(root) = vcenter.vmca_root.as_ref().and_then(|held| resolved.certificate(held.certificate)) {
        contents.anchor(root, &label("VMCA root"), !vcenter.insecure);
    }
    let machine = chain(vcenter.machine_ssl.as_ref(), &label("machine SSL chain"), resolved, contents);
    let sms = vcenter.sms.as_ref();
    let sms_label = label("SMS store");
    let self_signed = sms.and_then(|sms| sms.sms_self_signed.as_ref());
    let extension = sms.and_then(|sms| sms.sps_extension.as_ref());
    VCenterLinks {
        name: Arc::clone(&vcenter.name),
        mode: vcenter.certificate_mode,
        machine,
        roots: store(vcenter.trusted_roots.as_ref(), &label("TRUSTED_ROOTS"), vcenter.insecure, resolved, contents),
        sms_self_signed: chain(self_signed, &sms_label, resolved, contents),
        sps_extension: chain(extension, &sms_label, resolved, contents),
        pinned: sms.map(pins),
        hosts: vcenter.hosts.iter().map(|host| host_links(vcenter, host, resolved, contents)).collect(),
    }
}

/// One provider may have several entries: SMS has written its address in more than one form.
fn pins(sms: &SmsStore) -> Pins {
    let mut entries: HashMap<(String, u16), Vec<Fingerprint>> = HashMap::new();
    for (alias, chain) in &sms.others {
        if let (Some(host), Some(port), Some(first)) = (url_host(alias), url_port(alias), chain.certificates.first()) {
            entries.entry((comparable_host(host), port)).or_default().push(*first);
        }
    }
    Pins { entries, is_whole: sms.is_known() }
}

fn host_links(vcenter: &VCenter, host: &Host, resolved: &Resolved<'_>, contents: &mut Contents) -> HostLinks {
    let label = |what: &str| -> Arc<str> { format!("{what} of {}", host.name).into() };
    HostLinks {
        name: Arc::clone(&host.name),
        sps: SpsClient::of(vcenter, host),
        https: chain(host.https.as_ref(), &label("port 443"), resolved, contents),
        iofilter: chain(host.iofilter.as_ref(), &label("port 9080"), resolved, contents),
        pinned: host.pinned_thumbprint,
        castore: store(host.castore.as_ref(), &label("castore.pem"), vcenter.insecure, resolved, contents),
    }
}

fn chain(
    presented: Option<&PresentedChain>,
    label: &Arc<str>,
    resolved: &Resolved<'_>,
    contents: &mut Contents,
) -> Option<ChainId> {
    let certificates = resolved.chain(presented?);
    (!certificates.is_empty()).then(|| contents.chain(&certificates, label))
}

fn store(
    content: Option<&StoreContent>,
    label: &Arc<str>,
    insecure: bool,
    resolved: &Resolved<'_>,
    contents: &mut Contents,
) -> Option<StoreLink> {
    // A store of which nothing could be read is unknown, not empty.
    let read = |content: &&StoreContent| {
        !content.certificates.is_empty() || !content.dumped.is_empty() || content.hidden() == 0
    };
    let content = content.filter(read)?;
    let certificates = content.certificates.iter().filter_map(|sha256| resolved.certificate(*sha256));
    let damaged = content.certificates.iter().filter(|sha256| resolved.certificate(**sha256).is_none()).count();
    Some(StoreLink {
        id: contents.store(certificates, label, |sha256| !insecure && content.vouches_for(sha256)),
        dumped: content.dumped.len(),
        unreadable: content.hidden() + damaged,
    })
}

/// Groups vCenters as [`VCenter::shares_sso_domain`] does, without comparing each with each.
fn parties(estate: &[VCenter], vcenters: &[VCenterLinks], contents: &mut Contents) -> Vec<PartyLinks> {
    let mut parties: Vec<PartyLinks> = Vec::new();
    let mut known: HashMap<SsoParty, usize> = HashMap::new();
    for (number, vcenter) in estate.iter().enumerate() {
        let next = parties.len();
        let party = vcenter.sso_party().map_or(next, |key| *known.entry(key).or_insert(next));
        if party == next {
            parties.push(PartyLinks {
                sso_domain: vcenter.sso_domain.clone(),
                members: Vec::new(),
                store: None,
                differing: Vec::new(),
            });
        }
        parties[party].members.push(number);
    }
    for party in &mut parties {
        party.store = union(&party.members, vcenters, contents);
        party.differing = differing(&party.members, vcenters);
    }
    parties
}

fn union(members: &[usize], vcenters: &[VCenterLinks], contents: &mut Contents) -> Option<StoreLink> {
    let stores: Vec<StoreLink> = members.iter().filter_map(|member| vcenters[*member].roots).collect();
    let mut union = contents.members(stores.first()?.id).clone();
    stores.iter().for_each(|store| union.extend(contents.members(store.id)));
    let most = |count: fn(&StoreLink) -> usize| stores.iter().map(count).max().unwrap_or(0);
    let (dumped, unreadable) = (most(|store| store.dumped), most(|store| store.unreadable));
    Some(StoreLink { id: contents.store_of(union), dumped, unreadable })
}

/// The distinct stores of the members, where there are several. One that is not wholly known differs from none.
fn differing(members: &[usize], vcenters: &[VCenterLinks]) -> Vec<StoreLink> {
    let known = members.iter().filter_map(|member| vcenters[*member].roots).filter(|store| store.unknown() == 0);
    let by_id: BTreeMap<StoreId, StoreLink> = known.map(|store| (store.id, store)).collect();
    if by_id.len() > 1 { by_id.into_values().collect() } else { Vec::new() }
}
