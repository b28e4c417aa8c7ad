//! The estate as JSON text.

use serde_json::Value;

use super::{Der, Estate, Spot, StoreContent, VCenter, strict};
use crate::cert::Certificate;
use crate::pem::{self, Label, Section};
use crate::store::as_text;
use crate::thumbprint::Fingerprint;

/// The text is not an estate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EstateError {
    /// Not JSON, or not of the estate's form.
    #[error("not an estate: {reason}")]
    Json {
        /// What the JSON reader found, with line and column.
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
    /// PEM text in the place of a reference cannot be read.
    #[error("{path}: {reason}")]
    Pem {
        /// Where the text stands.
        path: String,
        /// Why it cannot be read.
        reason: String,
    },
}

impl Estate {
    /// Reads an estate from JSON in UTF-8, or in UTF-16 behind a byte order mark. References may be PEM text instead.
    /// Costs two passes.
    ///
    /// # Errors
    /// [`EstateError`] when the text is not an estate or a reference leads nowhere, with the place.
    pub fn from_json(text: &[u8]) -> Result<Self, EstateError> {
        let json = |error: serde_json::Error| EstateError::Json { reason: error.to_string() };
        let (text, damage) = as_text(text);
        if let Some(damage) = damage {
            return Err(EstateError::Json { reason: damage.to_owned() });
        }
        let is_estate = strict::unique_names(&text, &["schema", "vcenters"]).map_err(json)?;
        let estate: Self = if memchr::memmem::find(&text, b"-----BEGIN ").is_some() {
            let mut value: Value = serde_json::from_slice(&text).map_err(json)?;
            if memchr::memmem::find(&text, KEY_MARK.as_bytes()).is_some() {
                refuse_keys(&value, "")?;
            }
            move_pem_to_tables(&mut value)?;
            serde_json::from_value(value).map_err(json)?
        } else {
            serde_json::from_slice(&text).map_err(json)?
        };
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
        serde_json::to_string(self).unwrap_or_default()
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
    }
}

/// Moves PEM text that stands where a reference may stand into the tables, and leaves the reference.
fn move_pem_to_tables(estate: &mut Value) -> Result<(), EstateError> {
    let mut moved = Vec::new();
    if let Some(vcenters) = estate.get_mut("vcenters") {
        move_below(vcenters, "vcenters", &mut moved)?;
    }
    let Some(object) = estate.as_object_mut() else { return Ok(()) };
    for (table, sha256, der) in moved {
        let entries = object.entry(table).or_insert_with(|| Value::Object(serde_json::Map::new()));
        if let Some(entries) = entries.as_object_mut() {
            let text = serde_json::to_value(&der).unwrap_or_default();
            entries.entry(sha256.to_string()).or_insert(text);
        }
    }
    Ok(())
}

type Moved = Vec<(&'static str, Fingerprint, Der)>;

fn move_below(value: &mut Value, path: &str, moved: &mut Moved) -> Result<(), EstateError> {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                move_below(item, &format!("{path}[{index}]"), moved)?;
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                let path = format!("{path}.{key}");
                match (key.as_str(), &mut *member) {
                    ("certificates", Value::Array(items)) => replace_items("certificates", items, &path, moved)?,
                    ("crls", Value::Array(items)) => replace_items("crls", items, &path, moved)?,
                    ("certificate", Value::String(text)) if text.contains("-----BEGIN ") => {
                        let mut references = references("certificates", text, &path, moved)?;
                        if references.len() > 1 {
                            let reason = format!("{} PEM blocks where one certificate belongs", references.len());
                            return Err(EstateError::Pem { path, reason });
                        }
                        *member = references.pop().unwrap_or_default();
                    }
                    _ => move_below(member, &path, moved)?,
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
    Ok(())
}

/// Replaces each PEM text of a list by as many references as it has blocks.
fn replace_items(
    table: &'static str,
    items: &mut Vec<Value>,
    path: &str,
    moved: &mut Moved,
) -> Result<(), EstateError> {
    let mut out = Vec::with_capacity(items.len());
    for (index, item) in std::mem::take(items).into_iter().enumerate() {
        match item {
            Value::String(text) if text.contains("-----BEGIN ") => {
                out.extend(references(table, &text, &format!("{path}[{index}]"), moved)?);
            }
            other => out.push(other),
        }
    }
    *items = out;
    Ok(())
}

fn references(table: &'static str, text: &str, path: &str, moved: &mut Moved) -> Result<Vec<Value>, EstateError> {
    let unreadable = |reason: String| EstateError::Pem { path: path.to_owned(), reason };
    let mut references = Vec::new();
    for section in pem::sections(text.as_bytes()) {
        let section = section.map_err(|error| unreadable(error.to_string()))?;
        let der = der_for(table, &section).map_err(unreadable)?;
        let sha256 = Fingerprint::of(&der);
        moved.push((table, sha256, Der(der)));
        references.push(Value::String(sha256.to_string()));
    }
    if references.is_empty() {
        return Err(unreadable("no complete PEM block".to_owned()));
    }
    Ok(references)
}

/// The DER of a block that belongs into the table. What another block holds is never repeated: it may be a secret.
fn der_for(table: &str, section: &Section<'_>) -> Result<Box<[u8]>, String> {
    let decoded = || section.decode().map_err(|error| error.to_string());
    match (section.label, table) {
        (Label::Certificate, "certificates") | (Label::Crl, "crls") => Ok(decoded()?.into()),
        (Label::TrustedCertificate, "certificates") => {
            let certificate = Certificate::from_der_prefix(&decoded()?).map_err(|error| error.to_string())?;
            Ok(certificate.der().into())
        }
        (Label::Certificate | Label::TrustedCertificate | Label::Crl | Label::Pkcs7 | Label::Other(_), _) => {
            Err(format!("line {}: the block is of a kind that does not belong here", section.line))
        }
    }
}

const KEY_MARK: &str = "PRIVATE KEY-----";

/// Refuses a private key wherever it stands: an estate is passed on.
fn refuse_keys(value: &Value, path: &str) -> Result<(), EstateError> {
    match value {
        Value::String(text) if text.contains(KEY_MARK) => {
            let reason = "a private key, which was not read; it does not belong into an estate".to_owned();
            Err(EstateError::Pem { path: path.to_owned(), reason })
        }
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| refuse_keys(item, &format!("{path}[{index}]")))
        }
        Value::Object(members) => members.iter().try_for_each(|(key, member)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            refuse_keys(member, &path)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
