//! The first line of an audit: how many findings of which severity, in how large an estate, and what may be said of all.

use super::RenderError;
use super::edges::Answers;
use super::page::Page;
use super::rows::{Matrix, Sheet, day};
use super::style::{Mark, Span, Style};
use crate::assess::Trust;
use crate::catalogue::Severity;
use crate::finding::words::{count, grouped, listing};

/// How many vCenters are named that the page is limited to.
const NAMED: usize = 4;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let matrix = sheet.matrix.as_ref().ok_or(RenderError::Missing("matrix"))?;
    if sheet.findings.is_none() {
        return Err(RenderError::Missing("findings"));
    }
    if !sheet.has_edges() {
        return Err(RenderError::Missing("edges"));
    }
    let mut parts = Vec::new();
    for severity in Severity::ALL {
        let number = sheet.found(severity);
        if number > 0 {
            parts.push((severity, format!("{} {severity}", grouped(number))));
        }
    }
    let refused = sheet.cells("-") > 0 || sheet.edges().iter().any(|edge| edge.verdict == Trust::Untrusted);
    let serious = refused || parts.iter().any(|(severity, _)| *severity <= Severity::Medium);
    let judged = !matrix.parties.is_empty();
    let summary = match (parts.is_empty(), judged) {
        (false, _) => parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", "),
        (true, true) => "nothing found".to_owned(),
        (true, false) => "nothing judged".to_owned(),
    };
    let names = matrix.parties.iter().flat_map(|party| &party.vcenters);
    let vcenters = names.filter(|name| sheet.is_about(name)).count();
    let hosts = sheet.hosts().unwrap_or_else(|| Answers::of(sheet.edges()).len());
    let open_edges = sheet.edges().iter().filter(|edge| edge.verdict == Trust::Unknown).count();
    let unknown = sheet.cells("?") + open_edges;
    let size = format!(" in {}, {}", count(vcenters, "vCenter", "vCenters"), count(hosts, "host", "hosts"));
    let open = (unknown > 0).then(|| format!("{} not known", count(unknown, "link", "links")));
    let limited =
        (!sheet.vcenters.is_empty()).then(|| format!("only {}", listing(&sheet.vcenters, page.most(NAMED), ", ")));
    let claim = Some(claim(matrix)).filter(|_| limited.is_none()).filter(|claim| !claim.is_empty()).map(str::to_owned);
    let about: Vec<String> = std::iter::once(size).chain(open).chain(claim).chain(limited).collect();
    // A tick says that all was judged and all is well.
    let mark = match (serious, unknown > 0 || !judged || sheet.outcome(|all| all.audit).unknown) {
        (true, _) => Mark::Bad,
        (false, true) => Mark::Open,
        (false, false) => Mark::Good,
    };
    page.marked(0, mark, [Span::new(summary, Style::Strong), about.join("; ").into()]);
    let rules = format!("as of {}, profile {}, thresholds {}", day(&sheet.at), sheet.profile, sheet.thresholds);
    page.line(2, [Span::new(rules, Style::Aside)]);
    Ok(())
}

/// What may be said of all vCenters together; nothing where there is no other.
fn claim(matrix: &Matrix) -> &'static str {
    match matrix.parties.len() {
        0 => "no vCenter",
        1 => "",
        _ if matrix.refuses() => "not every vCenter trusts every other",
        _ if matrix.is_mutual() => "all vCenters trust each other",
        _ => "it is not known whether every vCenter trusts every other",
    }
}
