//! Which shape an input has, and the reader for it. One file for each shape, one line in the table.

use std::borrow::Cow;

use super::collect::Collector;
use super::{
    Reading, StoreError, bare, checksts, der, dir_cli, download_zip, foreign, keytool, pem_bundle, pkcs7, powercli,
    powercli_list, rest_chain, second, store_loop, vcert, vecs, vecs_dump,
};
use crate::cert::Pool;
use crate::text::{Tidy, Undecorated, as_text, tidy, undecorated};

/// The shapes in which admins hold certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// PEM text: a bundle, a chain, a host's castore.pem.
    Pem,
    /// One certificate or CRL in DER.
    Der,
    /// A PKCS#7 bag, in DER or PEM.
    Pkcs7,
    /// `vecs-cli entry list`.
    VecsList,
    /// `vecs-cli entry list --text`, or another printed dump without PEM.
    VecsDump,
    /// The output of a loop over all stores, with a heading for each.
    StoreLoop,
    /// `dir-cli trustedcert list`.
    DirCliList,
    /// vCenter's `certs/download.zip`.
    DownloadZip,
    /// JSON of vCenter's REST API: trusted root chains and other objects with PEM.
    TrustedRootChain,
    /// `Get-VITrustedCertificate | ConvertTo-Json`.
    PowerCliJson,
    /// `Get-VITrustedCertificate | Export-Csv`.
    PowerCliCsv,
    /// What `Get-VIMachineCertificate` and `Get-VITrustedCertificate` print as a list.
    PowerCliList,
    /// The "SSL Certificate Report" of vCert.
    VcertReport,
    /// `keytool -list -v`.
    KeytoolList,
    /// What `checksts.py` prints.
    Checksts,
    /// Base64 of certificates without armour: lstool, LDIF.
    BareBase64,
    /// None of these.
    Unknown,
}

/// Inputs above this are refused: no store is so large, and a wrong file should fail fast.
pub const MAXIMUM_INPUT: usize = 256 << 20;

type Read = fn(&mut Collector<'_>, &[u8]) -> Result<(), StoreError>;

struct Row {
    shape: Shape,
    is: fn(&[u8]) -> bool,
    read: Read,
    looked_for: &'static str,
}

/// Binary shapes first, then text from the most to the least specific.
const TABLE: &[Row] = &[
    Row { shape: Shape::Pkcs7, is: pkcs7::is, read: pkcs7::read, looked_for: "a PKCS#7 bag" },
    Row { shape: Shape::Der, is: der::is, read: der::read, looked_for: "a certificate or CRL in DER" },
    Row {
        shape: Shape::DownloadZip,
        is: download_zip::is,
        read: download_zip::read,
        looked_for: "members of a zip archive",
    },
    Row {
        shape: Shape::PowerCliJson,
        is: powercli::is_json,
        read: powercli::read_json,
        looked_for: "PowerCLI objects",
    },
    Row {
        shape: Shape::TrustedRootChain,
        is: rest_chain::is,
        read: rest_chain::read,
        looked_for: "chains with PEM in JSON",
    },
    Row { shape: Shape::PowerCliCsv, is: powercli::is_csv, read: powercli::read_csv, looked_for: "PowerCLI rows" },
    Row { shape: Shape::Checksts, is: checksts::is, read: checksts::read, looked_for: "certificates of checksts" },
    Row { shape: Shape::VcertReport, is: vcert::is, read: vcert::read, looked_for: "entries of vCert's report" },
    Row { shape: Shape::StoreLoop, is: store_loop::is, read: store_loop::read, looked_for: "VECS stores" },
    Row { shape: Shape::DirCliList, is: dir_cli::is, read: dir_cli::read, looked_for: "certificates of the directory" },
    Row { shape: Shape::VecsDump, is: vecs_dump::is, read: vecs_dump::read, looked_for: "printed certificates" },
    Row { shape: Shape::VecsList, is: vecs::is, read: vecs::read, looked_for: "entries of a VECS store" },
    Row { shape: Shape::KeytoolList, is: keytool::is, read: keytool::read, looked_for: "entries of a key store" },
    Row {
        shape: Shape::PowerCliList,
        is: powercli_list::is,
        read: powercli_list::read,
        looked_for: "PowerCLI objects",
    },
    Row { shape: Shape::Pem, is: pem_bundle::is, read: pem_bundle::read, looked_for: "PEM blocks" },
    Row { shape: Shape::BareBase64, is: bare::is, read: bare::read, looked_for: "base64 of certificates" },
];
/// What is none of these may still hold PEM.
const UNKNOWN: Row = Row {
    shape: Shape::Unknown,
    is: |_| true,
    read: pem_bundle::read,
    looked_for: "PEM, DER, PKCS#7, VECS and directory listings, download.zip, REST and PowerCLI exports",
};

/// Tells the shape of an input by its content. Costs at most a few passes.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Shape {
    let text = as_text(bytes).0;
    let text = if is_binary(&text) { text } else { Cow::Owned(tidy(&undecorated(&text).text).text.into_owned()) };
    row(&text).map_or(Shape::Unknown, |row| row.shape)
}

