//! EventManager: writing events down and reading them.

use super::inventory::{self, Moref, is_a};
use super::value::{Field, Property, Value};
use super::{allowed, user};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Event, History, Privilege, Session, State, uuid};
use crate::xml::{Element, reference, tag};

/// Events in one page when the client does not say.
const PAGE: usize = 10;

/// The types there are: name, category, format.
const KINDS: [(&str, &str, &str); 5] = [
    ("GeneralUserEvent", "user", "User logged event: {message}"),
    ("UserLoginSessionEvent", "info", "User {userName}@{ipAddress} logged in as {userAgent}"),
    ("HostConnectedEvent", "info", "Connected to {host.name} in {datacenter.name}"),
    ("HostDisconnectedEvent", "info", "Disconnected from {host.name} in {datacenter.name}. Reason: {reason}"),
    ("EventEx", "info", "{message}"),
];

/// LogUserEvent.
pub(super) fn log(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::LogEvent))?;
    let entity = call.arguments.reference_of("entity").ok_or_else(|| Fault::invalid_argument("entity"))?;
    let message = call.text("msg")?;
    let (user, now) = (user(context), context.world.now());
    let mut state = context.vcenter().state();
    let Some(name) = inventory::name(&state, &entity) else { return Err(Fault::not_found(&entity)) };
    let about = format!("<entity>{}{}</entity>", tag("name", &name), reference("entity", &entity.0, &entity.1));
    let event = Event::new("GeneralUserEvent", &user, now, Some(entity), message);
    state.record(event.with(tag("message", message) + &about));
    Ok(String::new())
}

/// PostEvent of an EventEx.
pub(super) fn post(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::LogEvent))?;
    let invalid = || Fault::vim("InvalidEvent", "The event is not valid.");
    let posted = call.arguments.child("eventToPost").filter(|event| event.kind() == "EventEx").ok_or_else(invalid)?;
    let type_id = posted.text_of("eventTypeId").ok_or_else(invalid)?;
    let object = posted.text_of("objectType").zip(posted.text_of("objectId"));
    let host = posted.child("host").and_then(|host| host.reference_of("host"));
    let entity = host.or_else(|| object.map(|(kind, id)| (kind.to_owned(), id.to_owned())));
    let (user, now) = (user(context), context.world.now());
    let mut state = context.vcenter().state();
    if entity.as_ref().is_some_and(|entity| !inventory::exists(&state, entity)) {
        return Err(invalid());
    }
    let own = ["eventTypeId", "severity", "message", "objectId", "objectType", "objectName"];
    let fields = own.iter().filter_map(|name| posted.text_of(name).map(|text| tag(name, text))).collect();
    let event = Event::new("EventEx", &user, now, entity, posted.text_of("message").unwrap_or_default());
    state.record(Event { type_id: type_id.to_owned(), fields, ..event });
    Ok(String::new())
}

/// QueryEvents.
pub(super) fn query(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::Read))?;
    let spec = call.arguments.child("filter").ok_or_else(|| Fault::invalid_argument("filter"))?;
    let state = context.vcenter().state();
    Ok(matching(&state, spec).into_iter().map(|event| value(&state, event).field("returnval")).collect())
}

/// CreateCollectorForEvents.
pub(super) fn create_collector(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let spec = call.arguments.child("filter").cloned().ok_or_else(|| Fault::invalid_argument("filter"))?;
    let id = format!("session[{}]{}", uuid(&context.world.token()), uuid(&context.world.token()));
    let mut state = context.vcenter().state();
    let position = matching(&state, &spec).len();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    session.histories.insert(id.clone(), History { spec, page: PAGE, position });
    Ok(reference("returnval", "EventHistoryCollector", &id))
}

/// The calls on a collector of events.
pub(super) fn collector(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let mut guard = context.vcenter().state();
    let state = &mut *guard;
    let missing = || Fault::not_found(&call.this);
    let id = call.this.1.as_str();
    if call.method == "DestroyCollector" {
        let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
        return session.histories.remove(id).map(|_| String::new()).ok_or_else(missing);
    }
    let count: Option<usize> = call.arguments.text_of("maxCount").and_then(|text| text.parse().ok());
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    let mut history = session.histories.remove(id).ok_or_else(missing)?;
    let events = matching(state, &history.spec);
    let most = count.unwrap_or(PAGE);
    let range = match call.method.as_str() {
        "ReadNextEvents" => history.position..history.position.saturating_add(most).min(events.len()),
        "ReadPreviousEvents" => history.position.saturating_sub(most)..history.position,
        _ => 0..0,
    };
    match call.method.as_str() {
        "ReadNextEvents" => history.position = range.end,
        "ReadPreviousEvents" => history.position = range.start,
        "RewindCollector" => history.position = 0,
        "ResetCollector" => history.position = events.len(),
        _ => history.page = count.filter(|count| *count > 0).unwrap_or(PAGE),
    }
    let read = events.get(range).unwrap_or_default();
    let answer = read.iter().map(|event| value(state, event).field("returnval")).collect();
    let session = state.session_mut(context.token()).ok_or_else(Fault::not_authenticated)?;
    session.histories.insert(id.to_owned(), history);
    Ok(answer)
}

