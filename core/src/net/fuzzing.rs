//! The readers of answers without a network, for the fuzz targets and the replay of what they found. Feature `fuzzing`.
//!
//! A session is opened and everything is read in it. All answers are sound but those to one operation.

use std::future::Future;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};

use super::control::Cancel;
use super::dial::ConnectTo;
use super::error::NetError;
use super::http::offline::{self, Transport};
use super::inventory::{Inventory, Secrets};
use super::secret::{Credentials, Secret};
use super::trust::ServerTrust;
use super::vsphere::{Session, Target, calls};
use crate::endpoint::Endpoint;

/// Every operation of a session by the name that [`session`] takes, with a sound answer to it.
pub const ANSWERS: [(&str, &str); 20] = [
    (
        "GET vimServiceVersions.xml",
        "<namespaces version=\"1.0\"><namespace><name>urn:vim25</name><version>8.0.1.0</version><priorVersions>\
         <version>6.0</version></priorVersions></namespace></namespaces>",
    ),
    (
        "RetrieveServiceContent",
        "<returnval><rootFolder type=\"Folder\">group-d1</rootFolder><propertyCollector type=\"PropertyCollector\">\
         propertyCollector</propertyCollector><viewManager type=\"ViewManager\">ViewManager</viewManager><about>\
         <version>8.0.1</version><build>1</build><apiVersion>8.0.1.0</apiVersion><apiType>VirtualCenter</apiType>\
         </about><setting type=\"OptionManager\">VpxSettings</setting><sessionManager type=\"SessionManager\">\
         SessionManager</sessionManager></returnval>",
    ),
    ("Login", "<returnval><key>k</key></returnval>"),
    ("Logout", ""),
    ("QueryOptions", "<returnval><key>vpxd.certmgmt.mode</key><value>vmca</value></returnval>"),
    ("CreateContainerView", "<returnval type=\"ContainerView\">session[1]2</returnval>"),
    ("DestroyView", ""),
    (
        "RetrievePropertiesEx",
        "<returnval><token>1</token><objects><obj type=\"HostSystem\">host-1</obj><propSet><name>name</name>\
         <val xmlns:xsi=\"i\" xmlns:xsd=\"d\" xsi:type=\"xsd:string\">esx01</val></propSet><propSet>\
         <name>config.certificate</name><val><byte>45</byte><byte>-45</byte></val></propSet><propSet>\
         <name>configManager.certificateManager</name><val type=\"HostCertificateManager\">m-1</val></propSet>\
         <missingSet><path>config.product</path><fault><fault xmlns:xsi=\"i\" xsi:type=\"NoPermission\">\
         <object type=\"HostSystem\">host-1</object><privilegeId>System.View</privilegeId></fault></fault>\
         </missingSet></objects></returnval>",
    ),
    (
        "ContinueRetrievePropertiesEx",
        "<returnval><objects><obj type=\"HostSystem\">host-2</obj><propSet><name>config.product</name><val>\
         <version>8.0.1</version></val></propSet></objects></returnval>",
    ),
    ("ListCACertificates", "<returnval>-----BEGIN CERTIFICATE-----</returnval>"),
    ("ListCACertificateRevocationLists", "<returnval>-----BEGIN X509 CRL-----</returnval>"),
    ("QueryStorageManager", "<returnval type=\"SmsStorageManager\">storageManager</returnval>"),
    ("QueryProvider", "<returnval type=\"VasaProvider\">p-1</returnval>"),
    (
        "QueryProviderInfo",
        "<returnval><uid>u</uid><name>n</name><url>https://esx01:9080/version.xml</url><certificate>c</certificate>\
         <status>offline</status><statusFault><fault xmlns:xsi=\"i\" xsi:type=\"ProviderUnavailable\"/></statusFault>\
         <certificateStatus>valid</certificateStatus></returnval>",
    ),
    ("POST /api/session", "\"7f3b2c90e1\""),
    ("trusted-root-chains", "[{\"chain\": \"A\"}]"),
    ("trusted-root-chains/A", "{\"cert_chain\": {\"cert_chain\": [\"-----BEGIN CERTIFICATE-----\"]}}"),
    ("certificate-management/vcenter/tls", "{\"cert\": \"-----BEGIN CERTIFICATE-----\"}"),
    (
        "certificate-management/vcenter/signing-certificate",
        "{\"active_cert_chain\": {\"cert_chain\": [\"-----BEGIN CERTIFICATE-----\"]}}",
    ),
    ("GET certs/download.zip", "PK"),
];

