//! The stores that a collection does not have, and how to export them.

use super::page::Page;
use super::rows::Sheet;
use super::style::{Span, Style};
use crate::finding::words::{count, listing};

/// How many vCenters are named.
const NAMED: usize = 4;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) {
    let Some(missing) = &sheet.not_collected else { return };
    let vcenters = count(missing.vcenters.len(), "vCenter", "vCenters");
    page.heading("NOT COLLECTED", "no API gives these stores, so nothing above knows of them");
    let most = page.most(NAMED);
    let text = format!("{} of {vcenters}: {}", missing.stores.join(", "), listing(&missing.vcenters, most, ", "));
    page.line(2, [text.into()]);
    page.line(2, [Span::new("To include them, run this as root on each vCenter, save the file as VCENTER/stores.txt in a folder, and name \
         the folder beside the estate:", Style::Aside)]);
    page.line(2, [missing.export.as_str().into()]);
}
