//! Damage: whatever is cut or flipped, no reader panics and no block is lost without a word.

use memory::blocks;
use vitrust::store::{Reading, read};
use vitrust::{Pool, TrustStore};
use vitrust_factory::{Cert, Crl, Key, pkcs7};

use super::samples::{DIR_CLI, DUMP_3, LOOP, download, vecs};

/// What a text holds, counted without the readers.
mod memory {
    /// How many blocks begin in the text.
    pub(super) fn blocks(text: &[u8]) -> usize {
        String::from_utf8_lossy(text).matches("-----BEGIN ").count()
    }
}

/// Small certificates, so that every byte can be tried.
fn small(n: u64) -> Cert {
    Cert::ca(format!("CN={n}")).key(Key::p256(n)).self_signed()
}

fn pem_sample() -> Vec<u8> {
    format!("{}text\n{}{}", small(1).pem(), small(2).pem(), Crl::of(&small(1)).sign().pem()).into_bytes()
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let listing = vecs(&[("a", "Trusted Cert", &small(1).pem()), ("b", "Private Key", &small(2).pem())]);
    let json = serde_json::json!({ "cert_chain": { "cert_chain": [small(1).pem()] } }).to_string();
    let objects = serde_json::json!([{ "Uid": "a", "CertificatePEM": small(1).pem() }]).to_string();
    let rows = format!("\"Uid\",\"CertificatePEM\"\n\"a\",\"{}\"\n\"b\",\"{}\"\n", small(1).pem(), small(2).pem());
    vec![
        ("pem", pem_sample()),
        ("der", small(1).der().to_vec()),
        ("pkcs7", pkcs7(&[&small(1), &small(2)])),
        ("vecs", listing.into_bytes()),
        ("dump", DUMP_3.as_bytes().to_vec()),
        ("loop", LOOP.as_bytes().to_vec()),
        ("dir-cli", DIR_CLI.as_bytes().to_vec()),
        ("zip", download()),
        ("json", json.into_bytes()),
        ("objects", objects.into_bytes()),
        ("rows", rows.into_bytes()),
    ]
}

/// Everything a reading speaks of.
fn mentioned(reading: &Reading) -> usize {
    reading.certificates.len() + reading.crls.len() + reading.dumped.len() + reading.unreadable.len()
}

#[test]
fn cutting_anywhere_never_panics() {
    for (name, sample) in samples() {
        for end in 0..sample.len() {
            if let Ok(reading) = read(&sample[..end], name, &mut Pool::new()) {
                let _ = TrustStore::from_reading(reading).lint(vitrust::Time::from_unix(0));
            }
        }
    }
}

#[test]
fn flipping_any_byte_never_panics() {
    for (name, sample) in samples() {
        for index in 0..sample.len() {
            for flip in [0x01, 0x20, 0x80] {
                let mut damaged = sample.clone();
                damaged[index] ^= flip;
                let _ = read(&damaged, name, &mut Pool::new());
            }
        }
    }
}

#[test]
fn a_cut_bundle_speaks_of_every_block_that_began() {
    let sample = pem_sample();
    for end in 0..sample.len() {
        let began = blocks(&sample[..end]);
        let mentioned = read(&sample[..end], "x", &mut Pool::new()).map_or(0, |reading| mentioned(&reading));
        assert!(mentioned >= began, "cut at {end}: {mentioned} of {began}");
    }
}

#[test]
fn a_flipped_bundle_speaks_of_every_block() {
    let sample = pem_sample();
    for index in 0..sample.len() {
        for flip in [0x01, 0x10, 0x80] {
            let mut damaged = sample.clone();
            damaged[index] ^= flip;
            let mentioned = read(&damaged, "x", &mut Pool::new()).map_or(0, |reading| mentioned(&reading));
            assert!(mentioned >= 3, "byte {index} flipped by {flip}: {mentioned} of 3");
        }
    }
}

