//! The mutual-trust matrix and the smallest set of additions.

use vitrust::assess::{Additions, Matrix, Report, Topology, Trust};
use vitrust::catalogue::FindingId;
use vitrust::{Certificate, Options, Profile, TrustStore, Verifier};
use vitrust_factory::{Cert, Key};

use crate::lab::{Lab, at, dumped, messages, read, root, server};

fn additions(report: &Report) -> Vec<(String, Vec<String>, Vec<String>)> {
    let names = |names: &[std::sync::Arc<str>]| names.iter().map(ToString::to_string).collect();
    let rows = report.additions.rows.iter();
    rows.map(|row| (row.add.subject.clone(), names(&row.to), names(&row.because))).collect()
}

fn row(subject: &str, to: &[&str], because: &[&str]) -> (String, Vec<String>, Vec<String>) {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    (subject.to_owned(), names(to), names(because))
}

/// Three vCenters with a VMCA each; vc01 trusts vc02.
fn three() -> Lab {
    let roots: Vec<Cert> = (1..4).map(|n| root(&format!("vmca{n}"), n)).collect();
    let mut lab = Lab::default();
    for (n, issuer) in (1_u64..4).zip(&roots) {
        let name = format!("vc0{n}.lab.example");
        let machine = server(&name, 10 + n, issuer);
        let trusted: Vec<&Cert> = if n == 1 { vec![issuer, &roots[1]] } else { vec![issuer] };
        lab.vcenter(&name, &[&machine], &trusted);
    }
    lab
}

#[test]
fn trust_goes_one_way_and_includes_oneself() {
    let report = three().assess(Profile::Strict);
    let matrix = &report.matrix;
    let trusts = |from: &str, to: &str| matrix.trusts(&format!("{from}.lab.example"), &format!("{to}.lab.example"));
    assert_eq!(trusts("vc01", "vc02"), Some(Trust::Trusted));
    assert_eq!(trusts("vc02", "vc01"), Some(Trust::Untrusted));
    assert_eq!(trusts("vc03", "vc03"), Some(Trust::Trusted));
    assert_eq!(trusts("vc09", "vc03"), None);
    assert!(!matrix.is_mutual());
    assert_eq!((matrix.count(Trust::Trusted), matrix.count(Trust::Untrusted)), (4, 5));
}

#[test]
fn additions_complete_the_matrix_and_are_grouped_by_certificate() {
    let lab = three();
    let report = lab.assess(Profile::Strict);
    assert!(report.additions.is_minimal);
    assert_eq!(
        additions(&report),
        [
            row("CN=vmca1", &["vc02.lab.example", "vc03.lab.example"], &["vc01.lab.example"]),
            row("CN=vmca3", &["vc01.lab.example", "vc02.lab.example"], &["vc03.lab.example"]),
            row("CN=vmca2", &["vc03.lab.example"], &["vc02.lab.example"]),
        ]
    );
    let resolved = lab.estate.resolve();
    let after = Topology::of(&resolved).matrix_with(&report.matrix, &report.additions);
    assert!(after.is_mutual());
    assert_eq!(messages(&report, FindingId::MatrixNotMutual).len(), 1);
    assert_eq!(messages(&report, FindingId::PartyNotTrusted).len(), 3);
}

#[test]
fn complete_matrix_needs_nothing() {
    let shared = root("enterprise", 1);
    let mut lab = Lab::default();
    for n in 1..4 {
        let name = format!("vc0{n}.lab.example");
        lab.vcenter(&name, &[&server(&name, 10 + n, &shared)], &[&shared]);
    }
    let report = lab.assess(Profile::Strict);
    assert!(report.matrix.is_mutual());
    assert!(report.additions.rows.is_empty() && report.additions.is_minimal);
    assert!(report.causes.is_empty());
    assert!(messages(&report, FindingId::MatrixNotMutual).is_empty());
}

