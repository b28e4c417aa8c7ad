//! Keys: RSA from fixed files, elliptic curves from a seed number, and public keys that are wrong on purpose.

use std::sync::Arc;

use sha2::{Digest, Sha512};

use crate::algorithm::{Hash, SignatureAlgorithm};
use crate::asn1;
use crate::key_files;
pub(crate) use crate::key_files::RsaSecret;

/// A key pair, or a public key without its secret. Cloning is cheap.
#[derive(Clone)]
pub struct Key {
    secret: Arc<Secret>,
    spki: Vec<u8>,
    public_bits: Vec<u8>,
}

pub(crate) enum Secret {
    Rsa(RsaSecret),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    None,
}

const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
const ED25519: &str = "1.3.101.112";

impl Key {
    /// RSA with 1,024 bits; `n` picks one of 2 keys (modulo).
    pub fn rsa1024(n: usize) -> Self {
        key_files::rsa(1024, n)
    }

    /// RSA with 2,048 bits; `n` picks one of 24 keys (modulo).
    pub fn rsa2048(n: usize) -> Self {
        key_files::rsa(2048, n)
    }

    /// RSA with 3,072 bits; `n` picks one of 3 keys (modulo).
    pub fn rsa3072(n: usize) -> Self {
        key_files::rsa(3072, n)
    }

    /// RSA with 4,096 bits; `n` picks one of 4 keys (modulo).
    pub fn rsa4096(n: usize) -> Self {
        key_files::rsa(4096, n)
    }

    /// RSA with 8,192 bits. One signature takes some tenths of a second.
    pub fn rsa8192() -> Self {
        key_files::rsa(8192, 0)
    }

    /// RSA with 16,384 bits. One signature takes seconds.
    pub fn rsa16384() -> Self {
        key_files::rsa(16384, 0)
    }

    /// ECDSA on P-256, as many keys as there are seeds.
    ///
    /// # Panics
    /// Never in practice: a seed would have to hash to a number above the group order (1 in 2^32).
    pub fn p256(seed: u64) -> Self {
        let key = p256::ecdsa::SigningKey::from_slice(&seed_bytes("p256", seed)[..32]).expect("scalar is in range");
        let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        Self::ec(Secret::P256(key), "1.2.840.10045.3.1.7", point)
    }

    /// ECDSA on P-384, as many keys as there are seeds.
    ///
    /// # Panics
    /// Never in practice: a seed would have to hash to a number above the group order.
    pub fn p384(seed: u64) -> Self {
        let key = p384::ecdsa::SigningKey::from_slice(&seed_bytes("p384", seed)[..48]).expect("scalar is in range");
        let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        Self::ec(Secret::P384(key), "1.3.132.0.34", point)
    }

    /// ECDSA on P-521, as many keys as there are seeds.
    ///
    /// # Panics
    /// Never: the scalar has 512 bits and is far below the group order.
    pub fn p521(seed: u64) -> Self {
        let scalar = [&[0, 0], seed_bytes("p521", seed).as_slice()].concat();
        let key = p521::ecdsa::SigningKey::from_slice(&scalar).expect("scalar is in range");
        let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        Self::ec(Secret::P521(key), "1.3.132.0.35", point)
    }

