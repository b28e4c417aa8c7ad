//! vim25: the session, and the reading calls.

use super::fault;
use super::records::{About, HostRecord, Missing, Moref};
use super::soap::{Soap, moref, reference, returned};
use super::xml::{Element, escaped};
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat, Request};
use crate::net::secret::Secret;

/// Versions of the API that are understood, oldest first. The newest that the server has is used.
const VERSIONS: [&str; 24] = [
    "6.0", "6.5", "6.7", "6.7.1", "6.7.2", "6.7.3", "6.8.7", "6.9.1", "7.0.0.0", "7.0.1.0", "7.0.2.0", "7.0.3.0",
    "7.0.3.1", "7.0.3.2", "8.0.0.0", "8.0.0.1", "8.0.1.0", "8.0.2.0", "8.0.3.0", "8.0.3.1", "9.0.0.0", "9.1.0.0",
    "9.1.1.0", "9.2.0.0",
];

/// How many hosts a page asks for: one answer stays below a megabyte or two.
const PAGE: u32 = 100;

/// The most pages that are followed, should a server never end.
const MOST_PAGES: usize = 10_000;

/// The properties of a host that make a [`HostRecord`].
const HOST_PROPERTIES: [&str; 7] = [
    "name",
    "runtime.connectionState",
    "runtime.inMaintenanceMode",
    "config.product",
    "config.certificate",
    "summary.config.sslThumbprint",
    "configManager.certificateManager",
];

/// The vim25 service of one vCenter or host.
pub(super) struct Vim {
    pub(super) soap: Soap,
    content: Content,
}

/// Where everything is: `ServiceContent`.
struct Content {
    about: About,
    root_folder: Moref,
    property_collector: Moref,
    view_manager: Option<Moref>,
    session_manager: Moref,
    setting: Option<Moref>,
}

/// One object with the properties that were asked for.
pub(super) struct ObjectContent {
    pub(super) moref: Moref,
    pub(super) values: Vec<(String, Element)>,
    pub(super) missing: Vec<Missing>,
}

impl ObjectContent {
    fn value(&self, path: &str) -> Option<&Element> {
        self.values.iter().find(|(name, _)| name == path).map(|(_, value)| value)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.value(path).map(|value| value.text.trim().to_owned())
    }
}

impl Vim {
    /// Finds out the version and where everything is. Needs no login.
    pub(super) async fn open(http: &Http) -> Result<Self, NetError> {
        let version = version(http).await?;
        let soap = Soap::new(http.clone(), "/sdk", "urn:vim25", version);
        let root = Moref { kind: "ServiceInstance".to_owned(), id: "ServiceInstance".to_owned() };
        let answer = soap.call("RetrieveServiceContent", &root, "", Repeat::Safe).await?;
        let content = content(http, returned(http, "RetrieveServiceContent", &answer)?)?;
        Ok(Self { soap, content })
    }

    pub(super) fn about(&self) -> &About {
        &self.content.about
    }

    /// Opens a session. When this fails one may be open all the same, if its cookie came and the rest did not.
    pub(super) async fn login(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let arguments =
            format!("<userName>{}</userName><password>{}</password>", escaped(user), escaped(password.expose()));
        self.soap.call("Login", &self.content.session_manager, &arguments, Repeat::Login).await.map(drop)
    }

    /// Ends the session and forgets it.
    pub(super) async fn logout(&self) -> Result<(), NetError> {
        let outcome = self.soap.call("Logout", &self.content.session_manager, "", Repeat::Last).await.map(drop);
        let outcome = match outcome {
            // Somebody in between said no; the session may well be open.
            Err(NetError::Unauthenticated { .. } | NetError::Response { .. }) => {
                self.soap.call("Logout", &self.content.session_manager, "", Repeat::Last).await.map(drop)
            }
            other => other,
        };
        self.soap.forget_session();
        outcome
    }

