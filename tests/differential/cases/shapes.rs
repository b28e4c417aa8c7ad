//! Shapes of presented chains: order, gaps, duplicates, decoys, cross-signing, loops.

use vitrust_factory::{Cert, Key};

use super::super::case::Cases;
use super::{root, root_builder, server_builder, stranger, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    presented(cases);
    crossed(cases);
    lookalikes(cases);
    crowds(cases);
}

fn presented(cases: &mut Cases) {
    let root = root();
    let sub = sub_builder().issued_by(&root);
    let low = Cert::ca("CN=Low, O=Lab").key(Key::p256(4)).issued_by(&sub);
    let server = server_builder().issued_by(&low);
    let noise = stranger();
    cases.add("shape/complete", &[&server, &low, &sub], &[&root]);
    cases.add("shape/complete-with-root", &[&server, &low, &sub, &root], &[&root]);
    cases.add("shape/wrong-order", &[&server, &sub, &low], &[&root]);
    cases.add("shape/wrong-order-root-first", &[&server, &root, &sub, &low], &[&root]);
    cases.add("shape/missing-lowest", &[&server, &sub], &[&root]);
    cases.add("shape/missing-highest", &[&server, &low], &[&root]);
    cases.add("shape/only-end-entity", &[&server], &[&root]);
    cases.add("shape/duplicates", &[&server, &low, &low, &sub, &sub], &[&root]);
    cases.add("shape/end-entity-twice", &[&server, &server, &low, &sub], &[&root]);
    cases.add("shape/unrelated-between", &[&server, &noise, &low, &noise, &sub], &[&root]);
    cases.add("shape/root-presented-not-trusted", &[&server, &low, &sub, &root], &[&noise]);
    cases.add("shape/intermediate-first", &[&low, &server, &sub], &[&root]);
    let unreadable = noise.patched(|der| der.truncate(100));
    cases.add("shape/unreadable-among-presented", &[&server, &low, &sub, &unreadable], &[&root]);
    let trailing = server.clone().patched(|der| der.push(0));
    cases.add("shape/trailing-byte", &[&trailing, &low, &sub], &[&root]);
    let server_not_ca = server_builder().issued_by(&root);
    let below = Cert::end_entity("CN=b.lab.example").dns("b.lab.example").key(Key::p256(5)).issued_by(&server_not_ca);
    cases.add("shape/issued-by-end-entity", &[&below, &server_not_ca], &[&root]);
}

fn crossed(cases: &mut Cases) {
    let root = root();
    let other = Cert::ca("CN=Other Root, O=Lab").key(Key::p256(5)).self_signed();
    let crossed = root_builder().issued_by(&other);
    let crossed_expired = root_builder().expired().issued_by(&other);
    let back = other.rebuild().issued_by(&root);
    let sub = sub_builder().issued_by(&root);
    let sub_by_other = sub_builder().issued_by(&other);
    let server = server_builder().issued_by(&sub);
    cases.add("cross/through-cross-certificate", &[&server, &sub, &crossed], &[&other]);
    cases.add("cross/presented-but-not-needed", &[&server, &sub, &crossed], &[&root]);
    cases.add("cross/expired-cross-certificate", &[&server, &sub, &crossed_expired], &[&other]);
    cases.add("cross/expired-not-needed", &[&server, &sub, &crossed_expired], &[&root]);
    cases.add("cross/both-roots", &[&server, &sub, &crossed], &[&root, &other]);
    cases.add("cross/two-issuers-first-untrusted", &[&server, &sub, &sub_by_other], &[&other]);
    cases.add("cross/two-issuers-second-untrusted", &[&server, &sub, &sub_by_other], &[&root]);
    let sub_expired = sub_builder().expired().issued_by(&root);
    cases.add("cross/first-expired-second-good", &[&server, &sub_expired, &sub_by_other], &[&root, &other]);
    cases.add("cross/first-good-second-expired", &[&server, &sub_by_other, &sub_expired], &[&root, &other]);
    cases.add("cross/loop-unrooted", &[&server, &sub, &crossed, &back], &[&stranger()]);
    cases.add("cross/loop-rooted", &[&server, &sub, &crossed, &back], &[&other]);
    let self_crossed = sub_builder().issued_by_key("CN=Sub, O=Lab", &Key::p256(2));
    cases.add("cross/self-issued-sub-first", &[&server, &self_crossed, &sub], &[&root]);
    // A fake in the presented chain: the root's name and key, but signed by itself with another validity.
    let fake = root_builder().validity("2026-01-01", "2040-01-01").self_signed();
    cases.add("cross/root-again-with-other-dates", &[&server, &sub, &fake], &[&root]);
}

