//! JSON of vCenter's REST API: `GET trusted-root-chains/{id}`, lists of it, and what else carries PEM.
//!
//! The same data comes bare from `/api` and inside `value` from `/rest`. One text may hold a certificate and its CRL.

use serde_json::Value;

use super::StoreError;
use super::collect::Collector;
use super::{json, powercli};

pub(super) fn is(text: &[u8]) -> bool {
    json::is(text) && !powercli::is_json(text)
}

/// Reads every chain.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let value = json::parse(out, text)?;
    out.says_empty = value.as_array().is_some_and(Vec::is_empty);
    chains(out, &value);
    Ok(())
}

fn chains(out: &mut Collector<'_>, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| chains(out, item)),
        Value::Object(members) => {
            let id = members.get("chain").and_then(Value::as_str);
            let chain = members.get("cert_chain");
            match (id, chain) {
                (_, Some(chain)) => one_chain(out, id, chain),
                // The list call gives ids alone.
                (Some(id), None) => {
                    out.alias = Some(id.into());
                    out.unreadable(None, "only the id of a chain: get it by this id to have its certificates");
                }
                (None, None) => members.iter().for_each(|(key, member)| match (key.as_str(), member) {
                    ("value", list @ Value::Array(items)) => {
                        out.says_empty |= items.is_empty();
                        chains(out, list);
                    }
                    (_, Value::String(_)) => json::pem_texts(out, member),
                    _ => chains(out, member),
                }),
            }
            out.alias = None;
        }
        Value::String(_) => json::pem_texts(out, value),
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

/// A `cert_chain`: the list of PEM texts, or the object around it that has the same name.
fn one_chain(out: &mut Collector<'_>, id: Option<&str>, chain: &Value) {
    out.alias = id.map(Into::into);
    let list = chain.get("cert_chain").unwrap_or(chain);
    let Some(texts) = list.as_array() else {
        return out.unreadable(None, "the chain is not a list of PEM texts");
    };
    if texts.is_empty() {
        out.unreadable(None, "the chain has no certificate");
    }
    for (index, text) in texts.iter().enumerate() {
        let before = out.count();
        json::pem_texts(out, text);
        if out.count() == before {
            out.unreadable(None, format!("element {index} of the chain holds no PEM block"));
        }
    }
}
