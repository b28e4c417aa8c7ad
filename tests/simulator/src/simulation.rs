//! A running estate, and the hands that change it from outside of the APIs.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use tokio::runtime::{Builder, Runtime};
use vitrust::Certificate;

use crate::fault::Fault;
use crate::fleet;
use crate::server::{self, Ports};
use crate::spec::Spec;
use crate::sps;
use crate::state::{HostState, Refusal, Request, Status, World, world};
use crate::version::Version;

/// How to reach one simulated vCenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vcenter {
    /// The name its certificate carries.
    pub name: String,
    /// `https://` and the name; [`Simulation::connect`] says where that is.
    pub url: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// An administrator.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Every root its VMCA ever had, as PEM.
    pub ca_pem: String,
    /// The names of its hosts.
    pub hosts: Vec<String>,
}

/// What the storage policy service found at its last connection to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderStatus {
    /// Both sides were content.
    Online,
    /// The service does not trust the host's certificate.
    HostUntrusted,
    /// The host does not trust the service's certificate and sent this alert.
    ClientRefused(String),
    /// There was no answer.
    Unreachable(String),
    /// The service gave it up.
    Disconnected,
    /// There was no connection yet.
    Unknown,
}

/// A running estate. It ends when this is dropped.
pub struct Simulation {
    /// The vCenters.
    pub vcenters: Vec<Vcenter>,
    world: Arc<World>,
    ports: Ports,
    runtime: Option<Runtime>,
}

