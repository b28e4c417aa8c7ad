//! Answers of no server, in place of the network. Feature `fuzzing`: who tries the readers puts them there.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{Answer, Request};

/// What stands for the network: it is given what is asked, and answers with headers, a status and a body.
pub(in crate::net) type Transport = Box<dyn FnMut(&str) -> (HeaderMap, StatusCode, Vec<u8>)>;

thread_local! {
    static TRANSPORT: RefCell<Option<Transport>> = const { RefCell::new(None) };
}

/// What answers on this thread from now on; nothing for the network.
pub(in crate::net) fn put(transport: Option<Transport>) {
    TRANSPORT.with_borrow_mut(|own| *own = transport);
}

/// Whether something stands for the network. Nothing waits then.
pub(super) fn is_there() -> bool {
    TRANSPORT.with_borrow(Option::is_some)
}

/// The answer to a request, where something stands for the network. The body of a redirect is where it leads.
pub(super) fn answer(request: &Request<'_>, place: impl Fn(&str) -> Option<String>) -> Option<(HeaderMap, Answer)> {
    let (headers, status, body) = TRANSPORT.with_borrow_mut(|own| own.as_mut().map(|answer| answer(request.what)))?;
    let location = Some(&body).filter(|_| status.is_redirection());
    let location = location.and_then(|body| place(&String::from_utf8_lossy(body)));
    let until = Instant::now() + Duration::from_secs(3_600);
    Some((headers, Answer { status, location, body: body.into(), until }))
}
