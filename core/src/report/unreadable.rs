//! What could not be read, where anything could not.

use super::RenderError;
use super::page::{Page, REST};
use super::rows::{Sheet, Unreadable};
use super::style::Mark;

/// How many blocks are shown.
const BLOCKS: usize = 40;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let blocks = sheet.unreadable.as_ref().ok_or(RenderError::Missing("list of what could not be read"))?;
    if !blocks.is_empty() {
        if blocks.iter().any(Unreadable::hides_something) {
            page.heading("COULD NOT BE READ", "what is lost is not part of anything above");
        } else {
            page.heading("NOTED WHEN READING", "nothing is missing above because of it");
        }
        let most = page.most(BLOCKS);
        for block in blocks.iter().take(most) {
            let mark = if block.hides_something() { Mark::Bad } else { Mark::Open };
            page.marked(2, mark, [block.said().into()]);
        }
        page.rest(blocks.len(), most, REST);
    }
    Ok(())
}
