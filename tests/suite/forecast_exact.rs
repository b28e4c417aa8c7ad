//! The forecast against the judgement it foretells: random estates, judged again around every date it names.

use std::collections::{BTreeMap, BTreeSet};

use vitrust::assess::{AssessOptions, Edge, EdgeKind, Forecast, Matrix, Topology, Trust, assess};
use vitrust::estate::{CertificateMode, Estate};
use vitrust::{Profile, Time};
use vitrust_factory::{Cert, Key, vsphere};

use crate::lab::{Lab, at, dumped, time};

/// Far enough that every certificate of these estates has ended.
const UNTIL: &str = "2032-01-01";

/// A link and whose rules judge it.
type Judged = (Option<EdgeKind>, String, String, Profile);

type State = BTreeMap<Judged, Trust>;

/// Repeatable numbers below a bound.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    fn validity(&mut self) -> (&'static str, &'static str) {
        let from = *self.one(&["2020-01-01", "2020-01-01", "2020-01-01", "2026-10-01", "2027-03-01"]);
        let to = *self.one(&["2026-09-01", "2027-03-01", "2027-03-02", "2028-05-05", "2030-01-01", "2031-01-01"]);
        if from < to { (from, to) } else { ("2020-01-01", to) }
    }
}

/// The CAs of one estate: roots of which two share a name, one root twice, issuing CAs below them.
fn authorities(dice: &mut Dice) -> Vec<Cert> {
    let mut all = Vec::new();
    for (name, key) in [("vmca", 1), ("vmca", 2), ("other", 3)] {
        let (from, to) = dice.validity();
        all.push(Cert::ca(format!("CN={name}")).key(Key::p256(key)).validity(from, to).self_signed());
    }
    let (from, to) = dice.validity();
    all.push(all[0].rebuild().validity(from, to).self_signed());
    for key in [4, 5] {
        let ((from, to), issuer) = (dice.validity(), dice.one(&all).clone());
        all.push(Cert::ca(format!("CN=issuing{key}")).key(Key::p256(key)).validity(from, to).issued_by(&issuer));
    }
    all
}

/// A server's certificate, sometimes with its issuer sent along.
fn presented(dice: &mut Dice, name: &str, authorities: &[Cert]) -> Vec<Cert> {
    let (issuer, (from, to)) = (dice.one(authorities).clone(), dice.validity());
    let key = 20 + u64::try_from(dice.below(30)).expect("small");
    let own = Cert::end_entity(format!("CN={name}").as_str()).dns(name).key(Key::p256(key)).validity(from, to);
    let own = own.issued_by(&issuer);
    if dice.below(2) == 0 { vec![own] } else { vec![own, issuer] }
}

fn store(dice: &mut Dice, authorities: &[Cert]) -> Vec<Cert> {
    authorities.iter().filter(|_| dice.below(3) > 0).cloned().collect()
}

fn refs(certs: &[Cert]) -> Vec<&Cert> {
    certs.iter().collect()
}

/// Three vCenters with two hosts each; versions, parts, pins, dumps and SSO domains as the dice fall.
fn estate(seed: u64) -> Estate {
    let dice = &mut Dice(seed);
    let authorities = authorities(dice);
    let mut lab = Lab::default();
    for number in 0..3 {
        let name = format!("vc{number}.lab.example");
        let (machine, roots) = (presented(dice, &name, &authorities), store(dice, &authorities));
        let dump = (dice.below(4) == 0).then(|| dumped(dice.one(&authorities)));
        let vcenter = lab.vcenter(&name, &refs(&machine), &refs(&roots));
        vcenter.version = dice.one(&[None, Some("8.0.3"), Some("9.0.0")]).map(str::to_owned);
        vcenter.sso_domain = dice.one(&[None, Some("a.local")]).map(str::to_owned);
        vcenter.certificate_mode = (dice.below(6) == 0).then_some(CertificateMode::Thumbprint);
        vcenter.trusted_roots.as_mut().expect("a store").dumped.extend(dump);
        if dice.below(8) == 0 {
            vcenter.machine_ssl = None;
        }
        let own = vsphere::sms_self_signed(1_717_200_000, 7).rebuild().validity("2020-01-01", dice.validity().1);
        let (own, extension) = (own.self_signed(), presented(dice, "sps-extension", &authorities));
        lab.sms((dice.below(4) > 0).then_some(&own), Some(&refs(&extension)));
        for host in 0..2 {
            let name = format!("esx{number}{host}.lab.example");
            let (chain, mut castore) = (presented(dice, &name, &authorities), store(dice, &authorities));
            castore.extend((dice.below(3) > 0).then(|| own.clone()));
            let version = *dice.one(&[None, Some("8.0.3"), Some("9.0.0")]);
            lab.host(&name, version, &refs(&chain), &refs(&castore));
        }
    }
    lab.estate
}

