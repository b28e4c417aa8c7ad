//! Each story in each version, as a collection finds it and the assessment names it.

use std::collections::BTreeSet;
use std::net::{Ipv6Addr, TcpListener};
use std::path::PathBuf;

use vitrust::assess::{AssessOptions, assess};
use vitrust::net::{Cancel, Collected, Inventory, Secret, Secrets, blocking, collect};
use vitrust_simulator::{Simulation, Spec, Story, Version};

use crate::support::{now, start};

/// The inventory names a file, and nobody is asked.
struct Nobody;

impl Secrets for Nobody {
    fn variable(&mut self, _: &str) -> Option<String> {
        None
    }

    fn prompt(&mut self, _: &str) -> Option<Secret> {
        None
    }
}

/// Collects a running estate by the inventory it wrote.
fn collected(simulation: &Simulation, name: &str) -> Collected {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("stories-{name}"));
    let fleet = simulation.write_fleet(&folder).expect("files");
    let inventory = Inventory::load(&fleet, &mut Nobody).expect("an inventory");
    blocking::run(collect(&inventory, &Cancel::default(), |_| ())).expect("a runtime")
}

/// The names of the findings, severe or not.
fn findings(collected: &Collected) -> BTreeSet<&'static str> {
    assess(&collected.estate, &AssessOptions::at(now())).findings.iter().map(|finding| finding.name).collect()
}

/// What tells a story: findings that must be there.
fn told(story: Story, version: Version) -> &'static [&'static str] {
    match story {
        Story::AllGood | Story::All => &[],
        Story::ExpiredRoot => &["expired-anchor-on-hosts", "vcenter-refuses-host", "provider-offline"],
        Story::RegeneratedVmca => &["vcenter-refuses-host", "vcenter-refuses-provider", "provider-offline"],
        // For hosts of 9.0 a self-signed service certificate is not what they are meant to hold.
        Story::StaleProvider if version >= Version::V9_0 => &["provider-offline"],
        Story::StaleProvider => &["castore-lacks-sms", "host-refuses-sps", "provider-offline"],
    }
}

#[test]
fn every_story_is_told_in_every_version() {
    let stories = [Story::AllGood, Story::ExpiredRoot, Story::RegeneratedVmca, Story::StaleProvider];
    for version in Version::ALL {
        for story in stories {
            let simulation = start(&Spec { hosts_per_vcenter: 2, story, version, ..Spec::at(now()) });
            let collected = collected(&simulation, &format!("{version}-{story}"));
            assert_eq!(collected.failures, [], "{version} {story}");
            let vcenter = &collected.estate.vcenters[0];
            assert_eq!(vcenter.hosts.len(), 2, "{version} {story}");
            assert!(vcenter.trusted_roots.is_some(), "{version} {story}");
            let archive = simulation.log().iter().any(|request| request.operation == "GET /certs/download.zip");
            assert_eq!(archive, version == Version::V6_7, "only 6.7 has its roots from the archive");
            let found = findings(&collected);
            for wanted in told(story, version) {
                assert!(found.contains(wanted), "{version} {story}: {wanted} is not among {found:?}");
            }
            if story == Story::AllGood {
                let wrong = [Story::ExpiredRoot, Story::RegeneratedVmca, Story::StaleProvider];
                let wrong = wrong.iter().flat_map(|story| told(*story, version)).find(|name| found.contains(*name));
                assert_eq!(wrong, None, "{version}: {found:?}");
            }
            assert_eq!(simulation.sessions(0), 0, "{version} {story}");
        }
    }
}

#[test]
fn four_stories_at_once_stay_apart() {
    let simulation = start(&Spec { vcenters: 4, story: Story::All, ..Spec::at(now()) });
    let collected = collected(&simulation, "all");
    assert_eq!(collected.failures, []);
    let found = findings(&collected);
    for story in [Story::ExpiredRoot, Story::RegeneratedVmca, Story::StaleProvider] {
        for wanted in told(story, Version::V8_0_3) {
            assert!(found.contains(wanted), "{story}: {wanted} is not among {found:?}");
        }
    }
}

#[test]
fn an_estate_on_ipv6_is_collected_too() {
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        eprintln!("skipped: there is no ::1");
        return;
    }
    let simulation = start(&Spec { ipv6: true, ..Spec::at(now()) });
    assert!(simulation.vcenters[0].address.is_ipv6() && simulation.provider_port().is_ipv6());
    let collected = collected(&simulation, "ipv6");
    assert_eq!(collected.failures, []);
    assert_eq!(collected.estate.vcenters[0].hosts.len(), 1);
}