#[test]
fn shared_enterprise_root_is_preferred_to_the_issuing_cas_below_it() {
    let enterprise = root("enterprise", 1);
    let issuing: Vec<Cert> =
        (2..4).map(|n| Cert::ca(format!("CN=issuing{n}")).key(Key::p256(n)).issued_by(&enterprise)).collect();
    let own = root("vmca", 5);
    let mut lab = Lab::default();
    for (n, ca) in (1_u64..3).zip(&issuing) {
        let name = format!("vc0{n}.lab.example");
        lab.vcenter(&name, &[&server(&name, 10 + n, ca), ca], &[ca]);
    }
    lab.vcenter("vc03.lab.example", &[&server("vc03.lab.example", 13, &own)], &[&own]);
    lab.vmca(&enterprise);
    let report = lab.assess(Profile::Strict);
    // One certificate serves two targets at vc03, and the issuing CAs could do it only one by one.
    assert_eq!(
        additions(&report),
        [
            row(
                "CN=enterprise",
                &["vc01.lab.example", "vc02.lab.example", "vc03.lab.example"],
                &["vc01.lab.example", "vc02.lab.example"]
            ),
            row("CN=vmca", &["vc01.lab.example", "vc02.lab.example"], &["vc03.lab.example"]),
        ]
    );
}

#[test]
fn expired_root_is_never_proposed() {
    let old = Cert::ca("CN=vmca").key(Key::p256(1)).expired().self_signed();
    let renewed = old.rebuild().validity("2026-01-01", "2036-01-01").self_signed();
    let machine = server("vc01.lab.example", 11, &renewed);
    let other = root("other", 2);
    for profile in Profile::ALL {
        let mut lab = Lab::default();
        lab.vcenter("vc01.lab.example", &[&machine], &[&old, &renewed]);
        lab.vcenter("vc02.lab.example", &[&server("vc02.lab.example", 12, &other)], &[&other]);
        let report = lab.assess(profile);
        let added: Vec<_> = report.additions.rows.iter().filter_map(|row| row.add.sha256).collect();
        assert!(!added.contains(&read(&old).sha256()) && added.contains(&read(&renewed).sha256()), "{profile}");
        assert!(report.additions.unfixable.is_empty(), "{profile}");
    }
}

#[test]
fn what_nothing_known_can_mend_is_listed_with_the_reason() {
    let known = root("known", 1);
    let vanished = root("vanished", 2);
    let mut lab = Lab::default();
    lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &known)], &[&known]);
    lab.vcenter("vc02.lab.example", &[&server("vc02.lab.example", 12, &vanished)], &[&known]);
    let report = lab.assess(Profile::Strict);
    assert!(report.additions.rows.is_empty());
    let [unfixable] = report.additions.unfixable.as_slice() else { panic!("{:?}", report.additions) };
    assert_eq!((unfixable.certificate.subject.as_str(), unfixable.count), ("CN=vc02.lab.example", 2));
    assert!(unfixable.reason.contains("CN=vanished"), "{}", unfixable.reason);
}

#[test]
fn the_intermediate_that_nobody_presents_comes_with_its_root() {
    let enterprise = root("enterprise", 1);
    let issuing = Cert::ca("CN=issuing").key(Key::p256(2)).issued_by(&enterprise);
    let own = root("vmca", 5);
    let mut lab = Lab::default();
    // vc01 does not send its issuing CA.
    lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &issuing)], &[&enterprise, &issuing]);
    lab.vcenter("vc02.lab.example", &[&server("vc02.lab.example", 12, &own)], &[&own]);
    let strict = lab.assess(Profile::Strict);
    let openssl = lab.assess(Profile::Openssl);
    let to_vc02 = |report: &Report| -> Vec<String> {
        let rows = report.additions.rows.iter().filter(|row| row.to.iter().any(|to| &**to == "vc02.lab.example"));
        rows.map(|row| row.add.subject.clone()).collect()
    };
    // By strict the intermediate alone would do at vCenter, but not at the hosts that get the same store.
    assert_eq!(to_vc02(&strict), ["CN=enterprise", "CN=issuing"]);
    assert_eq!(to_vc02(&openssl), ["CN=enterprise", "CN=issuing"]);
    let resolved = lab.estate.resolve();
    let topology = Topology::of(&resolved);
    for report in [&strict, &openssl] {
        assert!(topology.matrix_with(&report.matrix, &report.additions).is_mutual(), "{}", report.profile);
    }
}

