//! Signature algorithms: their identifiers and the signatures themselves, right and odd.

use ecdsa::hazmat::sign_prehashed_rfc6979;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::asn1;
use crate::key::{Key, Secret};

/// A digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// MD5, broken since 2004.
    Md5,
    /// SHA-1, no longer accepted in certificates.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// The digest of `message`.
    pub fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => Md5::digest(message).to_vec(),
            Self::Sha1 => Sha1::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }

    fn oid(self) -> &'static str {
        match self {
            Self::Md5 => "1.2.840.113549.2.5",
            Self::Sha1 => "1.3.14.3.2.26",
            Self::Sha256 => "2.16.840.1.101.3.4.2.1",
            Self::Sha384 => "2.16.840.1.101.3.4.2.2",
            Self::Sha512 => "2.16.840.1.101.3.4.2.3",
        }
    }

    fn identifier(self) -> Vec<u8> {
        asn1::sequence(&[asn1::oid(self.oid()), asn1::null()])
    }
}

/// The parameters of RSASSA-PSS (RFC 4055), free to disagree with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pss {
    /// Digest of the message.
    pub hash: Hash,
    /// Digest inside the mask generation function.
    pub mask_hash: Hash,
    /// Bytes of salt. The salt itself is fixed.
    pub salt: u8,
    /// The trailer field to write; `None` leaves it out, which means 1.
    pub trailer: Option<u8>,
}

impl Pss {
    /// The usual parameters: one digest for both, a salt as long as the digest.
    pub fn usual(hash: Hash) -> Self {
        let salt = u8::try_from(hash.digest(b"").len()).expect("a digest has at most 64 bytes");
        Self { hash, mask_hash: hash, salt, trailer: None }
    }

    /// RFC 4055 3.1: SHA-1, MGF1 with SHA-1 and a salt of 20 bytes are defaults, which DER leaves out.
    fn identifier(self) -> Vec<u8> {
        let mut parameters = Vec::new();
        if self.hash != Hash::Sha1 {
            parameters.push(asn1::context(0, &self.hash.identifier()));
        }
        if self.mask_hash != Hash::Sha1 {
            let mask = asn1::sequence(&[asn1::oid("1.2.840.113549.1.1.8"), self.mask_hash.identifier()]);
            parameters.push(asn1::context(1, &mask));
        }
        if self.salt != 20 {
            parameters.push(asn1::context(2, &asn1::integer(u64::from(self.salt))));
        }
        parameters.extend(self.trailer.map(|trailer| asn1::context(3, &asn1::integer(u64::from(trailer)))));
        asn1::sequence(&[asn1::oid("1.2.840.113549.1.1.10"), asn1::sequence(&parameters)])
    }
}

/// How a certificate or CRL is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSA PKCS#1 v1.5.
    RsaPkcs1(Hash),
    /// RSASSA-PSS.
    RsaPss(Pss),
    /// ECDSA with nonces of RFC 6979. There is no OID for MD5: SHA-1's is written.
    Ecdsa(Hash),
    /// Ed25519.
    Ed25519,
}

impl SignatureAlgorithm {
    /// The AlgorithmIdentifier.
    pub fn identifier(self) -> Vec<u8> {
        let bare = |oid: &str| asn1::sequence(&[asn1::oid(oid)]);
        let with_null = |oid: &str| asn1::sequence(&[asn1::oid(oid), asn1::null()]);
        match self {
            Self::RsaPkcs1(Hash::Md5) => with_null("1.2.840.113549.1.1.4"),
            Self::RsaPkcs1(Hash::Sha1) => with_null("1.2.840.113549.1.1.5"),
            Self::RsaPkcs1(Hash::Sha256) => with_null("1.2.840.113549.1.1.11"),
            Self::RsaPkcs1(Hash::Sha384) => with_null("1.2.840.113549.1.1.12"),
            Self::RsaPkcs1(Hash::Sha512) => with_null("1.2.840.113549.1.1.13"),
            Self::RsaPss(pss) => pss.identifier(),
            Self::Ecdsa(Hash::Md5 | Hash::Sha1) => bare("1.2.840.10045.4.1"),
            Self::Ecdsa(Hash::Sha256) => bare("1.2.840.10045.4.3.2"),
            Self::Ecdsa(Hash::Sha384) => bare("1.2.840.10045.4.3.3"),
            Self::Ecdsa(Hash::Sha512) => bare("1.2.840.10045.4.3.4"),
            Self::Ed25519 => bare("1.3.101.112"),
        }
    }