/// The password of every login here; no reader may show it.
pub const PASSWORD: &str = "correct-horse";

/// Reads everything in a session whose answers to `operation` are strange, and returns what came of it.
///
/// `operation` is one of [`ANSWERS`]. Its answer has this status and body; with `inside` the body is put into the
/// envelope of an answer first.
#[must_use]
pub fn session(operation: &str, status: u16, body: &[u8], inside: bool) -> String {
    let body = if inside { enveloped(operation, body) } else { body.to_vec() };
    let operation = operation.to_owned();
    scripted(move |what| is_for(&operation, what).then(|| (status, body.clone())))
}

/// Reads everything in a session whose answers are made by `script`, and returns what came of it.
///
/// It is given what is asked, as [`ANSWERS`] has it or with the whole path of REST, once for each request. What it has
/// no answer to is answered soundly. SOAP answers are whole envelopes: [`enveloped`] makes them.
#[must_use]
pub fn scripted(script: impl FnMut(&str) -> Option<(u16, Vec<u8>)> + 'static) -> String {
    scripted_with(PASSWORD, script)
}

/// The same with another password than [`PASSWORD`].
#[must_use]
pub fn scripted_with(password: &str, script: impl FnMut(&str) -> Option<(u16, Vec<u8>)> + 'static) -> String {
    answered(script, everything(&target(password)))
}

/// Does the work on this thread with answers made by `script` in place of the network.
fn answered(
    script: impl FnMut(&str) -> Option<(u16, Vec<u8>)> + 'static,
    work: impl Future<Output = String>,
) -> String {
    offline::put(Some(transport(script)));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let outcome = runtime.map_or_else(|error| error.to_string(), |runtime| runtime.block_on(work));
    offline::put(None);
    outcome
}

async fn everything(target: &Target) -> String {
    let session = match Session::open(target, &Cancel::default()).await {
        Ok(session) => session,
        Err(error) => return format!("{error:?} {error}"),
    };
    let hosts = session.hosts().await;
    let mut out = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {hosts:?}",
        session.about(),
        session.certificate_mode().await,
        session.trusted_roots().await,
        session.storage_providers().await,
        session.tls().await,
        session.signing_certificates().await,
        session.certificate_archive().await.map(|archive| archive.len()),
    );
    for manager in hosts.iter().flatten().filter_map(|host| host.certificate_manager.as_ref()) {
        let (held, revoked) =
            (session.host_ca_certificates(manager).await, session.host_ca_revocation_lists(manager).await);
        out.push_str(&format!("{held:?} {revoked:?} {:?}", session.host_certificate(manager).await));
    }
    match session.vvol_datastores().await {
        Ok(found) => found.iter().for_each(|datastore| out.push_str(&format!(" {datastore:?}"))),
        Err(error) => out.push_str(&format!(" Err({error:?})")),
    }
    session.close().await;
    out
}

/// Makes every reading call, and a change whose answer is told, in a session with this password, and returns what a program
/// gets of it: JSON, or the words of an error.
#[must_use]
pub fn told_with(password: &str, script: impl FnMut(&str) -> Option<(u16, Vec<u8>)> + 'static) -> String {
    let target = target(password);
    let work = async {
        let session = match Session::open(&target, &Cancel::default()).await {
            Ok(session) => session,
            Err(error) => return format!("{error:?} {error}"),
        };
        let mut out = String::new();
        for call in calls::reads() {
            let arguments = match call.name {
                name if name.starts_with("host_") => "{\"manager\": \"HostCertificateManager:m-1\"}",
                "settings" => "{\"name\": \"vpxd.\"}",
                _ => "",
            };
            let told =
                calls::read(&session, call.name, arguments).await.unwrap_or_else(|error| format!("Err({error})"));
            out.push_str(&format!("{}: {told}\n", call.name));
        }
        let request = calls::change(&session, "tls_signing_request", "{}", None).await;
        out.push_str(&request.unwrap_or_else(|error| format!("Err({error})")));
        session.close().await;
        out
    };
    answered(script, work)
}

