//! Path building: which certificates are tried as issuers, and that nothing beside the path can spoil it.

use vitrust_factory::{AuthorityKeyId, Cert, Key, SubjectKeyId};

use super::case::{Case, Pki, Place, Signed, case};

pub(super) fn cases() -> Vec<Case> {
    [order(), decoys(), renewed(), key_identifiers(), crossed(), loops(), missing(), depth()].concat()
}

fn order() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let stranger = Cert::ca("CN=Stranger").key(Key::p256(50)).self_signed();
    let shown = |name: &str, chain: &[&Cert]| case(name, chain, &[&root]);
    vec![
        shown("in order", &[&leaf, &lower, &upper]),
        shown("intermediates the wrong way round", &[&leaf, &upper, &lower]),
        shown("the root presented too", &[&leaf, &lower, &upper, &root]),
        shown("the root presented first of the intermediates", &[&leaf, &root, &lower, &upper]),
        shown("an intermediate presented twice", &[&leaf, &lower, &lower, &upper, &upper]),
        shown("the end-entity certificate presented twice", &[&leaf, &leaf, &lower, &upper]),
        shown("an unrelated certificate between", &[&leaf, &stranger, &lower, &upper]),
        shown("everything twice and a stranger", &[&leaf, &root, &upper, &stranger, &lower, &leaf, &upper, &lower]),
        shown("the end-entity certificate must come first", &[&lower, &leaf, &upper])
            .server("vc01.lab.example")
            .refused("end-entity-is-ca"),
        case("a stranger in the store", &[&leaf, &lower, &upper], &[&stranger, &root]),
        case("an intermediate as anchor ends the path", &[&leaf, &lower], &[&upper]),
        case("the nearest issuer as anchor ends the path", &[&leaf], &[&lower]),
    ]
}

fn decoy(of: &Cert, seed: u64) -> Cert {
    of.rebuild().key(Key::p256(seed)).self_signed()
}

fn decoys() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let (false_lower, false_root) = (decoy(&lower, 51), decoy(&root, 52));
    let claiming = |of: &Cert, seed| {
        let id = SubjectKeyId::Bytes(of.subject_key_id().expect("a key identifier").to_vec());
        of.rebuild().key(Key::p256(seed)).subject_key_id(id).self_signed()
    };
    let (liar, false_anchor) = (claiming(&lower, 53), claiming(&root, 54));
    let bare = lower.rebuild().key(Key::p256(55)).no_key_ids().self_signed();
    let dead = root.rebuild().key(Key::p256(56)).expired().self_signed();
    let broken = lower.rebuild().corrupt_signature().issued_by(&upper);
    let shown = |name: &str, chain: &[&Cert], anchors: &[&Cert]| case(name, chain, anchors);
    vec![
        shown("a same-name intermediate with another key", &[&leaf, &false_lower, &lower, &upper], &[&root]),
        shown("a same-name intermediate with the same key identifier", &[&leaf, &liar, &lower, &upper], &[&root]),
        shown("a same-name intermediate without key identifier", &[&leaf, &bare, &lower, &upper], &[&root]),
        shown("a same-name root with another key", &[&leaf, &lower, &upper], &[&false_root, &root]),
        shown("a same-name root with the same key identifier", &[&leaf, &lower, &upper], &[&false_anchor, &root]),
        shown("a same-name expired root with another key", &[&leaf, &lower, &upper], &[&dead, &root]),
        shown("a copy of an intermediate with a broken signature", &[&leaf, &broken, &lower, &upper], &[&root]),
        shown("only the decoy intermediate", &[&leaf, &false_lower, &upper], &[&root]).refused("key-changed"),
        shown("only a decoy that claims the key", &[&leaf, &liar, &upper], &[&root]).refused("signature"),
        shown("only a decoy without key identifier", &[&leaf, &bare, &upper], &[&root]).refused("signature"),
        shown("a regenerated root under the old name", &[&leaf, &lower, &upper], &[&false_root]).refused("key-changed"),
        shown("a root that claims the key", &[&leaf, &lower, &upper], &[&false_anchor]).refused("signature"),
    ]
}

fn renewed() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let old_root = root.rebuild().expired().self_signed();
    let future_root = root.rebuild().not_yet_valid().self_signed();
    let old_lower = lower.rebuild().expired().issued_by(&upper);
    let no_ca = lower.rebuild().basic_constraints(false, None).issued_by(&upper);
    let tight = upper.rebuild().path_length(0).issued_by(&root);
    let tight_root = root.rebuild().path_length(0).self_signed();
    let chain: &[&Cert] = &[&leaf, &lower, &upper];
    vec![
        case("an expired root before the renewed one", chain, &[&old_root, &root]),
        case("an expired root after the renewed one", chain, &[&root, &old_root]),
        case("a future root beside the present one", chain, &[&future_root, &root]),
        case("only the expired root", chain, &[&old_root]).refused("expired"),
        case("an expired intermediate before the renewed one", &[&leaf, &old_lower, &lower, &upper], &[&root]),
        case("an intermediate without CA flag before the right one", &[&leaf, &no_ca, &lower, &upper], &[&root]),
        case("an intermediate with too short a path length first", &[&leaf, &lower, &tight, &upper], &[&root]),
        case("a root with too short a path length first", chain, &[&tight_root, &root]),
        case("only the expired intermediate", &[&leaf, &old_lower, &upper], &[&root]).refused("expired"),
        case("the expired root presented, the renewed one trusted", &[&leaf, &lower, &upper, &old_root], &[&root]),
    ]
}

