//! How strong a key and a digest are: sizes and weak digests, said once for those who judge and those who list.

use super::key::rsa;
use super::{AlgorithmIdentifier, KeyKind, PublicKeyInfo};

const PSS: &str = "1.2.840.113549.1.1.10";

impl AlgorithmIdentifier {
    /// The name of a signature algorithm with MD2, MD5 or SHA-1; `None` for any other.
    #[must_use]
    pub fn weak_digest(&self) -> Option<&'static str> {
        match self.oid.as_str() {
            "1.2.840.113549.1.1.2" => Some("md2WithRSAEncryption"),
            "1.2.840.113549.1.1.4" => Some("md5WithRSAEncryption"),
            "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => Some("sha1WithRSAEncryption"),
            "1.2.840.10040.4.3" => Some("dsaWithSHA1"),
            "1.2.840.10045.4.1" => Some("ecdsa-with-SHA1"),
            PSS if self.is_pss_with_sha1() => Some("rsassaPss with SHA-1"),
            _ => None,
        }
    }

    /// Whether this is RSASSA-PSS with SHA-1 as the digest of the message, whatever mask and salt. RFC 4055 section 3.1: SHA-1
    /// is the default, left out in DER.
    pub(crate) fn is_pss_with_sha1(&self) -> bool {
        const SHA1: &[u8] = &[6, 5, 0x2b, 0x0e, 3, 2, 0x1a];
        const HASH: u8 = 0xa0;
        let [0x30, fields @ ..] = &*self.parameters else { return false };
        self.oid.as_str() == PSS
            && match fields {
                [HASH, _, 0x30, _, digest @ ..] => digest.starts_with(SHA1),
                [HASH, ..] => false,
                [] | [_, ..] => true,
            }
    }
}

impl PublicKeyInfo {
    /// The size of the key and the least that is good, for RSA and for curves, also for those that are not verified with;
    /// `None` for others.
    pub(crate) fn size(&self) -> Option<(u32, u32)> {
        const LEAST_RSA: u32 = 2048;
        const LEAST_CURVE: u32 = 256;
        match (self.kind, self.algorithm.oid.as_str()) {
            (KeyKind::Rsa { bits, .. }, _) => Some((bits, LEAST_RSA)),
            (_, "1.2.840.113549.1.1.1" | PSS) => Some((rsa(&self.key)?.bits()?, LEAST_RSA)),
            // An uncompressed point is one byte and two coordinates, a compressed one has one coordinate.
            (_, "1.2.840.10045.2.1") => {
                let coordinates = if self.key.first() == Some(&4) { 2 } else { 1 };
                let bytes = u32::try_from(self.key.len()).ok()?.checked_sub(1)? / coordinates;
                Some((bytes.checked_mul(8)?, LEAST_CURVE))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha1_in_pss_is_told_left_out_and_written_out() {
        let pss =
            |parameters: &[u8]| AlgorithmIdentifier { oid: PSS.into(), parameters: parameters.into() }.weak_digest();
        let written = [0x30, 0xa0, 11, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0];
        let sha256 = [0x30, 0xa0, 15, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0];
        for weak in [&[0x30][..], &[0x30, 0xa2, 3, 2, 1, 32], &written] {
            assert_eq!(pss(weak), Some("rsassaPss with SHA-1"));
        }
        for other in [&sha256[..], &[], &[5], &written[..6]] {
            assert_eq!(pss(other), None);
        }
    }
}