/// Makes the changes that carry a secret, each in a session with `secret` as its password and as the key or password of
/// the change, and returns what came of them. All answers are sound.
#[must_use]
pub fn changes_with(secret: &str, pem: &str) -> String {
    let alive = |what: &str| (what == "CurrentTime").then(|| (200, enveloped("CurrentTime", b"")));
    let work = async {
        let session = match Session::open(&target(secret), &Cancel::default()).await {
            Ok(session) => session,
            Err(error) => return error.to_string(),
        };
        let mut out = String::new();
        let secret = Secret::from(secret.to_owned());
        for (call, arguments) in [
            ("set_tls", serde_json::json!({ "certificate": pem })),
            ("set_signing_certificate", serde_json::json!({ "chain": pem })),
            ("reconnect_host", serde_json::json!({ "host": "HostSystem:host-1", "user": "root" })),
            ("register_provider", serde_json::json!({ "name": "n", "user": "u", "url": "https://esx01" })),
        ] {
            let outcome = calls::change(&session, call, &arguments.to_string(), Some(&secret)).await;
            out.push_str(&format!("{call}: {outcome:?}\n"));
        }
        session.close().await;
        out
    };
    answered(alive, work)
}

fn target(password: &str) -> Target {
    Target {
        endpoint: Endpoint::new("vc01", 443).expect("a host"),
        credentials: Credentials::Password { user: "u".to_owned(), password: Secret::from(password.to_owned()) },
        trust: ServerTrust::Insecure,
        connect_to: ConnectTo::default(),
        timeout: Duration::from_secs(1),
    }
}

/// What stands for the network: the strange answer to what is asked, or a sound one.
fn transport(mut strange: impl FnMut(&str) -> Option<(u16, Vec<u8>)> + 'static) -> Transport {
    Box::new(move |what| {
        let mut headers = HeaderMap::new();
        if what == "Login" {
            headers.insert(SET_COOKIE, HeaderValue::from_static("vmware_soap_session=\"key\"; Path=/"));
        }
        if let Some((status, body)) = strange(what) {
            return (headers, StatusCode::from_u16(status).unwrap_or(StatusCode::OK), body);
        }
        let known = ANSWERS.iter().find(|(name, _)| is_for(name, what));
        (headers, StatusCode::OK, known.map_or_else(Vec::new, |(name, sound)| sound_answer(name, sound)))
    })
}

/// Whether a request is for an operation of the table. The paths of REST stand there without what is before them.
fn is_for(operation: &str, what: &str) -> bool {
    what == operation || operation.contains('-') && what.ends_with(operation)
}

fn sound_answer(name: &str, text: &str) -> Vec<u8> {
    match name.contains([' ', '-']) {
        true => text.as_bytes().to_vec(),
        false => enveloped(name, text.as_bytes()),
    }
}

/// The envelope of an answer with this content.
#[must_use]
pub fn enveloped(method: &str, content: &[u8]) -> Vec<u8> {
    const HEAD: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>";
    let head = format!("{HEAD}<{method}Response>");
    let tail = format!("</{method}Response></s:Body></s:Envelope>");
    [head.as_bytes(), content, tail.as_bytes()].concat()
}

/// Whoever is asked for a password knows one.
struct Fixed;

impl Secrets for Fixed {
    fn variable(&mut self, _: &str) -> Option<String> {
        Some(PASSWORD.to_owned())
    }

    fn prompt(&mut self, _: &str) -> Option<Secret> {
        Some(Secret::from(PASSWORD.to_owned()))
    }
}

/// Reads a document of XML: its root, or the error.
#[must_use]
pub fn xml(document: &[u8]) -> String {
    format!("{:?}", super::vsphere::read_xml(document))
}

/// Reads a document of XML and tells whether it is one.
///
/// # Errors
/// What is wrong with it.
pub fn is_xml(document: &[u8]) -> Result<(), String> {
    super::vsphere::read_xml(document).map(drop).map_err(|error| format!("{error:?}"))
}

/// Reads an inventory that names no files.
///
/// # Errors
/// [`NetError::Inventory`] and [`NetError::Credentials`].
pub fn inventory(text: &[u8]) -> Result<Inventory, NetError> {
    Inventory::without_files(text, &mut Fixed)
}
