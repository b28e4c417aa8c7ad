//! AlarmManager: alarms on events.

use super::inventory::{self, Moref, is_a};
use super::value::{Field, Property, Value};
use super::{allowed, user};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::{Alarm, Event, Privilege, State, Triggered};
use crate::xml::{Element, reference, tag};

/// CreateAlarm.
pub(super) fn create(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::CreateAlarm))?;
    let entity = call.arguments.reference_of("entity").ok_or_else(|| Fault::invalid_argument("entity"))?;
    let spec = call.arguments.child("spec").cloned().ok_or_else(|| Fault::invalid_argument("spec"))?;
    if spec.child("expression").is_none() {
        return Err(Fault::invalid_argument("spec.expression"));
    }
    let name = spec.text_of("name").unwrap_or_default().to_owned();
    let (user, made) = (user(context), context.world.now());
    let mut state = context.vcenter().state();
    if name.is_empty() {
        return Err(Fault::vim("InvalidName", "The specified name is not valid.").with(tag("name", &name)));
    }
    if !inventory::exists(&state, &entity) {
        return Err(Fault::not_found(&entity));
    }
    if let Some((id, _)) = state.alarms.iter().find(|(_, alarm)| alarm.name == name) {
        let fields = tag("name", &name) + &reference("object", "Alarm", id);
        return Err(Fault::vim("DuplicateName", "The name exists already.").with(fields));
    }
    let id = format!("alarm-{}", state.number());
    state.alarms.insert(id.clone(), Alarm { name, entity, spec, user, made, triggered: Vec::new() });
    Ok(reference("returnval", "Alarm", &id))
}

/// GetAlarm: those of an entity, or all.
pub(super) fn get(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::Read))?;
    let entity = call.arguments.reference_of("entity");
    let state = context.vcenter().state();
    let wanted = |alarm: &Alarm| entity.as_ref().is_none_or(|entity| *entity == alarm.entity);
    let found = state.alarms.iter().filter(|(_, alarm)| wanted(alarm));
    Ok(found.map(|(id, _)| reference("returnval", "Alarm", id)).collect())
}

/// RemoveAlarm.
pub(super) fn remove(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::CreateAlarm))?;
    let removed = context.vcenter().state().alarms.remove(&call.this.1);
    removed.map(|_| String::new()).ok_or_else(|| Fault::not_found(&call.this))
}

/// AcknowledgeAlarm.
pub(super) fn acknowledge(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::CreateAlarm))?;
    let alarm = call.arguments.reference_of("alarm").ok_or_else(|| Fault::invalid_argument("alarm"))?;
    let entity = call.arguments.reference_of("entity").ok_or_else(|| Fault::invalid_argument("entity"))?;
    let by = (user(context), context.world.now());
    let mut state = context.vcenter().state();
    let found = state.alarms.get_mut(&alarm.1).ok_or_else(|| Fault::not_found(&alarm))?;
    let set_off = found.triggered.iter_mut().filter(|triggered| triggered.entity == entity);
    set_off.for_each(|triggered| triggered.acknowledged = Some(by.clone()));
    Ok(String::new())
}

/// A property of an alarm; `None` where there is no such alarm.
pub(super) fn property(state: &State, id: &str, first: &str) -> Option<Property> {
    let alarm = state.alarms.get(id)?;
    if first != "info" {
        return Some(Property::Invalid);
    }
    let content = [
        alarm.spec.content(),
        tag("key", id),
        reference("alarm", "Alarm", id),
        reference("entity", &alarm.entity.0, &alarm.entity.1),
        tag("lastModifiedTime", &alarm.made.to_string()),
        tag("lastModifiedUser", &alarm.user),
        tag("creationEventId", "0"),
    ];
    Some(Property::Set(Value::Written("AlarmInfo".to_owned(), content.concat())))
}

