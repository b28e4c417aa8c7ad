//! What a probe found out, as the same data in every language.

use std::net::SocketAddr;

use serde::Serialize;

use crate::alert::Alert;
use crate::cert::{Certificate, DistinguishedName, short_name};
use crate::endpoint::Endpoint;
use crate::net::error::NetError;
use crate::net::tls::Record;
use crate::thumbprint::{Fingerprint, Thumbprint};
use crate::time::Time;

/// What one server presented. Serialised as it stands, this is the report of `vitrust probe`.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Probe {
    /// What was asked.
    #[schemars(with = "String")]
    pub endpoint: Endpoint,
    /// The address that took the connection.
    pub address: Option<SocketAddr>,
    /// The name that was sent (SNI); none for an address.
    pub server_name: Option<String>,
    /// `TLSv1.2` or `TLSv1.3`, once agreed.
    pub protocol: Option<String>,
    /// The cipher suite, once agreed.
    pub cipher_suite: Option<String>,
    /// The chain in the order it was sent, the end-entity certificate first; unverified.
    pub chain: Vec<Presented>,
    /// Certificates of the chain that cannot be read: the position from 0 and why.
    pub unreadable: Vec<String>,
    /// Whether the server proved that it has the private key. `None` when it did not get that far, or when the check
    /// cannot read that kind of certificate.
    pub possession: Option<bool>,
    /// The server's request for a client certificate, if it made one.
    pub client_certificate: Option<ClientCertificateRequest>,
    /// The alert that ended the connection.
    pub alert: Option<Alert>,
    /// Why the probe did not finish.
    pub failure: Option<ProbeFailure>,
    /// Milliseconds to look up the name.
    pub resolve_ms: Option<f64>,
    /// Milliseconds to connect.
    pub connect_ms: Option<f64>,
    /// Milliseconds of the handshake.
    pub handshake_ms: Option<f64>,
}

/// One certificate of a presented chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Presented {
    /// Who it is for.
    pub subject: String,
    /// The distinctive part of that: see [`short_name`].
    pub short_name: String,
    /// Who issued it.
    pub issuer: String,
    /// The first second it is valid.
    pub not_before: Time,
    /// The last second it is valid.
    pub not_after: Time,
    /// SHA-1 of the DER.
    pub sha1: Thumbprint,
    /// SHA-256 of the DER.
    pub sha256: Fingerprint,
    /// The certificate as PEM.
    pub pem: String,
    /// The certificate itself.
    #[serde(skip)]
    #[schemars(skip)]
    pub certificate: Certificate,
}

/// A server's request for a client certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ClientCertificateRequest {
    /// The CAs whose certificates it accepts; if empty, it says nothing about them.
    pub issuers: Vec<String>,
}

/// Why a probe did not finish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ProbeFailure {
    /// The stable number of the error.
    pub code: i32,
    /// Its stable name: `connect`, `timeout`, `handshake`, ...
    pub name: &'static str,
    /// What happened.
    pub message: String,
}

impl Probe {
    /// The JSON Schema of one probe.
    #[must_use]
    pub fn json_schema() -> String {
        // A probe is only ever written.
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        serde_json::to_string_pretty(&settings.into_generator().into_root_schema_for::<Self>()).unwrap_or_default()
    }

    pub(super) fn of(endpoint: &Endpoint) -> Self {
        Self {
            endpoint: endpoint.clone(),
            address: None,
            server_name: None,
            protocol: None,
            cipher_suite: None,
            chain: Vec::new(),
            unreadable: Vec::new(),
            possession: None,
            client_certificate: None,
            alert: None,
            failure: None,
            resolve_ms: None,
            connect_ms: None,
            handshake_ms: None,
        }
    }

    /// Takes over what a handshake showed.
    pub(super) fn seen(&mut self, record: Record) {
        for (position, der) in record.chain.iter().enumerate() {
            match Certificate::from_der(der) {
                Ok(certificate) => self.chain.push(Presented::of(certificate)),
                Err(error) => self.unreadable.push(format!("certificate {position} of the chain: {error}")),
            }
        }
        self.possession = record.possession;
        let name = |der: &Vec<u8>| {
            DistinguishedName::from_der(der).map_or_else(|| "(not readable)".to_owned(), |name| name.to_string())
        };
        self.client_certificate =
            record.requested.map(|names| ClientCertificateRequest { issuers: names.iter().map(name).collect() });
    }

    pub(super) fn fail(&mut self, error: &NetError) {
        if let NetError::Handshake(handshake) = error {
            self.alert = handshake.alert;
        }
        let code = error.code();
        self.failure = Some(ProbeFailure { code: code.number(), name: code.name(), message: error.to_string() });
    }
}

impl Presented {
    fn of(certificate: Certificate) -> Self {
        let subject = certificate.subject().to_string();
        Self {
            short_name: short_name(&subject),
            subject,
            issuer: certificate.issuer().to_string(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            sha1: certificate.sha1(),
            sha256: certificate.sha256(),
            pem: certificate.to_pem(),
            certificate,
        }
    }
}
