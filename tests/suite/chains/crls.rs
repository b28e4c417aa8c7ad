//! Revocation lists: what they say, whom they bind, and when they cannot be used (RFC 5280 6.3).

use vitrust::Profile;
use vitrust_factory::{
    Cert, Crl, CrlBuilder, CrlEntry, GeneralName, Hash, IssuingDistributionPoint, Key, Reason, SignatureAlgorithm,
    Usage, oid,
};

use super::case::{Case, Pki, Place, Signed};

const UNKNOWN: &str = "revocation-unknown";

pub(super) fn cases() -> Vec<Case> {
    [listed(), reasons(), unusable(), scopes(), doubtful_scopes(), twice(), deltas(), required(), indirect()].concat()
}

fn listed() -> Vec<Case> {
    let chain = Pki::new().sign();
    let Signed { leaf, lower, upper, root } = &chain;
    let clean = Crl::of(lower).sign();
    let leaf_out = Crl::of(lower).revoke(leaf, "2026-04-01").sign();
    let lower_out = Crl::of(upper).revoke(lower, "2026-04-01").sign();
    let upper_out = Crl::of(root).revoke(upper, "2026-04-01").sign();
    let root_out = Crl::of(root).revoke(root, "2026-04-01").sign();
    let later = Crl::of(lower).revoke(leaf, "2026-12-01").sign();
    let full = Crl::of(lower).many(1, 500).sign();
    let full_and_leaf = Crl::of(lower).many(1, 500).revoke(leaf, "2026-04-01").sign();
    let by_other = Crl::of(upper).revoke(leaf, "2026-04-01").sign();
    let huge = Crl::of(lower).entry(CrlEntry::new(&[0x7f; 40], "2026-04-01")).sign();
    let large = Pki::new().with(Place::Leaf, |b| b.serial_bytes(&[0x7e; 20])).sign();
    let large_out = Crl::of(&large.lower).revoke(&large.leaf, "2026-04-01").sign();
    let first = Crl::of(lower).v1().revoke(leaf, "2026-04-01").sign();
    vec![
        chain.case("a CRL that lists nobody").crls(&[&clean]),
        chain.case("a revoked end-entity certificate").crls(&[&leaf_out]).refused("revoked"),
        chain.case("a revoked lower intermediate").crls(&[&lower_out]).refused("revoked"),
        chain.case("a revoked upper intermediate").crls(&[&upper_out]).refused("revoked"),
        chain.case("an anchor is not revoked by its own CRL").crls(&[&root_out]),
        chain.case("an entry with a date to come counts").crls(&[&later]).refused("revoked"),
        chain.case("a long CRL without it").crls(&[&full]),
        chain.case("a long CRL with it").crls(&[&full_and_leaf]).refused("revoked"),
        chain.case("the serial number on another issuer's CRL").crls(&[&by_other]),
        chain.case("a CRL with a serial number of 40 octets").crls(&[&huge]),
        large.case("a revoked serial number of 20 octets").crls(&[&large_out]).refused("revoked"),
        chain.case("a version 1 CRL").crls(&[&first]).refused("revoked"),
        chain.case("a good CRL before the one that revokes").crls(&[&clean, &leaf_out]).refused("revoked"),
        chain.case("a good CRL after the one that revokes").crls(&[&leaf_out, &clean]).refused("revoked"),
    ]
}

fn reasons() -> Vec<Case> {
    let chain = Pki::new().sign();
    let all = [
        Reason::Unspecified,
        Reason::KeyCompromise,
        Reason::CaCompromise,
        Reason::AffiliationChanged,
        Reason::Superseded,
        Reason::CessationOfOperation,
        Reason::CertificateHold,
        Reason::PrivilegeWithdrawn,
        Reason::AaCompromise,
    ];
    let one = |reason: &Reason| {
        let crl = Crl::of(&chain.lower).revoke_for(&chain.leaf, "2026-04-01", *reason).sign();
        chain.case(&format!("revoked for {reason:?}")).crls(&[&crl]).refused("revoked")
    };
    all.iter().map(one).collect()
}

