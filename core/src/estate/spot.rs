//! Where in an estate a certificate is used.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Estate, Host, PresentedChain, SmsStore, StorageProvider, VCenter};
use crate::store::Place;
use crate::thumbprint::Fingerprint;

/// Which part of a vCenter, host or provider holds a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The chain a vCenter presents on port 443.
    MachineSsl,
    /// The VECS store TRUSTED_ROOTS.
    TrustedRoots,
    /// The root of the VMCA.
    VmcaRoot,
    /// The entry `sms_self_signed` of the VECS store SMS.
    SmsSelfSigned,
    /// The entry `sps-extension` of the VECS store SMS.
    SpsExtension,
    /// Another entry of the VECS store SMS.
    SmsOther,
    /// The chain a host presents on port 443.
    Https,
    /// The chain a host presents on port 9080.
    Iofilter,
    /// A host's castore.pem.
    Castore,
    /// The certificate that vCenter remembers for a storage provider.
    Provider,
    /// The VECS store of a solution user.
    SolutionUser,
    /// The VECS store data-encipherment.
    DataEncipherment,
    /// The VECS stores BACKUP_STORE and BACKUP_STORE_H5C.
    BackupStore,
    /// The chain that STS signs its tokens with.
    Sts,
    /// The trusted certificates of the directory.
    Vmdir,
    /// Any other store.
    OtherStore,
}

impl Part {
    /// The words for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MachineSsl => "machine SSL certificate",
            Self::TrustedRoots => "TRUSTED_ROOTS",
            Self::VmcaRoot => "VMCA root",
            Self::SmsSelfSigned => "sms_self_signed",
            Self::SpsExtension => "sps-extension",
            Self::SmsOther => "SMS store",
            Self::Https => "port 443",
            Self::Iofilter => "port 9080",
            Self::Castore => "castore.pem",
            Self::Provider => "storage provider certificate",
            Self::SolutionUser => "solution user",
            Self::DataEncipherment => "data-encipherment",
            Self::BackupStore => "BACKUP_STORE",
            Self::Sts => "STS signing chain",
            Self::Vmdir => "VMDIR",
            Self::OtherStore => "another store",
        }
    }

    /// The stable name, as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MachineSsl => "machine-ssl",
            Self::TrustedRoots => "trusted-roots",
            Self::VmcaRoot => "vmca-root",
            Self::SmsSelfSigned => "sms-self-signed",
            Self::SpsExtension => "sps-extension",
            Self::SmsOther => "sms-other",
            Self::Https => "https",
            Self::Iofilter => "iofilter",
            Self::Castore => "castore",
            Self::Provider => "provider",
            Self::SolutionUser => "solution-user",
            Self::DataEncipherment => "data-encipherment",
            Self::BackupStore => "backup-store",
            Self::Sts => "sts",
            Self::Vmdir => "vmdir",
            Self::OtherStore => "other-store",
        }
    }

    /// The part that an alias of the VECS store SMS names.
    #[must_use]
    pub fn of_sms_alias(alias: &str) -> Self {
        match alias {
            "sms_self_signed" => Self::SmsSelfSigned,
            "sps-extension" => Self::SpsExtension,
            _ => Self::SmsOther,
        }
    }

    /// Whether the part is a set of trust anchors, not something presented.
    #[must_use]
    pub const fn is_store(self) -> bool {
        match self {
            Self::TrustedRoots | Self::Castore | Self::Vmdir => true,
            Self::MachineSsl
            | Self::VmcaRoot
            | Self::SmsSelfSigned
            | Self::SpsExtension
            | Self::SmsOther
            | Self::Https
            | Self::Iofilter
            | Self::Provider
            | Self::SolutionUser
            | Self::DataEncipherment
            | Self::BackupStore
            | Self::Sts
            | Self::OtherStore => false,
        }
    }
}

/// One place where a certificate is used.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'e> {
    /// The vCenter it belongs to.
    pub vcenter: &'e VCenter,
    /// The host, when it is a host's.
    pub host: Option<&'e Host>,
    /// The storage provider, when it is a provider's.
    pub provider: Option<&'e StorageProvider>,
    /// The part.
    pub part: Part,
    /// The position in the chain or store; 0 is the end-entity certificate of a chain.
    pub index: usize,
    /// The certificate.
    pub certificate: Fingerprint,
    /// The name of the store and the alias of the entry, for the stores of [`VCenter::stores`].
    pub entry: Option<(&'e Arc<str>, &'e Arc<str>)>,
}

