//! The estate as JSON text.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::inline::Table;
use super::strict::{self, Notes};
use super::{Estate, Spot, StoreContent, VCenter};
use crate::json;
use crate::text::as_text;
use crate::thumbprint::Fingerprint;

/// The text is not an estate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EstateError {
    /// Not JSON, or not of the estate's form; a field that is not known is one of the mistakes.
    #[error("not an estate: {reason}")]
    Json {
        /// Where in the estate, and what the JSON reader found, with line and column.
        reason: String,
    },
    /// A reference to a certificate or CRL that the table does not hold.
    #[error("{path}: the table holds no entry {sha256}")]
    Unresolved {
        /// Where the reference stands, for example `vcenters[0].hosts[3].castore.certificates[17]`.
        path: String,
        /// The reference.
        sha256: Fingerprint,
    },
    /// An entry of a table whose key is not the SHA-256 of its DER.
    #[error("{path}: the entry's digest is {sha256}, not its key")]
    WrongDigest {
        /// Where the entry stands.
        path: String,
        /// The digest of the DER.
        sha256: Fingerprint,
    },
    /// A store with more lines than certificates.
    #[error("{path}: {lines} lines for {certificates} certificates")]
    Lines {
        /// Where the lines stand.
        path: String,
        /// How many lines there are.
        lines: usize,
        /// How many certificates there are.
        certificates: usize,
    },
    /// What is wrong with an estate that came from a file.
    #[error("{file}: {error}")]
    InFile {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: Box<Self>,
    },
    /// A name is longer than any is.
    #[error("{path}: {length} bytes are more than the {limit} a name may have here")]
    Name {
        /// Where it is.
        path: String,
        /// Its length.
        length: usize,
        /// The most it may have.
        limit: usize,
    },
    /// PEM text in the place of a reference cannot be read.
    #[error("{path}: {reason}")]
    Pem {
        /// Where the text stands.
        path: String,
        /// Why it cannot be read.
        reason: String,
    },
}

/// The most vCenters of an estate: who trusts whom is a cell for each two of them.
const MOST_VCENTERS: usize = 4_096;

impl Estate {
    /// Reads an estate from JSON in UTF-8, or in UTF-16 behind a byte order mark. References may be PEM text instead.
    /// Costs one pass, and apart from the text no more memory than the estate.
    ///
    /// # Errors
    /// [`EstateError`] when the text is not an estate or a reference leads nowhere, with the place.
    pub fn from_json(text: &[u8]) -> Result<Self, EstateError> {
        let (text, damage) = as_text(text);
        if let Some(damage) = damage {
            return Err(EstateError::Json { reason: damage.to_owned() });
        }
        let notes = Notes::default();
        let mut estate: Self = strict::read(&text, &notes)?;
        let is_estate = notes.has_any(&["schema", "vcenters"]);
        for ((table, sha256), der) in notes.into_inline() {
            let entries = match table {
                Table::Certificates => &mut estate.certificates,
                Table::Crls => &mut estate.crls,
            };
            entries.entry(sha256).or_insert(der);
        }
        if estate.vcenters.len() > MOST_VCENTERS {
            let reason = format!("{} vCenters, of {MOST_VCENTERS} at most", estate.vcenters.len());
            return Err(EstateError::Json { reason });
        }
        estate.check_names()?;
        estate.check_digests()?;
        estate.check_references()?;
        if !is_estate {
            return Err(EstateError::Json { reason: "neither `schema` nor `vcenters` is given".to_owned() });
        }
        Ok(estate)
    }

    /// The estate as JSON, in a fixed order.
    #[must_use]
    pub fn to_json(&self) -> String {
        // INVARIANT: every map key of an estate is a string, so serialising cannot fail.
        json::text(self).unwrap_or_default()
    }

    /// The JSON Schema of an estate.
    #[must_use]
    pub fn json_schema() -> String {
        serde_json::to_string_pretty(&schemars::schema_for!(Self)).unwrap_or_default()
    }

    fn check_digests(&self) -> Result<(), EstateError> {
        for (table, entries) in [("certificates", &self.certificates), ("crls", &self.crls)] {
            for (key, der) in entries {
                let sha256 = Fingerprint::of(&der.0);
                if sha256 != *key {
                    return Err(EstateError::WrongDigest { path: format!("{table}.{key}"), sha256 });
                }
            }
        }
        Ok(())
    }

