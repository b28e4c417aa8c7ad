//! Ids that would lead a call to another place are sent nowhere, whoever chose them.

use vitrust::net::NetError;
use vitrust::net::fuzzing::session;
use vitrust::net::vsphere::changes::Changes;

use crate::changes::{spec, start, with};

const BAD: [&str; 14] = [
    "",
    ".",
    "..",
    "a/b",
    "../../session",
    "a\\b",
    "a\nb",
    "%2e",
    "%2E%2e",
    "%252e%252e",
    "a%2Fb",
    "a%5cb",
    "..;x",
    "\0",
];

#[test]
fn a_root_is_not_deleted_by_an_id_that_leads_elsewhere() {
    let simulation = start(&spec());
    with(&simulation, async |session| {
        let (roots, before) = (session.trusted_roots().await.expect("roots").len(), simulation.log().len());
        for id in BAD {
            let error = Changes::new(session).delete_trusted_root(id).await.expect_err(id);
            assert!(matches!(error, NetError::NotFound { .. }), "{id:?}: {error}");
        }
        assert_eq!(simulation.log().len(), before, "nothing was sent");
        assert_eq!(session.trusted_roots().await.expect("roots").len(), roots);
    });
}

#[test]
fn an_id_of_a_server_that_leads_elsewhere_is_not_asked_for() {
    for id in BAD {
        let list = serde_json::json!([{ "chain": "A" }, { "chain": id }]).to_string();
        let shown = session("trusted-root-chains", 200, list.as_bytes(), false);
        let roots: Vec<&str> = shown.split("TrustedRoot {").skip(1).collect();
        let [good, bad] = roots[..] else { panic!("{id:?}: {shown}") };
        assert!(good.contains("id: \"A\"") && good.contains("unreadable: None"), "{id:?}: {good}");
        assert!(bad.contains("pem: []") && bad.contains("an id in a path must not be empty"), "{id:?}: {bad}");
    }
}
