//! The properties of a datastore.

use super::value::{Field, Property, Value};
use crate::soap::Fault;
use crate::state::{Datastore, Privilege, Served, Session};

/// Bytes of every datastore.
const CAPACITY: i64 = 2 << 40;

/// Those of them that are free.
const FREE: i64 = 1 << 40;

/// The longest file, in bytes.
const LONGEST_FILE: i64 = 62 << 40;

/// A property by its first name.
pub(super) fn property(session: &Session, datastore: &Datastore, first: &str) -> Property {
    if matches!(first, "info" | "summary" | "browser" | "capability") && !session.may(Privilege::Read) {
        return Property::Missing(Fault::no_permission(("Datastore", &datastore.id), Privilege::Read.name()));
    }
    match first {
        "summary" => Property::Set(summary(datastore)),
        "info" => Property::Set(info(datastore)),
        "browser" => Property::Set(Value::moref("HostDatastoreBrowser", &format!("datastoreBrowser-{}", datastore.id))),
        "capability" => Property::Set(capability()),
        "host" | "vm" | "iormConfiguration" => Property::Unset,
        _ => Property::Invalid,
    }
}

fn kind(datastore: &Datastore) -> &'static str {
    if datastore.served.is_some() { "VVOL" } else { "VMFS" }
}

fn url(datastore: &Datastore) -> String {
    format!("ds:///vmfs/volumes/{}/", datastore.id)
}

fn long(number: i64) -> Field {
    Value::Text("xsd:long", number.to_string()).into()
}

/// `DatastoreSummary`.
fn summary(datastore: &Datastore) -> Value {
    Value::Object(
        "DatastoreSummary",
        vec![
            ("datastore", Value::moref("Datastore", &datastore.id).into()),
            ("name", Value::string(&datastore.name).into()),
            ("url", Value::string(&url(datastore)).into()),
            ("capacity", long(CAPACITY)),
            ("freeSpace", long(FREE)),
            ("accessible", Value::boolean(true).into()),
            ("multipleHostAccess", Value::boolean(true).into()),
            ("type", Value::string(kind(datastore)).into()),
            ("maintenanceMode", Value::string("normal").into()),
        ],
    )
}

/// `DatastoreCapability`.
fn capability() -> Value {
    let names = [
        "directoryHierarchySupported",
        "rawDiskMappingsSupported",
        "perFileThinProvisioningSupported",
        "storageIORMSupported",
        "nativeSnapshotSupported",
    ];
    Value::Object("DatastoreCapability", names.map(|name| (name, Value::boolean(false).into())).to_vec())
}

/// `VmfsDatastoreInfo` or `VvolDatastoreInfo`.
fn info(datastore: &Datastore) -> Value {
    let mut fields = vec![
        ("name", Value::string(&datastore.name).into()),
        ("url", Value::string(&url(datastore)).into()),
        ("freeSpace", long(FREE)),
        ("maxFileSize", long(LONGEST_FILE)),
        ("maxMemoryFileSize", long(LONGEST_FILE)),
    ];
    match &datastore.served {
        None => {
            fields.extend([
                ("maxPhysicalRDMFileSize", long(LONGEST_FILE)),
                ("maxVirtualRDMFileSize", long(LONGEST_FILE)),
            ]);
            Value::Object("VmfsDatastoreInfo", fields)
        }
        Some(served) => {
            fields.push(("vvolDS", volume(datastore, served).into()));
            Value::Object("VvolDatastoreInfo", fields)
        }
    }
}

/// `HostVvolVolume`.
fn volume(datastore: &Datastore, served: &Served) -> Value {
    let provider = vec![
        ("uid", Value::string(&format!("com.example.array:{}", served.uid)).into()),
        ("url", Value::string(&served.url).into()),
        ("name", Value::string(&served.name).into()),
    ];
    let state = vec![
        ("priority", Value::int(100).into()),
        ("arrayId", Value::string("com.example.array:01").into()),
        ("active", Value::boolean(true).into()),
    ];
    let info = vec![
        ("provider", Value::Object("VimVasaProvider", provider).into()),
        ("arrayState", Value::Object("VimVasaProviderStatePerArray", state).into()),
    ];
    Value::Object(
        "HostVvolVolume",
        vec![
            ("type", Value::string("VVOL").into()),
            ("name", Value::string(&datastore.name).into()),
            ("capacity", long(CAPACITY)),
            ("scId", Value::string(&format!("vvol:{}", served.uid)).into()),
            ("vasaProviderInfo", Value::Object("VimVasaProviderInfo", info).into()),
        ],
    )
}
