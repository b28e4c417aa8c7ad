//! vim25: the session, and the reading calls.

mod content;
mod datastores;
mod hosts;
mod properties;

use super::records::{About, DatastoreRecord, HostCertificate, HostRecord, Moref};
use super::wire::soap::{Soap, moref, reference, returned};
use super::wire::xml::{Element, tag};
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat};
use crate::net::secret::{Secret, Wiped};

use content::{Content, content, version};
use properties::ObjectContent;

/// The vim25 service of one vCenter or host.
pub(super) struct Vim {
    pub(super) soap: Soap,
    pub(super) content: Content,
}

impl Vim {
    /// Finds out the version and where everything is. Needs no login.
    pub(super) async fn open(http: &Http) -> Result<Self, NetError> {
        let version = version(http).await?;
        let soap = Soap::new(http.clone(), "/sdk", "urn:vim25", version);
        let answer = soap.call("RetrieveServiceContent", &instance(), "", Repeat::Safe).await?;
        let content = content(http, returned(http, "RetrieveServiceContent", &answer)?)?;
        Ok(Self { soap, content })
    }

    pub(super) fn about(&self) -> &About {
        &self.content.about
    }

    /// Opens a session. When this fails one may be open all the same, if its cookie came and the rest did not.
    pub(super) async fn login(&self, user: &str, password: &Secret) -> Result<(), NetError> {
        let mut arguments = Wiped::default();
        arguments.element("userName", user);
        arguments.element("password", password.expose());
        self.soap.call("Login", &self.content.session_manager, arguments.as_str(), Repeat::Login).await.map(drop)
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

    /// Whether the session lives: a call that needs one and reads nothing.
    pub(super) async fn alive(&self) -> Result<(), NetError> {
        self.soap.call("CurrentTime", &instance(), "", Repeat::Safe).await.map(drop)
    }

    /// An object that some servers do not have.
    pub(super) fn offered<'m>(&self, what: &str, object: Option<&'m Moref>) -> Result<&'m Moref, NetError> {
        let server = || self.soap.http.server.to_string();
        object.ok_or_else(|| NetError::Unsupported { server: server(), what: what.to_owned() })
    }

    /// Every host in the inventory, page by page.
    pub(super) async fn hosts(&self) -> Result<Vec<HostRecord>, NetError> {
        self.listed("HostSystem", "listing hosts", &hosts::HOST_PROPERTIES, hosts::host).await
    }

    /// Every datastore on Virtual Volumes in the inventory, and those of which nobody tells whether they are.
    pub(super) async fn vvol_datastores(&self) -> Result<Vec<DatastoreRecord>, NetError> {
        let paths = &datastores::DATASTORE_PROPERTIES;
        let found = self.listed("Datastore", "listing datastores", paths, datastores::datastore).await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What `read` makes of every object of a kind in the inventory, page by page.
    async fn listed<T: Send + 'static>(
        &self,
        kind: &str,
        what: &str,
        paths: &[&str],
        read: fn(&Http, ObjectContent) -> T,
    ) -> Result<Vec<T>, NetError> {
        let view_manager = self.offered(what, self.content.view_manager.as_ref())?;
        let container = reference("container", &self.content.root_folder);
        let arguments = format!("{container}{}<recursive>true</recursive>", tag("type", kind));
        let answer = self.soap.call("CreateContainerView", view_manager, &arguments, Repeat::Safe).await?;
        let view = moref(returned(&self.soap.http, "CreateContainerView", &answer)?);
        let found = self.retrieve(kind, paths, &properties::in_view(&view), read).await;
        // The view lives in the session; what becomes of it changes no answer.
        let _ = self.soap.call("DestroyView", &view, "", Repeat::Never).await;
        found
    }

    /// The certificates of a host's trust store, each as PEM.
    pub(super) async fn ca_certificates(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.texts("ListCACertificates", manager).await
    }

    /// The CRLs of a host's trust store, each as PEM.
    pub(super) async fn ca_revocation_lists(&self, manager: &Moref) -> Result<Vec<String>, NetError> {
        self.texts("ListCACertificateRevocationLists", manager).await
    }

    /// What vCenter says of a host's own certificate.
    pub(super) async fn host_certificate(&self, manager: &Moref) -> Result<Option<HostCertificate>, NetError> {
        let info = self.property(manager, "certificateInfo").await?;
        Ok(info.as_ref().map(certificate))
    }

    /// The `TaskInfo` of a task.
    pub(super) async fn task_info(&self, task: &Moref) -> Result<Option<Element>, NetError> {
        self.property(task, "info").await
    }

    /// The values of vCenter's settings below `name`, for example `vpxd.certmgmt.`.
    pub(super) async fn options(&self, name: &str) -> Result<Vec<(String, String)>, NetError> {
        let Some(setting) = &self.content.setting else { return Ok(Vec::new()) };
        let arguments = tag("name", name);
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
}

fn instance() -> Moref {
    Moref { kind: "ServiceInstance".to_owned(), id: "ServiceInstance".to_owned() }
}

fn certificate(info: &Element) -> HostCertificate {
    let text = |name: &str| info.text_of(name).map(|text| text.trim().to_owned());
    let time = |name: &str| text(name).and_then(|text| text.parse().ok());
    HostCertificate {
        kind: text("kind"),
        subject: text("subject"),
        issuer: text("issuer"),
        not_before: time("notBefore"),
        not_after: time("notAfter"),
        status: text("status").unwrap_or_else(|| "unknown".to_owned()),
    }
}
