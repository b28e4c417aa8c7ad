//! The views of a report, one line each.

use std::fmt;
use std::str::FromStr;

use super::canvas::Canvas;
use super::error::RenderError;
use super::page::Page;
use super::rows::{Sheet, read_object};
use super::{by_vcenter, edges, expiry, findings, forecast, matrix, not_collected, reasons, summary, unreadable};
use super::{probes::probes, verdict::verdict};

/// What of a report a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All of it: what is wrong, who trusts whom, what to add, when certificates end, what breaks next.
    Audit,
    /// Who trusts whom between vCenters.
    Matrix,
    /// Why cells of the matrix are not trusted, and what to add where.
    Reasons,
    /// When certificates end.
    Expiry,
    /// What could not be read, where the JSON tells it.
    Unreadable,
    /// A verdict on one chain, which is a JSON of its own.
    Verdict,
    /// What servers presented: an array of probes.
    Probes,
}

impl View {
    /// Every view with its name.
    pub const ALL: [(&'static str, Self); 7] = [
        ("audit", Self::Audit),
        ("matrix", Self::Matrix),
        ("reasons", Self::Reasons),
        ("expiry", Self::Expiry),
        ("unreadable", Self::Unreadable),
        ("verdict", Self::Verdict),
        ("probes", Self::Probes),
    ];
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(_, view)| view == self).map_or("", |(name, _)| name))
    }
}

impl FromStr for View {
    type Err = RenderError;

    fn from_str(name: &str) -> Result<Self, RenderError> {
        let known = Self::ALL.iter().find(|(known, _)| *known == name);
        known.map(|(_, view)| *view).ok_or_else(|| RenderError::View(name.to_owned()))
    }
}

/// Draws a view of a report, or of a part of one, from its JSON.
///
/// ```
/// use vitrust::report::{Canvas, View, render};
/// use vitrust::assess::{AssessOptions, assess};
/// let report = assess(&vitrust::Estate::default(), &AssessOptions::at("2026-06-01".parse()?)).to_json();
/// let page = render(&report, View::Matrix, &Canvas::default())?;
/// assert!(page.contains("no vCenter is known"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`RenderError`], if the text is not a report or does not have what the view shows.
pub fn render(json: &str, view: View, canvas: &Canvas) -> Result<String, RenderError> {
    let draw = match view {
        View::Verdict => return verdict(json, &[], None, canvas),
        View::Probes => return probes(json, canvas),
        View::Audit => audit,
        View::Matrix => matrix::draw,
        View::Reasons => reasons::draw,
        View::Expiry => expiry::draw,
        View::Unreadable => unreadable::draw,
    };
    let mut page = Page::new(*canvas);
    draw(&mut page, &read_object(json)?)?;
    Ok(page.finish())
}