impl Simulation {
    /// Makes the estate, opens its ports and lets each storage policy service connect to its providers. Takes about
    /// two milliseconds for each host. May be called from anywhere, also from inside another runtime.
    ///
    /// # Errors
    /// The system's reason when it gives no thread or no port.
    pub fn start(spec: &Spec) -> io::Result<Self> {
        let runtime =
            Builder::new_multi_thread().worker_threads(2).thread_name("vitrust-simulator").enable_all().build()?;
        let world = Arc::new(world(spec));
        let address: IpAddr = if spec.ipv6 { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
        let begin = async {
            let ports = server::start(&world, address).await?;
            sps::poll_all(&world).await;
            io::Result::Ok(ports)
        };
        // A thread of its own, since a runtime must not be entered from inside another.
        let ports = std::thread::scope(|scope| scope.spawn(|| runtime.block_on(begin)).join());
        let ports = ports.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let vcenters = (0..spec.vcenters).map(|index| describe(&world, &ports, index)).collect();
        Ok(Self { vcenters, world, ports, runtime: Some(runtime) })
    }

    /// Where each name listens: `vc01.lab.example:443` at its address, `*.lab.example:443` and `*.lab.example:9080` at
    /// those of all hosts. The form is that of [`ConnectTo`](https://docs.rs/vitrust), as in curl's `--connect-to`.
    #[must_use]
    pub fn connect(&self) -> Vec<(String, String)> {
        let own = self.vcenters.iter().map(|vcenter| (format!("{}:443", vcenter.name), vcenter.address.to_string()));
        let hosts = [(443, self.ports.management), (9080, self.ports.provider)];
        own.chain(hosts.iter().map(|(port, at)| (format!("*.lab.example:{port}"), at.to_string()))).collect()
    }

    /// Where every host's port 443 listens.
    #[must_use]
    pub fn management_port(&self) -> SocketAddr {
        self.ports.management
    }

    /// Where every host's port 9080 listens.
    #[must_use]
    pub fn provider_port(&self) -> SocketAddr {
        self.ports.provider
    }

    /// Writes `fleet.toml`, `ca.pem`, `password.txt` and each vCenter's `sms.txt` into `folder`, which is made where it
    /// is not there; returns the path of `fleet.toml`.
    ///
    /// # Errors
    /// The system's reason when a file cannot be written.
    pub fn write_fleet(&self, folder: &Path) -> io::Result<PathBuf> {
        let sms: Vec<String> = (0..self.vcenters.len()).map(|index| self.sms_listing(index)).collect();
        fleet::write(folder, &self.vcenters, &sms, &self.connect())
    }

    /// How many sessions are open at a vCenter.
    #[must_use]
    pub fn sessions(&self, vcenter: usize) -> usize {
        self.world.vcenters[vcenter].state().sessions.len()
    }

    /// Puts a fault in force.
    pub fn inject(&self, fault: Fault) {
        self.world.faults.add(fault);
    }

    /// Ends every fault.
    pub fn clear_faults(&self) {
        self.world.faults.clear();
    }

    /// Every request so far, in the order they were answered.
    #[must_use]
    pub fn log(&self) -> Vec<Request> {
        self.world.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The messages of LogUserEvent at a vCenter.
    #[must_use]
    pub fn events(&self, vcenter: usize) -> Vec<String> {
        let state = self.world.vcenters[vcenter].state();
        let logged = state.events.iter().filter(|event| event.kind == "GeneralUserEvent");
        logged.map(|event| event.message.clone()).collect()
    }

    /// The status of every provider of a vCenter, by the name of its host.
    #[must_use]
    pub fn providers(&self, vcenter: usize) -> Vec<(String, ProviderStatus)> {
        let state = self.world.vcenters[vcenter].state();
        let status = |status: &Status| match status {
            Status::Unknown => ProviderStatus::Unknown,
            Status::Online => ProviderStatus::Online,
            Status::Disconnected => ProviderStatus::Disconnected,
            Status::Offline(Refusal::Untrusted(_)) => ProviderStatus::HostUntrusted,
            Status::Offline(Refusal::ClientRefused(alert)) => ProviderStatus::ClientRefused(alert.clone()),
            Status::Offline(Refusal::Unreachable(reason)) => ProviderStatus::Unreachable(reason.clone()),
        };
        state.providers.values().map(|provider| (provider.host.clone(), status(&provider.status))).collect()
    }

    /// Lets the storage policy service of a vCenter give up a host's provider, as it does after days without an answer.
    pub fn give_up(&self, vcenter: usize, host: usize) {
        let mut state = self.world.vcenters[vcenter].state();
        let name = state.hosts[host].name.clone();
        let own = state.providers.values_mut().filter(|provider| provider.host == name);
        own.for_each(|provider| provider.status = Status::Disconnected);
    }

    /// Every root its VMCA has had by now, as PEM: [`Vcenter::ca_pem`] and those made since.
    #[must_use]
    pub fn ca_pem(&self, vcenter: usize) -> String {
        self.world.vcenters[vcenter].state().roots.iter().map(|root| root.certificate.to_pem()).collect()
    }

    /// The storage policy service's client certificate as PEM: what `vecs-cli` exports from the store SMS.
    #[must_use]
    pub fn sms_pem(&self, vcenter: usize) -> String {
        self.world.vcenters[vcenter].state().sms.certificate.to_pem()
    }

    /// The store SMS as `vecs-cli entry list` shows it: SPS's certificate under the alias of the entry that hosts of
    /// this version are shown, whoever certified it.
    fn sms_listing(&self, vcenter: usize) -> String {
        let alias =
            if self.world.vcenters[vcenter].version >= Version::V9_0 { "sps-extension" } else { "sms_self_signed" };
        let pem = self.sms_pem(vcenter);
        format!("Number of entries in store :\t1\nAlias :\t{alias}\nEntry type :\tPrivate Key\nCertificate :\t{pem}\n")
    }

    /// The key of that certificate as PEM, for clients that are to pass for the service.
    #[must_use]
    pub fn sms_key_pem(&self, vcenter: usize) -> String {
        self.world.vcenters[vcenter].state().sms.key_pem()
    }

    /// Gives the storage policy service a new certificate of VMCA's present root.
    pub fn renew_sms(&self, vcenter: usize) {
        let vcenter = &self.world.vcenters[vcenter];
        let mut state = vcenter.state();
        let made = vcenter.maker.sps_extension(state.vmca());
        state.sms = made;
    }

    /// A host's `castore.pem`.
    #[must_use]
    pub fn castore(&self, vcenter: usize, host: usize) -> String {
        self.world.vcenters[vcenter].state().hosts[host].castore_pem()
    }

    /// Changes how vCenter sees a host.
    pub fn set_host(&self, vcenter: usize, host: usize, state: HostState) {
        self.world.vcenters[vcenter].state().hosts[host].state = state;
    }

    /// Changes a host's certificate behind vCenter's back: it goes on expecting the former one.
    pub fn replace_host_certificate(&self, vcenter: usize, host: usize) {
        let vcenter = &self.world.vcenters[vcenter];
        let mut state = vcenter.state();
        let made = vcenter.maker.host(host, &state.hosts[host].name, state.vmca(), 1);
        let pinned = state.hosts[host].pinned.clone();
        state.hosts[host].renew(made);
        state.hosts[host].pinned = pinned;
    }

    /// Gives a host a certificate that ends so many days from now, as vCenter knows.
    pub fn age_host_certificate(&self, vcenter: usize, host: usize, days_left: i64) {
        let vcenter = &self.world.vcenters[vcenter];
        let mut state = vcenter.state();
        let made = vcenter.maker.host(host, &state.hosts[host].name, state.vmca(), 5 * 365 - days_left);
        state.hosts[host].renew(made);
    }

    /// The certificates of a vCenter's VECS store TRUSTED_ROOTS.
    #[must_use]
    pub fn trusted_roots(&self, vcenter: usize) -> Vec<Certificate> {
        self.world.vcenters[vcenter].state().trust.vecs.values().cloned().collect()
    }

    /// Deletes a certificate from TRUSTED_ROOTS alone, by its alias, the lowercase SHA-1; `false` where it is not
    /// there. It comes back with the next synchronisation while it is still in the directory.
    pub fn delete_from_vecs(&self, vcenter: usize, alias: &str) -> bool {
        self.world.vcenters[vcenter].state().trust.delete_from_vecs(alias)
    }

    /// Lets VECS follow the directory, as it does by itself every few minutes and after each change by an API.
    pub fn synchronize_vecs(&self, vcenter: usize) {
        self.world.vcenters[vcenter].state().trust.synchronize();
    }
}

fn describe(world: &World, ports: &Ports, index: usize) -> Vcenter {
    let vcenter = &world.vcenters[index];
    let state = vcenter.state();
    Vcenter {
        name: vcenter.name.clone(),
        url: format!("https://{}", vcenter.name),
        address: ports.vcenters[index],
        user: crate::USER.to_owned(),
        password: crate::PASSWORD.to_owned(),
        ca_pem: state.roots.iter().map(|root| root.certificate.to_pem()).collect(),
        hosts: state.hosts.iter().map(|host| host.name.clone()).collect(),
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        // Nobody waits for open connections, and this may run inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
