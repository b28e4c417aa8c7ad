//! What is advised about a server that is not trusted depends on why.

use vitrust::Certificate;
use vitrust::net::ServerTrust;
use vitrust_simulator::{Simulation, Spec};

use super::{inventory, now, run, start};

/// The one failure of a collection by this trust, under this name.
fn refusal(simulation: &Simulation, trust: ServerTrust, name: Option<&str>) -> String {
    let (mut inventory, _folder) = inventory(simulation);
    let target = &mut inventory.vcenters[0].target;
    target.trust = trust;
    if let Some(name) = name {
        let address = target.connect_to.of(&target.endpoint).to_string();
        target.endpoint = name.parse().expect("an endpoint");
        target.connect_to.insert(name, &address).expect("a rule");
    }
    let collected = run(&inventory);
    let untrusted = collected.failures.iter().find(|failure| failure.name == "server-untrusted");
    untrusted.unwrap_or_else(|| panic!("{:?}", collected.failures)).message.clone()
}

fn its_root(simulation: &Simulation) -> ServerTrust {
    ServerTrust::only(vec![Certificate::from_pem(simulation.vcenters[0].ca_pem.as_bytes()).expect("PEM")])
}

#[test]
fn a_ca_is_advised_where_the_issuer_is_unknown_and_nowhere_else() {
    let simulation = start(&Spec::at(now()));
    let unknown = refusal(&simulation, ServerTrust::only(Vec::new()), None);
    assert!(unknown.contains("give its CA's certificate as ca_file, or pin it: pins = [\"sha256:"), "{unknown}");
    let named = refusal(&simulation, its_root(&simulation), Some("elsewhere.lab.example:443"));
    assert!(named.contains("a ca_file does not help, as the name is wrong") && named.contains("pins = ["), "{named}");
    let other = ServerTrust::Pinned(vec!["00".repeat(32).parse().expect("a fingerprint")]);
    let pinned = refusal(&simulation, other, None);
    assert!(pinned.contains("is not one of those pinned") && pinned.contains("a ca_file does not help"), "{pinned}");
    // Its root is valid for ten years, and its own certificate for two.
    let old = start(&Spec::at(now().plus_days(-3 * 365)));
    let expired = refusal(&old, its_root(&old), None);
    assert!(expired.contains("own dates are wrong: renew it; until then a pin accepts it"), "{expired}");
}
