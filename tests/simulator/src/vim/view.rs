//! Container views.

use super::inventory::{self, Moref};
use super::value::{Property, Value};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{State, View, uuid};
use crate::xml::reference;

/// CreateContainerView.
pub(super) fn create(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let container = call.arguments.reference_of("container").ok_or_else(|| Fault::invalid_argument("container"))?;
    let kinds = call.arguments.texts("type").into_iter().map(str::to_owned).collect();
    let id = format!("session[{}]{}", uuid(&context.world.token()), uuid(&context.world.token()));
    let view = View { container, kinds, recursive: call.arguments.is_true("recursive") };
    let mut state = context.vcenter().state();
    if !inventory::exists(&state, &view.container) {
        return Err(Fault::not_found(&view.container));
    }
    if let Some(session) = context.token().and_then(|token| state.sessions.get_mut(token)) {
        session.views.insert(id.clone(), view);
    }
    Ok(reference("returnval", "ContainerView", &id))
}

/// DestroyView.
pub(super) fn destroy(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut state = context.vcenter().state();
    let session = context.token().and_then(|token| state.sessions.get_mut(token));
    match session.and_then(|session| session.views.remove(&call.this.1)) {
        Some(_) => Ok(String::new()),
        None => Err(Fault::not_found(&call.this)),
    }
}

/// A property of a view.
pub(super) fn property(state: &State, view: &View, first: &str) -> Property {
    match first {
        "view" => Property::Set(Value::morefs(members(state, view))),
        "container" => Property::Set(Value::moref(&view.container.0, &view.container.1)),
        "recursive" => Property::Set(Value::boolean(view.recursive)),
        "type" => Property::Set(Value::List("xsd:string", view.kinds.iter().map(|kind| Value::string(kind)).collect())),
        _ => Property::Invalid,
    }
}

/// What a view holds: the entities below its container, of its types.
fn members(state: &State, view: &View) -> Vec<Moref> {
    let mut found = Vec::new();
    let mut open = inventory::children(state, &view.container.1);
    while !open.is_empty() {
        let below = match view.recursive {
            true => open.iter().flat_map(|object| inventory::children(state, &object.1)).collect(),
            false => Vec::new(),
        };
        found.append(&mut open);
        open = below;
    }
    found.retain(|(kind, _)| view.kinds.is_empty() || view.kinds.iter().any(|wanted| inventory::is_a(kind, wanted)));
    found
}
