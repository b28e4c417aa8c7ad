//! What callers get: handles, each with a tag that says its kind, and the places they are written to.

use std::ptr::NonNull;

use crate::boundary::{Failure, or_else};
use crate::{Client, Error, Estate, Inventory, Report, Status, Store, Text};

/// A kind of handle.
pub(crate) trait Handle {
    /// Stands before every value of the kind, so that a handle of another kind is told and not used.
    const TAG: u64;
    /// The name in C.
    const NAME: &str;
}

/// One line for each kind of handle.
macro_rules! handles {
    ($($kind:ty: $tag:literal, $name:literal;)*) => {
        $(impl Handle for $kind {
            const TAG: u64 = u64::from_be_bytes(*$tag);
            const NAME: &str = $name;
        })*
    };
}

handles! {
    Client: b"vtClient", "vitrust_client";
    Error: b"vtError_", "vitrust_error";
    Estate: b"vtEstate", "vitrust_estate";
    Inventory: b"vtInvent", "vitrust_inventory";
    Report: b"vtReport", "vitrust_report";
    Store: b"vtStore_", "vitrust_store";
    Text: b"vtString", "vitrust_string";
}

/// What a handle points to.
#[repr(C)]
struct Tagged<T> {
    /// INVARIANT: first in memory, whatever `T` is.
    tag: u64,
    value: T,
}

/// Where the caller wants a handle: NULL until [`put`](Self::put) writes it.
#[derive(Debug)]
pub(crate) struct Out<T> {
    /// INVARIANT: points to memory for one pointer that the caller lets us write until the call returns.
    place: NonNull<*mut T>,
}

impl<T: Handle> Out<T> {
    /// Takes the caller's place and writes NULL there; `None` when the caller gave none, or no place at all.
    ///
    /// # Safety
    /// `place` is NULL or may be written until the call returns.
    pub(crate) unsafe fn new(place: *mut *mut T) -> Option<Self> {
        let place = NonNull::new(place).filter(|place| place.is_aligned())?;
        // SAFETY: by this function's contract the place may be written.
        unsafe { place.write(std::ptr::null_mut()) };
        Some(Self { place })
    }

    /// Hands `value` to the caller, who frees it.
    pub(crate) fn put(self, value: T) {
        let owned = Box::into_raw(Box::new(Tagged { tag: T::TAG, value }));
        // SAFETY: by the INVARIANT the place may be written.
        unsafe { self.place.write(owned.cast()) };
    }
}

/// Where the caller wants a plain value: its default until [`put`](Self::put) writes it.
#[derive(Debug)]
pub(crate) struct OutValue<T> {
    /// INVARIANT: points to memory for one value that the caller lets us write until the call returns.
    place: NonNull<T>,
}

impl<T> OutValue<T> {
    /// Takes the caller's place and writes `nothing` there; `None` when the caller gave none, or no place at all.
    ///
    /// # Safety
    /// `place` is NULL or may be written until the call returns.
    pub(crate) unsafe fn new(place: *mut T, nothing: T) -> Option<Self> {
        let place = NonNull::new(place).filter(|place| place.is_aligned())?;
        // SAFETY: by this function's contract the place may be written.
        unsafe { place.write(nothing) };
        Some(Self { place })
    }

    /// Gives `value` to the caller.
    pub(crate) fn put(self, value: T) {
        // SAFETY: by the INVARIANT the place may be written.
        unsafe { self.place.write(value) };
    }
}

/// The output `name`, which the caller must want.
pub(crate) fn required<T>(name: &str, out: Option<T>) -> Result<T, Failure> {
    out.ok_or_else(|| Failure::null(name))
}

/// The caller's handle, which must not be NULL.
///
/// # Safety
/// `handle` is NULL or was handed out by this library and is not freed before the call returns.
pub(crate) unsafe fn handle<'a, T: Handle>(name: &str, handle: *const T) -> Result<&'a T, Failure> {
    if handle.is_null() {
        return Err(Failure::null(name));
    }
    // SAFETY: by this function's contract.
    unsafe { peek(handle) }
        .ok_or_else(|| Failure::new(Status::Argument, name, format!("`{name}` is not a {}", T::NAME)))
}

/// The caller's handle; `None` for NULL and for one of another kind.
///
/// # Safety
/// As [`handle`].
pub(crate) unsafe fn peek<'a, T: Handle>(handle: *const T) -> Option<&'a T> {
    let tag = handle.cast::<u64>();
    if handle.is_null() || !tag.is_aligned() {
        return None;
    }
    // SAFETY: every handle of this library begins with its tag.
    if unsafe { tag.read() } != T::TAG {
        return None;
    }
    // SAFETY: the tag says that this was made by `Out::put` of the same kind.
    let tagged = unsafe { &*handle.cast::<Tagged<T>>() };
    Some(&tagged.value)
}

/// Takes a handle back and frees it. NULL is fine; a handle of another kind stays as it is.
///
/// # Safety
/// `handle` is NULL or was handed out by [`Out::put`], and is not used again.
pub(crate) unsafe fn free<T: Handle>(handle: *mut T) {
    or_else((), || {
        // SAFETY: by this function's contract.
        if unsafe { peek(handle) }.is_some() {
            // SAFETY: the tag says that this was made by `Out::put` of the same kind, and the box is ours again.
            drop(unsafe { Box::from_raw(handle.cast::<Tagged<T>>()) });
        }
    });
}
