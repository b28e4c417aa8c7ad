//! Secrets that a server repeats in its words are taken out of them, in whatever form it writes them.
//!
//! A word is looked at as it stands and with its escapes undone, several times over: those of XML and HTML, of JSON and
//! programs, and of URLs. Letters count without case. Base64 and hexadecimal digits are looked for beside. What is cut
//! off is cut after this, so that no part of a secret stays.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::Arc;

use memchr::memmem;
use secrecy::zeroize::Zeroizing;

use super::escapes::{Unit, undone, units};
use super::secret::Secret;
use crate::text::{beginning, shown, shown_lines};

/// The shortest secret that is looked for: a shorter one is a part of many words, and no password that a server takes.
const SHORTEST: usize = 4;

/// The shortest line of a key that is looked for by itself.
const SHORTEST_LINE: usize = 16;

/// The shortest secret that is looked for in names and values: a shorter one may be a part of them by chance, and what
/// is judged would be another name then. Single sign-on asks for as many characters of a password.
const SHORTEST_IN_FACTS: usize = 8;

/// How many escapes within escapes are undone.
const NESTED: usize = 4;

/// The most bytes of a text that are looked through, beside those that are wanted of it.
const LONGEST: usize = 64 << 10;

/// How much of the end of a text that was not looked through whole may be a part of a secret, in characters.
const MARGIN: usize = 8 << 10;

/// The most session keys that are remembered: a server may give a new one with each answer.
const MOST_SESSIONS: usize = 64;

/// Where a block of PEM begins, and where its end is written.
const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// What stands for a secret.
const BLANK: &str = "***";

/// What must not be shown.
#[derive(Default)]
pub(super) struct Hidden {
    given: Vec<Arc<[Needle]>>,
    sessions: VecDeque<Arc<[Needle]>>,
}

/// The same at one moment: looking for it takes time, in which nobody is to wait for it.
pub(super) struct Needles(Vec<Arc<[Needle]>>);

/// One form of a secret, in lowercase.
struct Needle {
    bytes: Zeroizing<Vec<u8>>,
    /// Base64 is blanked to the ends of its word: the letters beside a secret's hold a part of it.
    is_base64: bool,
    /// Whether it is base64 or hexadecimal digits, which may be broken into lines.
    is_digits: bool,
    /// Whether it is looked for in names and values too.
    in_facts: bool,
}

impl Hidden {
    /// Hides a password or private key from now on.
    pub(super) fn add(&mut self, secret: &Secret) {
        let known = |new: &Needle| self.given.iter().flat_map(|given| &**given).any(|known| *known.bytes == *new.bytes);
        let new: Arc<[Needle]> = needles(secret.expose()).into_iter().filter(|new| !known(new)).collect();
        if !new.is_empty() {
            self.given.push(new);
        }
    }

    /// Hides a session key from now on.
    pub(super) fn add_session(&mut self, key: &Secret) {
        let new = needles(key.expose().trim_matches('"'));
        let known = |known: &Arc<[Needle]>| known.first().map(|one| &*one.bytes) == new.first().map(|one| &*one.bytes);
        if new.is_empty() || self.sessions.iter().any(known) {
            return;
        }
        self.sessions.push_back(new.into());
        if self.sessions.len() > MOST_SESSIONS {
            self.sessions.pop_front();
        }
    }

    /// What is hidden now.
    pub(super) fn needles(&self) -> Needles {
        Needles(self.given.iter().chain(&self.sessions).map(Arc::clone).collect())
    }

    /// The beginning of a server's words on one line, without secrets.
    #[cfg(test)]
    pub(super) fn words(&self, text: &str, most: usize) -> String {
        self.needles().words(text, most)
    }
}

impl Needles {
    /// The beginning of a server's words on one line, without secrets.
    pub(super) fn words(&self, text: &str, most: usize) -> String {
        beginning(&shown(&self.blanked(text, most)), most).to_owned()
    }

    /// The same for a text of several lines.
    pub(super) fn lines(&self, text: &str, most: usize) -> String {
        beginning(&shown_lines(&self.blanked(text, most)), most).to_owned()
    }

    /// A name or value that a server told, without secrets. One that is longer than any is cut.
    pub(super) fn fact(&self, text: &str) -> String {
        if text.len() < SHORTEST_IN_FACTS {
            return text.to_owned();
        }
        if text.chars().count() <= LONGEST {
            return self.without(text, |needle| needle.in_facts);
        }
        beginning(&self.blanked(text, LONGEST), LONGEST).to_owned() + "…"
    }

