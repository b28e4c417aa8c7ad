//! Tasks: work that goes on after the answer.

use vitrust::Time;

use super::State;
use crate::soap::Fault;

/// A task of vim25 or SMS.
#[derive(Clone)]
pub(crate) struct Task {
    /// `CertMgrRefreshCACertificatesAndCRLs_Task` and the like.
    pub(crate) method: String,
    /// Type and id of what it works on.
    pub(crate) entity: (String, String),
    /// The name of that, where it has one.
    pub(crate) entity_name: Option<String>,
    pub(crate) user: String,
    pub(crate) started: Time,
    /// `None` while it runs.
    pub(crate) outcome: Option<Outcome>,
    pub(crate) ended: Option<Time>,
}

/// How a task ended.
#[derive(Clone)]
pub(crate) enum Outcome {
    /// With this `result` element, which may be empty.
    Success(String),
    Failure(Fault),
}

impl State {
    /// Starts a task and returns its id.
    pub(crate) fn begin(&mut self, prefix: &str, method: &str, entity: (&str, &str), user: &str, now: Time) -> String {
        let id = format!("{prefix}-{}", self.number());
        let named = self.hosts.iter().find(|host| host.id == entity.1);
        let task = Task {
            entity_name: named.map(|host| host.name.clone()),
            method: method.to_owned(),
            entity: (entity.0.to_owned(), entity.1.to_owned()),
            user: user.to_owned(),
            started: now,
            outcome: None,
            ended: None,
        };
        self.tasks.insert(id.clone(), task);
        id
    }

    /// Ends a task.
    pub(crate) fn finish(&mut self, id: &str, outcome: Outcome, now: Time) {
        if let Some(task) = self.tasks.get_mut(id) {
            task.outcome = Some(outcome);
            task.ended = Some(now);
        }
    }
}