#[test]
fn by_openssl_three_additions_to_one_store_are_not_proved_to_be_the_fewest() {
    for (count, proved) in [(3, true), (4, false)] {
        let mut lab = Lab::default();
        for n in 1..=count {
            let name = format!("vc0{n}.lab.example");
            let own = root(&format!("vmca{n}"), n);
            lab.vcenter(&name, &[&server(&name, 10 + n, &own)], &[&own]);
        }
        assert!(lab.assess(Profile::Strict).additions.is_minimal);
        assert_eq!(lab.assess(Profile::Openssl).additions.is_minimal, proved, "{count} vCenters");
    }
}

#[test]
fn regenerated_root_is_named_as_the_root_cause() {
    let old = root("vmca", 1).rebuild().validity("2020-01-01", "2030-01-01").self_signed();
    let new = root("vmca", 2);
    let other = root("other", 3);
    let mut lab = Lab::default();
    lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &new)], &[&new]);
    lab.vcenter("vc02.lab.example", &[&server("vc02.lab.example", 12, &other)], &[&other, &old]);
    let report = lab.assess(Profile::Strict);
    assert_eq!(report.matrix.trusts("vc02.lab.example", "vc01.lab.example"), Some(Trust::Untrusted));
    let cause = report.causes.iter().find(|cause| cause.certificate.subject == "CN=vc01.lab.example");
    assert!(cause.is_some_and(vitrust::assess::Cause::is_regenerated_root));
    let [message] = messages(&report, FindingId::RegeneratedRoot)[..] else { panic!("{:?}", report.findings) };
    assert!(message.starts_with("`CN=vmca` was regenerated under its old name: TRUSTED_ROOTS holds"), "{message}");
    assert!(message.contains(&read(&old).sha1().with_colons()), "{message}");
    // Names are shown as `VMCA of <vCenter>`, so no sentence says "of" or "the CA" before one.
    for message in report.findings.iter().map(|finding| &finding.message) {
        assert!(!message.contains("the CA `") && !message.contains("certificate of `"), "{message}");
    }
}

#[test]
fn vcenters_of_one_sso_domain_are_one_party() {
    let (one, two, other) = (root("vmca1", 1), root("vmca2", 2), root("vmca3", 3));
    let mut lab = Lab::default();
    // VMDIR has not yet brought vmca2 to vc01.
    lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &one)], &[&one]).sso_domain =
        Some("a.local".into());
    lab.vcenter("vc02.lab.example", &[&server("vc02.lab.example", 12, &two)], &[&one, &two]).sso_domain =
        Some("A.local".into());
    lab.vcenter("vc03.lab.example", &[&server("vc03.lab.example", 13, &other)], &[&other, &one]).sso_domain =
        Some("b.local".into());
    let report = lab.assess(Profile::Strict);
    let matrix = &report.matrix;
    assert_eq!(matrix.len(), 2);
    assert_eq!(matrix.party("vc02.lab.example"), Some(0));
    // The domain holds vmca2, and vc01 does not: whether it gets there is not known.
    assert_eq!(matrix.trusts("vc01.lab.example", "vc02.lab.example"), Some(Trust::Unknown));
    assert_eq!(messages(&report, FindingId::SsoDomainStoresDiffer).len(), 1);
    // vc03 trusts vc01 but not vc02, and both are one party.
    assert_eq!(matrix.trusts("vc03.lab.example", "vc01.lab.example"), Some(Trust::Untrusted));
    assert_eq!(
        additions(&report),
        [
            row("CN=vmca2", &["vc03.lab.example"], &["vc01.lab.example"]),
            row("CN=vmca3", &["vc01.lab.example"], &["vc03.lab.example"]),
        ]
    );
}

