//! One vCenter's settings as an [`Entry`]: its endpoint, its password, whom it must be.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use secrecy::zeroize::Zeroizing;

use super::settings::{Files, Settings};
use super::{Entry, Secrets, within};
use crate::cert::Certificate;
use crate::endpoint::Endpoint;
use crate::files;
use crate::net::dial::ConnectTo;
use crate::net::error::NetError;
use crate::net::secret::{Credentials, Secret};
use crate::net::trust::{Pin, PinError, ServerTrust};
use crate::net::vsphere::Target;
use crate::store;

/// The longest one exchange may take, where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The longest that may be said, in seconds.
const LONGEST_TIMEOUT: u64 = 3_600;

/// What the entries of one inventory share.
pub(super) struct Reader<'r> {
    pub(super) folder: &'r Path,
    pub(super) fail: &'r dyn Fn(String) -> NetError,
    pub(super) connect_to: ConnectTo,
    /// Stores that were made already: the system's roots are read once.
    pub(super) stores: BTreeMap<(Option<Files>, bool), ServerTrust>,
    /// Passwords that were asked for already, by user.
    pub(super) asked: BTreeMap<String, Secret>,
}

/// Whom to be.
pub(super) enum Login<'l> {
    /// As the settings say. `shares_prompt` says that `[defaults]` asks for the password, once for each user.
    Settings { shares_prompt: bool, secrets: &'l mut dyn Secrets },
    /// As the caller says.
    Given(Credentials),
}

impl Reader<'_> {
    /// The entry of these settings.
    pub(super) fn entry(&mut self, settings: &Settings, login: Login<'_>) -> Result<Entry, NetError> {
        let url = settings.url.as_deref().or(settings.name.as_deref());
        let url = url.ok_or_else(|| (self.fail)("a [[vcenter]] has no `url`".to_owned()))?;
        let key = if settings.url.is_some() { "url" } else { "name" };
        // A URL may carry a password, so what is wrong with it is not repeated.
        let wrong =
            || (self.fail)(format!("`{key}` is not an endpoint: write host, host:port, [IPv6]:port or an https URL"));
        let endpoint: Endpoint = url.parse().map_err(|_| wrong())?;
        let about = |reason: String| (self.fail)(format!("{endpoint}: {reason}"));
        let timeout = within("timeout_seconds", settings.timeout_seconds, LONGEST_TIMEOUT).map_err(about)?;
        let target = Target {
            credentials: match login {
                Login::Settings { shares_prompt, secrets } => {
                    self.credentials(settings, &endpoint, shares_prompt, secrets)?
                }
                Login::Given(credentials) => credentials,
            },
            trust: self.trust(settings)?,
            connect_to: self.connect_to.clone(),
            timeout: timeout.map_or(TIMEOUT, Duration::from_secs),
            endpoint,
        };
        Ok(Entry {
            name: settings.name.clone().unwrap_or_else(|| target.endpoint.host().to_owned()),
            target,
            sso_domain: settings.sso_domain.clone(),
            sms_file: settings.sms_file.as_ref().map(|file| self.folder.join(file)),
            hosts: settings.hosts.unwrap_or(true),
            providers: settings.providers.unwrap_or(true),
            probe_hosts: settings.probe_hosts.unwrap_or(true),
        })
    }

    fn credentials(
        &mut self,
        settings: &Settings,
        endpoint: &Endpoint,
        shares_prompt: bool,
        secrets: &mut dyn Secrets,
    ) -> Result<Credentials, NetError> {
        let missing = |reason: String| NetError::Credentials { server: endpoint.to_string(), reason };
        if settings.password.is_some() {
            let reason =
                "`password` does not belong in this file: write `password_env`, `password_file` or `password_prompt`";
            return Err((self.fail)(reason.to_owned()));
        }
        let user = settings.user.clone().ok_or_else(|| missing("there is no `user`".to_owned()))?;
        let password = if let Some(name) = &settings.password_env {
            secrets.variable(name).map(Secret::from).ok_or_else(|| missing(unset(name)))?
        } else if let Some(file) = &settings.password_file {
            from_file(&self.folder.join(file)).map_err(|reason| missing(format!("`password_file`: {reason}")))?
        } else if settings.password_prompt == Some(true) {
            match self.asked.get(&user).filter(|_| shares_prompt) {
                Some(password) => password.clone(),
                None => {
                    let of = if shares_prompt { String::new() } else { format!(" at {endpoint}") };
                    let nobody = || missing("nobody can be asked for the password here".to_owned());
                    let password = secrets.prompt(&format!("Password of {user}{of}")).ok_or_else(nobody)?;
                    if shares_prompt {
                        self.asked.insert(user.clone(), password.clone());
                    }
                    password
                }
            }
        } else {
            let reason =
                "it does not say where the password is: write `password_env`, `password_file` or `password_prompt`";
            return Err(missing(reason.to_owned()));
        };
        if password.is_empty() {
            return Err(missing("the password is empty".to_owned()));
        }
        Ok(Credentials::Password { user, password })
    }

    fn trust(&mut self, settings: &Settings) -> Result<ServerTrust, NetError> {
        if settings.insecure == Some(true) {
            return Ok(ServerTrust::Insecure);
        }
        if let Some(pins) = settings.pins.as_deref().filter(|pins| !pins.is_empty()) {
            let wrong = |index: usize, error: &PinError| (self.fail)(format!("`pins[{index}]` {}", error.reason()));
            let pins = pins.iter().enumerate();
            let pins =
                pins.map(|(index, text)| text.parse::<Pin>().map(|pin| pin.0).map_err(|error| wrong(index, &error)));
            let pins = pins.collect::<Result<_, _>>()?;
            return Ok(ServerTrust::Pinned(pins));
        }
        let key = (settings.ca_file.clone(), settings.system_roots.unwrap_or(true));
        if let Some(made) = self.stores.get(&key) {
            return Ok(made.clone());
        }
        let mut extra = Vec::new();
        for (index, file) in settings.ca_file.iter().flat_map(Files::paths).enumerate() {
            extra.extend(self.certificates(index, file)?);
        }
        let made = if key.1 { ServerTrust::system_and(extra) } else { ServerTrust::only(extra) };
        self.stores.insert(key, made.clone());
        Ok(made)
    }

    /// The certificates of a file, which is told by its number: any value may be a password that was put into the wrong key.
    fn certificates(&self, index: usize, file: &Path) -> Result<Vec<Certificate>, NetError> {
        let source = format!("file {} of `ca_file`", index + 1);
        let fail = |reason: String| (self.fail)(format!("{source}: {reason}"));
        let bytes = files::contents(&self.folder.join(file)).map_err(fail)?;
        store::anchors(&bytes, &source).map_err(|error| (self.fail)(error.to_string()))
    }
}

/// The variable is named where it is one of ours. Any other name may be the password itself, put into the wrong key.
fn unset(name: &str) -> String {
    match name {
        "GOVC_PASSWORD" | "VMWARE_PASSWORD" => format!("the variable {name} is not set"),
        _ => "the variable that `password_env` names is not set".to_owned(),
    }
}

/// The one line of a file. What editors put around it is no part of a password: a byte order mark, a line end.
fn from_file(path: &Path) -> Result<Secret, String> {
    let bytes = Zeroizing::new(files::contents(path)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let line = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    if line.contains(char::is_control) {
        return Err("a password is one line without control characters".to_owned());
    }
    Ok(Secret::from(line.to_owned()))
}
