//! A bare REST client over OpenSSL's TLS.

use vitrust_simulator::{PASSWORD, Simulation};

use super::openssl::exchange;

/// One request; the status and the body.
pub(crate) fn send(simulation: &Simulation, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
    let vcenter = &simulation.vcenters[0];
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        vcenter.name,
        body.len()
    );
    let (answer, messages) = exchange(vcenter.address, &vcenter.name, &[], &request);
    let status = answer.split(' ').nth(1).and_then(|text| text.parse().ok());
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (status.unwrap_or_else(|| panic!("no answer: {answer}{messages}")), body)
}

pub(crate) fn basic(user: &str, password: &str) -> String {
    format!("Authorization: Basic {}\r\n", base64_simd::STANDARD.encode_to_string(format!("{user}:{password}")))
}

/// Opens a session by this path; the header that names it.
pub(crate) fn session(simulation: &Simulation, path: &str, user: &str) -> String {
    let (status, body) = send(simulation, "POST", path, &basic(user, PASSWORD), "");
    assert!(matches!(status, 200 | 201), "{status} {body}");
    let token: String = body.chars().filter(char::is_ascii_hexdigit).collect();
    format!("vmware-api-session-id: {}\r\n", &token[token.len() - 40..])
}
