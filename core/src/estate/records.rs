//! The small JSON files of a folder of exports: facts of vCenters and hosts, lists of storage providers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::strict::{self, Notes};
use super::{CertificateMode, EstateError};
use crate::cert::Certificate;
use crate::json::{Member, Tree, TreeSeed};
use crate::store::named;
use crate::text::{as_text, discreet};
use crate::thumbprint::Thumbprint;
use serde::Deserialize;

/// `vcenter.json`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VCenterFacts {
    pub(super) name: Option<Arc<str>>,
    pub(super) version: Option<String>,
    pub(super) sso_domain: Option<String>,
    pub(super) certificate_mode: Option<CertificateMode>,
}

/// `host.json`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HostFacts {
    pub(super) name: Option<Arc<str>>,
    pub(super) version: Option<String>,
    pub(super) pinned_thumbprint: Option<Thumbprint>,
}

/// One storage provider of `storage-providers.json`.
pub(super) struct ProviderRecord {
    pub(super) name: Arc<str>,
    pub(super) url: Option<String>,
    pub(super) status: Option<String>,
    pub(super) certificate: Option<Result<Certificate, String>>,
    /// Fields that are not of their type or stand twice.
    pub(super) problems: Vec<String>,
}

/// Reads JSON in UTF-8, or in UTF-16 behind a byte order mark as Windows tools write it.
pub(super) fn from_json<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, String> {
    let (text, damage) = as_text(bytes);
    if let Some(damage) = damage {
        return Err(damage.to_owned());
    }
    no_json(&text)?;
    strict::read(&text, &Notes::default()).map_err(words)
}

/// An error where a text is no JSON at all: what it is instead.
fn no_json(text: &[u8]) -> Result<(), String> {
    if matches!(text.trim_ascii_start().first(), Some(b'{' | b'[' | b'"')) {
        return Ok(());
    }
    Err(named(text).unwrap_or("it is not JSON").to_owned())
}

fn words(error: EstateError) -> String {
    match error {
        EstateError::Json { reason } => reason,
        other @ (EstateError::Unresolved { .. }
        | EstateError::WrongDigest { .. }
        | EstateError::Lines { .. }
        | EstateError::InFile { .. }
        | EstateError::Name { .. }
        | EstateError::Pem { .. }) => other.to_string(),
    }
}

/// What a list of storage providers gives.
pub(super) struct ProviderList {
    pub(super) records: Vec<Result<ProviderRecord, String>>,
    /// Fields that nobody knows, each once.
    pub(super) unknown: Vec<String>,
}

/// Reads a list of storage providers: ours, or what `Get-VasaProvider | ConvertTo-Json` and the SMS API give. Field
/// names count without case.
pub(super) fn providers(bytes: &[u8]) -> Result<ProviderList, String> {
    let (text, damage) = as_text(bytes);
    if let Some(damage) = damage {
        return Err(damage.to_owned());
    }
    no_json(&text)?;
    let budget = TreeSeed::budget(text.len());
    let value = strict::read_seed(&text, &Notes::default(), TreeSeed(&budget)).map_err(words)?;
    let named = value.as_object().and_then(|members| member(members, "providers")).and_then(Tree::as_list);
    let list = match (value.as_list().or(named), value.as_object()) {
        (Some(list), _) => &list.items,
        (None, Some(_)) => std::slice::from_ref(&value),
        (None, None) => return Err("neither a list of storage providers nor one".to_owned()),
    };
    let mut unknown = Vec::new();
    if named.is_some() {
        let beside = value.as_object().into_iter().flatten().map(|(name, _)| &**name);
        let beside = beside.filter(|name| !name.eq_ignore_ascii_case("providers"));
        unknown.extend(beside.map(|name| format!("the field {} next to the providers is not known", short(name))));
    }
    unknown.extend(unknown_fields(list));
    if value.as_list().or(named).is_some_and(|list| list.is_plain) {
        unknown.push("no item of the list of storage providers is a JSON object".to_owned());
    }
    Ok(ProviderList { records: list.iter().map(provider).collect(), unknown })
}