/// Whether the bytes are no text: an archive, or DER.
fn is_binary(bytes: &[u8]) -> bool {
    der::is(bytes) || pkcs7::is(bytes) || download_zip::is(bytes)
}

fn row(bytes: &[u8]) -> Option<&'static Row> {
    TABLE.iter().find(|row| (row.is)(bytes))
}

/// Reads an input of any shape. `source` names the file or server and becomes part of every place.
///
/// A listing that says it is empty gives an empty reading.
///
/// ```
/// let mut pool = vitrust::Pool::new();
/// let text = include_bytes!("../../../tests/data/vmca-root.pem");
/// let reading = vitrust::store::read(text, "root.pem", &mut pool)?;
/// assert_eq!((reading.certificates.len(), reading.unreadable.len()), (1, 0));
/// # Ok::<(), vitrust::store::StoreError>(())
/// ```
///
/// # Errors
/// [`StoreError`] when nothing of the input can be read; one bad block among others is in [`Reading::unreadable`].
pub fn read(bytes: &[u8], source: &str, pool: &mut Pool) -> Result<Reading, StoreError> {
    read_sniffed(bytes, source, pool).map(|(_, reading)| reading)
}

/// As [`read`], with the shape the input was read as.
pub(crate) fn read_sniffed(bytes: &[u8], source: &str, pool: &mut Pool) -> Result<(Shape, Reading), StoreError> {
    if bytes.len() <= MAXIMUM_INPUT && is_plain(bytes) {
        let mut out = Collector::new(source, pool);
        pem_bundle::read(&mut out, bytes)?;
        out.whole_input();
        // What could not be read may have a reason that the whole look finds.
        if let Some(reading) = out.finish_understood().filter(|reading| reading.unreadable.is_empty()) {
            return Ok((Shape::Pem, reading));
        }
    }
    read_as(bytes, source, pool, |text| row(text).unwrap_or(&UNKNOWN))
}

/// Whether a text is blocks of certificates and nothing else, as most stores of hosts are: one look spares those the search for
/// every sign of other formats, of terminals and of messages, which takes four times as long as reading them.
fn is_plain(bytes: &[u8]) -> bool {
    let (mut inside, mut rest) = (false, bytes);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let fits = match line {
            b"-----BEGIN CERTIFICATE-----" => !std::mem::replace(&mut inside, true),
            b"-----END CERTIFICATE-----" => std::mem::replace(&mut inside, false),
            _ if inside => base64_simd::STANDARD.check(line).is_ok(),
            _ => line.is_empty(),
        };
        if !fits {
            return false;
        }
    }
    !inside && !bytes.is_empty()
}

/// Reads an input of a shape the caller knows.
///
/// # Errors
/// As [`read`]; [`StoreError::NothingFound`] when the input is of another shape.
pub fn read_shape(bytes: &[u8], source: &str, pool: &mut Pool, shape: Shape) -> Result<Reading, StoreError> {
    match TABLE.iter().find(|row| row.shape == shape) {
        Some(row) => read_as(bytes, source, pool, |_| row).map(|(_, reading)| reading),
        None => read(bytes, source, pool),
    }
}

/// Reads what `vecs-cli entry list` printed, in whichever of its forms the content is: entries with PEM, dumps of
/// `--text`, or a loop over all stores.
///
/// # Errors
/// As [`read_shape`].
pub fn read_vecs(bytes: &[u8], source: &str, pool: &mut Pool) -> Result<Reading, StoreError> {
    let shape = match sniff(bytes) {
        shape @ (Shape::VecsDump | Shape::StoreLoop) => shape,
        Shape::Pem
        | Shape::Der
        | Shape::Pkcs7
        | Shape::VecsList
        | Shape::DirCliList
        | Shape::DownloadZip
        | Shape::TrustedRootChain
        | Shape::PowerCliJson
        | Shape::PowerCliCsv
        | Shape::PowerCliList
        | Shape::Checksts
        | Shape::VcertReport
        | Shape::KeytoolList
        | Shape::BareBase64
        | Shape::Unknown => Shape::VecsList,
    };
    read_shape(bytes, source, pool, shape)
}