fn lookalikes(cases: &mut Cases) {
    let root = root();
    let sub = sub_builder().issued_by(&root);
    let server = server_builder().issued_by(&sub);
    let twin = Cert::ca("CN=Sub, O=Lab").key(Key::p256(6)).issued_by(&root);
    let twin_by_stranger = Cert::ca("CN=Sub, O=Lab").key(Key::p256(6)).issued_by(&stranger());
    let same_id = Cert::ca("CN=Sub, O=Lab")
        .key(Key::p256(6))
        .subject_key_id(vitrust_factory::SubjectKeyId::Bytes(Key::p256(2).key_id()))
        .issued_by(&root);
    let anonymous_twin = twin.rebuild().no_key_ids().issued_by(&root);
    let anonymous_server = server.rebuild().no_key_ids().issued_by(&sub);
    let anonymous_sub = sub.rebuild().no_key_ids().issued_by(&root);
    cases.add("lookalike/twin-first", &[&server, &twin, &sub], &[&root]);
    cases.add("lookalike/twin-only", &[&server, &twin], &[&root]);
    cases.add("lookalike/twin-by-stranger-first", &[&server, &twin_by_stranger, &sub], &[&root]);
    cases.add("lookalike/same-key-id-first", &[&server, &same_id, &sub], &[&root]);
    cases.add("lookalike/same-key-id-last", &[&server, &sub, &same_id], &[&root]);
    cases.add("lookalike/no-key-ids-first", &[&anonymous_server, &anonymous_twin, &anonymous_sub], &[&root]);
    cases.add("lookalike/no-key-ids-last", &[&anonymous_server, &anonymous_sub, &anonymous_twin], &[&root]);
    let root_twin = Cert::ca("CN=Root, O=Lab").key(Key::p256(7)).self_signed();
    cases.add("lookalike/root-twin-presented", &[&server, &sub, &root_twin], &[&root]);
    cases.add("lookalike/root-twin-in-store-first", &[&server, &sub], &[&root_twin, &root]);
    cases.add("lookalike/root-twin-only", &[&server, &sub], &[&root_twin]);
    let corrupt = sub.rebuild().corrupt_signature().issued_by(&root);
    cases.add("lookalike/corrupt-copy-first", &[&server, &corrupt, &sub], &[&root]);
    cases.add("lookalike/corrupt-copy-last", &[&server, &sub, &corrupt], &[&root]);
    let not_ca = sub.rebuild().basic_constraints(false, None).issued_by(&root);
    cases.add("lookalike/not-a-ca-copy-first", &[&server, &not_ca, &sub], &[&root]);
    let short = sub.rebuild().validity("2026-01-01", "2026-02-01").issued_by(&root);
    cases.add("lookalike/expired-copy-first", &[&server, &short, &sub], &[&root]);
}

fn crowds(cases: &mut Cases) {
    let root = root();
    let sub = sub_builder().issued_by(&root);
    let server = server_builder().issued_by(&sub);
    for count in [20_usize, 120] {
        let twins = decoys(count, true, &root);
        let mut chain: Vec<&Cert> = vec![&server];
        chain.extend(&twins);
        chain.push(&sub);
        cases.add(format!("crowd/{count}-decoys-with-ids"), &chain, &[&root]);
        let anonymous_server = server.rebuild().no_key_ids().issued_by(&sub);
        let anonymous_sub = sub.rebuild().no_key_ids().issued_by(&root);
        let twins = decoys(count, false, &root);
        let mut chain: Vec<&Cert> = vec![&anonymous_server];
        chain.extend(&twins);
        chain.push(&anonymous_sub);
        cases.add(format!("crowd/{count}-decoys-without-ids"), &chain, &[&root]);
    }
    for count in [20_u64, 120] {
        let roots: Vec<Cert> =
            (0..count).map(|n| Cert::ca("CN=Root, O=Lab").key(Key::p256(2000 + n)).self_signed()).collect();
        let mut store: Vec<&Cert> = roots.iter().collect();
        store.push(&root);
        cases.add(format!("crowd/{count}-same-name-anchors-with-ids"), &[&server, &sub], &store);
        let bare = sub.rebuild().no_key_ids().issued_by(&root);
        let roots: Vec<Cert> = roots.iter().map(|root| root.rebuild().no_key_ids().self_signed()).collect();
        let anonymous_root = root.rebuild().no_key_ids().self_signed();
        let mut store: Vec<&Cert> = roots.iter().collect();
        store.push(&anonymous_root);
        cases.add(format!("crowd/{count}-same-name-anchors-without-ids"), &[&server, &bare], &store);
    }
}

/// CAs with the intermediate's name and other keys, all truly signed by `root`.
fn decoys(count: usize, ids: bool, root: &Cert) -> Vec<Cert> {
    let seeds = (3000..).take(count);
    let builders = seeds.map(|seed| Cert::ca("CN=Sub, O=Lab").key(Key::p256(seed)));
    builders.map(|builder| if ids { builder } else { builder.no_key_ids() }.issued_by(root)).collect()
}
