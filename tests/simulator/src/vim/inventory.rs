//! The inventory: a root folder, one datacenter in it, one cluster in that, the hosts, and the datastores.

use super::value::{Field, Property, Value};
use super::{alarms, datastore, host};
use crate::state::{Session, State, Vcenter};

/// Type and id of a managed object.
pub(super) type Moref = (String, String);

/// The same, where it never changes.
type Fixed = (&'static str, &'static str);

pub(super) const ROOT: (&str, &str) = ("Folder", "group-d1");
const DATACENTER: (&str, &str) = ("Datacenter", "datacenter-2");
const VM_FOLDER: (&str, &str) = ("Folder", "group-v3");
const HOST_FOLDER: (&str, &str) = ("Folder", "group-h4");
const DATASTORE_FOLDER: (&str, &str) = ("Folder", "group-s5");
const NETWORK_FOLDER: (&str, &str) = ("Folder", "group-n6");
const CLUSTER: (&str, &str) = ("ClusterComputeResource", "domain-c7");
const POOL: (&str, &str) = ("ResourcePool", "resgroup-8");

/// Everything but hosts and datastores: object, name, parent.
const FIXED: [(Fixed, &str, Fixed); 8] = [
    (ROOT, "Datacenters", ("", "")),
    (DATACENTER, "Datacenter", ROOT),
    (VM_FOLDER, "vm", DATACENTER),
    (HOST_FOLDER, "host", DATACENTER),
    (DATASTORE_FOLDER, "datastore", DATACENTER),
    (NETWORK_FOLDER, "network", DATACENTER),
    (CLUSTER, "Cluster", HOST_FOLDER),
    (POOL, "Resources", CLUSTER),
];

fn owned((kind, id): (&str, &str)) -> Moref {
    (kind.to_owned(), id.to_owned())
}

/// Whether objects of this type are also of the other.
pub(super) fn is_a(kind: &str, other: &str) -> bool {
    let bases: &[&str] = match kind {
        "ClusterComputeResource" => &["ComputeResource", "ManagedEntity", "ExtensibleManagedObject"],
        "Folder" | "Datacenter" | "ComputeResource" | "ResourcePool" | "HostSystem" | "Datastore" => {
            &["ManagedEntity", "ExtensibleManagedObject"]
        }
        "Alarm" | "Task" => &["ExtensibleManagedObject"],
        "ContainerView" => &["ManagedObjectView", "View"],
        "EventHistoryCollector" => &["HistoryCollector"],
        _ => &[],
    };
    kind == other || bases.contains(&other)
}

/// What stands directly below an object.
pub(super) fn children(state: &State, id: &str) -> Vec<Moref> {
    if id == CLUSTER.1 {
        let hosts = state.hosts.iter().map(|host| ("HostSystem".to_owned(), host.id.clone()));
        return [owned(POOL)].into_iter().chain(hosts).collect();
    }
    if id == DATASTORE_FOLDER.1 {
        return state.datastores.iter().map(|datastore| ("Datastore".to_owned(), datastore.id.clone())).collect();
    }
    FIXED.iter().filter(|(_, _, parent)| parent.1 == id).map(|(object, _, _)| owned(*object)).collect()
}

/// Whether there is such an entity.
pub(super) fn exists(state: &State, object: &Moref) -> bool {
    name_and_parent(state, object).is_some()
}

/// The name of an entity.
pub(super) fn name(state: &State, object: &Moref) -> Option<String> {
    name_and_parent(state, object).map(|(name, _)| name)
}

/// The entity and everything it stands in, up to the root folder.
pub(super) fn ancestry(state: &State, object: &Moref) -> Vec<Moref> {
    let mut line = vec![object.clone()];
    while let Some((_, Some(parent))) = line.last().and_then(|last| name_and_parent(state, last)) {
        line.push(parent);
    }
    line
}

fn name_and_parent(state: &State, (kind, id): &Moref) -> Option<(String, Option<Moref>)> {
    if kind == "HostSystem" {
        let host = state.hosts.get(state.host_by_id(id)?)?;
        return Some((host.name.clone(), Some(owned(CLUSTER))));
    }
    if kind == "Datastore" {
        return Some((state.datastore_by_id(id)?.name.clone(), Some(owned(DATASTORE_FOLDER))));
    }
    let (_, name, parent) = FIXED.iter().find(|(object, _, _)| object.0 == kind && object.1 == id)?;
    Some(((*name).to_owned(), Some(owned(*parent)).filter(|(kind, _)| !kind.is_empty())))
}

/// Properties that every entity has and that are empty here.
const EMPTY: [&str; 11] = [
    "value",
    "availableField",
    "customValue",
    "configIssue",
    "effectiveRole",
    "permission",
    "disabledMethod",
    "recentTask",
    "declaredAlarmState",
    "tag",
    "datastore",
];

