//! What the changing calls take.

use std::borrow::Cow;
use std::time::Duration;

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::super::super::changes::{AcceptedCertificate, Alarm, HostConnection};
use super::super::super::records::Moref;
use super::super::error::CallError;
use crate::cert::Certificate;
use crate::net::secret::Secret;
use crate::store;
use crate::thumbprint::Thumbprint;

/// How long a task is waited for, where nothing else is said, in seconds.
const WAIT: u64 = 600;

/// The longest it is, in seconds: a day.
const LONGEST_WAIT: u64 = 86_400;

/// How long a task is waited for.
#[derive(Clone, Copy, JsonSchema)]
#[schemars(inline)]
pub(super) struct Wait(#[schemars(with = "u64")] pub(super) Duration);

impl Default for Wait {
    fn default() -> Self {
        Self(Duration::from_secs(WAIT))
    }
}

impl<'de> Deserialize<'de> for Wait {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = u64::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("it must be a number from 1 to {LONGEST_WAIT}"));
        if (1..=LONGEST_WAIT).contains(&seconds) { Ok(Self(Duration::from_secs(seconds))) } else { Err(wrong()) }
    }
}

/// One PEM text, or several.
#[derive(Deserialize, JsonSchema)]
#[schemars(inline)]
#[serde(untagged, expecting = "expected a PEM text or a list of PEM texts")]
enum Texts {
    One(String),
    Several(Vec<String>),
}

/// Every certificate of one PEM text or of several, in their order.
#[derive(JsonSchema)]
#[schemars(inline)]
pub(super) struct Chain(#[schemars(with = "Texts")] pub(super) Vec<Certificate>);

impl<'de> Deserialize<'de> for Chain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = match Texts::deserialize(deserializer)? {
            Texts::One(text) => vec![text],
            Texts::Several(texts) => texts,
        };
        let read = |text: &String| certificates(text).map_err(D::Error::custom);
        let chain = texts.iter().map(read).collect::<Result<Vec<_>, _>>()?.concat();
        if chain.is_empty() { Err(D::Error::custom("it holds no certificate")) } else { Ok(Self(chain)) }
    }
}

/// Every certificate of a text; the reason where anything in it cannot be read, or is something else.
fn certificates(text: &str) -> Result<Vec<Certificate>, String> {
    store::chain(text.as_bytes(), "text").map_err(|error| error.to_string())
}

/// The one certificate of a PEM text.
#[derive(JsonSchema)]
#[schemars(inline)]
pub(super) struct One(#[schemars(with = "String")] pub(super) Certificate);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        match <[Certificate; 1]>::try_from(certificates(&text).map_err(D::Error::custom)?) {
            Ok([one]) => Ok(Self(one)),
            Err(several) => Err(D::Error::custom(format!("it holds {} certificates instead of one", several.len()))),
        }
    }
}

/// A chain to publish.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRoot {
    /// The CAs as PEM, the one nearest to the end-entity first.
    pub(super) chain: Chain,
    /// Its id; by default the server chooses one.
    pub(super) id: Option<String>,
}

/// A trusted root chain.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Root {
    /// Its `id` in `trusted_roots`.
    pub(super) id: String,
}

/// A Machine SSL certificate.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Tls {
    /// The certificate, PEM.
    pub(super) certificate: One,
    /// The root it leads to, PEM; needed when its issuer is not trusted yet.
    pub(super) root: Option<One>,
}

/// For how long.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    /// How many days it is valid; 730 by default.
    pub(super) days: Option<u32>,
}

/// A token signing certificate.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Signer {
    /// The signing certificate and its chain, PEM, first to last.
    pub(super) chain: Chain,
}

/// Whether in any case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Force {
    /// Even if this would break what trusts the present one; false by default.
    #[serde(default)]
    pub(super) force: bool,
}

