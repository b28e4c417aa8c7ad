//! JSON of vCenter's REST API: `GET trusted-root-chains/{id}`, lists of it, and what else carries PEM.
//!
//! The same data comes bare from `/api` and inside `value` from `/rest`. One text may hold a certificate and its CRL.

use super::StoreError;
use super::collect::{Collector, Emptiness};
use super::reading::{IN_USE, NOTHING_HERE};
use super::{json, powercli};
use crate::json::{List, Member, Tree};

pub(super) fn is(text: &[u8]) -> bool {
    json::is(text) && !powercli::is_json(text)
}

/// What is said of a list without members.
const EMPTY_LIST: &str =
    "an empty JSON list, which does not say that the store is empty: ask again as a user who may read certificates";

/// Reads every chain.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let value = json::parse(out, text)?;
    if value.as_list().is_some_and(List::is_empty) {
        out.is_empty_because(Emptiness::NothingHere(EMPTY_LIST));
    }
    chains(out, &value);
    Ok(())
}

fn chains(out: &mut Collector<'_>, value: &Tree<'_>) {
    match value {
        Tree::List(list) => list.items.iter().for_each(|item| chains(out, item)),
        Tree::Object(members) => {
            let id = named(members, "chain").and_then(Tree::as_text);
            match (id, named(members, "cert_chain")) {
                (_, Some(chain)) => one_chain(out, id, chain),
                // The list call gives ids alone, which is no damage.
                (Some(id), None) => {
                    out.alias = Some(id.into());
                    out.unreadable(None, format!("{NOTHING_HERE}only the id of a chain: fetch it by this id"));
                }
                (None, None) => members.iter().for_each(|(key, member)| match (&**key, member) {
                    ("value", Tree::List(list)) => {
                        if list.is_empty() {
                            out.is_empty_because(Emptiness::NothingHere(EMPTY_LIST));
                        }
                        chains(out, member);
                    }
                    ("active_cert_chain" | "signing_cert_chains", _) => {
                        out.store = Some("STS".into());
                        chains(out, member);
                        out.store = None;
                    }
                    // What services are registered with is compared with what they present, and nobody's anchor.
                    (key, _) if key.eq_ignore_ascii_case("sslTrust") => {
                        out.store = Some(IN_USE.into());
                        chains(out, member);
                        out.store = None;
                    }
                    (key, Tree::Text(_)) => json::texts(out, key, member),
                    _ => chains(out, member),
                }),
            }
            out.alias = None;
        }
        Tree::Text(_) => json::texts(out, "", value),
        Tree::Null | Tree::Plain(_) => (),
    }
}

fn named<'v, 't>(members: &'v [Member<'t>], name: &str) -> Option<&'v Tree<'t>> {
    members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// A `cert_chain`: the list of PEM texts, or the object around it that has the same name.
fn one_chain(out: &mut Collector<'_>, id: Option<&str>, chain: &Tree<'_>) {
    out.alias = id.map(Into::into);
    let list = chain.as_object().and_then(|members| named(members, "cert_chain")).unwrap_or(chain);
    let Some(texts) = list.as_list() else {
        return out.unreadable(None, "the chain is not a list of PEM texts");
    };
    if texts.is_empty() {
        out.unreadable(None, "the chain has no certificate");
    }
    if texts.is_plain {
        out.unreadable(None, "no element of the chain is text");
    }
    for (index, text) in texts.items.iter().enumerate() {
        let before = out.count();
        json::pem_texts(out, text);
        if out.count() == before {
            out.unreadable(None, format!("element {index} of the chain holds no PEM block"));
        }
    }
}
