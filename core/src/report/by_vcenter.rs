//! The vCenters of an audit, one line each: findings by severity, and links that are refused or not known.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::page::{Page, REST};
use super::reasons::refusing;
use super::rows::{Finding, Sheet};
use super::style::{Span, Style};
use super::table::{Align, Column, Table, head};
use crate::assess::Trust;
use crate::catalogue::Severity;
use crate::finding::words::grouped;
use crate::text::brief;

/// How many vCenters have a line; those with the worst findings come first.
const SHOWN: usize = 40;

/// What is said of one vCenter.
#[derive(Debug, Default, Clone)]
struct Line {
    /// Findings that name it, by severity, the worst first.
    found: [usize; Severity::ALL.len()],
    untrusted: usize,
    unknown: usize,
}

pub(super) fn draw(page: &mut Page, sheet: &Sheet) {
    let Some(matrix) = &sheet.matrix else { return };
    let parties = matrix.parties.iter().enumerate();
    let names = parties.flat_map(|(row, party)| party.vcenters.iter().map(move |name| (row, name.as_str())));
    let names: Vec<(usize, &str)> = names.filter(|(_, name)| sheet.is_about(name)).collect();
    if names.len() < 2 {
        return;
    }
    let gathered = gathered(sheet);
    let mut lines: Vec<(&str, Line)> = Vec::with_capacity(names.len());
    for (row, name) in names {
        let mut line = gathered.get(name).cloned().unwrap_or_default();
        line.untrusted += matrix.count(&[row], "-");
        line.unknown += matrix.count(&[row], "?");
        lines.push((name, line));
    }
    lines.sort_by_key(|(_, line)| Reverse((line.found, line.untrusted, line.unknown)));
    let cut = sheet.findings.iter().flatten().any(|finding| concerned(sheet, finding).is_none());
    let note = if cut { "a finding about many servers counts only for those it names" } else { "findings and links" };
    page.heading("BY VCENTER", note);
    let listed = |severity: &Severity| sheet.severity.is_none_or(|least| *severity <= least);
    let severities: Vec<(usize, Severity)> = Severity::ALL.into_iter().filter(listed).enumerate().collect();
    let number = |text: &str| Column::new(head(text), Align::Right);
    let mut columns = vec![Column::new(head("  vCenter"), Align::Left)];
    columns.extend(severities.iter().map(|(_, severity)| number(severity.name())));
    columns.extend([number("refused"), number("not known")]);
    let mut table = Table::new(columns);
    let most = page.most(SHOWN);
    let short = sheet.servers();
    for (name, line) in lines.iter().take(most) {
        let mut cells = vec![vec![Span::new(format!("  {}", brief(short.short(name))), Style::Strong)]];
        cells.extend(severities.iter().map(|(at, severity)| vec![cell(line.found[*at], Style::of(*severity))]));
        cells.extend([vec![cell(line.untrusted, Style::Wrong)], vec![cell(line.unknown, Style::Open)]]);
        table.row(cells);
    }
    table.draw_in_bands(page);
    page.rest(lines.len(), most, REST);
}

/// The findings that name each vCenter, and the edges of its hosts. What stands in the rows of the matrix is not in it.
fn gathered(sheet: &Sheet) -> HashMap<&str, Line> {
    let mut lines: HashMap<&str, Line> = HashMap::new();
    for finding in sheet.findings.iter().flatten() {
        let Some(at) = Severity::ALL.iter().position(|severity| *severity == finding.severity) else { continue };
        let named = || finding.subjects.iter().filter_map(|subject| subject.vcenter.as_deref());
        for name in concerned(sheet, finding).unwrap_or_else(|| named().collect()) {
            lines.entry(name).or_default().found[at] += 1;
        }
    }
    for edge in sheet.edges() {
        let line = lines.entry(&edge.vcenter).or_default();
        match edge.verdict {
            Trust::Trusted => (),
            Trust::Untrusted => line.untrusted += 1,
            Trust::Unknown => line.unknown += 1,
        }
    }
    lines
}

/// The vCenters that a finding concerns; `None` where it names the first of them alone and nothing says which the others are.
pub(super) fn concerned<'s>(sheet: &'s Sheet, finding: &'s Finding) -> Option<HashSet<&'s str>> {
    if finding.left_out().is_none() {
        return Some(finding.subjects.iter().filter_map(|subject| subject.vcenter.as_deref()).collect());
    }
    let (matrix, causes) = (sheet.matrix.as_ref()?, sheet.causes.as_ref()?);
    let cause = causes.iter().find(|cause| finding.is_of(cause))?;
    let rows = refusing(sheet, causes, cause)?;
    Some(rows.into_iter().map(|row| matrix.parties[row].name.as_str()).collect())
}

/// A number; none is a dot, so that the eye finds the others.
fn cell(number: usize, style: Style) -> Span {
    if number == 0 { Span::new("·", Style::Aside) } else { Span::new(grouped(number), style) }
}
