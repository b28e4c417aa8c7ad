//! Gives the shared library on Linux its soname, which carries the number of the binary interface.

use std::env;

/// Where the library is to be known by another name than its own: `VITRUST_SONAME=libvitrust.so`.
const SONAME: &str = "VITRUST_SONAME";

fn main() {
    println!("cargo::rerun-if-changed=src/lib.rs");
    println!("cargo::rerun-if-env-changed={SONAME}");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        let own = || format!("libvitrust_c.so.{}", abi_version(include_str!("src/lib.rs")));
        let name = env::var(SONAME).unwrap_or_else(|_| own());
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{name}");
    }
}

/// The value of `VITRUST_ABI_VERSION` in the source.
fn abi_version(source: &str) -> &str {
    let (_, behind) = source.split_once("VITRUST_ABI_VERSION: u32 = ").expect("src/lib.rs has VITRUST_ABI_VERSION");
    behind.split(';').next().unwrap_or(behind)
}
