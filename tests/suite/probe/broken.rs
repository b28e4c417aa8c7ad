//! The probe against servers that hang, reset, talk nonsense or send too much.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use vitrust::Endpoint;
use vitrust::net::{Cancel, ProbeOptions, blocking, probe, probe_all};

use super::{ask, ask_all, failure, options};

/// What a server does with a connection.
type Treat = fn(TcpStream);

/// A server that treats each connection so. It ends with the test's process.
fn serve(treat: Treat) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || treat(stream));
        }
    });
    port
}

fn greet(stream: &mut TcpStream) {
    let mut hello = [0; 2048];
    let _ = stream.read(&mut hello);
}

fn hang(stream: TcpStream) {
    thread::sleep(Duration::from_secs(60));
    drop(stream);
}

fn reset(stream: TcpStream) {
    // Closing with unread data makes the system send a reset.
    thread::sleep(Duration::from_millis(100));
    drop(stream);
}

fn close(mut stream: TcpStream) {
    greet(&mut stream);
}

fn http(mut stream: TcpStream) {
    greet(&mut stream);
    let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
}

fn unrecognized_name(mut stream: TcpStream) {
    greet(&mut stream);
    let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 112]);
    thread::sleep(Duration::from_millis(200));
}

fn huge_message(mut stream: TcpStream) {
    greet(&mut stream);
    // A handshake message of 10 MB is announced, and sent as long as anyone reads.
    let mut record = vec![22, 3, 3, 0x40, 0, 11, 0x98, 0x96, 0x80];
    record.resize(5 + 0x4000, 0);
    while stream.write_all(&record).is_ok() {}
}

fn drip(mut stream: TcpStream) {
    greet(&mut stream);
    for byte in [22, 3, 3, 0, 100].into_iter().chain(std::iter::repeat(2)) {
        if stream.write_all(&[byte]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn each_way_to_misbehave_has_its_code() {
    let cases: [(&str, Treat, &str); 6] = [
        ("reset", reset, "handshake"),
        ("close", close, "handshake"),
        ("http", http, "handshake"),
        ("alert", unrecognized_name, "handshake"),
        ("huge", huge_message, "too-large"),
        ("hang", hang, "timeout"),
    ];
    for (what, treat, code) in cases {
        let options = ProbeOptions { timeout: Duration::from_secs(if what == "hang" { 1 } else { 20 }), ..options() };
        let found = ask("esx01.lab.example", serve(treat), options);
        assert_eq!(failure(&found), Some(code), "{what}: {found:?}");
        assert!(found.address.is_some(), "{what}: the connection was there");
    }
}

#[test]
fn an_alert_keeps_number_name_and_side() {
    let found = ask("esx01.lab.example", serve(unrecognized_name), options());
    let alert = found.alert.expect("an alert");
    assert_eq!((alert.number, alert.name, alert.from.name()), (112, "unrecognized_name", "peer"));
}

/// What a client sends last before it hangs up, after it was greeted with `bytes`: the alert, as level and number.
fn farewell(bytes: &'static [u8]) -> (vitrust::net::Probe, Option<[u8; 2]>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        greet(&mut stream);
        stream.write_all(bytes).expect("a client that reads");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        rest
    });
    let found = ask("esx01.lab.example", port, options());
    let rest = server.join().expect("no panic");
    let alert = rest.len().checked_sub(7).map(|at| &rest[at..]).filter(|record| record[0] == 21);
    (found, alert.map(|record| [record[5], record[6]]))
}

#[test]
fn an_alert_that_is_told_as_sent_was_sent() {
    let cases: [(&[u8], u8); 4] = [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", 50),
        // A record beyond the size of any, a message that is not the server's first, and one that does not read.
        (&[22, 3, 3, 0xff, 0xff, 2, 0, 0], 50),
        (&[22, 3, 3, 0, 4, 14, 0, 0, 0], 10),
        (&[22, 3, 3, 0, 6, 2, 0, 0, 2, 3, 3], 50),
    ];
    for (bytes, number) in cases {
        let (found, sent) = farewell(bytes);
        let told = found.alert.map(|alert| (alert.from.name(), alert.number));
        assert_eq!(told, Some(("us", number)), "{bytes:?}: {found:?}");
        assert_eq!(sent.map(|alert| alert[1]), Some(number), "{bytes:?}");
    }
}

#[test]
fn a_refusal_without_a_client_certificate_blames_none() {
    let (found, _) = farewell(&[21, 3, 3, 0, 2, 2, 42]);
    let message = found.failure.expect("a failure").message;
    assert!(message.ends_with("(bad_certificate): it may want a client certificate; none was shown"), "{message}");
}

#[test]
fn a_slow_drip_ends_at_the_deadline() {
    let started = Instant::now();
    let options = ProbeOptions { timeout: Duration::from_millis(500), ..options() };
    assert_eq!(failure(&ask("esx01.lab.example", serve(drip), options)), Some("timeout"));
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn no_connection_and_no_address_are_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let refused: Endpoint = closed.to_string().parse().expect("an endpoint");
    let unknown: Endpoint = "no-such-host.invalid:443".parse().expect("an endpoint");
    let found = ask_all(&[refused, unknown], &options(), 2);
    assert_eq!(found.iter().map(failure).collect::<Vec<_>>(), [Some("connect"), Some("resolve")]);
    assert!(found[0].failure.as_ref().is_some_and(|failure| failure.message.contains("refused")), "{found:?}");
}

#[test]
fn hundreds_come_back_in_the_order_asked() {
    let ports = [serve(close), serve(unrecognized_name)];
    let endpoints: Vec<Endpoint> =
        (0..300).map(|n| Endpoint::new("127.0.0.1", ports[n % 2]).expect("an endpoint")).collect();
    let found = ask_all(&endpoints, &options(), 64);
    assert_eq!(found.len(), 300);
    for (probe, endpoint) in found.iter().zip(&endpoints) {
        assert_eq!(&probe.endpoint, endpoint);
        assert_eq!(probe.alert.is_some(), endpoint.port() == ports[1]);
    }
}

#[test]
fn cancelling_ends_what_hangs() {
    let port = serve(hang);
    let endpoints = vec![Endpoint::new("127.0.0.1", port).expect("an endpoint"); 10];
    let cancel = Cancel::default();
    let stop = cancel.clone();
    let stopper = thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        stop.cancel();
    });
    let ended = blocking::run(probe_all(&endpoints, &options(), 4, &cancel, |_| ())).expect("a runtime");
    assert_eq!(ended, Err(vitrust::net::Cancelled));
    stopper.join().expect("the stopper does not panic");
}

#[test]
fn a_name_that_cannot_be_sent_is_said_before_connecting() {
    let port = serve(close);
    let endpoint = Endpoint::new("127.0.0.1", port).expect("an endpoint");
    let options = ProbeOptions { server_name: Some("not a name".to_owned()), ..options() };
    let found = blocking::run(probe(&endpoint, &options)).expect("a runtime");
    assert_eq!((failure(&found), found.address), (Some("resolve"), None));
}

#[test]
fn an_ipv6_address_is_an_endpoint_like_any_other() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        eprintln!("skipped: there is no IPv6 here");
        return;
    };
    let endpoint: Endpoint = listener.local_addr().expect("an address").to_string().parse().expect("an endpoint");
    thread::spawn(move || listener.incoming().flatten().for_each(unrecognized_name));
    let found = blocking::run(probe(&endpoint, &options())).expect("a runtime");
    assert_eq!(found.address.map(|address| address.is_ipv6()), Some(true));
    assert_eq!((found.alert.map(|alert| alert.number), found.server_name), (Some(112), None));
}
