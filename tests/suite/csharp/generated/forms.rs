//! What is read or written without a type that has a schema. Tests hold each to what the library does.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use vitrust::finding::RejectionForm;
use vitrust::path::{CertificateFacts, Trust};
use vitrust::{Profile, Purpose, Time};

/// What one consumer would decide about one presented chain against one store.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) struct Verdict {
    /// The certificate that was asked about, whether a path was found or not.
    certificate: CertificateFacts,
    /// Whether a path was found.
    trusted: bool,
    /// The answer; unknown if the store or the chain has parts that could not be examined.
    state: Trust,
    /// Whose rules.
    profile: Profile,
    /// The requested purpose.
    purpose: Purpose,
    /// The verification time.
    at: Time,
    /// The accepted path, end-entity first; empty when untrusted.
    path: Vec<CertificateFacts>,
    /// Every broken rule, nearest miss first; empty unless untrusted.
    rejections: Vec<RejectionForm>,
    /// The one change that would make it trusted, when one is enough.
    change: Option<String>,
    /// The publicly trusted CA that a refused chain ends in, if all it lacks is that CA in the store.
    public_ca: Option<String>,
    /// What must be known for an answer; empty unless unknown.
    missing: Vec<String>,
    /// What of the presented chain was not read, each with its place: a private key beside it, a damaged block.
    unread: Vec<vitrust::store::Unreadable>,
    /// In one sentence where the path ends, what the nearest miss is, or what must be known.
    reason: String,
}

/// What holds for a whole inventory.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) struct InventoryOptions {
    /// How many vCenters are queried at a time.
    vcenters_in_flight: Option<u64>,
    /// How many hosts of each vCenter are queried at a time.
    hosts_in_flight: Option<u64>,
    /// Where to connect instead: "vc01.lab.example:443" to "127.0.0.1:40001".
    connect: BTreeMap<String, String>,
}

/// One vCenter of an inventory: the keys of a [[vcenter]] of the file.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) struct ServerSettings {
    /// Where it listens: a name, name:port or an https URL.
    url: Option<String>,
    /// Its name in the estate; the host of the URL by default.
    name: Option<String>,
    /// Files of certificates to trust.
    ca_file: Option<Vec<String>>,
    /// Whether the roots of the operating system are trusted.
    system_roots: Option<bool>,
    /// SHA-256 of acceptable server certificates, instead of a chain.
    pins: Option<Vec<String>>,
    /// Query whoever answers.
    insecure: Option<bool>,
    /// The longest one exchange may take, 1 to 3600.
    timeout_seconds: Option<u64>,
    /// The SSO domain, which no API gives.
    sso_domain: Option<String>,
    /// An export of the VECS store SMS, which no API gives.
    sms_file: Option<String>,
    /// Whether hosts are collected.
    hosts: Option<bool>,
    /// Whether storage providers are collected.
    providers: Option<bool>,
    /// Whether the ports of hosts are probed.
    probe_hosts: Option<bool>,
}

/// The keys of a form.
fn keys(form: &str) -> Vec<String> {
    let fields = super::schemas::fields(form, &super::schemas::all()).expect("a form");
    fields.into_keys().collect()
}

/// The keys that an error names, for whoever wrote one that there is not.
fn expected(error: impl std::fmt::Display) -> Vec<String> {
    let text = error.to_string();
    let (_, list) = text.split_once("expected one of ").unwrap_or_else(|| panic!("{text}"));
    let mut named: Vec<String> = list.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    named.sort();
    named
}

#[test]
fn a_verdict_has_the_keys_of_its_form() {
    let root = crate::lab::root("Root", 1);
    let options = vitrust::Options::at(crate::lab::at());
    let store = vitrust::TrustStore::default();
    let verdict = vitrust::Verifier::new(&store).explain(&[crate::lab::read(&root)], &options).expect("a chain of one");
    let written = serde_json::to_value(&verdict).expect("a verdict is JSON");
    let written: Vec<&String> = written.as_object().expect("an object").keys().collect();
    assert_eq!(written, keys("Verdict").iter().collect::<Vec<_>>());
}

#[test]
fn settings_have_the_keys_of_their_forms() {
    let error = vitrust::net::Inventory::new(r#"{"nothing": 1}"#).expect_err("there is no such option");
    assert_eq!(expected(error), keys("InventoryOptions"));
    let mut inventory = vitrust::net::Inventory::new("").expect("an empty inventory");
    let nobody = vitrust::net::Credentials::Session("nobody".to_owned().into());
    let error = inventory.add(r#"{"nothing": 1}"#, nobody).expect_err("there is no such setting");
    // Who asks is no setting for this call.
    let known = expected(error).into_iter().filter(|key| key != "user" && !key.starts_with("password"));
    assert_eq!(known.collect::<Vec<_>>(), keys("ServerSettings"));
}
