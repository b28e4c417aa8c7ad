//! What a text holds beside its PEM blocks: entries in another form, counts, and messages of commands. Most of it repeats what the
//! blocks say, as `openssl x509 -text` does; what does not is kept.

use hashbrown::HashSet;

use super::collect::Collector;
use super::{DumpedEntry, Found, Place, Reading, StoreError, keytool, powercli_list, vecs_dump};
use crate::thumbprint::hex;

struct Form {
    is: fn(&[u8]) -> bool,
    read: fn(&mut Collector<'_>, &[u8]) -> Result<(), StoreError>,
}

/// The forms in which entries are printed among blocks.
const FORMS: [Form; 3] = [
    Form { is: keytool::has_entries, read: keytool::read },
    Form { is: powercli_list::has_entries, read: powercli_list::read },
    Form { is: vecs_dump::has_heads, read: vecs_dump::heads },
];

/// Reads the printed entries of a text whose blocks were read, but for those that are entries of blocks.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) {
    for form in FORMS.iter().filter(|form| (form.is)(text)) {
        let printed = out.aside(|out| {
            // A form that fails as a whole has no entries.
            let _ = (form.read)(out, text);
        });
        let other = unknown(out, printed);
        out.append(other);
    }
    out.whole_input();
}

/// The printed entries that no certificate is, and what is wrong with them.
fn unknown(out: &Collector<'_>, printed: Reading) -> Reading {
    let known: HashSet<String> =
        out.certificates().flat_map(|one| [one.sha1().to_string(), number(&hex(one.serial_number()))]).collect();
    let is_known = |entry: &DumpedEntry| {
        let sha1 = entry.sha1.map(|sha1| sha1.to_string());
        let serial = entry.serial_number.as_deref().map(number);
        sha1.or(serial).is_some_and(|name| known.contains(&name))
    };
    let (known, dumped): (Vec<_>, Vec<_>) = printed.dumped.into_iter().partition(|found| is_known(&found.value));
    let is_of = |entries: &[Found<DumpedEntry>], place: &Place| {
        entries.iter().any(|found| found.place.line == place.line || found.place.alias == place.alias)
    };
    let is_at = |place: &Place| dumped.iter().any(|found| found.place.line == place.line);
    let is_told = |place: &Place| is_at(place) || (is_of(&dumped, place) && !is_of(&known, place));
    let unreadable = printed.unreadable.into_iter().filter(|block| is_told(&block.place)).collect();
    Reading { dumped, unreadable, ..Reading::default() }
}

/// A serial number as it is compared: in small letters, and without zeros before it.
fn number(hex: &str) -> String {
    hex.trim_start_matches('0').to_ascii_lowercase()
}
