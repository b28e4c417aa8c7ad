//! Signers of revocation lists that are not in the path: each needs a path of its own, whatever else is presented.

use vitrust::Profile;
use vitrust_factory::{
    Cert, Crl, CrlEntry, DistributionPoint, GeneralName, IssuingDistributionPoint, Key, Reason, Usage,
};

use super::case::{Case, Pki, Place, case};

pub(super) fn cases() -> Vec<Case> {
    long_chains()
}

/// The end-entity's own issuers are in the store and the signer's is the root: by the names in the presented chain only
/// the signer leads to the anchor.
fn long_chains() -> Vec<Case> {
    let issuer = vec![GeneralName::directory("CN=Revoker")];
    let point = DistributionPoint { crl_issuer: issuer, ..Default::default() };
    let chain = Pki::new().with(Place::Leaf, |b| b.crl_distribution_points(&[point])).sign();
    let scope = IssuingDistributionPoint { indirect: true, ..Default::default() };
    let revoker = Cert::ca("CN=Revoker").key(Key::p256(98)).key_usage(&[Usage::CrlSign]).issued_by(&chain.root);
    let entry = CrlEntry::new(chain.leaf.serial(), "2026-04-01").certificate_issuer(chain.lower.subject());
    let entry = entry.reason(Reason::Superseded);
    let list = || Crl::of(&revoker).issuing_distribution_point(&scope);
    let revoking = list().entry(entry).sign();
    let clean = list().sign();
    let other = |n: u64| Cert::ca(format!("CN=Other {n}").as_str()).key(Key::p256(200 + n)).self_signed();
    let others: Vec<Cert> = (0..4).map(other).collect();
    let ask = |name: &str, crl: &Crl| {
        let presented: Vec<&Cert> = [&chain.leaf, &revoker].into_iter().chain(&others).collect();
        let asked = case(name, &presented, &[&chain.root, &chain.upper, &chain.lower]);
        asked.profile(Profile::Openssl).crls(&[crl])
    };
    vec![
        ask("revoked by an issuer that only the signer leads to", &revoking).refused("revoked"),
        ask("not revoked by an issuer that only the signer leads to", &clean),
    ]
}