/// A property of a collector of events; `None` where there is no such collector.
pub(super) fn collector_property(state: &State, session: &Session, id: &str, first: &str) -> Option<Property> {
    let history = session.histories.get(id)?;
    Some(match first {
        "latestPage" => {
            // The newest first.
            let latest = matching(state, &history.spec).into_iter().rev().take(history.page);
            Property::Set(Value::List("Event", latest.map(|event| value(state, event)).collect()))
        }
        _ => Property::Invalid,
    })
}

/// A property of EventManager.
pub(super) fn property(state: &State, first: &str) -> Property {
    match first {
        "latestEvent" => state.events.last().map_or(Property::Unset, |event| Property::Set(value(state, event))),
        "maxCollector" => Property::Set(Value::int(1000)),
        "description" => {
            let kinds = KINDS.iter().map(|(key, category, format)| detail(key, category, format)).collect();
            let fields = vec![("eventInfo", Field::Set(Value::List("EventDescriptionEventDetail", kinds)))];
            Property::Set(Value::Object("EventDescription", fields))
        }
        _ => Property::Invalid,
    }
}

/// `EventDescriptionEventDetail`.
fn detail(key: &str, category: &str, format: &str) -> Value {
    let text = |text: &str| Field::Set(Value::string(text));
    let fields = vec![
        ("key", text(key)),
        ("description", text(key)),
        ("category", text(category)),
        ("formatOnDatacenter", text(format)),
        ("formatOnComputeResource", text(format)),
        ("formatOnHost", text(format)),
        ("formatOnVm", text(format)),
        ("fullFormat", text(format)),
    ];
    Value::Object("EventDescriptionEventDetail", fields)
}

/// The events of an `EventFilterSpec`, the oldest first.
fn matching<'a>(state: &'a State, spec: &Element) -> Vec<&'a Event> {
    let kinds: Vec<&str> = spec.texts("type").into_iter().chain(spec.texts("eventTypeId")).collect();
    let entity = spec.child("entity").and_then(|by| Some((by.reference_of("entity")?, by.text_of("recursion")?)));
    let users = spec.child("userName").map(|by| by.texts("userList"));
    let wanted = |event: &&Event| {
        let kind = kinds.is_empty() || kinds.iter().any(|kind| *kind == event.kind || *kind == event.type_id);
        let user = users.as_ref().is_none_or(|users| users.is_empty() || users.contains(&event.user.as_str()));
        kind && user && entity.as_ref().is_none_or(|(entity, recursion)| is_about(state, event, entity, recursion))
    };
    state.events.iter().filter(wanted).collect()
}

/// Whether an event is about an entity: itself, what stands below it, or both.
fn is_about(state: &State, event: &Event, entity: &Moref, recursion: &str) -> bool {
    // What is about nothing is about the whole.
    let Some(own) = &event.entity else { return entity.1 == inventory::ROOT.1 };
    let below = own != entity && inventory::ancestry(state, own).contains(entity);
    match recursion {
        "self" => own == entity,
        "children" => below,
        _ => own == entity || below,
    }
}

/// An event, in the order of its type.
fn value(state: &State, event: &Event) -> Value {
    let about = event.entity.as_ref().filter(|(kind, _)| is_a(kind, "HostSystem"));
    let host = about.and_then(|host| Some((inventory::name(state, host)?, host)));
    let host =
        host.map(|(name, host)| format!("<host>{}{}</host>", tag("name", &name), reference("host", &host.0, &host.1)));
    let content = [
        tag("key", &event.key.to_string()),
        tag("chainId", &event.key.to_string()),
        tag("createdTime", &event.at.to_string()),
        tag("userName", &event.user),
        host.unwrap_or_default(),
        tag("fullFormattedMessage", &event.message),
        event.fields.clone(),
    ];
    Value::Written(event.kind.clone(), content.concat())
}