    fn check_references(&self) -> Result<(), EstateError> {
        for (number, vcenter) in self.vcenters.iter().enumerate() {
            let mut missing = None;
            vcenter.for_each_spot(|spot| {
                if missing.is_none() && !self.certificates.contains_key(&spot.certificate) {
                    missing = Some(spot);
                }
            });
            if let Some(spot) = missing {
                let path = format!("vcenters[{number}].{}", path_of(&spot));
                return Err(EstateError::Unresolved { path, sha256: spot.certificate });
            }
            self.check_stores(number, vcenter)?;
        }
        Ok(())
    }

    fn check_stores(&self, number: usize, vcenter: &VCenter) -> Result<(), EstateError> {
        let roots = vcenter.trusted_roots.iter().map(|store| ("trusted_roots".to_owned(), store));
        let castores = vcenter.hosts.iter().enumerate();
        let castores = castores.filter_map(|(n, host)| Some((format!("hosts[{n}].castore"), host.castore.as_ref()?)));
        for (part, store) in roots.chain(castores) {
            check_lines(store, || format!("vcenters[{number}].{part}.lines"))?;
            for (index, sha256) in store.crls.iter().enumerate() {
                if !self.crls.contains_key(sha256) {
                    let path = format!("vcenters[{number}].{part}.crls[{index}]");
                    return Err(EstateError::Unresolved { path, sha256: *sha256 });
                }
            }
        }
        Ok(())
    }
}

/// Whether the text says that it is an estate of ours, by its schema or by its `vcenters`, so that a mistake in it is an error and not an unreadable block.
pub(crate) fn is_estate(bytes: &[u8]) -> bool {
    let (text, _) = as_text(bytes);
    if text.trim_ascii_start().first() != Some(&b'{') {
        return false;
    }
    // Names are noted as they come, so that an estate with a mistake below is known too.
    let notes = Notes::default();
    let _ = strict::read::<BTreeMap<String, IgnoredAny>>(&text, &notes);
    notes.has_any(&["vcenters"]) || memchr::memmem::find(&text, b"\"vitrust-estate/").is_some()
}

fn check_lines(store: &StoreContent, path: impl FnOnce() -> String) -> Result<(), EstateError> {
    let (lines, certificates) = (store.lines.len(), store.certificates.len());
    if lines <= certificates { Ok(()) } else { Err(EstateError::Lines { path: path(), lines, certificates }) }
}

/// The JSON path of a use, below its vCenter.
fn path_of(spot: &Spot<'_>) -> String {
    use super::Part;
    let position = |found: Option<usize>| found.unwrap_or_default();
    let host = position(spot.vcenter.hosts.iter().position(|host| spot.host.is_some_and(|h| std::ptr::eq(h, host))));
    let index = spot.index;
    if let Some((store, alias)) = spot.entry {
        return format!("stores.{store}.entries.{alias}.certificates[{index}]");
    }
    match spot.part {
        Part::MachineSsl => format!("machine_ssl.certificates[{index}]"),
        Part::TrustedRoots => format!("trusted_roots.certificates[{index}]"),
        Part::VmcaRoot => "vmca_root.certificate".to_owned(),
        Part::SmsSelfSigned => format!("sms.sms_self_signed.certificates[{index}]"),
        Part::SpsExtension => format!("sms.sps_extension.certificates[{index}]"),
        Part::SmsOther => {
            let entries = spot.vcenter.sms.iter().flat_map(|sms| &sms.others);
            let mut holding = entries.filter(|(_, chain)| chain.certificates.contains(&spot.certificate));
            let alias = holding.next().map(|(alias, _)| alias.to_string()).unwrap_or_default();
            format!("sms.others.{alias}.certificates[{index}]")
        }
        Part::Https => format!("hosts[{host}].https.certificates[{index}]"),
        Part::Iofilter => format!("hosts[{host}].iofilter.certificates[{index}]"),
        Part::Castore => format!("hosts[{host}].castore.certificates[{index}]"),
        Part::Provider => {
            let mut providers = spot.vcenter.storage_providers.iter();
            let number = providers.position(|provider| spot.provider.is_some_and(|p| std::ptr::eq(p, provider)));
            format!("storage_providers[{}].certificate.certificate", position(number))
        }
        part @ (Part::SolutionUser
        | Part::DataEncipherment
        | Part::BackupStore
        | Part::Sts
        | Part::Vmdir
        | Part::OtherStore) => format!("stores.{}", part.name()),
    }
}
