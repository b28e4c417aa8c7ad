//! The inventory: which vCenters there are, whom to be, and whom to trust.
//!
//! A TOML file, or the variables that govc and PowerCLI scripts have set already. A password is never in the file: it
//! names the variable or file that has it, or says that the person is to be asked.

mod choice;
mod entry;
mod environment;
mod given;
mod proxy;
mod settings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::estate::LONGEST_NAME;
use crate::files;
use crate::net::dial::ConnectTo;
use crate::net::error::NetError;
use crate::net::secret::Secret;
use crate::net::vsphere::Target;

use entry::{Login, Reader};
use settings::Written;

/// The vCenters to ask.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// One entry each.
    pub vcenters: Vec<Entry>,
    /// How many vCenters are queried at a time.
    pub vcenters_in_flight: usize,
    /// How many hosts of one vCenter are queried at a time.
    pub hosts_in_flight: usize,
    /// Where to connect instead, for vCenters that are added.
    pub connect_to: ConnectTo,
}

/// One vCenter of an inventory.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name in the estate.
    pub name: String,
    /// Where, and as which user.
    pub target: Target,
    /// The SSO domain; no reading API gives it.
    pub sso_domain: Option<String>,
    /// An export of the VECS store SMS, which no API gives.
    pub sms_file: Option<PathBuf>,
    /// Whether hosts are collected.
    pub hosts: bool,
    /// Whether storage providers are collected, and the datastores that they serve.
    pub providers: bool,
    /// Whether the ports 443 and 9080 of hosts are probed.
    pub probe_hosts: bool,
}

/// Where passwords come from, apart from files.
pub trait Secrets {
    /// The value of a variable of the environment.
    fn variable(&mut self, name: &str) -> Option<String>;

    /// Asks a person; `None` where nobody can be asked.
    fn prompt(&mut self, question: &str) -> Option<Secret>;
}

/// How many vCenters are asked at a time, where nothing else is said.
const VCENTERS_IN_FLIGHT: usize = 8;

/// How many hosts of each; with two probes and a call for each host this stays below the sockets a process may have.
const HOSTS_IN_FLIGHT: usize = 16;

/// The most of either that are asked at a time.
pub(super) const MOST_IN_FLIGHT: u16 = 1_024;

impl Inventory {
    /// Reads an inventory file. Paths in it are relative to it.
    ///
    /// # Errors
    /// [`NetError::Inventory`] with the line; [`NetError::Credentials`] when a password is not where the file says.
    pub fn load(path: &Path, secrets: &mut dyn Secrets) -> Result<Self, NetError> {
        let file = path.display().to_string();
        let fail = |line, reason: String| NetError::Inventory { file: file.clone(), line, reason };
        let bytes = files::contents(path).map_err(|reason| fail(None, reason))?;
        let written = Written::read(&bytes).map_err(|(line, reason)| fail(line, reason))?;
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        Self::from_written(written, folder, &|reason| fail(None, reason), secrets)
    }

    /// Reads an inventory whose files are left out.
    #[cfg(feature = "fuzzing")]
    pub(in crate::net) fn without_files(text: &[u8], secrets: &mut dyn Secrets) -> Result<Self, NetError> {
        let fail = |line, reason: String| NetError::Inventory { file: "text".to_owned(), line, reason };
        let mut written = Written::read(text).map_err(|(line, reason)| fail(line, reason))?;
        for settings in std::iter::once(&mut written.defaults).chain(&mut written.vcenter) {
            (settings.ca_file, settings.password_file) = (None, None);
            settings.system_roots = Some(false);
        }
        Self::from_written(written, Path::new(""), &|reason| fail(None, reason), secrets)
    }

    /// One vCenter from the variables of govc (`GOVC_URL`, `GOVC_USERNAME`, `GOVC_PASSWORD`, `GOVC_INSECURE`,
    /// `GOVC_TLS_CA_CERTS`) or else `VMWARE_HOST`, `VMWARE_PORT`, `VMWARE_USER`, `VMWARE_PASSWORD` and
    /// `VMWARE_VALIDATE_CERTS`; the pins of either are in `VITRUST_PINS`.
    ///
    /// # Errors
    /// [`NetError::Inventory`] when none of them names a server, the URL carries a password, or `HTTPS_PROXY` wants a
    /// proxy for it;
    /// [`NetError::Credentials`] without user or password.
    pub fn from_environment(secrets: &mut dyn Secrets) -> Result<Self, NetError> {
        let fail = |reason| NetError::Inventory { file: ENVIRONMENT.to_owned(), line: None, reason };
        let settings = environment::settings(secrets).map_err(fail)?;
        let written = Written { vcenter: vec![settings], ..Written::default() };
        Self::from_written(written, Path::new(""), &fail, secrets)
    }

