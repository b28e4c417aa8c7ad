//! Events and alarms.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::records::Moref;
use super::super::wire::soap::{moref, reference, returned};
use super::super::wire::xml::tag;
use super::Changes;
use crate::net::error::NetError;

/// An alarm definition that events set and clear: vim25 `AlarmSpec` with an `OrAlarmExpression`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// Its name, which must be unique.
    pub name: String,
    /// For people.
    pub description: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// The events; one for each status it can take.
    pub triggers: Vec<AlarmTrigger>,
}

/// An event that gives an alarm a status: vim25 `EventAlarmExpression`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlarmTrigger {
    /// Which event.
    pub event: EventKind,
    /// On what type of object, `HostSystem` for instance; any by default.
    pub object_type: Option<String>,
    /// What must hold for the event as well.
    #[serde(default)]
    pub comparisons: Vec<Comparison>,
    /// The status it gives.
    pub status: AlarmStatus,
}

/// Which event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// What `LogUserEvent` writes: `vim.event.GeneralUserEvent`.
    User,
    /// An `EventEx` of this event type id.
    Extended(String),
}

/// A condition on an attribute of the event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// The attribute, or the key of an argument.
    pub attribute: String,
    /// `equals`, `notEqualTo`, `startsWith`, `doesNotStartWith`, `endsWith` or `doesNotEndWith`.
    pub operator: String,
    /// The value.
    pub value: String,
}

/// vim25 `ManagedEntityStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlarmStatus {
    /// Unknown.
    Gray,
    /// All is well.
    Green,
    /// A warning.
    Yellow,
    /// A problem.
    Red,
}

impl AlarmStatus {
    const fn name(self) -> &'static str {
        match self {
            Self::Gray => "gray",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
}

impl AlarmTrigger {
    /// In the order of the schema.
    fn xml(&self) -> String {
        let comparison = |one: &Comparison| {
            let fields = tag("attributeName", &one.attribute) + &tag("operator", &one.operator);
            format!("<comparisons>{fields}{}</comparisons>", tag("value", &one.value))
        };
        let comparisons: String = self.comparisons.iter().map(comparison).collect();
        let (kind, id) = match &self.event {
            EventKind::User => ("GeneralUserEvent", "vim.event.GeneralUserEvent"),
            EventKind::Extended(id) => ("EventEx", id.as_str()),
        };
        let object = self.object_type.as_ref().map(|kind| tag("objectType", kind)).unwrap_or_default();
        format!(
            "<expression xsi:type=\"EventAlarmExpression\">{comparisons}{}{}{object}{}</expression>",
            tag("eventType", kind),
            tag("eventTypeId", id),
            tag("status", self.status.name())
        )
    }
}

impl Alarm {
    /// In the order of the schema.
    fn xml(&self) -> String {
        let triggers: String = self.triggers.iter().map(AlarmTrigger::xml).collect();
        format!(
            "<spec>{}{}{}<expression xsi:type=\"OrAlarmExpression\">{triggers}</expression></spec>",
            tag("name", &self.name),
            tag("description", &self.description),
            tag("enabled", if self.enabled { "true" } else { "false" })
        )
    }
}

impl Changes<'_> {
    /// Writes a line to the events of an object (`LogUserEvent`). Needs `Global.LogEvent`.
    ///
    /// # Errors
    /// [`NetError`].
    pub async fn log_user_event(&self, entity: &Moref, message: &str) -> Result<(), NetError> {
        let vim = &self.session.vim;
        let manager = vim.offered("EventManager", vim.content.event_manager.as_ref())?;
        let arguments = reference("entity", entity) + &tag("msg", message);
        self.vim("LogUserEvent", manager, &arguments).await.map(drop)
    }

    /// Defines an alarm on an object and all below it (`CreateAlarm`); returns it. Needs `Alarm.Create`.
    ///
    /// # Errors
    /// [`NetError`]; a fault `DuplicateName` when there is one of this name.
    pub async fn create_alarm(&self, entity: &Moref, alarm: &Alarm) -> Result<Moref, NetError> {
        let vim = &self.session.vim;
        let manager = vim.offered("AlarmManager", vim.content.alarm_manager.as_ref())?;
        let answer = self.vim("CreateAlarm", manager, &(reference("entity", entity) + &alarm.xml())).await?;
        let made = returned(&self.session.http, "CreateAlarm", &answer).map(moref);
        made.map_err(|error| error.after_sending(&self.session.http.server, "CreateAlarm"))
    }
}
