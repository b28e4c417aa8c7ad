//! Lists by another key of the issuer's name: they may add a revocation, never take one away.

use vitrust_factory::{Cert, CertBuilder, Crl, CrlBuilder, IssuingDistributionPoint, Key, SubjectKeyId, Usage};

use super::{Accept, Must, Neighbours, Refuse, root_builder, server_builder, sub_builder};

/// The dates of a list that is newer than the issuer's own.
const NEWER: (&str, Option<&str>) = ("2026-05-20", Some("2026-07-01"));

/// How the list of the other key differs from the issuer's own.
type Other = (&'static str, fn(CrlBuilder, &Cert) -> CrlBuilder);

const OTHERS: &[Other] = &[
    ("higher-number", |crl, _| crl.number(Some(9)).dates(NEWER.0, NEWER.1)),
    ("same-number", |crl, _| crl.dates(NEWER.0, NEWER.1)),
    ("lower-number", |crl, _| crl.number(Some(0)).dates(NEWER.0, NEWER.1)),
    ("without-number", |crl, _| crl.number(None).dates(NEWER.0, NEWER.1)),
    ("without-key-id", |crl, _| crl.number(Some(9)).authority_key_id(None).dates(NEWER.0, NEWER.1)),
    ("with-the-issuers-key-id", |crl, issuer| crl.number(Some(9)).authority_key_id(issuer.subject_key_id())),
    ("users-only", |crl, _| {
        let users = IssuingDistributionPoint { only_user: true, ..IssuingDistributionPoint::default() };
        crl.number(Some(9)).issuing_distribution_point(&users)
    }),
    ("version-1", |crl, _| crl.v1().dates(NEWER.0, NEWER.1)),
];

/// A certificate of the issuer's name whose key may not speak for it: its name and how it is made.
type Pretender = (&'static str, fn() -> CertBuilder);

fn namesake() -> CertBuilder {
    Cert::end_entity("CN=Sub, O=Lab").dns(super::HOST).key(Key::p256(8))
}

const PRETENDERS: &[Pretender] = &[
    ("end-entity", namesake),
    ("end-entity-without-usage", || namesake().without(vitrust_factory::oid::KEY_USAGE)),
    ("end-entity-flag-written-out", || {
        namesake().basic_constraints(false, None).without(vitrust_factory::oid::KEY_USAGE)
    }),
    ("end-entity-bare", || Cert::bare("CN=Sub, O=Lab").dns(super::HOST).key(Key::p256(8))),
    ("ca-that-signs-no-lists", || sub_builder().key(Key::p256(8)).key_usage(&[Usage::KeyCertSign])),
    ("ca-expired", || sub_builder().key(Key::p256(8)).expired()),
    ("signer-expired", || namesake().key_usage(&[Usage::CrlSign]).expired()),
];

pub(super) fn add(list: &mut Neighbours) {
    replaced(list);
    pretenders(list);
    delegated(list);
    untrusted(list);
    self_cleared(list);
    crowds(list);
}

fn chain(list: &Neighbours) -> (Cert, Cert, Cert, Crl) {
    let lab = &list.lab;
    (lab.root.clone(), lab.sub.clone(), lab.server.clone(), lab.root_list.clone())
}

/// The issuer revokes; a CA of its name, by the same root, has a clean list.
fn replaced(list: &mut Neighbours) {
    let (root, sub, server, root_list) = chain(list);
    let twin = sub_builder().key(Key::p256(8)).issued_by(&root);
    let spelled = sub_builder().subject("CN=SUB, O=lab").key(Key::p256(8)).issued_by(&root);
    let own = Crl::of(&sub).revoke(&server, "2026-02-15").sign();
    for (name, differ) in OTHERS {
        let other = differ(Crl::of(&twin), &sub).sign();
        for (order, lists) in [("", [&own, &other]), ("/turned", [&other, &own])] {
            let title = format!("signers/namesake/{name}{order}");
            list.ask(title, Refuse, &[&server, &sub, &twin], &[&root]).crls(&[&root_list]).crls(&lists);
        }
    }
    let other = Crl::of(&spelled).number(Some(9)).sign();
    let title = "signers/namesake/of-another-spelling";
    list.ask(title, Refuse, &[&server, &sub, &spelled], &[&root]).crls(&[&root_list, &own, &other]);
    let clean = Crl::of(&sub).sign();
    let title = "signers/namesake/both-clean";
    let other = Crl::of(&twin).number(Some(9)).sign();
    list.ask(title, Accept, &[&server, &sub, &twin], &[&root]).crls(&[&root_list, &clean, &other]);
}

/// The only list for the end-entity is by a certificate that is no issuer of lists.
fn pretenders(list: &mut Neighbours) {
    let (root, sub, server, root_list) = chain(list);
    let own = Crl::of(&sub).revoke(&server, "2026-02-15").sign();
    for (name, builder) in PRETENDERS {
        for (place, issuer) in [("of-the-issuer", &sub), ("of-the-root", &root)] {
            let pretender = builder().issued_by(issuer);
            let clean = Crl::of(&pretender).number(Some(9)).sign();
            let title = format!("signers/{name}/{place}");
            list.ask(title.clone() + "/alone", Refuse, &[&server, &sub, &pretender], &[&root])
                .crls(&[&root_list, &clean]);
            let case = list.ask(title + "/beside", Refuse, &[&server, &sub, &pretender], &[&root]);
            case.crls(&[&root_list, &clean, &own]);
        }
    }
}

/// A certificate that is made for signing the issuer's lists.
fn delegated(list: &mut Neighbours) {
    let (root, sub, server, root_list) = chain(list);
    let signer = namesake().key_usage(&[Usage::CrlSign]).issued_by(&sub);
    let clean = Crl::of(&signer).number(Some(9)).sign();
    let revoking = Crl::of(&signer).number(Some(9)).revoke(&server, "2026-02-15").sign();
    let own = Crl::of(&sub).revoke(&server, "2026-02-15").sign();
    let own_clean = Crl::of(&sub).sign();
    let rows: [(&str, Must, Vec<&Crl>); 4] = [
        ("revokes", Refuse, vec![&revoking]),
        ("does-not-clear", Refuse, vec![&clean, &own]),
        ("does-not-clear-turned", Refuse, vec![&own, &clean]),
        ("revokes-beside-a-clean-one", Refuse, vec![&own_clean, &revoking]),
    ];
    for (name, must, lists) in rows {
        let title = format!("signers/delegated/{name}");
        list.ask(title, must, &[&server, &sub, &signer], &[&root]).crls(&[&root_list]).crls(&lists);
    }
}

/// A list by a self-made CA of the issuer's name, which nobody trusts.
fn untrusted(list: &mut Neighbours) {
    let (root, sub, server, root_list) = chain(list);
    let own = Crl::of(&sub).revoke(&server, "2026-02-15").sign();
    let fake = sub_builder().key(Key::p256(8)).self_signed();
    let fake_root = root_builder().key(Key::p256(8)).self_signed();
    let below_fake = sub_builder().key(Key::p256(8)).issued_by(&fake_root);
    for (name, signer) in [("self-made", &fake), ("below-a-self-made-root", &below_fake)] {
        let clean = Crl::of(signer).number(Some(9)).sign();
        let title = format!("signers/{name}");
        let presented = [&server, &sub, signer, &fake_root];
        list.ask(title.clone() + "/alone", Refuse, &presented, &[&root]).crls(&[&root_list, &clean]);
        list.ask(title + "/beside", Refuse, &presented, &[&root]).crls(&[&root_list, &clean, &own]);
    }
    let revoked = Crl::of(&root).revoke(&sub, "2026-02-15").sign();
    let cleared = Crl::of(&fake_root).number(Some(9)).sign();
    let clean = Crl::of(&sub).sign();
    let presented = [&server, &sub, &fake_root];
    list.ask("signers/self-made-root/beside", Refuse, &presented, &[&root]).crls(&[&revoked, &cleared, &clean]);
    list.ask("signers/self-made-root/alone", Refuse, &presented, &[&root]).crls(&[&cleared, &clean]);
}

/// A revoked certificate of its issuer's name that signs a clean list itself.
fn self_cleared(list: &mut Neighbours) {
    let (root, sub, _, root_list) = chain(list);
    let rows: [(&str, CertBuilder); 3] = [
        ("usual", namesake()),
        ("without-usage", namesake().without(vitrust_factory::oid::KEY_USAGE)),
        (
            "that-may-sign-lists",
            server_builder()
                .subject("CN=Sub, O=Lab")
                .key(Key::p256(8))
                .key_usage(&[Usage::DigitalSignature, Usage::CrlSign]),
        ),
    ];
    for (name, builder) in rows {
        let leaf = builder.issued_by(&sub);
        let own = Crl::of(&sub).revoke(&leaf, "2026-02-15").sign();
        let cleared = Crl::of(&leaf).number(Some(9)).sign();
        let case = list.ask(format!("signers/self-cleared/{name}"), Refuse, &[&leaf, &sub], &[&root]);
        case.crls(&[&root_list, &own, &cleared]);
    }
}

/// Many certificates that may have signed a list: judging them again and again must not cost a good chain its answer.
fn crowds(list: &mut Neighbours) {
    let (root, sub, server, root_list) = chain(list);
    let clean = list.lab.sub_list();
    for count in [2, 4, 8, 16] {
        let twins: Vec<Cert> = (0..count).map(|n| sub_builder().key(Key::p256(20 + n)).issued_by(&root)).collect();
        let presented: Vec<&Cert> = [&server, &sub].into_iter().chain(&twins).collect();
        let title = format!("signers/crowd/{count}-namesakes");
        list.ask(title, Accept, &presented, &[&root]).crls(&[&root_list, &clean]);
    }
    for count in [1, 2, 3, 4, 6, 8] {
        ring(list, count);
    }
    for count in [2, 3, 4, 5] {
        let mesh = mesh(&root, count);
        let server = server_builder().issued_by(&mesh[0]);
        let presented: Vec<&Cert> = [&server].into_iter().chain(&mesh).collect();
        let lists: Vec<Crl> = mesh.iter().take(1).map(|ca| Crl::of(ca).sign()).collect();
        let title = format!("signers/crowd/mesh-of-{count}");
        list.ask(title, Accept, &presented, &[&root]).crls(&[&root_list, &lists[0]]);
    }
}

/// The anchor and certificates of its name and key, signed by itself and by a CA that it has revoked.
fn ring(list: &mut Neighbours, count: u8) {
    let root = Cert::ca("CN=Ring").key(Key::p256(40)).self_signed();
    let other = Cert::ca("CN=Other").key(Key::p256(41)).issued_by(&root);
    let back = root.rebuild().issued_by(&other);
    let same = |n: u8| root.rebuild().subject_key_id(SubjectKeyId::Bytes(vec![n; 20])).issued_by(&root);
    let turns: Vec<Cert> = (0..count).map(same).collect();
    let server = server_builder().issued_by(&root);
    let revoking = Crl::of(&root).revoke(&other, "2026-02-15").sign();
    let presented: Vec<&Cert> = [&server, &back, &other].into_iter().chain(&turns).collect();
    list.ask(format!("signers/crowd/ring-of-{count}"), Accept, &presented, &[&root]).crls(&[&revoking]);
}

/// CAs that the root signs and that sign each other, the root's certificates first.
fn mesh(root: &Cert, count: u64) -> Vec<Cert> {
    let ca = |n: u64| Cert::ca(format!("CN=Ring {n}")).key(Key::p256(40 + n)).no_key_ids();
    let by_root: Vec<Cert> = (0..count).map(|n| ca(n).issued_by(root)).collect();
    let crossed = (0..count).flat_map(|n| by_root.iter().map(move |issuer| ca(n).issued_by(issuer)));
    let crossed: Vec<Cert> = crossed.filter(|cert| cert.subject() != cert.issuer()).collect();
    by_root.into_iter().chain(crossed).collect()
}
