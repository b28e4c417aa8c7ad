//! What is asked of a simulation.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use vitrust::Time;

use crate::state::ArrayState;
use crate::story::Story;
use crate::version::Version;

/// What to simulate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// How many vCenters: `vc01.lab.example` and so on.
    pub vcenters: usize,
    /// How many hosts each has: `esx01.vc01.lab.example` and so on.
    pub hosts_per_vcenter: usize,
    /// What happened to them.
    pub story: Story,
    /// Their release.
    pub version: Version,
    /// Picks the keys; another seed is another estate with the same names.
    pub seed: u64,
    /// The time it is there when it starts. Certificates are made around it. Clients judge by their own clocks, so this
    /// is the present wherever they are to connect.
    pub at: Time,
    /// How long a vCenter answers 503 after its services were started again, as they are with a new Machine SSL
    /// certificate.
    pub restart: Duration,
    /// The storage array with a datastore on Virtual Volumes that each vCenter has, and whether it answers; none without.
    pub array: Option<ArrayState>,
    /// Whether everything listens on `::1` instead of `127.0.0.1`.
    pub ipv6: bool,
}

/// The present, for estates that clients connect to: they judge by their own clocks.
#[must_use]
pub fn now() -> Time {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_unix(i64::try_from(passed.as_secs()).unwrap_or(i64::MAX))
}

/// How long a vCenter is away unless something else is asked for. Real ones take minutes.
const RESTART: Duration = Duration::from_millis(300);

impl Spec {
    /// One vCenter 8.0.3 with one host and no trouble, at this time.
    #[must_use]
    pub fn at(at: Time) -> Self {
        Self {
            vcenters: 1,
            hosts_per_vcenter: 1,
            story: Story::AllGood,
            version: Version::V8_0_3,
            seed: 1,
            at,
            restart: RESTART,
            array: None,
            ipv6: false,
        }
    }
}