fn unusable() -> Vec<Case> {
    let chain = Pki::new().sign();
    let list = || Crl::of(&chain.lower);
    let with = |name: &str, crl: &CrlBuilder| chain.case(name).crls(&[&crl.sign()]);
    let no_sign = Pki::new().with(Place::Lower, |b| b.key_usage(&[Usage::KeyCertSign])).sign();
    let no_usage = Pki::new().with(Place::Lower, |b| b.without(oid::KEY_USAGE)).sign();
    let unsigned = Crl::of(&no_sign.lower).revoke(&no_sign.leaf, "2026-04-01").sign();
    let unlimited = Crl::of(&no_usage.lower).sign();
    vec![
        with("a CRL out of date", &list().dates("2026-03-01", Some("2026-04-01"))).refused(UNKNOWN),
        with("a CRL that ends this second", &list().dates("2026-03-01", Some("2026-06-01"))),
        with("a CRL that begins this second", &list().dates("2026-06-01", Some("2026-07-01"))),
        with("a CRL not valid yet", &list().dates("2026-06-02", Some("2026-07-01"))).refused(UNKNOWN),
        with("a CRL without a next one", &list().dates("2026-03-01", None)),
        with("a CRL signed by a stranger", &list().key(Key::p256(99))).refused(UNKNOWN),
        with("a CRL with a broken signature", &list().corrupt_signature()).refused(UNKNOWN),
        with("a CRL with an unknown critical extension", &list().extension(oid::UNKNOWN, true, vec![5, 0]))
            .refused(UNKNOWN),
        with("a CRL with an unknown extension", &list().extension(oid::UNKNOWN, false, vec![5, 0])),
        with(
            "an entry with an unknown critical extension",
            &list().entry(CrlEntry::new(&[9], "2026-04-01").extension(oid::UNKNOWN, true, vec![5, 0])),
        )
        .refused(UNKNOWN),
        with("a CRL signed with SHA-1", &list().algorithm(SignatureAlgorithm::Ecdsa(Hash::Sha1))).refused(UNKNOWN),
        no_sign.case("a CRL whose issuer may not sign CRLs").crls(&[&unsigned]).refused(UNKNOWN),
        no_usage.case("a CRL whose issuer has no key usage").crls(&[&unlimited]),
        with("a CRL without key identifier", &list().authority_key_id(None)),
        with("a CRL without number", &list().number(None)),
    ]
}

fn scopes() -> Vec<Case> {
    let chain = Pki::new().sign();
    let leaf_in = |name: &str, scope: IssuingDistributionPoint| {
        let crl = Crl::of(&chain.lower).revoke(&chain.leaf, "2026-04-01").issuing_distribution_point(&scope).sign();
        chain.case(name).crls(&[&crl])
    };
    let lower_in = |name: &str, scope: IssuingDistributionPoint| {
        let crl = Crl::of(&chain.upper).revoke(&chain.lower, "2026-04-01").issuing_distribution_point(&scope).sign();
        chain.case(name).crls(&[&crl])
    };
    let user = || IssuingDistributionPoint { only_user: true, ..Default::default() };
    let ca = || IssuingDistributionPoint { only_ca: true, ..Default::default() };
    let attribute = IssuingDistributionPoint { only_attribute: true, ..Default::default() };
    let some = IssuingDistributionPoint { only_reasons: vec![Reason::KeyCompromise], ..Default::default() };
    let named = IssuingDistributionPoint {
        full_name: vec![GeneralName::uri("http://crl.lab.example/a.crl")],
        ..Default::default()
    };
    vec![
        leaf_in("only user certificates, of a server", user()).refused("revoked"),
        lower_in("only user certificates, of a CA", user()),
        leaf_in("only CA certificates, of a server", ca()),
        lower_in("only CA certificates, of a CA", ca()).refused("revoked"),
        leaf_in("only attribute certificates", attribute),
        leaf_in("only some reasons, and listed", some.clone()).refused("revoked"),
        leaf_in("a distribution point the certificate does not name", named),
        {
            let crl = Crl::of(&chain.lower).issuing_distribution_point(&some).sign();
            chain.case("only some reasons, not listed, all required").crls(&[&crl]).revocation_required()
        }
        .refused(UNKNOWN),
        {
            let crl = Crl::of(&chain.lower).extension(oid::ISSUING_DISTRIBUTION_POINT, true, vec![5, 1]).sign();
            chain.case("a scope that cannot be read").crls(&[&crl]).refused(UNKNOWN)
        },
    ]
}

