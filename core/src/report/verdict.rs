//! A verdict on one chain: the path, or every reason why there is none, and what of the store had no say.

use serde::Deserialize;

use super::canvas::Canvas;
use super::error::RenderError;
use super::page::Page;
use super::rows::{Unreadable, day, read_object};
use super::style::{Mark, Span, Style};
use crate::finding::words::count;
use crate::path::{LACKS_ANCHOR, Profile, Trust};
use crate::store::{Place, TrustStore};

/// How many steps of a path are indented.
const STEPS: usize = 10;
/// How many unreadable blocks of a store are shown.
const BLOCKS: usize = 20;

/// A verdict as its JSON has it.
#[derive(Deserialize)]
struct Verdict {
    state: Trust,
    profile: String,
    purpose: String,
    at: String,
    path: Vec<Facts>,
    rejections: Vec<Rejection>,
    #[serde(default)]
    change: Option<String>,
    #[serde(default)]
    public_ca: Option<String>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    unread: Vec<Unreadable>,
}

#[derive(Deserialize)]
struct Rejection {
    code: String,
    message: String,
    hint: String,
    #[serde(default)]
    certificate: Option<Facts>,
    #[serde(default)]
    candidate: Option<Facts>,
}

#[derive(Deserialize)]
struct Facts {
    subject: String,
    short_name: String,
    sha1: String,
    not_after: String,
    origin: Whence,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Whence {
    Presented(usize),
    Store(Place),
}

/// Draws a verdict from its JSON. `others` are the answers by other profiles; `store` is what the chain was judged
/// against, whose unreadable entries are reported.
///
/// # Errors
/// [`RenderError::Json`] if the text is not a verdict.
pub fn verdict(
    json: &str,
    others: &[(Profile, Trust)],
    store: Option<&TrustStore>,
    canvas: &Canvas,
) -> Result<String, RenderError> {
    let verdict: Verdict = read_object(json)?;
    let mut page = Page::new(*canvas);
    let words = match verdict.state {
        Trust::Trusted => "trusted",
        Trust::Untrusted => "not trusted",
        Trust::Unknown => "not known",
    };
    let scope = format!(" by profile {} as {} at {}", verdict.profile, verdict.purpose, day(&verdict.at));
    page.marked(0, verdict.state.into(), [Span::new(words, Style::Strong), scope.into()]);
    match verdict.state {
        Trust::Trusted => path(&mut page, &verdict.path),
        Trust::Untrusted => reasons(&mut page, &verdict),
        Trust::Unknown => missing(&mut page, &verdict.missing),
    }
    unread(&mut page, &verdict.unread);
    if let Some(store) = store {
        silent(&mut page, store);
    }
    if !others.is_empty() {
        others_say(&mut page, others);
    }
    let aside = store.map_or(0, |store| store.set_aside().len());
    if aside > 0 {
        let other = count(aside, "certificate", "certificates");
        let text = format!(
            "The listing also holds {other} from VECS stores other than TRUSTED_ROOTS: these were set aside and are not anchors."
        );
        page.line(0, [Span::new(text, Style::Aside)]);
    }
    Ok(page.finish())
}

fn others_say(page: &mut Page, others: &[(Profile, Trust)]) {
    page.blank();
    page.line(0, [Span::new("Other consumers would say:", Style::Aside)]);
    let answers =
        others.iter().flat_map(|(profile, answer)| [Mark::from(*answer).span(), format!(" {profile}   ").into()]);
    page.line(2, answers);
}

fn path(page: &mut Page, path: &[Facts]) {
    page.heading("PATH", "end-entity first, anchor last");
    for (step, member) in path.iter().enumerate() {
        let about = format!("  until {}, sha1 {}", day(&member.not_after), member.sha1);
        page.line(
            2 + 2 * step.min(STEPS),
            [Span::new(member.subject.as_str(), Style::Strong), Span::new(about, Style::Aside)],
        );
    }
}

fn reasons(page: &mut Page, verdict: &Verdict) {
    if let Some(change) = &verdict.change {
        page.advise(2, change);
    }
    page.heading("WHY NOT", "nearest miss first");
    for rejection in &verdict.rejections {
        page.line(2, [Span::new(format!("{}  ", rejection.code), Style::Wrong), rejection.message.as_str().into()]);
        let checked = rejection.certificate.as_ref();
        let checked =
            checked.map_or_else(|| "concerns the whole search".to_owned(), |facts| place("certificate", facts));
        page.line(4, [Span::new(checked, Style::Aside)]);
        if let Some(candidate) = &rejection.candidate {
            page.line(4, [Span::new(place("tried issuer", candidate), Style::Aside)]);
        }
        // What is said above of a publicly trusted CA stands instead of the advice to add it.
        if verdict.public_ca.is_none() || !LACKS_ANCHOR.contains(&&*rejection.code) {
            page.advise(4, &rejection.hint);
        }
    }
}

fn missing(page: &mut Page, missing: &[String]) {
    page.heading("NOT KNOWN", "what must be known for an answer");
    for what in missing {
        page.marked(2, Mark::Open, [what.as_str().into()]);
    }
}

fn place(role: &str, facts: &Facts) -> String {
    let place = match &facts.origin {
        Whence::Store(place) => format!("store, {place}"),
        Whence::Presented(position) => format!("presented, position {position}"),
    };
    format!("{role}: {}, until {}, sha1 {} ({place})", facts.short_name, day(&facts.not_after), facts.sha1)
}

/// What of the presented chain was not read.
fn unread(page: &mut Page, unread: &[Unreadable]) {
    if unread.is_empty() {
        return;
    }
    page.heading("NOT READ", "in the chain");
    for block in unread.iter().take(BLOCKS) {
        page.marked(2, Mark::of_block(!block.hides_something()), [block.said().into()]);
    }
    page.rest(unread.len(), BLOCKS, "; --json shows all");
}

/// What of the store no path could be built from.
fn silent(page: &mut Page, store: &TrustStore) {
    let (dumped, unreadable) = (store.dumped(), store.unreadable());
    if dumped.is_empty() && unreadable.is_empty() {
        return;
    }
    page.heading("NOT CONSIDERED", "in the store");
    if !dumped.is_empty() {
        let entries = count(dumped.len(), "entry", "entries");
        page.line(2, [format!("{entries} known only from a printed dump").into()]);
    }
    for block in unreadable.iter().take(BLOCKS) {
        let what = if block.hides_nothing() { "" } else { "cannot be read: " };
        page.marked(2, Mark::of_block(block.hides_nothing()), [format!("{what}{block}").into()]);
    }
    page.rest(unreadable.len(), BLOCKS, "; inspect shows all");
}