fn state(matrix: &Matrix, edges: &[Edge], profile: Profile) -> State {
    let mut state = State::new();
    for wanted in [Trust::Trusted, Trust::Untrusted, Trust::Unknown] {
        for (from, to) in matrix.cells(wanted) {
            let name = |party: usize| matrix.parties[party].name.to_string();
            state.insert((None, name(from), name(to), profile), wanted);
        }
    }
    for edge in edges {
        let key = |profile| (Some(edge.kind), edge.from().to_string(), edge.to().to_string(), profile);
        state.insert(key(profile), edge.profile_verdict);
        state.insert(key(edge.consumer), edge.verdict);
    }
    state
}

/// What was trusted before and is not after, with what it is then.
fn lost(before: &State, after: &State) -> State {
    let kept = |(key, trust): (&Judged, &Trust)| {
        (*trust == Trust::Trusted && after[key] != Trust::Trusted).then(|| (key.clone(), after[key]))
    };
    before.iter().filter_map(kept).collect()
}

/// What the forecast says, by the first second at which it holds.
fn told(forecast: &Forecast) -> BTreeMap<Time, State> {
    let mut told: BTreeMap<Time, State> = BTreeMap::new();
    for event in &forecast.events {
        let listed = event.count + event.disputed;
        assert_eq!(listed, event.links.len(), "these estates are small enough to list every link");
        assert_eq!(event.links.iter().filter(|link| link.disputed).count(), event.disputed);
        for link in &event.links {
            let decides = link.edge.map_or(forecast.profile, EdgeKind::consumer);
            assert_eq!(link.disputed, link.by.iter().all(|by| by.profile != decides));
            assert!(link.disputed || link.by[0].profile == decides, "who decides stands first");
            for by in &link.by {
                assert!((0..=1).contains(&(by.since.unix() - event.date.unix())), "{by:?} at {}", event.date);
                let key = (link.edge, link.from.to_string(), link.to.to_string(), by.profile);
                let twice = told.entry(by.since).or_default().insert(key, by.verdict);
                assert!(twice.is_none(), "one link breaks by two causes at once: {link:?}");
            }
        }
    }
    told
}

#[test]
fn forecast_names_every_break_to_the_second_and_no_other() {
    let until = time(UNTIL);
    let mut seen = BTreeSet::new();
    for seed in 0..25 {
        let estate = estate(seed);
        let resolved = estate.resolve();
        let topology = Topology::of(&resolved);
        for profile in Profile::ALL {
            let judged = |at: Time| state(&topology.matrix(profile, at), &topology.edges(profile, at), profile);
            let mut before = judged(at());
            for (since, said) in told(&topology.forecast(profile, at(), until)) {
                let last = judged(Time::from_unix(since.unix() - 1));
                assert_eq!(lost(&before, &last), State::new(), "seed {seed}, {profile}: untold before {since}");
                let after = judged(since);
                assert_eq!(lost(&last, &after), said, "seed {seed}, {profile}: at {since}");
                seen.extend(said.iter().map(|((edge, _, _, by), trust)| (*edge, *by == profile, trust.name())));
                before = after;
            }
            assert_eq!(lost(&before, &judged(until)), State::new(), "seed {seed}, {profile}: untold to the end");
        }
    }
    for kind in EdgeKind::ALL {
        for asked in [true, false] {
            for trust in [Trust::Untrusted, Trust::Unknown] {
                // A dump is in TRUSTED_ROOTS here, and only SPS's certificates may be either of two.
                let may_be = trust == Trust::Untrusted || kind != EdgeKind::HostToVcenter;
                assert_eq!(seen.contains(&(Some(kind), asked, trust.name())), may_be, "{kind:?} {asked} {trust:?}");
            }
        }
    }
    assert!(seen.contains(&(None, true, "untrusted")) && seen.contains(&(None, true, "unknown")));
}

/// The topology that the test above asks is the one whose answers a report holds.
#[test]
fn report_holds_the_forecast_of_its_own_edges_and_matrix() {
    let estate = estate(3);
    for profile in Profile::ALL {
        let report = assess(&estate, &AssessOptions { profile, forecast_days: 2000, ..AssessOptions::at(at()) });
        let resolved = estate.resolve();
        let topology = Topology::of(&resolved);
        assert_eq!(report.forecast, topology.forecast(profile, at(), at().plus_days(2000)));
        // What to do about an edge takes in the whole estate; all else is what the topology answers.
        let facts = |edges: Vec<Edge>| edges.into_iter().map(|edge| Edge { change: None, ..edge }).collect::<Vec<_>>();
        assert_eq!(report.matrix, topology.matrix(profile, at()));
        assert_eq!(facts(report.edges), facts(topology.edges(profile, at())));
    }
}
