//! The body of an answer: whole, cut short, padded, or a byte at a time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::Sleep;

/// How many bytes of padding one frame holds.
const PADDING: usize = 64 << 10;

/// The pause before a connection ends in the middle of a body.
const FLUSH: Duration = Duration::from_millis(20);

/// A body that follows a script.
pub(crate) struct Script {
    content: Bytes,
    sent: usize,
    /// Blanks behind the content.
    padding: u64,
    /// Where the connection ends instead of the body.
    cut: Option<usize>,
    /// The pause before each byte.
    pause: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Script {
    pub(crate) fn new(content: Vec<u8>) -> Self {
        Self { content: content.into(), sent: 0, padding: 0, cut: None, pause: None, timer: None }
    }

    pub(crate) fn pad(&mut self, blanks: u64) {
        self.padding = blanks;
    }

    /// Ends in the middle; an empty body cannot.
    pub(crate) fn truncate(&mut self) {
        self.cut = Some(self.content.len() / 2);
    }

    pub(crate) fn drip(&mut self, pause: Duration) {
        self.pause = Some(pause);
    }

    /// Bytes that the headers promise.
    pub(crate) fn length(&self) -> u64 {
        u64::try_from(self.content.len()).unwrap_or(u64::MAX).saturating_add(self.padding)
    }

    fn next(&mut self) -> Option<Result<Frame<Bytes>, io::Error>> {
        if self.cut.is_some_and(|cut| self.sent >= cut) && self.sent < self.content.len() {
            return Some(Err(io::Error::from(io::ErrorKind::ConnectionAborted)));
        }
        if self.sent < self.content.len() {
            let end = match (self.pause, self.cut) {
                (Some(_), _) => self.sent + 1,
                (None, Some(cut)) => cut,
                (None, None) => self.content.len(),
            };
            let piece = self.content.slice(self.sent..end);
            self.sent = end;
            return Some(Ok(Frame::data(piece)));
        }
        let blanks = usize::try_from(self.padding).unwrap_or(PADDING).min(PADDING);
        self.padding -= u64::try_from(blanks).unwrap_or(self.padding);
        (blanks > 0).then(|| Ok(Frame::data(Bytes::from(vec![b' '; blanks]))))
    }
}

impl Body for Script {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // What was sent before the end is to arrive: without a pause it would never leave this side.
        let ending = self.cut.is_some_and(|cut| self.sent >= cut).then_some(FLUSH);
        if let Some(pause) = self.pause.or(ending) {
            let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            if timer.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.timer = None;
        }
        Poll::Ready(self.next())
    }

    fn size_hint(&self) -> SizeHint {
        let left = self.content.len() - self.sent;
        SizeHint::with_exact(u64::try_from(left).unwrap_or(u64::MAX).saturating_add(self.padding))
    }

    fn is_end_stream(&self) -> bool {
        self.sent >= self.content.len() && self.padding == 0
    }
}
