//! The edges of hosts before they are answered: who is asked about what, and what is not known.

use super::super::engine::contents::ChainId;
use super::super::engine::judge::{Ask, Rules};
use super::edge_kind::EdgeKind;
use super::sps::SpsClient;
use super::topology::{HostLinks, StoreLink, Topology, VCenterLinks};
use crate::cert::Certificate;
use crate::estate::{CertificateMode, IOFILTER_PORT};
use crate::finding::words::count;
use crate::path::Profile;
use crate::path::Trust;

/// One edge of one host before it is answered.
pub(crate) struct OpenEdge {
    pub(crate) kind: EdgeKind,
    /// The position of its vCenter.
    pub(crate) vcenter: usize,
    /// The position of the host in its vCenter.
    pub(crate) host: usize,
    /// The store that decides.
    pub(crate) store: Option<StoreLink>,
    /// The chains that may be presented: one, or two where it is not known which.
    pub(crate) chains: Vec<Option<ChainId>>,
    /// What would have to be known for an answer.
    pub(crate) missing: Vec<String>,
    /// In thumbprint mode: whether the pinned certificate is the presented one; the inner `None` is unknown.
    pub(crate) pinned: Option<Option<bool>>,
}

impl OpenEdge {
    /// The only chain that can be presented, where it is known.
    pub(crate) fn only_chain(&self) -> Option<ChainId> {
        match self.chains.as_slice() {
            [only] => *only,
            _ => None,
        }
    }

    /// The rules by which `profile` decides on this edge.
    pub(crate) const fn rules(&self, profile: Profile) -> Rules {
        Rules { profile, purpose: self.kind.purpose() }
    }

    /// The questions about paths that decide, by `profile`; none where a pinned certificate decides.
    pub(crate) fn asks(&self, profile: Profile) -> impl Iterator<Item = Ask> + '_ {
        let store = self.store.filter(|_| self.pinned.is_none());
        let chains = store.into_iter().flat_map(|store| self.chains.iter().flatten().map(move |chain| (store, chain)));
        chains.map(move |(store, chain)| (*chain, store.id, self.rules(profile)))
    }

    /// The verdict by `profile`, from the answers to its questions. The one place that decides about an edge, now and
    /// at any later time.
    pub(crate) fn verdict(&self, profile: Profile, answer: impl Fn(Ask) -> Option<bool>) -> Trust {
        if let Some(pinned) = self.pinned {
            return match pinned {
                Some(true) => Trust::Trusted,
                Some(false) => Trust::Untrusted,
                None => Trust::Unknown,
            };
        }
        let Some(store) = self.store else { return Trust::Unknown };
        let one = |chain: &Option<ChainId>| match chain.and_then(|chain| answer((chain, store.id, self.rules(profile))))
        {
            Some(true) => Trust::Trusted,
            // A dump or a damaged block may hold what is missing.
            Some(false) if store.unknown() == 0 => Trust::Untrusted,
            Some(false) | None => Trust::Unknown,
        };
        let mut verdicts = self.chains.iter().map(one);
        let first = verdicts.next().unwrap_or(Trust::Unknown);
        // Where it is not known which is presented, only one answer for all of them is an answer.
        if verdicts.all(|verdict| verdict == first) { first } else { Trust::Unknown }
    }
}

impl Topology {
    /// The four edges of every host, in the estate's order.
    pub(crate) fn open_edges(&self) -> Vec<OpenEdge> {
        let mut open = Vec::new();
        for (number, vcenter) in self.vcenters.iter().enumerate() {
            for (host_number, host) in vcenter.hosts.iter().enumerate() {
                for kind in EdgeKind::ALL {
                    open.push(self.open_edge(kind, (number, vcenter), (host_number, host)));
                }
            }
        }
        open
    }