/// The fields of providers that neither we nor PowerCLI nor the SMS API know, each once, with the first place. A list of
/// thousands repeats its mistakes.
fn unknown_fields(list: &[Tree<'_>]) -> Vec<String> {
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, members) in list.iter().enumerate().filter_map(|(index, value)| Some((index, value.as_object()?))) {
        let known = |name: &str| FIELDS.iter().chain(&UNUSED).any(|known| known.eq_ignore_ascii_case(name));
        for name in members.iter().map(|(name, _)| &**name).filter(|name| !known(name)) {
            places.entry(name).or_insert((index, 0)).1 += 1;
        }
    }
    let said = |(name, (index, count)): (&str, (usize, usize))| {
        let name = short(name);
        format!(
            "the field {name} of storage providers is not known: first in number {} of the list, {count} in all",
            index + 1
        )
    };
    places.into_iter().map(said).collect()
}

/// The beginning of a name that may be anything.
fn short(name: &str) -> String {
    discreet(name).chars().take(60).collect()
}

fn provider(value: &Tree<'_>) -> Result<ProviderRecord, String> {
    let members = value.as_object().ok_or("a storage provider is not a JSON object")?;
    let text = |name: &str| member(members, name).and_then(Tree::as_text).filter(|text| !text.is_empty());
    let problems = FIELDS.into_iter().filter_map(|name| problem(members, name)).collect();
    let url = text("url").map(str::to_owned);
    let name = text("name").map(str::to_owned).or_else(|| url.clone()).ok_or("a storage provider has no name")?;
    Ok(ProviderRecord {
        name: name.into(),
        url,
        status: text("status").map(str::to_owned),
        certificate: text("certificate").map(certificate),
        problems,
    })
}

/// What is read of a provider.
const FIELDS: [&str; 4] = ["name", "url", "status", "certificate"];

/// What else the SMS API (`SmsProviderInfo`, `VasaProviderInfo`) and PowerCLI's objects give, and nothing here asks for.
const UNUSED: [&str; 33] = [
    "arrayIndependentProvider",
    "category",
    "certificateExpiryDate",
    "certificateStatus",
    "client",
    "description",
    "dynamicProperty",
    "dynamicType",
    "extensionData",
    "failoverGroupId",
    "id",
    "lastSyncTime",
    "maxBatchSize",
    "namespace",
    "needsExplicitActivation",
    "priority",
    "providerId",
    "providerVersion",
    "PSComputerName",
    "PSShowComputerName",
    "relatedStorageArray",
    "retainVasaProviderCertificate",
    "RunspaceId",
    "serviceLocation",
    "statusFault",
    "storageArray",
    "supportedProfile",
    "supportedProviderProfile",
    "supportedVendorModelMapping",
    "type",
    "uid",
    "vasaVersion",
    "version",
];

/// What is wrong with a field. Its value is not repeated: it may be anything.
fn problem(members: &[Member<'_>], name: &str) -> Option<String> {
    let mut values = members.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let value = values.next()?;
    if values.next().is_some() {
        return Some(format!("the field {name} occurs more than once"));
    }
    (!matches!(value, Tree::Text(_) | Tree::Null)).then(|| format!("the field {name} is not text"))
}

fn certificate(text: &str) -> Result<Certificate, String> {
    if text.contains("-----BEGIN") {
        if crate::pem::sections(text.as_bytes()).count() > 1 {
            return Err("more than one PEM block where one certificate belongs".to_owned());
        }
        return Certificate::from_pem(text.as_bytes()).map_err(|error| error.to_string());
    }
    let der = base64_simd::forgiving_decode_to_vec(text.as_bytes());
    let der = der.map_err(|_| "the certificate is neither PEM nor base64".to_owned())?;
    Certificate::from_der(&der).map_err(|error| error.to_string())
}

fn member<'v, 't>(members: &'v [Member<'t>], name: &str) -> Option<&'v Tree<'t>> {
    members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
