//! The variables that govc and PowerCLI scripts have set already.

use vitrust::net::{Credentials, Inventory, NetError, ServerTrust};

use super::{Folder, Person, start};
use vitrust_simulator::Spec;

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
}

#[test]
fn what_cannot_be_taken_says_why_and_shows_no_password() {
    for (more, part) in [
        (vec![("GOVC_URL", "https://root:hunter2@vc01/sdk")], "GOVC_USERNAME"),
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
