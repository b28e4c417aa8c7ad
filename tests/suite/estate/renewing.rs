//! What is renewed, reissued or added, and in which order: of CAs and certificates that have ended, or that did not sign.

use vitrust::catalogue::FindingId;
use vitrust_factory::{Cert, Key};

use super::advice::{Case, VMCA, generation, host, machine, newer, remedy, said};
use super::lab::certificate;

/// A subordinate VMCA that was renewed with its key: its own root is named as what must be there, nothing is to be reissued, and the
/// ended certificate may go once the renewed one is in the store.
#[test]
fn a_subordinate_ca_renewed_with_its_key_reissues_nothing() {
    let root = Cert::ca("CN=Corporate Root").key(Key::p256(760)).validity("2020-01-01", "2040-01-01").self_signed();
    let sub = |from: &str, to: &str| Cert::ca(VMCA).key(Key::p256(761)).validity(from, to).issued_by(&root);
    let (ended, renewed) = (sub("2021-01-01", "2026-05-01"), sub("2026-04-01", "2031-04-01"));
    let report = Case {
        machine: machine("2026-04-02").issued_by(&renewed),
        host: host(0, "2024-01-01").issued_by(&ended),
        roots: &[&root, &ended],
        castore: &[&root, &ended],
        vmca: Some(&renewed),
    }
    .report();
    let advice = remedy(&report, FindingId::VcenterRefusesHost);
    assert!(advice.starts_with("Add the renewed certificate of"), "{advice}");
    assert!(advice.contains("it has the same key, so nothing has to be reissued; the root above it"), "{advice}");
    assert!(advice.contains("`CN=Corporate Root`, must be in TRUSTED_ROOTS too"), "{advice}");
    let keep = remedy(&report, FindingId::ExpiredAnchorOnHosts);
    assert!(keep.starts_with("Keep it") && keep.contains("its renewed certificate, which has the same key,"), "{keep}");
    assert!(!keep.contains("reissued"), "{keep}");
}

/// The newer CA of a name is not valid at the time: nothing is reissued from it, and where it begins later the clocks are named.
#[test]
fn nothing_is_reissued_from_a_newer_ca_that_is_not_valid() {
    let ended_long_ago = generation(VMCA, 0, "2016-01-01", "2025-12-01");
    for (newer, has_begun) in [
        (generation(VMCA, 1, "2025-06-01", "2026-03-01"), true),
        (generation(VMCA, 2, "2026-08-01", "2036-08-01"), false),
    ] {
        for roots in [&[&newer][..], &[&ended_long_ago, &newer][..]] {
            let report = Case {
                machine: machine("2025-01-01").issued_by(&ended_long_ago),
                host: host(0, "2025-01-01").issued_by(&ended_long_ago),
                roots,
                castore: roots,
                vmca: Some(&newer),
            }
            .report();
            let said = said(&report);
            assert!(!said.contains("eissue `CN=esx01.lab.example` from the newer"), "{said}");
            assert!(!said.contains("which stays in the store"), "{said}");
            assert_eq!(said.contains("check the clocks, or wait until then"), !has_begun, "{said}");
        }
    }
}

/// castore.pem holds the ended certificate of a CA whose renewed one, with the same key, TRUSTED_ROOTS holds: a refresh is all there is to do.
#[test]
fn a_refresh_is_not_held_back_where_the_renewed_certificate_has_the_same_key() {
    let (ended, renewed) =
        (generation(VMCA, 3, "2016-01-01", "2025-12-01"), generation(VMCA, 3, "2025-06-01", "2035-06-01"));
    let report = Case {
        machine: machine("2025-07-01").issued_by(&renewed),
        host: host(0, "2025-07-01").issued_by(&renewed),
        roots: &[&renewed],
        castore: &[&ended],
        vmca: Some(&renewed),
    }
    .report();
    for id in [FindingId::CastoreLacksRoot, FindingId::CastoreHasExtra] {
        let advice = remedy(&report, id);
        assert!(!advice.contains("reissued"), "{id}: {advice}");
    }
}