/// What a host's trust store is to hold.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HostStore {
    /// Where the host's certificates are managed: its `certificate_manager` in `hosts`.
    pub(super) manager: Moref,
    /// Every certificate, PEM: what is not listed here is removed.
    pub(super) certificates: Vec<String>,
    /// Every CRL, PEM: what is not listed here is removed.
    pub(super) revocation_lists: Vec<String>,
}

/// Some hosts.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Hosts {
    /// The hosts: the `moref` of each in `hosts`.
    pub(super) hosts: Vec<Moref>,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

/// A host.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Host {
    /// The host: its `moref` in `hosts`.
    pub(super) host: Moref,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

/// A host and how to connect to it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Connect {
    /// The host: its `moref` in `hosts`.
    pub(super) host: Moref,
    /// Its name or address, if that has changed.
    pub(super) host_name: Option<String>,
    /// Its port, if that has changed.
    pub(super) port: Option<u16>,
    /// The SHA-1 of the certificate to accept, whatever its issuer.
    pub(super) thumbprint: Option<Thumbprint>,
    /// The certificate to accept, PEM; from 9.0.
    pub(super) certificate: Option<One>,
    /// An administrator of the host; the password is the secret.
    pub(super) user: Option<String>,
    /// Whether to take over a host that another vCenter manages; false by default.
    #[serde(default)]
    pub(super) force: bool,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

impl Connect {
    /// The connection, where there is anything to say of it.
    pub(super) fn connection(self, call: &str, password: Option<&Secret>) -> Result<Option<HostConnection>, CallError> {
        let login = match (self.user, password) {
            (Some(user), Some(password)) => Some((user, password.clone())),
            (None, None) => None,
            (Some(_), None) => return Err(CallError::secret(call, "it needs a secret: the password of `user`")),
            (None, Some(_)) => {
                return Err(CallError::secret(call, "there is a secret, but no `user` whose password it is"));
            }
        };
        let accept = match (self.thumbprint, self.certificate) {
            (Some(_), Some(_)) => {
                let reason = "`thumbprint` says the same thing in another way: give only one of them".to_owned();
                return Err(CallError::Argument { call: call.to_owned(), key: Some("certificate".to_owned()), reason });
            }
            (Some(thumbprint), None) => Some(AcceptedCertificate::Thumbprint(thumbprint)),
            (None, certificate) => certificate.map(|one| AcceptedCertificate::Certificate(one.0)),
        };
        let said = self.host_name.is_some() || self.port.is_some() || accept.is_some() || login.is_some() || self.force;
        let made = HostConnection { host_name: self.host_name, port: self.port, accept, login, force: self.force };
        Ok(said.then_some(made))
    }
}

/// A storage provider to register.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    /// The name to give it.
    pub(super) name: String,
    /// For people.
    pub(super) description: Option<String>,
    /// The user to log in as at the provider; the password is the secret.
    pub(super) user: String,
    /// For example `https://esx01.lab.example:9080/version.xml`.
    pub(super) url: String,
    /// The certificate that was approved, PEM.
    pub(super) certificate: Option<String>,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

/// A registered storage provider.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Registered {
    /// The provider: its `moref` in `storage_providers`.
    pub(super) provider: Moref,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

/// A storage provider by its uid.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Uid {
    /// The provider: its `uid` in `storage_providers`.
    pub(super) uid: String,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

/// Some storage providers.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Uids {
    /// The providers: the `uid` of each in `storage_providers`. None means all.
    pub(super) uids: Vec<String>,
    /// How long to wait for the task; 600 by default.
    #[serde(default)]
    pub(super) wait_seconds: Wait,
}

/// An event.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// The object it is about; the root of the inventory by default.
    pub(super) entity: Option<Moref>,
    /// The words.
    pub(super) message: String,
}

/// An alarm.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAlarm {
    /// The object it is for, and everything below it; the root of the inventory by default.
    pub(super) entity: Option<Moref>,
    /// The alarm.
    pub(super) alarm: Alarm,
}
