//! The changing calls by their names.

mod given;

use futures_util::future::BoxFuture;

use super::super::changes::{CertificateRequest, Changes, NewProvider, Task};
use super::super::records::Moref;
use super::super::session::Session;
use super::error::CallError;
use super::shape::Shape;
use super::{Call, arguments, text_of_change};
use crate::error::Error;
use crate::net::error::NetError;
use crate::net::secret::Secret;

use given::{
    Connect, Days, Event, Force, Host, HostStore, Hosts, NewAlarm, NewRoot, Provider, Registered, Root, Signer, Tls,
    Uid, Uids, Wait,
};

/// What trusted roots and signing requests need.
const MANAGE: &str = "CertificateManagement.Manage, CertificateManagement.Administer";

/// What vCenter's own certificates need.
const ADMINISTER: &str = "CertificateManagement.Administer";

/// What storage providers need.
const CONFIGURE: &str = "StorageViews.ConfigureService";

/// What a secret may be.
const NONE: &str = "";

type Run = for<'c> fn(&'c Session, &'c str, Option<&'c Secret>) -> BoxFuture<'c, Result<String, Error>>;

struct Change {
    call: Call,
    run: Run,
}

macro_rules! changes {
    ($($name:ident($arguments:ty) -> $answer:ty, $privilege:expr, $secret:expr, $summary:literal,
        |$changes:ident, $given:pat_param, $secret_given:pat_param| $work:expr;)*) => {
        /// Every changing call.
        const CHANGES: &[Change] = &[$(Change {
            call: Call {
                name: stringify!($name),
                summary: $summary,
                privilege: $privilege,
                secret: $secret,
                given: Shape::of_given::<$arguments>,
                answer: Shape::of_answer::<$answer>,
            },
            run: |session, given, secret| Box::pin(async move {
                let $given: $arguments = arguments::read(stringify!($name), given)?;
                let $changes = Changes::new(session);
                let $secret_given = secret;
                let answer: $answer = $work;
                text_of_change(session, stringify!($name), answer).await
            }),
        },)*];
    };
}

changes! {
    create_trusted_root(NewRoot) -> String, MANAGE, NONE,
        "Publishes a chain of CAs in the SSO domain; returns its id.",
        |changes, given, _| changes.create_trusted_root(&given.chain.0, given.id.as_deref()).await?;
    delete_trusted_root(Root) -> (), MANAGE, NONE,
        "Removes a chain from the directory.",
        |changes, given, _| changes.delete_trusted_root(&given.id).await?;
    set_tls(Tls) -> (), ADMINISTER,
        "its private key, PEM; if none is given, vCenter's own key of the last signing request",
        "Replaces the Machine SSL certificate. Services restart.",
        |changes, given, key|
            changes.set_tls(&given.certificate.0, key, given.root.as_ref().map(|root| &root.0)).await?;
    tls_signing_request(CertificateRequest) -> String, MANAGE, NONE,
        "Makes a new key in vCenter and returns a signing request for it, PEM.",
        |changes, given, _| changes.tls_signing_request(&given).await?;
    renew_tls(Days) -> (), ADMINISTER, NONE,
        "Lets VMCA issue the Machine SSL certificate again. Services restart.",
        |changes, given, _| changes.renew_tls(given.days).await?;
    replace_tls_by_vmca(CertificateRequest) -> (), ADMINISTER, NONE,
        "Replaces the Machine SSL certificate with a new one from VMCA. Services restart. From 7.0 U2.",
        |changes, given, _| changes.replace_tls_by_vmca(&given).await?;
    replace_vmca_root(CertificateRequest) -> (), ADMINISTER, NONE,
        "Makes a new VMCA root and reissues vCenter's certificates from it. Services restart. From 7.0 U2.",
        |changes, given, _| changes.replace_vmca_root(&given).await?;
    set_signing_certificate(Signer) -> (), ADMINISTER, "the PKCS#8 private key, PEM",
        "Sets the certificate that signs tokens. From 7.0.3.",
        |changes, given, key| set_signing(changes, &given, key).await?;
    refresh_signing_certificate(Force) -> Vec<String>, ADMINISTER, NONE,
        "Lets vCenter make a new certificate for signing tokens; returns its chain, each as PEM. From 7.0.3.",
        |changes, given, _| changes.refresh_signing_certificate(given.force).await?;
    replace_host_ca_certificates(HostStore) -> (), "Certificate.Manage", NONE,
        "Makes a host's trust store hold these certificates and CRLs and nothing else. The host must be connected.",
        |changes, given, _|
            changes.replace_host_ca_certificates(&given.manager, &given.certificates, &given.revocation_lists).await?;
    refresh_host_ca_certificates(Hosts) -> Option<Moref>, "Certificate.Manage", NONE,
        "Pushes TRUSTED_ROOTS and its CRLs to hosts. Anything else in their trust stores is lost, including SMS's certificate.",
        |changes, given, _|
            ended(changes, changes.refresh_host_ca_certificates(&given.hosts).await?, given.wait_seconds).await?;
    refresh_host_certificates(Hosts) -> Option<Moref>, "Certificate.Manage", NONE,
        "Lets VMCA issue new certificates for hosts.",
        |changes, given, _|
            ended(changes, changes.refresh_host_certificates(&given.hosts).await?, given.wait_seconds).await?;
    disconnect_host(Host) -> Option<Moref>, "Host.Config.Connection", NONE,
        "Disconnects a host from vCenter. Its virtual machines keep running.",
        |changes, given, _| ended(changes, changes.disconnect_host(&given.host).await?, given.wait_seconds).await?;
    reconnect_host(Connect) -> Option<Moref>, "Host.Config.Connection", "the password of `user`",
        "Reconnects a host, with what vCenter has stored or with what is given here.",
        |changes, given, password| reconnect(changes, given, password).await?;
    register_provider(Provider) -> Option<Moref>, CONFIGURE, "the password of `user`",
        "Registers a storage provider; returns the provider.",
        |changes, given, password| register(changes, given, password).await?;
    unregister_provider(Uid) -> Option<Moref>, CONFIGURE, NONE,
        "Removes a storage provider.",
        |changes, given, _| ended(changes, changes.unregister_provider(&given.uid).await?, given.wait_seconds).await?;
    synchronize_provider(Registered) -> Option<Moref>, "StorageViews.View", NONE,
        "Lets SMS query a storage provider again now.",
        |changes, given, _|
            ended(changes, changes.synchronize_provider(&given.provider).await?, given.wait_seconds).await?;
    reconnect_provider(Registered) -> Option<Moref>, CONFIGURE, NONE,
        "Reconnects a storage provider that SMS has given up on.",
        |changes, given, _|
            ended(changes, changes.reconnect_provider(&given.provider).await?, given.wait_seconds).await?;
    refresh_provider_certificate(Registered) -> Option<Moref>, CONFIGURE, NONE,
        "Lets VMCA issue a new certificate for a storage provider whose own is about to expire.",
        |changes, given, _|
            ended(changes, changes.refresh_provider_certificate(&given.provider).await?, given.wait_seconds).await?;
    refresh_provider_ca_certificates(Uids) -> Option<Moref>, CONFIGURE, NONE,
        "Pushes CA certificates and CRLs to storage providers.",
        |changes, given, _|
            ended(changes, changes.refresh_provider_ca_certificates(&given.uids).await?, given.wait_seconds).await?;
    log_user_event(Event) -> (), "Global.LogEvent", NONE,
        "Writes a line to the events of an object.",
        |changes, given, _| changes.log_user_event(on(changes, given.entity.as_ref()), &given.message).await?;
    create_alarm(NewAlarm) -> Moref, "Alarm.Create", NONE,
        "Defines an alarm on an object and everything below it; returns the alarm.",
        |changes, given, _| changes.create_alarm(on(changes, given.entity.as_ref()), &given.alarm).await?;
}

