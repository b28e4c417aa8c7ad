//! `certs/download.zip`: TRUSTED_ROOTS as hash directories, for everybody.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use hyper::StatusCode;
use vitrust::Crl;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::der::name_hash;
use crate::route::Reply;
use crate::state::Vcenter;

/// The archive of one vCenter, in the layout of 6.5 and later.
pub(crate) fn archive(vcenter: &Vcenter) -> Reply {
    let files = files(vcenter);
    match pack(&files) {
        Ok(bytes) => Reply::new(StatusCode::OK, "application/zip", bytes),
        Err(error) => Reply::page(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// Name stem, suffix number, whether it is a CRL, and content.
type Entry = (String, usize, bool, String);

fn files(vcenter: &Vcenter) -> Vec<Entry> {
    let state = vcenter.state();
    let mut counts: BTreeMap<(String, bool), usize> = BTreeMap::new();
    let mut number = |stem: &str, crl: bool| {
        let count = counts.entry((stem.to_owned(), crl)).or_default();
        *count += 1;
        *count - 1
    };
    let mut found: Vec<Entry> = Vec::new();
    for certificate in state.trust.vecs.values() {
        let stem = name_hash(certificate.subject().der());
        let next = number(&stem, false);
        found.push((stem, next, false, certificate.to_pem()));
    }
    for text in &state.trust.vecs_crls {
        let block = vitrust::pem::sections(text.as_bytes()).find_map(Result::ok);
        let der = block.and_then(|block| block.decode().ok());
        let Some(crl) = der.and_then(|der| Crl::from_der(&der).ok()) else { continue };
        let stem = name_hash(crl.issuer().der());
        let next = number(&stem, true);
        found.push((stem, next, true, text.to_string()));
    }
    found
}

fn pack(files: &[Entry]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for system in ["lin", "mac", "win"] {
        for (stem, number, crl, content) in files {
            let name = match (*crl, system) {
                (false, "win") => format!("certs/win/{stem}.{number}.crt"),
                (true, "win") => format!("certs/win/{stem}.r{number}.crl"),
                (false, _) => format!("certs/{system}/{stem}.{number}"),
                (true, _) => format!("certs/{system}/{stem}.r{number}"),
            };
            writer.start_file(name, options)?;
            writer.write_all(content.as_bytes())?;
        }
    }
    Ok(writer.finish()?.into_inner())
}
