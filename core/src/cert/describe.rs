//! Algorithms and keys in the words people use.

use super::{AlgorithmIdentifier, KeyKind, PublicKeyInfo};

/// Object identifiers with the names that OpenSSL and `vecs-cli` print.
const NAMES: [(&str, &str); 24] = [
    ("1.2.840.113549.1.1.1", "rsaEncryption"),
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "rsassaPss"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    ("1.2.840.10040.4.1", "dsaEncryption"),
    ("1.2.840.10040.4.3", "dsaWithSHA1"),
    ("2.16.840.1.101.3.4.3.2", "dsa_with_SHA256"),
    ("1.2.840.10045.2.1", "id-ecPublicKey"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("1.3.101.110", "X25519"),
    ("1.3.101.112", "ED25519"),
    ("1.3.101.113", "ED448"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
];

impl AlgorithmIdentifier {
    /// The name OpenSSL prints, for example `sha256WithRSAEncryption`; the dotted identifier if there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        NAMES.iter().find(|(oid, _)| self.oid == **oid).map_or(self.oid.as_str(), |(_, name)| name)
    }
}

impl PublicKeyInfo {
    /// The kind of key in words: `RSA`, `EC P-256`, `Ed25519`; the algorithm's name for any other.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.kind {
            KeyKind::Rsa { .. } => "RSA",
            KeyKind::P256 => "EC P-256",
            KeyKind::P384 => "EC P-384",
            KeyKind::P521 => "EC P-521",
            KeyKind::Ed25519 => "Ed25519",
            KeyKind::Other => self.algorithm.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Certificate;

    #[test]
    fn keys_and_signatures_have_the_names_people_use() {
        let root = Certificate::from_pem(include_bytes!("../../../tests/data/vmca-root.pem")).expect("a certificate");
        assert_eq!(root.public_key().name(), "RSA");
        assert_eq!(root.signature_algorithm().name(), "sha256WithRSAEncryption");
    }

    #[test]
    fn unknown_algorithms_keep_their_identifier() {
        let algorithm = AlgorithmIdentifier { oid: "1.2.3".into(), parameters: [].into() };
        assert_eq!(algorithm.name(), "1.2.3");
    }
}