#[test]
fn default_domain_name_alone_joins_nobody() {
    let (one, two) = (root("vmca1", 1), root("vmca2", 2));
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &one)], &[&one]).sso_domain = Some("vsphere.local".into());
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &two)], &[&two]).sso_domain = Some("vsphere.local".into());
    assert_eq!(lab.assess(Profile::Strict).matrix.len(), 2);
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &one)], &[&one, &two]).sso_domain =
        Some("vsphere.local".into());
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &two)], &[&two, &one]).sso_domain =
        Some("vsphere.local".into());
    assert_eq!(lab.assess(Profile::Strict).matrix.len(), 1);
}

#[test]
fn missing_parts_make_cells_unknown_and_not_untrusted() {
    let (one, two) = (root("vmca1", 1), root("vmca2", 2));
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &one)], &[&one]);
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &two)], &[&two]).trusted_roots = None;
    lab.vcenter("vc03", &[&server("vc03.lab.example", 13, &one)], &[&one]).machine_ssl = None;
    let report = lab.assess(Profile::Strict);
    let trusts = |from, to| report.matrix.trusts(from, to).expect("both are there");
    assert_eq!(trusts("vc02", "vc01"), Trust::Unknown);
    assert_eq!(trusts("vc01", "vc03"), Trust::Unknown);
    assert_eq!(trusts("vc01", "vc02"), Trust::Untrusted);
    assert_eq!(trusts("vc01", "vc01"), Trust::Trusted);
    assert!(!report.matrix.is_mutual());
    assert_eq!(report.matrix.parties[2].without_chain.len(), 1);
    assert!(report.matrix.parties[0].has_store && !report.matrix.parties[1].has_store);
}

#[test]
fn dump_may_hold_what_is_missing() {
    let (one, two) = (root("vmca1", 1), root("vmca2", 2));
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &one)], &[&one]);
    let entry = dumped(&two);
    lab.estate.vcenters[0].trusted_roots.as_mut().expect("a store").dumped.push(entry);
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &two)], &[&two]);
    let matrix = lab.assess(Profile::Strict).matrix;
    assert_eq!(matrix.trusts("vc01", "vc01"), Some(Trust::Trusted));
    assert_eq!(matrix.trusts("vc01", "vc02"), Some(Trust::Unknown));
}

#[test]
fn hosts_of_a_trusted_vcenter_may_be_untrusted() {
    let (one, two, hidden) = (root("vmca1", 1), root("vmca2", 2), root("hidden", 3));
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &one)], &[&one, &two]);
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &two)], &[&one, &two, &hidden]);
    lab.host("esx01", Some("8.0.3"), &[&server("esx01.lab.example", 21, &two)], &[&two]);
    lab.host("esx02", Some("8.0.3"), &[&server("esx02.lab.example", 22, &hidden)], &[&two]);
    let report = lab.assess(Profile::Strict);
    assert!(report.matrix.is_mutual());
    assert_eq!(report.matrix.host_cell(0, 1), Some(Trust::Untrusted));
    assert_eq!(report.matrix.host_cell(1, 1), Some(Trust::Trusted));
    assert_eq!(report.matrix.host_cell(1, 0), None);
    let finding = report.findings.iter().find(|finding| finding.id == FindingId::PartyHostsNotTrusted);
    assert_eq!(finding.and_then(|finding| finding.evidence.seen.as_deref()), Some("esx02"));
}

