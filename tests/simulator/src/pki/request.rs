//! Requests for certificates (PKCS #10, RFC 2986), and the names that stand in them.

use vitrust_factory::general_name::general_names;
use vitrust_factory::{Attribute, GeneralName, Key, Name, asn1};

/// `extensionRequest` (RFC 2985 5.4.2).
const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
/// `subjectAltName` (RFC 5280 4.2.1.6).
const SUBJECT_ALT_NAME: &str = "2.5.29.17";

/// The name a certificate is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    /// Kind (`CN`, `O`) and text, in the order of the name.
    parts: Vec<(&'static str, String)>,
    /// Alternative names: DNS names and addresses.
    others: Vec<String>,
}

impl Subject {
    /// `text` gives the text of a field, by the name REST has for it; what it does not give is as VMCA has it.
    pub(crate) fn of(text: impl Fn(&str) -> Option<String>, common_name: &str, others: Vec<String>) -> Self {
        let fields = [
            ("CN", "common_name", common_name),
            ("C", "country", "US"),
            ("ST", "state_or_province", "California"),
            ("L", "locality", "Palo Alto"),
            ("O", "organization", "VMware"),
            ("OU", "organization_unit", "VMware Engineering"),
            ("emailAddress", "email_address", ""),
        ];
        let parts = fields.map(|(kind, field, usual)| (kind, text(field).unwrap_or_else(|| usual.to_owned())));
        Self { parts: parts.into_iter().filter(|(_, text)| !text.is_empty()).collect(), others }
    }

    /// The name VMCA takes by itself.
    pub(crate) fn usual(common_name: &str) -> Self {
        Self::of(|_| None, common_name, Vec::new())
    }

    /// The distinguished name.
    pub(crate) fn name(&self) -> Name {
        let parts: Vec<[Attribute; 1]> = self.parts.iter().map(|(kind, text)| [Attribute::new(kind, text)]).collect();
        Name::parts(&parts.iter().map(<[Attribute; 1]>::as_slice).collect::<Vec<_>>())
    }

    /// The alternative names besides `own`.
    pub(crate) fn others(&self, own: &str) -> Vec<GeneralName> {
        let texts = self.others.iter().filter(|text| *text != own);
        texts.map(|text| general_name(text)).collect()
    }
}

fn general_name(text: &str) -> GeneralName {
    match text.parse::<std::net::IpAddr>() {
        Ok(_) => GeneralName::ip(text),
        Err(_) => GeneralName::dns(text),
    }
}

/// A request signed with `key`, PEM.
pub(super) fn signed(key: &Key, subject: &Subject, own: &str) -> String {
    let mut names = vec![GeneralName::dns(own)];
    names.extend(subject.others(own));
    let extension = asn1::sequence(&[asn1::oid(SUBJECT_ALT_NAME), asn1::octet_string(&general_names(&names))]);
    let attribute = asn1::sequence(&[asn1::oid(EXTENSION_REQUEST), asn1::set_of(&[asn1::sequence(&[extension])])]);
    let information =
        asn1::sequence(&[asn1::integer(0), subject.name().der(), key.spki().to_vec(), asn1::context(0, &attribute)]);
    let algorithm = key.usual_algorithm();
    let signature = asn1::bit_string(&algorithm.sign(key, &information));
    vitrust::pem::encode("CERTIFICATE REQUEST", &asn1::sequence(&[information, algorithm.identifier(), signature]))
}