/// A scope that does not read as it stands must not become a wider or a narrower one.
fn doubtful_scopes() -> Vec<Case> {
    const SCOPE: &str = oid::ISSUING_DISTRIBUTION_POINT;
    let chain = Pki::new().sign();
    let list = || Crl::of(&chain.lower);
    let scope = |name: &str, value: &[u8]| {
        chain.case(name).crls(&[&list().extension(SCOPE, true, value.to_vec()).sign()]).refused(UNKNOWN)
    };
    let ca = [0x30, 3, 0x82, 1, 0xff];
    let user = [0x30, 3, 0x81, 1, 0xff];
    let both = |one: &[u8], other: &[u8]| {
        list().extension(SCOPE, true, one.to_vec()).extension(SCOPE, true, other.to_vec()).sign()
    };
    let nobody = vitrust_factory::DistributionPoint {
        crl_issuer: vec![GeneralName::uri("http://crl.lab.example/issuer")],
        ..Default::default()
    };
    let pointing = Pki::new().with(Place::Leaf, |b| b.crl_distribution_points(&[nobody])).sign();
    let own = Crl::of(&pointing.lower).sign();
    vec![
        scope("a scope whose flag is empty", &[0x30, 2, 0x82, 0]),
        scope("a scope whose flag has two octets", &[0x30, 4, 0x82, 2, 0, 0xff]),
        scope("a scope that says a thing twice", &[0x30, 6, 0x82, 1, 0xff, 0x82, 1, 0]),
        scope("a scope that is no sequence", &[0x31, 3, 0x81, 1, 0xff]),
        chain.case("two scopes, the last one fits").crls(&[&both(&ca, &user)]).refused(UNKNOWN),
        chain.case("two scopes, the first one fits").crls(&[&both(&user, &ca)]).refused(UNKNOWN),
        chain
            .case("two CRL numbers")
            .crls(&[&list().extension(oid::CRL_NUMBER, false, vec![2, 1, 9]).sign()])
            .refused(UNKNOWN),
        pointing.case("a CRL issuer that is no directory name").crls(&[&own]).refused("malformed-extension"),
    ]
}

/// Two entries for one certificate, and reasons that belong into a delta CRL.
fn twice() -> Vec<Case> {
    let chain = Pki::new().sign();
    let list = || Crl::of(&chain.lower);
    let entry = |reason| CrlEntry::new(chain.leaf.serial(), "2026-04-01").reason(reason);
    let [removed, held, stolen] = [Reason::RemoveFromCrl, Reason::CertificateHold, Reason::KeyCompromise].map(entry);
    let of = |entries: [&CrlEntry; 2]| list().entries(entries.into_iter().cloned()).sign();
    let base = list().number(Some(5)).entry(held.clone()).sign();
    let delta = |entries: [&CrlEntry; 2]| list().number(Some(6)).delta(5).entries(entries.into_iter().cloned()).sign();
    let two_reasons = removed.clone().reason(Reason::KeyCompromise);
    let lone = |profile, name: &str| chain.case(name).crls(&[&list().entry(removed.clone()).sign()]).profile(profile);
    let named = |issuer: &str| CrlEntry::new(chain.leaf.serial(), "2026-04-01").certificate_issuer(issuer);
    let by_issuer = |first: &str, second: &str| {
        let scope = IssuingDistributionPoint { indirect: true, ..Default::default() };
        list().issuing_distribution_point(&scope).entries([named(first), named(second)]).sign()
    };
    vec![
        chain.case("removed, then stolen").crls(&[&of([&removed, &stolen])]).refused("revoked"),
        chain.case("stolen, then removed").crls(&[&of([&stolen, &removed])]).refused("revoked"),
        chain
            .case("removed, then stolen [openssl]")
            .crls(&[&of([&removed, &stolen])])
            .profile(Profile::Openssl)
            .refused("revoked"),
        chain.case("removed, then stolen, in a delta").crls(&[&base, &delta([&removed, &stolen])]).refused("revoked"),
        chain.case("stolen, then removed, in a delta").crls(&[&base, &delta([&stolen, &removed])]).refused("revoked"),
        chain.case("an entry with two reasons").crls(&[&list().entry(two_reasons).sign()]).refused(UNKNOWN),
        chain
            .case("one serial number of two issuers")
            .crls(&[&by_issuer("CN=Other", "O=Lab, CN=Lower")])
            .refused("revoked"),
        lone(Profile::Strict, "removed, in a complete CRL").refused("revoked"),
        lone(Profile::Java, "removed, in a complete CRL [java]").refused("revoked"),
        lone(Profile::Openssl, "removed, in a complete CRL [openssl]"),
    ]
}

