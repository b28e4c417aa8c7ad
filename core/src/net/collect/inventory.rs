//! The inventory: which vCenters there are, whom to be, and whom to trust.
//!
//! A TOML file, or the variables that govc and PowerCLI scripts have set already. A password is never in the file: it
//! names the variable or file that has it, or says that the person is to be asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::cert::Certificate;
use crate::endpoint::Endpoint;
use crate::files;
use crate::net::dial::ConnectTo;
use crate::net::error::NetError;
use crate::net::secret::{Credentials, Secret};
use crate::net::trust::{Pin, ServerTrust};
use crate::net::vsphere::Target;
use crate::store;

/// The vCenters to ask.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// One entry each.
    pub vcenters: Vec<Entry>,
    /// How many vCenters are asked at a time.
    pub vcenters_in_flight: usize,
    /// How many hosts are asked at a time, over all vCenters.
    pub hosts_in_flight: usize,
}

/// One vCenter of an inventory.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name in the estate.
    pub name: String,
    /// Where and as whom.
    pub target: Target,
    /// The SSO domain; no API tells it to a reader.
    pub sso_domain: Option<String>,
    /// An export of the VECS store SMS, which no API gives.
    pub sms_file: Option<PathBuf>,
    /// Whether hosts are asked.
    pub hosts: bool,
    /// Whether storage providers are asked for.
    pub providers: bool,
    /// Whether the ports 443 and 9080 of hosts are probed.
    pub probe_hosts: bool,
}

/// Where passwords come from besides files.
pub trait Secrets {
    /// The value of a variable of the environment.
    fn variable(&mut self, name: &str) -> Option<String>;

    /// Asks a person; `None` where nobody can be asked.
    fn prompt(&mut self, question: &str) -> Option<Secret>;
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    defaults: Settings,
    vcenter: Vec<Settings>,
    connect: BTreeMap<String, String>,
    vcenters_in_flight: Option<usize>,
    hosts_in_flight: Option<usize>,
}

/// The keys of `[defaults]` and of each `[[vcenter]]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    name: Option<String>,
    url: Option<String>,
    user: Option<String>,
    password: Option<toml::Value>,
    password_env: Option<String>,
    password_file: Option<PathBuf>,
    password_prompt: Option<bool>,
    ca_file: Option<PathBuf>,
    system_roots: Option<bool>,
    pins: Option<Vec<String>>,
    insecure: Option<bool>,
    timeout_seconds: Option<u64>,
    sso_domain: Option<String>,
    sms_file: Option<PathBuf>,
    hosts: Option<bool>,
    providers: Option<bool>,
    probe_hosts: Option<bool>,
}

impl Written {
    /// The text as structures, or the line and what is wrong there.
    fn read(bytes: &[u8]) -> Result<Self, (Option<usize>, String)> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            (Some(line), "it is not UTF-8".to_owned())
        })?;
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text.as_bytes()[..span.start.min(text.len())].iter());
            (line.map(|before| before.filter(|byte| **byte == b'\n').count() + 1), error.message().to_owned())
        })
    }
}

