//! The reading calls by their names. Nothing here leads to a change.

use futures_util::future::BoxFuture;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::records::{
    About, HostCertificate, HostRecord, Moref, ProviderRecord, SigningCertificates, TlsCertificate, TrustedRoot,
};
use super::super::session::Session;
use super::error::CallError;
use super::shape::Shape;
use super::{Call, arguments, text, unwritten};
use crate::error::Error;
use crate::json;

/// No arguments.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// A host's certificates.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Manager {
    /// Where the host's certificates are managed: its `certificate_manager` in `hosts`.
    manager: Moref,
}

/// Settings.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Name {
    /// The setting, or with a dot at its end all settings below it: `vpxd.certmgmt.`.
    name: String,
}

/// One setting.
#[derive(Serialize, JsonSchema)]
struct Setting {
    /// The name.
    name: String,
    /// The value.
    value: String,
}

impl From<(String, String)> for Setting {
    fn from((name, value): (String, String)) -> Self {
        Self { name, value }
    }
}

struct Read {
    call: Call,
    run: for<'c> fn(&'c Session, &'c str) -> BoxFuture<'c, Result<String, Error>>,
}

macro_rules! reads {
    ($($name:ident($arguments:ty) -> $answer:ty, $privilege:literal, $summary:literal,
        |$session:ident, $given:pat_param| $work:expr;)*) => {
        /// Every reading call.
        const READS: &[Read] = &[$(Read {
            call: Call {
                name: stringify!($name),
                summary: $summary,
                privilege: $privilege,
                secret: "",
                given: Shape::of_given::<$arguments>,
                answer: Shape::of_answer::<$answer>,
            },
            run: |$session, given| Box::pin(async move {
                let $given: $arguments = arguments::read(stringify!($name), given)?;
                let answer: $answer = $work;
                // Bytes in base64 are no words of anybody.
                if stringify!($name) == "certificate_archive" {
                    return json::text(&answer).map_err(|error| unwritten($session, stringify!($name), &error));
                }
                text($session, stringify!($name), answer).await
            }),
        },)*];
    };
}

reads! {
    about(Nothing) -> About, "",
        "The product, its version and its build.",
        |session, _| session.about().clone();
    root_folder(Nothing) -> Moref, "",
        "The root of the inventory.",
        |session, _| session.root_folder().clone();
    trusted_roots(Nothing) -> Vec<TrustedRoot>, "System.Read",
        "The trusted root chains, from which TRUSTED_ROOTS is filled. From 7.0.",
        |session, _| session.trusted_roots().await?;
    tls(Nothing) -> TlsCertificate, "System.Read",
        "The Machine SSL certificate, as vCenter has it stored. From 7.0.",
        |session, _| session.tls().await?;
    signing_certificates(Nothing) -> SigningCertificates, "System.Read",
        "The certificates that sign the tokens of single sign-on. From 7.0.3.",
        |session, _| session.signing_certificates().await?;
    certificate_archive(Nothing) -> String, "",
        "`certs/download.zip`, in base64.",
        |session, _| base64_simd::STANDARD.encode_to_string(session.certificate_archive().await?);
    hosts(Nothing) -> Vec<HostRecord>, "System.View, Certificate.Manage",
        "Every host in the inventory.",
        |session, _| session.hosts().await?;
    host_ca_certificates(Manager) -> Vec<String>, "Certificate.Manage",
        "The certificates in a host's trust store, each as PEM. The host must be connected.",
        |session, given| session.host_ca_certificates(&given.manager).await?;
    host_ca_revocation_lists(Manager) -> Vec<String>, "Certificate.Manage",
        "The CRLs in a host's trust store, each as PEM.",
        |session, given| session.host_ca_revocation_lists(&given.manager).await?;
    host_certificate(Manager) -> Option<HostCertificate>, "Certificate.Manage",
        "What vCenter says about a host's own certificate; `null` if it says nothing.",
        |session, given| session.host_certificate(&given.manager).await?;
    certificate_mode(Nothing) -> Option<String>, "System.Read",
        "`vpxd.certmgmt.mode`: `vmca`, `custom` or `thumbprint`.",
        |session, _| session.certificate_mode().await?;
    settings(Name) -> Vec<Setting>, "System.Read",
        "vCenter's setting with this name, or all settings below it.",
        |session, given| session.settings(&given.name).await?.into_iter().map(Setting::from).collect();
    storage_providers(Nothing) -> Vec<ProviderRecord>, "StorageViews.View",
        "Every storage provider.",
        |session, _| session.storage_providers().await?;
}

/// Every call that [`read`] makes.
pub fn reads() -> impl Iterator<Item = &'static Call> {
    READS.iter().map(|read| &read.call)
}

/// Makes the reading call of this name. `arguments` is a JSON object, or no text if there are none; the answer is
/// JSON.
///
/// # Errors
/// [`Error::Call`] before anything is sent when there is no such reading call, or an argument is wrong; [`Error::Net`].
pub async fn read(session: &Session, call: &str, arguments: &str) -> Result<String, Error> {
    let found = READS.iter().find(|read| read.call.name == call);
    let read = found.ok_or_else(|| CallError::unknown(call, reads().map(|call| call.name).collect()))?;
    (read.run)(session, arguments).await
}
