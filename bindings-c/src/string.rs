//! Text that the library hands out.

use std::ffi::{CString, c_char};
use std::ptr;

use crate::boundary::or_else;
use crate::out::{free, peek};

/// Text made by the library: UTF-8, with a NUL after its last byte and none inside. Whoever received it frees it
/// with vitrust_string_free.
#[derive(Debug)]
pub struct Text(CString);

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Self(c_text(text))
    }
}

/// `text` for C. A NUL inside would end it early, so it is shown as JSON shows it.
pub(crate) fn c_text(text: &str) -> CString {
    // INVARIANT: no NUL is left.
    CString::new(text.replace('\0', "\\u0000")).unwrap_or_default()
}

/// The text, ended by a NUL. It is valid until the string is freed. NULL gives NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_string_data(string: *const Text) -> *const c_char {
    or_else(ptr::null(), || {
        // SAFETY: the caller passes NULL or a string of this library that is not freed yet.
        let string = unsafe { peek(string) };
        string.map_or(ptr::null(), |text| text.0.as_ptr())
    })
}

/// The length of the text in bytes, without the NUL. NULL gives 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_string_len(string: *const Text) -> usize {
    or_else(0, || {
        // SAFETY: the caller passes NULL or a string of this library that is not freed yet.
        let string = unsafe { peek(string) };
        string.map_or(0, |text| text.0.as_bytes().len())
    })
}

/// Frees a string. NULL is fine. Free it once, and use neither it nor its text afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_string_free(string: *mut Text) {
    // SAFETY: the caller passes NULL or a string of this library, and does not use it again.
    unsafe { free(string) }
}