    /// Ed25519, as many keys as there are seeds.
    pub fn ed25519(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&seed_bytes("ed25519", seed)[..32]);
        let key = ed25519_dalek::SigningKey::from_bytes(&bytes);
        let public = key.verifying_key().to_bytes().to_vec();
        Self::new(Secret::Ed25519(key), asn1::sequence(&[asn1::oid(ED25519)]), public)
    }

    /// A public key of an unknown algorithm, without a secret.
    pub fn unknown_algorithm(oid: &str, public: &[u8]) -> Self {
        Self::new(Secret::None, asn1::sequence(&[asn1::oid(oid)]), public.to_vec())
    }

    /// An RSA public key from a big-endian modulus and exponent of any size, without a secret.
    pub fn rsa_public(modulus: &[u8], exponent: &[u8]) -> Self {
        let public = asn1::sequence(&[asn1::unsigned(modulus), asn1::unsigned(exponent)]);
        Self::new(Secret::None, rsa_algorithm(), public)
    }

    /// The same key under a public key info that is taken as it is.
    #[must_use]
    pub fn with_spki(mut self, spki: &[u8]) -> Self {
        self.spki = spki.to_vec();
        self
    }

    /// The same RSA key with another big-endian exponent in its public half. Signatures will not verify.
    ///
    /// # Panics
    /// When the key is not RSA.
    #[must_use]
    pub fn with_exponent(self, exponent: &[u8]) -> Self {
        let Secret::Rsa(rsa) = self.secret() else { panic!("only an RSA key has an exponent") };
        let public = asn1::sequence(&[asn1::unsigned(&rsa.modulus()), asn1::unsigned(exponent)]);
        let spki = spki(&rsa_algorithm(), &public);
        Self { public_bits: public, ..self.with_spki(&spki) }
    }

    /// The same RSA key under the algorithm id-RSASSA-PSS without parameters.
    #[must_use]
    pub fn with_pss_spki(self) -> Self {
        let spki = spki(&asn1::sequence(&[asn1::oid("1.2.840.113549.1.1.10")]), &self.public_bits);
        self.with_spki(&spki)
    }

    /// The same P-256 key with the curve spelled out as explicit parameters instead of its name (CVE-2020-0601).
    ///
    /// # Panics
    /// When the key is not on P-256.
    #[must_use]
    pub fn with_explicit_curve(self) -> Self {
        assert!(matches!(self.secret(), Secret::P256(_)), "only P-256 has explicit parameters here");
        let algorithm = asn1::sequence(&[asn1::oid(EC_PUBLIC_KEY), explicit_p256()]);
        let spki = spki(&algorithm, &self.public_bits);
        self.with_spki(&spki)
    }

    /// The SubjectPublicKeyInfo.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// The key identifier: SHA-1 of the public key bits (RFC 5280 4.2.1.2, method 1).
    pub fn key_id(&self) -> Vec<u8> {
        Hash::Sha1.digest(&self.public_bits)
    }

    /// The algorithm this key signs with when nothing else is said.
    pub fn usual_algorithm(&self) -> SignatureAlgorithm {
        match self.secret() {
            Secret::Rsa(_) | Secret::None => SignatureAlgorithm::RsaPkcs1(Hash::Sha256),
            Secret::P256(_) => SignatureAlgorithm::Ecdsa(Hash::Sha256),
            Secret::P384(_) => SignatureAlgorithm::Ecdsa(Hash::Sha384),
            Secret::P521(_) => SignatureAlgorithm::Ecdsa(Hash::Sha512),
            Secret::Ed25519(_) => SignatureAlgorithm::Ed25519,
        }
    }

    /// The private key as PKCS#8 DER, for servers that tests start.
    ///
    /// # Panics
    /// When the key has no secret.
    pub fn pkcs8_der(&self) -> Vec<u8> {
        match self.secret() {
            Secret::Rsa(rsa) => rsa.pkcs8().to_vec(),
            Secret::P256(key) => self.ec_pkcs8("1.2.840.10045.3.1.7", &key.to_bytes()),
            Secret::P384(key) => self.ec_pkcs8("1.3.132.0.34", &key.to_bytes()),
            Secret::P521(key) => self.ec_pkcs8("1.3.132.0.35", &key.to_bytes()),
            Secret::Ed25519(key) => asn1::sequence(&[
                asn1::integer(0),
                asn1::sequence(&[asn1::oid(ED25519)]),
                asn1::octet_string(&asn1::octet_string(&key.to_bytes())),
            ]),
            Secret::None => panic!("this key has no secret"),
        }
    }

    /// The private key as PKCS#8 PEM.
    ///
    /// # Panics
    /// When the key has no secret.
    pub fn pkcs8_pem(&self) -> String {
        crate::cert::pem("PRIVATE KEY", &self.pkcs8_der())
    }

    pub(crate) fn rsa(secret: RsaSecret) -> Self {
        let public = asn1::sequence(&[asn1::unsigned(&secret.modulus()), asn1::unsigned(&secret.exponent())]);
        Self::new(Secret::Rsa(secret), rsa_algorithm(), public)
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    fn ec(secret: Secret, curve: &str, point: Vec<u8>) -> Self {
        Self::new(secret, asn1::sequence(&[asn1::oid(EC_PUBLIC_KEY), asn1::oid(curve)]), point)
    }

    fn new(secret: Secret, algorithm: Vec<u8>, public_bits: Vec<u8>) -> Self {
        Self { secret: Arc::new(secret), spki: spki(&algorithm, &public_bits), public_bits }
    }

    fn ec_pkcs8(&self, curve: &str, scalar: &[u8]) -> Vec<u8> {
        let private = asn1::sequence(&[
            asn1::integer(1),
            asn1::octet_string(scalar),
            asn1::context(1, &asn1::bit_string(&self.public_bits)),
        ]);
        let algorithm = asn1::sequence(&[asn1::oid(EC_PUBLIC_KEY), asn1::oid(curve)]);
        asn1::sequence(&[asn1::integer(0), algorithm, asn1::octet_string(&private)])
    }
}

fn rsa_algorithm() -> Vec<u8> {
    asn1::sequence(&[asn1::oid(RSA_ENCRYPTION), asn1::null()])
}

fn spki(algorithm: &[u8], public_bits: &[u8]) -> Vec<u8> {
    asn1::sequence(&[algorithm.to_vec(), asn1::bit_string(public_bits)])
}

fn seed_bytes(kind: &str, seed: u64) -> Vec<u8> {
    Sha512::digest(format!("vitrust factory {kind} {seed}")).to_vec()
}

/// ECParameters of P-256 in full (SEC 1 C.2, numbers from SEC 2 2.4.2).
fn explicit_p256() -> Vec<u8> {
    const P: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    const A: &str = "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc";
    const B: &str = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
    const G: &str = "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
                     4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    const N: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let field = asn1::sequence(&[asn1::oid("1.2.840.10045.1.1"), asn1::unsigned(&hex(P))]);
    let curve = asn1::sequence(&[asn1::octet_string(&hex(A)), asn1::octet_string(&hex(B))]);
    let order = asn1::unsigned(&hex(N));
    asn1::sequence(&[asn1::integer(1), field, curve, asn1::octet_string(&hex(G)), order, asn1::integer(1)])
}

fn hex(digits: &str) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let byte = |pair: &[u8]| value(pair[0]).zip(value(pair[1])).map(|(high, low)| high << 4 | low);
    digits.as_bytes().chunks(2).map(|pair| byte(pair).expect("the constant is hexadecimal")).collect()
}