fn key_identifiers() -> Vec<Case> {
    let at = |name: &str, place, id: AuthorityKeyId| Pki::new().with(place, |b| b.authority_key_id(id)).case(name);
    let wrong = || AuthorityKeyId::KeyId(vec![1, 2, 3]);
    let mut cases = vec![
        at("no authority key identifier", Place::Leaf, AuthorityKeyId::Absent),
        at("all three fields of the authority key identifier", Place::Leaf, AuthorityKeyId::All),
        at("issuer and serial number alone", Place::Lower, AuthorityKeyId::IssuerAndSerial),
    ];
    cases.extend(at("a wrong authority key identifier", Place::Leaf, wrong()).by_profile([
        None,
        Some("key-id-mismatch"),
        None,
        None,
        None,
    ]));
    cases.extend(at("a wrong authority key identifier at an intermediate", Place::Lower, wrong()).by_profile([
        None,
        Some("key-id-mismatch"),
        None,
        None,
        None,
    ]));
    let mismatch = Some("key-id-mismatch");
    cases.extend(
        at("a wrong authority key identifier below the anchor", Place::Upper, wrong())
            .by_profile([None, mismatch, mismatch, None, None]),
    );
    let none = Place::ALL.into_iter().fold(Pki::new(), |pki, place| pki.with(place, |b| b.no_key_ids()));
    cases.extend(none.case("no key identifiers anywhere").by_profile([None; 5]));
    cases
}

fn crossed() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let other = Cert::ca("CN=Other Root").key(Key::p256(57)).self_signed();
    let cross = root.rebuild().issued_by(&other);
    let cross_upper = upper.rebuild().issued_by(&other);
    let dead_cross = root.rebuild().expired().issued_by(&other);
    let chain: &[&Cert] = &[&leaf, &lower, &upper, &cross];
    let mut cases = vec![
        case("cross-signed root, its own root trusted", chain, &[&root]),
        case("cross-signed root, the other root trusted", chain, &[&other]),
        case("cross-signed root, both trusted", chain, &[&root, &other]),
        case("cross-signed intermediate beside the first", &[&leaf, &lower, &upper, &cross_upper], &[&other]),
        case("cross-signed intermediate, either order", &[&leaf, &lower, &cross_upper, &upper], &[&root]),
        case("an expired cross certificate hides nothing", &[&leaf, &lower, &upper, &dead_cross], &[&root]),
        case("only an expired cross certificate leads up", &[&leaf, &lower, &upper, &dead_cross], &[&other])
            .refused("expired"),
    ];
    cases.extend(case("the cross certificate itself as anchor", &[&leaf, &lower, &upper], &[&cross]).by_profile([
        None,
        Some("partial-chain"),
        None,
        None,
        None,
    ]));
    cases
}

fn loops() -> Vec<Case> {
    let first = Cert::ca("CN=First").key(Key::p256(58)).self_signed();
    let second = Cert::ca("CN=Second").key(Key::p256(59)).issued_by(&first);
    let first_again = first.rebuild().issued_by(&second);
    let leaf = Cert::end_entity("CN=leaf").key(Key::p256(60)).issued_by(&second);
    vec![
        case("two CAs that certify each other, no root", &[&leaf, &second, &first_again], &[])
            .refused("issuer-not-found"),
        case("two CAs that certify each other below a root", &[&leaf, &second, &first_again], &[&first]),
        case("a loop around an anchor in the middle", &[&leaf, &first_again, &second], &[&first]),
    ]
}

fn missing() -> Vec<Case> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let own = Cert::end_entity("CN=own").key(Key::p256(61)).self_signed();
    vec![
        case("an empty store", &[&leaf, &lower, &upper], &[]).refused("issuer-not-found"),
        case("an empty store and the root presented", &[&leaf, &lower, &upper, &root], &[])
            .refused("self-signed-not-trusted"),
        case("the lower intermediate is missing", &[&leaf, &upper], &[&root]).refused("issuer-not-found"),
        case("the upper intermediate is missing", &[&leaf, &lower], &[&root]).refused("issuer-not-found"),
        case("both intermediates are missing", &[&leaf], &[&root]).refused("issuer-not-found"),
        case("self-signed and unknown", &[&own], &[&root]).refused("self-signed-not-trusted"),
        case("an issuer of another name", &[&leaf, &lower, &upper], &[&own]).refused("issuer-not-found"),
    ]
}

fn depth() -> Vec<Case> {
    let chain = Pki::new().sign();
    let root = Cert::ca("CN=Level 0").key(Key::p256(62)).self_signed();
    let mut levels = vec![root];
    for level in 1..=8 {
        let ca = Cert::ca(format!("CN=Level {level}")).key(Key::p256(62 + level));
        let issuer = levels.last().expect("a root").clone();
        levels.push(ca.issued_by(&issuer));
    }
    let long = |name: &str, intermediates: usize| {
        let leaf = Cert::end_entity("CN=leaf").key(Key::p256(61)).issued_by(&levels[intermediates]);
        let shown: Vec<&Cert> = std::iter::once(&leaf).chain(&levels[1..=intermediates]).collect();
        case(name, &shown, &[&levels[0]])
    };
    let mut cases = vec![
        chain.case("a limit that fits").max_depth(2),
        chain.case("a limit one too low").max_depth(1).refused("depth"),
        chain.case("no intermediates allowed").max_depth(0).refused("depth"),
        case("no intermediates needed", &[&chain.leaf], &[&chain.lower]).max_depth(0),
    ];
    cases.extend(long("five intermediates", 5).by_profile([None; 5]));
    cases.extend(long("six intermediates", 6).by_profile([None; 5]));
    cases.extend(long("seven intermediates", 7).by_profile([None, None, None, None, Some("depth")]));
    cases
}