    /// Every host in the inventory, page by page.
    pub(super) async fn hosts(&self) -> Result<Vec<HostRecord>, NetError> {
        let Some(view_manager) = &self.content.view_manager else {
            return Err(NetError::Unsupported {
                server: self.soap.http.server.to_string(),
                what: "listing hosts".to_owned(),
            });
        };
        let arguments =
            reference("container", &self.content.root_folder) + "<type>HostSystem</type><recursive>true</recursive>";
        let answer = self.soap.call("CreateContainerView", view_manager, &arguments, Repeat::Safe).await?;
        let view = moref(returned(&self.soap.http, "CreateContainerView", &answer)?);
        let objects = self.retrieve("HostSystem", &HOST_PROPERTIES, &in_view(&view)).await;
        // The view lives in the session; what becomes of it changes no answer.
        let _ = self.soap.call("DestroyView", &view, "", Repeat::Never).await;
        Ok(objects?.into_iter().map(host).collect())
    }

    /// The certificates of a host's trust store, each as PEM.
    pub(super) async fn ca_certificates(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.texts("ListCACertificates", manager).await
    }

    /// The CRLs of a host's trust store, each as PEM.
    pub(super) async fn ca_revocation_lists(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.texts("ListCACertificateRevocationLists", manager).await
    }

    /// The values of vCenter's settings below `name`, for example `vpxd.certmgmt.`.
    pub(super) async fn options(&self, name: &str) -> Result<Vec<(String, String)>, NetError> {
        let Some(setting) = &self.content.setting else { return Ok(Vec::new()) };
        let arguments = format!("<name>{}</name>", escaped(name));
        let answer = self.soap.call("QueryOptions", setting, &arguments, Repeat::Safe).await?;
        let pair = |option: &Element| {
            Some((option.text_of("key")?.trim().to_owned(), option.text_of("value")?.trim().to_owned()))
        };
        Ok(answer.all("returnval").filter_map(pair).collect())
    }

    async fn texts(&self, method: &str, this: &Moref) -> Result<Vec<String>, NetError> {
        let answer = self.soap.call(method, this, "", Repeat::Safe).await?;
        Ok(answer.all("returnval").map(|value| value.text.clone()).collect())
    }

    /// The properties of objects, following every page. A page is given once, so after a lost one all are asked again.
    async fn retrieve(&self, kind: &str, paths: &[&str], objects: &str) -> Result<Vec<ObjectContent>, NetError> {
        match self.pages(kind, paths, objects).await {
            Err(NetError::Connect { .. } | NetError::Unavailable { .. }) => self.pages(kind, paths, objects).await,
            other => other,
        }
    }

    async fn pages(&self, kind: &str, paths: &[&str], objects: &str) -> Result<Vec<ObjectContent>, NetError> {
        let paths: String = paths.iter().map(|path| format!("<pathSet>{path}</pathSet>")).collect();
        let arguments = format!(
            "<specSet><propSet><type>{kind}</type><all>false</all>{paths}</propSet>{objects}</specSet>\
             <options><maxObjects>{PAGE}</maxObjects></options>"
        );
        let collector = &self.content.property_collector;
        let mut out = Vec::new();
        let mut answer = self.soap.call("RetrievePropertiesEx", collector, &arguments, Repeat::Safe).await?;
        for _ in 0..MOST_PAGES {
            // No value at all is how nothing is answered.
            let Some(page) = answer.child("returnval") else { break };
            out.extend(page.all("objects").map(object));
            let Some(token) = page.text_of("token") else { break };
            let arguments = format!("<token>{}</token>", escaped(token));
            answer = self.soap.call("ContinueRetrievePropertiesEx", collector, &arguments, Repeat::Never).await?;
        }
        Ok(out)
    }
}

