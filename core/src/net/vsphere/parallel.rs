//! Some questions at once, and their answers in the order asked.

use futures_util::future::BoxFuture;
use futures_util::stream::{self, Stream, StreamExt};

/// How many questions of one kind are on their way to one service.
const AT_ONCE: usize = 8;

/// The answers in the order of the questions. What is left is not asked once this is dropped.
pub(super) fn some_at_once<T>(questions: Vec<BoxFuture<'_, T>>) -> impl Stream<Item = T> + Send + Unpin
where
    T: Send,
{
    stream::iter(questions).buffered(AT_ONCE)
}
