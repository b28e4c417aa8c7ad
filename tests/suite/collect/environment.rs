//! The variables that govc and PowerCLI scripts have set already.

use vitrust::net::{Credentials, Inventory, NetError, ServerTrust};

use super::{Folder, Person, start};
use vitrust_simulator::Spec;

const PIN: &str = "abababababababababababababababababababababababababababababababab";

const GOVC: &[(&str, &str)] = &[("GOVC_USERNAME", "audit"), ("GOVC_PASSWORD", "hunter2")];

fn with(more: &[(&'static str, &str)]) -> Result<Inventory, NetError> {
    Inventory::from_environment(&mut Person::with(&[GOVC, more].concat()))
}

#[test]
fn govc_variables_make_one_vcenter() {
    let inventory = with(&[("GOVC_URL", "vc01.lab.example/sdk"), ("GOVC_INSECURE", "T")]).expect("an inventory");
    let [entry] = &inventory.vcenters[..] else { panic!("one vCenter") };
    assert_eq!(
        (entry.name.as_str(), entry.target.endpoint.to_string().as_str()),
        ("vc01.lab.example", "vc01.lab.example:443")
    );
    assert!(matches!(entry.target.trust, ServerTrust::Insecure));
    assert!(matches!(&entry.target.credentials, Credentials::Password { user, .. } if user == "audit"));
}

#[test]
fn roots_are_a_list_of_paths() {
    let simulation = start(&Spec { vcenters: 2, ..Spec::at(super::now()) });
    let folder = Folder::new();
    let files: Vec<_> = (0..2).map(|n| folder.write(&format!("{n}.pem"), &simulation.vcenters[n].ca_pem)).collect();
    let list = std::env::join_paths(&files).expect("paths").into_string().expect("text");
    let inventory = with(&[("GOVC_URL", "vc01"), ("GOVC_TLS_CA_CERTS", &list)]).expect("an inventory");
    let ServerTrust::Verified(store) = &inventory.vcenters[0].target.trust else { panic!("verified") };
    for vcenter in &simulation.vcenters {
        let root = vitrust::Certificate::from_pem(vcenter.ca_pem.as_bytes()).expect("PEM");
        assert!(store.anchors().iter().any(|anchor| anchor.certificate == root), "{}", vcenter.name);
    }
}

#[test]
fn powercli_variables_stand_in_where_govc_has_none() {
    let variables = [("VMWARE_HOST", "vc02"), ("VMWARE_USER", "audit"), ("VMWARE_PASSWORD", "hunter2")];
    let inventory = Inventory::from_environment(&mut Person::with(&variables)).expect("an inventory");
    assert_eq!(inventory.vcenters[0].name, "vc02");
    let more = [("VMWARE_PORT", "8443"), ("VMWARE_VALIDATE_CERTS", "yes")];
    let target = |more: &[(&'static str, &str)]| {
        let inventory = Inventory::from_environment(&mut Person::with(&[&variables, more].concat()));
        inventory.expect("an inventory").vcenters.remove(0).target
    };
    let one = target(&more);
    assert_eq!(one.endpoint.to_string(), "vc02:8443");
    assert!(matches!(one.trust, ServerTrust::Verified(_)));
    for no in ["false", "No", "0", "off"] {
        assert!(matches!(target(&[("VMWARE_VALIDATE_CERTS", no)]).trust, ServerTrust::Insecure), "{no}");
    }
}

#[test]
fn pins_come_from_a_variable_of_their_own() {
    let colons = ["CD"; 32].join(":");
    let list = format!("{PIN}, sha256:{colons}");
    let inventory = with(&[("GOVC_URL", "vc01"), ("VITRUST_PINS", &list)]).expect("an inventory");
    let ServerTrust::Pinned(pins) = &inventory.vcenters[0].target.trust else { panic!("pinned") };
    assert_eq!(pins.iter().map(|pin| pin.0[0]).collect::<Vec<_>>(), [0xab, 0xcd]);
}

#[test]
fn a_proxy_that_is_not_meant_for_the_server_is_no_matter() {
    let proxied = |more: &[(&'static str, &str)]| with(&[&[("HTTPS_PROXY", "proxy:3128")], more].concat()).is_ok();
    assert!(proxied(&[("GOVC_URL", "vc01.lab.example"), ("NO_PROXY", "10.0.0.0/8, .lab.example")]));
    assert!(proxied(&[("GOVC_URL", "127.0.0.1:8989")]));
    assert!(!proxied(&[("GOVC_URL", "vc01.lab.example")]));
    assert!(with(&[("GOVC_URL", "vc01"), ("HTTPS_PROXY", "")]).is_ok());
}

#[test]
fn what_cannot_be_taken_says_why_and_shows_no_password() {
    for (more, part) in [
        (vec![("GOVC_URL", "https://root:hunter2@vc01/sdk")], "GOVC_URL contains a user or password"),
        (
            vec![("GOVC_URL", "vc01"), ("HTTPS_PROXY", "http://u:hunter2@proxy:3128")],
            "add vc01 to NO_PROXY, or unset HTTPS_PROXY",
        ),
        (vec![("GOVC_URL", "vc01"), ("https_proxy", "proxy"), ("no_proxy", "vc02")], "https_proxy is set"),
        (vec![("GOVC_URL", "vc01"), ("ALL_PROXY", "socks5://proxy")], "or unset ALL_PROXY"),
        (vec![("GOVC_URL", "vc01"), ("VITRUST_PINS", "hunter2")], "pin 1 of VITRUST_PINS"),
        (vec![("GOVC_URL", "vc01"), ("VITRUST_PINS", " , ")], "holds no pin"),
        (vec![("GOVC_URL", "vc01"), ("VITRUST_PINS", PIN), ("GOVC_INSECURE", "1")], "GOVC_INSECURE and VITRUST_PINS"),
        (
            vec![("GOVC_URL", "vc01"), ("VITRUST_PINS", PIN), ("GOVC_TLS_CA_CERTS", "ca.pem")],
            "GOVC_TLS_CA_CERTS and VITRUST_PINS",
        ),
        (vec![("VMWARE_HOST", "vc01"), ("VMWARE_PORT", "hunter2")], "VMWARE_PORT is not a port"),
        (vec![("VMWARE_HOST", "vc01:443"), ("VMWARE_PORT", "8443")], "two different ports"),
        (vec![("VMWARE_HOST", "root:hunter2@vc01")], "VMWARE_HOST contains"),
        (vec![("VMWARE_HOST", "vc01"), ("VMWARE_VALIDATE_CERTS", "hunter2")], "VMWARE_VALIDATE_CERTS is neither"),
        (vec![("GOVC_URL", "http://vc01/sdk")], "not https"),
        (vec![("GOVC_URL", "vc01"), ("GOVC_INSECURE", "perhaps")], "neither true nor false"),
        (vec![], "neither GOVC_URL nor VMWARE_HOST"),
    ] {
        let error = with(&more).expect_err("refused").to_string();
        assert!(error.contains(part) && !error.contains("hunter2"), "{error}");
    }
    let bare = Inventory::from_environment(&mut Person::with(&[("GOVC_URL", "vc01"), ("GOVC_USERNAME", "audit")]));
    let error = bare.expect_err("refused").to_string();
    assert!(error.contains("the variable GOVC_PASSWORD is not set"), "{error}");
}
