//! Sessions and what their users may do.

use std::collections::{BTreeMap, HashMap};

use vitrust::Time;

use super::State;
use crate::xml::Element;

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
    HostConnection,
    CreateAlarm,
    Settings,
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
            Self::HostConnection => "Host.Config.Connection",
            Self::CreateAlarm => "Alarm.Create",
            Self::Settings => "Global.Settings",
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

/// An object and the properties wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    /// Type and id.
    pub(crate) object: (String, String),
    pub(crate) paths: Vec<String>,
}

/// The rest of a listing that comes in pages.
pub(crate) struct Page {
    pub(crate) objects: Vec<Picked>,
    pub(crate) size: usize,
}

/// A container view.
pub(crate) struct View {
    /// Type and id.
    pub(crate) container: (String, String),
    /// The types it holds; none are all.
    pub(crate) kinds: Vec<String>,
    pub(crate) recursive: bool,
}

/// What a property filter told of an object: paths, and the XML of their values.
pub(crate) type Told = BTreeMap<String, String>;

/// A property filter: what a client waits for changes of.
pub(crate) struct Filter {
    /// The id of its collector.
    pub(crate) collector: String,
    /// `PropertyFilterSpec`.
    pub(crate) spec: Element,
    /// By object: type and id.
    pub(crate) told: BTreeMap<(String, String), Told>,
}

/// A property collector.
#[derive(Default)]
pub(crate) struct Collector {
    /// How often it told of changes.
    pub(crate) version: u64,
    /// How many waits were cancelled.
    pub(crate) cancelled: u64,
}

/// A collector of past events: `EventFilterSpec`, the size of a page, and what was read of it.
pub(crate) struct History {
    pub(crate) spec: Element,
    pub(crate) page: usize,
    pub(crate) position: usize,
}

/// An open session.
pub(crate) struct Session {
    pub(crate) user: String,
    pub(crate) role: Role,
    pub(crate) wanted: Wanted,
    pub(crate) created: Time,
    /// By managed object id.
    pub(crate) views: HashMap<String, View>,
    /// By token.
    pub(crate) pages: HashMap<String, Page>,
    /// By managed object id.
    pub(crate) filters: BTreeMap<String, Filter>,
    /// By managed object id.
    pub(crate) collectors: HashMap<String, Collector>,
    /// By managed object id.
    pub(crate) histories: HashMap<String, History>,
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
        let session = Session {
            user: user.to_owned(),
            role,
            wanted,
            created: now,
            views: HashMap::new(),
            pages: HashMap::new(),
            filters: BTreeMap::new(),
            collectors: HashMap::new(),
            histories: HashMap::new(),
        };
        self.sessions.insert(token.to_owned(), session);
        true
    }

    /// The vim25 session of this token, to change what it holds.
    pub(crate) fn session_mut(&mut self, token: Option<&str>) -> Option<&mut Session> {
        self.sessions.get_mut(token?).filter(|session| session.is_for(Wanted::Soap))
    }

    /// The session of this token, where it serves `wanted`.
    pub(crate) fn session(&self, token: Option<&str>, wanted: Wanted) -> Option<&Session> {
        self.sessions.get(token?).filter(|session| session.is_for(wanted))
    }
}
