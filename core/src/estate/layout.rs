//! Which part of an estate a file of a folder of exports is, by its path alone.
//!
//! `docs/guide/estate-layout.md` shows the layout. Names count by their stem and without case, so that what people and
//! tools call their exports is recognised.

use super::entry_store::{STS, VMDIR};

/// What a file holds, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// The vCenter's folder; `None` for files that lie at the top.
    pub(super) vcenter: Option<String>,
    /// The host, for a host's file.
    pub(super) host: Option<String>,
    /// What it holds.
    pub(super) kind: Kind,
    /// The place of its name among the layout's names for this part: of two files the lower one is the part.
    pub(super) rank: usize,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Facts about a vCenter: `vcenter.json`.
    VCenterFacts,
    /// Facts about a host: `host.json`.
    HostFacts,
    /// The chain on port 443 of a vCenter.
    MachineSsl,
    /// TRUSTED_ROOTS.
    TrustedRoots,
    /// The VMCA root.
    VmcaRoot,
    /// The VECS store SMS.
    Sms,
    /// One entry of it, by alias.
    SmsEntry(&'static str),
    /// A listing of several VECS stores.
    AllStores,
    /// One of the stores whose certificates end and nobody trusts by, by its name.
    Store(&'static str),
    /// The list of storage providers.
    Providers,
    /// The certificate of the storage provider of this name.
    ProviderCertificate(String),
    /// The chain on port 443 of a host.
    Https,
    /// The chain on port 9080 of a host.
    Iofilter,
    /// A host's castore.pem.
    Castore,
    /// A whole estate as JSON.
    Estate,
}

const VCENTER: &[(&[&str], Kind)] = &[
    (&["vcenter", "vc", "facts"], Kind::VCenterFacts),
    (&["machine-ssl", "machine-ssl-cert", "machine-cert", "machine", "443", "vcenter-443"], Kind::MachineSsl),
    (&["trusted-roots", "trusted-root-chains", "trusted-certificates", "roots", "download"], Kind::TrustedRoots),
    (&["vmca-root", "vmca", "vmca-ca", "root"], Kind::VmcaRoot),
    (&["sms", "sms-store"], Kind::Sms),
    (&["sms-self-signed"], Kind::SmsEntry("sms_self_signed")),
    (&["sps-extension"], Kind::SmsEntry("sps-extension")),
    (&["vecs", "stores", "all-stores"], Kind::AllStores),
    (&["sts", "sts-signing", "sts-signing-cert", "signing-certificate", "signing-certificates"], Kind::Store(STS)),
    (&["vmdir", "dir-cli", "trustedcert", "trustedcert-list"], Kind::Store(VMDIR)),
    (&["machine-solution-user", "solution-user-machine"], Kind::Store("machine")),
    (&["vpxd"], Kind::Store("vpxd")),
    (&["vpxd-extension"], Kind::Store("vpxd-extension")),
    (&["vsphere-webclient"], Kind::Store("vsphere-webclient")),
    (&["hvc"], Kind::Store("hvc")),
    (&["wcp"], Kind::Store("wcp")),
    (&["data-encipherment"], Kind::Store("data-encipherment")),
    (&["backup-store"], Kind::Store("BACKUP_STORE")),
    (&["backup-store-h5c"], Kind::Store("BACKUP_STORE_H5C")),
    (&["applmgmt", "applmgmt-password"], Kind::Store("APPLMGMT_PASSWORD")),
    (&["kms", "kms-encryption"], Kind::Store("KMS_ENCRYPTION")),
    (&["storage-providers", "vasa-providers", "providers"], Kind::Providers),
    (&["estate"], Kind::Estate),
];

const HOST: &[(&[&str], Kind)] = &[
    (&["host", "facts"], Kind::HostFacts),
    (&["443", "https", "rui", "ssl"], Kind::Https),
    (&["9080", "iofilter", "vasa"], Kind::Iofilter),
    (&["castore"], Kind::Castore),
];

/// Folders that only gather files and say nothing.
const TRANSPARENT: [&str; 4] = ["certs", "vecs", "stores", "vcenters"];

/// Folders whose names say that they hold TRUSTED_ROOTS, and not whose.
const OF_ROOTS: [&str; 7] = ["trusted-roots", "trusted-root-chains", "roots", "download", "lin", "mac", "win"];

/// The parts of a path that say something.
fn telling(path: &str) -> Vec<&str> {
    let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
    parts.filter(|part| !TRANSPARENT.contains(&part.to_lowercase().as_str())).collect()
}

/// The vCenter whose folder this is, or lies in; `None` at the top.
pub(super) fn owner(folder: &str) -> Option<&str> {
    let of_roots = |part: &str| OF_ROOTS.contains(&part.to_lowercase().replace(['_', ' '], "-").as_str());
    telling(folder).first().copied().filter(|first| !of_roots(first))
}

/// Whether a file lies at the top, or directly in the folder of a vCenter.
pub(super) fn is_in_folder_of_vcenter(path: &str) -> bool {
    let parts = telling(path);
    let is_other = |part: &str| {
        ["hosts", "esxi", "storage-providers", "vasa-providers", "providers"].contains(&part.to_lowercase().as_str())
    };
    parts.len() <= 2 && parts.first().is_none_or(|first| parts.len() == 1 || !is_other(first))
}

/// The slot of the file at this path, or `None` when the layout has none for it.
pub(super) fn slot(path: &str) -> Option<Slot> {
    let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
    let mut parts: Vec<&str> = parts.collect();
    let file = parts.pop()?;
    parts.retain(|part| !TRANSPARENT.contains(&part.to_lowercase().as_str()));
    let is = |part: &str, names: &[&str]| names.contains(&part.to_lowercase().as_str());
    let hosts = |part: &str| is(part, &["hosts", "esxi"]);
    let providers = |part: &str| is(part, &["storage-providers", "vasa-providers", "providers"]);
    let (vcenter, rest) = match parts.as_slice() {
        [first, ..] if hosts(first) || providers(first) => (None, parts.as_slice()),
        [first, rest @ ..] => (Some((*first).to_owned()), rest),
        [] => (None, [].as_slice()),
    };
    let (host, (kind, rank)) = match rest {
        [] => (None, known(VCENTER, &stem(file))?),
        [folder] if hosts(folder) => flat_host(file)?,
        [folder, host] if hosts(folder) => (Some((*host).to_owned()), known(HOST, &stem(file))?),
        [folder] if providers(folder) => (None, (Kind::ProviderCertificate(without_extension(file).to_owned()), 0)),
        _ => return None,
    };
    Some(Slot { vcenter, host, kind, rank })
}

/// The slot of a file that lies alone.
pub(super) fn alone(file: &str) -> Option<Slot> {
    let stem = stem(file);
    let (kind, rank) = known(VCENTER, &stem).or_else(|| (stem == "castore").then_some((Kind::TrustedRoots, 0)))?;
    Some(Slot { vcenter: None, host: None, kind, rank })
}

/// `esx01.lab.example.castore.pem` and its like.
fn flat_host(file: &str) -> Option<(Option<String>, (Kind, usize))> {
    let bare = without_extension(file);
    if let Some((host, part)) = bare.rsplit_once('.')
        && let Some(kind) = known(HOST, &part.to_lowercase())
    {
        return Some((Some(host.to_owned()), kind));
    }
    let is_facts = file.to_lowercase().ends_with(".json");
    is_facts.then(|| (Some(bare.to_owned()), (Kind::HostFacts, 0)))
}

/// What a stem stands for, and its place among the stems that stand for the same.
fn known(table: &[(&[&str], Kind)], stem: &str) -> Option<(Kind, usize)> {
    table.iter().find_map(|(names, kind)| Some((kind.clone(), names.iter().position(|name| *name == stem)?)))
}

/// The file's name without its extension, in lower case, with `-` for every separator.
fn stem(file: &str) -> String {
    let separator = |c: char| if matches!(c, '_' | ' ' | '.') { '-' } else { c };
    without_extension(file).to_lowercase().chars().map(separator).collect()
}

pub(super) fn without_extension(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((bare, extension)) if !bare.is_empty() && (1..=5).contains(&extension.len()) => bare,
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<(Option<String>, Option<String>, Kind)> {
        slot(path).map(|slot| (slot.vcenter, slot.host, slot.kind))
    }

    #[test]
    fn names_that_admins_use_find_their_part() {
        let vcenter = |kind| Some((Some("vc01".to_owned()), None, kind));
        assert_eq!(read("vc01/TRUSTED_ROOTS.txt"), vcenter(Kind::TrustedRoots));
        assert_eq!(read("vc01/certs/download.zip"), vcenter(Kind::TrustedRoots));
        assert_eq!(read("vc01/machine_ssl_cert.crt"), vcenter(Kind::MachineSsl));
        assert_eq!(read("vc01/sms"), vcenter(Kind::Sms));
        assert_eq!(read("vc01/sms_self_signed.pem"), vcenter(Kind::SmsEntry("sms_self_signed")));
        assert_eq!(read("vcenters/vc01/vmca-root.cer"), vcenter(Kind::VmcaRoot));
        assert_eq!(read("trusted-roots.json"), Some((None, None, Kind::TrustedRoots)));
        assert_eq!(read("vc01\\vcenter.json"), vcenter(Kind::VCenterFacts));
        assert_eq!(read("vc01/providers/array 1.pem"), vcenter(Kind::ProviderCertificate("array 1".to_owned())));
    }

    #[test]
    fn hosts_are_folders_or_flat_files() {
        let host = |kind| Some((Some("vc01".to_owned()), Some("esx01.lab.example".to_owned()), kind));
        assert_eq!(read("vc01/hosts/esx01.lab.example/443.pem"), host(Kind::Https));
        assert_eq!(read("vc01/hosts/esx01.lab.example/rui.crt"), host(Kind::Https));
        assert_eq!(read("vc01/hosts/esx01.lab.example/9080"), host(Kind::Iofilter));
        assert_eq!(read("vc01/hosts/esx01.lab.example.castore.pem"), host(Kind::Castore));
        assert_eq!(read("vc01/hosts/esx01.lab.example.json"), host(Kind::HostFacts));
        let top = Some((None, Some("esx01".to_owned()), Kind::Castore));
        assert_eq!(read("hosts/esx01/castore.pem"), top);
    }

    #[test]
    fn what_fits_nowhere_has_no_slot() {
        for path in ["vc01/notes.docx", "vc01/hosts/esx01/a/b.pem", "vc01/hosts/esx01.pem", "vc01/old/x.pem", ""] {
            assert_eq!(read(path), None, "{path}");
        }
    }
}
