//! The border between C and Rust: borrowing inputs and stopping panics.

use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;
use std::str;

use vitrust::cert::CertificateError;
use vitrust::net::{NetError, Secret};

use crate::out::Out;
use crate::{Error, Status};

/// A call that could not do what was asked: what the caller's error object is made from.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: Status,
    pub(crate) message: String,
    /// The parameter or option at fault.
    pub(crate) argument: Option<String>,
    /// The line in it, from 1.
    pub(crate) line: Option<u32>,
}

impl Failure {
    pub(crate) fn new(status: Status, argument: &str, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), argument: Some(argument.to_owned()), line: None }
    }

    /// A failure of the library at this argument.
    pub(crate) fn from_core(argument: &str, error: &vitrust::Error) -> Self {
        let line = match error {
            vitrust::Error::Pem(pem) | vitrust::Error::Certificate(CertificateError::Pem(pem)) => Some(pem.line()),
            vitrust::Error::Net(NetError::Inventory { line, .. }) => line.and_then(|line| u32::try_from(line).ok()),
            vitrust::Error::Whole(whole) => whole.line(),
            vitrust::Error::Certificate(_)
            | vitrust::Error::Store(_)
            | vitrust::Error::Path(_)
            | vitrust::Error::Time(_)
            | vitrust::Error::ServerName(_)
            | vitrust::Error::Profile(_)
            | vitrust::Error::Option(_)
            | vitrust::Error::Thresholds(_)
            | vitrust::Error::File(_)
            | vitrust::Error::Net(_)
            | vitrust::Error::Call(_)
            | vitrust::Error::Render(_)
            | vitrust::Error::Estate(_) => None,
        };
        Self { line, ..Self::new(error.code().into(), argument, error.to_string()) }
    }

    /// A failure of a server or on the way to it, which is no argument's fault.
    pub(crate) fn remote(error: &vitrust::Error) -> Self {
        Self { argument: None, ..Self::from_core("", error) }
    }

    /// Something that cannot happen did.
    pub(crate) fn defect(what: impl std::fmt::Display) -> Self {
        Self { status: Status::Panic, message: format!("internal error: {what}"), argument: None, line: None }
    }

    pub(crate) fn null(argument: &str) -> Self {
        Self::new(Status::NullPointer, argument, format!("`{argument}` is NULL"))
    }
}

/// Runs a call: its failure, or a panic, becomes the status and, if the caller wants one, an error object.
pub(crate) fn guard(error_out: Option<Out<Error>>, body: impl FnOnce() -> Result<(), Failure>) -> Status {
    // Nothing that the body borrows is looked at again after a panic, except to free it.
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return Status::Ok,
        Ok(Err(failure)) => failure,
        Err(payload) => panicked(&*payload),
    };
    let status = failure.status;
    if let Some(out) = error_out {
        out.put(failure.into());
    }
    status
}

/// What a panic said.
pub(crate) fn panicked(payload: &(dyn std::any::Any + Send)) -> Failure {
    let fixed = payload.downcast_ref::<&str>().copied();
    let what = fixed.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    Failure::defect(what.unwrap_or("no message"))
}

/// Runs a getter; a panic becomes `fallback`.
pub(crate) fn or_else<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(fallback)
}

/// The caller's bytes; `(NULL, 0)` is none.
///
/// # Safety
/// `data` is NULL or points to `len` bytes that stay as they are until the call returns.
pub(crate) unsafe fn bytes<'a>(name: &str, data: *const u8, len: usize) -> Result<&'a [u8], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(Failure::new(Status::NullPointer, name, format!("`{name}` is NULL, and its length is {len}")));
    }
    if isize::try_from(len).is_err() {
        return Err(Failure::new(Status::Length, name, format!("`{name}` cannot have {len} bytes")));
    }
    // SAFETY: not NULL, not longer than an object can be, and by this function's contract valid for reading.
    Ok(unsafe { slice::from_raw_parts(data, len) })
}

/// The caller's text.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn text<'a>(name: &str, data: *const c_char, len: usize) -> Result<&'a str, Failure> {
    // SAFETY: by this function's contract.
    let bytes = unsafe { bytes(name, data.cast(), len) }?;
    str::from_utf8(bytes).map_err(|error| Failure::new(Status::Utf8, name, format!("`{name}` is not UTF-8: {error}")))
}

/// The caller's password, session or key. Messages name it and never repeat it.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn secret(name: &str, data: *const c_char, len: usize) -> Result<Secret, Failure> {
    // SAFETY: by this function's contract.
    let bytes = unsafe { bytes(name, data.cast(), len) }?;
    let refused = |reason: &str| Failure::new(Status::Argument, name, format!("`{name}` {reason}"));
    let text = str::from_utf8(bytes).map_err(|_| Failure { status: Status::Utf8, ..refused("is not UTF-8") })?;
    if text.contains('\0') {
        return Err(refused("contains a NUL: its length is too long"));
    }
    Ok(Secret::from(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::*;

    /// Runs `body` as a call would and returns the status and the error's parts.
    fn run(body: impl FnOnce() -> Result<(), Failure>) -> (Status, Option<serde_json::Value>) {
        let mut error: *mut Error = ptr::dangling_mut();
        // SAFETY: `error` is ours.
        let out = unsafe { Out::new(&raw mut error) };
        let status = guard(out, body);
        if error.is_null() {
            return (status, None);
        }
        // SAFETY: the call has put an error there.
        let detail = unsafe { crate::vitrust_error_detail(error) };
        // SAFETY: the text ends in a NUL and lives as long as the error.
        let detail = unsafe { std::ffi::CStr::from_ptr(detail) }.to_str().expect("UTF-8").to_owned();
        // SAFETY: not used again.
        unsafe { crate::vitrust_error_free(error) };
        (status, Some(serde_json::from_str(&detail).expect("JSON")))
    }

    #[test]
    fn a_panic_becomes_a_status_and_an_error_object() {
        let (status, detail) = run(|| panic!("block {}", 7));
        assert_eq!(status, Status::Panic);
        let detail = detail.expect("an error object");
        assert_eq!(detail["message"], "internal error: block 7");
        assert_eq!((detail["code"].as_i64(), detail["name"].as_str()), (Some(1), Some("panic")));
        assert_eq!(guard(None, || panic!("nobody wants the error")), Status::Panic);
        assert_eq!(or_else(5, || panic!("in a getter")), 5);
    }

    #[test]
    fn success_leaves_the_error_null() {
        assert_eq!(run(|| Ok(())), (Status::Ok, None));
    }

    #[test]
    fn null_with_a_length_and_impossible_lengths_are_refused() {
        // SAFETY: a NULL pointer and a length of none are allowed.
        let empty = unsafe { bytes("pem", ptr::null(), 0) };
        assert_eq!(empty.expect("an empty input"), b"");
        // SAFETY: NULL is allowed.
        let null = unsafe { bytes("pem", ptr::null(), 1) };
        assert_eq!(null.expect_err("no bytes there").status, Status::NullPointer);
        // SAFETY: the length is refused before anything is read.
        let long = unsafe { bytes("pem", ptr::dangling(), usize::MAX) };
        assert_eq!(long.expect_err("too long").status, Status::Length);
    }
}