/// Every call that [`change`] makes.
pub fn changes() -> impl Iterator<Item = &'static Call> {
    CHANGES.iter().map(|change| &change.call)
}

/// Makes the changing call of this name. `arguments` is a JSON object, or no text if there are none; the secret is
/// a password or private key, if the call takes one. The answer is JSON: that of a call that begins a task is the
/// object the task made, or `null`, once the task has ended well.
///
/// # Errors
/// [`Error::Call`] before anything is sent when there is no such changing call, or an argument or the secret is wrong;
/// [`Error::Net`], with the rules of [`changes`](super::super::changes).
pub async fn change(session: &Session, call: &str, arguments: &str, secret: Option<&Secret>) -> Result<String, Error> {
    let found = CHANGES.iter().find(|change| change.call.name == call);
    let change = found.ok_or_else(|| CallError::unknown(call, changes().map(|call| call.name).collect()))?;
    if secret.is_some() && change.call.secret.is_empty() {
        return Err(CallError::secret(change.call.name, "it takes no secret").into());
    }
    (change.run)(session, arguments, secret).await.map_err(|error| match error {
        Error::Net(error) => session.http.without_secrets(error).into(),
        other => other,
    })
}

/// Waits for the end of a task.
async fn ended(changes: Changes<'_>, task: Task, wait: Wait) -> Result<Option<Moref>, NetError> {
    changes.wait(&task, wait.0, |_| ()).await
}

async fn set_signing(changes: Changes<'_>, given: &Signer, key: Option<&Secret>) -> Result<(), Error> {
    let key = needed("set_signing_certificate", "private key", key)?;
    Ok(changes.set_signing_certificate(&given.chain.0, key).await?)
}

async fn reconnect(changes: Changes<'_>, given: Connect, password: Option<&Secret>) -> Result<Option<Moref>, Error> {
    let (host, wait) = (given.host.clone(), given.wait_seconds);
    let connection = given.connection("reconnect_host", password)?;
    Ok(ended(changes, changes.reconnect_host(&host, connection.as_ref()).await?, wait).await?)
}

async fn register(changes: Changes<'_>, given: Provider, password: Option<&Secret>) -> Result<Option<Moref>, Error> {
    let provider = NewProvider {
        name: given.name,
        description: given.description,
        user: given.user,
        password: needed("register_provider", "password", password)?.clone(),
        url: given.url,
        certificate: given.certificate,
    };
    Ok(ended(changes, changes.register_provider(&provider).await?, given.wait_seconds).await?)
}

/// The object that is meant: the root of the inventory where none is given.
fn on<'o>(changes: Changes<'o>, given: Option<&'o Moref>) -> &'o Moref {
    given.unwrap_or_else(|| changes.session().root_folder())
}

/// A secret that must be there.
fn needed<'s>(call: &str, what: &str, secret: Option<&'s Secret>) -> Result<&'s Secret, CallError> {
    secret.ok_or_else(|| CallError::secret(call, &format!("it needs a secret: the {what}")))
}
