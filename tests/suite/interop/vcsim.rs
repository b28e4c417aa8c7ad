//! govmomi's simulated vCenter: sessions, the property collector, settings.

mod changes;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use vitrust::net::vsphere::{Session, Target};
use vitrust::net::{
    Cancel, ConnectTo, Credentials, Entry, Inventory, NetError, Pin, Secret, ServerTrust, blocking, collect,
};

use crate::architecture::root;

/// A running server. It ends when its standard input does.
struct Server {
    process: Child,
    address: String,
    pin: Pin,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program, built once; `None` and a notice where there is no Go or no network to its modules.
fn program() -> Option<&'static PathBuf> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    PROGRAM
        .get_or_init(|| {
            let program = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("vcsim");
            let built = Command::new("go")
                .args(["build", "-o"])
                .arg(&program)
                .arg(".")
                .current_dir(root().join("tests/interop/vcsim"))
                .output();
            match built {
                Ok(output) if output.status.success() => Some(program),
                Ok(output) => {
                    eprintln!("skipped: vcsim cannot be built: {}", String::from_utf8_lossy(&output.stderr));
                    None
                }
                Err(_) => {
                    eprintln!("skipped: there is no Go");
                    None
                }
            }
        })
        .as_ref()
}

fn serve(hosts: u32) -> Option<Server> {
    serve_with(&["-hosts", &hosts.to_string()])
}

fn serve_with(arguments: &[&str]) -> Option<Server> {
    let mut process = Command::new(program()?)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(process.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let (address, pin) = line.trim().split_once(' ').unwrap_or_else(|| panic!("vcsim did not start: {line}"));
    Some(Server { process, address: address.to_owned(), pin: pin.parse().expect("a pin") })
}

impl Server {
    fn target(&self, trust: ServerTrust) -> Target {
        Target {
            endpoint: self.address.parse().expect("an endpoint"),
            credentials: Credentials::Password {
                user: "user".to_owned(),
                password: Secret::from("correct-horse".to_owned()),
            },
            trust,
            connect_to: ConnectTo::default(),
            timeout: Duration::from_secs(30),
        }
    }

    fn pinned(&self) -> Target {
        self.target(ServerTrust::Pinned(vec![self.pin.0]))
    }
}

#[test]
fn hosts_are_listed_over_several_pages() {
    let Some(server) = serve(250) else { return };
    let cancel = Cancel::default();
    let (about, hosts, mode) = blocking::run(async {
        let session = Session::open(&server.pinned(), &cancel).await.expect("a session");
        let hosts = session.hosts().await.expect("hosts");
        let mode = session.certificate_mode().await;
        let about = session.about().clone();
        session.close().await;
        (about, hosts, mode)
    })
    .expect("a runtime");
    assert_eq!(about.api_type, "VirtualCenter");
    assert!(about.version.split('.').count() >= 3, "{about:?}");
    assert_eq!(hosts.len(), 250);
    let mut ids: Vec<&str> = hosts.iter().map(|host| host.moref.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 250, "each host once");
    for host in &hosts {
        assert_eq!(host.moref.kind, "HostSystem");
        assert_eq!(host.connection_state.as_deref(), Some("connected"));
        assert!(host.name.is_some() && host.version.is_some(), "{host:?}");
        let manager = host.certificate_manager.as_ref().expect("a certificate manager");
        assert_eq!(manager.kind, "HostCertificateManager");
    }
    // The simulated settings have no certificate mode, which is an answer and no error.
    assert_eq!(mode, Ok(None));
}

#[test]
fn what_the_server_does_not_have_is_said() {
    let Some(server) = serve(1) else { return };
    let cancel = Cancel::default();
    blocking::run(async {
        let session = Session::open(&server.pinned(), &cancel).await.expect("a session");
        let hosts = session.hosts().await.expect("hosts");
        let manager = hosts[0].certificate_manager.as_ref().expect("a certificate manager");
        let listed = session.host_ca_certificates(manager).await;
        assert!(matches!(listed, Err(NetError::Unsupported { .. })), "{listed:?}");
        let roots = session.trusted_roots().await;
        assert!(matches!(roots, Err(NetError::NotFound { .. } | NetError::Unsupported { .. })), "{roots:?}");
        let providers = session.storage_providers().await;
        assert!(providers.is_err(), "{providers:?}");
        session.close().await;
    })
    .expect("a runtime");
}

#[test]
fn datastores_that_are_on_no_virtual_volumes_are_passed_over() {
    let Some(server) = serve(2) else { return };
    let entry = Entry {
        name: "vcsim".to_owned(),
        target: server.pinned(),
        sso_domain: None,
        sms_file: None,
        hosts: true,
        providers: true,
        probe_hosts: false,
    };
    let inventory = Inventory {
        vcenters: vec![entry],
        vcenters_in_flight: 1,
        hosts_in_flight: 2,
        connect_to: ConnectTo::default(),
    };
    let collected = blocking::run(collect(&inventory, &Cancel::default(), |_| ())).expect("a runtime");
    let told: Vec<&str> = collected.failures.iter().map(|failure| failure.object.as_str()).collect();
    assert!(told.contains(&"storage providers") && !told.contains(&"datastores"), "{:?}", collected.failures);
    let vcenter = &collected.estate.vcenters[0];
    assert_eq!((vcenter.hosts.len(), vcenter.vvol_datastores.len()), (2, 0));
}

#[test]
fn an_unknown_server_is_not_sent_a_password() {
    let Some(server) = serve(1) else { return };
    let cancel = Cancel::default();
    for trust in [ServerTrust::only(Vec::new()), ServerTrust::Pinned(Vec::new())] {
        let refused = blocking::run(Session::open(&server.target(trust), &cancel)).expect("a runtime");
        let error = refused.err().expect("a refusal");
        let NetError::Untrusted(untrusted) = &error else { panic!("{error}") };
        let shown = error.to_string();
        assert_eq!(untrusted.chain[0].1, server.pin.0);
        assert!(shown.contains(&format!("pins = [\"sha256:{}\"]", server.pin.0)), "{shown}");
        assert!(!shown.contains("correct-horse"), "{shown}");
    }
}
