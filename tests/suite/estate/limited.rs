//! Reports limited to some vCenters or severities, keys of findings, and pages that show lists whole.

use std::collections::HashSet;

use vitrust::assess::{AssessOptions, Report, Trust, assess};
use vitrust::catalogue::Severity;
use vitrust::report::{Canvas, View, render};
use vitrust::{Estate, files};

use crate::architecture::root;
use crate::lab::{Lab, at, root as ca, server, time};

fn example() -> Estate {
    files::load(root().join("examples/estate")).expect("the example")
}

fn options() -> AssessOptions {
    AssessOptions::at(time("2026-06-01T00:00:00Z"))
}

fn limited(estate: &Estate, names: &[&str]) -> Report {
    let vcenters = names.iter().map(|name| (*name).into()).collect();
    assess(estate, &AssessOptions { vcenters, ..options() })
}

/// As many vCenters, each with a root of its own; the first `lonely` are trusted by nobody but themselves.
fn many(number: usize, lonely: usize) -> Estate {
    let mut lab = Lab::default();
    let roots: Vec<_> =
        (0..number).map(|index| ca(&format!("Root {index}"), 100 + u64::try_from(index).unwrap_or_default())).collect();
    for (index, own) in roots.iter().enumerate() {
        let name = format!("vcenter{index:02}.lab.example");
        let machine = server(&name, 1000 + u64::try_from(index).unwrap_or_default(), own);
        let held: Vec<_> = roots.iter().enumerate().filter(|(at, _)| *at == index || *at >= lonely).collect();
        let held: Vec<_> = held.into_iter().map(|(_, root)| root).collect();
        lab.vcenter(&name, &[&machine], &held);
    }
    lab.estate
}

