//! Certificates and CRLs out of the caller's bytes.

use std::sync::Arc;

use vitrust::pem::{self, Label, PemError, Section};
use vitrust::store::{Found, Place, Reading, Unreadable};
use vitrust::{Certificate, Crl, Error, TrustStore};

use crate::boundary::Failure;

/// A presented chain: PEM text with one or more certificates, or the DER of one. A block that cannot be read is an
/// error, since a chain without it would be another chain.
pub(crate) fn chain(name: &str, input: &[u8]) -> Result<Vec<Certificate>, Failure> {
    // 0x30 begins the SEQUENCE of a DER certificate, and no PEM file begins with the digit 0.
    let certificates = match input.first() {
        Some(0x30) => Certificate::from_der(input).map(|certificate| vec![certificate]).map_err(Error::from),
        _ => certificates(input),
    };
    certificates.map_err(|error| Failure::from_core(name, &error))
}

fn certificates(text: &[u8]) -> Result<Vec<Certificate>, Error> {
    let mut found = Vec::new();
    for section in pem::sections(text) {
        if let Block::Certificate(certificate) = block(&section?)? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(Error::NoBlock { wanted: "CERTIFICATE" }) } else { Ok(found) }
}

/// The CRLs of one PEM text.
pub(crate) fn crls(name: &str, text: &str) -> Result<Vec<Crl>, Failure> {
    let read = || -> Result<Vec<Crl>, Error> {
        let mut found = Vec::new();
        for section in pem::sections(text.as_bytes()) {
            if let Block::Crl(crl) = block(&section?)? {
                found.push(crl);
            }
        }
        if found.is_empty() { Err(Error::NoBlock { wanted: "X509 CRL" }) } else { Ok(found) }
    };
    read().map_err(|error| Failure::from_core(name, &error))
}

/// The trust anchors of a PEM text. What cannot be read is kept beside them; when there is nothing else, the first of
/// it is the error.
pub(crate) fn store(name: &str, text: &[u8], source: Option<&str>) -> Result<TrustStore, Failure> {
    let source: Option<Arc<str>> = source.map(Arc::from);
    let mut reading = Reading::default();
    let mut first_error = Error::NoBlock { wanted: "CERTIFICATE" };
    for section in pem::sections(text) {
        let line = section.as_ref().map_or_else(PemError::line, |section| section.line);
        let place = Place { source: source.clone(), line: Some(line), alias: None };
        match section.map_err(Error::from).and_then(|section| block(&section)) {
            Ok(Block::Certificate(value)) => reading.certificates.push(Found { value, place }),
            Ok(Block::Crl(value)) => reading.crls.push(Found { value, place }),
            Ok(Block::Other) => (),
            Err(error) => {
                reading.unreadable.push(Unreadable { place, reason: error.to_string() });
                if reading.unreadable.len() == 1 {
                    first_error = error;
                }
            }
        }
    }
    if reading.certificates.is_empty() {
        return Err(Failure::from_core(name, &first_error));
    }
    Ok(TrustStore::from_reading(reading))
}

enum Block {
    Certificate(Certificate),
    Crl(Crl),
    Other,
}

fn block(section: &Section<'_>) -> Result<Block, Error> {
    Ok(match section.label {
        Label::Certificate => Block::Certificate(Certificate::from_der(&section.decode()?)?),
        Label::TrustedCertificate => Block::Certificate(Certificate::from_der_prefix(&section.decode()?)?),
        Label::Crl => Block::Crl(Crl::from_der(&section.decode()?)?),
        Label::Pkcs7 | Label::Other(_) => Block::Other,
    })
}
