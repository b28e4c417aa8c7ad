//! Where everything of a vim25 service is, and in which version it is spoken to.

use bytes::Bytes;

use super::super::records::{About, Moref};
use super::super::wire::soap::moref;
use super::super::wire::xml::{self, Element};
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat, Request};

/// Versions of the API that are understood, oldest first. The newest that the server has is used.
const VERSIONS: [&str; 24] = [
    "6.0", "6.5", "6.7", "6.7.1", "6.7.2", "6.7.3", "6.8.7", "6.9.1", "7.0.0.0", "7.0.1.0", "7.0.2.0", "7.0.3.0",
    "7.0.3.1", "7.0.3.2", "8.0.0.0", "8.0.0.1", "8.0.1.0", "8.0.2.0", "8.0.3.0", "8.0.3.1", "9.0.0.0", "9.1.0.0",
    "9.1.1.0", "9.2.0.0",
];

/// Where everything is: `ServiceContent`.
pub(in crate::net::vsphere) struct Content {
    pub(in crate::net::vsphere) about: About,
    pub(in crate::net::vsphere) root_folder: Moref,
    pub(in crate::net::vsphere) property_collector: Moref,
    pub(in crate::net::vsphere) view_manager: Option<Moref>,
    pub(in crate::net::vsphere) session_manager: Moref,
    pub(in crate::net::vsphere) setting: Option<Moref>,
    pub(in crate::net::vsphere) event_manager: Option<Moref>,
    pub(in crate::net::vsphere) alarm_manager: Option<Moref>,
    /// vCenter alone has one.
    pub(in crate::net::vsphere) certificate_manager: Option<Moref>,
}

/// The newest version both sides know. The top one may be an internal name, so all are looked at.
pub(super) async fn version(http: &Http) -> Result<&'static str, NetError> {
    const WHAT: &str = "GET vimServiceVersions.xml";
    let request = Request {
        what: WHAT,
        method: reqwest::Method::GET,
        path: "/sdk/vimServiceVersions.xml",
        headers: reqwest::header::HeaderMap::new(),
        body: Bytes::new(),
        limit: 1 << 20,
        repeat: Repeat::Safe,
    };
    let answer = http.send(&request).await?;
    let server = http.server.to_string();
    match answer.status.as_u16() {
        200 => (),
        401 => return Err(NetError::Unauthenticated { server, reason: "HTTP 401".to_owned() }),
        404 => {
            return Err(NetError::NotFound {
                server,
                what: "/sdk: this is neither a vCenter nor an ESXi host".to_owned(),
            });
        }
        status @ 500..=599 => return Err(NetError::Unavailable { server, what: WHAT.to_owned(), status }),
        _ => return Err(NetError::Response { server, what: WHAT.to_owned(), reason: answer.words() }),
    }
    let unreadable = |reason: String| NetError::Response { server: server.clone(), what: WHAT.to_owned(), reason };
    let (root, _) = http.read(WHAT, Repeat::Safe, answer, xml::parse).await?;
    let root = root.map_err(|error| match error.is_stopped() {
        true => http.stopped(WHAT),
        false => unreadable(http.words(&error.to_string())),
    })?;
    let vim = root.all("namespace").find(|namespace| namespace.text_of("name").map(str::trim) == Some("urn:vim25"));
    let Some(vim) = vim else { return Err(unreadable("it does not name urn:vim25".to_owned())) };
    let prior = vim.child("priorVersions").map(|prior| prior.all("version")).into_iter().flatten();
    let served: Vec<&str> = vim.all("version").chain(prior).map(|version| version.text.trim()).collect();
    let best = VERSIONS.iter().rev().find(|version| served.contains(version));
    best.copied().ok_or_else(|| NetError::Unsupported { server, what: "vim25 6.0 or later".to_owned() })
}

/// Reads a `ServiceContent`.
pub(super) fn content(http: &Http, content: &Element) -> Result<Content, NetError> {
    let about = content.child("about");
    let about = |name: &str| about.and_then(|about| about.text_of(name)).map(|text| text.trim().to_owned());
    let optional = |name: &str| content.child(name).map(moref);
    let needed = |name: &str| {
        optional(name).ok_or_else(|| NetError::Response {
            server: http.server.to_string(),
            what: "RetrieveServiceContent".to_owned(),
            reason: format!("it has no `{name}`"),
        })
    };
    Ok(Content {
        about: About {
            version: about("version").unwrap_or_default(),
            build: about("build").unwrap_or_default(),
            api_version: about("apiVersion").unwrap_or_default(),
            api_type: about("apiType").unwrap_or_default(),
            instance_uuid: about("instanceUuid"),
        },
        root_folder: needed("rootFolder")?,
        property_collector: needed("propertyCollector")?,
        view_manager: optional("viewManager"),
        session_manager: needed("sessionManager")?,
        setting: optional("setting"),
        event_manager: optional("eventManager"),
        alarm_manager: optional("alarmManager"),
        certificate_manager: optional("certificateManager"),
    })
}
