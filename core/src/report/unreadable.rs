//! What could not be read, where anything could not.

use super::page::Page;
use super::rows::Unreadable;
use super::style::Mark;
use crate::finding::words::grouped;

/// How many blocks are shown.
const BLOCKS: usize = 40;

pub(super) fn draw(page: &mut Page, blocks: &[Unreadable<'_>]) {
    if blocks.is_empty() {
        return;
    }
    page.heading("COULD NOT BE READ", "nothing above knows of it");
    for block in blocks.iter().take(BLOCKS) {
        page.marked(2, Mark::Bad, [block.said().into()]);
    }
    if blocks.len() > BLOCKS {
        page.more(format!("and {} more; the JSON has all", grouped(blocks.len() - BLOCKS)));
    }
}
