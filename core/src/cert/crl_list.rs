//! The parts of a CRL (RFC 5280 section 5.1) and its entries, as places in the DER.
//!
//! x509-parser 0.18 gives each entry a big number and a list of extensions: 100,000 entries take 45 MB and a tenth of a
//! second, and a list with a damaged entry reads as one without entries. Here an entry takes 40 bytes, and damage is
//! an error.

use std::ops::Range;

use x509_parser::asn1_rs::{Any, Class, Tag};
use x509_parser::extensions::{
    GeneralName as ParsedGeneralName, IssuerAlternativeName, ParsedExtension, X509Extension,
};
use x509_parser::prelude::FromDer;
use x509_parser::time::ASN1Time;
use x509_parser::x509::{AlgorithmIdentifier, X509Name};

use super::certificate::{minimal, range_in};
use super::crl::RevokedEntry;
use super::{DistinguishedName, GeneralName, Oid};
use crate::time::Time;

/// The fields of a CRL, still in the parser's types.
pub(super) struct CrlParts<'a> {
    pub(super) message: &'a [u8],
    pub(super) algorithm: AlgorithmIdentifier<'a>,
    pub(super) signature: &'a [u8],
    pub(super) inner_algorithm: AlgorithmIdentifier<'a>,
    pub(super) issuer: X509Name<'a>,
    pub(super) this_update: Time,
    pub(super) next_update: Option<Time>,
    pub(super) extensions: Vec<X509Extension<'a>>,
    pub(super) entries: Entries,
}

/// The entries of a CRL, sorted by serial number.
#[derive(Default)]
pub(super) struct Entries {
    sorted: Vec<Entry>,
    /// The certificate issuers named by entries; an entry refers to its own by position.
    issuers: Vec<DistinguishedName>,
    /// Critical entry extensions that are not processed.
    pub(super) unknown_critical: Vec<Oid>,
    /// Entry extensions whose value is not of their type or that occur twice.
    pub(super) malformed: Vec<Oid>,
}

struct Entry {
    /// The serial number's place in the DER, without redundant leading bytes.
    serial: Range<u32>,
    revoked_at: Time,
    reason: u8,
    issuer: Option<u32>,
}

const CERTIFICATE_ISSUER: &str = "2.5.29.29";
const REASON_CODE: &str = "2.5.29.21";
const REMOVE_FROM_CRL: u8 = 8;

