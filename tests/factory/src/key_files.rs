//! The fixed RSA keys: files under `keys/`, read once each.

use std::sync::OnceLock;

use rsa::BoxedUint;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;

use crate::key::Key;

/// An RSA private key with the PKCS#8 bytes it came from.
pub(crate) struct RsaSecret {
    key: rsa::RsaPrivateKey,
    pkcs8: Vec<u8>,
}

impl RsaSecret {
    fn from_pem(pem: &str) -> Self {
        let (_, pkcs8) = der::pem::decode_vec(pem.as_bytes()).expect("the key file is PEM");
        let key = rsa::RsaPrivateKey::from_pkcs8_der(&pkcs8).expect("the key file holds an RSA key");
        Self { key, pkcs8 }
    }

    /// `block` to the private exponent: the bare signature.
    pub(crate) fn raw_sign(&self, block: &[u8]) -> Vec<u8> {
        let precision = self.key.n().as_ref().bits_precision();
        let number = BoxedUint::from_be_slice(block, precision).expect("the block is as long as the modulus");
        let none: Option<&mut NoRandom> = None;
        let signature = rsa::hazmat::rsa_decrypt(none, &self.key, &number).expect("the block is below the modulus");
        let bytes = signature.to_be_bytes();
        bytes[bytes.len() - self.bytes()..].to_vec()
    }

    pub(crate) fn bits(&self) -> usize {
        usize::try_from(self.key.n().bits()).expect("a key size fits")
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bits().div_ceil(8)
    }

    pub(crate) fn modulus(&self) -> Vec<u8> {
        self.key.n().to_be_bytes().to_vec()
    }

    pub(crate) fn exponent(&self) -> Vec<u8> {
        self.key.e().to_be_bytes().to_vec()
    }

    pub(crate) fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }
}

/// Signatures are not blinded, so that they are the same each time; this type only names the absent generator.
type NoRandom = dyn rsa::rand_core::CryptoRng;

/// The key number `n` (modulo their count) of those with `bits` bits.
///
/// # Panics
/// When there is no key of that size.
pub(crate) fn rsa(bits: usize, n: usize) -> Key {
    static LOADED: [OnceLock<Key>; KEY_FILES.len()] = [const { OnceLock::new() }; KEY_FILES.len()];
    let of_size: Vec<usize> = (0..KEY_FILES.len()).filter(|index| KEY_FILES[*index].0 == bits).collect();
    assert!(!of_size.is_empty(), "there is no RSA key of {bits} bits");
    let index = of_size[n % of_size.len()];
    LOADED[index].get_or_init(|| Key::rsa(RsaSecret::from_pem(KEY_FILES[index].1))).clone()
}

const KEY_FILES: [(usize, &str); 35] = [
    (1024, include_str!("../keys/rsa1024-00.pem")),
    (1024, include_str!("../keys/rsa1024-01.pem")),
    (2048, include_str!("../keys/rsa2048-00.pem")),
    (2048, include_str!("../keys/rsa2048-01.pem")),
    (2048, include_str!("../keys/rsa2048-02.pem")),
    (2048, include_str!("../keys/rsa2048-03.pem")),
    (2048, include_str!("../keys/rsa2048-04.pem")),
    (2048, include_str!("../keys/rsa2048-05.pem")),
    (2048, include_str!("../keys/rsa2048-06.pem")),
    (2048, include_str!("../keys/rsa2048-07.pem")),
    (2048, include_str!("../keys/rsa2048-08.pem")),
    (2048, include_str!("../keys/rsa2048-09.pem")),
    (2048, include_str!("../keys/rsa2048-10.pem")),
    (2048, include_str!("../keys/rsa2048-11.pem")),
    (2048, include_str!("../keys/rsa2048-12.pem")),
    (2048, include_str!("../keys/rsa2048-13.pem")),
    (2048, include_str!("../keys/rsa2048-14.pem")),
    (2048, include_str!("../keys/rsa2048-15.pem")),
    (2048, include_str!("../keys/rsa2048-16.pem")),
    (2048, include_str!("../keys/rsa2048-17.pem")),
    (2048, include_str!("../keys/rsa2048-18.pem")),
    (2048, include_str!("../keys/rsa2048-19.pem")),
    (2048, include_str!("../keys/rsa2048-20.pem")),
    (2048, include_str!("../keys/rsa2048-21.pem")),
    (2048, include_str!("../keys/rsa2048-22.pem")),
    (2048, include_str!("../keys/rsa2048-23.pem")),
    (3072, include_str!("../keys/rsa3072-00.pem")),
    (3072, include_str!("../keys/rsa3072-01.pem")),
    (3072, include_str!("../keys/rsa3072-02.pem")),
    (4096, include_str!("../keys/rsa4096-00.pem")),
    (4096, include_str!("../keys/rsa4096-01.pem")),
    (4096, include_str!("../keys/rsa4096-02.pem")),
    (4096, include_str!("../keys/rsa4096-03.pem")),
    (8192, include_str!("../keys/rsa8192-00.pem")),
    (16384, include_str!("../keys/rsa16384-00.pem")),
];
