//! Another reader beside ours: `x509-cert`, which is built on `der` and shares no code with what we read with.

use vitrust::cert::GeneralName;
use vitrust::{Certificate, Crl};
use x509_cert::certificate::{CertificateInner, Raw, Version};
use x509_cert::crl::CertificateList;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName as Theirs;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName, SubjectKeyIdentifier};
use x509_cert::time::Time;

type Other = CertificateInner<Raw>;

/// How the other reader's certificate differs from ours, or from the bytes; `None` when it does not.
pub(super) fn difference(der: &[u8]) -> Option<String> {
    let own = match Certificate::from_der(der) {
        Ok(own) => own,
        Err(error) => return Some(format!("not read here: {error}")),
    };
    let other = match Other::from_der(der) {
        Ok(other) => other,
        Err(error) => return Some(format!("not read there: {error}")),
    };
    if other.to_der().ok().as_deref() != Some(der) {
        return Some("written again it has other bytes".to_owned());
    }
    let fields = outer_fields(&own, &other).into_iter().chain(extension_fields(&own, &other));
    let differing: Vec<String> = fields
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(name, ours, theirs)| format!("{name}: {ours} here, {theirs} there"))
        .collect();
    (!differing.is_empty()).then(|| differing.join("; "))
}

/// The same for a revocation list: bytes and issuer, dates and number of entries.
pub(super) fn list_difference(der: &[u8]) -> Option<String> {
    let (own, other) = match (Crl::from_der(der), CertificateList::<Raw>::from_der(der)) {
        (Ok(own), Ok(other)) => (own, other),
        (Err(error), _) => return Some(format!("not read here: {error}")),
        (_, Err(error)) => return Some(format!("not read there: {error}")),
    };
    if other.to_der().ok().as_deref() != Some(der) {
        return Some("written again it has other bytes".to_owned());
    }
    let list = &other.tbs_cert_list;
    let ours =
        (own.issuer().der().to_vec(), own.this_update().unix(), own.next_update().map(|time| time.unix()), own.len());
    let entries = list.revoked_certificates.as_ref().map_or(0, Vec::len);
    let theirs = (encoded(&list.issuer), seconds(list.this_update), list.next_update.map(seconds), entries);
    (ours != theirs).then(|| format!("{ours:?} here, {theirs:?} there"))
}

type Field = (&'static str, String, String);

fn outer_fields(own: &Certificate, other: &Other) -> Vec<Field> {
    let their = other.tbs_certificate();
    let dates = their.validity();
    vec![
        ("version", own.version().to_string(), version(their.version()).to_string()),
        ("serial number", hex(own.serial_number()), hex(their.serial_number().as_bytes())),
        ("issuer", hex(own.issuer().der()), hex(&encoded(their.issuer()))),
        ("subject", hex(own.subject().der()), hex(&encoded(their.subject()))),
        ("not before", own.not_before().unix().to_string(), seconds(dates.not_before).to_string()),
        ("not after", own.not_after().unix().to_string(), seconds(dates.not_after).to_string()),
        ("key", hex(&own.public_key().key), hex(their.subject_public_key_info().subject_public_key.raw_bytes())),
        (
            "signature algorithm",
            own.signature_algorithm().oid.as_str().to_owned(),
            other.signature_algorithm().oid.to_string(),
        ),
        ("signature", hex(own.signed_parts().signature), hex(other.signature().raw_bytes())),
    ]
}

#[allow(clippy::needless_borrow, reason = "the list lends its names or makes them")]
fn extension_fields(own: &Certificate, other: &Other) -> Vec<Field> {
    let ours = own.extensions();
    let theirs: &[Extension] = other.tbs_certificate().extensions().map_or(&[], Vec::as_slice);
    let critical = theirs.iter().filter(|one| one.critical).map(|one| one.extn_id.to_string());
    let purposes = value::<ExtendedKeyUsage>(theirs, "2.5.29.37");
    let own_purposes = ours.extended_key_usage.as_ref();
    let names = value::<SubjectAltName>(theirs, "2.5.29.17");
    vec![
        (
            "critical extensions",
            sorted(ours.critical.iter().chain(&ours.unknown_critical).map(|oid| oid.as_str().to_owned())),
            sorted(critical),
        ),
        (
            "basic constraints",
            format!("{:?}", ours.basic_constraints.map(|own| (own.ca, own.path_length))),
            format!(
                "{:?}",
                value::<BasicConstraints>(theirs, "2.5.29.19")
                    .map(|own| (own.ca, own.path_len_constraint.map(u32::from)))
            ),
        ),
        (
            "key usage",
            format!("{:?}", ours.key_usage.map(|usage| usage.0)),
            format!("{:?}", value::<KeyUsage>(theirs, "2.5.29.15").map(|usage| usage.0.bits())),
        ),
        (
            "purposes",
            format!("{:?}", own_purposes.map(|all| sorted(all.iter().map(|oid| oid.as_str().to_owned())))),
            format!("{:?}", purposes.map(|all| sorted(all.0.iter().map(ObjectIdentifier::to_string)))),
        ),
        (
            "subject key identifier",
            own.subject_key_id().map_or_else(String::new, |id| hex(&id.0)),
            value::<SubjectKeyIdentifier>(theirs, "2.5.29.14").map_or_else(String::new, |id| hex(id.0.as_bytes())),
        ),
        (
            "alternative names",
            format!(
                "{:?}",
                ours.subject_alternative_names
                    .as_ref()
                    .map(|all| all.iter().map(|name| our_name(&name)).collect::<Vec<_>>())
            ),
            format!("{:?}", names.map(|all| all.0.iter().map(their_name).collect::<Vec<_>>())),
        ),
    ]
}

fn value<'a, T: Decode<'a>>(all: &'a [Extension], oid: &str) -> Option<T> {
    let mut found = all.iter().filter(|one| one.extn_id.to_string() == oid);
    T::from_der(found.next()?.extn_value.as_bytes()).ok()
}

fn our_name(name: &GeneralName<'_>) -> String {
    match name {
        GeneralName::Dns(text) => format!("dns {text}"),
        GeneralName::Email(text) => format!("mail {text}"),
        GeneralName::Uri(text) => format!("uri {text}"),
        GeneralName::Ip(octets) => format!("ip {}", hex(octets)),
        GeneralName::Directory(name) => format!("directory {}", hex(name.der())),
        GeneralName::Other(_) => "other".to_owned(),
    }
}

fn their_name(name: &Theirs) -> String {
    match name {
        Theirs::DnsName(text) => format!("dns {}", text.as_str()),
        Theirs::Rfc822Name(text) => format!("mail {}", text.as_str()),
        Theirs::UniformResourceIdentifier(text) => format!("uri {}", text.as_str()),
        Theirs::IpAddress(octets) => format!("ip {}", hex(octets.as_bytes())),
        Theirs::DirectoryName(name) => format!("directory {}", hex(&encoded(name))),
        Theirs::RegisteredId(_) | Theirs::OtherName(_) | Theirs::EdiPartyName(_) => "other".to_owned(),
    }
}

fn version(version: Version) -> u32 {
    match version {
        Version::V1 => 1,
        Version::V2 => 2,
        Version::V3 => 3,
    }
}

fn encoded(value: &impl Encode) -> Vec<u8> {
    value.to_der().unwrap_or_default()
}

fn seconds(time: Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or_default()
}

fn sorted(all: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = all.collect();
    all.sort();
    all.dedup();
    all.join(" ")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
