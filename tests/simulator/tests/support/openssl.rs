//! OpenSSL's command line as a TLS client that nobody here wrote.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

/// Sends `request` through `openssl s_client` and returns its standard output and its messages.
pub(crate) fn exchange(address: SocketAddr, name: &str, options: &[&str], request: &str) -> (String, String) {
    let mut process = Command::new("openssl")
        .args(["s_client", "-quiet", "-ign_eof", "-connect", &address.to_string(), "-servername", name])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl is installed");
    let mut input = process.stdin.take().expect("a pipe");
    // It may be gone already where the server refused it.
    let _ = input.write_all(request.as_bytes());
    let mut answer = Vec::new();
    process.stdout.take().expect("a pipe").read_to_end(&mut answer).expect("output");
    drop(input);
    let messages = process.wait_with_output().expect("an end").stderr;
    (String::from_utf8_lossy(&answer).into_owned(), String::from_utf8_lossy(&messages).into_owned())
}

/// Runs a command of OpenSSL over a text; its output.
pub(crate) fn run(arguments: &[&str], input: &str) -> String {
    let mut process = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("openssl is installed");
    process.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = process.wait_with_output().expect("an end");
    assert!(output.status.success(), "openssl {arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}