    fn from_written(
        written: Written,
        folder: &Path,
        fail: &dyn Fn(String) -> NetError,
        secrets: &mut dyn Secrets,
    ) -> Result<Self, NetError> {
        let connect_to = rules(&written.connect).map_err(fail)?;
        if let Some(reason) = written.defaults.contradiction() {
            return Err(fail(format!("[defaults]: {reason}")));
        }
        let mut made = Self::empty(written.vcenters_in_flight, written.hosts_in_flight, connect_to).map_err(fail)?;
        let connect_to = made.connect_to.clone();
        let mut reader = Reader { folder, fail, connect_to, stores: BTreeMap::new(), asked: BTreeMap::new() };
        for (index, own) in written.vcenter.into_iter().enumerate() {
            let placed = |error| in_table(index, error);
            if let Some(reason) = own.contradiction() {
                return Err(placed(fail(reason.to_owned())));
            }
            let shares_prompt = own.password_prompt.is_none();
            let login = Login::Settings { shares_prompt, secrets };
            let entry = reader.entry(&own.over(&written.defaults), login).map_err(placed)?;
            made.push(entry).map_err(|reason| placed(fail(reason)))?;
        }
        if made.vcenters.is_empty() {
            return Err(fail("it names no [[vcenter]]".to_owned()));
        }
        Ok(made)
    }

    /// An inventory without vCenters.
    fn empty(vcenters: Option<u64>, hosts: Option<u64>, connect_to: ConnectTo) -> Result<Self, String> {
        let count = |key, value, otherwise| -> Result<usize, String> {
            let value = within(key, value, MOST_IN_FLIGHT.into())?;
            Ok(value.and_then(|value| usize::try_from(value).ok()).unwrap_or(otherwise))
        };
        Ok(Self {
            vcenters: Vec::new(),
            vcenters_in_flight: count("vcenters_in_flight", vcenters, VCENTERS_IN_FLIGHT)?,
            hosts_in_flight: count("hosts_in_flight", hosts, HOSTS_IN_FLIGHT)?,
            connect_to,
        })
    }

    fn push(&mut self, entry: Entry) -> Result<(), String> {
        let names = [("name", Some(&entry.name)), ("sso_domain", entry.sso_domain.as_ref())];
        if let Some((key, _)) = names.into_iter().find(|(_, name)| name.is_some_and(|name| name.len() > LONGEST_NAME)) {
            return Err(format!("`{key}` is longer than {LONGEST_NAME} bytes"));
        }
        if self.vcenters.iter().any(|other| other.name == entry.name) {
            return Err("two vCenters have the same `name`, or the same `url` and no name".to_owned());
        }
        self.vcenters.push(entry);
        Ok(())
    }
}

/// An error about a table is told by its number: a value may be a password at the wrong place.
fn in_table(index: usize, error: NetError) -> NetError {
    match error {
        NetError::Inventory { file, line: None, reason } if file != ENVIRONMENT => {
            NetError::Inventory { file, line: None, reason: format!("[[vcenter]] {}: {reason}", index + 1) }
        }
        other => other,
    }
}

/// What the variables are called in messages.
const ENVIRONMENT: &str = "the environment";

/// What a rule that is none is told by: its value may be anything.
const WRONG_RULE: &str =
    "[connect]: a rule leads from `host:port`, `*.suffix:port` or `*:port` to a host and a port, and one does not";

fn rules(written: &BTreeMap<String, String>) -> Result<ConnectTo, String> {
    let mut made = ConnectTo::default();
    for (from, to) in written {
        made.insert(from, to).map_err(|_| WRONG_RULE.to_owned())?;
    }
    Ok(made)
}

/// A number from 1 to `most`.
fn within(key: &str, value: Option<u64>, most: u64) -> Result<Option<u64>, String> {
    match value {
        Some(value) if value == 0 || value > most => Err(format!("`{key}` is not from 1 to {most}")),
        other => Ok(other),
    }
}
