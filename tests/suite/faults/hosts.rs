//! Hosts whose ports misbehave, and listings that break between two pages.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use vitrust::net::vsphere::Session;
use vitrust::net::{Cancel, blocking};
use vitrust_simulator::{Fault, Mishap, Simulation, Spec, Version, now};

use super::{Lab, facts};

/// Starts what listens, or does not, at the address it returns.
type Address = fn() -> String;

fn serve(treat: fn(TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || treat(stream));
        }
    });
    address
}

fn hang(stream: TcpStream) {
    thread::sleep(Duration::from_secs(600));
    drop(stream);
}

fn garbage(mut stream: TcpStream) {
    let _ = stream.write_all(&[0x5a; 4096]);
    thread::sleep(Duration::from_millis(500));
}

fn closed() -> String {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").to_string()
}

#[test]
fn a_port_that_misbehaves_is_told_and_everything_else_is_there() {
    let cases: [(&str, Address); 4] = [
        ("timeout", || serve(hang)),
        ("handshake", || serve(garbage)),
        ("handshake", || serve(drop)),
        ("connect", closed),
    ];
    let mut lab = Lab::start(Version::V8_0_3);
    let calm = lab.collect(Duration::from_secs(60), &Cancel::default());
    let sound = lab.inventory.clone();
    for (name, address) in cases {
        for port in [443, 9080] {
            lab.inventory = sound.clone();
            let rule = format!("esx02.vc01.lab.example:{port}");
            lab.inventory.vcenters[0].target.connect_to.insert(&rule, &address()).expect("a rule");
            let deadline = Duration::from_secs(if name == "timeout" { 5 } else { 60 });
            let run = lab.collect(deadline, &Cancel::default());
            let object = format!("host esx02.vc01.lab.example: port {port}");
            let [failure] = &run.collected.failures[..] else { panic!("{:?}", run.collected.failures) };
            assert_eq!((failure.name, &failure.object), (name, &object), "{failure:?}");
            let mut rest = facts(&calm.collected.estate.vcenters[0]);
            assert!(rest.remove(&object).is_some(), "{object}");
            assert_eq!(facts(&run.collected.estate.vcenters[0]), rest);
            assert_eq!(lab.sessions([0, 0]), [0, 0]);
        }
    }
}

#[test]
fn a_listing_that_breaks_between_two_pages_begins_anew() {
    let simulation = Simulation::start(&Spec { hosts_per_vcenter: 230, ..Spec::at(now()) }).expect("the estate starts");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pages-{}", std::process::id()));
    let fleet = simulation.write_fleet(&folder).expect("a writable folder");
    let inventory = vitrust::net::Inventory::load(&fleet, &mut super::Nobody).expect("an inventory");
    std::fs::remove_dir_all(&folder).expect("the folder was ours");
    for mishap in [Mishap::Unavailable, Mishap::Reset, Mishap::Truncated, Mishap::SessionExpired] {
        simulation.inject(Fault::new(mishap).on("ContinueRetrievePropertiesEx").after(1).times(1));
        let hosts = blocking::run(async {
            let session = Session::open(&inventory.vcenters[0].target, &Cancel::default()).await.expect("a session");
            let hosts = session.hosts().await;
            session.close().await;
            hosts
        });
        let hosts = hosts.expect("a runtime").unwrap_or_else(|error| panic!("{mishap:?}: {error}"));
        let mut ids: Vec<&str> = hosts.iter().map(|host| host.moref.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((hosts.len(), ids.len()), (230, 230), "{mishap:?}");
        assert_eq!(simulation.sessions(0), 0, "{mishap:?}");
        simulation.clear_faults();
    }
}

#[test]
fn a_listing_whose_session_is_replaced_by_another_call_begins_anew() {
    let lab = Lab::start(Version::V8_0_3);
    let log = || lab.simulation.log();
    let (hosts, mode) = blocking::run(async {
        let session = Session::open(&lab.inventory.vcenters[0].target, &Cancel::default()).await.expect("a session");
        // The view is there, and while its name is on the way the session that holds it ends.
        lab.simulation
            .inject(Fault::new(Mishap::SlowDrip(Duration::from_millis(5))).on("CreateContainerView").times(1));
        lab.simulation.inject(Fault::new(Mishap::Unauthorized).on("QueryOptions").times(1));
        let beside = async {
            while !log().iter().any(|call| call.operation == "CreateContainerView") {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            session.certificate_mode().await
        };
        let outcome = tokio::join!(session.hosts(), beside);
        session.close().await;
        outcome
    })
    .expect("a runtime");
    assert_eq!(hosts.unwrap_or_else(|error| panic!("{error}: {:?}", log())).len(), 2);
    assert!(mode.is_ok(), "{mode:?}");
    let times = |operation: &str| log().iter().filter(|call| call.operation == operation).count();
    assert_eq!((times("Login"), times("CreateContainerView")), (2, 2), "{:?}", log());
    assert_eq!(lab.sessions([0, 0]), [0, 0]);
}
