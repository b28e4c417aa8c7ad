//! Events: what was done, and what somebody wanted written down.

use vitrust::Time;

use super::State;

/// An event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) key: u64,
    /// The type, `GeneralUserEvent` for instance.
    pub(crate) kind: String,
    /// `EventEx.eventTypeId`, or the type's own.
    pub(crate) type_id: String,
    pub(crate) at: Time,
    pub(crate) user: String,
    /// Type and id of what it is about.
    pub(crate) entity: Option<(String, String)>,
    pub(crate) message: String,
    /// The XML of the fields its type has beyond those of every event.
    pub(crate) fields: String,
}

impl Event {
    /// An event that is not yet written down.
    pub(crate) fn new(kind: &str, user: &str, at: Time, entity: Option<(String, String)>, message: &str) -> Self {
        Self {
            key: 0,
            kind: kind.to_owned(),
            type_id: format!("vim.event.{kind}"),
            at,
            user: user.to_owned(),
            entity,
            message: message.to_owned(),
            fields: String::new(),
        }
    }

    pub(crate) fn with(self, fields: String) -> Self {
        Self { fields, ..self }
    }
}

impl State {
    /// Writes an event down and lets the alarms see it.
    pub(crate) fn record(&mut self, event: Event) {
        let event = Event { key: self.number(), ..event };
        crate::vim::sound(self, &event);
        self.events.push(event);
    }
}
