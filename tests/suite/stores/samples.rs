//! Certificates and inputs that the tests of the readers share.

use std::io::{Cursor, Write};

use vitrust::Pool;
use vitrust::store::{Reading, Shape, read, sniff};
use vitrust_factory::{Cert, Crl, vsphere};
use zip::write::SimpleFileOptions;

pub(super) const DUMP_3: &str = include_str!("../../vectors/stores/text-dump-openssl-3.txt");
pub(super) const DUMP_1_1_1: &str = include_str!("../../vectors/stores/text-dump-openssl-1.1.1.txt");
pub(super) const DUMP_1_0_2: &str = include_str!("../../vectors/stores/text-dump-openssl-1.0.2.txt");
pub(super) const LOOP: &str = include_str!("../../vectors/stores/store-loop.txt");
pub(super) const LOOP_NOT_AFTER: &str = include_str!("../../vectors/stores/store-loop-not-after.txt");
pub(super) const DIR_CLI: &str = include_str!("../../vectors/stores/dir-cli-list.txt");

/// The VMCA root number `n`.
pub(super) fn root(n: usize) -> Cert {
    vsphere::vmca_root(&format!("vc{n:02}.lab.example"), n)
}

/// Reads the input and checks the shape it was taken for.
pub(super) fn reading(bytes: &[u8], shape: Shape) -> Reading {
    assert_eq!(sniff(bytes), shape);
    read(bytes, "input", &mut Pool::new()).expect("readable")
}

/// A listing of VECS entries: alias, entry type and what follows `Certificate :`.
pub(super) fn vecs(entries: &[(&str, &str, &str)]) -> String {
    let mut text = format!("Number of entries in store :\t{}\n", entries.len());
    for (alias, kind, body) in entries {
        text += &format!("Alias :\t{alias}\nEntry type :\t{kind}\nCertificate :\t{body}\n\n");
    }
    text
}

/// A zip archive of these members.
pub(crate) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A download of vCenter with one root and its CRL in every folder.
pub(super) fn download() -> Vec<u8> {
    let (certificate, crl) = (root(1).pem(), Crl::of(&root(1)).sign().pem());
    let (certificate, crl) = (certificate.as_bytes(), crl.as_bytes());
    archive(&[
        ("certs/lin/3a1b2c4d.0", certificate),
        ("certs/lin/3a1b2c4d.r0", crl),
        ("certs/mac/3a1b2c4d.0", certificate),
        ("certs/mac/3a1b2c4d.r0", crl),
        ("certs/win/3a1b2c4d.0.crt", certificate),
        ("certs/win/3a1b2c4d.r0.crl", crl),
    ])
}