#[test]
fn a_cut_listing_says_that_it_is_cut() {
    let sample = vecs(&[("a", "Trusted Cert", &small(1).pem()), ("b", "Private Key", &small(2).pem())]);
    let head = "Number of entries in store :\t2\n".len();
    let whole = sample.trim_end().len();
    for end in head..whole {
        let reading = read(&sample.as_bytes()[..end], "x", &mut Pool::new()).expect("a listing");
        assert!(!reading.unreadable.is_empty(), "cut at {end}");
    }
}

#[test]
fn a_flood_of_bad_blocks_is_counted_and_not_listed() {
    let text = "-----BEGIN X-----\n".repeat(50_000);
    let reading = read(text.as_bytes(), "x", &mut Pool::new()).expect("blocks");
    assert_eq!(reading.unreadable.len(), 10_001);
    assert_eq!(reading.unreadable[10_000].reason, "40000 more blocks could not be read");
}

#[test]
fn a_flood_of_printed_heads_is_counted_and_not_kept() {
    let reading = |text: String| read(text.as_bytes(), "x", &mut Pool::new()).expect("a dump");
    for line in ["Certificate:\n", "Alias : x\n", "Not After : never\n", "Alias : x\nNot Before: ?\n"] {
        let reading = reading(line.repeat(50_000));
        assert_eq!((reading.dumped.len(), reading.unreadable.len()), (0, 10_001), "{line}");
    }
    let dated = reading("Alias : x\nNot After : Nov  1 23:34:41 2026 GMT\n".repeat(12_000));
    assert_eq!((dated.dumped.len(), dated.unreadable.len()), (10_000, 1));
    assert_eq!(dated.unreadable[0].reason, "2000 more printed entries are not listed");
    let usages = reading(format!("Certificate:\nX509v3 Key Usage:\n{}\n", ",".repeat(1_000)));
    assert!(usages.unreadable.iter().any(|block| block.reason == "the printed key usage cannot be read"));
}

#[test]
fn what_is_far_too_long_is_not_decoded() {
    let block = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", "A".repeat(9 << 20));
    let mut pool = Pool::new();
    let reading = read(block.as_bytes(), "x", &mut pool).expect("one block");
    assert_eq!(reading.unreadable[0].reason, "the block is longer than any valid one of its kind");
    let der = [&[0x30, 0x84, 0x04, 0, 0, 0][..], &vec![0; 5 << 20]].concat();
    let reading = read(&der, "x", &mut pool).expect("one block");
    assert_eq!(reading.unreadable[0].reason, "5242886 bytes are more than the 1048576 a certificate may have here");
    assert!(pool.is_empty(), "nothing of it was kept");
}

#[test]
fn members_that_an_archive_hides_are_counted() {
    let mut archive =
        super::samples::archive(&[("a.pem", small(1).pem().as_bytes()), ("b.pem", small(2).pem().as_bytes())]);
    let at: Vec<usize> = (0..archive.len() - 5).filter(|at| archive[*at..].starts_with(b"b.pem")).collect();
    for at in at {
        archive[at] = b'a';
    }
    let reading = read(&archive, "x", &mut Pool::new()).expect("an archive");
    assert_eq!(reading.certificates.len(), 1);
    assert_eq!(reading.unreadable[0].reason, "1 member has the same name as a later one and were not read");
}

#[test]
fn rows_and_lists_of_the_wrong_form_are_said() {
    let said = |text: String| -> Vec<String> {
        let reading = read(text.as_bytes(), "x", &mut Pool::new()).expect("readable");
        reading.unreadable.into_iter().map(|unreadable| unreadable.reason).collect()
    };
    let (head, pem) = ("\"Uid\",\"CertificatePEM\"\n", small(1).pem());
    assert_eq!(said(format!("{head}\"a\",\"{pem}\",\"b\"\n")), ["the row has 3 cells and the heading 2"]);
    assert_eq!(said(format!("{head}\"a\",\"{pem}\n")), ["a quote is not closed, so rows may have run together"]);
    let objects = serde_json::json!([{ "Uid": "a", "CertificatePEM": [pem, 7, null] }]).to_string();
    assert_eq!(said(objects), ["element 1 of CertificatePEM is not text", "element 2 of CertificatePEM is not text"]);
}
