//! Properties that hold for every chain: order, additions, corruption and random subsets.

use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use vitrust::{Certificate, Options, Time, TrustStore, Verifier};
use vitrust_factory::{AT, Cert, Key};

use super::case::{Pki, Signed};

fn read(cert: &Cert) -> Certificate {
    Certificate::from_der(cert.der()).expect("a certificate")
}

fn trusted(chain: &[Certificate], anchors: &[Certificate]) -> bool {
    let store = TrustStore::from_certificates(anchors.iter().cloned());
    let options = Options::at(Time::from_unix(AT));
    let verdict = Verifier::new(&store).explain(chain, &options).expect("a chain of a few certificates");
    assert_eq!(verdict.trusted(), verdict.rejections.is_empty(), "a refusal has its reasons");
    verdict.trusted()
}

/// The usual chain, renewed, crossed, expired and false certificates around it; the end-entity certificate first.
fn crowd() -> Vec<Certificate> {
    let Signed { leaf, lower, upper, root } = Pki::new().sign();
    let other = Cert::ca("CN=Other").key(Key::p256(130)).self_signed();
    let around = [
        root.rebuild().expired().self_signed(),
        root.rebuild().key(Key::p256(131)).self_signed(),
        root.rebuild().issued_by(&other),
        lower.rebuild().key(Key::p256(132)).no_key_ids().self_signed(),
        upper.rebuild().path_length(0).issued_by(&root),
        upper.rebuild().issued_by(&lower),
        lower.rebuild().corrupt_signature().issued_by(&upper),
        root.rebuild().extension("1.2.3.4", true, vec![0xff]).self_signed(),
    ];
    [leaf, lower, upper, root, other].iter().chain(&around).map(read).collect()
}

fn presented_and_trusted() -> impl Strategy<Value = (Vec<Certificate>, Vec<Certificate>)> {
    let crowd = crowd();
    let all = 0..=crowd.len();
    (subsequence(crowd.clone(), all.clone()).prop_shuffle(), subsequence(crowd.clone(), all).prop_shuffle()).prop_map(
        move |(shown, anchors)| {
            let chain = crowd.first().cloned().into_iter().chain(shown).collect();
            (chain, anchors)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_never_changes_the_verdict((chain, anchors) in presented_and_trusted(), turn in any::<Index>()) {
        let verdict = trusted(&chain, &anchors);
        let mut turned = chain.clone();
        let others = turned.len() - 1;
        if others > 0 {
            turned[1..].rotate_left(turn.index(others));
        }
        prop_assert_eq!(trusted(&turned, &anchors), verdict);
        turned[1..].reverse();
        prop_assert_eq!(trusted(&turned, &anchors), verdict);
    }

    #[test]
    fn more_anchors_never_refuse_what_was_trusted((chain, anchors) in presented_and_trusted(), more in subsequence(crowd(), 0..=13)) {
        if trusted(&chain, &anchors) {
            let all: Vec<Certificate> = more.into_iter().chain(anchors).collect();
            prop_assert!(trusted(&chain, &all));
        }
    }

    #[test]
    fn a_changed_byte_is_never_trusted(place in 0..3_usize, at in any::<Index>(), bits in 1..=255_u8) {
        let Signed { leaf, lower, upper, root } = Pki::new().sign();
        let shown = [&leaf, &lower, &upper];
        let mut der = shown[place].der().to_vec();
        let at = at.index(der.len());
        der[at] ^= bits;
        // What can no longer be read cannot be presented.
        if let Ok(changed) = Certificate::from_der(&der) {
            let mut chain: Vec<Certificate> = shown.iter().map(|cert| read(cert)).collect();
            chain[place] = changed;
            prop_assert!(!trusted(&chain, &[read(&root)]));
        }
    }
}
