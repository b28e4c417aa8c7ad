//! Certificates and lists of the factory, each from its number: every algorithm, name form, date form and extension, in
//! ever other combinations. All of them are what RFC 5280 allows to be encoded, however odd.

use fastrand::Rng;
use vitrust_factory::{
    AuthorityKeyId, Cert, CertBuilder, Crl, CrlEntry, DistributionPoint, GeneralName, Hash, IssuingDistributionPoint,
    Key, Name, Pss, Reason, SignatureAlgorithm, Text, Usage, Version, asn1, oid,
};

/// One in so many is signed; the others have a signature of random bytes, which no reader looks into.
const SIGNED: usize = 20;

/// The DER of certificate `number`.
pub(super) fn certificate(number: usize) -> Vec<u8> {
    let mut rng = Rng::with_seed(u64::try_from(number).expect("a small number"));
    let rng = &mut rng;
    let start = if rng.u8(0..3) == 0 { Cert::ca(name(rng)) } else { Cert::end_entity(name(rng)) };
    let mut builder = start.key(key(rng)).serial_bytes(&serial(rng));
    builder = dated(builder, rng);
    builder = named(builder, rng);
    builder = ruled(builder, rng);
    builder = keyed(builder, rng);
    if rng.u8(0..40) == 0 {
        builder = Cert::bare(name(rng)).key(key(rng)).version(Version::V1);
    }
    let issuer = name(rng);
    let signer = key(rng);
    let algorithm = algorithm(&signer, rng);
    builder = builder.algorithm(algorithm);
    if !number.is_multiple_of(SIGNED) {
        let length = rng.usize(1..300);
        let bytes: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
        builder = builder.signature(&bytes);
    }
    builder.issued_by_key(issuer, &signer).der().to_vec()
}

/// The DER of a certificate whose names are in UniversalString, from its number.
pub(super) fn with_universal_strings(number: u64) -> Vec<u8> {
    let mut rng = Rng::with_seed(number);
    let (subject, issuer) = (name(&mut rng), name(&mut rng));
    let builder = Cert::end_entity(subject.encoded_as(Text::Universal)).dns("a.lab.example").signature(&[1; 64]);
    builder.issued_by_key(issuer.encoded_as(Text::Universal), &Key::p256(1)).der().to_vec()
}

/// The DER of revocation list `number`.
pub(super) fn list(number: usize) -> Vec<u8> {
    let mut rng = Rng::with_seed(u64::try_from(number).expect("a small number"));
    let rng = &mut rng;
    let issuer = Cert::ca(name(rng)).key(Key::p256(u64::from(rng.u8(..)))).self_signed();
    let mut list = Crl::of(&issuer).number(rng.bool().then(|| rng.u64(..)));
    for _ in 0..rng.usize(0..6) {
        let mut entry = CrlEntry::new(&serial(rng), date(rng));
        if rng.bool() {
            entry = entry.reason(pick(rng, &[Reason::KeyCompromise, Reason::Superseded, Reason::CertificateHold]));
        }
        if rng.u8(0..4) == 0 {
            entry = entry.invalidity_date(1_770_000_000);
        }
        list = list.entry(entry);
    }
    if rng.u8(0..3) == 0 {
        let full_name = vec![GeneralName::uri("http://lab.example/a.crl")];
        let point = IssuingDistributionPoint { full_name, only_ca: rng.bool(), ..IssuingDistributionPoint::default() };
        list = list.issuing_distribution_point(&point);
    }
    let next = pick(rng, &["2026-07-01", "2049-12-31", "2050-01-01"]);
    list.dates(date(rng), Some(next)).sign().der().to_vec()
}

fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(0..from.len())]
}

fn key(rng: &mut Rng) -> Key {
    let seed = u64::from(rng.u8(0..16));
    match rng.u8(0..10) {
        0 => Key::rsa1024(rng.usize(0..2)),
        1 | 2 => Key::rsa2048(rng.usize(0..24)),
        3 => Key::rsa3072(rng.usize(0..3)),
        4 => Key::rsa4096(rng.usize(0..4)),
        5 => Key::p384(seed),
        6 => Key::p521(seed),
        7 => Key::ed25519(seed),
        _ => Key::p256(seed),
    }
}

fn algorithm(signer: &Key, rng: &mut Rng) -> SignatureAlgorithm {
    let hash = pick(rng, &[Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512]);
    match signer.usual_algorithm() {
        // The block of SHA-512 does not fit into 1,024 bits.
        SignatureAlgorithm::RsaPkcs1(_) if rng.u8(0..3) == 0 && hash != Hash::Sha512 => {
            SignatureAlgorithm::RsaPss(Pss::usual(hash))
        }
        SignatureAlgorithm::RsaPkcs1(_) => SignatureAlgorithm::RsaPkcs1(hash),
        SignatureAlgorithm::Ecdsa(_) => SignatureAlgorithm::Ecdsa(hash),
        other => other,
    }
}

/// A positive number of 1 to 20 octets.
fn serial(rng: &mut Rng) -> Vec<u8> {
    let length = rng.usize(1..=20);
    let mut bytes: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
    bytes[0] = bytes[0] & 0x7f | 1;
    bytes
}

