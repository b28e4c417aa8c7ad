//! SMS, the storage monitoring service: which storage providers there are and how they are.

use super::fault;
use super::records::{Moref, ProviderRecord};
use super::soap::{Soap, moref, returned};
use super::xml::Element;
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat};
use crate::net::secret::Secret;

/// The version asked for: later servers know it, and it has every field that is read.
const VERSION: &str = "4.0";

/// The SMS of one vCenter. It has no login of its own and borrows the vim session.
pub(super) struct Sms {
    pub(super) soap: Soap,
}

impl Sms {
    /// The service, called with this vim session. Nothing is sent yet.
    pub(super) fn new(http: &Http, session: Option<Secret>) -> Self {
        let soap = Soap::new(http.clone(), "/sms/sdk", "urn:sms", VERSION);
        soap.set_vc_session(session);
        Self { soap }
    }

    /// The storage manager. The call needs a session and so says whether it lives.
    pub(super) async fn manager(&self) -> Result<Moref, NetError> {
        let root = Moref { kind: "SmsServiceInstance".to_owned(), id: "ServiceInstance".to_owned() };
        let answer = self.soap.call("QueryStorageManager", &root, "", Repeat::Safe).await?;
        Ok(moref(returned(&self.soap.http, "QueryStorageManager", &answer)?))
    }

    /// Every registered provider. What is wrong with one costs nothing of the others.
    pub(super) async fn providers(&self) -> Result<Vec<ProviderRecord>, NetError> {
        let manager = self.manager().await?;
        let answer = self.soap.call("QueryProvider", &manager, "", Repeat::Safe).await?;
        let (mut out, mut gone) = (Vec::new(), false);
        let providers: Vec<Moref> = answer.all("returnval").map(moref).collect();
        let mut providers = providers.into_iter();
        while let Some(provider) = providers.next() {
            match self.provider(&provider).await {
                Ok(record) => out.push(record),
                // A new session cures this for all.
                Err(error @ NetError::Unauthenticated { .. }) => return Err(error),
                // Unregistered since the list was made.
                Err(NetError::NotFound { .. }) => (),
                // A service that is gone is not asked a hundred times more, each time until the deadline.
                Err(error @ (NetError::Timeout { .. } | NetError::Connect { .. } | NetError::Cancelled(_)))
                    if std::mem::replace(&mut gone, true) =>
                {
                    let unknown = |provider: Moref| unknown(provider, error.clone());
                    out.extend(std::iter::once(provider).chain(providers.by_ref()).map(unknown));
                    break;
                }
                Err(error) => out.push(unknown(provider, error)),
            }
        }
        Ok(out)
    }

    async fn provider(&self, provider: &Moref) -> Result<ProviderRecord, NetError> {
        let answer = self.soap.call("QueryProviderInfo", provider, "", Repeat::Safe).await?;
        Ok(record(provider.clone(), returned(&self.soap.http, "QueryProviderInfo", &answer)?))
    }

    /// The `SmsTaskInfo` of a task.
    pub(super) async fn task_info(&self, task: &Moref) -> Result<Option<Element>, NetError> {
        let answer = self.soap.call("QuerySmsTaskInfo", task, "", Repeat::Safe).await?;
        Ok(answer.child("returnval").cloned())
    }
}

fn unknown(provider: Moref, error: NetError) -> ProviderRecord {
    ProviderRecord { uid: provider.id.clone(), moref: provider, failure: Some(error), ..ProviderRecord::default() }
}

fn record(moref: Moref, info: &Element) -> ProviderRecord {
    let text = |name: &str| info.text_of(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let status_fault = info.child("statusFault").and_then(|localized| localized.child("fault"));
    ProviderRecord {
        moref,
        uid: text("uid").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        url: text("url").unwrap_or_default(),
        certificate: text("certificate"),
        status: text("status"),
        status_fault: status_fault.map(|detail| fault::kind(detail).to_owned()),
        certificate_status: text("certificateStatus"),
        failure: None,
    }
}