    /// The same for what may hold PEM text. Blocks of DER are handed on as they came, and nothing beside them is.
    pub(super) fn pem(&self, text: &str) -> String {
        let (mut out, mut told, mut at) = (String::new(), 0, 0);
        while let Some(begin) = memmem::find(&text.as_bytes()[at..], BEGIN.as_bytes()).map(|found| at + found) {
            let Some(end) = memmem::find(&text.as_bytes()[begin..], END.as_bytes()).map(|found| begin + found) else {
                break;
            };
            at = end + END.len();
            if let Some(after) = block_end(text, begin, end) {
                out += &self.fact(&text[told..begin]);
                out += &text[begin..after];
                (told, at) = (after, after);
            }
        }
        out + &self.fact(&text[told..])
    }

    /// A word by which a server calls something, unless that is a part of a secret: what was before it may have been the
    /// rest.
    pub(super) fn kind(&self, text: &str, most: usize) -> String {
        let lower = text.to_ascii_lowercase();
        let is_part = |needle: &Needle| {
            needle.bytes.len() >= lower.len() && memmem::find(&needle.bytes, lower.as_bytes()).is_some()
        };
        let part = lower.len() >= SHORTEST_IN_FACTS && self.0.iter().flat_map(|secret| &**secret).any(is_part);
        if part { BLANK.to_owned() } else { self.words(text, most) }
    }

    fn blanked(&self, text: &str, most: usize) -> String {
        let part = beginning(text, most.saturating_add(LONGEST));
        let out = self.without(part, |_| true);
        if part.len() == text.len() {
            return out;
        }
        // A secret at the end of what was looked through is cut and so not found: that end is not shown.
        let kept = out.chars().count().saturating_sub(MARGIN);
        if kept < most { format!("{}{BLANK}", beginning(&out, kept)) } else { out }
    }

    fn without(&self, text: &str, counts: fn(&Needle) -> bool) -> String {
        let needles = || self.0.iter().flat_map(|secret| &**secret).filter(|needle| counts(needle));
        let mut spans = Vec::new();
        let mut level = Some(units(text));
        for _ in 0..=NESTED {
            let Some(units) = level else { break };
            let lower = Zeroizing::new(units.iter().map(|unit| unit.byte.to_ascii_lowercase()).collect::<Vec<_>>());
            // None that is longer is found: the most are, in names.
            for needle in needles().filter(|needle| needle.bytes.len() <= lower.len()) {
                spans.extend(memmem::find_iter(&lower, &*needle.bytes).map(|at| needle.span(&units, at)));
            }
            // Encoded text may be wrapped.
            let packed: Vec<Unit> = units.iter().filter(|unit| !unit.byte.is_ascii_whitespace()).copied().collect();
            if packed.len() < units.len() {
                let lower =
                    Zeroizing::new(packed.iter().map(|unit| unit.byte.to_ascii_lowercase()).collect::<Vec<_>>());
                for needle in needles().filter(|needle| needle.is_digits && needle.bytes.len() <= lower.len()) {
                    spans.extend(memmem::find_iter(&lower, &*needle.bytes).map(|at| needle.span(&packed, at)));
                }
            }
            level = undone(&units);
        }
        blank(text, spans)
    }
}

impl Needle {
    fn new(text: &[u8], is_base64: bool) -> Self {
        Self { bytes: Zeroizing::new(text.to_ascii_lowercase()), is_base64, is_digits: is_base64, in_facts: false }
    }

    /// What of the text is to be blanked, in its bytes. Base64 reaches to the end of its word, and over blanks that were taken
    /// out no further than four letters: more of the next word has nothing of it.
    fn span(&self, units: &[Unit], at: usize) -> (usize, usize) {
        let (mut first, mut last) = (at, at + self.bytes.len() - 1);
        if self.is_base64 {
            let inside = |at: usize| units.get(at).is_some_and(is_base64);
            let joined = |one: usize, next: usize| inside(one) && inside(next) && units[next].start <= units[one].end;
            let (near, far) = (first.saturating_sub(4), last + 4);
            while first > 0 && (joined(first - 1, first) || first > near && inside(first - 1)) {
                first -= 1;
            }
            while joined(last, last + 1) || last < far && inside(last + 1) {
                last += 1;
            }
        }
        (units[first].start, units[last].end)
    }
}

