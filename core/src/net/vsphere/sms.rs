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
    soap: Soap,
    manager: Moref,
}

impl Sms {
    /// Finds the storage manager.
    pub(super) async fn open(http: &Http, session: Option<Secret>) -> Result<Self, NetError> {
        let soap = Soap::new(http.clone(), "/sms/sdk", "urn:sms", VERSION);
        soap.set_vc_session(session);
        let root = Moref { kind: "SmsServiceInstance".to_owned(), id: "ServiceInstance".to_owned() };
        let answer = soap.call("QueryStorageManager", &root, "", Repeat::Safe).await?;
        let manager = moref(returned(http, "QueryStorageManager", &answer)?);
        Ok(Self { soap, manager })
    }

    /// Every registered provider. What is wrong with one costs nothing of the others.
    pub(super) async fn providers(&self) -> Result<Vec<ProviderRecord>, NetError> {
        let answer = self.soap.call("QueryProvider", &self.manager, "", Repeat::Safe).await?;
        let (mut out, mut gone) = (Vec::new(), false);
        let providers: Vec<Moref> = answer.all("returnval").map(moref).collect();
        let mut providers = providers.into_iter();
        while let Some(provider) = providers.next() {
            match self.provider(&provider).await {
                Ok(record) => out.push(record),
                // A new session cures this for all.
                Err(error @ NetError::Unauthenticated { .. }) => return Err(error),
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
        Ok(record(returned(&self.soap.http, "QueryProviderInfo", &answer)?))
    }
}

fn unknown(provider: Moref, error: NetError) -> ProviderRecord {
    ProviderRecord { uid: provider.id, failure: Some(error), ..ProviderRecord::default() }
}

fn record(info: &Element) -> ProviderRecord {
    let text = |name: &str| info.text_of(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let status_fault = info.child("statusFault").and_then(|localized| localized.child("fault"));
    ProviderRecord {
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