fn audit(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    summary::draw(page, sheet)?;
    by_vcenter::draw(page, sheet);
    findings::draw(page, sheet);
    matrix::draw(page, sheet)?;
    reasons::additions(page, sheet);
    edges::draw(page, sheet);
    expiry::draw(page, sheet)?;
    forecast::draw(page, sheet)?;
    not_collected::draw(page, sheet);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANVAS: Canvas = Canvas::new(80, false, true);

    /// Two vCenters of which one does not trust the other, with all that a view needs.
    const PART: &str = r#"{
        "matrix": {"parties": [
            {"name": "vc01.a.example", "vcenters": ["vc01.a.example"], "has_store": true},
            {"name": "vc01.b.example", "vcenters": ["vc01.b.example"], "has_store": false}],
            "is_mutual": false, "untrusted": 1, "unknown": 1, "rows": ["+-", "?+"],
            "missing": [{"what": "TRUSTED_ROOTS of vc01.b.example", "links": 1}]},
        "causes": [{"certificate_id": "1", "summary": "no issuer", "advice": "add it", "count": 1,
            "cells": [{"from": "vc01.a.example", "to": "vc01.b.example"}], "something": "newer"}],
        "certificates": [{"id": "1", "short_name": "VMCA of b"}],
        "expiry": [], "unreadable": [{"place": {"source": "a.pem", "line": 3}, "reason": "no"}, {"place": "b", "reason": "gone"}]}"#;

    #[test]
    fn a_part_of_a_report_is_drawn_as_far_as_it_goes() {
        let drawn = |view| render(PART, view, &CANVAS).expect("a page");
        let matrix = drawn(View::Matrix);
        assert!(matrix.contains("  ✗ 1 of 4 links untrusted, 1 not known\n"), "{matrix}");
        assert!(matrix.contains("\n  vc01.b.example        ?               ✓\n"), "{matrix}");
        assert!(matrix.contains("  ? 1 link not known without TRUSTED_ROOTS of vc01.b.example\n"), "{matrix}");
        let reasons = drawn(View::Reasons);
        let wanted = "  VMCA of b, 1 link: vc01.a.example → vc01.b.example\n    no issuer\n    → add it\n";
        assert!(reasons.contains(wanted), "{reasons}");
        assert!(drawn(View::Expiry).contains("? no certificate"), "nothing says that any was looked at");
        for (empty, view) in [("{}", View::Reasons), ("{}", View::Unreadable), ("{}", View::Expiry)] {
            assert!(matches!(render(empty, view, &CANVAS), Err(RenderError::Missing(_))), "{view}");
        }
        let odd = r#"{"matrix": {"parties": [{"name": "a", "vcenters": [], "has_store": true}], "is_mutual": true,
            "untrusted": 0, "unknown": 0, "rows": []}}"#;
        assert!(matches!(render(odd, View::Matrix, &CANVAS), Err(RenderError::Json(_))));
        assert!(drawn(View::Unreadable).contains("  ✗ a.pem line 3: no\n  ✗ b: gone\n"));
        assert_eq!(render(PART, View::Audit, &CANVAS), Err(RenderError::Missing("findings")));
        assert_eq!(render("{}", View::Matrix, &CANVAS), Err(RenderError::Missing("matrix")));
    }

    /// A whole report about one party: the sign of its only cell, and what else it says.
    fn report(sign: &str, findings: &str, edges: &str) -> String {
        format!(
            r#"{{"matrix": {{"parties": [{{"name": "a", "vcenters": ["a"], "has_store": true}}], "rows": ["{sign}"]}},
            "expiry": [], "forecast": {{"until": "2031", "events": []}}, "judged": {{"certificates": 1}}{findings}{edges}}}"#
        )
    }

    #[test]
    fn a_tick_is_drawn_only_where_all_was_judged() {
        let drawn = |sign, findings, edges| render(&report(sign, findings, edges), View::Audit, &CANVAS);
        let (none, all) = (r#", "findings": []"#, r#", "edges": []"#);
        assert!(drawn("+", none, all).expect("a page").starts_with("✓ nothing found in 1 vCenter"));
        for (sign, first) in [("?", "? nothing found"), ("-", "✗ nothing found")] {
            let page = drawn(sign, none, all).expect("a page");
            assert!(page.starts_with(first) && page.contains("? no link is trusted today"), "{page}");
        }
        assert_eq!(drawn("+", "", all), Err(RenderError::Missing("findings")));
        assert_eq!(drawn("+", none, ""), Err(RenderError::Missing("edges")));
        let odd = r#", "findings": [{"id": "VT1", "name": "n", "severity": "Critical", "summary": "", "where": ""}]"#;
        assert!(matches!(drawn("+", odd, all), Err(RenderError::Json(_))), "a word that is no severity");
        for sign in ["x", " ", "é"] {
            assert!(matches!(drawn(sign, none, all), Err(RenderError::Json(_))), "{sign}");
        }
    }

    #[test]
    fn a_name_without_end_costs_no_more_than_is_shown() {
        let name = "x".repeat(200_000);
        let party = format!(r#"{{"name": "{name}", "vcenters": ["a"], "has_store": true}}"#);
        let parties = [party.as_str(); 8].join(",");
        let rows = [r#""-+++++++""#; 8].join(",");
        let json = format!(r#"{{"matrix": {{"parties": [{parties}], "rows": [{rows}]}}}}"#);
        let page = render(&json, View::Matrix, &CANVAS).expect("a page");
        assert!(page.len() < 100_000, "{}", page.len());
        let days = format!(r#"{{"expiry": [], "within": {}}}"#, i64::MIN);
        assert!(render(&days, View::Expiry, &CANVAS).is_ok());
    }

    #[test]
    fn what_is_no_report_is_an_error() {
        for (_, view) in View::ALL {
            for no_report in ["[1", "[1]", ""] {
                assert!(matches!(render(no_report, view, &CANVAS), Err(RenderError::Json(_))), "{view}");
            }
            assert_eq!(view.to_string().parse(), Ok(view));
        }
        assert!(matches!("all".parse::<View>(), Err(RenderError::View(_))));
    }

    #[test]
    fn colours_are_written_where_they_are_wanted() {
        let page = render(PART, View::Matrix, &Canvas::new(80, true, false)).expect("a page");
        assert!(page.contains("\u{1b}[1;31mx\u{1b}[0m") && page.is_ascii(), "{page}");
    }
}
