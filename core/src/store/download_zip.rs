//! vCenter's `certs/download.zip`: the same certificates and CRLs once for Linux, macOS and Windows, or flat.

use std::io::{Cursor, Read};

use hashbrown::HashSet;
use memchr::memmem;
use zip::ZipArchive;

use super::collect::Collector;
use super::{Reading, StoreError, Unreadable, der};
use crate::text::has_pem;
use crate::thumbprint::Fingerprint;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A download has some hundred kilobytes and a few hundred members; these bounds are far above and keep a hostile
/// archive cheap. Sizes are counted as they are unpacked: what the headers claim is not believed.
const MAXIMUM_ARCHIVE: usize = 64 << 20;
const MAXIMUM_MEMBERS: usize = 10_000;
const MAXIMUM_MEMBER: u64 = 16 << 20;
const MAXIMUM_TOTAL: u64 = 64 << 20;
const MEMBER_HEADER: &[u8] = b"PK\x01\x02";
/// The folders, in the order of preference.
const FOLDERS: [&str; 3] = ["lin", "mac", "win"];

pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// One member by its position, its name and the system folder it lies in.
struct Member {
    index: usize,
    name: String,
    folder: Option<&'static str>,
}

/// Reads the first system folder there is and what lies in none; the other folders are compared with it.
pub(super) fn read(out: &mut Collector<'_>, bytes: &[u8]) -> Result<(), StoreError> {
    let malformed =
        |reason: String| StoreError::Malformed { input: out.source().to_owned(), form: "a zip archive", reason };
    if bytes.len() > MAXIMUM_ARCHIVE {
        return Err(malformed(format!("{} bytes are more than the {MAXIMUM_ARCHIVE} that are read", bytes.len())));
    }
    if memmem::find_iter(bytes, MEMBER_HEADER).take(MAXIMUM_MEMBERS + 1).count() > MAXIMUM_MEMBERS {
        return Err(malformed(format!("it has more than {MAXIMUM_MEMBERS} members")));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(error.to_string()))?;
    // The archive's reader keeps one member for each name, the last.
    let stated = stated_members(bytes).unwrap_or_default();
    if stated > archive.len() {
        let hidden = stated - archive.len();
        let members = if hidden == 1 { "member has" } else { "members have" };
        out.unreadable(None, format!("{hidden} {members} the same name as a later one and were not read"));
    }
    let members = members(out, &archive);
    let chosen = FOLDERS.into_iter().find(|folder| members.iter().any(|member| member.folder == Some(folder)));
    let mut budget = MAXIMUM_TOTAL;
    let mut folder = |out: &mut Collector<'_>, wanted: Option<&str>| {
        for member in members.iter().filter(|member| member.folder == wanted) {
            one(out, &mut archive, member, &mut budget);
        }
    };
    folder(out, None);
    let Some(chosen) = chosen else { return Ok(()) };
    let own = out.aside(|out| folder(out, Some(chosen)));
    for other in FOLDERS.into_iter().filter(|other| *other != chosen) {
        if members.iter().any(|member| member.folder == Some(other)) {
            let copy = out.aside(|out| folder(out, Some(other)));
            compare(out, (chosen, &own), (other, copy));
        }
    }
    out.append(own);
    Ok(())
}

/// How many members the archive's last record states: PKWARE's APPNOTE 4.3.16, offset 10.
fn stated_members(bytes: &[u8]) -> Option<usize> {
    let end = memmem::rfind(bytes, b"PK\x05\x06")?;
    let count = bytes.get(end + 10..end + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// The members worth unpacking. The others are reported by name.
fn members(out: &mut Collector<'_>, archive: &Archive<'_>) -> Vec<Member> {
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            Some(Err(_)) | None => {
                out.unreadable(None, format!("the name of member {index} cannot be read"));
                continue;
            }
        };
        let parts: Vec<&str> = name.split('/').collect();
        out.alias = Some(name.as_str().into());
        match parts.as_slice() {
            [.., ""] => (),
            parts if parts.contains(&"..") || name.contains('\\') || name.starts_with('/') => {
                out.unreadable(None, "the member's name leads out of the archive");
            }
            [folders @ .., file] if is_certificate_file(file) => {
                let folder = FOLDERS.into_iter().find(|folder| folders.last() == Some(folder));
                members.push(Member { index, name, folder });
            }
            _ => out.unreadable(None, "the member is not named as a certificate or CRL"),
        }
    }
    out.alias = None;
    members
}

/// `<hash>.0`, `<hash>.r0`, and the endings of files.
fn is_certificate_file(name: &str) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    let digits = ending.strip_prefix('r').unwrap_or(ending);
    let numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    numbered || ["crt", "crl", "pem", "cer"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn one(out: &mut Collector<'_>, archive: &mut Archive<'_>, member: &Member, budget: &mut u64) {
    out.alias = Some(member.name.as_str().into());
    match unpack(archive, member.index, budget) {
        Ok(content) => {
            let before = out.count();
            if has_pem(&content) {
                out.pem(&content, 1);
            } else if der::is(&content) {
                out.certificate_or_crl(&content, None);
            }
            if out.count() == before {
                out.unreadable(None, "the member holds neither PEM nor DER");
            }
        }
        Err(reason) => out.unreadable(None, reason),
    }
    out.alias = None;
}

/// The member's content, of which at most the limits are unpacked.
fn unpack(archive: &mut Archive<'_>, index: usize, budget: &mut u64) -> Result<Vec<u8>, String> {
    let limit = MAXIMUM_MEMBER.min(*budget);
    let file = archive.by_index(index).map_err(|error| error.to_string())?;
    let mut content = Vec::new();
    let outcome = file.take(limit + 1).read_to_end(&mut content);
    let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
    *budget = budget.saturating_sub(length);
    outcome.map_err(|error| error.to_string())?;
    if length > limit {
        return Err(format!("the member unpacks to more than the {limit} bytes that are read"));
    }
    Ok(content)
}

/// Reports what only one of two folders has, and what was unreadable in the other.
fn compare(out: &mut Collector<'_>, own: (&str, &Reading), other: (&str, Reading)) {
    let differing = only_in(own.1, &other.1, other.0).into_iter().chain(only_in(&other.1, own.1, own.0));
    let differing: Vec<Unreadable> = differing.collect();
    out.append(Reading { unreadable: other.1.unreadable.into_iter().chain(differing).collect(), ..Reading::default() });
}

fn only_in(here: &Reading, there: &Reading, folder: &str) -> Vec<Unreadable> {
    let places = |reading: &Reading| -> Vec<(Fingerprint, super::Place)> {
        let certificates = reading.certificates.iter().map(|found| (found.value.sha256(), found.place.clone()));
        certificates.chain(reading.crls.iter().map(|found| (found.value.sha256(), found.place.clone()))).collect()
    };
    let known: HashSet<Fingerprint> = places(there).into_iter().map(|(digest, _)| digest).collect();
    let missing = places(here).into_iter().filter(|(digest, _)| !known.contains(digest));
    missing.map(|(_, place)| Unreadable { place, reason: format!("the folder {folder} does not have it") }).collect()
}
