//! Property filters, and the calls that wait for a change.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::inventory::Moref;
use super::objects::property;
use super::select::{invalid, picked};
use super::value::Property;
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Filter, Told, uuid};
use crate::xml::{Element, reference, tag};

/// How often a waiting call looks.
const EVERY: Duration = Duration::from_millis(10);

/// The longest a call waits that does not say.
const LONGEST: Duration = Duration::from_secs(600);

/// CreatePropertyCollector: one whose filters are its own.
pub(super) fn create_collector(context: &Context<'_>) -> String {
    let id = fresh(context);
    if let Some(session) = context.vcenter().state().session_mut(context.token()) {
        session.collectors.entry(id.clone()).or_default();
    }
    reference("returnval", "PropertyCollector", &id)
}

/// DestroyPropertyCollector; that of the service cannot be.
pub(super) fn destroy_collector(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    session.collectors.remove(&call.this.1).ok_or_else(|| Fault::not_found(&call.this))?;
    session.filters.retain(|_, filter| filter.collector != call.this.1);
    Ok(String::new())
}

fn fresh(context: &Context<'_>) -> String {
    format!("session[{}]{}", uuid(&context.world.token()), uuid(&context.world.token()))
}

/// CreateFilter.
pub(super) fn create_filter(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let spec = call.arguments.child("spec").cloned().ok_or_else(|| Fault::invalid_argument("spec"))?;
    // Whatever is wrong with it is said now.
    current(context, &spec)?;
    let id = fresh(context);
    let filter = Filter { collector: call.this.1.clone(), spec, told: BTreeMap::new() };
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    session.filters.insert(id.clone(), filter);
    Ok(reference("returnval", "PropertyFilter", &id))
}

/// DestroyPropertyFilter.
pub(super) fn destroy_filter(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    session.filters.remove(&call.this.1).map(|_| String::new()).ok_or_else(|| Fault::not_found(&call.this))
}

/// CancelWaitForUpdates: whoever waits at this collector is told to stop.
pub(super) fn cancel(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    session.collectors.entry(call.this.1.clone()).or_default().cancelled += 1;
    Ok(String::new())
}

/// WaitForUpdatesEx, WaitForUpdates and CheckForUpdates, which does not wait.
pub(super) async fn wait(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let seconds = call.arguments.child("options").and_then(|options| options.text_of("maxWaitSeconds"));
    let limit = match (call.method.as_str(), seconds) {
        ("CheckForUpdates", _) => Duration::ZERO,
        (_, Some(text)) => Duration::from_secs(text.parse().map_err(|_| Fault::invalid_argument("maxWaitSeconds"))?),
        (_, None) => LONGEST,
    };
    let collector = call.this.1.as_str();
    begin(context, collector, call.arguments.text_of("version").unwrap_or_default())?;
    let started = Instant::now();
    let cancelled = cancelled(context, collector)?;
    loop {
        let found = changes(context, collector)?;
        if !found.is_empty() {
            return Ok(found);
        }
        if self::cancelled(context, collector)? != cancelled {
            return Err(Fault::vim("RequestCanceled", "The task was canceled by a user."));
        }
        if started.elapsed() >= limit {
            return Ok(String::new());
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// No version begins anew; another than the last one is of another session.
fn begin(context: &Context<'_>, id: &str, version: &str) -> Result<(), Fault> {
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    let collector = session.collectors.entry(id.to_owned()).or_default();
    if version.is_empty() {
        let own = session.filters.values_mut().filter(|filter| filter.collector == id);
        own.for_each(|filter| filter.told.clear());
        return Ok(());
    }
    if version != collector.version.to_string() {
        return Err(Fault::vim("InvalidCollectorVersion", "The version of the collector is not valid."));
    }
    Ok(())
}

fn cancelled(context: &Context<'_>, id: &str) -> Result<u64, Fault> {
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    Ok(session.collectors.get(id).map_or(0, |collector| collector.cancelled))
}

/// The `UpdateSet` of what changed since it was last told; empty where nothing did.
fn changes(context: &Context<'_>, collector: &str) -> Result<String, Fault> {
    let specs: Vec<(String, Element)> = {
        let mut state = context.vcenter().state();
        let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
        let own = session.filters.iter().filter(|(_, filter)| filter.collector == collector);
        own.map(|(id, filter)| (id.clone(), filter.spec.clone())).collect()
    };
    let mut sets = String::new();
    for (id, spec) in specs {
        let now = current(context, &spec)?;
        let mut state = context.vcenter().state();
        let filter = state.session_mut(context.token()).and_then(|session| session.filters.get_mut(&id));
        let Some(filter) = filter else { continue };
        let updates = object_updates(&filter.told, &now);
        filter.told = now;
        if !updates.is_empty() {
            sets.push_str(&format!("<filterSet>{}{updates}</filterSet>", reference("filter", "PropertyFilter", &id)));
        }
    }
    if sets.is_empty() {
        return Ok(sets);
    }
    let mut state = context.vcenter().state();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    let collector = session.collectors.entry(collector.to_owned()).or_default();
    collector.version += 1;
    Ok(format!("<returnval>{}{sets}</returnval>", tag("version", &collector.version.to_string())))
}

/// The objects of a filter with the XML of their properties.
fn current(context: &Context<'_>, spec: &Element) -> Result<BTreeMap<Moref, Told>, Fault> {
    let mut found = BTreeMap::new();
    for picked in picked(context, spec)? {
        let mut told = Told::new();
        for path in &picked.paths {
            match property(context, &picked.object, path) {
                None => return Err(Fault::not_found(&picked.object)),
                Some(Property::Set(value)) => drop(told.insert(path.clone(), value.element("val"))),
                Some(Property::Unset | Property::Missing(_)) => (),
                Some(Property::Invalid) => return Err(invalid(path)),
            }
        }
        found.insert(picked.object, told);
    }
    Ok(found)
}

fn object_updates(before: &BTreeMap<Moref, Told>, now: &BTreeMap<Moref, Told>) -> String {
    let empty = Told::new();
    let mut out = String::new();
    for (object, told) in now {
        let kind = if before.contains_key(object) { "modify" } else { "enter" };
        let changed = property_changes(before.get(object).unwrap_or(&empty), told);
        if kind == "enter" || !changed.is_empty() {
            out.push_str(&object_update(kind, object, &changed));
        }
    }
    let gone = before.keys().filter(|object| !now.contains_key(*object));
    gone.for_each(|object| out.push_str(&object_update("leave", object, "")));
    out
}

fn property_changes(before: &Told, now: &Told) -> String {
    let assigned = now.iter().filter(|(path, value)| before.get(*path) != Some(value));
    let assigned =
        assigned.map(|(path, value)| format!("<changeSet>{}<op>assign</op>{value}</changeSet>", tag("name", path)));
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    assigned.chain(gone.map(|path| format!("<changeSet>{}<op>assign</op></changeSet>", tag("name", path)))).collect()
}

fn object_update(kind: &str, object: &Moref, changes: &str) -> String {
    let reference = reference("obj", &object.0, &object.1);
    format!("<objectSet>{}{reference}{changes}</objectSet>", tag("kind", kind))
}
