//! The datastores of a vCenter as the property collector gives them: which providers serve those on Virtual Volumes.

use super::super::records::{DatastoreRecord, Missing};
use super::super::wire::xml::Element;
use super::properties::{ObjectContent, not_given};
use crate::net::http::Http;

/// What it is called.
const NAME: &str = "name";

/// The kind of a datastore: `VMFS`, `NFS`, `vsan`, `VVOL`.
const KIND: &str = "summary.type";

/// `DatastoreInfo`; of a datastore on Virtual Volumes the `VvolDatastoreInfo`.
const INFO: &str = "info";

/// The kind of those on Virtual Volumes: vim25 `HostFileSystemVolumeFileSystemType`.
const VVOL: &str = "VVOL";

/// The properties of a datastore that make a [`DatastoreRecord`].
pub(super) const DATASTORE_PROPERTIES: [&str; 3] = [NAME, KIND, INFO];

/// One datastore on Virtual Volumes, or one that may be; nothing for one of another kind.
pub(super) fn datastore(http: &Http, mut object: ObjectContent) -> Option<DatastoreRecord> {
    let kind = object.text(KIND);
    if kind.as_ref().is_some_and(|kind| !kind.eq_ignore_ascii_case(VVOL)) {
        return None;
    }
    let name = object.text(NAME).filter(|name| !name.is_empty());
    let told = name.clone().unwrap_or_else(|| object.moref.to_string());
    let record = |providers, failure| DatastoreRecord {
        name: name.unwrap_or_else(|| object.moref.id.clone()),
        providers,
        failure,
    };
    // Without its kind it may be one, and without its info nobody knows who serves it: one word for both. The name of a
    // property that is a secret too is not told, and counts as well.
    let decides = |missing: &Missing| missing.what != NAME;
    if let Some(at) = object.missing.iter().position(decides) {
        let missing = object.missing.swap_remove(at);
        let error = not_given(http, format!("`{}`", missing.what), http.words(&told), missing);
        return Some(record(Vec::new(), Some(error)));
    }
    kind?;
    Some(record(object.value(INFO).map(providers).unwrap_or_default(), None))
}

/// The URLs of `vvolDS.vasaProviderInfo`, each once.
fn providers(info: &Element) -> Vec<String> {
    let listed = info.child("vvolDS").map(|volume| volume.all("vasaProviderInfo")).into_iter().flatten();
    let urls = listed.filter_map(|listed| listed.child("provider")?.text_of("url"));
    let mut seen = hashbrown::HashSet::new();
    urls.map(str::trim).filter(|url| !url.is_empty() && seen.insert(*url)).map(str::to_owned).collect()
}
