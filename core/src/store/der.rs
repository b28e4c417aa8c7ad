//! One certificate or CRL in DER.

use super::StoreError;
use super::collect::Collector;
use super::key;
use super::reading::PRIVATE_KEY;
use super::tlv::SEQUENCE;

/// A SEQUENCE with a long length: every certificate and CRL is one, and no text begins so.
pub(super) fn is(bytes: &[u8]) -> bool {
    matches!(bytes, [SEQUENCE, 0x80..=0x84, ..])
}

/// What is said of a file whose certificates a password hides.
const PKCS12: &str = "a PKCS#12 file, which holds a private key and was not opened; export its certificates alone: openssl pkcs12 -in FILE -nokeys";

/// Reads the bytes as a certificate or, when they are one, as a CRL.
pub(super) fn read(out: &mut Collector<'_>, bytes: &[u8]) -> Result<(), StoreError> {
    if key::is_pkcs12(bytes) {
        out.unreadable(None, PKCS12);
    } else if key::is_der(bytes) {
        out.unreadable(None, PRIVATE_KEY);
    } else {
        out.certificate_or_crl(bytes, None);
    }
    Ok(())
}
