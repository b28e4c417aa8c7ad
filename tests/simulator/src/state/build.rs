//! The estate as a story leaves it.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Instant;

use super::{Array, Datastore, Host, OPTIONS, Provider, State, Status, Trust, Vcenter, World};
use crate::Spec;
use crate::fault::Faults;
use crate::pki::{Identity, Maker, Root, Whose};
use crate::story::Story;
use crate::version::Version;

/// The number of the first host's managed object.
const FIRST_HOST: u64 = 10;

/// Makes every certificate and puts it where the story wants it. Costs a third of a millisecond for each host.
pub(crate) fn world(spec: &Spec) -> World {
    let started = Instant::now();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(spec.vcenters.max(1));
    let mut vcenters: Vec<(usize, Vcenter)> = thread::scope(|scope| {
        let share = |worker: usize| (worker..spec.vcenters).step_by(threads).map(|index| (index, vcenter(spec, index)));
        let workers: Vec<_> =
            (0..threads).map(|worker| scope.spawn(move || share(worker).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("making certificates does not fail")).collect()
    });
    vcenters.sort_by_key(|(index, _)| *index);
    let vcenters: Vec<Vcenter> = vcenters.into_iter().map(|(_, vcenter)| vcenter).collect();
    let (mut hosts, mut arrays) = (HashMap::new(), HashMap::new());
    for (index, vcenter) in vcenters.iter().enumerate() {
        let state = vcenter.state();
        arrays.extend(state.array.iter().map(|array| (array.name.clone(), index)));
        hosts.extend(state.hosts.iter().enumerate().map(|(host, made)| (made.name.clone(), (index, host))));
    }
    World {
        vcenters,
        hosts,
        arrays,
        faults: Faults::default(),
        log: Mutex::default(),
        provider_port: OnceLock::new(),
        management_port: OnceLock::new(),
        at: spec.at,
        started,
        counter: AtomicU64::new(0),
    }
}

/// The roots of a story: the former one, where there is one, and the one VMCA issues from.
struct Roots {
    former: Option<Root>,
    current: Root,
}

impl Roots {
    fn of(story: Story, maker: &Maker) -> Self {
        let former = match story {
            Story::ExpiredRoot => Some(maker.root(Whose::FormerRoot, -3680, -30)),
            Story::RegeneratedVmca => Some(maker.root(Whose::FormerRoot, -1000, 2650)),
            Story::AllGood | Story::StaleProvider | Story::All => None,
        };
        let since = match story {
            Story::ExpiredRoot => -400,
            Story::RegeneratedVmca => -20,
            Story::AllGood | Story::StaleProvider | Story::All => -700,
        };
        Self { former, current: maker.root(Whose::Root, since, since + 3650) }
    }

    fn former(&self) -> &Root {
        self.former.as_ref().unwrap_or(&self.current)
    }
}

fn vcenter(spec: &Spec, index: usize) -> Vcenter {
    let story = spec.story.of(index);
    let name = format!("vc{:02}.lab.example", index + 1);
    let seed = spec.seed << 16 | u64::try_from(index).unwrap_or_default();
    let maker = Maker { vcenter: name.clone(), seed, at: spec.at };
    let roots = Roots::of(story, &maker);
    let sms = sms(story, spec.version, &maker, &roots);
    let trust = match (&roots.former, story) {
        (Some(former), Story::ExpiredRoot) => Trust::of(&[former, &roots.current]),
        _ => Trust::of(&[&roots.current]),
    };
    let mut hosts: Vec<Host> =
        (0..spec.hosts_per_vcenter).map(|position| host(story, &maker, &roots, position)).collect();
    for host in &mut hosts {
        stock(host, story, &roots, &sms);
    }
    let mut providers: BTreeMap<String, Provider> = hosts.iter().map(provider).collect();
    let array = spec.array.map(|state| {
        let name = format!("array01.{}", maker.vcenter);
        Array { identity: maker.array(&name, &roots.current), name, state }
    });
    let mut datastores = vec![Datastore::vmfs()];
    if let Some((id, provider)) = array.as_ref().map(array_provider) {
        datastores.push(Datastore::vvol(&provider));
        providers.insert(id, provider);
    }
    let state = State {
        machine: maker.machine(&roots.current),
        signing: vec![maker.signing(&roots.current, Whose::Signing)],
        roots: roots.former.into_iter().chain([roots.current]).collect(),
        requested: Vec::new(),
        back: None,
        trust,
        sms,
        hosts,
        array,
        datastores,
        providers,
        sessions: HashMap::new(),
        tasks: BTreeMap::new(),
        events: Vec::new(),
        alarms: BTreeMap::new(),
        options: OPTIONS.iter().map(|(key, kind, value)| (*key, (*kind, (*value).to_owned()))).collect(),
        next: 1000,
    };
    Vcenter { name, version: spec.version, maker, restart: spec.restart, state: Mutex::new(state) }
}

/// The service's client certificate. Until 8.0 it made it itself; for hosts of 9.0 VMCA certifies it.
fn sms(story: Story, version: Version, maker: &Maker, roots: &Roots) -> Identity {
    match story {
        Story::ExpiredRoot => maker.sps_extension(roots.former()),
        // It is the self-signed one that a push drops; upgraded estates still have it.
        Story::StaleProvider => maker.sms_self_signed(),
        Story::AllGood | Story::RegeneratedVmca | Story::All if version >= Version::V9_0 => {
            maker.sps_extension(&roots.current)
        }
        Story::AllGood | Story::RegeneratedVmca | Story::All => maker.sms_self_signed(),
    }
}

fn host(story: Story, maker: &Maker, roots: &Roots, position: usize) -> Host {
    let name = format!("esx{:02}.{}", position + 1, maker.vcenter);
    let former = match story {
        Story::ExpiredRoot => position.is_multiple_of(2),
        Story::RegeneratedVmca => true,
        Story::AllGood | Story::StaleProvider | Story::All => false,
    };
    // A new root has issued nothing before it was made.
    let (root, days_ago) = if former { (roots.former(), 500) } else { (&roots.current, 360) };
    let number = FIRST_HOST + u64::try_from(position).unwrap_or_default();
    Host::new(name.clone(), number, maker.host(position, &name, root, days_ago))
}

/// Fills the host's castore as the last push, and who came after it, left it.
fn stock(host: &mut Host, story: Story, roots: &Roots, sms: &Identity) {
    let holds: Vec<&Root> = match story {
        Story::ExpiredRoot => vec![roots.former(), &roots.current],
        Story::RegeneratedVmca => vec![roots.former()],
        Story::AllGood | Story::StaleProvider | Story::All => vec![&roots.current],
    };
    host.castore = holds.iter().map(|root| root.certificate.clone()).collect();
    host.crls = holds.iter().map(|root| root.crl_pem.clone()).collect();
    let dropped = story == Story::StaleProvider;
    if sms.certificate.is_self_issued() && !dropped {
        host.castore.push(sms.certificate.clone());
    }
}

fn provider(host: &Host) -> (String, Provider) {
    let number = host.id.trim_start_matches("host-");
    let id = format!("vasaProvider-{number}");
    let provider = Provider {
        id: id.clone(),
        uid: uid_of(&host.name),
        name: format!("IOFILTER Provider {}", host.name),
        url: format!("https://{}:9080/version.xml", host.name),
        host: host.name.clone(),
        is_array: false,
        certificate: Some(host.identity.certificate.clone()),
        approved: None,
        status: Status::Unknown,
    };
    (id, provider)
}

fn array_provider(array: &Array) -> (String, Provider) {
    let id = "vasaProvider-array01".to_owned();
    let provider = Provider {
        id: id.clone(),
        uid: uid_of(&array.name),
        name: format!("Array {}", array.name),
        url: format!("https://{}:8443/vasa/version.xml", array.name),
        host: array.name.clone(),
        is_array: true,
        certificate: Some(array.identity.certificate.clone()),
        approved: None,
        status: Status::Unknown,
    };
    (id, provider)
}

fn uid_of(name: &str) -> String {
    uuid(&vitrust::thumbprint::hex(&vitrust_factory::Hash::Sha1.digest(name.as_bytes())))
}

/// Hexadecimal digits in the form of a UUID.
pub(crate) fn uuid(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}
