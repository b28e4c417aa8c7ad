//! Storage providers as the storage policy service keeps them.

use vitrust::Certificate;

/// A registered provider.
#[derive(Clone)]
pub(crate) struct Provider {
    /// The managed object's id.
    pub(crate) id: String,
    pub(crate) uid: String,
    pub(crate) name: String,
    pub(crate) url: String,
    /// The host behind the URL, or the array.
    pub(crate) host: String,
    pub(crate) is_array: bool,
    /// What the service remembers it by.
    pub(crate) certificate: Option<Certificate>,
    /// The certificate an administrator approved when registering it.
    pub(crate) approved: Option<Certificate>,
    pub(crate) status: Status,
}

/// What the last connection to it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Status {
    /// There was none yet.
    Unknown,
    Online,
    Offline(Refusal),
    /// The service gave it up; only a reconnection helps.
    Disconnected,
}

/// Why a connection came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The service does not trust the host; the certificate it showed.
    Untrusted(Option<Certificate>),
    /// The host does not trust the service; the alert it sent.
    ClientRefused(String),
    /// There was no answer.
    Unreachable(String),
}
