//! A C caller gone wild: calls in any order, with any text, NULLs, impossible lengths and handles of the wrong kind.
//!
//! What the header promises holds for each call: no panic comes through, a failure leaves outputs NULL and has an error
//! object that says the same number, success has none, and texts are UTF-8 that end where they say. Each handle is freed
//! once. Nothing here reaches for a network: what would collect or connect gets no inventory, and what is probed is no
//! endpoint.

use std::collections::VecDeque;
use std::ffi::{CStr, c_char, c_void};
use std::{ptr, slice, str};

#[path = "abi/samples.rs"]
mod samples;

use samples::{ASSESS, AT, FAILS, INVENTORY, PATHS, READ, RENDER, REPORTS, SECTIONS, SETTINGS, VERIFY, WORDS};
use vitrust_c::{
    Client, Error, Estate, Inventory, Report, Status, Store, Text, vitrust_client_free, vitrust_error_code,
    vitrust_error_detail, vitrust_error_free, vitrust_error_message, vitrust_estate_free, vitrust_inventory_free,
    vitrust_inventory_len, vitrust_report_data, vitrust_report_free, vitrust_report_len, vitrust_store_free,
    vitrust_store_len, vitrust_string_data, vitrust_string_free, vitrust_string_len,
};

/// The most calls of one input, so that each ends soon.
const CALLS: usize = 48;

/// Plays the input: a byte that picks a call, then what its arguments take, and so on.
pub(crate) fn run(input: &[u8]) {
    let mut caller = Caller { input: input.to_vec().into(), handles: Vec::new() };
    for _ in 0..CALLS {
        if caller.input.is_empty() {
            break;
        }
        let call = usize::from(caller.byte());
        TABLE[call % TABLE.len()](&mut caller);
    }
    // In no order of theirs: no handle needs another to be there.
    while let Some(handle) = caller.handles.pop() {
        handle.free();
    }
}

type Call = fn(&mut Caller);

/// Every function that is not a getter; after each call the getters are tried on what it made.
const TABLE: [Call; 27] = [
    Caller::certificates_read,
    Caller::store_from_bytes,
    Caller::store_describe,
    Caller::store_verify,
    Caller::estate_from_json,
    Caller::estate_load,
    Caller::estate_json,
    Caller::estate_describe,
    Caller::estate_assess,
    Caller::report_count,
    Caller::report_item,
    Caller::inventory_new,
    Caller::inventory_load,
    Caller::inventory_from_environment,
    Caller::inventory_add,
    Caller::inventory_add_session,
    Caller::schema,
    Caller::probe,
    Caller::collect,
    Caller::client_open,
    Caller::client_read,
    Caller::client_change,
    Caller::free_one,
    Caller::estate_from_store,
    Caller::report_from_json,
    Caller::report_render,
    Caller::report_fails,
];

/// A kind of handle with its free.
trait Kind {
    const NAME: &str;
    const FREE: unsafe extern "C" fn(*mut Self);
}

macro_rules! kinds {
    ($($kind:ident: $free:ident;)*) => {
        $(impl Kind for $kind {
            const NAME: &str = stringify!($kind);
            const FREE: unsafe extern "C" fn(*mut Self) = $free;
        })*
    };
}

kinds! {
    Client: vitrust_client_free;
    Error: vitrust_error_free;
    Estate: vitrust_estate_free;
    Inventory: vitrust_inventory_free;
    Report: vitrust_report_free;
    Store: vitrust_store_free;
    Text: vitrust_string_free;
}

/// A handle of the library that is not freed yet.
struct Handle {
    kind: &'static str,
    pointer: *mut c_void,
    release: fn(*mut c_void),
}

impl Handle {
    fn new<T: Kind>(pointer: *mut T) -> Self {
        let release = |pointer: *mut c_void| {
            // SAFETY: the handle is of this kind, and is not used again.
            unsafe { T::FREE(pointer.cast()) }
        };
        Self { kind: T::NAME, pointer: pointer.cast(), release }
    }

