//! What servers presented, unjudged.

use serde::Deserialize;

use super::canvas::Canvas;
use super::error::RenderError;
use super::page::Page;
use super::rows::{day, read};
use super::style::{Mark, Span, Style};
use crate::cert::short_name;

/// A probe as its JSON has it.
#[derive(Deserialize)]
struct Probe {
    endpoint: String,
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    protocol: Option<String>,
    #[serde(default)]
    cipher_suite: Option<String>,
    chain: Vec<Presented>,
    unreadable: Vec<String>,
    possession: Option<bool>,
    #[serde(default)]
    client_certificate: Option<Request>,
    #[serde(default)]
    failure: Option<Failure>,
    resolve_ms: Option<f64>,
    connect_ms: Option<f64>,
    handshake_ms: Option<f64>,
}

#[derive(Deserialize)]
struct Presented {
    short_name: String,
    issuer: String,
    not_before: String,
    not_after: String,
    sha256: String,
}

#[derive(Deserialize)]
struct Request {
    issuers: Vec<String>,
}

#[derive(Deserialize)]
struct Failure {
    message: String,
}

/// Draws probes from their JSON, an array.
///
/// # Errors
/// [`RenderError::Json`] if the text is not an array of probes.
pub fn probes(json: &str, canvas: &Canvas) -> Result<String, RenderError> {
    let probes: Vec<Probe> = read(json)?;
    let mut page = Page::new(*canvas);
    probes.iter().for_each(|probe| draw(&mut page, probe));
    Ok(page.finish())
}

fn draw(page: &mut Page, probe: &Probe) {
    let mark = match (probe.chain.is_empty(), &probe.failure) {
        (true, _) => Mark::Bad,
        (false, Some(_)) => Mark::Open,
        (false, None) => Mark::Good,
    };
    let times = [probe.resolve_ms, probe.connect_ms, probe.handshake_ms];
    // A sum of none would be -0.
    let spent = times.into_iter().flatten().fold(0.0, |sum, time| sum + time);
    let about = [probe.protocol.as_deref(), probe.cipher_suite.as_deref(), probe.address.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let about = format!("  {}", [about, vec![&*format!("{spent:.0} ms")]].concat().join(", "));
    page.marked(0, mark, [Span::new(probe.endpoint.as_str(), Style::Strong), Span::new(about, Style::Aside)]);
    for (position, certificate) in probe.chain.iter().enumerate() {
        let ends = format!("  {} to {}", day(&certificate.not_before), day(&certificate.not_after));
        page.line(4, [format!("{position} {}", certificate.short_name).into(), Span::new(ends, Style::Aside)]);
        let about = format!("issuer {}, sha256 {}", short_name(&certificate.issuer), certificate.sha256);
        page.line(6, [Span::new(about, Style::Aside)]);
    }
    for problem in &probe.unreadable {
        page.line(4, [problem.as_str().into()]);
    }
    if probe.possession == Some(false) {
        let text = "the server did not prove that it has the private key of this certificate";
        page.line(4, [Span::new(text, Style::Wrong)]);
    }
    if let Some(request) = &probe.client_certificate {
        let names: Vec<String> = request.issuers.iter().map(|name| short_name(name)).collect();
        let names = if names.is_empty() { "any issuer".to_owned() } else { names.join("; ") };
        page.line(4, [format!("asks for a client certificate of: {names}").into()]);
    }
    if let Some(failure) = &probe.failure {
        page.line(4, [Span::new(failure.message.as_str(), Style::Alarming)]);
    }
}
