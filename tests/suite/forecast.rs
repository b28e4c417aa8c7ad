//! What breaks when, and by which certificate.

use vitrust::assess::{EdgeKind, Event, EventKind, Report};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::{Profile, Time};
use vitrust_factory::{Cert, Key};

use crate::lab::{Lab, messages, root, server, time};

/// A root that ends on a date of its own.
fn root_until(name: &str, key: u64, until: &str) -> Cert {
    Cert::ca(format!("CN={name}")).key(Key::p256(key)).validity("2020-01-01", until).self_signed()
}

fn events(report: &Report, kind: EventKind) -> Vec<&Event> {
    report.forecast.events.iter().filter(|event| event.kind == kind).collect()
}

fn links(event: &Event) -> Vec<String> {
    event.links.iter().map(|link| format!("{}>{}", link.from, link.to)).collect()
}

/// Two vCenters; vc01's root ends in 2028, its machine certificate in 2035.
fn two(until: &str) -> Lab {
    let (one, two) = (root_until("vmca1", 1, until), root("vmca2", 2));
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &one)], &[&one, &two]);
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &two)], &[&one, &two]);
    lab
}

#[test]
fn end_of_a_root_breaks_every_link_that_ends_in_it() {
    let report = two("2028-03-01").assess(Profile::Strict);
    let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
    assert_eq!(event.date, time("2028-03-01"));
    assert_eq!(event.days_left, report.at.days_until(time("2028-03-01")));
    assert_eq!(event.cause.subject, "CN=vmca1");
    assert_eq!(links(event), ["vc01>vc01", "vc02>vc01"]);
    assert_eq!(messages(&report, FindingId::LinksBreak).len(), 1);
}

#[test]
fn link_is_whole_in_the_last_second_and_broken_in_the_next() {
    let lab = two("2028-03-01");
    let matrix = |at: Time| {
        let options = vitrust::assess::AssessOptions::at(at);
        vitrust::assess::assess(&lab.estate, &options).matrix.is_mutual()
    };
    let last = time("2028-03-01");
    assert!(matrix(last));
    assert!(!matrix(Time::from_unix(last.unix() + 1)));
}

#[test]
fn nearness_decides_how_bad_it_is() {
    for (until, severity) in
        [("2026-06-20", Severity::High), ("2026-07-20", Severity::Medium), ("2028-03-01", Severity::Low)]
    {
        let report = two(until).assess(Profile::Strict);
        let finding = report.findings.iter().find(|finding| finding.id == FindingId::LinksBreak);
        assert_eq!(finding.map(|finding| finding.severity), Some(severity), "{until}");
    }
}

#[test]
fn profiles_that_do_not_look_at_an_anchors_dates_lose_nothing() {
    for (profile, breaks) in [
        (Profile::Strict, true),
        (Profile::Openssl, true),
        (Profile::Go, true),
        (Profile::Java, false),
        (Profile::Webpki, false),
    ] {
        let report = two("2028-03-01").assess(profile);
        assert_eq!(!events(&report, EventKind::Anchor).is_empty(), breaks, "{profile}");
    }
}

#[test]
fn second_path_keeps_a_link_alive_until_it_ends_too() {
    let short = root_until("vmca", 1, "2028-03-01");
    let renewed = short.rebuild().validity("2026-01-01", "2030-05-01").self_signed();
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &short)], &[&short, &renewed]);
    for profile in [Profile::Strict, Profile::Openssl] {
        let report = lab.assess(profile);
        let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
        assert_eq!((event.date, event.count), (time("2030-05-01"), 1), "{profile}");
    }
}

#[test]
fn successor_that_is_not_valid_in_time_does_not_help() {
    let short = root_until("vmca", 1, "2028-03-01");
    let late = short.rebuild().validity("2028-04-01", "2034-01-01").self_signed();
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &short)], &[&short, &late]);
    let report = lab.assess(Profile::Strict);
    let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
    assert_eq!((event.date, event.count), (time("2028-03-01"), 1));
}

#[test]
fn presented_intermediate_is_a_cause_of_its_own() {
    let enterprise = root("enterprise", 1);
    let issuing = Cert::ca("CN=issuing").key(Key::p256(2)).validity("2025-01-01", "2027-02-01").issued_by(&enterprise);
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &issuing), &issuing], &[&enterprise]);
    let report = lab.assess(Profile::Strict);
    let [event] = events(&report, EventKind::Intermediate)[..] else { panic!("{:?}", report.forecast) };
    assert_eq!((event.date, event.cause.subject.as_str()), (time("2027-02-01"), "CN=issuing"));
}