    fn free(self) {
        // A free of another kind leaves a handle alone, so it must still be there for the right one.
        if self.kind == Store::NAME {
            // SAFETY: the header allows it: a handle of another kind stays as it is.
            unsafe { vitrust_error_free(self.pointer.cast()) };
        }
        (self.release)(self.pointer);
    }
}

/// Bytes as C lends them; `data` may be NULL and `len` may lie, where the library must notice.
struct Lent {
    _owner: Vec<u8>,
    data: *const u8,
    len: usize,
}

impl Lent {
    fn of(owner: Vec<u8>) -> Self {
        Self { data: owner.as_ptr(), len: owner.len(), _owner: owner }
    }

    fn text(&self) -> *const c_char {
        self.data.cast()
    }
}

struct Caller {
    input: VecDeque<u8>,
    handles: Vec<Handle>,
}

/// Calls a function of the library with its outputs behind the arguments, and checks what came of it.
macro_rules! call {
    ($caller:ident, $made:ty, $function:ident($($argument:expr),*)) => {{
        let (mut made, mut error): (*mut $made, *mut Error) = (ptr::dangling_mut(), ptr::dangling_mut());
        let (made_out, error_out) = $caller.outputs(&raw mut made, &raw mut error);
        // SAFETY: what is lent lives through the call, handles are the library's or NULL, outputs are places of ours.
        let status = unsafe { vitrust_c::$function($($argument,)* made_out, error_out) };
        if !made_out.is_null() {
            $caller.keep(status, made);
        }
        $caller.check(status, !made_out.is_null(), error_out.is_null(), error);
        status
    }};
}

impl Caller {
    /// The next byte; 0 behind the end.
    fn byte(&mut self) -> u8 {
        self.input.pop_front().unwrap_or(0)
    }

    /// The next text: nothing, a NULL with a length, a length no memory has, bytes of the input, or a sample.
    fn text(&mut self, samples: &[&str]) -> Lent {
        match self.byte() {
            0 => Lent { data: ptr::null(), ..Lent::of(Vec::new()) },
            1 => Lent { data: ptr::null(), len: 7, ..Lent::of(Vec::new()) },
            2 => Lent { len: usize::MAX - 7, ..Lent::of(vec![b'x']) },
            3 => {
                let length = usize::from(u16::from_be_bytes([self.byte(), self.byte()]));
                Lent::of(self.input.drain(..length.min(self.input.len())).collect())
            }
            other => Lent::of(samples[usize::from(other - 4) % samples.len()].as_bytes().to_vec()),
        }
    }

    /// A handle: mostly the latest of its kind, else NULL or any.
    fn handle<T: Kind>(&mut self) -> *mut T {
        let own = self.handles.iter().rev().find(|handle| handle.kind == T::NAME);
        let own = own.map_or(ptr::null_mut(), |handle| handle.pointer.cast());
        match usize::from(self.byte()) {
            0..=199 => own,
            200..=209 => ptr::null_mut(),
            other => self.handles.get(other - 210).map_or(own, |handle| handle.pointer.cast()),
        }
    }

    /// NULL or a handle of any kind but this.
    fn wrong<T: Kind>(&mut self) -> *mut T {
        let place = usize::from(self.byte());
        let other = self.handles.get(place).filter(|handle| handle.kind != T::NAME);
        other.map_or(ptr::null_mut(), |handle| handle.pointer.cast())
    }

    /// The places for outputs, either of which may be NULL.
    fn outputs<T>(&mut self, made: *mut *mut T, error: *mut *mut Error) -> (*mut *mut T, *mut *mut Error) {
        let choice = self.byte();
        (if choice == 1 { ptr::null_mut() } else { made }, if choice == 2 { ptr::null_mut() } else { error })
    }

    /// A handle is there exactly when the call says so.
    fn keep<T: Kind>(&mut self, status: Status, made: *mut T) {
        assert_eq!(status == Status::Ok, !made.is_null(), "{status:?} and a {}", T::NAME);
        if !made.is_null() {
            self.handles.push(Handle::new(made));
            getters(made.cast());
        }
    }

