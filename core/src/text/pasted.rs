//! Text as it comes out of a terminal, a pager, a ticket or a word processor, made what was printed.
//!
//! Lines keep their numbers: a prompt of a pager leaves an empty line behind.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// A text, and the lines on which more was changed than blanks and colours: markers of PEM that were damaged.
pub(crate) struct Tidy<'t> {
    pub(crate) text: Cow<'t, [u8]>,
    pub(crate) markers: Vec<u32>,
}

/// How many damaged markers are told.
const TOLD: usize = 1_000;

/// The text without colours, prompts of pagers, quote marks and invisible characters, and with its markers as they were.
/// What needs nothing of that is returned as it is.
pub(crate) fn tidy(text: &[u8]) -> Tidy<'_> {
    if !needs_care(text) {
        return Tidy { text: Cow::Borrowed(text), markers: Vec::new() };
    }
    let mut out = Vec::with_capacity(text.len());
    let mut markers = Vec::new();
    // Old systems end a line with a carriage return alone.
    let end = if memchr(b'\n', text).is_some() { b'\n' } else { b'\r' };
    for (number, line) in (1_u32..).zip(text.split(|byte| *byte == end)) {
        if number > 1 {
            out.push(b'\n');
        }
        let plain = plain(line.strip_suffix(b"\r").unwrap_or(line));
        let line = without_prompt(without_quote(&plain));
        match marker(line) {
            Some(whole) => {
                if markers.len() < TOLD {
                    markers.push(number);
                }
                out.extend(whole);
            }
            None => out.extend(line),
        }
    }
    Tidy { text: Cow::Owned(out), markers }
}

/// Whether anything of a terminal, pager, mail or word processor is in the text. Costs a few fast searches.
fn needs_care(text: &[u8]) -> bool {
    let has = |what: &[u8]| memmem::find(text, what).is_some();
    let lone_return = || memchr::memchr_iter(b'\r', text).any(|at| text.get(at + 1) != Some(&b'\n'));
    !text.is_ascii()
        || memchr2(0x1b, 0x08, text).is_some()
        || has(b"--More--")
        || has(b"(END)")
        || has(b"\n:")
        || has(b"> ")
        || has(b"\n>")
        || has(b"\n| ")
        || text.starts_with(b">")
        || text.starts_with(b"| ")
        || lone_return()
        || has_odd_marker(text)
}

/// Whether a certificate's marker stands there in another form than it has.
fn has_odd_marker(text: &[u8]) -> bool {
    let labels = memmem::find_iter(text, b"CERTIFICATE").chain(memmem::find_iter(text, b"certificate"));
    labels.chain(memmem::find_iter(text, b"X509 CRL")).any(|at| {
        let start = text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |line| line + 1);
        // A marker is short; what stands far from the start of its line is no marker.
        let start = start.max(at.saturating_sub(80));
        let end = memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length).min(at + 80);
        marker(&text[start..end]).is_some()
    })
}

/// The line without escape sequences, overprinted beginnings and characters that nobody sees.
fn plain(line: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            0x1b => after_escape(after),
            0x08 => after,
            // A pager writes over its prompt; anything else that a carriage return parts is a line of its own.
            b'\r' => {
                if is_prompt(out.trim_ascii()) || out.iter().all(u8::is_ascii_whitespace) {
                    out.clear();
                } else if !after.is_empty() {
                    out.push(b'\n');
                }
                after
            }
            0xc2 if after.first() == Some(&0xa0) => {
                out.push(b' ');
                &after[1..]
            }
            0xc2 if after.first() == Some(&0xad) => &after[1..],
            // U+200B to U+200D, U+2060 and the byte order mark inside of a text.
            0xe2 if matches!(after, [0x80, 0x8b..=0x8d, ..] | [0x81, 0xa0, ..]) => &after[2..],
            0xef if after.starts_with(&[0xbb, 0xbf]) => &after[2..],
            other => {
                out.push(other);
                after
            }
        };
    }
    out
}

/// What follows an escape sequence, of which the escape character was taken.
fn after_escape(rest: &[u8]) -> &[u8] {
    match rest.first() {
        // CSI: parameters, then one letter or sign.
        Some(b'[') => {
            let end = rest[1..].iter().position(|byte| (0x40..=0x7e).contains(byte));
            end.map_or(&[], |end| &rest[end + 2..])
        }
        // OSC: a text up to BEL or the string terminator.
        Some(b']') => memchr2(0x07, 0x1b, rest).map_or(&[], |end| &rest[end + 1..]),
        Some(b'(' | b')' | b'#') => rest.get(2..).unwrap_or_default(),
        Some(_) => &rest[1..],
        None => rest,
    }
}

/// The line without a pager's prompt before it, or nothing where it is nothing else.
fn without_prompt(line: &[u8]) -> &[u8] {
    let trimmed = line.trim_ascii();
    if is_prompt(trimmed) {
        return b"";
    }
    let Some(rest) = trimmed.strip_prefix(b"--More--") else { return line };
    match rest.strip_prefix(b"(").and_then(|inner| memmem::find(inner, b"%)").map(|end| &inner[end + 2..])) {
        Some(behind) => behind.trim_ascii_start(),
        None => rest.trim_ascii_start(),
    }
}

