//! The small JSON files of a folder of exports: facts of vCenters and hosts, lists of storage providers.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::{CertificateMode, strict};
use crate::cert::Certificate;
use crate::store::as_text;
use crate::thumbprint::Thumbprint;

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
    strict::unique_names(&text, &[]).map_err(|error| error.to_string())?;
    serde_json::from_slice(&text).map_err(|error| error.to_string())
}

/// Reads a list of storage providers: ours, or what `Get-VasaProvider | ConvertTo-Json` and the SMS API give. Field
/// names count without case.
pub(super) fn providers(bytes: &[u8]) -> Result<Vec<Result<ProviderRecord, String>>, String> {
    let value: Value = from_json(bytes)?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(ref members) => match member(members, "providers") {
            Some(Value::Array(list)) => list.clone(),
            Some(_) | None => vec![value],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err("neither a list of storage providers nor one".to_owned());
        }
    };
    Ok(list.iter().map(provider).collect())
}

fn provider(value: &Value) -> Result<ProviderRecord, String> {
    let members = value.as_object().ok_or("a storage provider is not a JSON object")?;
    let text = |name: &str| member(members, name).and_then(Value::as_str).filter(|text| !text.is_empty());
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

/// What is read of a provider. PowerCLI and the SMS API give many more fields.
const FIELDS: [&str; 4] = ["name", "url", "status", "certificate"];

/// What is wrong with a field. Its value is not repeated: it may be anything.
fn problem(members: &serde_json::Map<String, Value>, name: &str) -> Option<String> {
    let mut values = members.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let value = values.next()?;
    if values.next().is_some() {
        return Some(format!("the field {name} stands more than once"));
    }
    (!value.is_string() && !value.is_null()).then(|| format!("the field {name} is not text"))
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

fn member<'v>(members: &'v serde_json::Map<String, Value>, name: &str) -> Option<&'v Value> {
    members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
