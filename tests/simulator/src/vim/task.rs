//! `TaskInfo`.

use crate::soap::Service;
use crate::state::{Outcome, Task};
use crate::xml::{escaped, reference, tag};

/// The state's name.
pub(super) fn state(task: &Task) -> &'static str {
    match &task.outcome {
        None => "running",
        Some(Outcome::Success(_)) => "success",
        Some(Outcome::Failure(_)) => "error",
    }
}

/// The fields of a vim25 `TaskInfo`, in the order of its type.
pub(super) fn info(id: &str, task: &Task) -> String {
    let (error, result) = match &task.outcome {
        Some(Outcome::Failure(fault)) => (fault.localized("error"), String::new()),
        Some(Outcome::Success(result)) => (String::new(), result.clone()),
        None => (String::new(), String::new()),
    };
    let progress = if task.outcome.is_none() { tag("progress", "50") } else { String::new() };
    let started = task.started.to_string();
    [
        tag("key", id),
        reference("task", "Task", id),
        tag("name", &task.method),
        tag("descriptionId", &task.method),
        reference("entity", &task.entity.0, &task.entity.1),
        tag("state", state(task)),
        tag("cancelled", "false"),
        tag("cancelable", "false"),
        error,
        result,
        progress,
        format!("<reason xsi:type=\"TaskReasonUser\"><userName>{}</userName></reason>", escaped(&task.user)),
        tag("queueTime", &started),
        tag("startTime", &started),
        task.ended.map(|ended| tag("completeTime", &ended.to_string())).unwrap_or_default(),
        tag("eventChainId", "0"),
    ]
    .concat()
}

/// The fields of an `SmsTaskInfo`, in the order of its type.
pub(crate) fn sms_info(id: &str, task: &Task) -> String {
    let (error, result) = match &task.outcome {
        Some(Outcome::Failure(fault)) => (fault.localized("error"), String::new()),
        Some(Outcome::Success(result)) => (String::new(), result.clone()),
        None => (String::new(), String::new()),
    };
    [
        tag("key", id),
        reference("task", "SmsTask", id),
        reference("object", &task.entity.0, &task.entity.1),
        error,
        result,
        tag("startTime", &task.started.to_string()),
        task.ended.map(|ended| tag("completionTime", &ended.to_string())).unwrap_or_default(),
        tag("state", state(task)),
        tag("progress", if task.outcome.is_some() { "100" } else { "50" }),
    ]
    .concat()
}

/// Whether a task's id is one of this service.
pub(crate) fn is_of(service: Service, id: &str) -> bool {
    id.starts_with("sms-task-") == (service == Service::Sms)
}
