//! Stopping: one signal that every wait of the edge listens to.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::watch;

/// Says stop to everything that was given a copy of it. Cheap to clone; may be used from any thread.
///
/// ```
/// let cancel = vitrust::net::Cancel::default();
/// let copy = cancel.clone();
/// copy.cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Debug, Clone)]
pub struct Cancel(Arc<watch::Sender<bool>>);

/// The work was stopped before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Default for Cancel {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Cancel {
    /// Stops everything that listens.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was said.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when it is said.
    pub async fn wait(&self) {
        let mut listener = self.0.subscribe();
        // The sender lives as long as `self`, so this ends only by the signal.
        let _ = listener.wait_for(|cancelled| *cancelled).await;
    }

    /// The value of `work`, unless it is said before.
    ///
    /// # Errors
    /// [`Cancelled`]; `work` is dropped then.
    pub async fn or<T>(&self, work: impl Future<Output = T>) -> Result<T, Cancelled> {
        tokio::select! {
            biased;
            () = self.wait() => Err(Cancelled),
            value = work => Ok(value),
        }
    }
}
