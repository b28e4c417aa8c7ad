//! One vCenter: its session, what it presents and holds, its storage providers, and each of its hosts.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::conceal::Conceal;
use super::run::Watch;
use super::{CollectFailure, apart, facts, host, own, sms};
use crate::cert::Pool;
use crate::estate::{Estate, VCenter};
use crate::net::error::NetError;
use crate::net::hidden::{Hidden, Needles};
use crate::net::inventory::Entry;
use crate::net::probe::{ProbeOptions, probe};
use crate::net::trust::ServerTrust;
use crate::net::vsphere::{HostRecord, Session};

/// What one vCenter brought.
pub(super) struct VcenterFacts {
    pub(super) estate: Estate,
    pub(super) failures: Vec<CollectFailure>,
    /// What came and could not be read: the estate has it by its entries already.
    pub(super) damaged: Vec<CollectFailure>,
    pub(super) vcenter: VCenter,
}

impl VcenterFacts {
    pub(super) fn new(entry: &Entry) -> Self {
        let vcenter = VCenter {
            name: entry.name.as_str().into(),
            sso_domain: entry.sso_domain.clone(),
            source: Some(format!("https://{}", entry.target.endpoint).into()),
            ..VCenter::default()
        };
        Self { estate: Estate::default(), failures: Vec::new(), damaged: Vec::new(), vcenter }
    }

    /// Takes what is secret out of everything that a server said.
    fn tell(&mut self, needles: &Needles) {
        let conceal = Conceal(needles);
        conceal.vcenter(&mut self.vcenter);
        conceal.estate(&mut self.estate);
        conceal.failures(&mut self.failures);
        conceal.failures(&mut self.damaged);
    }

    /// Keeps why something could not be had.
    pub(super) fn fail(&mut self, object: &str, error: &NetError) {
        self.failures.push(CollectFailure::new(&self.vcenter.name, object, error));
    }

    /// Keeps why nothing could be had.
    pub(super) fn fail_whole(&mut self, object: &str, error: &NetError) {
        self.failures.push(CollectFailure { is_whole: true, ..CollectFailure::new(&self.vcenter.name, object, error) });
    }
}

/// Asks for everything about one vCenter. Its session is closed on every way out.
pub(super) async fn collect(entry: Entry, in_flight: usize, watch: Arc<Watch>) -> VcenterFacts {
    let asked = watch.begin(&entry.name);
    let mut found = VcenterFacts::new(&entry);
    let options = Arc::new(ProbeOptions {
        timeout: entry.target.timeout,
        connect_to: entry.target.connect_to.clone(),
        ..ProbeOptions::default()
    });
    let (mut sent, mut own) = (false, Hidden::default());
    own.add(entry.target.credentials.secret());
    let mut hidden = Arc::new(Mutex::new(own));
    // Whether there is a session says nothing about what the port presents, and neither waits for the other.
    let (session, ()) = tokio::join!(
        async {
            let turn = watch.logins.turn(&entry.target.credentials, entry.sso_domain.as_deref(), &entry.name);
            let opened = Session::open_telling(&entry.target, &watch.cancel, turn.as_ref(), &mut sent).await;
            opened.map(Closing::new)
        },
        own_chain(&entry, &options, &watch, &mut found),
    );
    // Whoever got the password counts, if there was a session or not.
    let insecure = sent && matches!(entry.target.trust, ServerTrust::Insecure);
    found.vcenter.insecure = insecure;
    match session {
        Err(error) => {
            if matches!(error, NetError::Resolve { .. } | NetError::Connect { .. } | NetError::Cancelled(_)) {
                // One word about one cause.
                found.failures.clear();
            }
            found.fail_whole("session", &error);
        }
        Ok(closing) => {
            let session = Arc::clone(&closing.session);
            let hosts = async { if entry.hosts { session.hosts().await } else { Ok(Vec::new()) } };
            let (facts, hosts) = tokio::join!(own::ask(&session, &entry), hosts);
            let held = apart(move || {
                facts.into_found(&mut found);
                found
            });
            found = watch.cancel.or(held).await.unwrap_or_else(|cancelled| {
                let mut lost = VcenterFacts::new(&entry);
                lost.vcenter.insecure = insecure;
                lost.fail_whole("everything", &cancelled.into());
                lost
            });
            match hosts {
                Ok(hosts) => gather_hosts(&entry, &session, hosts, &options, in_flight, &watch, &mut found).await,
                Err(error) => found.fail("hosts", &error),
            }
            hidden = session.hidden();
            closing.close().await;
        }
    }
    sms::add(&entry, &mut found);
    // Every name of every host is looked through, so it is done apart; and done it is, stopped or not.
    let needles = hidden.lock().unwrap_or_else(PoisonError::into_inner).needles();
    found = apart(move || {
        found.tell(&needles);
        found
    })
    .await;
    watch.done(&asked);
    found
}

