//! A failure as an object of its own: no thread-local state, so it survives a change of threads.

use std::ffi::{CString, c_char};

use serde::Serialize;
use vitrust::text::{beginning, shown};

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

/// Why a call failed, as JSON.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ErrorDetail<'f> {
    /// The parameter or option at fault.
    argument: Option<String>,
    /// The stable number.
    code: i32,
    /// The line in it, from 1.
    line: Option<u32>,
    /// What went wrong and where.
    message: &'f str,
    /// Its stable name.
    name: &'f str,
}

/// The longest message, in characters. Callers and servers may put megabytes into one.
const LONGEST: usize = 16_384;

/// Words for people as one line that no console takes for a command: they may be a caller's or a server's.
fn one_line(words: &str) -> String {
    let part = beginning(words, LONGEST);
    let end = if part.len() < words.len() { " ..." } else { "" };
    format!("{}{end}", shown(part))
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let message = one_line(&failure.message);
        let detail = ErrorDetail {
            argument: failure.argument.as_deref().map(one_line),
            code: failure.status.number(),
            line: failure.line,
            message: &message,
            name: failure.status.name(),
        };
        // A struct of texts and numbers is always JSON.
        let detail = serde_json::to_string(&detail).unwrap_or_default();
        Self { status: failure.status, message: c_text(&message), detail: c_text(&detail) }
    }
}

/// The status that the failed call returned. NULL gives VITRUST_STATUS_OK, a handle of another kind
/// VITRUST_STATUS_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_error_code(error: *const Error) -> Status {
    let is_null = error.is_null();
    or_else(Status::Panic, || {
        // SAFETY: the caller passes NULL or an error of this library that is not freed yet.
        let error = unsafe { peek(error) };
        match error {
            Some(error) => error.status,
            None if is_null => Status::Ok,
            None => Status::Argument,
        }
    })
}

/// What went wrong and where, for people: one line of UTF-8, ended by a NUL. It is valid until the error is freed. NULL
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
/// or null) and `line` (in that argument, or null), ended by a NUL. It is valid until the error is freed. NULL gives an
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
