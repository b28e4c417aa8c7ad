//! Revocation lists. OpenSSL, Java and rustls-webpki use them; Go and pyca have no such check and accept what is left.

use vitrust_factory::{
    AT, Cert, Crl, CrlEntry, DistributionPoint, GeneralName, IssuingDistributionPoint, Key, Reason, Usage, asn1, oid,
};

use super::super::case::Cases;
use super::{root_builder, server_builder, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    let root = root_builder().self_signed();
    let sub = sub_builder().issued_by(&root);
    let server = server_builder().issued_by(&sub);
    let estate = Estate { root, sub, server };
    states(cases, &estate);
    broken_lists(cases, &estate);
    scopes(cases, &estate);
}

struct Estate {
    root: Cert,
    sub: Cert,
    server: Cert,
}

impl Estate {
    /// Asks with the root's and the intermediate's lists, or without one of them.
    fn ask(&self, cases: &mut Cases, name: &str, root_list: Option<&Crl>, sub_list: Option<&Crl>) {
        let case = cases.add(format!("revocation/{name}"), &[&self.server, &self.sub], &[&self.root]);
        for list in root_list.into_iter().chain(sub_list) {
            case.crl(list);
        }
    }
}

fn states(cases: &mut Cases, estate: &Estate) {
    let Estate { root, sub, server } = estate;
    let clean_root = Crl::of(root).sign();
    let clean = Crl::of(sub).sign();
    let revoked = |reason| Crl::of(sub).revoke_for(server, "2026-04-01", reason).sign();
    estate.ask(cases, "none-revoked", Some(&clean_root), Some(&clean));
    let list = Crl::of(sub).revoke(server, "2026-04-01").sign();
    estate.ask(cases, "end-entity-revoked", Some(&clean_root), Some(&list));
    estate.ask(cases, "key-compromise", Some(&clean_root), Some(&revoked(Reason::KeyCompromise)));
    estate.ask(cases, "on-hold", Some(&clean_root), Some(&revoked(Reason::CertificateHold)));
    estate.ask(cases, "removed", Some(&clean_root), Some(&revoked(Reason::RemoveFromCrl)));
    let later = Crl::of(sub).revoke(server, "2026-06-15").sign();
    estate.ask(cases, "revoked-from-a-later-date", Some(&clean_root), Some(&later));
    let list = Crl::of(root).revoke(sub, "2026-04-01").sign();
    estate.ask(cases, "intermediate-revoked", Some(&list), Some(&clean));
    let other = Crl::of(sub).entry(CrlEntry::new(&[7], "2026-04-01")).sign();
    estate.ask(cases, "other-serial-revoked", Some(&clean_root), Some(&other));
    estate.ask(cases, "no-list-for-end-entity", Some(&clean_root), None);
    estate.ask(cases, "no-list-for-intermediate", None, Some(&clean));
    let large = Crl::of(sub).many(1, 5000).revoke(server, "2026-04-01").sign();
    estate.ask(cases, "among-5000", Some(&clean_root), Some(&large));
}

fn broken_lists(cases: &mut Cases, estate: &Estate) {
    let Estate { root, sub, server } = estate;
    let clean_root = Crl::of(root).sign();
    let mut ask = |name: &str, list: Crl| estate.ask(cases, name, Some(&clean_root), Some(&list));
    ask("list-expired", Crl::of(sub).dates("2026-04-01", Some("2026-05-01")).sign());
    ask("list-not-yet-valid", Crl::of(sub).dates("2026-06-15", Some("2026-07-01")).sign());
    ask("list-without-next-update", Crl::of(sub).dates("2026-05-01", None).sign());
    ask("list-corrupt", Crl::of(sub).corrupt_signature().sign());
    ask("list-by-other-key", Crl::of(sub).key(Key::p256(77)).sign());
    ask("list-version-1", Crl::of(sub).v1().sign());
    ask("list-version-1-revokes", Crl::of(sub).v1().revoke(server, "2026-04-01").sign());
    ask("list-unknown-critical", Crl::of(sub).extension(oid::UNKNOWN, true, asn1::null()).sign());
    let entry = CrlEntry::new(&[7], "2026-04-01").extension(oid::UNKNOWN, true, asn1::null());
    ask("entry-unknown-critical", Crl::of(sub).entry(entry).sign());
    ask("list-without-ids", Crl::of(sub).number(None).authority_key_id(None).sign());
    ask("list-wrong-authority", Crl::of(sub).authority_key_id(Some(&[0xbb; 20])).sign());
    ask("delta-only", Crl::of(sub).delta(1).sign());
    // The intermediate may sign certificates but no lists.
    let mute = sub_builder().key_usage(&[Usage::KeyCertSign]).issued_by(root);
    let below = server_builder().issued_by(&mute);
    let case = cases.add("revocation/issuer-may-not-sign-lists", &[&below, &mute], &[root]);
    case.crl(&clean_root).crl(&Crl::of(&mute).sign()).at(AT);
}

fn scopes(cases: &mut Cases, estate: &Estate) {
    let Estate { root, sub, server } = estate;
    let clean_root = Crl::of(root).sign();
    let mut ask = |name: &str, point: IssuingDistributionPoint| {
        let list = Crl::of(sub).issuing_distribution_point(&point).sign();
        estate.ask(cases, name, Some(&clean_root), Some(&list));
    };
    let default = IssuingDistributionPoint::default;
    ask("scope-only-users", IssuingDistributionPoint { only_user: true, ..default() });
    ask("scope-only-cas", IssuingDistributionPoint { only_ca: true, ..default() });
    ask("scope-only-attributes", IssuingDistributionPoint { only_attribute: true, ..default() });
    ask("scope-some-reasons", IssuingDistributionPoint { only_reasons: vec![Reason::KeyCompromise], ..default() });
    ask("scope-indirect", IssuingDistributionPoint { indirect: true, ..default() });
    let address = vec![GeneralName::uri("http://crl.lab.example/1")];
    ask("scope-address-not-in-certificate", IssuingDistributionPoint { full_name: address.clone(), ..default() });
    let pointing = |url: &str| server_builder().crl_distribution_points(&[DistributionPoint::url(url)]).issued_by(sub);
    let list = |revoke: bool| {
        let point = IssuingDistributionPoint { full_name: address.clone(), ..default() };
        let list = Crl::of(sub).issuing_distribution_point(&point);
        if revoke { list.revoke(&pointing("http://crl.lab.example/1"), "2026-04-01").sign() } else { list.sign() }
    };
    for (name, url, revoke) in [
        ("address-matches", "http://crl.lab.example/1", false),
        ("address-matches-revoked", "http://crl.lab.example/1", true),
        ("address-differs", "http://crl.lab.example/2", false),
    ] {
        let end = pointing(url);
        let case = cases.add(format!("revocation/{name}"), &[&end, sub], &[root]);
        case.crl(&clean_root).crl(&list(revoke));
    }
    // One list by the root speaks for the intermediate's certificates too.
    let entry = CrlEntry::new(server.serial(), "2026-04-01").certificate_issuer(sub.subject());
    let point = IssuingDistributionPoint { indirect: true, ..default() };
    let indirect = Crl::of(root).issuing_distribution_point(&point).entry(entry).sign();
    estate.ask(cases, "indirect-list-of-the-root", Some(&clean_root), Some(&indirect));
}
