//! `TaskInfo`.

use vitrust::Time;

use super::value::{Field, Value};
use crate::soap::{Fault, Service};
use crate::state::{Outcome, Task};
use crate::xml::{reference, tag};

/// The state's name.
pub(super) fn state(task: &Task) -> &'static str {
    match &task.outcome {
        None => "running",
        Some(Outcome::Success(_)) => "success",
        Some(Outcome::Failure(_)) => "error",
    }
}

/// A vim25 `TaskInfo`, in the order of its type. No task of vim25 here has a result.
pub(super) fn info(id: &str, task: &Task) -> Value {
    let error = match &task.outcome {
        Some(Outcome::Failure(fault)) => Field::Set(fault_value(fault)),
        Some(Outcome::Success(_)) | None => Field::Unset,
    };
    let progress = if task.outcome.is_none() { Value::int(50).into() } else { Field::Unset };
    let time = |time: Time| Field::Set(Value::Text("xsd:dateTime", time.to_string()));
    let reason = Value::Written("TaskReasonUser".to_owned(), tag("userName", &task.user));
    let fields = vec![
        ("key", Value::string(id).into()),
        ("task", Value::moref("Task", id).into()),
        ("name", Value::string(&task.method).into()),
        ("descriptionId", Value::string(&task.method).into()),
        ("entity", Value::moref(&task.entity.0, &task.entity.1).into()),
        ("entityName", task.entity_name.as_deref().map_or(Field::Unset, |name| Value::string(name).into())),
        ("state", Value::Text("TaskInfoState", state(task).to_owned()).into()),
        ("cancelled", Value::boolean(false).into()),
        ("cancelable", Value::boolean(false).into()),
        ("error", error),
        ("result", Field::Unset),
        ("progress", progress),
        ("reason", reason.into()),
        ("queueTime", time(task.started)),
        ("startTime", time(task.started)),
        ("completeTime", task.ended.map_or(Field::Unset, time)),
        ("eventChainId", Value::int(0).into()),
    ];
    Value::Object("TaskInfo", fields)
}

/// `LocalizedMethodFault`.
fn fault_value(fault: &Fault) -> Value {
    let written = Value::Written(format!("{}{}", fault.service.prefix(), fault.kind), fault.fields.clone());
    let fields = vec![("fault", written.into()), ("localizedMessage", Value::string(&fault.message).into())];
    Value::Object("LocalizedMethodFault", fields)
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
