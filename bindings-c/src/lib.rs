//! The C ABI of vitrust: opaque handles, bytes and JSON text in, statuses and JSON text out.
//!
//! `include/vitrust.h` is generated from this crate and committed; `docs/abi.md` is the guide for callers. Nothing
//! here decides anything about certificates: each function borrows its inputs, calls the library and writes its
//! output. This is the only crate with unsafe code. The comments on the functions are written for readers of the
//! header, so what a caller must promise is said there in C's words.
#![warn(clippy::multiple_unsafe_ops_per_block)]
#![allow(rustdoc::broken_intra_doc_links, reason = "brackets are brackets to readers of the header")]
#![allow(clippy::missing_safety_doc, reason = "a `# Safety` heading would end up in the C header")]

mod boundary;
mod certificates;
mod client;
mod error;
mod estate;
#[cfg(test)]
mod freed;
mod input;
mod inventory;
mod live;
mod options;
mod out;
mod render;
mod report;
mod schema;
mod status;
mod store;
mod string;
mod work;

use std::ffi::{CStr, c_char};

pub use certificates::vitrust_certificates_read;
pub use client::{Client, vitrust_client_change, vitrust_client_free, vitrust_client_open, vitrust_client_read};
pub use error::{Error, vitrust_error_code, vitrust_error_detail, vitrust_error_free, vitrust_error_message};
pub use estate::{
    Estate, vitrust_estate_assess, vitrust_estate_describe, vitrust_estate_free, vitrust_estate_from_json,
    vitrust_estate_from_store, vitrust_estate_json, vitrust_estate_load, vitrust_schema,
};
pub use inventory::{
    Inventory, vitrust_inventory_add, vitrust_inventory_add_session, vitrust_inventory_free,
    vitrust_inventory_from_environment, vitrust_inventory_len, vitrust_inventory_load, vitrust_inventory_new,
};
pub use live::{vitrust_collect, vitrust_probe};
pub use render::{vitrust_report_fails, vitrust_report_from_json, vitrust_report_render};
pub use report::{
    Report, vitrust_report_count, vitrust_report_data, vitrust_report_free, vitrust_report_item, vitrust_report_len,
};
#[doc(hidden)]
pub use schema::schemas;
pub use status::Status;
pub use store::{
    Store, vitrust_store_describe, vitrust_store_free, vitrust_store_from_bytes, vitrust_store_len,
    vitrust_store_verify,
};
pub use string::{Text, vitrust_string_data, vitrust_string_free, vitrust_string_len};
pub use work::vitrust_progress;

const _: () = {
    const fn shareable<T: Send + Sync>() {}
    // `const` handles are promised to be shareable between threads.
    shareable::<Client>();
    shareable::<Error>();
    shareable::<Estate>();
    shareable::<Inventory>();
    shareable::<Report>();
    shareable::<Store>();
    shareable::<Text>();
};

/// The number of this binary interface. It grows when a caller compiled against an older header could break; a new
/// function does not change it.
pub const VITRUST_ABI_VERSION: u32 = 1;

const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");

/// The number of the binary interface this library has. Before any other call, compare it with the number your
/// program was written for, and stop if they differ. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn vitrust_abi_version() -> u32 {
    VITRUST_ABI_VERSION
}

/// The version of the library, for people: "0.1.0". The text is static: do not free it. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn vitrust_version() -> *const c_char {
    // INVARIANT: VERSION ends in its only NUL.
    CStr::from_bytes_with_nul(VERSION.as_bytes()).unwrap_or_default().as_ptr()
}
