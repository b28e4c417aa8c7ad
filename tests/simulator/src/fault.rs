//! Faults on demand: what a network, a proxy or a tired server does to an answer.

use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// The answer comes this much later.
    Latency(Duration),
    /// HTTP 401 with an empty body, whatever the session.
    Unauthorized,
    /// HTTP 503 with a page of the proxy.
    Unavailable,
    /// The connection ends in the middle of the body.
    Truncated,
    /// The right content under the wrong content type.
    WrongContentType,
    /// A page of HTML with status 200.
    Html,
    /// Bytes that are no text at all, with status 200.
    Garbage,
    /// The connection ends before the answer begins.
    Reset,
    /// This many blanks behind the answer, which both JSON and XML allow.
    Oversized(u64),
    /// The session that the call used has ended before it.
    SessionExpired,
    /// A task that the call starts ends in an error.
    TaskError,
    /// The body comes byte by byte, with this pause between two.
    SlowDrip(Duration),
}

/// A [`Mishap`] and which calls it happens to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    mishap: Mishap,
    vcenter: Option<usize>,
    operation: Option<String>,
    skip: u32,
    times: Option<u32>,
}

impl Fault {
    /// To every call of every vCenter.
    #[must_use]
    pub fn new(mishap: Mishap) -> Self {
        Self { mishap, vcenter: None, operation: None, skip: 0, times: None }
    }

    /// Only at this vCenter, counted from 0.
    #[must_use]
    pub fn at(mut self, vcenter: usize) -> Self {
        self.vcenter = Some(vcenter);
        self
    }

    /// Only to calls whose operation, as in [`Request::operation`](crate::Request::operation), contains this.
    #[must_use]
    pub fn on(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Not to the first `skip` of these calls.
    #[must_use]
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Only to this many calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn meets(&self, vcenter: usize, operation: &str) -> bool {
        let here = self.vcenter.is_none_or(|wanted| wanted == vcenter);
        here && self.operation.as_deref().is_none_or(|wanted| operation.contains(wanted))
    }

    /// Counts one call that it meets, and says whether the call suffers.
    fn strikes(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        match &mut self.times {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None => true,
        }
    }
}

/// The text is no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError(String);

impl std::fmt::Display for FaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is no fault: write MISHAP[=NUMBER]@OPERATION[:AFTER[:TIMES]]", self.0)
    }
}

impl std::error::Error for FaultError {}

/// `MISHAP[=NUMBER]@OPERATION[:AFTER[:TIMES]]`: `unavailable@Login`, `latency=60000@GET /api:2:1`. Numbers are
/// milliseconds, and bytes for `oversized`.
impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let fail = || FaultError(text.to_owned());
        let (mishap, place) = text.split_once('@').ok_or_else(fail)?;
        let (kind, number) = mishap.split_once('=').map_or((mishap, None), |(kind, number)| (kind, Some(number)));
        let number = number.map(|number| number.parse::<u64>().map_err(|_| fail())).transpose()?;
        let mishap = match (kind, number) {
            ("latency", Some(time)) => Mishap::Latency(Duration::from_millis(time)),
            ("slow-drip", Some(time)) => Mishap::SlowDrip(Duration::from_millis(time)),
            ("oversized", Some(blanks)) => Mishap::Oversized(blanks),
            ("unauthorized", None) => Mishap::Unauthorized,
            ("unavailable", None) => Mishap::Unavailable,
            ("truncated", None) => Mishap::Truncated,
            ("wrong-content-type", None) => Mishap::WrongContentType,
            ("html", None) => Mishap::Html,
            ("garbage", None) => Mishap::Garbage,
            ("reset", None) => Mishap::Reset,
            ("session-expired", None) => Mishap::SessionExpired,
            ("task-error", None) => Mishap::TaskError,
            _ => return Err(fail()),
        };
        let mut parts = place.split(':');
        let mut fault = Self::new(mishap).on(parts.next().unwrap_or_default());
        let mut count = || parts.next().map(|part| part.parse::<u32>().map_err(|_| fail())).transpose();
        fault.skip = count()?.unwrap_or(0);
        fault.times = count()?;
        Ok(fault)
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What happens to this call.
    pub(crate) fn strike(&self, vcenter: usize, operation: &str) -> Vec<Mishap> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let met = faults.iter_mut().filter(|fault| fault.meets(vcenter, operation));
        met.filter_map(|fault| fault.strikes().then_some(fault.mishap)).collect()
    }
}