/// The factored matrix must say what asking the verifier cell by cell says, for every profile.
#[test]
fn matrix_is_what_each_pair_says_by_itself() {
    let mut state = 7_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let roots: Vec<Cert> = (0..5)
        .map(|n| {
            // Two roots share a name, one has expired, one is no CA.
            let builder = Cert::ca(format!("CN=root{}", n.min(3))).key(Key::p256(100 + n));
            match n {
                1 => builder.expired().self_signed(),
                2 => builder.basic_constraints(false, None).self_signed(),
                _ => builder.self_signed(),
            }
        })
        .collect();
    let issuing: Vec<Cert> = (0..4_u64)
        .zip(roots.iter().cycle())
        .map(|(n, root)| Cert::ca(format!("CN=issuing{n}")).key(Key::p256(200 + n)).issued_by(root))
        .collect();
    let everything: Vec<&Cert> = roots.iter().chain(&issuing).collect();
    let pick = |n: u64| everything[usize::try_from(n).expect("small")];
    let mut lab = Lab::default();
    let mut chains = Vec::new();
    let mut stores = Vec::new();
    for n in 0..24 {
        let issuer = pick(next(9));
        let name = format!("vc{n}.lab.example");
        let machine = server(&name, 300 + n, issuer);
        let chain: Vec<Cert> = if next(3) == 0 { vec![machine.clone()] } else { vec![machine.clone(), issuer.clone()] };
        let mut store: Vec<Cert> = (0..9).filter(|_| next(3) == 0).map(|n| pick(n).clone()).collect();
        if next(6) == 0 {
            store.push(machine.clone());
        }
        lab.vcenter(&name, &chain.iter().collect::<Vec<_>>(), &store.iter().collect::<Vec<_>>());
        chains.push(chain.iter().map(read).collect::<Vec<_>>());
        stores.push(TrustStore::from_certificates(store.iter().map(read)));
    }
    let resolved = lab.estate.resolve();
    let topology = Topology::of(&resolved);
    for profile in Profile::ALL {
        let matrix = topology.matrix(profile, at());
        let options = Options { profile, ..Options::at(at()) };
        let mut trusted = 0;
        for (from, store) in stores.iter().enumerate() {
            for (to, chain) in chains.iter().enumerate() {
                let alone = Verifier::new(store).trusts(chain, &options).expect("a chain");
                trusted += usize::from(alone);
                let cell = matrix.cell(from, to).expect("a cell");
                assert_eq!(cell == Trust::Trusted, alone, "{profile}: {from} -> {to}");
            }
        }
        assert!(trusted > 20, "{profile}: the estate must have something to find, has {trusted}");
        let additions = topology.additions(&matrix);
        promises_are_kept(&topology, &matrix, &additions, &everything, &chains, &stores);
    }
}

/// Cell by cell: what was trusted stays trusted, and what was not becomes trusted unless it is listed as unfixable. Where
/// the set is said to be the smallest, no smaller choice of certificates does the same for any store.
fn promises_are_kept(
    topology: &Topology,
    matrix: &Matrix,
    additions: &Additions,
    everything: &[&Cert],
    chains: &[Vec<Certificate>],
    stores: &[TrustStore],
) {
    let after = topology.matrix_with(matrix, additions);
    let options = Options { profile: matrix.profile, ..Options::at(matrix.at) };
    let stuck =
        |to: usize| additions.unfixable.iter().find(|gap| gap.certificate.sha256 == Some(chains[to][0].sha256()));
    for to in 0..matrix.len() {
        let column = |matrix: &Matrix, wanted| matrix.cells(wanted).filter(|cell| cell.1 == to).count();
        assert_eq!(column(&after, Trust::Untrusted), stuck(to).map_or(0, |gap| gap.count), "{}", matrix.profile);
        for from in 0..matrix.len() {
            let (before, after) = (matrix.cell(from, to), after.cell(from, to));
            let kept = after == Some(Trust::Trusted) || (before == Some(Trust::Untrusted) && stuck(to).is_some());
            assert!(kept, "{}: {from} -> {to} was {before:?} and is {after:?}", matrix.profile);
        }
    }
    let addable: Vec<Certificate> = everything.iter().map(|cert| read(cert)).collect();
    let addable: Vec<&Certificate> =
        addable.iter().filter(|ca| ca.is_ca() && ca.not_before() <= matrix.at && matrix.at <= ca.not_after()).collect();
    for (from, store) in stores.iter().enumerate().filter(|_| additions.is_minimal).take(8) {
        let name = &matrix.parties[from].name;
        let proposed = additions.rows.iter().filter(|row| row.to.contains(name)).fold(0_u32, |count, _| count + 1);
        let wanted = || chains.iter().enumerate().filter(|(to, _)| after.cell(from, *to) == Some(Trust::Trusted));
        for choice in (0_usize..1 << addable.len()).filter(|choice| choice.count_ones() < proposed) {
            let added = addable.iter().enumerate().filter(|(n, _)| choice & (1 << n) != 0).map(|(_, ca)| (*ca).clone());
            let held = store.anchors().iter().map(|anchor| anchor.certificate.clone());
            let store = TrustStore::from_certificates(held.chain(added));
            let verifier = Verifier::new(&store);
            let enough = wanted().all(|(_, chain)| verifier.trusts(chain, &options).expect("a chain"));
            assert!(!enough, "{}: {proposed} are proposed for {name}, and {choice:b} would do", matrix.profile);
        }
    }
}

