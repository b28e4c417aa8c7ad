//! SearchIndex: entities by their path, and hosts by their name.

use super::inventory::{self, Moref};
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::State;
use crate::xml::reference;

/// The searches. Nothing found is an answer without a value.
pub(super) fn find(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    let state = context.vcenter().state();
    let found: Vec<Moref> = match call.method.as_str() {
        "FindByInventoryPath" => by_path(&state, call.text("inventoryPath")?).into_iter().collect(),
        "FindChild" => {
            let entity = call.arguments.reference_of("entity").ok_or_else(|| Fault::invalid_argument("entity"))?;
            named(&state, &entity, call.text("name")?).into_iter().collect()
        }
        // FindByDnsName and FindAllByDnsName; there is no virtual machine.
        _ if call.arguments.is_true("vmSearch") => Vec::new(),
        _ => {
            let name = call.text("dnsName")?;
            let hosts = state.hosts.iter().filter(|host| host.name.eq_ignore_ascii_case(name));
            hosts.map(|host| ("HostSystem".to_owned(), host.id.clone())).collect()
        }
    };
    Ok(found.iter().map(|(kind, id)| reference("returnval", kind, id)).collect())
}

/// `Datacenter/host/Cluster/esx01`, below the root folder.
fn by_path(state: &State, path: &str) -> Option<Moref> {
    let root = (inventory::ROOT.0.to_owned(), inventory::ROOT.1.to_owned());
    path.split('/').filter(|part| !part.is_empty()).try_fold(root, |entity, part| named(state, &entity, part))
}

fn named(state: &State, parent: &Moref, name: &str) -> Option<Moref> {
    let children = inventory::children(state, &parent.1);
    children.into_iter().find(|child| inventory::name(state, child).as_deref() == Some(name))
}
