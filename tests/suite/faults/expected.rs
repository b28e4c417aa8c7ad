//! What each mishap on each call is to become.

use std::time::Duration;

use vitrust::ErrorCode;
use vitrust_simulator::Mishap;

/// Every mishap there is. Times are far beyond the deadlines of the runs, and the size is beyond every bound.
pub(super) const MISHAPS: [Mishap; 12] = [
    Mishap::Latency(Duration::from_secs(600)),
    Mishap::SlowDrip(Duration::from_secs(600)),
    Mishap::Unauthorized,
    Mishap::Unavailable,
    Mishap::Truncated,
    Mishap::Reset,
    Mishap::WrongContentType,
    Mishap::Html,
    Mishap::Garbage,
    Mishap::Oversized(100 << 20),
    Mishap::SessionExpired,
    Mishap::TaskError,
];

/// What a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Finds out what the server is, before the login.
    Greeting,
    /// Opens the one session.
    Login,
    /// Opens another session for REST.
    RestLogin,
    /// Reads in a session.
    Read,
    /// Reads what this version does not have: it says so without a look at the session.
    ReadAbsent,
    /// Reads what is there for everyone.
    Download,
    /// Its outcome changes nothing.
    Cleanup,
    /// Ends a session.
    Logout,
}

/// What a call is for, and what is missing without it: one of several between `|`, where `*` stands for any end.
pub(super) fn role(operation: &str) -> (Role, &'static str) {
    match operation {
        "GET /sdk/vimServiceVersions.xml" | "RetrieveServiceContent" => (Role::Greeting, "session"),
        "Login" => (Role::Login, "session"),
        "POST /api/session" | "POST /rest/com/vmware/cis/session" => {
            (Role::RestLogin, "trusted roots|STS signing chain")
        }
        "QueryOptions" => (Role::Read, "certificate mode"),
        "QueryStorageManager" | "QueryProvider" => (Role::Read, "storage providers"),
        "QueryProviderInfo" => (Role::Read, "storage provider*"),
        // Hosts and datastores are listed at the same time.
        "CreateContainerView" | "RetrievePropertiesEx" => (Role::Read, "hosts|datastores"),
        "DestroyView" => (Role::Cleanup, ""),
        "ListCACertificates" | "ListCACertificateRevocationLists" => (Role::Read, "host *"),
        "GET /certs/download.zip" => (Role::Download, "trusted roots"),
        "Logout" | "DELETE /api/session" | "DELETE /rest/com/vmware/cis/session" => (Role::Logout, ""),
        // Only versions before 7.0.3 are asked in this form.
        path if path.starts_with("GET /rest/") && path.ends_with("/signing-certificate") => {
            (Role::ReadAbsent, "STS signing chain")
        }
        path if path.starts_with("GET ") && path.ends_with("/signing-certificate") => (Role::Read, "STS signing chain"),
        path if path.starts_with("GET ") && path.contains("/trusted-root-chains") => (Role::Read, "trusted roots"),
        other => panic!("the collection makes a call that this table does not have: {other}"),
    }
}

/// The code of the failure; `None` where a repeat must cure it or nothing depends on it.
pub(super) fn code(role: Role, mishap: Mishap, always: bool) -> Option<ErrorCode> {
    if matches!(role, Role::Cleanup | Role::Logout) {
        return None;
    }
    let reads = matches!(role, Role::Read | Role::ReadAbsent);
    let logs_in = matches!(role, Role::Login | Role::RestLogin);
    match mishap {
        Mishap::Latency(_) | Mishap::SlowDrip(_) => Some(ErrorCode::Timeout),
        Mishap::Unauthorized => (always || !reads).then_some(ErrorCode::Unauthenticated),
        Mishap::Unavailable => always.then_some(ErrorCode::Unavailable),
        // A login that may have been heard is not repeated: the first session would stay open.
        Mishap::Truncated | Mishap::Reset => (always || logs_in).then_some(ErrorCode::Connect),
        Mishap::Html | Mishap::Garbage => Some(ErrorCode::Response),
        Mishap::Oversized(_) => Some(ErrorCode::TooLarge),
        Mishap::SessionExpired => (always && role == Role::Read).then_some(ErrorCode::Unauthenticated),
        Mishap::WrongContentType | Mishap::TaskError => None,
    }
}

/// The sessions that no client can end: the call that would is never let through, or the key was in what was lost.
pub(super) fn stranded(operation: &str, mishap: Mishap, always: bool) -> usize {
    let (role, _) = role(operation);
    let kept_from = matches!(
        mishap,
        Mishap::Latency(_)
            | Mishap::Unauthorized
            | Mishap::Unavailable
            | Mishap::Reset
            | Mishap::Html
            | Mishap::Garbage
    );
    // Before 8.0.3 `/api` gives its session in the body alone; `/rest` and vim25 give it in a header first.
    let key_lost = matches!(mishap, Mishap::SlowDrip(_) | Mishap::Truncated | Mishap::Oversized(_));
    let stranded = match role {
        Role::Logout => kept_from && (always || matches!(mishap, Mishap::Latency(_))),
        Role::RestLogin => key_lost && operation == "POST /api/session",
        Role::Greeting | Role::Login | Role::Read | Role::ReadAbsent | Role::Download | Role::Cleanup => false,
    };
    usize::from(stranded)
}
