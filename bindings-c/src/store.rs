//! Trust stores and the verification of chains against them.

use std::ffi::c_char;
use std::sync::Arc;

use vitrust::path::SignatureMemo;
use vitrust::{TrustStore, Verifier};

use crate::boundary::{Failure, bytes, guard, or_else};
use crate::options::{DescribeOptions, ReadOptions, VerifyOptions};
use crate::out::{Out, free, handle, peek, required};
use crate::{Error, Report, Status, input};

/// A set of trust anchors. It never changes after it was made, so any number of threads may use one at the same time.
/// Whoever received it frees it with vitrust_store_free, when no thread uses it any more.
#[derive(Debug)]
pub struct Store {
    anchors: TrustStore,
    /// Signatures checked before: the same chain is judged faster the second time.
    memo: Arc<SignatureMemo>,
}

impl Store {
    pub(crate) fn anchors(&self) -> &TrustStore {
        &self.anchors
    }
}

/// Makes a trust store from what an administrator has: PEM text such as a castore.pem, DER, PKCS#7, or an export of
/// TRUSTED_ROOTS. The shape is determined by the content. Text around PEM blocks is ignored. A block that cannot be read
/// does not hide the others: see vitrust_store_describe.
///
/// data, data_len: the input; borrowed for this call. NULL with length 0 is an empty input.
/// options, options_len: a JSON object or nothing (NULL with length 0). Its keys:
///   "source"  what the input is called in messages, for example "castore.pem"
///   "store"   the VECS store of a listing that has the anchors: "TRUSTED_ROOTS" (the default) or another
///   "shape"   what the input must be, if its content should not decide: "pem", "der", "pkcs7", "vecs-list",
///             "vecs-dump", "store-loop", "dir-cli-list", "download-zip", "trusted-root-chain", "power-cli-json",
///             "power-cli-csv"
/// store_out: receives the store, to be freed with vitrust_store_free. NULL unless the call returns OK.
/// error_out: receives the error, to be freed with vitrust_error_free. NULL if it returns OK. May itself be NULL.
///
/// Fails with VITRUST_STATUS_STORE when the input holds nothing that is, or fails to be, a certificate. May be called
/// from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_store_from_bytes(
    data: *const u8,
    data_len: usize,
    options: *const c_char,
    options_len: usize,
    store_out: *mut *mut Store,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let store_out = unsafe { Out::new(store_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let store_out = required("store_out", store_out)?;
        // SAFETY: the caller lends `data_len` bytes for this call.
        let data = unsafe { bytes("data", data, data_len) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        store_out.put(Store::from_bytes(data, &ReadOptions::from_json(options)?)?);
        Ok(())
    })
}

/// How many distinct trust anchors the store has. NULL gives 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_store_len(store: *const Store) -> usize {
    or_else(0, || {
        // SAFETY: the caller passes NULL or a store that is not freed before the call returns.
        let store = unsafe { peek(store) };
        store.map_or(0, |store| store.anchors.len())
    })
}

/// What the store holds, and what else was in the input.
///
/// options, options_len: a JSON object or nothing (NULL with length 0). Its key:
///   "at"  a time, RFC 3339 or a date: what is wrong with the store by itself then is added
/// report_out: receives a report, to be freed with vitrust_report_free. NULL unless the call returns OK. Its sections:
/// "certificates" (the anchors: subject, sha1, not_after, pem and more, each with its place), "crls", "set_aside"
/// (certificates of other VECS stores, which are not anchors), "dumped" (entries known only from a printed text),
/// "without_certificate" (secret keys and pending requests of VECS by place, never what they hold), "unreadable" (place and reason; empty when nothing was lost) and, with "at", "lint".
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_store_describe(
    store: *const Store,
    options: *const c_char,
    options_len: usize,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller keeps the store until the call returns.
        let store = unsafe { handle("store", store) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        let at = DescribeOptions::from_json(options)?.at()?;
        report_out.put(Report::of(&store.anchors.describe(at))?);
        Ok(())
    })
}

/// Judges a presented chain against the store: what would this consumer decide at this time, and why? An untrusted
/// chain is an answer, not a failure: the call returns VITRUST_STATUS_OK and the report says so.
///
/// chain, chain_len: PEM text, DER or PKCS#7, the end-entity certificate first and the rest in any order; borrowed for
/// this call. A block that cannot be read is an error.
/// options, options_len: a JSON object. Its keys, of which only "at" is required:
///   "at"          the verification time, RFC 3339 or a date: "2026-06-01T12:00:00Z"
///   "profile"     whose rules: "strict" (the default), "openssl", "java", "go", "webpki"
///   "purpose"     "server" (the default), "client", "ca", "any"
///   "name"        the DNS name or IP address the end-entity certificate must carry
///   "crls"        an array of PEM texts with CRLs; each must be readable as a whole
///   "revocation"  "if-present" (the default), or "required": every certificate below the anchor needs a CRL
///   "max_depth"   the most certificates between end-entity and anchor
///   "policies"    an array of acceptable certificate policies, "2.5.29.32.0" for instance; none means any
///   "explicit_policy", "inhibit_policy_mapping", "inhibit_any_policy"
///                 true or false (the default): the other policy inputs of RFC 5280 section 6.1.1
/// An unknown key is an error.
/// report_out: receives a report, to be freed with vitrust_report_free. NULL unless the call returns OK. Its keys:
/// "state" ("trusted", "untrusted", or "unknown" if the store or the chain has parts that could not be examined), "trusted",
/// "profile", "purpose", "at", "path" (end-entity first), "rejections" (nearest miss first), "change" (the one change that
/// would make the chain trusted, or null), "public_ca" (the publicly trusted CA that a refused chain ends in, or null),
/// "missing" (what must be known for an answer), "unread" (what of the chain was not read) and "reason" (the same in one sentence).
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread, also at the same time on one store.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_store_verify(
    store: *const Store,
    chain: *const u8,
    chain_len: usize,
    options: *const c_char,
    options_len: usize,
    report_out: *mut *mut Report,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let report_out = unsafe { Out::new(report_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let report_out = required("report_out", report_out)?;
        // SAFETY: the caller keeps the store until the call returns.
        let store = unsafe { handle("store", store) }?;
        // SAFETY: the caller lends `chain_len` bytes for this call.
        let chain = unsafe { bytes("chain", chain, chain_len) }?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { bytes("options", options.cast(), options_len) }?;
        report_out.put(store.verify(chain, &VerifyOptions::from_json(options)?)?);
        Ok(())
    })
}

/// Frees a store. NULL is fine. Free it once, when no thread uses it any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_store_free(store: *mut Store) {
    // SAFETY: the caller passes NULL or a store of this library, and does not use it again.
    unsafe { free(store) }
}

impl Store {
    fn from_bytes(data: &[u8], options: &ReadOptions) -> Result<Self, Failure> {
        let anchors = input::store("data", data, options)?;
        Ok(Self { anchors, memo: Arc::default() })
    }

    fn verify(&self, chain: &[u8], options: &VerifyOptions) -> Result<Report, Failure> {
        let chain = input::chain("chain", chain)?;
        let verifier = Verifier::with_memo(&self.anchors, Arc::clone(&self.memo));
        let verdict = verifier.explain_presented(&chain, &options.as_core());
        Report::of(&verdict.map_err(|error| Failure::from_core("chain", &error.into()))?)
    }
}