/// Every property of an entity of this type that has a value.
pub(super) fn every(kind: &str) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        "Folder" => &["childType", "childEntity"],
        "Datacenter" => &["vmFolder", "hostFolder", "datastoreFolder", "networkFolder"],
        "ClusterComputeResource" | "ComputeResource" => &["resourcePool", "host", "summary"],
        "ResourcePool" => &["owner"],
        "HostSystem" => &["runtime", "summary", "configManager", "config"],
        "Datastore" => &["info", "summary", "browser", "capability"],
        _ => &[],
    };
    let common = ["parent", "overallStatus", "configStatus", "name", "triggeredAlarmState", "alarmActionsEnabled"];
    common.iter().chain(own).copied().collect()
}

/// A property of an entity by its first name; `None` where there is no such entity.
pub(super) fn property(
    vcenter: &Vcenter,
    state: &State,
    session: &Session,
    object: &Moref,
    first: &str,
) -> Option<Property> {
    let (name, parent) = name_and_parent(state, object)?;
    let value = match first {
        "name" => Value::string(&name),
        "parent" => match parent {
            Some((kind, id)) => Value::Reference(kind, id),
            None => return Some(Property::Unset),
        },
        "overallStatus" | "configStatus" => Value::Text("ManagedEntityStatus", "green".to_owned()),
        "alarmActionsEnabled" => Value::boolean(true),
        "triggeredAlarmState" => alarms::triggered(state, object),
        _ if EMPTY.contains(&first) => return Some(Property::Unset),
        _ => return Some(own(vcenter, state, session, object, first)),
    };
    Some(Property::Set(value))
}

fn own(vcenter: &Vcenter, state: &State, session: &Session, (kind, id): &Moref, first: &str) -> Property {
    let moref = |(kind, id): (&str, &str)| Property::Set(Value::moref(kind, id));
    match (kind.as_str(), first) {
        ("HostSystem", _) => {
            let host = state.host_by_id(id).and_then(|position| state.hosts.get(position));
            host.map_or(Property::Invalid, |host| host::property(vcenter.version, session, host, first))
        }
        ("Datastore", _) => {
            let datastore = state.datastore_by_id(id);
            datastore.map_or(Property::Invalid, |datastore| datastore::property(session, datastore, first))
        }
        ("Folder", "childEntity") => Property::Set(Value::morefs(children(state, id))),
        ("Folder", "childType") => Property::Set(child_types(id)),
        ("Datacenter", "vmFolder") => moref(VM_FOLDER),
        ("Datacenter", "hostFolder") => moref(HOST_FOLDER),
        ("Datacenter", "datastoreFolder") => moref(DATASTORE_FOLDER),
        ("Datacenter", "networkFolder") => moref(NETWORK_FOLDER),
        ("ClusterComputeResource", "resourcePool") => moref(POOL),
        ("ClusterComputeResource", "host") => {
            let hosts = children(state, id).into_iter().filter(|(kind, _)| kind == "HostSystem");
            Property::Set(Value::morefs(hosts))
        }
        ("ClusterComputeResource", "summary") => Property::Set(cluster_summary(state)),
        ("ResourcePool", "owner") => moref(CLUSTER),
        ("Datacenter" | "ClusterComputeResource", "network") | ("ResourcePool", "resourcePool" | "vm") => {
            Property::Unset
        }
        _ => Property::Invalid,
    }
}

fn child_types(folder: &str) -> Value {
    let kinds: &[&str] = match folder {
        id if id == HOST_FOLDER.1 => &["Folder", "ComputeResource"],
        id if id == VM_FOLDER.1 => &["Folder", "VirtualMachine", "VirtualApp"],
        id if id == DATASTORE_FOLDER.1 => &["Folder", "Datastore", "StoragePod"],
        id if id == NETWORK_FOLDER.1 => &["Folder", "Network", "DistributedVirtualSwitch"],
        _ => &["Folder", "Datacenter"],
    };
    Value::List("xsd:string", kinds.iter().map(|kind| Value::string(kind)).collect())
}

fn cluster_summary(state: &State) -> Value {
    let all = i32::try_from(state.hosts.len()).unwrap_or(i32::MAX);
    let working = state.hosts.iter().filter(|host| host.is_connected()).count();
    let working = i32::try_from(working).unwrap_or(i32::MAX);
    let number = |kind, number: i32| Field::Set(Value::Text(kind, number.to_string()));
    Value::Object(
        "ClusterComputeResourceSummary",
        vec![
            ("totalCpu", number("xsd:int", all.saturating_mul(host::CORES * host::MEGAHERTZ))),
            ("totalMemory", Field::Set(Value::Text("xsd:long", (host::MEMORY * i64::from(all)).to_string()))),
            ("numCpuCores", number("xsd:short", all.saturating_mul(host::CORES))),
            ("numCpuThreads", number("xsd:short", all.saturating_mul(host::CORES))),
            ("effectiveCpu", number("xsd:int", working.saturating_mul(host::CORES * host::MEGAHERTZ))),
            (
                "effectiveMemory",
                Field::Set(Value::Text("xsd:long", ((host::MEMORY >> 20) * i64::from(working)).to_string())),
            ),
            ("numHosts", number("xsd:int", all)),
            ("numEffectiveHosts", number("xsd:int", working)),
            ("overallStatus", Value::Text("ManagedEntityStatus", "green".to_owned()).into()),
            ("currentFailoverLevel", number("xsd:int", 0)),
            ("numVmotions", number("xsd:int", 0)),
        ],
    )
}
