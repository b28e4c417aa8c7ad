//! Degenerate PKCS#7: a bag of certificates and CRLs without any signer (RFC 5652 5.1).

use crate::asn1;
use crate::cert::{Cert, pem};
use crate::crl::Crl;

/// The DER of a SignedData with `certs` in the order given and no signer.
pub fn pkcs7(certs: &[&Cert]) -> Vec<u8> {
    pkcs7_with_crls(certs, &[])
}

/// As [`pkcs7`], with revocation lists beside the certificates.
pub fn pkcs7_with_crls(certs: &[&Cert], crls: &[&Crl]) -> Vec<u8> {
    let content_info = asn1::sequence(&[asn1::oid("1.2.840.113549.1.7.1")]);
    let bag: Vec<u8> = certs.iter().flat_map(|cert| cert.der().to_vec()).collect();
    let lists: Vec<u8> = crls.iter().flat_map(|crl| crl.der().to_vec()).collect();
    let mut parts = vec![asn1::integer(1), asn1::set_of(&[]), content_info, asn1::context(0, &bag)];
    if !lists.is_empty() {
        parts.push(asn1::context(1, &lists));
    }
    parts.push(asn1::set_of(&[]));
    let signed_data = asn1::sequence(&parts);
    asn1::sequence(&[asn1::oid("1.2.840.113549.1.7.2"), asn1::context(0, &signed_data)])
}

/// `certs` as a PEM block `PKCS7`.
pub fn pkcs7_pem(certs: &[&Cert]) -> String {
    pem("PKCS7", &pkcs7(certs))
}