#[test]
fn end_of_a_machine_certificate_is_an_event_even_where_nothing_trusts_it() {
    let (vmca, stranger) = (root("vmca", 1), root("stranger", 2));
    let machine = Cert::end_entity("CN=vc01")
        .dns("vc01.lab.example")
        .key(Key::p256(11))
        .validity("2025-01-01", "2026-09-01")
        .issued_by(&vmca);
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&machine], &[&vmca]);
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &stranger)], &[&stranger]);
    let report = lab.assess(Profile::Strict);
    let [event] = events(&report, EventKind::EndEntity)[..] else { panic!("{:?}", report.forecast) };
    assert_eq!((event.date, links(event)), (time("2026-09-01"), vec!["vc01>vc01".to_owned()]));
    lab.estate.vcenters[0].trusted_roots = Some(lab.store(&[&stranger]));
    let report = lab.assess(Profile::Strict);
    let [event] = events(&report, EventKind::EndEntity)[..] else { panic!("{:?}", report.forecast) };
    assert_eq!(event.count, 0);
}

#[test]
fn edges_of_hosts_break_too_and_name_their_side() {
    let vmca = root_until("vmca", 1, "2027-01-01");
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &vmca)], &[&vmca]);
    lab.host("esx01", Some("8.0.3"), &[&server("esx01.lab.example", 12, &vmca)], &[&vmca]);
    let report = lab.assess(Profile::Strict);
    let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
    // The last is the edge to port 9080: SPS goes on, so it is no link that breaks.
    assert_eq!(links(event), ["vc01>vc01", "vc01>esx01", "esx01>vc01", "vc01>esx01"]);
    assert_eq!((event.count, event.disputed), (3, 1));
    let finding = report.findings.iter().find(|finding| finding.id == FindingId::LinksBreak).expect("a finding");
    assert!(finding.message.starts_with("3 links break"), "{}", finding.message);
    assert_eq!(finding.subjects.len(), 3);
    assert!(event.places.iter().any(|place| &**place == "castore.pem of esx01"), "{:?}", event.places);
}

#[test]
fn nothing_beyond_the_horizon_is_told() {
    let lab = two("2033-01-01");
    assert!(lab.assess(Profile::Strict).forecast.events.is_empty());
    let far =
        vitrust::assess::AssessOptions { forecast_days: 3000, ..vitrust::assess::AssessOptions::at(crate::lab::at()) };
    assert_eq!(vitrust::assess::assess(&lab.estate, &far).forecast.events.len(), 1);
}

#[test]
fn an_edge_breaks_by_its_consumers_rules_and_those_asked_for_are_told_apart() {
    let vmca = root_until("vmca", 1, "2027-01-01");
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &vmca)], &[&vmca]);
    lab.host("esx01", Some("8.0.3"), &[&server("esx01.lab.example", 12, &vmca)], &[&vmca]);
    let by = |asked: Profile| {
        let report = lab.assess(asked);
        let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
        assert_eq!(event.date, time("2027-01-01"));
        let link = |link: &vitrust::assess::Link| {
            assert_eq!(link.disputed, link.edge.is_some_and(|kind| kind.consumer() != link.by[0].profile));
            (link.edge, link.by.iter().map(|by| by.profile).collect::<Vec<_>>())
        };
        assert_eq!(event.count + event.disputed, event.links.len());
        event.links.iter().map(link).collect::<Vec<_>>()
    };
    use EdgeKind::{HostToVcenter, VcenterToHost, VcenterToProvider};
    use Profile::{Java, Openssl, Strict};
    let strict = [
        (None, vec![Strict]),
        (Some(VcenterToHost), vec![Openssl, Strict]),
        (Some(HostToVcenter), vec![Openssl, Strict]),
        // Java does not look at the dates of an anchor: SPS goes on, and strict would not.
        (Some(VcenterToProvider), vec![Strict]),
    ];
    assert_eq!(by(Strict), strict);
    assert_eq!(by(Java), [(Some(VcenterToHost), vec![Openssl]), (Some(HostToVcenter), vec![Openssl])]);
}

#[test]
fn openssl_does_not_take_the_last_second_for_valid() {
    let report = two("2028-03-01").assess(Profile::Openssl);
    let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
    assert!(event.links.iter().all(|link| link.by[0].since == time("2028-03-01")));
    let report = two("2028-03-01").assess(Profile::Strict);
    let [event] = events(&report, EventKind::Anchor)[..] else { panic!("{:?}", report.forecast) };
    assert!(event.links.iter().all(|link| link.by[0].since == time("2028-03-01T00:00:01Z")));
}