    /// The status is no panic, and the error object says the same.
    fn check(&mut self, status: Status, made_wanted: bool, error_unwanted: bool, error: *mut Error) {
        assert_ne!(status, Status::Panic, "a panic was stopped at the border");
        assert!(made_wanted || status != Status::Ok, "an output that is needed was not asked for");
        if error_unwanted {
            return;
        }
        assert_eq!(status == Status::Ok, error.is_null(), "{status:?} and an error object");
        if !error.is_null() {
            // SAFETY: the call put an error there.
            assert_eq!(unsafe { vitrust_error_code(error) }, status);
            self.handles.push(Handle::new(error));
            getters(error.cast());
        }
    }
}

/// Every getter takes every handle, and answers with nothing when it is of another kind.
fn getters(handle: *const c_void) {
    // SAFETY: a handle of the library, of whatever kind.
    let numbers = unsafe { (vitrust_store_len(handle.cast()), vitrust_inventory_len(handle.cast())) };
    assert!(numbers.0 == 0 || numbers.1 == 0, "a handle of two kinds");
    // SAFETY: as above.
    let (report, string) = unsafe { (vitrust_report_data(handle.cast()), vitrust_string_data(handle.cast())) };
    // SAFETY: as above.
    let lengths = unsafe { (vitrust_report_len(handle.cast()), vitrust_string_len(handle.cast())) };
    for (text, length) in [(report, lengths.0), (string, lengths.1)] {
        assert_eq!(read(text).len(), length);
    }
    // SAFETY: as above.
    let (message, detail) = unsafe { (vitrust_error_message(handle.cast()), vitrust_error_detail(handle.cast())) };
    assert_eq!(read(message).is_empty(), read(detail).is_empty());
    for text in [read(report), read(detail)] {
        assert!(text.is_empty() || serde_json::from_str::<serde_json::Value>(text).is_ok(), "no JSON: {text}");
    }
}

/// A text of a handle that is not freed yet.
fn read<'a>(text: *const c_char) -> &'a str {
    if text.is_null() {
        return "";
    }
    // SAFETY: texts of the library end in a NUL, and nothing is freed before the caller has read it.
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8")
}

/// Stops at once: nothing of the network is wanted here.
unsafe extern "C" fn stop(_done: u64, _total: u64, _what: *const c_char, _user: *mut c_void) -> i32 {
    1
}

impl Caller {
    fn certificates_read(&mut self) {
        let (data, options) = (self.text(&[""]), self.text(&READ));
        call!(self, Report, vitrust_certificates_read(data.data, data.len, options.text(), options.len));
    }

    fn store_from_bytes(&mut self) {
        let (data, options) = (self.text(&[""]), self.text(&READ));
        call!(self, Store, vitrust_store_from_bytes(data.data, data.len, options.text(), options.len));
    }

    fn store_describe(&mut self) {
        let (store, options) = (self.handle(), self.text(&AT));
        call!(self, Report, vitrust_store_describe(store, options.text(), options.len));
    }

    fn store_verify(&mut self) {
        let (store, chain, options) = (self.handle(), self.text(&[""]), self.text(&VERIFY));
        call!(self, Report, vitrust_store_verify(store, chain.data, chain.len, options.text(), options.len));
    }

