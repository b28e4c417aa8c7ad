//! PEM text: a bundle, a chain, a host's castore.pem. Text between the blocks is passed over.

use super::StoreError;
use super::collect::Collector;
use crate::text::has_pem;

pub(super) fn is(text: &[u8]) -> bool {
    has_pem(text)
}

/// Reads every block.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    out.pem(text, 1);
    Ok(())
}
