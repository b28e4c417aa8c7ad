//! An inventory that a program makes: settings as JSON, and whom to be as a value of its own.

use std::collections::BTreeMap;
use std::path::Path;

use super::entry::{Login, Reader};
use super::settings::{Settings, Whole};
use super::{Inventory, rules};
use crate::net::error::NetError;
use crate::net::secret::Credentials;

impl Inventory {
    /// An inventory without vCenters. `options` is JSON with `vcenters_in_flight`, `hosts_in_flight` and `connect`, as
    /// in the file; an empty text has none of them.
    ///
    /// ```
    /// use vitrust::net::{Credentials, Inventory, Secret};
    ///
    /// let mut inventory = Inventory::new(r#"{"connect": {"*.lab.example:443": "127.0.0.1:8443"}}"#)?;
    /// let password = Secret::from("from a vault".to_owned());
    /// let audit = Credentials::Password { user: "audit@vsphere.local".to_owned(), password };
    /// inventory.add(r#"{"url": "vc01.lab.example", "system_roots": false, "insecure": true}"#, audit)?;
    /// assert_eq!(inventory.vcenters[0].name, "vc01.lab.example");
    /// # Ok::<(), vitrust::net::NetError>(())
    /// ```
    ///
    /// # Errors
    /// [`NetError::Inventory`].
    pub fn new(options: &str) -> Result<Self, NetError> {
        let made = Whole::read(options).and_then(|whole| {
            let connect_to = rules(&whole.connect)?;
            Self::empty(whole.vcenters_in_flight, whole.hosts_in_flight, connect_to)
        });
        made.map_err(fail)
    }

    /// Adds a vCenter. `settings` is JSON with the keys that a `[[vcenter]]` of the file has; `url` or `name` is
    /// required, and user and password are not settings. Paths are relative to the working directory.
    ///
    /// # Errors
    /// [`NetError::Inventory`]; [`NetError::Credentials`] when the user, password or session is empty. Nothing is added
    /// then.
    pub fn add(&mut self, settings: &str, credentials: Credentials) -> Result<(), NetError> {
        let settings = Settings::read(settings).map_err(fail)?;
        let connect_to = self.connect_to.clone();
        let folder = Path::new("");
        let mut reader = Reader { folder, fail: &fail, connect_to, stores: BTreeMap::new(), asked: BTreeMap::new() };
        let missing = empty(&credentials);
        let entry = reader.entry(&settings, Login::Given(credentials))?;
        if let Some(reason) = missing {
            return Err(NetError::Credentials { server: entry.target.endpoint.to_string(), reason: reason.to_owned() });
        }
        if entry.name.is_empty() || entry.name.contains(char::is_control) {
            return Err(fail("`name` is empty or has a control character".to_owned()));
        }
        self.push(entry).map_err(fail)
    }
}

fn empty(credentials: &Credentials) -> Option<&'static str> {
    match credentials {
        Credentials::Password { user, .. } if user.is_empty() => Some("the user is empty"),
        Credentials::Password { user, .. } if user.contains(char::is_control) => {
            Some("the user has a control character")
        }
        Credentials::Password { password, .. } if password.is_empty() => Some("the password is empty"),
        Credentials::Session(session) if session.is_empty() => Some("the session is empty"),
        Credentials::Password { .. } | Credentials::Session(_) => None,
    }
}

fn fail(reason: String) -> NetError {
    NetError::Inventory { file: "the settings".to_owned(), line: None, reason }
}
