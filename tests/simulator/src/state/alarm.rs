//! Alarms, and what set them off.

use vitrust::Time;

use crate::xml::Element;

/// An alarm.
#[derive(Debug, Clone)]
pub(crate) struct Alarm {
    pub(crate) name: String,
    /// Type and id of what it watches.
    pub(crate) entity: (String, String),
    /// `AlarmSpec`.
    pub(crate) spec: Element,
    pub(crate) user: String,
    pub(crate) made: Time,
    pub(crate) triggered: Vec<Triggered>,
}

/// An alarm that was set off.
#[derive(Debug, Clone)]
pub(crate) struct Triggered {
    /// Type and id of what it is about.
    pub(crate) entity: (String, String),
    /// `yellow` or `red`.
    pub(crate) status: String,
    pub(crate) at: Time,
    /// The event that did it.
    pub(crate) event: u64,
    /// Who acknowledged it, and when.
    pub(crate) acknowledged: Option<(String, Time)>,
}