/// Takes `der` apart; the error says which part is not what it should be.
pub(super) fn read(der: &[u8]) -> Result<(CrlParts<'_>, usize), &'static str> {
    let (after, list) = sequence(der).ok_or("it is not a sequence")?;
    let (rest, tbs) = sequence(list).ok_or("the signed part is not a sequence")?;
    let message = &list[..list.len() - rest.len()];
    let (rest, algorithm) = AlgorithmIdentifier::from_der(rest).map_err(|_| "the signature algorithm is malformed")?;
    let (rest, signature) = element(rest, Tag::BitString).ok_or("the signature is not a bit string")?;
    let signature = match signature.split_first() {
        // A count of unused bits other than none is a wrong signature, not a wrong list; the check will say so.
        Some((_, bytes)) if rest.is_empty() => bytes,
        Some(_) | None => return Err("the signature is malformed"),
    };
    let rest = element(tbs, Tag::Integer).map_or(tbs, |(rest, _)| rest);
    let (rest, inner_algorithm) =
        AlgorithmIdentifier::from_der(rest).map_err(|_| "the inner signature algorithm is malformed")?;
    let (rest, issuer) = X509Name::from_der(rest).map_err(|_| "the issuer is malformed")?;
    let (rest, this_update) = time(rest).ok_or("the date of this update is malformed")?;
    let (rest, next_update) = match time(rest) {
        Some((rest, next_update)) => (rest, Some(next_update)),
        None => (rest, None),
    };
    let (rest, entries) = match sequence(rest) {
        Some((rest, entries)) => (rest, Entries::read(der, entries)?),
        None => (rest, Entries::default()),
    };
    let extensions = extensions(rest).ok_or("the extensions are malformed")?;
    let parts = CrlParts {
        message,
        algorithm,
        signature,
        inner_algorithm,
        issuer,
        this_update,
        next_update,
        extensions,
        entries,
    };
    Ok((parts, after.len()))
}

impl Entries {
    fn read(der: &[u8], content: &[u8]) -> Result<Self, &'static str> {
        let mut out = Self::default();
        let mut rest = content;
        // RFC 5280 5.3.3: an entry without a certificate issuer belongs to the one of the entry before it.
        let mut issuer = None;
        while !rest.is_empty() {
            let (after, entry) = sequence(rest).ok_or("an entry is not a sequence")?;
            let (fields, serial) = element(entry, Tag::Integer).ok_or("an entry has no serial number")?;
            let (fields, revoked_at) = time(fields).ok_or("an entry has no revocation date")?;
            let reason = if fields.is_empty() { 0 } else { out.extensions(fields, &mut issuer)? };
            let serial = range_in(der, minimal(serial)).ok_or("an entry has no serial number")?;
            let place = |offset| u32::try_from(offset).map_err(|_| "it is too large");
            out.sorted.push(Entry { serial: place(serial.start)?..place(serial.end)?, revoked_at, reason, issuer });
            rest = after;
        }
        // Stable, so that of two entries for one certificate that weigh the same the first counts.
        out.sorted.sort_by(|one, other| bytes(der, one).cmp(bytes(der, other)));
        Ok(out)
    }

    /// Reads the extensions of one entry; returns its reason code.
    fn extensions(&mut self, fields: &[u8], issuer: &mut Option<u32>) -> Result<u8, &'static str> {
        let fail = "the extensions of an entry are malformed";
        let (after, mut rest) = sequence(fields).ok_or(fail)?;
        if !after.is_empty() {
            return Err(fail);
        }
        let mut reason = None;
        while !rest.is_empty() {
            let (after, extension) = X509Extension::from_der(rest).map_err(|_| fail)?;
            match extension.parsed_extension() {
                ParsedExtension::ReasonCode(_) if reason.is_some() => self.malformed(REASON_CODE),
                ParsedExtension::ReasonCode(value) => reason = Some(value.0),
                _ if extension.oid.to_id_string() == CERTIFICATE_ISSUER => match issuer_name(extension.value) {
                    Some(name) => {
                        if self.issuers.last() != Some(&name) {
                            self.issuers.push(name);
                        }
                        *issuer = u32::try_from(self.issuers.len() - 1).ok();
                    }
                    None => self.malformed(CERTIFICATE_ISSUER),
                },
                ParsedExtension::InvalidityDate(_) => (),
                _ if extension.critical => self.unknown(Oid::from(&extension.oid)),
                _ => (),
            }
            rest = after;
        }
        Ok(reason.unwrap_or_default())
    }

    /// Once is enough here too.
    fn malformed(&mut self, oid: &str) {
        if self.malformed.last().is_none_or(|last| *last != *oid) {
            self.malformed.push(oid.into());
        }
    }

    /// Once is enough: a hostile list may repeat one in every entry.
    fn unknown(&mut self, oid: Oid) {
        if self.unknown_critical.last() != Some(&oid) {
            self.unknown_critical.push(oid);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// The entry of this serial number whose certificate was issued by `issuer`; entries that name no issuer belong to
    /// `own`, the CRL's. Of several, one that revokes counts before one that lifts.
    pub(super) fn find(
        &self,
        der: &[u8],
        serial_number: &[u8],
        issuer: &DistinguishedName,
        own: &DistinguishedName,
    ) -> Option<RevokedEntry> {
        let start = self.sorted.partition_point(|entry| bytes(der, entry) < serial_number);
        let same = self.sorted[start..].iter().take_while(|entry| bytes(der, entry) == serial_number);
        same.map(|entry| (entry, entry.issuer.and_then(|position| self.issuer(position))))
            .filter(|(_, named)| named.unwrap_or(own) == issuer)
            .min_by_key(|(entry, _)| entry.reason == REMOVE_FROM_CRL)
            .map(|(entry, named)| RevokedEntry {
                revoked_at: entry.revoked_at,
                reason: entry.reason,
                certificate_issuer: named.cloned(),
            })
    }

    fn issuer(&self, position: u32) -> Option<&DistinguishedName> {
        usize::try_from(position).ok().and_then(|position| self.issuers.get(position))
    }
}

/// An entry's serial number.
fn bytes<'a>(der: &'a [u8], entry: &Entry) -> &'a [u8] {
    let place = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
    der.get(place(entry.serial.start)..place(entry.serial.end)).unwrap_or_default()
}

fn element(der: &[u8], tag: Tag) -> Option<(&[u8], &[u8])> {
    let (rest, any) = Any::from_der(der).ok()?;
    (any.class() == Class::Universal && any.tag() == tag).then_some((rest, any.data))
}

fn sequence(der: &[u8]) -> Option<(&[u8], &[u8])> {
    element(der, Tag::Sequence)
}

fn time(der: &[u8]) -> Option<(&[u8], Time)> {
    let (rest, time) = ASN1Time::from_der(der).ok()?;
    Some((rest, Time::from_unix(time.timestamp())))
}

/// `[0] EXPLICIT Extensions`, or nothing.
fn extensions(der: &[u8]) -> Option<Vec<X509Extension<'_>>> {
    let mut out = Vec::new();
    if der.is_empty() {
        return Some(out);
    }
    let (after, tagged) = Any::from_der(der).ok()?;
    let (rest, mut list) = sequence(tagged.data)?;
    if !after.is_empty() || !rest.is_empty() || tagged.class() != Class::ContextSpecific || tagged.tag() != Tag(0) {
        return None;
    }
    while !list.is_empty() {
        let (after, extension) = X509Extension::from_der(list).ok()?;
        out.push(extension);
        list = after;
    }
    Some(out)
}

/// The directory name in the GeneralNames of a certificate issuer entry extension.
fn issuer_name(der: &[u8]) -> Option<DistinguishedName> {
    let (_, names) = IssuerAlternativeName::from_der(der).ok()?;
    names.general_names.iter().find_map(|name| match (name, GeneralName::from_parsed(name)) {
        (ParsedGeneralName::DirectoryName(_), GeneralName::Directory(name)) => Some(name),
        _ => None,
    })
}
