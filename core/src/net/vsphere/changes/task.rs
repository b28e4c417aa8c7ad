//! Tasks of vim25 and SMS: changes that go on after the answer.

use std::fmt;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::super::records::Moref;
use super::super::renewal::Kind;
use super::super::wire::fault;
use super::super::wire::soap::moref;
use super::super::wire::xml::Element;
use super::Changes;
use crate::net::error::NetError;
use crate::net::http::Http;
use crate::text::beginning;

/// The pause before a task is looked at for the second time; it doubles from then on.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// A change that the server works on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the server accepted the change, and only its task shows the outcome"]
pub struct Task {
    /// The task; its type tells vim25's `Task` from `SmsTask`.
    pub moref: Moref,
    /// The method that began it.
    pub method: &'static str,
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.method, self.moref.id)
    }
}

/// How far a task is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskState {
    /// It waits for its turn.
    Queued,
    /// It is worked on.
    Running {
        /// Of a hundred, where the server says it.
        percent: Option<u8>,
    },
    /// It was done.
    Success {
        /// The object it made, where it made one.
        result: Option<Moref>,
    },
    /// It was not done, or not all of it, and this is why.
    Error(NetError),
}

impl Changes<'_> {
    /// Looks once at a task. Needs what began it.
    ///
    /// # Errors
    /// [`NetError`] when it cannot be looked at; `NotFound` when the server has forgotten it, as it does some minutes after
    /// its end. A task that failed is [`TaskState::Error`].
    pub async fn task_state(&self, task: &Task) -> Result<TaskState, NetError> {
        let session = self.session;
        let info = match task.moref.kind.as_str() {
            "SmsTask" => session.renewing(Kind::Vim, || async { session.sms().task_info(&task.moref).await }).await?,
            _ => session.renewing(Kind::Vim, || session.vim.task_info(&task.moref)).await?,
        };
        let server = session.http.server.to_string();
        let unreadable = |reason: String| NetError::Response { server: server.clone(), what: task.to_string(), reason };
        let info = info.ok_or_else(|| unreadable("it has no information".to_owned()))?;
        state(&session.http, task, &info).ok_or_else(|| {
            let found = session.http.words(info.text_of("state").unwrap_or_default().trim());
            unreadable(format!("`{}` is not a state of a task", beginning(&found, 40)))
        })
    }

    /// Waits for a task's end, at most this long; returns the object it made, if any. `each` is called each time the
    /// task is looked at.
    ///
    /// # Errors
    /// The task's own failure, usually [`NetError::Fault`]: then it was not done, or not all of it.
    /// [`NetError::OutcomeUnknown`] when the time is up, the wait is cancelled, the server cannot be asked, or has
    /// forgotten the task. The task goes on then; wait for it again, or read back.
    pub async fn wait(
        &self,
        task: &Task,
        limit: Duration,
        each: impl FnMut(&TaskState),
    ) -> Result<Option<Moref>, NetError> {
        self.waited(task, limit, each).await.map_err(|error| self.session.http.without_secrets(error))
    }

    async fn waited(
        &self,
        task: &Task,
        limit: Duration,
        mut each: impl FnMut(&TaskState),
    ) -> Result<Option<Moref>, NetError> {
        let http = &self.session.http;
        let what = task.to_string();
        let unknown = |error: NetError| error.after_sending(&http.server, &what);
        let late = || NetError::Timeout { server: http.server.to_string(), what: what.clone(), after: limit };
        let end = Instant::now() + limit;
        let mut pause = PAUSE;
        loop {
            let looked = timeout_at(end, self.task_state(task)).await;
            let state = looked.map_err(|_| unknown(late()))?.map_err(unknown)?;
            each(&state);
            match state {
                TaskState::Success { result } => return Ok(result),
                TaskState::Error(error) => return Err(error),
                TaskState::Queued | TaskState::Running { .. } => (),
            }
            if Instant::now() + pause >= end {
                return Err(unknown(late()));
            }
            http.pause(pause).await.map_err(unknown)?;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// `TaskInfo` and `SmsTaskInfo` name what counts alike.
fn state(http: &Http, task: &Task, info: &Element) -> Option<TaskState> {
    match info.text_of("state")?.trim() {
        "queued" => Some(TaskState::Queued),
        "running" => {
            Some(TaskState::Running { percent: info.text_of("progress").and_then(|text| text.trim().parse().ok()) })
        }
        "success" => {
            let result = info.child("result").map(moref).filter(|made| !made.kind.is_empty() && !made.id.is_empty());
            Some(TaskState::Success { result })
        }
        "error" => Some(TaskState::Error(fault::of_task(http, &task.to_string(), info.child("error")))),
        _ => None,
    }
}
