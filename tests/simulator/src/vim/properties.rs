//! Views and the property collector.

use super::value::{Property, every, property};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Page, Wanted, uuid};
use crate::xml::{Element, reference, tag};

/// Objects in one page when the client does not say.
const PAGE: usize = 100;

/// CreateContainerView: every view spans the whole inventory.
pub(super) fn create_view(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    call.text("container")?;
    let kinds = call.arguments.texts("type");
    let hosts = kinds.is_empty() || kinds.iter().any(|kind| matches!(*kind, "HostSystem" | "ManagedEntity"));
    let id = format!("session[{}]{}", uuid(&context.world.token()), uuid(&context.world.token()));
    let mut state = context.vcenter().state();
    if let Some(session) = context.token().and_then(|token| state.sessions.get_mut(token)) {
        session.views.insert(id.clone(), hosts);
    }
    Ok(reference("returnval", "ContainerView", &id))
}

/// DestroyView.
pub(super) fn destroy_view(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut state = context.vcenter().state();
    let session = context.token().and_then(|token| state.sessions.get_mut(token));
    match session.and_then(|session| session.views.remove(&call.this.1)) {
        Some(_) => Ok(String::new()),
        None => Err(Fault::not_found(&call.this)),
    }
}

/// RetrievePropertiesEx.
pub(super) fn retrieve(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let Some(options) = call.arguments.child("options") else { return Err(Fault::invalid_argument("options")) };
    let size = options.text_of("maxObjects").and_then(|text| text.parse().ok()).filter(|size| *size > 0);
    let mut page = Page { objects: Vec::new(), paths: Vec::new(), size: size.unwrap_or(PAGE) };
    for set in call.arguments.all("specSet") {
        page.paths.extend(set.all("propSet").map(wanted));
        for object in set.all("objectSet") {
            let found = selected(context, object, &page.paths)?;
            page.objects.extend(found);
        }
    }
    give(context, page)
}

/// Type and paths of a PropertySpec.
fn wanted(set: &Element) -> (String, Vec<String>) {
    let kind = set.text_of("type").unwrap_or_default();
    let paths: Vec<String> = set.texts("pathSet").into_iter().map(str::to_owned).collect();
    let all = set.text_of("all").is_some_and(|text| matches!(text, "true" | "1"));
    let paths =
        if all || paths.is_empty() { every(kind).iter().map(|path| (*path).to_owned()).collect() } else { paths };
    (kind.to_owned(), paths)
}

/// The objects an ObjectSpec leads to, of the types that are wanted.
fn selected(
    context: &Context<'_>,
    object: &Element,
    wanted: &[(String, Vec<String>)],
) -> Result<Vec<(String, String)>, Fault> {
    let Some(start) = object.child("obj") else { return Err(Fault::invalid_argument("specSet.objectSet.obj")) };
    let start = (start.kind().to_owned(), start.text.trim().to_owned());
    let is_wanted = |kind: &str| wanted.iter().any(|(wanted, _)| wanted == kind || wanted == "ManagedEntity");
    let skip = object.text_of("skip").is_some_and(|text| matches!(text, "true" | "1"));
    let mut found = Vec::new();
    if !skip && is_wanted(&start.0) {
        found.push(start.clone());
    }
    let follows = object.all("selectSet").any(|set| set.text_of("path") == Some("view"));
    if start.0 == "ContainerView" {
        let state = context.vcenter().state();
        let session = state.session(context.token(), Wanted::Soap);
        let hosts = session.and_then(|session| session.views.get(&start.1)).copied();
        let Some(hosts) = hosts else { return Err(Fault::not_found(&start)) };
        if hosts && follows && is_wanted("HostSystem") {
            found.extend(state.hosts.iter().map(|host| ("HostSystem".to_owned(), host.id.clone())));
        }
    }
    Ok(found)
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
    let mut state = context.vcenter().state();
    context.token().and_then(|session| state.sessions.get_mut(session))?.pages.remove(token)
}

/// One page, and a token for the rest.
fn give(context: &Context<'_>, mut page: Page) -> Result<String, Fault> {
    let rest = page.objects.split_off(page.size.min(page.objects.len()));
    let mut objects = String::new();
    for object in &page.objects {
        objects.push_str(&object_content(context, object, &page.paths)?);
    }
    let mut token = String::new();
    if !rest.is_empty() {
        let key = context.world.token();
        token = tag("token", &key);
        let next = Page { objects: rest, paths: page.paths, size: page.size };
        let mut state = context.vcenter().state();
        if let Some(session) = context.token().and_then(|token| state.sessions.get_mut(token)) {
            session.pages.insert(key, next);
        }
    }
    // Nothing found is an answer without a value.
    Ok(if objects.is_empty() { String::new() } else { format!("<returnval>{token}{objects}</returnval>") })
}

fn object_content(
    context: &Context<'_>,
    object: &(String, String),
    paths: &[(String, Vec<String>)],
) -> Result<String, Fault> {
    let (mut set, mut missing) = (String::new(), String::new());
    let own = paths.iter().filter(|(kind, _)| *kind == object.0 || kind == "ManagedEntity");
    for path in own.flat_map(|(_, paths)| paths) {
        match property(context, (&object.0, &object.1), path) {
            None => return Err(Fault::not_found(object)),
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
    Ok(format!("<objects>{}{set}{missing}</objects>", reference("obj", &object.0, &object.1)))
}

fn invalid(path: &str) -> Fault {
    Fault::vim("InvalidProperty", "The property is not valid.").with(tag("name", path))
}

/// Fetch: one property of any object.
pub(super) fn fetch(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let path = call.text("prop")?;
    match property(context, (&call.this.0, &call.this.1), path) {
        None => Err(Fault::not_found(&call.this)),
        Some(Property::Set(value)) => Ok(value.element("returnval")),
        Some(Property::Unset) => Ok(String::new()),
        Some(Property::Missing(fault)) => Err(fault),
        Some(Property::Invalid) => Err(invalid(path)),
    }
}
