//! What answers questions of trust about distinct content, each once: sets, numbered content, verification, spans of time.

pub(super) mod bits;
pub(super) mod contents;
pub(super) mod cover;
pub(super) mod judge;
pub(super) mod timeline;
