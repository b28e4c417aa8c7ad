//! What breaks next, the first first.

use super::RenderError;
use super::page::{Page, REST};
use super::rows::{Sheet, day};
use super::style::{Mark, Span, Style};
use crate::assess::Trust;
use crate::finding::words::{count, days, listing};

/// How many events are shown.
const EVENTS: usize = 12;
/// How many places of a certificate are named.
const PLACES: usize = 2;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let forecast = sheet.forecast.as_ref().ok_or(RenderError::Missing("forecast"))?;
    let known = sheet.known();
    let note = format!("until {}, links that are trusted today", day(&forecast.until));
    page.heading("WHAT BREAKS NEXT", &note);
    let events: Vec<_> = forecast.events.iter().filter(|event| event.count > 0).collect();
    if events.is_empty() {
        let links = sheet.edges().iter().any(|edge| edge.verdict == Trust::Trusted);
        let trusted = links || sheet.cells("+") > 0;
        let (mark, text) = if trusted { (Mark::Good, "nothing") } else { (Mark::Open, "no link is trusted today") };
        page.marked(2, mark, [text.into()]);
        return Ok(());
    }
    let (most, places) = (page.most(EVENTS), page.most(PLACES));
    for event in events.iter().take(most) {
        let name = known.get(&*event.cause_id).map_or("", |one| one.name);
        page.line(
            2,
            [
                Span::new(format!("{}  ", day(&event.date)), Style::Strong),
                Span::new(format!("in {}  ", days(event.days_left)), Style::Aside),
                format!("{} when {name} expires", count(event.count, "link", "links")).into(),
                Span::new(format!(" ({}, {})", event.kind, listing(&event.places, places, ", ")), Style::Aside),
            ],
        );
    }
    page.rest(events.len(), most, REST);
    Ok(())
}
