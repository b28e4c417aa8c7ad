//! Answers without end. Each listing has a bound, and what is beyond it is told.

use vitrust::net::fuzzing::{enveloped, scripted};

/// A page of this many hosts with this token for the next.
fn page(operation: &str, hosts: usize, token: &str, filling: usize) -> Vec<u8> {
    let host = "<objects><obj type=\"HostSystem\">h</obj></objects>".repeat(hosts);
    let content = format!("<returnval><token>{token}</token>{host}</returnval>{}", " ".repeat(filling));
    enveloped(operation, content.as_bytes())
}

/// What comes of a listing of hosts whose pages never end, and how many pages were asked for.
fn listing(hosts: usize, filling: usize, token: fn(usize) -> String) -> String {
    let mut pages = 0;
    scripted(move |what| {
        let operation =
            ["RetrievePropertiesEx", "ContinueRetrievePropertiesEx"].into_iter().find(|name| *name == what)?;
        pages += 1;
        assert!(pages < 1_000, "it goes on");
        Some((200, page(operation, hosts, &token(pages), filling)))
    })
}

#[test]
fn a_listing_of_hosts_without_end_is_too_large() {
    let cases = [(1_000, 0, "limit: 20000, unit: \"objects\""), (1, 40 << 20, "limit: 268435456, unit: \"bytes\"")];
    for (hosts, filling, words) in cases {
        let shown = listing(hosts, filling, |page| page.to_string());
        assert!(shown.contains("Err(TooLarge") && shown.contains(words), "{hosts} {filling}: {:.2000}", shown);
        assert!(!shown.contains("HostRecord"), "nothing is cut off in silence");
    }
}

#[test]
fn a_token_that_comes_twice_ends_the_listing() {
    let shown = listing(1, 0, |page| (page % 3).to_string());
    assert!(shown.contains("its token for the next page is that of a page before"), "{shown}");
    assert!(!shown.contains("HostRecord"), "{shown}");
}

#[test]
fn more_roots_than_any_vcenter_has_are_too_large() {
    let list = |count: usize| format!("[{}]", vec!["{\"chain\": \"A\"}"; count].join(","));
    for (count, refused) in [(10_000, false), (10_001, true)] {
        let shown =
            scripted(move |what| what.ends_with("/trusted-root-chains").then(|| (200, list(count).into_bytes())));
        assert_eq!(shown.contains("limit: 10000, unit: \"trusted roots\""), refused, "{count}");
        assert_eq!(shown.matches("TrustedRoot {").count(), if refused { 0 } else { count });
    }
    let text = format!("-----BEGIN CERTIFICATE-----{}", "x".repeat(8 << 20));
    let root = format!("{{\"cert_chain\": {{\"cert_chain\": [\"{text}\"]}}}}");
    let shown = scripted(move |what| match what {
        what if what.ends_with("/trusted-root-chains") => Some((200, list(40).into_bytes())),
        what if what.ends_with("/trusted-root-chains/A") => Some((200, root.clone().into_bytes())),
        _ => None,
    });
    assert!(shown.contains("limit: 268435456, unit: \"bytes\"") && !shown.contains("TrustedRoot {"));
}

#[test]
fn more_providers_than_any_vcenter_has_are_too_large() {
    for (count, refused) in [(500, false), (20_001, true)] {
        let shown = scripted(move |what| {
            let list = "<returnval type=\"VasaProvider\">p</returnval>".repeat(count);
            (what == "QueryProvider").then(|| (200, enveloped("QueryProvider", list.as_bytes())))
        });
        assert_eq!(shown.contains("limit: 20000, unit: \"storage providers\""), refused, "{count}");
        assert_eq!(shown.matches("ProviderRecord {").count(), if refused { 0 } else { count });
    }
}
