//! General names: subject alternative names, name constraint subtrees, CRL addresses.

use core::net::IpAddr;

use crate::asn1;
use crate::name::Name;

/// A GeneralName (RFC 5280 4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeneralName {
    /// otherName: type OID and encoded value.
    Other(String, Vec<u8>),
    /// rfc822Name.
    Email(String),
    /// dNSName.
    Dns(String),
    /// directoryName.
    Directory(Name),
    /// uniformResourceIdentifier.
    Uri(String),
    /// iPAddress: 4 or 16 bytes, in constraints 8 or 32; any other length is written as it is.
    Ip(Vec<u8>),
    /// registeredID.
    Registered(String),
    /// Any context tag number, constructed or not, with any content.
    Raw(u8, Vec<u8>),
}

impl GeneralName {
    /// A dNSName.
    pub fn dns(name: &str) -> Self {
        Self::Dns(name.to_owned())
    }

    /// An rfc822Name.
    pub fn email(address: &str) -> Self {
        Self::Email(address.to_owned())
    }

    /// A uniformResourceIdentifier.
    pub fn uri(uri: &str) -> Self {
        Self::Uri(uri.to_owned())
    }

    /// A directoryName.
    pub fn directory(name: impl Into<Name>) -> Self {
        Self::Directory(name.into())
    }

    /// An iPAddress from text such as `192.0.2.1` or `2001:db8::1`.
    ///
    /// # Panics
    /// When the text is not an address.
    pub fn ip(address: &str) -> Self {
        Self::Ip(address_bytes(address))
    }

    /// An iPAddress range for a constraint from text such as `192.0.2.0/24`.
    ///
    /// # Panics
    /// When the text is not an address, a slash and a prefix length.
    pub fn ip_range(range: &str) -> Self {
        let Some((address, prefix)) = range.split_once('/') else { panic!("{range} has no prefix length") };
        let mut bytes = address_bytes(address);
        let prefix: usize = prefix.parse().unwrap_or_else(|_| panic!("{range} has no prefix length"));
        let mask = (0..bytes.len()).map(|index| {
            let bits = prefix.saturating_sub(index * 8).min(8);
            u8::try_from(0xff00_u32 >> bits & 0xff).expect("masked to a byte")
        });
        let mask: Vec<u8> = mask.collect();
        bytes.extend(mask);
        Self::Ip(bytes)
    }

    /// A user principal name as Active Directory writes it.
    pub fn user_principal_name(name: &str) -> Self {
        Self::Other(crate::oid::USER_PRINCIPAL_NAME.to_owned(), asn1::tlv(0x0c, name.as_bytes()))
    }

    /// The DER element.
    pub fn der(&self) -> Vec<u8> {
        match self {
            Self::Other(oid, value) => asn1::context(0, &[asn1::oid(oid), asn1::context(0, value)].concat()),
            Self::Email(text) => asn1::context_primitive(1, text.as_bytes()),
            Self::Dns(text) => asn1::context_primitive(2, text.as_bytes()),
            Self::Directory(name) => asn1::context(4, &name.der()),
            Self::Uri(text) => asn1::context_primitive(6, text.as_bytes()),
            Self::Ip(bytes) => asn1::context_primitive(7, bytes),
            Self::Registered(oid) => asn1::context_primitive(8, &asn1::oid_content(oid)),
            Self::Raw(tag, content) => asn1::tlv(*tag, content),
        }
    }
}

/// GeneralNames: a SEQUENCE OF GeneralName.
pub fn general_names(names: &[GeneralName]) -> Vec<u8> {
    asn1::sequence(&names.iter().map(GeneralName::der).collect::<Vec<_>>())
}

fn address_bytes(text: &str) -> Vec<u8> {
    match text.parse() {
        Ok(IpAddr::V4(address)) => address.octets().to_vec(),
        Ok(IpAddr::V6(address)) => address.octets().to_vec(),
        Err(_) => panic!("{text} is not an IP address"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_address_and_mask() {
        assert_eq!(GeneralName::ip_range("10.1.0.0/12"), GeneralName::Ip(vec![10, 1, 0, 0, 255, 240, 0, 0]));
        assert_eq!(GeneralName::ip_range("0.0.0.0/0"), GeneralName::Ip(vec![0; 8]));
    }
}