/// The longest one exchange may take, where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(30);

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
    /// `GOVC_TLS_CA_CERTS`) or else `VMWARE_HOST`, `VMWARE_USER` and `VMWARE_PASSWORD`.
    ///
    /// # Errors
    /// [`NetError::Inventory`] when none of them names a server; [`NetError::Credentials`] without user or password.
    pub fn from_environment(secrets: &mut dyn Secrets) -> Result<Self, NetError> {
        let fail = |reason| NetError::Inventory { file: "the environment".to_owned(), line: None, reason };
        let url = secrets.variable("GOVC_URL").or_else(|| secrets.variable("VMWARE_HOST"));
        let url = url.ok_or_else(|| fail("neither GOVC_URL nor VMWARE_HOST is set".to_owned()))?;
        let govc = secrets.variable("GOVC_URL").is_some();
        let (user, password) =
            if govc { ("GOVC_USERNAME", "GOVC_PASSWORD") } else { ("VMWARE_USER", "VMWARE_PASSWORD") };
        let insecure = secrets.variable("GOVC_INSECURE").filter(|_| govc);
        // govc takes user and password in the URL too; they are not taken from there.
        let url = url.split_once("://").map_or_else(|| url.clone(), |(_, rest)| format!("https://{rest}"));
        let settings = Settings {
            url: Some(url),
            user: secrets.variable(user),
            password_env: Some(password.to_owned()),
            ca_file: secrets.variable("GOVC_TLS_CA_CERTS").filter(|_| govc).map(PathBuf::from),
            insecure: insecure.map(|value| matches!(&*value, "1" | "true")),
            ..Settings::default()
        };
        let written = Written { vcenter: vec![settings], ..Written::default() };
        Self::from_written(written, Path::new(""), &fail, secrets)
    }

    fn from_written(
        written: Written,
        folder: &Path,
        fail: &dyn Fn(String) -> NetError,
        secrets: &mut dyn Secrets,
    ) -> Result<Self, NetError> {
        let mut connect_to = ConnectTo::default();
        for (from, to) in &written.connect {
            connect_to.insert(from, to).map_err(|error| fail(format!("[connect]: {error}")))?;
        }
        let mut vcenters: Vec<Entry> = Vec::new();
        for settings in written.vcenter {
            let reader = Reader { settings: settings.over(&written.defaults), folder, fail };
            let entry = reader.entry(&connect_to, secrets)?;
            if vcenters.iter().any(|other| other.name == entry.name) {
                return Err(fail(format!("two vCenters are called `{}`", entry.name)));
            }
            vcenters.push(entry);
        }
        if vcenters.is_empty() {
            return Err(fail("it names no [[vcenter]]".to_owned()));
        }
        Ok(Self {
            vcenters,
            vcenters_in_flight: written.vcenters_in_flight.unwrap_or(8),
            hosts_in_flight: written.hosts_in_flight.unwrap_or(32),
        })
    }
}

impl Settings {
    /// These settings, and the defaults where they say nothing. What tells a server apart has no default.
    fn over(self, defaults: &Self) -> Self {
        let defaults = defaults.clone();
        // One way to have a password replaces every default way.
        let own = self.password_env.is_some() || self.password_file.is_some() || self.password_prompt.is_some();
        Self {
            name: self.name,
            url: self.url,
            user: self.user.or(defaults.user),
            password: self.password.or(defaults.password),
            password_env: self.password_env.or(defaults.password_env.filter(|_| !own)),
            password_file: self.password_file.or(defaults.password_file.filter(|_| !own)),
            password_prompt: self.password_prompt.or(defaults.password_prompt.filter(|_| !own)),
            ca_file: self.ca_file.or(defaults.ca_file),
            system_roots: self.system_roots.or(defaults.system_roots),
            pins: self.pins.or(defaults.pins),
            insecure: self.insecure.or(defaults.insecure),
            timeout_seconds: self.timeout_seconds.or(defaults.timeout_seconds),
            sso_domain: self.sso_domain.or(defaults.sso_domain),
            sms_file: self.sms_file,
            hosts: self.hosts.or(defaults.hosts),
            providers: self.providers.or(defaults.providers),
            probe_hosts: self.probe_hosts.or(defaults.probe_hosts),
        }
    }
}

/// One vCenter's settings on the way to an [`Entry`].
struct Reader<'r> {
    settings: Settings,
    folder: &'r Path,
    fail: &'r dyn Fn(String) -> NetError,
}

