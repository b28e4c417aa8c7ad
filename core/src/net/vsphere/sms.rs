//! SMS, the storage monitoring service: which storage providers there are and how they are.

use futures_util::{FutureExt, StreamExt};

use super::parallel::some_at_once;
use super::records::{About, Moref, ProviderRecord};
use super::wire::fault;
use super::wire::soap::{Soap, moref, returned};
use super::wire::xml::Element;
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat};
use crate::net::secret::Secret;

/// The version asked for: the first with every field that is read. Later servers know it, and hide from it what is newer.
const VERSION: &str = "6.5";

/// That for servers before 6.5, which have no `statusFault`.
const FORMER: &str = "4.0";

/// The most providers of one vCenter: each host has one for its I/O filters, and there are storage arrays.
const MOST_PROVIDERS: usize = 20_000;

/// The most bytes of what all providers tell.
const MOST_BYTES: usize = 256 << 20;

/// The SMS of one vCenter. It has no login of its own and borrows the vim session.
pub(super) struct Sms {
    pub(super) soap: Soap,
}

impl Sms {
    /// The service, called with this vim session. Nothing is sent yet.
    pub(super) fn new(http: &Http, about: &About, session: Option<Secret>) -> Self {
        let mut numbers = about.api_version.split('.').map_while(|part| part.parse::<u32>().ok());
        let former = (numbers.next(), numbers.next()) < (Some(6), Some(5));
        let soap = Soap::new(http.clone(), "/sms/sdk", "urn:sms", if former { FORMER } else { VERSION });
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
        let bound = |limit, unit| NetError::TooLarge {
            server: self.soap.http.server.to_string(),
            what: "QueryProvider".to_owned(),
            limit,
            unit,
        };
        let (mut out, mut gone, mut bytes) = (Vec::new(), false, 0);
        let providers: Vec<Moref> = answer.all("returnval").take(MOST_PROVIDERS + 1).map(moref).collect();
        if providers.len() > MOST_PROVIDERS {
            return Err(bound(MOST_PROVIDERS, "storage providers"));
        }
        let mut answers = some_at_once(providers.iter().map(|provider| self.provider(provider).boxed()).collect());
        let mut providers = providers.iter();
        while let (Some(provider), Some(answer)) = (providers.next(), answers.next().await) {
            match answer {
                Ok((record, size)) => {
                    bytes += size;
                    if bytes > MOST_BYTES {
                        return Err(bound(MOST_BYTES, "bytes"));
                    }
                    out.push(record);
                }
                // A new session cures this for all.
                Err(error @ NetError::Unauthenticated { .. }) => return Err(error),
                // Unregistered since the list was made.
                Err(NetError::NotFound { .. }) => (),
                // A service that is gone is not asked a hundred times more, each time until the deadline.
                Err(error @ (NetError::Timeout { .. } | NetError::Connect { .. } | NetError::Cancelled(_)))
                    if std::mem::replace(&mut gone, true) =>
                {
                    let unknown = |provider: &Moref| unknown(provider, error.clone());
                    out.extend(std::iter::once(provider).chain(providers.by_ref()).map(unknown));
                    break;
                }
                Err(error) => out.push(unknown(provider, error)),
            }
        }
        Ok(out)
    }

    /// One provider, and how many bytes tell of it.
    async fn provider(&self, provider: &Moref) -> Result<(ProviderRecord, usize), NetError> {
        let (answer, size) = self.soap.call_measured("QueryProviderInfo", provider, "", Repeat::Safe).await?;
        Ok((record(&self.soap.http, provider.clone(), returned(&self.soap.http, "QueryProviderInfo", &answer)?), size))
    }

    /// The `SmsTaskInfo` of a task.
    pub(super) async fn task_info(&self, task: &Moref) -> Result<Option<Element>, NetError> {
        let answer = self.soap.call("QuerySmsTaskInfo", task, "", Repeat::Safe).await?;
        Ok(answer.child("returnval").cloned())
    }
}

fn unknown(provider: &Moref, error: NetError) -> ProviderRecord {
    ProviderRecord {
        uid: provider.id.clone(),
        moref: provider.clone(),
        failure: Some(error),
        ..ProviderRecord::default()
    }
}

fn record(http: &Http, moref: Moref, info: &Element) -> ProviderRecord {
    let text = |name: &str| info.text_of(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let status_fault = info.child("statusFault").and_then(|localized| localized.child("fault"));
    ProviderRecord {
        moref,
        uid: text("uid").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        url: text("url").unwrap_or_default(),
        certificate: text("certificate"),
        status: text("status"),
        status_fault: status_fault.map(|detail| http.kind(fault::kind(detail))),
        certificate_status: text("certificateStatus"),
        failure: None,
    }
}
