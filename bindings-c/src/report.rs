//! Reports: JSON that is read whole, or an item at a time.

use std::collections::BTreeMap;
use std::ffi::{CString, c_char};
use std::ops::Range;
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::boundary::{Failure, guard, or_else, text};
use crate::out::{Out, OutValue, free, handle, peek, required};
use crate::string::c_text;
use crate::{Error, Status};

/// What a call found out, as JSON. It never changes after it was made, so any number of threads may use one at the same
/// time. Whoever received it frees it with vitrust_report_free.
#[derive(Debug)]
pub struct Report {
    text: CString,
    /// The items of the sections that were asked for: looking for them costs a pass over the text.
    sections: Mutex<BTreeMap<String, Arc<[Range<usize>]>>>,
}

/// The most sections whose items are remembered.
const SECTIONS: usize = 64;

/// The whole report as JSON text, ended by a NUL. It is valid until the report is freed. NULL gives NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_data(report: *const Report) -> *const c_char {
    or_else(ptr::null(), || {
        // SAFETY: the caller passes NULL or a report that is not freed yet.
        let report = unsafe { peek(report) };
        report.map_or(ptr::null(), |report| report.text.as_ptr())
    })
}

/// The length of the whole report in bytes, without the NUL. NULL gives 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_len(report: *const Report) -> usize {
    or_else(0, || {
        // SAFETY: the caller passes NULL or a report that is not freed yet.
        let report = unsafe { peek(report) };
        report.map_or(0, |report| report.text.as_bytes().len())
    })
}

/// How many items a section has. An array has its items; any other value is one item; what is absent or null has none.
///
/// section, section_len: the keys that lead to it, joined by dots: "findings", "matrix.parties". Empty for the whole
/// report, which is an array in some calls.
/// count_out: receives the number. 0 unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_count(
    report: *const Report,
    section: *const c_char,
    section_len: usize,
    count_out: *mut usize,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one number.
    let count_out = unsafe { OutValue::new(count_out, 0) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let count_out = required("count_out", count_out)?;
        // SAFETY: the caller keeps the report until the call returns.
        let report = unsafe { handle("report", report) }?;
        // SAFETY: the caller lends `section_len` bytes for this call.
        let section = unsafe { text("section", section, section_len) }?;
        count_out.put(report.items(section)?.len());
        Ok(())
    })
}

/// One item of a section as JSON text. Reports of large estates take megabytes; their items are small.
///
/// section, section_len: as in vitrust_report_count.
/// index: from 0; the order is the report's.
/// item_out, item_len_out: receive the text and its length in bytes. It is part of the report's own text: it is
/// valid until the report is freed, and there is no NUL after it. NULL and 0 unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails with VITRUST_STATUS_ARGUMENT when there is no such item. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_item(
    report: *const Report,
    section: *const c_char,
    section_len: usize,
    index: usize,
    item_out: *mut *const c_char,
    item_len_out: *mut usize,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let item_out = unsafe { OutValue::new(item_out, ptr::null()) };
    // SAFETY: the caller passes NULL or a place for one number.
    let item_len_out = unsafe { OutValue::new(item_len_out, 0) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let item_out = required("item_out", item_out)?;
        let item_len_out = required("item_len_out", item_len_out)?;
        // SAFETY: the caller keeps the report until the call returns.
        let report = unsafe { handle("report", report) }?;
        // SAFETY: the caller lends `section_len` bytes for this call.
        let section = unsafe { text("section", section, section_len) }?;
        let item = report.item(section, index)?;
        item_out.put(item.as_ptr().cast());
        item_len_out.put(item.len());
        Ok(())
    })
}

/// Frees a report. NULL is fine. Free it once, and use neither it nor its texts afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_report_free(report: *mut Report) {
    // SAFETY: the caller passes NULL or a report of this library, and does not use it again.
    unsafe { free(report) }
}

impl Report {
    /// `value` as JSON text.
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Failure> {
        Ok(Self::new(&vitrust::json::text(value).map_err(Failure::defect)?))
    }

    /// JSON text that the library wrote.
    pub(crate) fn new(json: &str) -> Self {
        Self { text: c_text(json), sections: Mutex::default() }
    }

