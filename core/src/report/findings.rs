//! Findings, those of one kind together, the worst first.

use std::collections::HashMap;

use super::by_vcenter::concerned;
use super::page::{Page, REST};
use super::rows::{Finding, Known, Sheet};
use super::style::{Span, Style};
use crate::catalogue::FindingId;
use crate::finding::words::{self, count, grouped};
use crate::finding::{ServerNames, Subject};
use crate::text::brief;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) {
    let Some(findings) = &sheet.findings else { return };
    let note = sheet.severity.map_or_else(String::new, |least| format!("; severity {least} or higher"));
    if findings.is_empty() {
        if let Some(least) = sheet.severity {
            page.heading("FINDINGS", "");
            page.line(2, [format!("none of severity {least} or higher").into()]);
        }
        return;
    }
    page.heading("FINDINGS", &format!("worst first, each cause once{note}"));
    let names = sheet.servers();
    let alike = |one: &Finding, other: &Finding| {
        (&one.severity, &one.id, &one.name) == (&other.severity, &other.id, &other.name)
    };
    for group in findings.chunk_by(alike) {
        kind(page, sheet, group, &names);
    }
}

/// Where it is: as the report says it in short, or all of it.
fn place(page: &Page, sheet: &Sheet, finding: &Finding, names: &ServerNames) -> String {
    if !page.canvas.is_full || finding.subjects.is_empty() {
        return finding.place.clone();
    }
    let of_files = finding.id == FindingId::Unreadable.to_string();
    let Some(rest) = finding.left_out() else { return words::place(of_files, &finding.subjects, names, usize::MAX) };
    let Some(all) = concerned(sheet, finding) else {
        return format!("{} and {} more", words::place(of_files, &finding.subjects, names, usize::MAX), grouped(rest));
    };
    let part = finding.subjects.first().and_then(|subject| subject.part);
    let subject = |name: &&str| Subject { part, vcenter: Some((*name).into()), ..Subject::default() };
    let mut subjects: Vec<Subject> = all.iter().map(subject).collect();
    subjects.sort();
    words::place(of_files, &subjects, names, usize::MAX)
}

/// How many certificates of a finding are shown one by one.
const CERTIFICATES: usize = 3;

/// The certificates a finding is about, so that each can be found where it is, and two of one name are told apart.
fn certificates(page: &mut Page, finding: &Finding, known: &HashMap<&str, Known<'_>>) {
    let ids = &finding.evidence.certificate_ids;
    let most = page.most(CERTIFICATES);
    for one in ids.iter().take(most).filter_map(|id| known.get(&**id)) {
        let dates = match one.from {
            "-" => format!("until {}", one.until),
            from => format!("{from} to {}", one.until),
        };
        let about = format!("{}, {dates}, SHA-1 {}", brief(one.name), brief(&one.thumbprint()));
        page.line(6, [Span::new(about, Style::Aside)]);
    }
    if ids.len() > most {
        let text = format!("and {} more{REST}", count(ids.len() - most, "certificate", "certificates"));
        page.line(6, [Span::new(text, Style::Aside)]);
    }
}

/// Findings of one kind.
fn kind(page: &mut Page, sheet: &Sheet, group: &[Finding], names: &ServerNames) {
    let Some(first) = group.first() else { return };
    let times = if group.len() > 1 { format!("  {}", count(group.len(), "cause", "causes")) } else { String::new() };
    page.line(
        2,
        [
            Span::new(format!("{:<8} ", first.severity.to_string().to_uppercase()), Style::of(first.severity)),
            Span::new(format!("{} {}", first.id, first.name), Style::Strong),
            Span::new(times, Style::Aside),
        ],
    );
    let known = sheet.known();
    // What helps against several is said once: they stand together, and it stands below the last of them.
    let mut first_with = HashMap::new();
    for (number, finding) in group.iter().enumerate() {
        first_with.entry(finding.advice.as_deref()).or_insert(number);
    }
    let mut group: Vec<&Finding> = group.iter().collect();
    group.sort_by_key(|finding| first_with.get(&finding.advice.as_deref()));
    let mut next = group.iter().skip(1).map(|finding| finding.advice.as_deref());
    for finding in &group {
        let advises = next.next() != Some(finding.advice.as_deref());
        let bullet = if group.len() > 1 { "• " } else { "" };
        page.line(4, [bullet.into(), finding.summary.as_str().into()]);
        page.line(6, [Span::new("at ", Style::Aside), Span::new(place(page, sheet, finding, names), Style::Aside)]);
        certificates(page, finding, &known);
        if let Some(advice) = finding.advice.as_ref().filter(|_| advises) {
            page.advise(6, advice);
        }
    }
}