/// By openssl a CA that nobody presents may join a chain to a root that the store has: one addition instead of two.
#[test]
fn cross_signed_ca_below_a_root_of_the_store_is_one_addition() {
    let (one, two, own) = (root("one", 1), root("two", 2), root("own", 3));
    let by_one = Cert::ca("CN=issuing").key(Key::p256(4)).issued_by(&one);
    let (by_two, by_own) = (by_one.rebuild().issued_by(&two), by_one.rebuild().issued_by(&own));
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &by_one), &by_one], &[&one, &by_own]);
    lab.vcenter("vc02", &[&server("vc02.lab.example", 12, &by_two), &by_two], &[&two]);
    lab.vcenter("vc03", &[&server("vc03.lab.example", 13, &own)], &[&own]);
    for profile in Profile::ALL {
        let report = lab.assess(profile);
        assert!(report.additions.is_minimal, "{profile}");
        let to_vc03 = report.additions.rows.iter().filter(|row| row.to.iter().any(|to| &**to == "vc03"));
        let added: Vec<_> = to_vc03.filter_map(|row| row.add.sha256).collect();
        assert_eq!(added.len(), 1, "{profile}: {:?}", report.additions.rows);
        if profile == Profile::Openssl {
            assert_eq!(added, [read(&by_own).sha256()]);
        }
    }
}

/// A wildcard certificate on two vCenters of one party is one gap for each party that refuses it.
#[test]
fn chain_presented_twice_by_one_party_is_one_cell() {
    let (known, vanished) = (root("known", 1), root("vanished", 2));
    let shared = server("all.lab.example", 12, &vanished);
    let mut lab = Lab::default();
    lab.vcenter("vc01", &[&server("vc01.lab.example", 11, &known)], &[&known]);
    for name in ["vc02", "vc03"] {
        lab.vcenter(name, &[&shared], &[&known]).sso_domain = Some("a.local".to_owned());
    }
    let report = lab.assess(Profile::Strict);
    let [gap] = report.additions.unfixable.as_slice() else { panic!("{:?}", report.additions) };
    assert_eq!((gap.count, gap.cells.len(), report.matrix.count(Trust::Untrusted)), (2, 2, 2));
}

#[test]
fn nobody_is_not_everybody() {
    let report = Lab::default().assess(Profile::Strict);
    assert!(report.matrix.is_empty() && !report.matrix.is_mutual());
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).expect("a report is JSON");
    assert_eq!(json["matrix"]["is_mutual"], false);
}

/// ESXi and vpxd end a path in a self-signed certificate, so an intermediate alone is no help, whatever is asked by.
#[test]
fn an_intermediate_whose_root_nobody_knows_is_not_proposed() {
    let enterprise = root("enterprise", 1);
    let issuing = Cert::ca("CN=issuing").key(Key::p256(2)).issued_by(&enterprise);
    let own = root("vmca", 5);
    let lab = |roots: &[&Cert]| {
        let mut lab = Lab::default();
        lab.vcenter("vc01.lab.example", &[&server("vc01.lab.example", 11, &own)], &[&own]);
        lab.vcenter("vc02.lab.example", &[&server("vc02.lab.example", 12, &issuing), &issuing], roots);
        lab.assess(Profile::Strict)
    };
    let unknown = lab(&[&own]);
    assert!(additions(&unknown).is_empty(), "{:?}", additions(&unknown));
    assert_eq!(unknown.additions.unfixable.len(), 1);
    let known = lab(&[&own, &enterprise]);
    assert_eq!(additions(&known), [row("CN=enterprise", &["vc01.lab.example"], &["vc02.lab.example"])]);
    assert!(known.additions.is_minimal);
}