#[test]
fn a_limited_report_is_a_part_of_the_whole() {
    let estate = example();
    let whole = assess(&estate, &options());
    let part = limited(&estate, &["vc04.lab.example"]);
    assert!(!part.findings.is_empty() && part.findings.len() < whole.findings.len());
    assert!(part.findings.iter().all(|finding| whole.findings.contains(finding)), "with the same words and keys");
    let about = |report: &Report| {
        let own = |finding: &&vitrust::finding::Finding| {
            finding.subjects.iter().any(|subject| subject.vcenter.as_deref() == Some("vc04.lab.example"))
        };
        report.findings.iter().filter(own).map(|finding| finding.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(about(&part), about(&whole), "nothing about it is left out");
    assert_eq!(part.judged.vcenters, 1);
    assert_eq!((part.judged.hosts, part.edges.len()), (3, 12));
    assert!(part.edges.iter().all(|edge| &*edge.vcenter == "vc04.lab.example"));
    assert_eq!(part.matrix, whole.matrix);
    assert!(part.additions.rows.iter().all(|row| row.to.iter().all(|to| &**to == "vc04.lab.example")));
    let own = whole.matrix.party("vc04.lab.example").expect("a party");
    let refused = whole.matrix.cells(Trust::Untrusted).filter(|(from, to)| [*from, *to].contains(&own)).count();
    assert_eq!(part.causes.iter().map(|cause| cause.count).sum::<usize>(), refused);
    assert_eq!(limited(&estate, &[]), whole);
    let all: Vec<&str> = estate.vcenters.iter().map(|vcenter| &*vcenter.name).collect();
    let every = limited(&estate, &all);
    assert_eq!(
        (every.findings, every.edges, every.causes, every.additions),
        (whole.findings, whole.edges, whole.causes, whole.additions)
    );
    assert_eq!((every.judged, every.expiry), (whole.judged, whole.expiry));
}

#[test]
fn a_vcenter_that_is_not_there_is_refused_by_name() {
    let estate = example();
    let asked = |name: &str| AssessOptions { vcenters: vec![name.into()], ..options() }.refusal(&estate);
    assert_eq!(asked("vc01.lab.example"), None);
    let refusal = asked("vc99").expect("a refusal");
    assert!(refusal.contains("`vc99`") && refusal.contains("vc05.lab.example"), "{refusal}");
}

#[test]
fn a_severity_limits_the_list_and_not_the_counts() {
    let estate = example();
    let whole = assess(&estate, &options());
    let part = assess(&estate, &AssessOptions { severity: Some(Severity::High), ..options() });
    assert!(part.findings.iter().all(|finding| finding.severity <= Severity::High));
    assert!(part.findings.len() < whole.findings.len());
    assert_eq!(part.judged, whole.judged);
    let found = whole.judged.found;
    assert_eq!(found.critical + found.high + found.medium + found.low + found.info, whole.findings.len());
    assert_eq!(found.critical + found.high, part.findings.len());
    let page = render(&part.to_json(), View::Audit, &Canvas::default()).expect("a page");
    assert!(page.contains(&format!("{} medium", found.medium)), "the first line counts all: {page}");
    assert!(page.contains("severity high or higher") && !page.contains("MEDIUM "), "{page}");
}

#[test]
fn keys_stay_the_same_while_time_goes_on_and_are_unique() {
    let estate = example();
    let keys = |day: &str| {
        let report = assess(&estate, &AssessOptions::at(time(day)));
        report.findings.into_iter().map(|finding| (finding.key, finding.message)).collect::<Vec<_>>()
    };
    let (today, tomorrow) = (keys("2026-06-01T00:00:00Z"), keys("2026-06-02T00:00:00Z"));
    let distinct: HashSet<&String> = today.iter().map(|(key, _)| key).collect();
    assert_eq!(distinct.len(), today.len());
    assert_ne!(today, tomorrow, "some messages count days");
    let sorted = |all: &[(String, String)]| {
        let mut keys: Vec<String> = all.iter().map(|(key, _)| key.clone()).collect();
        keys.sort();
        keys
    };
    assert_eq!(sorted(&today), sorted(&tomorrow));
    let whole = assess(&estate, &options());
    let id = |finding: &vitrust::finding::Finding| finding.key.starts_with(&format!("{}-", finding.id));
    assert!(whole.findings.iter().all(id));
}

#[test]
fn a_full_page_leaves_nothing_out() {
    let report = assess(&many(70, 70), &AssessOptions::at(at())).to_json();
    let page = |is_full| {
        let mut canvas = Canvas::new(100, false, true);
        canvas.is_full = is_full;
        render(&report, View::Audit, &canvas).expect("a page")
            + &render(&report, View::Reasons, &canvas).expect("a page")
    };
    let (short, full) = (page(false), page(true));
    assert!(short.contains("; --full or the JSON shows all") && short.contains(" more"), "{short}");
    for line in full.lines() {
        assert!(!(line.contains("and ") && line.contains(" more")), "{line}");
    }
    assert!(full.contains("BY VCENTER") && full.contains("\n  vcenter69 "), "{full}");
}

#[test]
fn no_column_of_a_matrix_is_lost_at_any_width() {
    for (number, lonely) in [(3, 1), (30, 5), (30, 30), (65, 65)] {
        let report = assess(&many(number, lonely), &AssessOptions::at(at()));
        let json = report.to_json();
        for width in [20, 40, 80, 120, 400] {
            let mut canvas = Canvas::new(width, false, true);
            canvas.is_full = number > 60;
            let page = render(&json, View::Matrix, &canvas).expect("a page");
            // What is said of all has one more of the one, and what the signs mean one of each.
            assert_eq!(page.matches('✗').count(), report.matrix.count(Trust::Untrusted) + 2, "{width}\n{page}");
            assert_eq!(page.matches('✓').count(), report.matrix.count(Trust::Trusted) + 1, "{width}\n{page}");
        }
    }
}

#[test]
fn rows_that_are_asked_for_name_whom_they_refuse() {
    let estate = many(30, 5);
    let name = "vcenter07.lab.example";
    let report = assess(&estate, &AssessOptions { vcenters: vec![name.into()], ..AssessOptions::at(at()) });
    let json = report.to_json();
    let narrow = render(&json, View::Matrix, &Canvas::new(80, false, true)).expect("a page");
    assert!(narrow.contains("5 of 30 links untrusted"), "{narrow}");
    let text: String = narrow.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("vcenter07 does not trust vcenter00, vcenter01, vcenter02, vcenter03, vcenter04"),
        "{narrow}"
    );
    let wide = render(&json, View::Matrix, &Canvas::new(400, false, true)).expect("a page");
    assert_eq!(wide.matches('✗').count(), 5 + 1 + 1, "the row, the head and the legend: {wide}");
    let audit = render(&json, View::Audit, &Canvas::new(120, false, true)).expect("a page");
    assert!(audit.lines().next().is_some_and(|first| first.contains(&format!("only {name}"))), "{audit}");
    assert!(!audit.contains("BY VCENTER"));
}