impl Spot<'_> {
    /// Where it was read.
    #[must_use]
    pub fn place(&self) -> Place {
        let host = |chain: fn(&Host) -> Option<&PresentedChain>| self.host.and_then(chain);
        let sms = self.vcenter.sms.as_ref();
        let chain = match self.part {
            Part::TrustedRoots => return store_place(self.vcenter.trusted_roots.as_ref(), self.index),
            Part::Castore => return store_place(self.host.and_then(|host| host.castore.as_ref()), self.index),
            Part::VmcaRoot => return held_place(self.vcenter.vmca_root.as_ref()),
            Part::Provider => return held_place(self.provider.and_then(|provider| provider.certificate.as_ref())),
            Part::MachineSsl => self.vcenter.machine_ssl.as_ref(),
            Part::SmsSelfSigned => sms.and_then(|sms| sms.sms_self_signed.as_ref()),
            Part::SpsExtension => sms.and_then(|sms| sms.sps_extension.as_ref()),
            Part::SmsOther => sms.and_then(|sms| other_entry(sms, self.certificate)),
            Part::Https => host(|host| host.https.as_ref()),
            Part::Iofilter => host(|host| host.iofilter.as_ref()),
            Part::SolutionUser
            | Part::DataEncipherment
            | Part::BackupStore
            | Part::Sts
            | Part::Vmdir
            | Part::OtherStore => None,
        };
        let entry = |(store, alias): (&Arc<str>, &Arc<str>)| self.vcenter.stores.get(store)?.entries.get(alias);
        let chain = self.entry.map_or(chain, entry);
        chain.map(|chain| chain.place.clone()).unwrap_or_default()
    }
}

fn store_place(store: Option<&super::StoreContent>, index: usize) -> Place {
    store.map(|store| store.place(index)).unwrap_or_default()
}

fn held_place(held: Option<&super::Held>) -> Place {
    held.map(|held| held.place.clone()).unwrap_or_default()
}

fn other_entry(sms: &SmsStore, certificate: Fingerprint) -> Option<&PresentedChain> {
    sms.others.values().find(|chain| chain.certificates.contains(&certificate))
}

impl Estate {
    /// Calls `visit` for every use of every certificate, in the estate's order.
    pub fn for_each_spot<'e>(&'e self, mut visit: impl FnMut(Spot<'e>)) {
        for vcenter in &self.vcenters {
            vcenter.for_each_spot(&mut visit);
        }
    }
}

impl VCenter {
    /// Calls `visit` for every use of every certificate of this vCenter, its hosts and its providers.
    pub fn for_each_spot<'e>(&'e self, mut visit: impl FnMut(Spot<'e>)) {
        let mut each = |host, provider, part, certificates: &[Fingerprint]| {
            for (index, certificate) in certificates.iter().enumerate() {
                visit(Spot { vcenter: self, host, provider, part, index, certificate: *certificate, entry: None });
            }
        };
        let mut chain = |host, part, chain: Option<&PresentedChain>| {
            each(host, None, part, chain.map_or(&[], |chain| &chain.certificates));
        };
        chain(None, Part::MachineSsl, self.machine_ssl.as_ref());
        if let Some(sms) = &self.sms {
            chain(None, Part::SmsSelfSigned, sms.sms_self_signed.as_ref());
            chain(None, Part::SpsExtension, sms.sps_extension.as_ref());
            for entry in sms.others.values() {
                chain(None, Part::SmsOther, Some(entry));
            }
        }
        for host in &self.hosts {
            chain(Some(host), Part::Https, host.https.as_ref());
            chain(Some(host), Part::Iofilter, host.iofilter.as_ref());
        }
        each(None, None, Part::TrustedRoots, self.trusted_roots.as_ref().map_or(&[], |store| &store.certificates));
        each(
            None,
            None,
            Part::VmcaRoot,
            self.vmca_root.as_ref().map_or(&[], |held| std::slice::from_ref(&held.certificate)),
        );
        for host in &self.hosts {
            each(Some(host), None, Part::Castore, host.castore.as_ref().map_or(&[], |store| &store.certificates));
        }
        for provider in &self.storage_providers {
            let held = provider.certificate.as_ref().map_or(&[][..], |held| std::slice::from_ref(&held.certificate));
            each(None, Some(provider), Part::Provider, held);
        }
        for (name, store) in &self.stores {
            for (alias, chain) in &store.entries {
                for (index, certificate) in chain.certificates.iter().enumerate() {
                    let (host, provider, part, certificate) = (None, None, Part::of_store(name), *certificate);
                    let entry = Some((name, alias));
                    visit(Spot { vcenter: self, host, provider, part, index, certificate, entry });
                }
            }
        }
    }
}
