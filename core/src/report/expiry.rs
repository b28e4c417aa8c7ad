//! When certificates end, as a table.

use super::RenderError;
use super::page::Page;
use super::rows::{Expiry, Sheet};
use super::style::{Mark, Span, Style};
use super::table::{Align, Column, Table, head};
use crate::assess::{ExpiryState, in_words};
use crate::finding::ServerNames;
use crate::finding::words::{self, grouped};

/// How a state is drawn.
const fn style(state: ExpiryState) -> Style {
    match state {
        ExpiryState::Expired | ExpiryState::NotYetValid => Style::Wrong,
        ExpiryState::Hard => Style::Alarming,
        ExpiryState::Soft => Style::Open,
        ExpiryState::Good => Style::Good,
    }
}

/// Where a certificate is used: as the report says it in short, or all of it.
fn used_as(page: &Page, row: &Expiry, names: &ServerNames) -> String {
    if page.canvas.is_full && !row.uses.is_empty() {
        return in_words(&row.uses, names, usize::MAX);
    }
    row.place.clone()
}

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let rows = sheet.expiry.as_ref().ok_or(RenderError::Missing("expiry table"))?;
    let note =
        sheet.within.map_or_else(|| "all".to_owned(), |days| format!("ended, or ending within {}", words::days(days)));
    page.heading("EXPIRY", &note);
    let outcome = sheet.outcome(|all| all.expiry);
    if rows.is_empty() {
        let text = match (sheet.has_certificates(), outcome.worst) {
            (false, _) => "no certificate",
            (true, Some(_)) => "nothing in this span; a certificate outside it is past a threshold",
            (true, None) => "nothing",
        };
        // A tick says that nothing else counts either: whoever gets this by mail reads the first line.
        let mark = if text == "nothing" && !outcome.unknown { Mark::Good } else { Mark::Open };
        let unknown = sheet.unknown().filter(|_| outcome.unknown).map(|unknown| format!("; {unknown}"));
        page.marked(2, mark, [text.into(), unknown.unwrap_or_default().into()]);
        return Ok(());
    }
    let known = sheet.known();
    let names = sheet.servers();
    let mut table = Table::new(vec![
        Column::new(head("  days"), Align::Right),
        Column::new(head("until"), Align::Left),
        Column::new(head("state"), Align::Left),
        Column::folding(head("certificate")),
        Column::folding(head("used as")),
    ]);
    for row in rows {
        let (name, until) = known.get(&*row.certificate_id).map_or(("", "-"), |one| (one.name, one.until));
        let style = style(row.state);
        table.row(vec![
            vec![Span::new(grouped(row.days_left), style)],
            vec![until.into()],
            vec![Span::new(row.state.name(), style)],
            vec![name.into()],
            vec![Span::new(used_as(page, row, &names), Style::Aside)],
        ]);
    }
    table.draw(page);
    if let Some(unknown) = sheet.unknown().filter(|_| outcome.unknown) {
        page.marked(2, Mark::Open, [unknown.into()]);
    }
    Ok(())
}
