//! The chains that are mutated: good ones, and bad ones whose fault a mutant must not hide.

use vitrust_factory::{
    AuthorityKeyId, Cert, CertBuilder, Crl, CrlEntry, DistributionPoint, GeneralName, IssuingDistributionPoint, Key,
    Name, Reason, Text, Usage, oid,
};

use super::super::asked::case::Purpose;

/// A certificate or list of a chain, with what is needed to sign it again.
#[derive(Clone)]
pub struct Part {
    /// `leaf`, `ca`, `anchor` or `list`.
    pub role: &'static str,
    /// The DER.
    pub der: Vec<u8>,
    /// Who signs it.
    pub key: Key,
    /// The part whose subject is its issuer.
    pub issuer: Option<usize>,
}

/// A question before it is mutated.
#[derive(Clone)]
pub struct Base {
    /// What it is about.
    pub name: &'static str,
    /// Whether it is to be accepted as it stands.
    pub good: bool,
    /// The end-entity, the intermediates up to the anchor, the anchor, the lists.
    pub parts: Vec<Part>,
    /// The host name asked for.
    pub host: Option<&'static str>,
    /// The requested purpose.
    pub purpose: Purpose,
}

/// Every base.
pub fn all() -> Vec<Base> {
    [plain(), constrained(), with_rules(), with_policies(), with_lists(), with_odd_lists()].concat()
}

impl Base {
    /// A chain: the end-entity first, the anchor last.
    fn new(name: &'static str, good: bool, chain: &[&Cert]) -> Self {
        let last = chain.len() - 1;
        let part = |(place, cert): (usize, &&Cert)| Part {
            role: if place == last { "anchor" } else { ["leaf", "ca"][place.min(1)] },
            der: cert.der().to_vec(),
            key: chain[(place + 1).min(last)].key().clone(),
            issuer: Some((place + 1).min(last)),
        };
        let parts = chain.iter().enumerate().map(part).collect();
        Self { name, good, parts, host: None, purpose: Purpose::Server }
    }

    fn host(mut self, host: &'static str) -> Self {
        self.host = Some(host);
        self
    }

    fn purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }

    /// Adds a list signed by the CA at `issuer`.
    fn list(mut self, issuer: usize, crl: &Crl, key: &Key) -> Self {
        let part = Part { role: "list", der: crl.der().to_vec(), key: key.clone(), issuer: Some(issuer) };
        self.parts.push(part);
        self
    }
}

const HOST: &str = "a.lab.example";

fn root() -> CertBuilder {
    Cert::ca("CN=Root, O=Lab, C=US").key(Key::p256(1))
}

fn sub() -> CertBuilder {
    Cert::ca("CN=Sub, OU=x+O=Lab").key(Key::p256(2))
}

fn server() -> CertBuilder {
    Cert::end_entity("CN=a.lab.example, O=Lab").dns(HOST).key(Key::p256(3))
}

/// Three certificates: the anchor as usual, then these.
fn three(name: &'static str, good: bool, sub: CertBuilder, server: CertBuilder) -> Base {
    let root = root().self_signed();
    let sub = sub.issued_by(&root);
    Base::new(name, good, &[&server.issued_by(&sub), &sub, &root])
}

fn plain() -> Vec<Base> {
    let rich = server()
        .ip("192.0.2.1")
        .email("a@lab.example")
        .uri("https://a.lab.example/x")
        .alt_name(GeneralName::directory("CN=a, O=Lab"))
        .alt_name(GeneralName::user_principal_name("a@lab"))
        .alt_name(GeneralName::Registered("1.2.3.4".to_owned()))
        .ca_issuers("http://ca.lab.example/ca.cer")
        .crl_distribution_points(&[DistributionPoint::url("http://ca.lab.example/ca.crl")])
        .extension(oid::UNKNOWN, false, vec![4, 1, 7]);
    let rsa_root = root().key(Key::rsa2048(1)).self_signed();
    let rsa_sub = sub().key(Key::rsa2048(2)).issued_by(&rsa_root);
    let rsa = server().key(Key::rsa2048(3)).issued_by(&rsa_sub);
    let ed_root = root().key(Key::ed25519(1)).self_signed();
    let ed = server().key(Key::ed25519(3)).issued_by(&ed_root);
    let alone = server().self_signed();
    let old = Name::dn("CN=Old, O=Lab").encoded_as(Text::Printable);
    let old_root = root().subject(&old).no_key_ids().self_signed();
    let teletex = sub().subject(Name::dn("CN=Sub, O=L\u{e4}b").encoded_as(Text::Bmp)).issued_by(&old_root);
    let under_old = server().subject(Name::dn("CN=a, O=L\u{e4}b").encoded_as(Text::Teletex)).issued_by(&teletex);
    vec![
        three("plain", true, sub(), server()).host(HOST),
        three("rich", true, sub().authority_key_id(AuthorityKeyId::All), rich),
        Base::new("rsa", true, &[&rsa, &rsa_sub, &rsa_root]).host(HOST),
        Base::new("ed25519", true, &[&ed, &ed_root]),
        Base::new("alone", true, &[&alone]).host(HOST),
        Base::new("old strings", true, &[&under_old, &teletex, &old_root]),
        three("client", true, sub(), server()).purpose(Purpose::Client),
        three("any purpose", true, sub(), server()).purpose(Purpose::Any),
        three("other host", false, sub(), server()).host("b.lab.example"),
    ]
}