/// Whether a pager wrote this: `--More--(42%)`, `(END)`, `lines 1-23`, `:`.
fn is_prompt(line: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'(' | b')' | b'%' | b'-' | b'/' | b' ');
    if let Some(rest) = line.strip_prefix(b"--More--") {
        return rest.iter().all(is_part);
    }
    if let Some(rest) = line.strip_prefix(b"lines ") {
        return rest.strip_suffix(b"(END)").unwrap_or(rest).iter().all(is_part);
    }
    matches!(line, b"(END)" | b":" | b"--More-- (END)")
}

/// The line without the marks that mails and tickets put before what they quote.
fn without_quote(line: &[u8]) -> &[u8] {
    let mut rest = line;
    while let Some(quoted) = rest.trim_ascii_start().strip_prefix(b">") {
        rest = quoted.strip_prefix(b" ").unwrap_or(quoted);
    }
    rest.strip_prefix(b"| ").unwrap_or(rest)
}

/// The labels of what is read.
const LABELS: [&str; 6] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", "PKCS7", "CMS"];

/// The line with the marker it meant, where it has one in another form: with fewer or other dashes, in lower case, or with
/// blanks inside.
fn marker(line: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(line).ok()?.trim_end();
    // A certificate's text is long, a marker's line is not.
    if text.len() > 160 {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    let (word, at) = ["BEGIN", "END"].into_iter().find_map(|word| Some((word, upper.find(word)?)))?;
    let before = text.get(..at)?.trim_end();
    let lead = before.trim_end_matches(is_dash_or_blank);
    let dashes = before.get(lead.len()..)?;
    let behind = upper.get(at + word.len()..)?;
    let label_end = behind.find(is_dash)?;
    let (label, tail) = behind.split_at(label_end);
    let words: Vec<&str> = label.split_whitespace().collect();
    let label = words.join(" ");
    let is_armour = dashes.contains(is_dash) && tail.chars().all(is_dash_or_blank) && LABELS.contains(&&*label);
    let wanted = format!("-----{word} {label}-----");
    (is_armour && !text.ends_with(&wanted)).then(|| format!("{lead}{}{wanted}", gap(lead, before)).into_bytes())
}

/// The blank between what stands before a marker and the marker.
fn gap<'t>(lead: &str, before: &'t str) -> &'t str {
    let behind = before.get(lead.len()..).unwrap_or_default();
    if behind.starts_with(char::is_whitespace) { " " } else { "" }
}

const fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_dash_or_blank(character: char) -> bool {
    is_dash(character) || character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> (String, Vec<u32>) {
        let Tidy { text, markers } = tidy(text.as_bytes());
        (String::from_utf8_lossy(&text).into_owned(), markers)
    }

    #[test]
    fn what_a_terminal_a_pager_and_a_mail_add_is_taken_away() {
        let same = "Alias :\tx\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(tidy(same.as_bytes()).text, Cow::Borrowed(_)));
        assert_eq!(tidied("\u{1b}[01;31m\u{1b}[KAlias\u{1b}[m\u{1b}[K :\tx\n").0, "Alias :\tx\n");
        assert_eq!(
            tidied("AA\n--More--\nBB\n--More--(42%)\nCC\n(END)\n:\nlines 1-23/90 50%\n").0,
            "AA\n\nBB\n\nCC\n\n\n\n"
        );
        assert_eq!(tidied("AA\n--More--\r        \rBB\n").0, "AA\nBB\n");
        assert_eq!(tidied("> > AA\n>BB\n| CC\n").0, "AA\nBB\nCC\n");
        assert_eq!(tidied("A\u{a0}B\u{200b}C\u{feff}\n").0, "A BC\n");
        assert_eq!(tidied("AA\rBB\rCC").0, "AA\nBB\nCC");
        assert_eq!(tidied("a: b\n: c\n").0, "a: b\n: c\n");
    }

    #[test]
    fn a_marker_in_another_form_is_the_marker_and_told() {
        for odd in [
            "----BEGIN CERTIFICATE-----",
            "–––––BEGIN CERTIFICATE–––––",
            "—BEGIN CERTIFICATE—",
            "-----begin certificate-----",
            "----- BEGIN  CERTIFICATE -----",
            "------BEGIN CERTIFICATE------",
            "-----BEGIN CERTIFICATE----",
        ] {
            assert_eq!(
                tidied(&format!("x\n{odd}\n")),
                ("x\n-----BEGIN CERTIFICATE-----\n".to_owned(), vec![2]),
                "{odd}"
            );
        }
        let (text, markers) = tidied("Certificate :\t–––––END X509 CRL–––––");
        assert_eq!((text.as_str(), markers), ("Certificate : -----END X509 CRL-----", vec![1]));
        for fine in
            ["-----BEGIN CERTIFICATE-----", "x -----BEGIN CERTIFICATE-----", "the end certificate", "BEGIN CERTIFICATE"]
        {
            assert_eq!(tidied(&format!("{fine}\n> \n")).1, Vec::<u32>::new(), "{fine}");
        }
    }

    #[test]
    fn odd_bytes_do_no_harm() {
        for odd in ["\u{1b}", "\u{1b}[", "\u{1b}]0;x", "\u{1b}(", ">", "--More--(", "lines ", "\r\r\n\r", "\u{8}"] {
            let _ = tidied(odd);
        }
    }
}
