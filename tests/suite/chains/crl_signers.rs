//! Signers of revocation lists that are not in the path: each needs a path of its own, whatever else is presented.

use vitrust::Profile;
use vitrust_factory::{
    Cert, CertBuilder, Crl, CrlEntry, DistributionPoint, GeneralName, IssuingDistributionPoint, Key, Reason, Usage, oid,
};

use super::case::{Case, Pki, Place, Signed, case};

const UNKNOWN: &str = "revocation-unknown";

pub(super) fn cases() -> Vec<Case> {
    [long_chains(), by_name_alone(), of_themselves(), indirect(), namesakes()].concat()
}

/// A CA of the lower intermediate's name with another key, issued by the upper one.
pub(super) fn namesake(chain: &Signed, key: Key, change: impl FnOnce(CertBuilder) -> CertBuilder) -> Cert {
    change(Cert::ca(chain.lower.subject().clone()).key(key)).issued_by(&chain.upper)
}

/// An end-entity certificate of the lower intermediate's name.
fn bearer(chain: &Signed, usage: Option<&[Usage]>) -> Cert {
    let server = Cert::end_entity(chain.lower.subject().clone()).dns(super::case::SERVER).key(Key::p256(66));
    let server = server.without(oid::KEY_USAGE);
    usage.map_or(server.clone(), |usage| server.key_usage(usage)).issued_by(&chain.lower)
}

fn presented(name: &str, chain: &Signed, more: &Cert, crls: &[&Crl]) -> Case {
    let mut case = chain.case(name).crls(crls);
    case.chain.push(more.clone());
    case
}

/// Whose name a signer bears says nothing: an end-entity certificate needs cRLSign.
fn by_name_alone() -> Vec<Case> {
    let chain = Pki::new().sign();
    let own = Crl::of(&chain.lower).revoke(&chain.leaf, "2026-04-01").sign();
    let ask = |name: &str, signer: &Cert, crls: &[&Crl]| presented(name, &chain, signer, crls);
    let list = |signer: &Cert| Crl::of(signer).number(Some(9)).sign();
    let [nothing, signs, may] = [
        bearer(&chain, None),
        bearer(&chain, Some(&[Usage::DigitalSignature])),
        bearer(&chain, Some(&[Usage::DigitalSignature, Usage::CrlSign])),
    ];
    let ca = namesake(&chain, Key::p256(67), |b| b.without(oid::KEY_USAGE));
    let no_lists = namesake(&chain, Key::p256(68), |b| b.key_usage(&[Usage::KeyCertSign]));
    vec![
        ask("an end-entity of the issuer's name, no key usage", &nothing, &[&list(&nothing)]).refused(UNKNOWN),
        ask("an end-entity of the issuer's name, no cRLSign", &signs, &[&list(&signs)]).refused(UNKNOWN),
        ask("an end-entity of the issuer's name with cRLSign", &may, &[&list(&may)]),
        ask("an end-entity of the issuer's name clears nobody", &nothing, &[&own, &list(&nothing)]).refused("revoked"),
        ask("one with cRLSign clears nobody either", &may, &[&own, &list(&may)]).refused("revoked"),
        ask("a CA of the issuer's name, no key usage", &ca, &[&list(&ca)]),
        ask("a CA of the issuer's name, no cRLSign", &no_lists, &[&list(&no_lists)]).refused(UNKNOWN),
    ]
}

/// A certificate that bears its issuer's name signs a list that would clear itself.
fn of_themselves() -> Vec<Case> {
    let chain = Pki::new().sign();
    let ask = |name: &str, own: &Cert, crls: &[&Crl]| {
        case(name, &[own, &chain.lower, &chain.upper], &[&chain.root]).crls(crls)
    };
    let revoking = |own: &Cert| Crl::of(&chain.lower).revoke(own, "2026-04-01").sign();
    let list = |own: &Cert| Crl::of(own).number(Some(9)).sign();
    let [nothing, may] = [bearer(&chain, None), bearer(&chain, Some(&[Usage::DigitalSignature, Usage::CrlSign]))];
    vec![
        ask("clears itself by name", &nothing, &[&list(&nothing)]).refused(UNKNOWN),
        ask("clears itself by name, revoked", &nothing, &[&revoking(&nothing), &list(&nothing)]).refused("revoked"),
        ask("clears itself with cRLSign, revoked", &may, &[&revoking(&may), &list(&may)]).refused("revoked"),
        ask("clears itself by name, required", &nothing, &[&list(&nothing)]).revocation_required().refused(UNKNOWN),
    ]
}

/// The distribution point names who signs its list.
fn indirect() -> Vec<Case> {
    let point = DistributionPoint { crl_issuer: vec![GeneralName::directory("CN=Revoker")], ..Default::default() };
    let chain = Pki::new().with(Place::Leaf, |b| b.crl_distribution_points(&[point])).sign();
    let scope = IssuingDistributionPoint { indirect: true, ..Default::default() };
    let revoker = |usage: Option<&[Usage]>| {
        let builder = Cert::end_entity("CN=Revoker").key(Key::p256(69)).without(oid::KEY_USAGE);
        usage.map_or(builder.clone(), |usage| builder.key_usage(usage)).issued_by(&chain.root)
    };
    let entry = || CrlEntry::new(chain.leaf.serial(), "2026-04-01").certificate_issuer(chain.lower.subject());
    let ask = |name: &str, signer: &Cert, revokes: bool| {
        let list = Crl::of(signer).issuing_distribution_point(&scope);
        let list = if revokes { list.entry(entry()) } else { list };
        presented(name, &chain, signer, &[&list.sign()])
    };
    let may = revoker(Some(&[Usage::CrlSign]));
    vec![
        ask("an indirect list of an end-entity with cRLSign", &may, false),
        ask("an indirect list of an end-entity with cRLSign revokes", &may, true).refused("revoked"),
        ask("an indirect list of an end-entity without key usage", &revoker(None), false).refused(UNKNOWN),
        ask("an indirect list of an end-entity without cRLSign", &revoker(Some(&[Usage::DigitalSignature])), false)
            .refused(UNKNOWN),
    ]
}

/// Presented CAs that have each other's names and one list: whoever signed it is judged once.
fn namesakes() -> Vec<Case> {
    let ca = |n: u64, key: u64| Cert::ca(format!("CN=N{n}").as_str()).key(Key::p256(300 + key));
    let root = ca(1, 0).self_signed();
    let [other, second] = [ca(0, 1).self_signed(), ca(1, 2).self_signed()];
    let issuer = ca(1, 3).issued_by(&root);
    let across = [ca(1, 3).issued_by(&other), ca(0, 1).issued_by(&issuer), ca(1, 2).issued_by(&issuer)];
    let leaf = Cert::end_entity("CN=leaf").key(Key::p256(1)).issued_by(&issuer);
    let list = Crl::of(&issuer).revoke(&across[1], "2026-04-01").sign();
    let of_root = Crl::of(&root).sign();
    let mut shown = vec![&leaf, &across[0], &across[1], &across[2], &issuer];
    let short = case("a presented issuer and a list", &[&leaf, &issuer], &[&root]).crls(&[&list]);
    let four = case("four presented CAs and a list", &shown, &[&root]).crls(&[&list]);
    let both = case("four presented CAs and two lists", &shown, &[&root]).crls(&[&list, &of_root]);
    shown.push(&second);
    vec![short, four, both, case("five presented CAs and a list", &shown, &[&root]).crls(&[&list])]
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