fn constrained() -> Vec<Base> {
    let dns = || sub().permit(GeneralName::dns("lab.example")).exclude(GeneralName::dns("bad.lab.example"));
    let ip = || sub().permit(GeneralName::ip_range("192.0.2.0/24")).exclude(GeneralName::ip_range("192.0.2.128/25"));
    let mail = || sub().permit(GeneralName::email("lab.example")).exclude(GeneralName::email("x@lab.example"));
    let directory = || sub().permit(GeneralName::directory("O=Lab")).exclude(GeneralName::directory("O=Lab, OU=Evil"));
    let nameless = |name: &str| Cert::end_entity(name).key(Key::p256(3));
    let within = |name: &str| nameless(name).dns(HOST);
    let excluded = || sub().exclude(GeneralName::directory("O=Evil"));
    let addressed = |address: &str| server().ip(address);
    vec![
        three("dns within", true, dns(), server()),
        three("dns excluded", false, dns(), server().dns("x.bad.lab.example")),
        three("dns outside", false, dns(), server().dns("a.other.example")),
        three("ip within", true, ip(), addressed("192.0.2.7")),
        three("ip excluded", false, ip(), addressed("192.0.2.200")),
        three("mail within", true, mail(), server().email("a@lab.example")),
        three("mail excluded", false, mail(), server().email("x@lab.example")),
        three("mail of subject", false, mail(), nameless("CN=a, emailAddress=x@lab.example")),
        three("directory within", true, directory(), within("O=Lab, CN=a")),
        three("directory excluded", false, directory(), within("O=Lab, OU=Evil, CN=a")),
        three("directory outside", false, directory(), within("O=Other, CN=a")),
        three("directory only excluded", false, excluded(), within("O=Evil, CN=a")),
        three("directory name of host", false, excluded(), server().alt_name(GeneralName::directory("O=Evil, CN=b"))),
    ]
}

fn with_rules() -> Vec<Base> {
    let narrow = root().path_length(1).self_signed();
    let wide = root().path_length(2).self_signed();
    let below = |anchor: &Cert| sub().issued_by(anchor);
    let (narrow_sub, wide_sub) = (below(&narrow), below(&wide));
    let lower = Cert::ca("CN=Lower").path_length(0).key(Key::p256(4));
    let (too_low, low) = (lower.clone().issued_by(&narrow_sub), lower.issued_by(&wide_sub));
    let under = |issuer: &Cert| server().issued_by(issuer);
    let servers = || sub().extended_key_usage(&[oid::SERVER_AUTH]);
    vec![
        Base::new("path length", true, &[&under(&low), &low, &wide_sub, &wide]),
        Base::new("too long", false, &[&under(&too_low), &too_low, &narrow_sub, &narrow]),
        three("purposes", true, servers(), server()),
        three("purpose of others", false, sub(), server().extended_key_usage(&[oid::CODE_SIGNING])),
        three("purpose not passed on", false, servers(), server()).purpose(Purpose::Client),
        three("expired", false, sub(), server().expired()),
        three("not yet valid", false, sub(), server().not_yet_valid()),
        three("issuer expired", false, sub().expired(), server()),
        three("no ca", false, sub().basic_constraints(false, None), server()),
        three("no basic constraints", false, sub().without(oid::BASIC_CONSTRAINTS), server()),
        three("may not sign", false, sub().key_usage(&[Usage::CrlSign, Usage::DigitalSignature]), server()),
        three("unknown and critical", false, sub(), server().extension(oid::UNKNOWN, true, vec![4, 1, 7])),
    ]
}