    fn estate_from_json(&mut self) {
        let data = self.text(&[r#"{"vcenters": []}"#]);
        call!(self, Estate, vitrust_estate_from_json(data.data, data.len));
    }

    /// Of samples alone: the input must not choose what is read of this machine.
    fn estate_load(&mut self) {
        let paths = Lent::of(PATHS[usize::from(self.byte()) % PATHS.len()].into());
        call!(self, Estate, vitrust_estate_load(paths.text(), paths.len));
    }

    fn estate_json(&mut self) {
        let estate = self.handle();
        call!(self, Text, vitrust_estate_json(estate));
    }

    fn estate_describe(&mut self) {
        let estate = self.handle();
        call!(self, Report, vitrust_estate_describe(estate));
    }

    fn estate_assess(&mut self) {
        let (estate, options) = (self.handle(), self.text(&ASSESS));
        call!(self, Report, vitrust_estate_assess(estate, options.text(), options.len));
    }

    fn estate_from_store(&mut self) {
        let (store, name): (*mut Store, _) = (self.handle(), self.text(&WORDS));
        call!(self, Estate, vitrust_estate_from_store(store, name.text(), name.len));
    }

    fn report_from_json(&mut self) {
        let json = self.text(&REPORTS);
        call!(self, Report, vitrust_report_from_json(json.text().cast(), json.len));
    }

    fn report_render(&mut self) {
        let (report, options): (*mut Report, _) = (self.handle(), self.text(&RENDER));
        let format = self.text(&["text", "html"]);
        call!(self, Text, vitrust_report_render(report, format.text(), format.len, options.text(), options.len));
    }

    fn report_fails(&mut self) {
        let (report, options): (*mut Report, _) = (self.handle(), self.text(&FAILS));
        let (mut fails, mut error) = (i32::MAX, ptr::dangling_mut());
        let (text, len) = (options.text(), options.len);
        // SAFETY: the report is NULL or not freed yet, and the texts live until the call returns.
        let status = unsafe { vitrust_c::vitrust_report_fails(report, text, len, &raw mut fails, &raw mut error) };
        self.check(status, true, false, error);
        assert!(fails == 0 || (fails == 1 && status == Status::Ok), "{fails} of a failure");
    }

    fn report_count(&mut self) {
        let (report, section): (*mut Report, _) = (self.handle(), self.text(&SECTIONS));
        self.count(report, &section);
    }

    fn count(&mut self, report: *mut Report, section: &Lent) -> usize {
        let (mut count, mut error) = (usize::MAX, ptr::dangling_mut());
        let (section, len) = (section.text(), section.len);
        // SAFETY: the text lives through the call, the report is a handle or NULL, outputs are places of ours.
        let status = unsafe { vitrust_c::vitrust_report_count(report, section, len, &raw mut count, &raw mut error) };
        self.check(status, true, false, error);
        assert!(status == Status::Ok || count == 0, "{count} items of a failure");
        count
    }

    /// Each item is JSON, lies in the whole report, and there is none behind the last.
    fn report_item(&mut self) {
        let (report, section): (*mut Report, _) = (self.handle(), self.text(&SECTIONS));
        let count = self.count(report, &section);
        for index in [0, count.wrapping_sub(1), count] {
            let (mut item, mut len, mut error) = (ptr::dangling(), usize::MAX, ptr::dangling_mut());
            let (text, text_len) = (section.text(), section.len);
            let places = (&raw mut item, &raw mut len, &raw mut error);
            // SAFETY: as in `count`.
            let status =
                unsafe { vitrust_c::vitrust_report_item(report, text, text_len, index, places.0, places.1, places.2) };
            self.check(status, true, false, error);
            assert_eq!(status == Status::Ok, index < count, "item {index} of {count}");
            if status == Status::Ok {
                // SAFETY: the item is part of the report, which is not freed here.
                let item = unsafe { slice::from_raw_parts(item.cast::<u8>(), len) };
                let item = str::from_utf8(item).expect("UTF-8");
                assert!(serde_json::from_str::<serde_json::Value>(item).is_ok(), "no JSON: {item}");
            } else {
                assert!(item.is_null() && len == 0, "outputs of a failure");
            }
        }
    }

    fn inventory_new(&mut self) {
        let options = self.text(&INVENTORY);
        call!(self, Inventory, vitrust_inventory_new(options.text(), options.len));
    }

    fn inventory_load(&mut self) {
        let (path, password) = (Lent::of("no/such.toml".into()), self.text(&["secret"]));
        let around = self.text(&["VC01_PASSWORD=secret\0", "no end"]);
        call!(
            self,
            Inventory,
            vitrust_inventory_load(path.text(), path.len, password.text(), password.len, around.text(), around.len)
        );
    }

    fn inventory_from_environment(&mut self) {
        let around = self.text(&["GOVC_URL=127.0.0.1:1\0GOVC_PASSWORD=secret\0", "no end"]);
        call!(self, Inventory, vitrust_inventory_from_environment(around.text(), around.len));
    }

    /// Of samples: what the input writes may name files and the system's roots.
    fn settings(&mut self) -> Lent {
        Lent::of(SETTINGS[usize::from(self.byte()) % SETTINGS.len()].into())
    }

    fn inventory_add(&mut self) {
        let inventory: *mut Inventory = self.handle();
        let (settings, user, password) = (self.settings(), self.text(&["administrator"]), self.text(&["secret"]));
        let mut error = ptr::dangling_mut();
        // SAFETY: the texts live through the call, the inventory is a handle or NULL, the output is a place of ours.
        let status = unsafe {
            vitrust_c::vitrust_inventory_add(
                inventory,
                settings.text(),
                settings.len,
                user.text(),
                user.len,
                password.text(),
                password.len,
                &raw mut error,
            )
        };
        self.check(status, true, false, error);
    }

    fn inventory_add_session(&mut self) {
        let inventory: *mut Inventory = self.handle();
        let (settings, session) = (self.settings(), self.text(&["secret"]));
        let (text, len, mut error) = (settings.text(), settings.len, ptr::dangling_mut());
        // SAFETY: as in `inventory_add`.
        let status = unsafe {
            vitrust_c::vitrust_inventory_add_session(inventory, text, len, session.text(), session.len, &raw mut error)
        };
        self.check(status, true, false, error);
    }

    fn schema(&mut self) {
        let name = self.text(&WORDS);
        call!(self, Text, vitrust_schema(name.text(), name.len));
    }

    /// Of samples that are no endpoints.
    fn probe(&mut self) {
        const ENDPOINTS: [&str; 5] = ["[]", "[1]", r#"[":"]"#, r#"["a b:443"]"#, "{"];
        let endpoints = Lent::of(ENDPOINTS[usize::from(self.byte()) % ENDPOINTS.len()].into());
        let options = self.text(&["", r#"{"timeout_seconds": 1}"#, r#"{"in_flight": 0}"#, r#"{"server_name": "a b"}"#]);
        let (text, len) = (endpoints.text(), endpoints.len);
        call!(self, Report, vitrust_probe(text, len, options.text(), options.len, Some(stop), ptr::null_mut()));
    }

    fn collect(&mut self) {
        let (inventory, mut estate): (*mut Inventory, *mut Estate) = (self.wrong(), ptr::dangling_mut());
        call!(self, Report, vitrust_collect(inventory, Some(stop), ptr::null_mut(), &raw mut estate));
        assert!(estate.is_null(), "an estate of no inventory");
    }

    fn client_open(&mut self) {
        let (inventory, vcenter): (*mut Inventory, _) = (self.wrong(), self.text(&WORDS));
        let (text, len) = (vcenter.text(), vcenter.len);
        call!(self, Client, vitrust_client_open(inventory, text, len, Some(stop), ptr::null_mut()));
    }

    fn client_read(&mut self) {
        let (client, name, arguments): (*mut Client, _, _) = (self.wrong(), self.text(&WORDS), self.text(&["{}"]));
        let (text, len, given) = (name.text(), name.len, arguments.text());
        call!(self, Report, vitrust_client_read(client, text, len, given, arguments.len, Some(stop), ptr::null_mut()));
    }

    fn client_change(&mut self) {
        let (client, name, arguments): (*mut Client, _, _) = (self.wrong(), self.text(&WORDS), self.text(&["{}"]));
        let (text, len, secret) = (name.text(), name.len, self.text(&["secret"]));
        call!(
            self,
            Report,
            vitrust_client_change(
                client,
                text,
                len,
                arguments.text(),
                arguments.len,
                secret.text(),
                secret.len,
                Some(stop),
                ptr::null_mut()
            )
        );
    }

    /// Frees a handle before its time; nothing else depends on it.
    fn free_one(&mut self) {
        let place = usize::from(self.byte());
        if place < self.handles.len() {
            self.handles.swap_remove(place).free();
        }
    }
}
