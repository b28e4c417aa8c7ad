//! Writes `examples/estate/`: five vCenters and a dozen hosts, as files in the formats admins export.
//!
//! Everything is fixed: keys, names, dates. The state of affairs is that of 2026-06-01.
//!
//! * vc01 and vc02 share an SSO domain, so their TRUSTED_ROOTS hold the same roots.
//! * vc03's VMCA root was regenerated under its old name; one host and the other vCenters still know the old one.
//! * vc04 has an expired root in TRUSTED_ROOTS and in its hosts' castore.pem; refreshing would drop SPS's certificate.
//! * vc05 uses an enterprise CA, whose root vc01 and vc02 trust already.
//!
//! Run it with `cargo run -p vitrust-examples --bin make-estate [FOLDER]`.

mod folder;
mod formats;
mod vcenters;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let target = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/estate")), PathBuf::from);
    match vcenters::all().write(&target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", target.display());
            ExitCode::FAILURE
        }
    }
}
