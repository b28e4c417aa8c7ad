//! What a report comes to, which exit codes follow, and what its unknown cells wait for.

use vitrust::assess::{AssessOptions, FailOn, Outcome, Report, assess};
use vitrust::catalogue::Severity;
use vitrust::report::{Canvas, View, outcome, render};
use vitrust::store::{Place, Unreadable};
use vitrust_factory::Cert;

use crate::lab::{Lab, at, dumped, root, server, time};

/// Two vCenters that trust each other.
fn pair() -> (Lab, Cert, Cert) {
    let (ours, theirs) = (root("VMCA a", 1), root("VMCA b", 2));
    let mut lab = Lab::default();
    lab.vcenter("vc01.a.example", &[&server("vc01.a.example", 3, &ours)], &[&ours, &theirs]);
    lab.vcenter("vc01.b.example", &[&server("vc01.b.example", 4, &theirs)], &[&theirs, &ours]);
    (lab, ours, theirs)
}

fn report(lab: &Lab) -> Report {
    assess(&lab.estate, &AssessOptions::at(at()))
}

fn damage(reason: &str) -> Unreadable {
    Unreadable { place: Place { source: Some("file".into()), ..Place::default() }, reason: reason.to_owned() }
}

/// The outcomes of audit, matrix and expiry; each page, too, is without a tick where the default would fail.
fn outcomes(report: &Report) -> [(Option<Severity>, bool); 3] {
    let json = report.to_json();
    [View::Audit, View::Matrix, View::Expiry].map(|view| {
        let found = outcome(&json, view).expect("a report");
        let page = render(&json, view, &Canvas::default()).expect("a page");
        let first = page.lines().find(|line| line.contains(['✓', '✗', '?'])).unwrap_or_default();
        assert!(!(FailOn::default().counts(found) && first.contains('✓')), "{view}: {first}");
        (found.worst, found.unknown)
    })
}

fn missing(report: &Report) -> Vec<(&str, usize)> {
    report.matrix.missing.iter().map(|one| (one.what.as_str(), one.links)).collect()
}

#[test]
fn what_is_not_known_is_so_for_every_view() {
    let (mut lab, _, theirs) = pair();
    assert_eq!(outcomes(&report(&lab)), [(None, false); 3]);
    lab.estate.unreadable.push(damage("no certificate is lost: a private key is in it"));
    assert_eq!(outcomes(&report(&lab)).map(|(_, unknown)| unknown), [false; 3], "nothing that was to be judged");
    lab.estate.unreadable = vec![damage("permission denied")];
    assert_eq!(outcomes(&report(&lab)).map(|(_, unknown)| unknown), [true; 3]);
    lab.estate.unreadable.clear();
    lab.estate.unknown.push(damage("no part of an estate"));
    assert_eq!(outcomes(&report(&lab)).map(|(_, unknown)| unknown), [true; 3], "whatever the finding is called");
    lab.estate.unknown.clear();
    // An edge of a host that nobody can judge.
    lab.host("esx01.b.example", None, &[&server("esx01.b.example", 5, &theirs)], &[]);
    lab.estate.vcenters[1].hosts[0].castore.as_mut().expect("a store").dumped.push(dumped(&theirs));
    assert_eq!(outcomes(&report(&lab)).map(|(_, unknown)| unknown), [true; 3]);
    assert_eq!(outcomes(&report(&Lab::default())).map(|(_, unknown)| unknown), [true; 3], "an empty estate");
}

#[test]
fn the_worst_of_a_view_is_that_of_its_findings_whatever_is_listed() {
    let (mut lab, ours, _) = pair();
    lab.estate.vcenters[1].trusted_roots.as_mut().expect("a store").certificates.pop();
    let refused = report(&lab);
    assert_eq!(outcomes(&refused)[1].0, Some(Severity::High));
    // An expired machine certificate is a critical finding, and its state alone would be high.
    let ended = Cert::end_entity("CN=vc01.a.example").dns("vc01.a.example").validity("2010-01-01", "2011-01-01");
    let (mut lab, ..) = pair();
    let chain = lab.chain(&[&ended.issued_by(&ours)]);
    lab.estate.vcenters[0].machine_ssl = Some(chain);
    let options =
        AssessOptions { within: Some(-100_000), severity: Some(Severity::Critical), ..AssessOptions::at(at()) };
    let report = assess(&lab.estate, &options);
    assert!(report.expiry.is_empty());
    assert_eq!(outcomes(&report)[2].0, Some(Severity::Critical));
    assert!("critical".parse::<FailOn>().expect("a severity").counts(report.judged.outcomes.expiry));
    assert_eq!(report.judged.outcomes.matrix.worst, outcomes(&report)[1].0);
}

