//! Sessions and what their users may do.

use std::collections::HashMap;

use vitrust::Time;

use super::State;

/// A user, by what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Administrator,
    /// `System.Read`, `System.View` and `StorageViews.View`.
    ReadOnly,
    /// It may log in and that is all.
    Nobody,
}

/// A privilege, by vSphere's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privilege {
    Read,
    HostCertificates,
    Roots,
    ProviderView,
    ProviderConfigure,
    LogEvent,
}

impl Privilege {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Read => "System.Read",
            Self::HostCertificates => "Certificate.Manage",
            Self::Roots => "CertificateManagement.Administer",
            Self::ProviderView => "StorageViews.View",
            Self::ProviderConfigure => "StorageViews.ConfigureService",
            Self::LogEvent => "Global.LogEvent",
        }
    }
}

/// Which services a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Soap,
    Rest,
    /// From 8.0 U3.
    Both,
}

/// The rest of a listing that comes in pages.
pub(crate) struct Page {
    /// Type and id of each object.
    pub(crate) objects: Vec<(String, String)>,
    /// The properties wanted of each type.
    pub(crate) paths: Vec<(String, Vec<String>)>,
    pub(crate) size: usize,
}

/// An open session.
pub(crate) struct Session {
    pub(crate) user: String,
    pub(crate) role: Role,
    pub(crate) wanted: Wanted,
    pub(crate) created: Time,
    /// Container views, and whether they hold the hosts.
    pub(crate) views: HashMap<String, bool>,
    /// By token.
    pub(crate) pages: HashMap<String, Page>,
}

impl Session {
    pub(crate) fn may(&self, privilege: Privilege) -> bool {
        match self.role {
            Role::Administrator => true,
            Role::ReadOnly => matches!(privilege, Privilege::Read | Privilege::ProviderView),
            Role::Nobody => false,
        }
    }

    pub(crate) fn is_for(&self, wanted: Wanted) -> bool {
        self.wanted == Wanted::Both || self.wanted == wanted
    }
}

/// The role of a user who gave this password, if it is the right one.
pub(crate) fn role(user: &str, password: &str) -> Option<Role> {
    if password != crate::PASSWORD {
        return None;
    }
    // Users and their domains are not case sensitive.
    match user.to_ascii_lowercase().as_str() {
        "administrator@vsphere.local" => Some(Role::Administrator),
        "readonly@vsphere.local" => Some(Role::ReadOnly),
        "nobody@vsphere.local" => Some(Role::Nobody),
        _ => None,
    }
}

impl State {
    /// Opens a session; `false` where user or password are wrong.
    pub(crate) fn log_in(&mut self, token: &str, user: &str, password: &str, wanted: Wanted, now: Time) -> bool {
        let Some(role) = role(user, password) else { return false };
        let session =
            Session { user: user.to_owned(), role, wanted, created: now, views: HashMap::new(), pages: HashMap::new() };
        self.sessions.insert(token.to_owned(), session);
        true
    }

    /// The session of this token, where it serves `wanted`.
    pub(crate) fn session(&self, token: Option<&str>, wanted: Wanted) -> Option<&Session> {
        self.sessions.get(token?).filter(|session| session.is_for(wanted))
    }
}