    /// JSON text that somebody kept.
    pub(crate) fn kept(json: &[u8]) -> Result<Self, Failure> {
        let text = std::str::from_utf8(json)
            .map_err(|error| Failure::new(Status::Utf8, "data", format!("`data` is not UTF-8: {error}")))?;
        let read: Result<&RawValue, _> = serde_json::from_str(text);
        let line = |error: &serde_json::Error| u32::try_from(error.line()).ok();
        read.map_err(|error| Failure {
            line: line(&error),
            ..Failure::new(Status::Json, "data", format!("`data` is not JSON: {error}"))
        })?;
        Ok(Self::new(text))
    }

    pub(crate) fn text(&self) -> Result<&str, Failure> {
        self.text.to_str().map_err(Failure::defect)
    }

    fn item(&self, section: &str, index: usize) -> Result<&str, Failure> {
        let items = self.items(section)?;
        let range = items.get(index).cloned().ok_or_else(|| {
            let count = items.len();
            Failure::new(
                Status::Argument,
                "index",
                format!("there is no item {index} in `{section}`, which has {count}"),
            )
        })?;
        // Only the item is looked at: a check of the whole text for each would cost its length each time.
        let item = self.text.as_bytes().get(range).unwrap_or_default();
        std::str::from_utf8(item).map_err(Failure::defect)
    }

    /// Where the items of a section are in the text.
    fn items(&self, section: &str) -> Result<Arc<[Range<usize>]>, Failure> {
        let mut sections = self.sections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = sections.get(section) {
            return Ok(Arc::clone(known));
        }
        let found: Arc<[Range<usize>]> = find(self.text()?, section).map_err(Failure::defect)?.into();
        if sections.len() < SECTIONS {
            sections.insert(section.to_owned(), Arc::clone(&found));
        }
        Ok(found)
    }
}

/// The items of a section of JSON text, each as the range where it stands.
fn find(json: &str, section: &str) -> serde_json::Result<Vec<Range<usize>>> {
    let mut value: &RawValue = serde_json::from_str(json)?;
    for key in section.split('.').filter(|key| !key.is_empty()) {
        if !value.get().starts_with('{') {
            return Ok(Vec::new());
        }
        let mut members: BTreeMap<String, &RawValue> = serde_json::from_str(value.get())?;
        let Some(member) = members.remove(key) else { return Ok(Vec::new()) };
        value = member;
    }
    let range = |value: &RawValue| {
        // A borrowed value is a part of the text it was read from.
        let start = value.get().as_ptr().addr() - json.as_ptr().addr();
        start..start + value.get().len()
    };
    Ok(match value.get() {
        "null" => Vec::new(),
        text if text.starts_with('[') => serde_json::from_str::<Vec<&RawValue>>(text)?.into_iter().map(range).collect(),
        _ => vec![range(value)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_found_by_their_keys() {
        let json = r#"{"findings": [{"id": "VT1"}, {"id": "VT2"}], "matrix": {"parties": ["a", "b"], "at": "2026"}, "none": null}"#;
        let report = Report::new(json);
        let items = |section: &str| {
            let count = report.items(section).expect("JSON").len();
            (0..count).map(|index| report.item(section, index).expect("an item").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(items("findings"), [r#"{"id": "VT1"}"#, r#"{"id": "VT2"}"#]);
        assert_eq!(items("matrix.parties"), [r#""a""#, r#""b""#]);
        assert_eq!(items("matrix.at"), [r#""2026""#]);
        assert_eq!(items("matrix").len(), 1);
        assert_eq!(items(""), [json]);
        for absent in ["none", "nothing", "findings.id", "matrix.parties.a", "matrix.at.x"] {
            assert!(items(absent).is_empty(), "{absent}");
        }
        let failure = report.item("findings", 2).expect_err("there are two");
        assert_eq!((failure.status, failure.argument.as_deref()), (Status::Argument, Some("index")));
    }

    #[test]
    fn an_array_is_its_own_section() {
        let report = Report::new("[1, [2], \"\u{fc}\"]");
        assert_eq!(report.items("").expect("JSON").len(), 3);
        assert_eq!(report.item("", 2).expect("an item"), "\"\u{fc}\"");
    }
}