/// `triggeredAlarmState` of an entity: the alarms that are set off on it or below it.
pub(super) fn triggered(state: &State, entity: &Moref) -> Value {
    let all = state.alarms.iter().flat_map(|(id, alarm)| alarm.triggered.iter().map(move |set_off| (id, set_off)));
    let here = all.filter(|(_, set_off)| inventory::ancestry(state, &set_off.entity).contains(entity));
    Value::List("AlarmState", here.map(|(id, set_off)| alarm_state(id, set_off)).collect())
}

/// `AlarmState`.
fn alarm_state(id: &str, set_off: &Triggered) -> Value {
    let time = |time: vitrust::Time| Field::Set(Value::Text("xsd:dateTime", time.to_string()));
    let by = set_off.acknowledged.as_ref();
    let fields = vec![
        ("key", Value::string(&format!("{id}.{}", set_off.entity.1)).into()),
        ("entity", Value::moref(&set_off.entity.0, &set_off.entity.1).into()),
        ("alarm", Value::moref("Alarm", id).into()),
        ("overallStatus", Value::Text("ManagedEntityStatus", set_off.status.clone()).into()),
        ("time", time(set_off.at)),
        ("acknowledged", Value::boolean(by.is_some()).into()),
        ("acknowledgedByUser", by.map_or(Field::Unset, |(user, _)| Value::string(user).into())),
        ("acknowledgedTime", by.map_or(Field::Unset, |(_, at)| time(*at))),
        ("eventKey", Value::Text("xsd:int", set_off.event.to_string()).into()),
    ];
    Value::Object("AlarmState", fields)
}

/// Shows an event to every alarm that watches what it is about: green ends an alarm, any other status sets it off.
pub(crate) fn sound(state: &mut State, event: &Event) {
    let Some(entity) = &event.entity else { return };
    let line = inventory::ancestry(state, entity);
    for alarm in state.alarms.values_mut().filter(|alarm| line.contains(&alarm.entity) && alarm.spec.is_true("enabled"))
    {
        let Some(status) = alarm.spec.child("expression").and_then(|expression| status_of(expression, event)) else {
            continue;
        };
        alarm.triggered.retain(|set_off| set_off.entity != *entity);
        if matches!(status, "yellow" | "red") {
            let entity = entity.clone();
            let status = status.to_owned();
            alarm.triggered.push(Triggered { entity, status, at: event.at, event: event.key, acknowledged: None });
        }
    }
}

/// The status that an expression gives for an event.
fn status_of<'a>(expression: &'a Element, event: &Event) -> Option<&'a str> {
    match expression.kind() {
        "OrAlarmExpression" => expression.all("expression").find_map(|inner| status_of(inner, event)),
        "EventAlarmExpression" => {
            let own = expression.text_of("eventType").is_none_or(|kind| kind == event.kind || kind == "Event");
            let id = expression.text_of("eventTypeId").is_none_or(|id| id == event.type_id);
            let object = expression
                .text_of("objectType")
                .is_none_or(|wanted| event.entity.as_ref().is_some_and(|(kind, _)| is_a(kind, wanted)));
            let compared = expression.all("comparisons").all(|comparison| holds(comparison, event));
            (own && id && object && compared).then(|| expression.text_of("status")).flatten()
        }
        _ => None,
    }
}

/// A comparison with the event's message or user.
fn holds(comparison: &Element, event: &Event) -> bool {
    let actual = match comparison.text_of("attributeName").unwrap_or_default() {
        "message" | "fullFormattedMessage" => &event.message,
        "userName" => &event.user,
        _ => return false,
    };
    let value = comparison.text_of("value").unwrap_or_default();
    match comparison.text_of("operator").unwrap_or_default() {
        "equals" => actual == value,
        "notEqualTo" => actual != value,
        "startsWith" => actual.starts_with(value),
        "doesNotStartWith" => !actual.starts_with(value),
        "endsWith" => actual.ends_with(value),
        "doesNotEndWith" => !actual.ends_with(value),
        _ => false,
    }
}
