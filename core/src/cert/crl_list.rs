//! The parts of a CRL (RFC 5280 section 5.1) and its entries, as places in the DER.
//!
//! An entry takes 32 bytes here, and the name of a certificate issuer none until it is asked for, so that a list of
//! millions of entries stays near its own size.

use std::cmp::Ordering;
use std::ops::Range;

use super::certificate::{SignedRanges, minimal, signature};
use super::crl::RevokedEntry;
use super::der::{Element, Log, Reader, Rule, Unreadable, parts, tag};
use super::extension::{MOST_EXTENSIONS, Raw, raw};
use super::general_name::GeneralNames;
use super::{AlgorithmIdentifier, DistinguishedName, Oid};
use crate::time::Time;

/// The fields of a CRL.
pub(super) struct CrlParts<'a> {
    pub(super) signed: SignedRanges,
    pub(super) version: u32,
    pub(super) inner_algorithm: AlgorithmIdentifier,
    pub(super) issuer: DistinguishedName,
    pub(super) this_update: Time,
    pub(super) next_update: Option<Time>,
    pub(super) extensions: Vec<Raw<'a>>,
    pub(super) entries: Entries,
}

/// The entries of a CRL, sorted by serial number.
#[derive(Default)]
pub(super) struct Entries {
    sorted: Vec<Entry>,
    /// The places of the general names that entries have as certificate issuers; an entry refers to its own by position.
    issuers: Vec<Range<u32>>,
    /// Critical entry extensions that are not processed.
    pub(super) unknown_critical: Vec<Oid>,
    /// Entry extensions whose value is not of their type or that occur twice.
    pub(super) malformed: Vec<Oid>,
    /// Whether any entry has extensions, which version 1 has not.
    extended: bool,
}

struct Entry {
    /// The serial number's place in the DER, without redundant leading bytes.
    serial: Range<u32>,
    revoked_at: Time,
    reason: u8,
    issuer: Option<u32>,
}

const CERTIFICATE_ISSUER: &[u8] = &[0x55, 0x1d, 29];
const REASON_CODE: &[u8] = &[0x55, 0x1d, 21];
const INVALIDITY_DATE: &[u8] = &[0x55, 0x1d, 24];
/// `[4]`, explicit.
const DIRECTORY_NAME: u8 = 0xa4;
const REMOVE_FROM_CRL: u8 = 8;
/// How many kinds of unusable entry extensions are kept by name; one is enough to refuse the list.
const KEPT: usize = 16;

/// Reads what comes next as a CRL.
pub(super) fn read<'a>(outside: &mut Reader<'a>) -> Result<CrlParts<'a>, Unreadable> {
    let mut list = outside.sequence()?;
    let start = list.offset();
    let mut tbs = list.field("signed part").sequence()?;
    let message = start..list.offset();
    let algorithm = AlgorithmIdentifier::read(list.field("signature algorithm"))?;
    let signature = signature(list.field("signature"))?;
    list.field("CRL").finish();

    let said = tbs.field("version").optional(tag::INTEGER)?;
    let version = said.map_or(1, |version| version.count().saturating_add(1));
    let inner_algorithm = AlgorithmIdentifier::read(tbs.field("inner signature algorithm"))?;
    let issuer = DistinguishedName::read(tbs.field("issuer"))?;
    let this_update = tbs.field("this update").time()?;
    let next_update = tbs.field("next update").optional_time()?;
    let entries = match tbs.field("revoked certificates").optional(tag::SEQUENCE)? {
        Some(entries) => Entries::read(entries.inside())?,
        None => Entries::default(),
    };
    let wrapper = tbs.field("extensions").optional(tag::context_constructed(0))?;
    let extensions = wrapper.as_ref().map(list_of).transpose()?.unwrap_or_default();
    tbs.field("signed part").finish();
    // RFC 5280 5.1.2.1: version 2 is said, version 1 is not and has no extensions.
    let extended = wrapper.is_some() || entries.extended;
    if version > 2 || (version == 1 && (extended || said.is_some())) {
        outside.field("version").tell(Rule::Version);
    }
    let signed = SignedRanges { message, signature, algorithm };
    Ok(CrlParts { signed, version, inner_algorithm, issuer, this_update, next_update, extensions, entries })
}

/// The extensions in `[0] EXPLICIT Extensions`.
fn list_of<'a>(wrapper: &Element<'a>) -> Result<Vec<Raw<'a>>, Unreadable> {
    let mut inside = wrapper.inside();
    let mut list = inside.sequence()?;
    inside.finish();
    if list.is_at_end() {
        list.tell(Rule::Empty);
    }
    let mut out = Vec::new();
    while !list.is_at_end() {
        if out.len() == MOST_EXTENSIONS {
            list.tell(Rule::Limit);
            break;
        }
        let place = list;
        match raw(&mut list)? {
            Ok(extension) => out.push(extension),
            Err(_) => place.tell(Rule::Tag),
        }
    }
    Ok(out)
}

impl Entries {
    fn read(mut list: Reader<'_>) -> Result<Self, Unreadable> {
        let mut out = Self::default();
        // RFC 5280 5.3.3: an entry without a certificate issuer belongs to the one of the entry before it.
        let mut issuer = None;
        while !list.is_at_end() {
            let mut fields = list.expect(tag::SEQUENCE)?.inside();
            let serial = fields.expect(tag::INTEGER)?;
            let octets = minimal(serial.integer());
            let revoked_at = fields.time()?;
            let reason = match fields.optional(tag::SEQUENCE)? {
                Some(extensions) => out.extensions(extensions.inside(), &mut issuer)?,
                None => 0,
            };
            fields.finish();
            let end = serial.offset + serial.whole.len();
            let place = |offset| u32::try_from(offset).map_err(|_| serial.unreadable("it is too large"));
            out.sorted.push(Entry { serial: place(end - octets.len())?..place(end)?, revoked_at, reason, issuer });
        }
        out.sorted.shrink_to_fit();
        Ok(out)
    }