/// What is said of a line of a block that was read as the one it meant.
const READ_MARKER: &str = "no certificate is lost: the marker on this line is damaged, or the line has invisible characters; it was read as intended";

/// The same where a block of the input could not be read.
const DAMAGED_MARKER: &str = "the marker on this line is damaged, or the line has invisible characters";

/// Tells what stands in a text beside what its reader looks for: keys, entries in another form, messages of commands.
fn beside(out: &mut Collector<'_>, text: &[u8], shape: Shape) {
    if matches!(shape, Shape::PowerCliJson | Shape::TrustedRootChain | Shape::PowerCliCsv) {
        return;
    }
    bare::putty(out, text);
    if shape != Shape::BareBase64 {
        bare::loose(out, text, matches!(shape, Shape::Pem | Shape::Pkcs7));
    }
    if matches!(shape, Shape::Pem | Shape::BareBase64) {
        second::read(out, text);
    }
    keytool::check_count(out, text);
    if !out.told_failures && out.understood() > 0 {
        out.failures(text, 1, false);
    }
    if out.count() > out.found()
        && let Some(width) = foreign::wrapped(text)
    {
        out.unreadable(
            None,
            format!("the lines were wrapped at {width} characters: copy them from a file, not from a window"),
        );
    }
}

/// The text without what stands before its lines or for their ends, and the first line that begins otherwise.
fn own(text: Cow<'_, [u8]>) -> (Cow<'_, [u8]>, Option<u32>) {
    match undecorated(&text) {
        Undecorated { text: Cow::Borrowed(_), odd } => (text, odd),
        Undecorated { text: Cow::Owned(other), odd } => (Cow::Owned(other), odd),
    }
}

/// What is said of a line that does not begin as the others do.
const ODD: &str = "this line does not begin as the others do, so what it says of the entries may be lost: export them without anything before the lines";

fn read_as(
    bytes: &[u8],
    source: &str,
    pool: &mut Pool,
    reader: impl Fn(&[u8]) -> &'static Row,
) -> Result<(Shape, Reading), StoreError> {
    if bytes.len() > MAXIMUM_INPUT {
        return Err(StoreError::TooLarge { input: source.to_owned(), length: bytes.len(), limit: MAXIMUM_INPUT });
    }
    let (raw, damage) = as_text(bytes);
    let is_binary = is_binary(&raw);
    let (raw, odd) = if is_binary { (raw, None) } else { own(raw) };
    let tidied = if is_binary { Tidy { text: Cow::Borrowed(&*raw), markers: Vec::new() } } else { tidy(&raw) };
    let text = &tidied.text;
    let Row { shape, read, looked_for, .. } = *reader(text);
    let mut out = Collector::new(source, pool);
    read(&mut out, text)?;
    out.whole_input();
    if !is_binary {
        beside(&mut out, text, shape);
    }
    let marker = if out.hides_nothing() { READ_MARKER } else { DAMAGED_MARKER };
    for line in tidied.markers {
        out.unreadable(Some(line), marker);
    }
    if let Some(line) = odd {
        out.unreadable(Some(line), ODD);
    }
    if let Some(reason) = damage {
        out.unreadable(None, reason);
    }
    match out.finish_understood() {
        Some(reading) => Ok((shape, reading)),
        None => {
            let is_bare = !bytes.trim_ascii().is_empty() && text.trim_ascii().is_empty();
            let what = if is_bare { Some(foreign::PROMPTS_ALONE) } else { foreign::named(text) };
            Err(StoreError::NothingFound { input: source.to_owned(), looked_for, what })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_and_the_whole_look_read_the_same() {
        let root = include_str!("../../../tests/data/vmca-root.pem");
        let damaged = root.replace("MII", "AAA");
        for text in [
            root.repeat(2),
            format!("\n{root}\r\n"),
            root.replace('\n', "\r\n"),
            damaged.clone(),
            root.to_owned() + &damaged,
        ] {
            assert!(is_plain(text.as_bytes()), "{text}");
            let short = read(text.as_bytes(), "x", &mut Pool::new());
            assert_eq!(short, read_shape(text.as_bytes(), "x", &mut Pool::new(), Shape::Pem), "{text}");
        }
        for text in [
            format!("# {root}"),
            format!("> {root}"),
            root.replace("-----E", "----E"),
            root[..200].to_owned(),
            String::new(),
        ] {
            assert!(!is_plain(text.as_bytes()), "{text}");
        }
    }
}
