//! TLS alerts: how one side of a connection says why it ends it (RFC 8446 section 6, RFC 5246 section 7.2).

use serde::Serialize;

/// An alert and who raised it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
pub struct Alert {
    /// The number on the wire.
    pub number: u8,
    /// The name of the registry, `certificate_unknown` for instance; `unknown` for a number it does not have.
    pub name: &'static str,
    /// Who raised it.
    pub from: Side,
}

/// One side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The server that was asked.
    Peer,
    /// This library.
    Us,
}

impl Side {
    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Peer => "peer",
            Self::Us => "us",
        }
    }
}

/// The registry "TLS Alerts": number and name.
const REGISTRY: [(u8, &str); 35] = [
    (0, "close_notify"),
    (10, "unexpected_message"),
    (20, "bad_record_mac"),
    (21, "decryption_failed"),
    (22, "record_overflow"),
    (30, "decompression_failure"),
    (40, "handshake_failure"),
    (41, "no_certificate"),
    (42, "bad_certificate"),
    (43, "unsupported_certificate"),
    (44, "certificate_revoked"),
    (45, "certificate_expired"),
    (46, "certificate_unknown"),
    (47, "illegal_parameter"),
    (48, "unknown_ca"),
    (49, "access_denied"),
    (50, "decode_error"),
    (51, "decrypt_error"),
    (60, "export_restriction"),
    (70, "protocol_version"),
    (71, "insufficient_security"),
    (80, "internal_error"),
    (86, "inappropriate_fallback"),
    (90, "user_canceled"),
    (100, "no_renegotiation"),
    (109, "missing_extension"),
    (110, "unsupported_extension"),
    (111, "certificate_unobtainable"),
    (112, "unrecognized_name"),
    (113, "bad_certificate_status_response"),
    (114, "bad_certificate_hash_value"),
    (115, "unknown_psk_identity"),
    (116, "certificate_required"),
    (120, "no_application_protocol"),
    (121, "ech_required"),
];

impl Alert {
    /// The alert of this number.
    #[must_use]
    pub fn new(number: u8, from: Side) -> Self {
        let known = REGISTRY.iter().find(|(known, _)| *known == number);
        Self { number, name: known.map_or("unknown", |(_, name)| name), from }
    }
}

impl std::fmt::Display for Alert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = match self.from {
            Side::Peer => "the server sent",
            Side::Us => "this side sent",
        };
        write!(f, "{who} alert {} ({})", self.number, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_sorted_and_an_unknown_number_is_kept() {
        assert!(REGISTRY.is_sorted());
        assert_eq!(Alert::new(46, Side::Peer).to_string(), "the server sent alert 46 (certificate_unknown)");
        assert_eq!(Alert::new(200, Side::Us).name, "unknown");
    }
}
