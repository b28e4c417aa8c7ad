//! Bodies of REST: read into lean trees within a budget, written into buffers that are wiped.

use reqwest::StatusCode;
use serde::Serialize;

use super::Form;
use crate::json::{self, Tree};
use crate::net::secret::Wiped;

/// What a caller makes of a value, or what is wrong with it.
pub(in crate::net::vsphere) type Reader<T> = fn(&Tree<'_>) -> Result<T, String>;

/// What an answer says.
pub(in crate::net::vsphere) enum Said<T> {
    /// Its value, or what is wrong with it.
    Value(Result<T, String>),
    /// No, and why.
    Refusal(Refusal),
}

/// What the body of an error says, in the server's words.
#[derive(Debug, Default)]
pub(in crate::net::vsphere) struct Refusal {
    /// The error's type in the words of `/api`: `/rest` writes `com.vmware.vapi.std.errors.not_found`.
    pub(in crate::net::vsphere) kind: Option<String>,
    pub(in crate::net::vsphere) words: String,
}

/// Reads an answer. An empty body is null, and so is a `value` that is missing.
pub(in crate::net::vsphere) fn said<T>(form: Form, status: StatusCode, body: &[u8], read: Reader<T>) -> Said<T> {
    if !status.is_success() {
        // It may be empty, or a proxy's page.
        return Said::Refusal(json::tree(body).map(|body| refusal(&body)).unwrap_or_default());
    }
    if body.is_empty() {
        return Said::Value(read(&Tree::Null));
    }
    let tree = match json::tree(body) {
        Ok(tree) => tree,
        Err(error) => return Said::Value(Err(error.to_string())),
    };
    Said::Value(match (form, &tree) {
        (Form::Rest, Tree::Object(_)) => read(member(&tree, "value").unwrap_or(&Tree::Null)),
        (Form::Rest | Form::Api, value) => read(value),
    })
}

fn refusal(body: &Tree<'_>) -> Refusal {
    let old = || Some(text(body, "type")?.rsplit('.').next()?.to_uppercase());
    let inner = || member(body, "value").and_then(|value| member(value, "messages"));
    let messages = member(body, "messages").or_else(inner).and_then(Tree::as_list);
    let texts = messages.into_iter().flat_map(|list| &list.items).filter_map(|one| text(one, "default_message"));
    Refusal { kind: text(body, "error_type").or_else(old), words: texts.collect::<Vec<_>>().join("; ") }
}

/// A member of an object.
pub(in crate::net::vsphere) fn member<'v, 't>(value: &'v Tree<'t>, name: &str) -> Option<&'v Tree<'t>> {
    value.as_object()?.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// A text member of an object.
pub(in crate::net::vsphere) fn text(value: &Tree<'_>, name: &str) -> Option<String> {
    member(value, name)?.as_text().map(str::to_owned)
}

/// The PEM texts of an `X509CertChain`; `None` where it is of another shape.
pub(in crate::net::vsphere) fn chain(value: &Tree<'_>) -> Option<Vec<String>> {
    let list = member(value, "cert_chain")?.as_list().filter(|list| !list.is_plain)?;
    list.items.iter().map(|text| text.as_text().map(str::to_owned)).collect()
}

/// Whatever the value is.
pub(in crate::net::vsphere) fn nothing(_: &Tree<'_>) -> Result<(), String> {
    Ok(())
}

/// Fields around which `/rest` wants the name of the parameter; `/api` refuses it.
#[derive(Serialize)]
struct InSpec<'f, T> {
    spec: &'f T,
}

impl Form {
    /// The body of these fields, where they are a parameter called `spec`.
    pub(in crate::net::vsphere) fn spec<T: Serialize>(self, fields: &T) -> Wiped {
        match self {
            Self::Api => body(fields),
            Self::Rest => body(&InSpec { spec: fields }),
        }
    }
}

/// The body of these fields.
pub(in crate::net::vsphere) fn body<T: Serialize>(fields: &T) -> Wiped {
    let mut out = Wiped::default();
    // INVARIANT: every map key of a body is a text, and a buffer takes all, so writing cannot fail.
    let _ = serde_json::to_writer(&mut out, fields);
    out
}
