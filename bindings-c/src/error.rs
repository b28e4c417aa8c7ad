//! A failure as an object of its own: no thread-local state, so it survives a change of threads.

use std::ffi::{CString, c_char};

use crate::Status;
use crate::boundary::{Failure, or_else};
use crate::out::{free, peek};
use crate::string::c_text;

/// Why a call failed. Whoever received it frees it with vitrust_error_free.
#[derive(Debug)]
pub struct Error {
    status: Status,
    message: CString,
    detail: CString,
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let detail = serde_json::json!({
            "code": failure.status.number(),
            "name": failure.status.name(),
            "message": failure.message,
            "argument": failure.argument,
            "line": failure.line,
        });
        Self { status: failure.status, message: c_text(&failure.message), detail: c_text(&detail.to_string()) }
    }
}

/// The status that the failed call returned. NULL gives VITRUST_STATUS_OK.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_error_code(error: *const Error) -> Status {
    or_else(Status::Panic, || {
        // SAFETY: the caller passes NULL or an error of this library that is not freed yet.
        let error = unsafe { peek(error) };
        error.map_or(Status::Ok, |error| error.status)
    })
}

/// What went wrong and where, for people: one line of UTF-8, ended by a NUL. It lives until the error is freed. NULL
/// gives an empty text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_error_message(error: *const Error) -> *const c_char {
    or_else(c"".as_ptr(), || {
        // SAFETY: the caller passes NULL or an error of this library that is not freed yet.
        let error = unsafe { peek(error) };
        error.map_or(c"".as_ptr(), |error| error.message.as_ptr())
    })
}

/// The same for programs: a JSON object with `code`, `name`, `message`, `argument` (the parameter or option at fault,
/// or null) and `line` (in that argument, or null), ended by a NUL. It lives until the error is freed. NULL gives an
/// empty text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_error_detail(error: *const Error) -> *const c_char {
    or_else(c"".as_ptr(), || {
        // SAFETY: the caller passes NULL or an error of this library that is not freed yet.
        let error = unsafe { peek(error) };
        error.map_or(c"".as_ptr(), |error| error.detail.as_ptr())
    })
}

/// Frees an error. NULL is fine. Free it once, and use neither it nor its texts afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_error_free(error: *mut Error) {
    // SAFETY: the caller passes NULL or an error of this library, and does not use it again.
    unsafe { free(error) }
}