    fn open_edge(
        &self,
        kind: EdgeKind,
        (vcenter_number, vcenter): (usize, &VCenterLinks),
        (host_number, host): (usize, &HostLinks),
    ) -> OpenEdge {
        let (store, label) = match kind.is_from_vcenter() {
            true => (vcenter.roots, format!("TRUSTED_ROOTS of {}", vcenter.name)),
            false => (host.castore, format!("castore.pem of {}", host.name)),
        };
        let (chains, mut missing) = presented(kind, vcenter, host);
        let pinned = self.pinned(kind, vcenter, host, &mut missing);
        if pinned.is_none() {
            missing.extend(store.is_none().then(|| label.clone()));
            missing.extend(
                store
                    .filter(|store| store.dumped > 0)
                    .map(|store| format!("the bytes of {} of {label}, known only from a dump", entries(store.dumped))),
            );
            missing.extend(
                store
                    .filter(|store| store.unreadable > 0)
                    .map(|store| format!("{} of {label}, which could not be read", entries(store.unreadable))),
            );
        }
        OpenEdge { kind, vcenter: vcenter_number, host: host_number, store, chains, missing, pinned }
    }

    /// In thumbprint mode vCenter compares with what it has pinned: for port 443 in its inventory, for port 9080 the
    /// SMS entry of the provider's URL (KB 318194). `None` where a path decides.
    fn pinned(
        &self,
        kind: EdgeKind,
        vcenter: &VCenterLinks,
        host: &HostLinks,
        missing: &mut Vec<String>,
    ) -> Option<Option<bool>> {
        if vcenter.mode != Some(CertificateMode::Thumbprint) {
            return None;
        }
        let end_entity = |chain: Option<ChainId>| -> Option<&Certificate> { self.end_entity(chain?) };
        match kind {
            EdgeKind::VcenterToHost => {
                if host.pinned.is_none() {
                    missing.push(format!("the thumbprint that {} has pinned for {}", vcenter.name, host.name));
                }
                Some(host.pinned.zip(end_entity(host.https)).map(|(pinned, certificate)| certificate.sha1() == pinned))
            }
            EdgeKind::VcenterToProvider => {
                let Some(pinned) = &vcenter.pinned else {
                    missing.push(format!("the SMS store of {}", vcenter.name));
                    return Some(None);
                };
                let held = end_entity(host.iofilter)
                    .map(|certificate| pinned.holds(&host.name, IOFILTER_PORT, certificate.sha256()));
                if held == Some(None) {
                    missing.push(format!("the rest of the SMS store of {}", vcenter.name));
                }
                Some(held.flatten())
            }
            EdgeKind::HostToVcenter | EdgeKind::HostToSps => None,
        }
    }
}

/// So many entries, in words.
fn entries(number: usize) -> String {
    count(number, "entry", "entries")
}

/// What is presented on an edge, and what is not known about it.
fn presented(kind: EdgeKind, vcenter: &VCenterLinks, host: &HostLinks) -> (Vec<Option<ChainId>>, Vec<String>) {
    let one = |chain: Option<ChainId>, what: String| (vec![chain], Vec::from_iter(chain.is_none().then_some(what)));
    let self_signed = || one(vcenter.sms_self_signed, format!("sms_self_signed of {}", vcenter.name));
    let extension = || one(vcenter.sps_extension, format!("sps-extension of {}", vcenter.name));
    match kind {
        EdgeKind::VcenterToHost => one(host.https, format!("the chain of {} on port 443", host.name)),
        EdgeKind::VcenterToProvider => one(host.iofilter, format!("the chain of {} on port 9080", host.name)),
        EdgeKind::HostToVcenter => one(vcenter.machine, format!("the machine SSL chain of {}", vcenter.name)),
        EdgeKind::HostToSps => match host.sps {
            SpsClient::SelfSigned => self_signed(),
            SpsClient::Extension => extension(),
            SpsClient::Either => {
                let (mut chains, mut missing) = self_signed();
                let (others, more) = extension();
                chains.extend(others);
                missing.extend(more);
                missing.push(format!("the version of {}", host.name));
                (chains, missing)
            }
        },
    }
}
