//! The property collector: properties of objects, at once or in pages.

use super::objects::property;
use super::select::{invalid, picked};
use super::value::Property;
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Page, Picked};
use crate::xml::{reference, tag};

/// Objects in one page when the client does not say.
const PAGE: usize = 100;

/// RetrievePropertiesEx.
pub(super) fn retrieve(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let Some(options) = call.arguments.child("options") else { return Err(Fault::invalid_argument("options")) };
    let size = options.text_of("maxObjects").and_then(|text| text.parse().ok()).filter(|size| *size > 0);
    give(context, Page { objects: all(context, call)?, size: size.unwrap_or(PAGE) })
}

/// RetrieveProperties: the form before 4.1, which knows no pages.
pub(super) fn retrieve_all(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    all(context, call)?.iter().map(|picked| object_content(context, picked, "returnval")).collect()
}

fn all(context: &Context<'_>, call: &Call) -> Result<Vec<Picked>, Fault> {
    let mut objects = Vec::new();
    for spec in call.arguments.all("specSet") {
        objects.extend(picked(context, spec)?);
    }
    Ok(objects)
}

/// ContinueRetrievePropertiesEx: a token is good for one page.
pub(super) fn proceed(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let page = take(context, call.text("token")?);
    give(context, page.ok_or_else(|| Fault::invalid_argument("token"))?)
}

/// CancelRetrievePropertiesEx.
pub(super) fn cancel(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let page = take(context, call.text("token")?);
    page.map(|_| String::new()).ok_or_else(|| Fault::invalid_argument("token"))
}

fn take(context: &Context<'_>, token: &str) -> Option<Page> {
    context.vcenter().state().session_mut(context.token())?.pages.remove(token)
}

/// One page, and a token for the rest.
fn give(context: &Context<'_>, mut page: Page) -> Result<String, Fault> {
    let rest = page.objects.split_off(page.size.min(page.objects.len()));
    let mut objects = String::new();
    for picked in &page.objects {
        objects.push_str(&object_content(context, picked, "objects")?);
    }
    let mut token = String::new();
    if !rest.is_empty() {
        let key = context.world.token();
        token = tag("token", &key);
        let next = Page { objects: rest, size: page.size };
        if let Some(session) = context.vcenter().state().session_mut(context.token()) {
            session.pages.insert(key, next);
        }
    }
    // Nothing found is an answer without a value.
    Ok(if objects.is_empty() { String::new() } else { format!("<returnval>{token}{objects}</returnval>") })
}

/// `ObjectContent`.
fn object_content(context: &Context<'_>, picked: &Picked, name: &str) -> Result<String, Fault> {
    let (mut set, mut missing) = (String::new(), String::new());
    for path in &picked.paths {
        match property(context, &picked.object, path) {
            None => return Err(Fault::not_found(&picked.object)),
            Some(Property::Set(value)) => {
                set.push_str(&format!("<propSet>{}{}</propSet>", tag("name", path), value.element("val")));
            }
            Some(Property::Unset) => (),
            Some(Property::Missing(fault)) => {
                let entry = format!("<missingSet>{}{}</missingSet>", tag("path", path), fault.localized("fault"));
                missing.push_str(&entry);
            }
            Some(Property::Invalid) => return Err(invalid(path)),
        }
    }
    Ok(format!("<{name}>{}{set}{missing}</{name}>", reference("obj", &picked.object.0, &picked.object.1)))
}

/// Fetch: one property of any object.
pub(super) fn fetch(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let path = call.text("prop")?;
    match property(context, &call.this, path) {
        None => Err(Fault::not_found(&call.this)),
        Some(Property::Set(value)) => Ok(value.element("returnval")),
        Some(Property::Unset) => Ok(String::new()),
        Some(Property::Missing(fault)) => Err(fault),
        Some(Property::Invalid) => Err(invalid(path)),
    }
}