/// Where a block of PEM ends that begins at one place and says so at another; nothing where it is none of DER.
fn block_end(text: &str, begin: usize, end: usize) -> Option<usize> {
    let (label, body) = text[begin + BEGIN.len()..end].split_once("-----")?;
    let after = text[end + END.len()..].strip_prefix(label)?.strip_prefix("-----")?;
    let is_label = label.len() <= 40 && label.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' '));
    let der = base64_simd::forgiving_decode_to_vec(body.as_bytes()).ok().filter(|_| is_label)?;
    // A SEQUENCE (X.690 section 8.1) to the last byte: what a certificate, a list and a request are.
    let length = match *der.get(..2)? {
        [0x30, short @ 0..=0x7f] => 2 + usize::from(short),
        [0x30, long @ 0x81..=0x84] => {
            let octets = der.get(2..2 + usize::from(long & 0x7f))?;
            2 + octets.len() + octets.iter().fold(0, |length, octet| length << 8 | usize::from(*octet))
        }
        _ => return None,
    };
    (der.len() == length).then_some(text.len() - after.len())
}

fn is_base64(unit: &Unit) -> bool {
    unit.byte.is_ascii_alphanumeric() || b"+/=-_".contains(&unit.byte)
}

/// Every form of a secret that is looked for.
fn needles(secret: &str) -> Vec<Needle> {
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let mut out = Vec::new();
    let lines = secret.lines().map(str::trim).filter(|line| line.len() >= SHORTEST_LINE && line.len() < secret.len());
    for text in std::iter::once(secret).chain(lines) {
        let (upper, lower) = (Zeroizing::new(text.to_uppercase()), Zeroizing::new(text.to_lowercase()));
        let spaces = Zeroizing::new(text.replace(' ', "+"));
        for form in [text, text.trim(), &upper, &lower, &spaces] {
            out.push(Needle::new(form.as_bytes(), false));
        }
        // It may itself look like something escaped, which is undone together with what the server escaped.
        let mut level = undone(&units(text));
        for _ in 0..NESTED {
            let Some(units) = level else { break };
            out.push(Needle::new(&Zeroizing::new(units.iter().map(|unit| unit.byte).collect::<Vec<_>>()), false));
            level = undone(&units);
        }
    }
    // The text of a message may be encoded whole, where the secret stands as XML or JSON escapes it.
    let xml = Zeroizing::new(quick_xml::escape::escape(secret).into_owned());
    let json = Zeroizing::new(serde_json::to_string(secret).unwrap_or_default());
    for form in [secret, &xml, json.get(1..json.len().saturating_sub(1)).unwrap_or_default()] {
        // With room for all of it at once: what a text was while it grew would not be wiped.
        let mut hex = Zeroizing::new(String::with_capacity(2 * form.len()));
        for byte in form.bytes() {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        out.push(Needle { is_digits: true, ..Needle::new(hex.as_bytes(), false) });
        out.extend(base64(form.as_bytes()));
    }
    let mut seen: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    out.retain_mut(|needle| {
        let new = needle.bytes.len() >= SHORTEST && !seen.contains(&needle.bytes);
        let long = needle.bytes.len() >= SHORTEST_IN_FACTS || needle.is_base64;
        needle.in_facts = long && secret.chars().count() >= SHORTEST_IN_FACTS;
        if new {
            seen.push(needle.bytes.clone());
        }
        new
    });
    out
}

/// Base64 of a secret, alone or within a longer text: what is before it moves its letters by none, one or two places.
fn base64(secret: &[u8]) -> Vec<Needle> {
    const SHORTEST_PART: usize = 7;
    let mut out = Vec::new();
    for alphabet in [base64_simd::STANDARD_NO_PAD, base64_simd::URL_SAFE_NO_PAD] {
        out.push(Needle::new(Zeroizing::new(alphabet.encode_to_string(secret)).as_bytes(), true));
        for before in 0..3_usize {
            let text = Zeroizing::new([&[0; 2][..before], secret].concat());
            let whole = text.len() / 3 * 3;
            let encoded = Zeroizing::new(alphabet.encode_to_string(&text[..whole]));
            let part = encoded.get(if before == 0 { 0 } else { 4 }..).unwrap_or_default();
            if part.len() >= SHORTEST_PART {
                out.push(Needle::new(part.as_bytes(), true));
            }
        }
    }
    out
}

/// The text with these spans of bytes blanked.
fn blank(text: &str, mut spans: Vec<(usize, usize)>) -> String {
    spans.sort_unstable();
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (start, end) in spans {
        if start >= done {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(BLANK);
        }
        done = done.max(end);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