#[test]
fn question_marks_wait_for_what_is_really_missing() {
    let (mut lab, ..) = pair();
    let stranger = root("stranger", 9);
    let store = lab.store(&[&stranger]);
    lab.estate.vcenters[0].trusted_roots = Some(store);
    lab.estate.vcenters[0].trusted_roots.as_mut().expect("a store").unreadable = vec![damage("not valid base64")];
    let unread = "1 entry of TRUSTED_ROOTS of vc01.a.example, which could not be read";
    assert_eq!(missing(&report(&lab)), [(unread, 2)], "it was not printed");
    lab.estate.vcenters[0].trusted_roots.as_mut().expect("a store").dumped = vec![dumped(&stranger); 2];
    let printed = "the bytes of 2 entries of TRUSTED_ROOTS of vc01.a.example, known only from a dump";
    assert_eq!(missing(&report(&lab)), [(printed, 2), (unread, 2)]);
    lab.estate.vcenters[0].trusted_roots = None;
    lab.estate.vcenters[1].machine_ssl = None;
    let (roots, chain) = ("TRUSTED_ROOTS of vc01.a.example", "the chain that vc01.b.example presents");
    assert_eq!(missing(&report(&lab)), [(roots, 2), (chain, 2)]);
    let limited = AssessOptions { vcenters: vec!["vc01.b.example".into()], ..AssessOptions::at(at()) };
    assert_eq!(missing(&assess(&lab.estate, &limited)), [(chain, 2), (roots, 1)], "who trusts it is asked too");
}

#[test]
fn a_publicly_trusted_ca_is_what_is_waited_for_where_a_chain_ends_in_one() {
    let (mut lab, ..) = pair();
    let pem = std::fs::read("data/public-ca/www.google.com.pem").expect("a chain");
    let public = vitrust::store::chain(&pem, "www.google.com.pem").expect("certificates");
    let certificates = public[..2].iter().map(|one| lab.estate.add_certificate(one)).collect();
    lab.estate.vcenters[1].machine_ssl.as_mut().expect("a chain").certificates = certificates;
    let report = assess(&lab.estate, &AssessOptions::at(time("2023-02-01")));
    let waits = missing(&report);
    assert!(waits.iter().all(|(what, _)| what.contains("GTS Root R1") && !what.contains("dump")), "{waits:?}");
    assert!(!waits.is_empty());
}

#[test]
fn a_vcenter_is_named_by_its_first_label_where_no_other_begins_so() {
    let (ours, theirs) = (root("VMCA a", 1), root("VMCA b", 2));
    let mut lab = Lab::default();
    lab.vcenter("vc01.a.example", &[&server("vc01.a.example", 3, &ours)], &[&ours]);
    lab.vcenter("VC02.a.example", &[&server("vc02.a.example", 4, &theirs)], &[&theirs]);
    lab.vcenter("vc01.b.example", &[&server("vc01.b.example", 5, &theirs)], &[&theirs]);
    let named = |name: &str| AssessOptions { vcenters: vec![name.into()], ..AssessOptions::at(at()) };
    for (name, full) in [("vc02", "VC02.a.example"), ("vc02.A.example", "VC02.a.example"), ("vc01.a", "vc01.a.example")]
    {
        assert_eq!(named(name).refusal(&lab.estate), None, "{name}");
        assert_eq!(assess(&lab.estate, &named(name)).vcenters, [full.into()], "{name}");
    }
    for name in ["vc01", "vc0", "vc03", "", "VC02.a.example."] {
        assert!(named(name).refusal(&lab.estate).is_some(), "{name}");
    }
}

#[test]
fn a_verdict_and_probes_come_to_something_as_well() {
    let of = |json: &str, view| outcome(json, view).expect("an answer");
    let untrusted = Outcome { worst: Some(Severity::Critical), unknown: false };
    assert_eq!(of(r#"{"state": "trusted"}"#, View::Verdict), Outcome::default());
    assert_eq!(of(r#"{"state": "untrusted"}"#, View::Verdict), untrusted);
    assert_eq!(of(r#"{"state": "unknown"}"#, View::Verdict), Outcome { worst: None, unknown: true });
    assert_eq!(of(r#"[{"chain": [1]}, {"chain": []}]"#, View::Probes), untrusted);
    assert_eq!(of(r#"[{"chain": [1]}]"#, View::Probes), Outcome::default());
    for (json, view) in [("{}", View::Audit), ("{}", View::Verdict), ("[]", View::Expiry), ("{", View::Unreadable)] {
        assert!(outcome(json, view).is_err(), "{view}");
    }
}