#[test]
fn a_ca_that_is_named_and_did_not_sign_is_not_offered() {
    let (root, other) = (newer(), generation("CN=Public Root", 12, "2020-01-01", "2035-01-01"));
    let forged = host(5, "2025-07-01").corrupt_signature().issued_by(&other);
    let (roots, castore) = ([&root], [&root, &other]);
    let case = |host: Cert| Case {
        machine: machine("2025-07-01").issued_by(&root),
        host,
        roots: &roots,
        castore: &castore,
        vmca: Some(&root),
    };
    let advice = remedy(&case(forged).report(), FindingId::VcenterRefusesHost);
    assert!(advice.contains("did not sign it") && !advice.starts_with("Add"), "{advice}");
    let honest = host(5, "2025-07-01").issued_by(&other);
    let advice = remedy(&case(honest).report(), FindingId::VcenterRefusesHost);
    assert!(advice.starts_with("Add the certificate of `CN=Public Root`"), "{advice}");
}

#[test]
fn what_has_ended_is_renewed_before_it_is_added() {
    let root = newer();
    let roots = [&root];
    let case = || Case {
        machine: machine("2025-07-01").issued_by(&root),
        host: host(6, "2025-07-01").issued_by(&root),
        roots: &roots,
        castore: &roots,
        vmca: Some(&root),
    };
    let ended = Cert::end_entity("CN=sms_self_signed").validity("2016-01-01", "2026-03-01").self_signed();
    let mut lab = case().lab();
    let chain = lab.chain(&[&ended], "sms.txt");
    let own = lab.reference(&ended);
    lab.castore().certificates.push(own);
    lab.vcenter().sms.as_mut().expect("a store").sms_self_signed = Some(chain);
    let advice = remedy(&lab.report(), FindingId::HostRefusesSps);
    assert!(advice.starts_with("Renew the client certificate of SPS first"), "{advice}");
    // One that is well and only missing is appended.
    let mut lacking = case().lab();
    lacking.castore().certificates.pop();
    let advice = remedy(&lacking.report(), FindingId::HostRefusesSps);
    assert!(advice.starts_with("Below 9.0, append sms_self_signed"), "{advice}");
    let ended = generation(VMCA, 13, "2016-01-01", "2026-01-01");
    let report = Case {
        machine: machine("2024-07-01").issued_by(&ended),
        host: host(7, "2024-07-01").issued_by(&ended),
        roots: &[&ended],
        castore: &[&ended],
        vmca: Some(&ended),
    }
    .report();
    for id in [FindingId::VcenterRefusesHost, FindingId::HostRefusesVcenter, FindingId::PartyNotTrusted] {
        let advice = remedy(&report, id);
        assert!(
            advice.starts_with("The estate has no renewed certificate") && advice.contains("in TRUSTED_ROOTS"),
            "{advice}"
        );
    }
}

#[test]
fn the_root_above_a_subordinate_ca_is_named_with_its_store() {
    let root = generation("CN=Corp Root", 14, "2015-01-01", "2035-01-01");
    let sub = Cert::ca("CN=VMCA Sub").key(Key::p256(745)).validity("2020-01-01", "2032-01-01").issued_by(&root);
    let (below, both) = ([&sub], [&sub, &root]);
    let case = |castore| Case {
        machine: machine("2025-07-01").issued_by(&sub),
        host: host(8, "2025-07-01").issued_by(&sub),
        roots: &below,
        castore,
        vmca: None,
    };
    let advice = remedy(&case(&below).report(), FindingId::VcenterRefusesHost);
    assert!(advice.contains("not in the estate (its issuer is `CN=Corp Root`), to TRUSTED_ROOTS"), "{advice}");
    let advice = remedy(&case(&both).report(), FindingId::VcenterRefusesHost);
    let holds = format!("castore.pem of esx01.lab.example holds it, SHA-1 {}", certificate(&root).sha1().with_colons());
    assert!(
        advice.starts_with("Add the root above `CN=VMCA Sub`, `CN=Corp Root`") && advice.contains(&holds),
        "{advice}"
    );
}
