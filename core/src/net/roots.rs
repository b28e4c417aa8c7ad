//! The roots that the operating system trusts, and who says so: its own store, or variables of the environment.

use std::env;

use crate::cert::Certificate;

/// What `system_roots` of an inventory means on this machine, right now.
///
/// The variables `SSL_CERT_FILE` (one file) and `SSL_CERT_DIR` (folders) replace the system's own store, as they do for
/// OpenSSL and whatever is built on it. Whoever sets the environment of a process decides whom it trusts.
#[derive(Debug, Clone)]
pub struct SystemRoots {
    /// Every root that could be read.
    pub certificates: Vec<Certificate>,
    /// The variables that were followed instead of the system's store, each with its value; none if that store was read.
    pub variables: Vec<(&'static str, String)>,
    /// What could not be read, and why.
    pub problems: Vec<String>,
}

impl SystemRoots {
    /// Reads them. A machine without a store has none, and that is not in itself a problem.
    #[must_use]
    pub fn load() -> Self {
        let found = rustls_native_certs::load_native_certs();
        let mut problems: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        let mut certificates = Vec::with_capacity(found.certs.len());
        for (position, der) in found.certs.iter().enumerate() {
            match Certificate::from_der(der) {
                Ok(certificate) => certificates.push(certificate),
                Err(error) => problems.push(format!("certificate {position} cannot be read: {error}")),
            }
        }
        Self { certificates, variables: followed(), problems }
    }
}

/// The variables that count. An empty file name counts and names no file; empty folders do not count.
fn followed() -> Vec<(&'static str, String)> {
    let text = |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let file = text("SSL_CERT_FILE").map(|value| ("SSL_CERT_FILE", value));
    let folders =
        env::var_os("SSL_CERT_DIR").is_some_and(|value| env::split_paths(&value).any(|path| path.as_os_str() != ""));
    let folders = text("SSL_CERT_DIR").filter(|_| folders).map(|value| ("SSL_CERT_DIR", value));
    file.into_iter().chain(folders).collect()
}