fn deltas() -> Vec<Case> {
    let chain = Pki::new().sign();
    let list = |number| Crl::of(&chain.lower).number(Some(number));
    let held = list(5).revoke_for(&chain.leaf, "2026-04-01", Reason::CertificateHold).sign();
    let clean = list(5).sign();
    let released = list(6).delta(5).revoke_for(&chain.leaf, "2026-05-01", Reason::RemoveFromCrl).sign();
    let added = list(6).delta(5).revoke_for(&chain.leaf, "2026-05-01", Reason::KeyCompromise).sign();
    let too_new = list(9).delta(8).revoke(&chain.leaf, "2026-05-01").sign();
    let stale = list(6).delta(5).dates("2026-03-01", Some("2026-04-01")).revoke(&chain.leaf, "2026-03-01").sign();
    vec![
        chain.case("on hold").crls(&[&held]).refused("revoked"),
        chain.case("released by a delta").crls(&[&held, &released]),
        chain.case("released by a delta, either order").crls(&[&released, &held]),
        chain.case("revoked by a delta").crls(&[&clean, &added]).refused("revoked"),
        chain.case("a delta to a later base").crls(&[&clean, &too_new]),
        chain.case("a delta out of date").crls(&[&clean, &stale]),
        chain.case("a delta without its base leaves revocation unknown").crls(&[&added]).refused(UNKNOWN),
        chain
            .case("a delta without its base, revocation required")
            .crls(&[&released])
            .revocation_required()
            .refused(UNKNOWN),
    ]
}

fn required() -> Vec<Case> {
    let chain = Pki::new().sign();
    let Signed { leaf, lower, upper, root } = &chain;
    let [of_lower, of_upper, of_root] = [lower, upper, root].map(|issuer| Crl::of(issuer).sign());
    let old = Crl::of(upper).dates("2026-03-01", Some("2026-04-01")).sign();
    let newer = Crl::of(lower).revoke(leaf, "2026-04-01").sign();
    let endless = Crl::of(lower).dates("2016-03-01", None).sign();
    let endless_case = |name: &str| chain.case(name).crls(&[&endless, &of_upper, &of_root]).revocation_required();
    vec![
        endless_case("required and one does not say when the next comes").refused(UNKNOWN),
        endless_case("required and one does not say when the next comes [openssl]").profile(Profile::Openssl),
        chain.case("required and nothing there").revocation_required().refused(UNKNOWN),
        chain.case("required and all there").crls(&[&of_lower, &of_upper, &of_root]).revocation_required(),
        chain
            .case("required and the first is missing")
            .crls(&[&of_upper, &of_root])
            .revocation_required()
            .refused(UNKNOWN),
        chain
            .case("required and the last is missing")
            .crls(&[&of_lower, &of_upper])
            .revocation_required()
            .refused(UNKNOWN),
        chain.case("required and one is old").crls(&[&of_lower, &old, &of_root]).revocation_required().refused(UNKNOWN),
        chain
            .case("required, one old and one current")
            .crls(&[&of_lower, &old, &of_upper, &of_root])
            .revocation_required(),
        chain
            .case("required and revoked")
            .crls(&[&newer, &of_upper, &of_root])
            .revocation_required()
            .refused("revoked"),
    ]
}

fn indirect() -> Vec<Case> {
    let point = vitrust_factory::DistributionPoint {
        crl_issuer: vec![GeneralName::directory("CN=Revoker")],
        ..Default::default()
    };
    let chain = Pki::new().with(Place::Leaf, |b| b.crl_distribution_points(&[point])).sign();
    let revoker = Cert::ca("CN=Revoker").key(Key::p256(98)).key_usage(&[Usage::CrlSign]).issued_by(&chain.root);
    let stranger = Cert::ca("CN=Revoker").key(Key::p256(97)).key_usage(&[Usage::CrlSign]).self_signed();
    let scope = IssuingDistributionPoint { indirect: true, ..Default::default() };
    let entry = |issuer: &Cert| {
        CrlEntry::new(chain.leaf.serial(), "2026-04-01").certificate_issuer(issuer.subject()).reason(Reason::Superseded)
    };
    let list =
        |signer: &Cert, issuer: &Cert| Crl::of(signer).issuing_distribution_point(&scope).entry(entry(issuer)).sign();
    let shown = |name: &str, signer: &Cert, crl: &Crl| {
        super::case::case(name, &[&chain.leaf, &chain.lower, &chain.upper, signer], &[&chain.root]).crls(&[crl])
    };
    vec![
        shown("listed on an indirect CRL", &revoker, &list(&revoker, &chain.lower)).refused("revoked"),
        shown("another issuer's serial number on an indirect CRL", &revoker, &list(&revoker, &chain.upper)),
        shown("an indirect CRL of an untrusted issuer", &stranger, &list(&stranger, &chain.lower)).refused(UNKNOWN),
        shown(
            "a CRL of the named issuer that is not indirect",
            &revoker,
            &Crl::of(&revoker).entry(entry(&chain.lower)).sign(),
        ),
    ]
}