fn name(rng: &mut Rng) -> Name {
    let texts = [
        "CN=a.lab.example, O=Lab",
        "CN=CA, DC=vsphere, DC=local, C=US, ST=California, O=vc01.lab.example, OU=VMware Engineering",
        "CN=a+SERIALNUMBER=7+OU=x, O=Lab",
        "emailAddress=a@lab.example, CN=a",
        "1.3.6.1.4.1.32473.5=odd, CN=b",
        "CN=, O=Lab",
        "CN=J\u{f6}rg, L=K\u{f8}benhavn, O=\u{65e5}\u{672c}",
        "CN=with  blanks , O= and more ",
        "CN=a, CN=b, CN=c",
        "CN=quo\\,ted\\+, O=<>;\"#",
    ];
    let name = Name::dn(pick(rng, &texts));
    let plain = Name::dn(pick(rng, &texts[..3]));
    match rng.u8(0..12) {
        0 => plain.encoded_as(Text::Printable),
        1 => plain.encoded_as(Text::Teletex),
        2 => name.encoded_as(Text::Bmp),
        3 => plain.encoded_as(Text::Ia5),
        _ => name,
    }
}

/// Some day in the form that RFC 5280 asks for.
fn date(rng: &mut Rng) -> i64 {
    // 1970 to 2100; from 2050 on the other form.
    i64::from(rng.u32(0..=4_102_444_799))
}

fn dated(builder: CertBuilder, rng: &mut Rng) -> CertBuilder {
    match rng.u8(0..5) {
        0 => builder.validity(date(rng), date(rng)),
        1 => builder.validity("2049-12-31T23:59:59Z", "2050-01-01"),
        2 => builder.validity("1970-01-01", "9999-12-31T23:59:59Z"),
        _ => builder,
    }
}

fn named(mut builder: CertBuilder, rng: &mut Rng) -> CertBuilder {
    for _ in 0..rng.usize(0..5) {
        builder = match rng.u8(0..10) {
            0 => builder.ip("192.0.2.1"),
            1 => builder.ip("2001:db8::1"),
            2 => builder.email("a@lab.example"),
            3 => builder.uri("https://lab.example/a?b=c"),
            4 => builder.alt_name(GeneralName::directory(name(rng))),
            5 => builder.alt_name(GeneralName::user_principal_name("a@lab")),
            6 => builder.alt_name(GeneralName::Registered("1.2.840.113549.1".to_owned())),
            7 => builder.dns("*.lab.example"),
            _ => builder.dns("a.lab.example"),
        };
    }
    let base = match rng.u8(0..16) {
        0 => GeneralName::dns("lab.example"),
        1 => GeneralName::ip_range("10.0.0.0/8"),
        2 => GeneralName::directory("O=Lab"),
        3 => GeneralName::email("lab.example"),
        4 => GeneralName::uri(".lab.example"),
        _ => return builder,
    };
    if rng.bool() { builder.permit(base) } else { builder.exclude(base) }
}

fn ruled(builder: CertBuilder, rng: &mut Rng) -> CertBuilder {
    const ALL: [Usage; 9] = [
        Usage::DigitalSignature,
        Usage::NonRepudiation,
        Usage::KeyEncipherment,
        Usage::DataEncipherment,
        Usage::KeyAgreement,
        Usage::KeyCertSign,
        Usage::CrlSign,
        Usage::EncipherOnly,
        Usage::DecipherOnly,
    ];
    let usages: Vec<Usage> = ALL.into_iter().filter(|_| rng.bool()).collect();
    let policies = [oid::POLICY_1, oid::POLICY_2, oid::ANY_POLICY, "2.23.140.1.2.1"];
    let policies: Vec<&str> = policies.into_iter().filter(|_| rng.bool()).collect();
    match rng.u8(0..12) {
        0 if !usages.is_empty() => builder.key_usage(&usages),
        1 => builder.path_length(rng.u64(0..=255)),
        2 => builder.extended_key_usage(&[oid::CODE_SIGNING, oid::ANY_EXTENDED_KEY_USAGE, oid::UNKNOWN]),
        3 if !policies.is_empty() => builder.policies(&policies),
        4 => builder.policy_mappings(&[(oid::POLICY_1, oid::POLICY_2), (oid::POLICY_2, oid::POLICY_1)]),
        5 => builder.policy_constraints(Some(rng.u64(0..4)), rng.bool().then_some(0)),
        6 => builder.inhibit_any_policy(rng.u64(0..300)),
        7 => builder.ca_issuers("http://lab.example/ca.cer"),
        8 => builder.crl_distribution_points(&[point(rng), DistributionPoint::url("ldap://lab.example/cn=a")]),
        9 => builder.extension(oid::UNKNOWN, rng.bool(), vec![4, 1, rng.u8(..)]),
        10 => builder.extension("1.3.6.1.4.1.311.20.2", false, asn1::tlv(0x1e, b"\0S\0u\0b\0C\0A")),
        _ => builder.basic_constraints(false, None),
    }
}

fn point(rng: &mut Rng) -> DistributionPoint {
    let crl_issuer = if rng.bool() { vec![GeneralName::directory(name(rng))] } else { Vec::new() };
    let reasons = if rng.bool() { vec![Reason::KeyCompromise, Reason::CaCompromise] } else { Vec::new() };
    DistributionPoint { reasons, crl_issuer, ..DistributionPoint::url("http://lab.example/a.crl") }
}

fn keyed(builder: CertBuilder, rng: &mut Rng) -> CertBuilder {
    match rng.u8(0..6) {
        0 => builder.no_key_ids(),
        1 => builder.authority_key_id(AuthorityKeyId::Fields(
            rng.bool().then(|| vec![1, 2, 3]),
            Some(vec![GeneralName::directory(name(rng))]),
            Some(serial(rng)),
        )),
        2 => builder.unique_ids(rng.bool().then_some(&[1, 2][..]), Some(&[3])),
        _ => builder,
    }
}