/// A session that is closed also when nobody waits for that any more: on a panic, or when a caller drops the run.
struct Closing {
    session: Arc<Session>,
    closed: bool,
}

impl Closing {
    fn new(session: Session) -> Self {
        Self { session: Arc::new(session), closed: false }
    }

    async fn close(mut self) {
        self.session.close().await;
        self.closed = true;
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        if let (false, Ok(runtime)) = (self.closed, Handle::try_current()) {
            let session = Arc::clone(&self.session);
            runtime.spawn(async move { session.close().await });
        }
    }
}

/// The chain on the vCenter's own port.
async fn own_chain(entry: &Entry, options: &ProbeOptions, watch: &Watch, found: &mut VcenterFacts) {
    let endpoint = &entry.target.endpoint;
    match watch.cancel.or(probe(endpoint, options)).await {
        Ok(presented) => {
            let object = format!("port {}", endpoint.port());
            let VcenterFacts { estate, failures, damaged, vcenter } = found;
            vcenter.machine_ssl = facts::presented(estate, (failures, damaged), &entry.name, object, &presented);
        }
        Err(cancelled) => found.fail("probe", &cancelled.into()),
    }
}

/// Asks every host, `in_flight` of them at a time: one vCenter's dead hosts delay no other vCenter's.
async fn gather_hosts(
    entry: &Entry,
    session: &Arc<Session>,
    records: Vec<HostRecord>,
    options: &Arc<ProbeOptions>,
    in_flight: usize,
    watch: &Arc<Watch>,
    found: &mut VcenterFacts,
) {
    watch.more(records.len());
    let vcenter: Arc<str> = entry.name.as_str().into();
    let permits = Arc::new(Semaphore::new(in_flight));
    let pool = Arc::new(Mutex::new(Pool::new()));
    let mut running = JoinSet::new();
    let mut outcomes: Vec<host::HostFacts> = Vec::with_capacity(records.len());
    let mut records_of = hashbrown::HashMap::new();
    let needles = session.needles();
    let records = apart(move || {
        let mut records = records;
        records.iter_mut().for_each(|record| Conceal(&needles).text(&mut record.name));
        records
    })
    .await;
    for record in records {
        let record = Arc::new(record);
        let kept = Arc::clone(&record);
        let (vcenter, session, options) = (Arc::clone(&vcenter), Arc::clone(session), Arc::clone(options));
        let (permits, watch, probes) = (Arc::clone(&permits), Arc::clone(watch), entry.probe_hosts);
        let pool = Arc::clone(&pool);
        let task = running.spawn(async move {
            // The semaphore is never closed, so a permit always comes.
            let _permit = watch.cancel.or(permits.acquire_owned()).await;
            let asked = watch.begin(host::name(&record));
            let outcome = watch.cancel.or(host::collect(vcenter, session, record, options, probes, pool)).await;
            watch.done(&asked);
            outcome
        });
        records_of.insert(task.id(), kept);
    }
    while let Some(joined) = running.join_next_with_id().await {
        let (id, error) = match joined {
            Ok((_, Ok(host))) => {
                outcomes.push(host);
                continue;
            }
            Ok((id, Err(cancelled))) => (id, NetError::from(cancelled)),
            Err(panic) => (panic.id(), NetError::Panic { what: "the work on this host".to_owned() }),
        };
        // What the listing told of it stays.
        if let Some(record) = records_of.get(&id) {
            let mut host = host::HostFacts::new(Arc::clone(&vcenter), record);
            host.fail("everything else", &error);
            outcomes.push(host);
        }
    }
    // In the order of names, whoever answered first.
    outcomes.sort_by(|one, other| one.host.name.cmp(&other.host.name));
    for outcome in outcomes {
        found.estate.merge(outcome.estate);
        found.failures.extend(outcome.failures);
        found.damaged.extend(outcome.damaged);
        found.vcenter.hosts.push(outcome.host);
    }
}
