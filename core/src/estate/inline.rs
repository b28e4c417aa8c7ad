//! PEM text in the place of a reference to a certificate or CRL.

use super::Der;
use crate::cert::Certificate;
use crate::pem::{self, Label, Section};
use crate::thumbprint::Fingerprint;

/// The table of an estate that a reference leads into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Certificates,
    Crls,
}

/// What every PEM block of the text refers to, in their order.
///
/// # Errors
/// The reason why a block cannot be read or does not belong in the table.
pub(super) fn references(table: Table, text: &str) -> Result<Vec<(Fingerprint, Der)>, String> {
    let reference = |section: Result<Section<'_>, pem::PemError>| {
        let der = der_for(table, &section.map_err(|error| error.to_string())?)?;
        Ok((Fingerprint::of(&der), Der(der)))
    };
    pem::sections(text.as_bytes()).map(reference).collect()
}

/// The DER of a block that belongs in the table. What another block holds is never repeated: it may be a secret.
fn der_for(table: Table, section: &Section<'_>) -> Result<Box<[u8]>, String> {
    let decoded = || section.decode().map_err(|error| error.to_string());
    match (section.label, table) {
        (Label::Certificate, Table::Certificates) | (Label::Crl, Table::Crls) => Ok(decoded()?.into()),
        (Label::TrustedCertificate, Table::Certificates) => {
            let certificate = Certificate::from_trusted_der(&decoded()?).map_err(|error| error.to_string())?;
            Ok(certificate.der().into())
        }
        (Label::Certificate | Label::TrustedCertificate | Label::Crl | Label::Pkcs7 | Label::Other(_), _) => {
            Err(format!("line {}: the block is of a kind that does not belong here", section.line))
        }
    }
}
