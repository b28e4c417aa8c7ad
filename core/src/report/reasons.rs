//! Why cells of the matrix are not trusted, and what to add to which TRUSTED_ROOTS.

use super::RenderError;
use super::page::{Page, REST};
use super::rows::{Cause, Sheet};
use super::style::{Mark, Span, Style};
use crate::finding::words::{count, grouped, listing};

/// How many causes are shown.
const CAUSES: usize = 20;
/// How many links of a cause are named.
const LINKS: usize = 6;
/// How many stores, vCenters and sources of an addition are named.
const STORES: usize = 12;
const TRUSTING: usize = 8;
const SOURCES: usize = 2;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    if sheet.causes.is_none() && sheet.additions.is_none() {
        return Err(RenderError::Missing("causes"));
    }
    causes(page, sheet);
    additions(page, sheet);
    Ok(())
}

fn causes(page: &mut Page, sheet: &Sheet) {
    let Some(causes) = sheet.causes.as_ref().filter(|causes| !causes.is_empty()) else { return };
    let known = sheet.known();
    page.heading("WHY NOT", "each cause once, most links first");
    let (most, links) = (page.most(CAUSES), page.most(LINKS));
    for cause in causes.iter().take(most) {
        let mut cells = all_cells(sheet, causes, cause);
        cells.truncate(links);
        let more = cause.count.saturating_sub(cells.len());
        let more = if more > 0 { format!(" and {} more", grouped(more)) } else { String::new() };
        let links = format!(", {}: {}{more}", count(cause.count, "link", "links"), cells.join(", "));
        let name = known.get(&*cause.certificate_id).map_or("", |one| one.name);
        page.line(2, [Span::new(name, Style::Strong), links.into()]);
        if !cause.summary.is_empty() {
            page.line(4, [cause.summary.as_str().into()]);
        }
        if let Some(advice) = &cause.advice {
            page.advise(4, advice);
        }
    }
    page.rest(causes.len(), most, REST);
}

/// The links of a cause in words: all of them, or the first where no more is known.
fn all_cells(sheet: &Sheet, causes: &[Cause], cause: &Cause) -> Vec<String> {
    match (refusing(sheet, causes, cause), cause.cells.first(), &sheet.matrix) {
        (Some(rows), Some(first), Some(matrix)) if cause.count > cause.cells.len() => {
            rows.into_iter().map(|row| format!("{} → {}", matrix.parties[row].name, first.to)).collect()
        }
        _ => cause.cells.iter().map(|cell| format!("{} → {}", cell.from, cell.to)).collect(),
    }
}

/// The rows that a cause is about. A report names the first of its cells; where it is the only cause of its column, the matrix
/// has the others. `None` where neither has all.
pub(super) fn refusing(sheet: &Sheet, causes: &[Cause], cause: &Cause) -> Option<Vec<usize>> {
    let matrix = sheet.matrix.as_ref()?;
    let number = |name: &str| matrix.parties.iter().position(|party| party.name == name);
    if cause.count <= cause.cells.len() {
        return cause.cells.iter().map(|cell| number(&cell.from)).collect();
    }
    let first = cause.cells.first()?;
    let column = number(&first.to)?;
    let of_column = |other: &&Cause| other.cells.first().is_some_and(|cell| cell.to == first.to);
    let mut shown = sheet.shown_rows();
    if shown.contains(&column) {
        shown = (0..matrix.parties.len()).collect();
    }
    let rows: Vec<usize> = shown.into_iter().filter(|row| matrix.cell(*row, column) == "-").collect();
    (causes.iter().filter(of_column).count() == 1 && rows.len() == cause.count).then_some(rows)
}

pub(super) fn additions(page: &mut Page, sheet: &Sheet) {
    let Some(additions) = &sheet.additions else { return };
    if additions.rows.is_empty() && additions.unfixable.is_empty() {
        return;
    }
    let known = sheet.known();
    let size = if additions.is_minimal { "the smallest set" } else { "a small set" };
    page.heading("ADD TO TRUSTED_ROOTS", &format!("{size} that completes the matrix"));
    for row in &additions.rows {
        if let Some(add) = known.get(&*row.add_id) {
            let about = format!(" until {}, sha1 {}", add.until, add.sha1);
            page.line(2, [Span::new(add.name, Style::Strong), Span::new(about, Style::Aside)]);
        }
        let (stores, trusting, sources) = (page.most(STORES), page.most(TRUSTING), page.most(SOURCES));
        page.advise(4, &format!("to {}", listing(&row.to, stores, ", ")));
        let (because, sources) = (listing(&row.because, trusting, ", "), listing(&row.sources, sources, ", "));
        page.line(4, [Span::new(format!("so that they trust {because}; found in {sources}"), Style::Aside)]);
        if row.unverified {
            let digest = known.get(&*row.add_id).map_or("-", |add| add.sha256);
            let text = format!(
                "not verified: anyone may have put it there. Compare its SHA-256 {digest} with the owner's before you publish it."
            );
            page.marked(4, Mark::Open, [text.into()]);
        }
    }
    for gap in &additions.unfixable {
        let name = known.get(&*gap.certificate_id).map_or("", |one| one.name);
        page.marked(2, Mark::Bad, [Span::new(name, Style::Strong), format!(": {}", gap.reason).into()]);
        page.advise(4, &gap.hint);
    }
}