    /// Signs `message` with `key`, the same bytes each time.
    ///
    /// A key that does not fit the algorithm signs with its own usual algorithm, so that the certificate
    /// claims one thing and holds another. A key without a secret gives 64 filler bytes.
    pub fn sign(self, key: &Key, message: &[u8]) -> Vec<u8> {
        match (key.secret(), self) {
            (Secret::Rsa(rsa), Self::RsaPkcs1(hash)) => rsa.raw_sign(&pkcs1_block(hash, message, rsa.bytes())),
            (Secret::Rsa(rsa), Self::RsaPss(pss)) => rsa.raw_sign(&pss_block(pss, message, rsa.bits())),
            (Secret::P256(secret), Self::Ecdsa(hash)) => {
                let scalar = secret.as_nonzero_scalar();
                sign_prehashed_rfc6979::<p256::NistP256, Sha256>(scalar, &hash.digest(message), &[])
                    .0
                    .to_der()
                    .as_bytes()
                    .to_vec()
            }
            (Secret::P384(secret), Self::Ecdsa(hash)) => {
                let scalar = secret.as_nonzero_scalar();
                sign_prehashed_rfc6979::<p384::NistP384, Sha384>(scalar, &hash.digest(message), &[])
                    .0
                    .to_der()
                    .as_bytes()
                    .to_vec()
            }
            (Secret::P521(secret), Self::Ecdsa(hash)) => {
                let scalar = secret.as_nonzero_scalar();
                sign_prehashed_rfc6979::<p521::NistP521, Sha512>(scalar, &hash.digest(message), &[])
                    .0
                    .to_der()
                    .as_bytes()
                    .to_vec()
            }
            (Secret::Ed25519(secret), Self::Ed25519) => {
                use ed25519_dalek::Signer;
                secret.sign(message).to_bytes().to_vec()
            }
            (Secret::None, _) => vec![0x5a; 64],
            (_, _) => key.usual_algorithm().sign(key, message),
        }
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017 9.2), `length` bytes long.
fn pkcs1_block(hash: Hash, message: &[u8], length: usize) -> Vec<u8> {
    let info = asn1::sequence(&[hash.identifier(), asn1::octet_string(&hash.digest(message))]);
    let mut block = vec![0x00, 0x01];
    block.resize(length - info.len() - 1, 0xff);
    block.push(0x00);
    block.extend(info);
    block
}

/// EMSA-PSS (RFC 8017 9.1.1) with a fixed salt, for a modulus of `bits` bits.
fn pss_block(pss: Pss, message: &[u8], bits: usize) -> Vec<u8> {
    let length = (bits - 1).div_ceil(8);
    let salt = vec![0x5a; usize::from(pss.salt)];
    let prefixed = [&[0; 8], pss.hash.digest(message).as_slice(), salt.as_slice()].concat();
    let digest = pss.hash.digest(&prefixed);
    let mut block = vec![0; length - digest.len() - salt.len() - 2];
    block.push(0x01);
    block.extend(&salt);
    let mask = mask_generation(pss.mask_hash, &digest, block.len());
    for (byte, mask) in block.iter_mut().zip(mask) {
        *byte ^= mask;
    }
    block[0] &= 0xff >> (8 * length - (bits - 1));
    block.extend(digest);
    block.push(0xbc);
    block
}

/// MGF1 (RFC 8017 B.2.1).
fn mask_generation(hash: Hash, seed: &[u8], length: usize) -> Vec<u8> {
    let blocks = (0_u32..).flat_map(|counter| hash.digest(&[seed, &counter.to_be_bytes()].concat()));
    blocks.take(length).collect()
}