impl Reader<'_> {
    fn entry(&self, connect_to: &ConnectTo, secrets: &mut dyn Secrets) -> Result<Entry, NetError> {
        let settings = &self.settings;
        let url = settings.url.as_deref().or(settings.name.as_deref());
        let url = url.ok_or_else(|| (self.fail)("a [[vcenter]] has no `url`".to_owned()))?;
        let endpoint: Endpoint = url.parse().map_err(|error| (self.fail)(format!("{error}")))?;
        let target = Target {
            credentials: self.credentials(&endpoint, secrets)?,
            trust: self.trust(&endpoint)?,
            connect_to: connect_to.clone(),
            timeout: settings.timeout_seconds.map_or(TIMEOUT, Duration::from_secs),
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

    fn credentials(&self, endpoint: &Endpoint, secrets: &mut dyn Secrets) -> Result<Credentials, NetError> {
        let settings = &self.settings;
        let server = endpoint.to_string();
        let missing = |reason: String| NetError::Credentials { server: server.clone(), reason };
        if settings.password.is_some() {
            let reason =
                "`password` has no place in this file: write `password_env`, `password_file` or `password_prompt`";
            return Err((self.fail)(reason.to_owned()));
        }
        let user = settings.user.clone().ok_or_else(|| missing("there is no `user`".to_owned()))?;
        let password = if let Some(name) = &settings.password_env {
            let value = secrets.variable(name);
            Secret::from(value.ok_or_else(|| missing(format!("the variable {name} is not set")))?)
        } else if let Some(file) = &settings.password_file {
            let path = self.folder.join(file);
            let unreadable = |reason: String| missing(format!("{}: {reason}", path.display()));
            let bytes = files::contents(&path).map_err(unreadable)?;
            let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))?;
            // Editors end a file with a line end, which is no part of a password.
            Secret::from(text.trim_end_matches(['\r', '\n']).to_owned())
        } else if settings.password_prompt == Some(true) {
            let question = format!("Password of {user} at {server}");
            secrets.prompt(&question).ok_or_else(|| missing("nobody can be asked for the password here".to_owned()))?
        } else {
            let reason = "it says nothing of a password: write `password_env`, `password_file` or `password_prompt`";
            return Err(missing(reason.to_owned()));
        };
        if password.is_empty() {
            return Err(missing("the password is empty".to_owned()));
        }
        Ok(Credentials::Password { user, password })
    }

    fn trust(&self, endpoint: &Endpoint) -> Result<ServerTrust, NetError> {
        let settings = &self.settings;
        let pins = settings.pins.as_deref().unwrap_or_default();
        match (settings.insecure.unwrap_or(false), pins.is_empty()) {
            (true, true) => return Ok(ServerTrust::Insecure),
            (true, false) => {
                return Err((self.fail)(format!("{endpoint}: `insecure` and `pins` say two different things")));
            }
            (false, false) => {
                let pins = pins.iter().map(|text| text.parse::<Pin>().map(|pin| pin.0));
                let pins = pins.collect::<Result<_, _>>().map_err(|error| (self.fail)(error.to_string()))?;
                return Ok(ServerTrust::Pinned(pins));
            }
            (false, true) => (),
        }
        let extra = settings.ca_file.as_ref().map_or(Ok(Vec::new()), |file| self.certificates(file))?;
        Ok(match settings.system_roots.unwrap_or(true) {
            true => ServerTrust::system_and(extra),
            false => ServerTrust::only(extra),
        })
    }

    fn certificates(&self, file: &Path) -> Result<Vec<Certificate>, NetError> {
        let path = self.folder.join(file);
        let fail = |reason: String| (self.fail)(format!("ca_file {}: {reason}", path.display()));
        let bytes = files::contents(&path).map_err(fail)?;
        let reading = store::read(&bytes, &path.display().to_string(), &mut crate::Pool::new());
        let reading = reading.map_err(|error| fail(error.to_string()))?;
        if let Some(bad) = reading.unreadable.first() {
            return Err(fail(bad.to_string()));
        }
        if reading.certificates.is_empty() {
            return Err(fail("it holds no certificate".to_owned()));
        }
        Ok(reading.certificates.into_iter().map(|found| found.value).collect())
    }
}