fn with_policies() -> Vec<Base> {
    let explicit = || sub().policies(&[oid::POLICY_1]).policy_constraints(Some(0), None);
    let mapping = || explicit().policy_mappings(&[(oid::POLICY_1, oid::POLICY_2)]);
    let any = || sub().policies(&[oid::ANY_POLICY]).policy_constraints(Some(0), None);
    let inhibited = || any().inhibit_any_policy(0);
    vec![
        three("policy", true, explicit(), server().policies(&[oid::POLICY_1])),
        three("other policy", false, explicit(), server().policies(&[oid::POLICY_2])),
        three("no policy", false, explicit(), server()),
        three("mapped policy", true, mapping(), server().policies(&[oid::POLICY_2])),
        three("mapped away", false, mapping(), server().policies(&[oid::POLICY_1])),
        three("any policy", true, any(), server().policies(&[oid::POLICY_1])),
        three("any policy inhibited", false, inhibited(), server().policies(&[oid::ANY_POLICY])),
    ]
}

/// The usual chain, the root's list and what is told of the intermediate's.
fn listed(name: &'static str, good: bool, server: CertBuilder, list: impl Fn(&Cert, &Cert) -> Crl) -> Base {
    let root = root().self_signed();
    let sub = sub().issued_by(&root);
    let server = server.issued_by(&sub);
    let own = list(&sub, &server);
    let base = Base::new(name, good, &[&server, &sub, &root]);
    base.list(2, &Crl::of(&root).many(5, 2).sign(), root.key()).list(1, &own, sub.key())
}

fn with_lists() -> Vec<Base> {
    let point = || IssuingDistributionPoint { only_user: true, ..IssuingDistributionPoint::default() };
    let elsewhere = || IssuingDistributionPoint { only_ca: true, ..IssuingDistributionPoint::default() };
    vec![
        listed("clean list", true, server(), |sub, _| Crl::of(sub).sign()),
        listed("list of others", true, server(), |sub, _| {
            let entry = CrlEntry::new(&[5], "2026-04-01").reason(Reason::Superseded).invalidity_date(1_770_000_000);
            Crl::of(sub).many(1, 2).entry(entry).sign()
        }),
        listed("revoked", false, server(), |sub, server| Crl::of(sub).revoke(server, "2026-04-01").sign()),
        listed("revoked for a reason", false, server(), |sub, server| {
            Crl::of(sub).many(1, 2).revoke_for(server, "2026-04-01", Reason::KeyCompromise).sign()
        }),
        listed("list of hosts", true, server(), |sub, _| Crl::of(sub).issuing_distribution_point(&point()).sign()),
        listed("list of cas", false, server(), |sub, _| Crl::of(sub).issuing_distribution_point(&elsewhere()).sign()),
        listed("old list", false, server(), |sub, _| Crl::of(sub).dates("2026-03-01", Some("2026-04-01")).sign()),
    ]
}

fn with_odd_lists() -> Vec<Base> {
    let root = root().self_signed();
    let sub = sub().issued_by(&root);
    let server = server().issued_by(&sub);
    let chain = || Base::new("revoked, cleared by another key", false, &[&server, &sub, &root]);
    let of_root = Crl::of(&root).sign();
    let revoking = Crl::of(&sub).number(Some(1)).revoke(&server, "2026-04-01").sign();
    let clearing = Crl::of(&sub).number(Some(2)).key(Key::p256(9)).sign();
    let later = Crl::of(&sub).number(None).dates("2026-05-20", Some("2026-07-01")).revoke(&server, "2026-05-19").sign();
    let earlier = Crl::of(&sub).number(Some(5)).sign();
    let by_other =
        chain().list(2, &of_root, root.key()).list(1, &revoking, sub.key()).list(1, &clearing, &Key::p256(9));
    let by_age = chain().list(2, &of_root, root.key()).list(1, &earlier, sub.key()).list(1, &later, sub.key());
    vec![by_other, Base { name: "revoked by a list without number", ..by_age }]
}

#[cfg(test)]
mod tests {
    use super::super::super::asked::ours::ours;
    use super::super::mutant::Mutant;
    use super::*;
    use vitrust::Profile;

    #[test]
    fn names_are_distinct_and_good_bases_alone_are_accepted() {
        let bases = all();
        let names: std::collections::BTreeSet<&str> = bases.iter().map(|base| base.name).collect();
        assert_eq!(names.len(), bases.len());
        let accepted = |place| ours(&Mutant::unchanged(place).case(&bases), Profile::Strict);
        let wrong = bases.iter().enumerate().filter(|(place, base)| accepted(*place) != base.good);
        assert_eq!(wrong.map(|(_, base)| base.name).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
