//! The inventory as it is written, and how a vCenter's own table and `[defaults]` become one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::json;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    pub(super) defaults: Settings,
    pub(super) vcenter: Vec<Settings>,
    pub(super) connect: BTreeMap<String, String>,
    pub(super) vcenters_in_flight: Option<u64>,
    pub(super) hosts_in_flight: Option<u64>,
}

impl Written {
    /// The text as structures, or the line and what is wrong there.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, (Option<usize>, String)> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            (Some(line), "it is not UTF-8".to_owned())
        })?;
        toml::from_str(text).map_err(|error| explain(text, &error))
    }
}

/// The keys of `[defaults]` and of each `[[vcenter]]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) user: Option<String>,
    /// Never taken; read so that it can be refused without being shown.
    pub(super) password: Option<IgnoredAny>,
    pub(super) password_env: Option<String>,
    pub(super) password_file: Option<PathBuf>,
    pub(super) password_prompt: Option<bool>,
    pub(super) ca_file: Option<Files>,
    pub(super) system_roots: Option<bool>,
    pub(super) pins: Option<Vec<String>>,
    pub(super) insecure: Option<bool>,
    pub(super) timeout_seconds: Option<u64>,
    pub(super) sso_domain: Option<String>,
    pub(super) sms_file: Option<PathBuf>,
    pub(super) hosts: Option<bool>,
    pub(super) providers: Option<bool>,
    pub(super) probe_hosts: Option<bool>,
}

/// One path, or several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(untagged)]
pub(super) enum Files {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

impl Files {
    pub(super) fn paths(&self) -> &[PathBuf] {
        match self {
            Self::One(path) => std::slice::from_ref(path),
            Self::Many(paths) => paths,
        }
    }
}

/// What a program says of the whole inventory, as JSON: the keys of the file outside of its tables, and `connect`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Whole {
    pub(super) connect: BTreeMap<String, String>,
    pub(super) vcenters_in_flight: Option<u64>,
    pub(super) hosts_in_flight: Option<u64>,
}

impl Whole {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        json::object(text).map_err(|error| error.to_string())
    }
}

impl Settings {
    /// The settings of one vCenter as a program gives them, in JSON. Whom to be is given apart.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let settings: Self = json::object(text).map_err(|error| error.to_string())?;
        let Self { user, password, password_env, password_file, password_prompt, .. } = &settings;
        let named = user.is_some() || password_env.is_some() || password_file.is_some();
        if named || password.is_some() || password_prompt.is_some() {
            return Err("user and password are separate arguments, not settings".to_owned());
        }
        match settings.contradiction() {
            None => Ok(settings),
            Some(reason) => Err(reason.to_owned()),
        }
    }

    /// What contradicts itself in one table.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let insecure = self.insecure == Some(true);
        match (insecure, self.pins.is_some(), self.ca_file.is_some()) {
            (true, true, _) => Some("`insecure` and `pins` contradict each other"),
            (true, _, true) => Some("`insecure` and `ca_file` contradict each other"),
            (_, true, true) => Some("`pins` and `ca_file` contradict each other: a pinned certificate needs no issuer"),
            (true, false, false) | (false, _, _) => None,
        }
    }

    /// These settings, and the defaults where they say nothing. What tells a server apart has no default.
    pub(super) fn over(self, defaults: &Self) -> Self {
        let defaults = defaults.clone();
        // One way to have a password replaces every default way, and so does one way to trust.
        let password = self.password_env.is_some() || self.password_file.is_some() || self.password_prompt.is_some();
        let trust = self.pins.is_some() || self.insecure == Some(true);
        let roots = trust || self.ca_file.is_some() || self.system_roots.is_some();
        Self {
            name: self.name,
            url: self.url,
            user: self.user.or(defaults.user),
            password: self.password.or(defaults.password),
            password_env: self.password_env.or(defaults.password_env.filter(|_| !password)),
            password_file: self.password_file.or(defaults.password_file.filter(|_| !password)),
            password_prompt: self.password_prompt.or(defaults.password_prompt.filter(|_| !password)),
            ca_file: self.ca_file.or(defaults.ca_file.filter(|_| !trust)),
            system_roots: self.system_roots.or(defaults.system_roots),
            pins: self.pins.or(defaults.pins.filter(|_| !roots)),
            insecure: self.insecure.or(defaults.insecure.filter(|_| !roots)),
            timeout_seconds: self.timeout_seconds.or(defaults.timeout_seconds),
            sso_domain: self.sso_domain.or(defaults.sso_domain),
            sms_file: self.sms_file,
            hosts: self.hosts.or(defaults.hosts),
            providers: self.providers.or(defaults.providers),
            probe_hosts: self.probe_hosts.or(defaults.probe_hosts),
        }
    }
}

/// The line and reason of text that is no inventory. A value that may be a password is not repeated.
fn explain(text: &str, error: &toml::de::Error) -> (Option<usize>, String) {
    let Some(start) = error.span().map(|span| span.start.min(text.len())) else {
        return (None, json::without_values(error.message()));
    };
    let before = text.get(..start).unwrap_or_default();
    let begun = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(begun..).unwrap_or_default().lines().next().unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default().trim();
    let reason = match key {
        "password_prompt" => "`password_prompt` must be true or false".to_owned(),
        "password_env" => "`password_env` must be the name of a variable".to_owned(),
        "password_file" => "`password_file` must be the path of a file".to_owned(),
        _ if line.contains("password") => "this is not an inventory key, or not TOML".to_owned(),
        _ => json::without_values(error.message()),
    };
    (Some(before.matches('\n').count() + 1), reason)
}
