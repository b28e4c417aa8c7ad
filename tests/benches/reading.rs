//! PEM text to interned certificates, beside the floor: finding the markers, base64, SHA-256 and nothing else.
#![allow(clippy::print_stdout)]

#[path = "support/rounds.rs"]
mod rounds;

use memchr::{memchr_iter, memmem};
use rounds::{Contender, Measured, compare, time};
use sha2::{Digest, Sha256};
use vitrust::{Pool, pem};
use vitrust_factory::{Cert, Key};

const CERTIFICATES: usize = 10_000;

fn main() {
    let text = bundle();
    let megabytes = f64::from(u32::try_from(text.len()).expect("a few megabytes")) / 1e6;
    let mut full = Pool::new();
    assert_eq!(intern(&text, &mut full), CERTIFICATES);
    assert_eq!(floor(&text), CERTIFICATES);
    let Measured { times, ratios, .. } = compare(
        vec![
            Contender::new("floor", || floor(&text)),
            Contender::new("distinct", || intern(&text, &mut Pool::new())),
            Contender::new("copies", || intern(&text, &mut full)),
        ],
        31,
        1,
    );
    println!(
        "\n{CERTIFICATES} certificates, {megabytes:.1} MB of PEM\n\n| what | time | to the floor | speed |\n|---|---:|---:|---:|"
    );
    let names = ["floor: markers, base64, SHA-256", "interned, all distinct", "interned, all copies"];
    for ((name, taken), ratio) in names.iter().zip(&times).zip(&ratios) {
        println!("| {name} | {} | {ratio:.2}x | {:.2} GB/s |", time(*taken), megabytes / 1e3 / taken.as_secs_f64());
    }
}

/// Roots like those of VMCA, half with RSA-2048 and half with P-256 keys. Nobody checks their signatures here.
fn bundle() -> Vec<u8> {
    let root = |n: usize| {
        let name =
            format!("CN=CA, DC=vsphere, DC=local, C=US, ST=California, O=vc{n:05}.lab.example, OU=VMware Engineering");
        let key = if n.is_multiple_of(2) { Key::rsa2048(n) } else { Key::p256(u64::try_from(n % 100).expect("small")) };
        let signature: &[u8] = if n.is_multiple_of(2) { &[0x5a; 256] } else { &[0x5a; 71] };
        Cert::ca(name.as_str()).key(key).signature(signature).self_signed().pem()
    };
    (0..CERTIFICATES).flat_map(|n| root(n).into_bytes()).collect()
}

fn intern(text: &[u8], pool: &mut Pool) -> usize {
    let sections = pem::sections(text).filter_map(Result::ok);
    sections.filter(|section| pool.intern_pem(section).is_ok()).count()
}

fn floor(text: &[u8]) -> usize {
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    const END: &[u8] = b"-----END CERTIFICATE-----";
    let mut digests = 0;
    let (begin, end) = (memmem::Finder::new(BEGIN), memmem::Finder::new(END));
    let mut rest = text;
    let mut buffer = Vec::new();
    while let Some(start) = begin.find(rest) {
        let body = &rest[start + BEGIN.len()..];
        let Some(length) = end.find(body) else { break };
        buffer.clear();
        let mut from = 0;
        for newline in memchr_iter(b'\n', &body[..length]) {
            buffer.extend_from_slice(&body[from..newline]);
            from = newline + 1;
        }
        let Ok(der) = base64_simd::STANDARD.decode_inplace(&mut buffer) else { break };
        digests += usize::from(Sha256::digest(der)[..] != [0; 32]);
        rest = &body[length + END.len()..];
    }
    digests
}