    /// Puts the entries into the order of their serial numbers, now that the whole DER is at hand.
    pub(super) fn sort(&mut self, der: &[u8]) {
        // Stable, so that of two entries for one certificate that weigh the same the first counts.
        self.sorted.sort_by(|one, other| bytes(der, &one.serial).cmp(bytes(der, &other.serial)));
    }

    /// Reads the extensions of one entry; returns its reason code.
    fn extensions(&mut self, mut list: Reader<'_>, issuer: &mut Option<u32>) -> Result<u8, Unreadable> {
        let mut reason = 0;
        let mut seen: Vec<&[u8]> = Vec::new();
        self.extended = true;
        if list.is_at_end() {
            list.tell(Rule::Empty);
        }
        while !list.is_at_end() {
            let place = list;
            let Ok(extension) = raw(&mut list)? else {
                place.tell(Rule::Tag);
                continue;
            };
            // No entry has many; what comes after is read, and told as too much.
            if seen.len() == KEPT {
                place.tell(Rule::Limit);
            } else if seen.contains(&extension.oid_octets) {
                keep(&mut self.malformed, extension.oid);
                continue;
            } else {
                seen.push(extension.oid_octets);
            }
            let log = Log::default();
            let mut value = Reader::new(extension.value, extension.offset, "entry extension", &log);
            let read = match extension.oid_octets {
                REASON_CODE => {
                    value.expect(tag::ENUMERATED).map(|code| reason = u8::try_from(code.count()).unwrap_or(u8::MAX))
                }
                CERTIFICATE_ISSUER => self.issuer(&mut value).map(|position| *issuer = Some(position)),
                INVALIDITY_DATE if value.rest().first() == Some(&tag::GENERALIZED_TIME) => value.time().map(|_| ()),
                INVALIDITY_DATE => Err(value.unreadable("it is not a GeneralizedTime")),
                _ if extension.critical => {
                    keep(&mut self.unknown_critical, extension.oid);
                    continue;
                }
                _ => continue,
            };
            value.finish();
            if read.is_err() || !log.is_clean() {
                keep(&mut self.malformed, extension.oid);
            }
        }
        Ok(reason)
    }

    /// Keeps the place of a certificate issuer, whose general names have to hold a directory name.
    fn issuer(&mut self, value: &mut Reader<'_>) -> Result<u32, Unreadable> {
        let list = value.sequence()?;
        let names = GeneralNames::read(list)?;
        let place = |offset| u32::try_from(offset).map_err(|_| list.unreadable("it is too large"));
        // RFC 5280 5.3.3: the name in the issuer field of the revoked certificate, and so one.
        if names.len() != 1 || names.directories().next().is_none() {
            return Err(list.unreadable("the certificate issuer is not one directory name"));
        }
        self.issuers.push(place(list.offset())?..place(list.offset() + list.rest().len())?);
        place(self.issuers.len() - 1)
    }

    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether any entry says whose certificate it is about.
    pub(super) fn name_issuers(&self) -> bool {
        !self.issuers.is_empty()
    }

    /// How many entries have this serial number.
    pub(super) fn count_of(&self, der: &[u8], serial_number: &[u8]) -> usize {
        let before = |or_equal: bool| {
            self.sorted.partition_point(|entry| match bytes(der, &entry.serial).cmp(serial_number) {
                Ordering::Less => true,
                Ordering::Equal => or_equal,
                Ordering::Greater => false,
            })
        };
        before(true) - before(false)
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
        let start = self.sorted.partition_point(|entry| bytes(der, &entry.serial) < serial_number);
        let same = self.sorted[start..].iter().take_while(|entry| bytes(der, &entry.serial) == serial_number);
        same.map(|entry| (entry, entry.issuer.map(|position| self.named(der, position))))
            .filter(|(_, named)| match named {
                Some(named) => named.as_ref() == Some(issuer),
                None => own == issuer,
            })
            .min_by_key(|(entry, _)| entry.reason == REMOVE_FROM_CRL)
            .map(|(entry, named)| RevokedEntry {
                revoked_at: entry.revoked_at,
                reason: entry.reason,
                certificate_issuer: named.flatten(),
            })
    }

    /// The certificate issuer at this position.
    fn named(&self, der: &[u8], position: u32) -> Option<DistinguishedName> {
        let place = usize::try_from(position).ok().and_then(|position| self.issuers.get(position))?;
        let mut rest = bytes(der, place);
        while let Some((tag, content, after)) = parts(rest) {
            if tag == DIRECTORY_NAME {
                return DistinguishedName::from_der(content);
            }
            rest = after;
        }
        None
    }
}

/// Once is enough, and few are enough: a hostile list may repeat one in every entry.
fn keep(list: &mut Vec<Oid>, oid: Oid) {
    if list.len() < KEPT && !list.contains(&oid) {
        list.push(oid);
    }
}

fn bytes<'a>(der: &'a [u8], range: &Range<u32>) -> &'a [u8] {
    let place = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
    der.get(place(range.start)..place(range.end)).unwrap_or_default()
}
