//! What could not be read, where anything could not.

use super::RenderError;
use super::page::{Page, REST};
use super::rows::Sheet;
use super::style::Mark;

/// How many blocks are shown.
const BLOCKS: usize = 40;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let blocks = sheet.unreadable.as_ref().ok_or(RenderError::Missing("list of what could not be read"))?;
    if !blocks.is_empty() {
        page.heading("COULD NOT BE READ", "nothing above takes it into account");
        let most = page.most(BLOCKS);
        for block in blocks.iter().take(most) {
            page.marked(2, Mark::Bad, [block.said().into()]);
        }
        page.rest(blocks.len(), most, REST);
    }
    Ok(())
}