/// The newest version both sides know. The top one may be an internal name, so all are looked at.
async fn version(http: &Http) -> Result<&'static str, NetError> {
    const WHAT: &str = "GET vimServiceVersions.xml";
    let request = Request {
        what: WHAT,
        method: reqwest::Method::GET,
        path: "/sdk/vimServiceVersions.xml",
        headers: reqwest::header::HeaderMap::new(),
        body: Vec::new(),
        limit: 1 << 20,
        repeat: Repeat::Safe,
    };
    let answer = http.send(&request).await?;
    let server = http.server.to_string();
    match answer.status.as_u16() {
        200 => (),
        401 => return Err(NetError::Unauthenticated { server, reason: "HTTP 401".to_owned() }),
        404 => return Err(NetError::NotFound { server, what: "/sdk: this is no vCenter and no ESXi host".to_owned() }),
        status @ 500..=599 => return Err(NetError::Unavailable { server, what: WHAT.to_owned(), status }),
        status => {
            return Err(NetError::Response { server, what: WHAT.to_owned(), reason: format!("HTTP {status}") });
        }
    }
    let unreadable = |reason: String| NetError::Response { server: server.clone(), what: WHAT.to_owned(), reason };
    let root = super::xml::parse(&answer.body).map_err(|error| unreadable(error.to_string()))?;
    let vim = root.all("namespace").find(|namespace| namespace.text_of("name").map(str::trim) == Some("urn:vim25"));
    let Some(vim) = vim else { return Err(unreadable("it does not name urn:vim25".to_owned())) };
    let prior = vim.child("priorVersions").map(|prior| prior.all("version")).into_iter().flatten();
    let served: Vec<&str> = vim.all("version").chain(prior).map(|version| version.text.trim()).collect();
    let best = VERSIONS.iter().rev().find(|version| served.contains(version));
    best.copied().ok_or_else(|| NetError::Unsupported { server, what: "vim25 6.0 or later".to_owned() })
}

fn content(http: &Http, content: &Element) -> Result<Content, NetError> {
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
    })
}

/// All objects of a view.
fn in_view(view: &Moref) -> String {
    format!(
        "<objectSet>{}<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>view</name>\
         <type>ContainerView</type><path>view</path><skip>false</skip></selectSet></objectSet>",
        reference("obj", view)
    )
}

fn object(element: &Element) -> ObjectContent {
    let value = |set: &Element| Some((set.text_of("name")?.trim().to_owned(), set.child("val")?.clone()));
    let missing = |set: &Element| {
        let detail = set.child("fault").and_then(|localized| localized.child("fault"));
        Some(Missing {
            what: set.text_of("path")?.trim().to_owned(),
            fault: detail.map_or("unknown", fault::kind).to_owned(),
            privilege: detail.and_then(fault::privilege),
        })
    };
    ObjectContent {
        moref: element.child("obj").map(moref).unwrap_or(Moref { kind: String::new(), id: String::new() }),
        values: element.all("propSet").filter_map(value).collect(),
        missing: element.all("missingSet").filter_map(missing).collect(),
    }
}

fn host(object: ObjectContent) -> HostRecord {
    let product = object.value("config.product");
    HostRecord {
        name: object.text("name"),
        connection_state: object.text("runtime.connectionState"),
        in_maintenance_mode: object.text("runtime.inMaintenanceMode").map(|text| matches!(&*text, "true" | "1")),
        version: product.and_then(|about| about.text_of("version")).map(|text| text.trim().to_owned()),
        certificate: object.value("config.certificate").map(bytes),
        pinned_thumbprint: object.text("summary.config.sslThumbprint").and_then(|text| text.parse().ok()),
        certificate_manager: object.value("configManager.certificateManager").map(moref),
        moref: object.moref,
        missing: object.missing,
    }
}

/// `ArrayOfByte`: one element for each byte, signed; some servers write base64 text instead.
fn bytes(value: &Element) -> Vec<u8> {
    let number = |byte: &Element| byte.text.trim().parse::<i16>().ok().map(|n| n.to_le_bytes()[0]);
    match value.children.first() {
        Some(_) => value.children.iter().filter_map(number).collect(),
        None => value.text.trim().as_bytes().to_vec(),
    }
}
