//! Text as it comes out of a terminal, a pager, a ticket or a word processor, made what was printed.
//!
//! Lines keep their numbers: a prompt of a pager leaves an empty line behind.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem, memrchr};

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
    let (mut markers, mut unseen) = (Vec::new(), u32::MAX);
    // Old systems end a line with a carriage return alone.
    let end = if memchr(b'\n', text).is_some() { b'\n' } else { b'\r' };
    for (number, line) in (1_u32..).zip(text.split(|byte| *byte == end)) {
        if number > 1 {
            out.push(b'\n');
        }
        let raw = line.strip_suffix(b"\r").unwrap_or(line);
        let plain = plain(raw);
        let line = without_prompt(without_quote(&plain));
        let whole = marker(line);
        let has_unseen = !raw.is_ascii() && is_armour(line) && has_invisible(raw);
        // Of lines in a row that have such marks the first is told.
        let goes_on = has_unseen && std::mem::replace(&mut unseen, number).saturating_add(1) == number;
        if (whole.is_some() || (has_unseen && !goes_on)) && markers.len() < TOLD {
            markers.push(number);
        }
        out.extend(whole.as_deref().unwrap_or(line));
    }
    Tidy { text: Cow::Owned(out), markers }
}

/// Whether anything of a terminal, pager, mail or word processor is in the text. Costs a few fast searches.
fn needs_care(text: &[u8]) -> bool {
    const SIGNS: [&[u8]; 11] = [
        b"--More--",
        b"-- More --",
        b"(END)",
        b"\n:",
        b"\nlines ",
        b"> ",
        b"\n>",
        b"{code",
        b"{noformat",
        b"```",
        b"[code]",
    ];
    let has = |what: &&[u8]| memmem::find(text, what).is_some();
    let lone_return = || memchr::memchr_iter(b'\r', text).any(|at| text.get(at + 1) != Some(&b'\n'));
    !text.is_ascii()
        || memchr3(0x1b, 0x08, b'|', text).is_some()
        || SIGNS.iter().any(has)
        || text.starts_with(b">")
        || text.starts_with(b"lines ")
        || lone_return()
        || has_odd_marker(text)
}

/// How far from a label the ends of its marker are looked for: a marker is short.
const NEAR: usize = 80;

/// Whether a marker of a certificate, a CRL or a key stands there in another form than it has.
fn has_odd_marker(text: &[u8]) -> bool {
    const LABELS: [&[u8]; 6] = [b"ERTIFICATE", b"ertificate", b"RIVATE", b"rivate", b"X509 CRL", b"x509 crl"];
    // Lines are looked for near the label only: one may be as long as the text.
    let is_odd = |at: usize| {
        let before = at.saturating_sub(NEAR);
        let start = memrchr(b'\n', &text[before..at]).map_or(before, |line| before + line + 1);
        let near = &text[at..text.len().min(at + NEAR)];
        let end = at + memchr(b'\n', near).unwrap_or(near.len());
        let line = &text[start..end];
        // What has neither word is prose; this costs less than the whole look.
        let has_word =
            memchr2(b'N', b'n', line).is_some() && memchr2(b'D', b'B', line).or(memchr2(b'd', b'b', line)).is_some();
        has_word && marker(line).is_some()
    };
    LABELS.iter().any(|label| memmem::find_iter(text, label).any(is_odd))
}

/// Whether a line is one of a block: a marker, or base64 and nothing else.
fn is_armour(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b' ');
    let is_body = line.len() >= 16 && line.iter().all(is_base64);
    is_body || memmem::find(line, b"-----BEGIN ").is_some() || memmem::find(line, b"-----END ").is_some()
}

/// Whether a line has blanks or marks that nobody sees, and no program but this takes for nothing.
fn has_invisible(line: &[u8]) -> bool {
    const MARKS: [&[u8]; 7] =
        [b"\xc2\xa0", b"\xc2\xad", b"\xe2\x80\x8b", b"\xe2\x80\x8c", b"\xe2\x80\x8d", b"\xe2\x81\xa0", b"\xef\xbb\xbf"];
    MARKS.iter().any(|mark| memmem::find(line, mark).is_some())
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
                let written = &out[out.len().saturating_sub(NEAR)..];
                let is_short = out.len() <= NEAR;
                if is_short && (is_prompt(written.trim_ascii()) || written.iter().all(u8::is_ascii_whitespace)) {
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
    if is_prompt(trimmed) || is_fence(trimmed) {
        return b"";
    }
    let Some(rest) = MORE.iter().find_map(|more| trimmed.strip_prefix(*more)) else { return line };
    match rest.strip_prefix(b"(").and_then(|inner| memmem::find(inner, b"%)").map(|end| &inner[end + 2..])) {
        Some(behind) => behind.trim_ascii_start(),
        None => rest.trim_ascii_start(),
    }
}

/// What a pager writes when there is more.
const MORE: [&[u8]; 2] = [b"--More--", b"-- More --"];

/// Whether a pager wrote this: `--More--(42%)`, `-- More --`, `(END)`, `lines 1-23/58`, `:`.
fn is_prompt(line: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'(' | b')' | b'%' | b'-' | b'/' | b' ');
    if let Some(rest) = MORE.iter().find_map(|more| line.strip_prefix(*more)) {
        return matches!(rest.trim_ascii(), b"(END)") || rest.iter().all(is_part);
    }
    if let Some(rest) = line.strip_prefix(b"lines ") {
        let rest = rest.strip_suffix(b"(END)").unwrap_or(rest);
        return rest.first().is_some_and(u8::is_ascii_digit) && rest.iter().all(is_part);
    }
    matches!(line, b"(END)" | b":")
}

/// Whether a ticket's or a wiki's marks for a piece of code stand here alone: `{code}`, `{noformat}`, ```` ``` ````.
fn is_fence(line: &[u8]) -> bool {
    let in_braces = |name: &[u8]| {
        let inner =
            line.strip_prefix(b"{").and_then(|rest| rest.strip_prefix(name)).and_then(|rest| rest.strip_suffix(b"}"));
        inner.is_some_and(|rest| rest.is_empty() || rest.starts_with(b":"))
    };
    let ticks =
        line.strip_prefix(b"```").is_some_and(|rest| rest.len() <= 20 && rest.iter().all(u8::is_ascii_alphanumeric));
    ticks || in_braces(b"code") || in_braces(b"noformat") || matches!(line, b"[code]" | b"[/code]")
}

/// The line without the marks that mails, tickets and tables put before what they quote.
fn without_quote(line: &[u8]) -> &[u8] {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_ascii_start();
        if let Some(quoted) = trimmed.strip_prefix(b">").or_else(|| trimmed.strip_prefix("\u{bb}".as_bytes())) {
            rest = quoted.strip_prefix(b" ").unwrap_or(quoted);
            continue;
        }
        // vCert draws its lists with `|_`.
        let Some(cell) = trimmed.strip_prefix(b"|").filter(|cell| !cell.starts_with(b"_")) else { return rest };
        rest = cell.strip_prefix(b" ").unwrap_or(cell);
        rest = rest.trim_ascii_end().strip_suffix(b"|").unwrap_or(rest);
    }
}

/// The labels of what is read.
const LABELS: [&str; 6] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", "PKCS7", "CMS"];

/// Whether a marker with this label is put right. That of a key is, so that the key is told.
fn is_label(label: &str) -> bool {
    LABELS.contains(&label) || label == "PRIVATE KEY" || label.ends_with(" PRIVATE KEY")
}

/// The line with the marker it meant, where it has one in another form: with fewer or other dashes or none, in lower case, or
/// with other blanks inside.
fn marker(line: &[u8]) -> Option<Vec<u8>> {
    // A certificate's text is long, a marker's line is not.
    if line.len() > 240 {
        return None;
    }
    let text = std::str::from_utf8(line).ok()?.trim_end();
    let upper = text.to_ascii_uppercase();
    let (word, at) = ["BEGIN", "END"].into_iter().find_map(|word| Some((word, upper.find(word)?)))?;
    let before = text.get(..at)?.trim_end();
    let lead = before.trim_end_matches(is_dash_or_blank);
    let dashes = before.get(lead.len()..)?;
    let behind = upper.get(at + word.len()..)?;
    // Words are parted by one blank; a dash within a word belongs to what is behind.
    let label_end = behind.find(is_dash).unwrap_or(behind.len());
    let (label, tail) = behind.split_at(label_end);
    let words: Vec<&str> =
        label.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    let label = words.join(" ");
    let has_dashes = dashes.contains(is_dash) && !tail.is_empty();
    // Without the dashes of one side, or of both where it stands alone or behind the word of a listing, only as it is written.
    let is_as_written = || text.get(at..).is_some_and(|own| own.starts_with(&format!("{word} {label}")));
    let stands_alone = || before.trim().is_empty() || before.trim_start().starts_with("Certificate :");
    let has_one_side = dashes.contains(is_dash) || !tail.is_empty();
    let is_marker =
        tail.chars().all(is_dash_or_blank) && (has_dashes || ((has_one_side || stands_alone()) && is_as_written()));
    let wanted = format!("-----{word} {label}-----");
    (is_marker && is_label(&label) && !text.ends_with(&wanted))
        .then(|| format!("{lead}{}{wanted}", gap(lead, before)).into_bytes())
}

/// The blank between what stands before a marker and the marker.
fn gap<'t>(lead: &str, before: &'t str) -> &'t str {
    let behind = before.get(lead.len()..).unwrap_or_default();
    if behind.starts_with(char::is_whitespace) { " " } else { "" }
}

const fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
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
            "-----Begin Certificate-----",
            "-----BEGIN_CERTIFICATE-----",
            "-----BEGIN\u{a0}CERTIFICATE-----",
            "-----BEGIN CERTIFI\u{200b}CATE-----",
            "\u{ff0d}\u{ff0d}\u{ff0d}BEGIN CERTIFICATE\u{ff0d}\u{ff0d}\u{ff0d}",
            "BEGIN CERTIFICATE",
        ] {
            assert_eq!(
                tidied(&format!("x\n{odd}\n")),
                ("x\n-----BEGIN CERTIFICATE-----\n".to_owned(), vec![2]),
                "{odd}"
            );
        }
        let (text, markers) = tidied("Certificate :\t–––––END X509 CRL–––––");
        assert_eq!((text.as_str(), markers), ("Certificate : -----END X509 CRL-----", vec![1]));
        for fine in [
            "-----BEGIN CERTIFICATE-----",
            "x -----BEGIN CERTIFICATE-----",
            "the end certificate",
            "the BEGIN CERTIFICATE",
        ] {
            assert_eq!(tidied(&format!("{fine}\n> \n")).1, Vec::<u32>::new(), "{fine}");
        }
    }

    #[test]
    fn quotes_tables_and_marks_for_code_are_taken_away() {
        assert_eq!(tidied("|AA\n  | BB\n| CC        |\n\u{bb} DD\n").0, "AA\nBB\nCC        \nDD\n");
        assert_eq!(tidied("|_keyid:AB\n").0, "|_keyid:AB\n");
        assert_eq!(tidied("{code}\nAA\n{code:java}\n```text\n{noformat}\n{code x\n").0, "\nAA\n\n\n\n{code x\n");
        assert_eq!(tidied("AA\n-- More --\nlines 1-23/58\nlines of text\n").0, "AA\n\n\nlines of text\n");
    }

    #[test]
    fn a_mark_that_nobody_sees_is_told_where_it_stands_in_a_block() {
        let line = "\u{a0}MIIBAAAAAAAAAAAA\u{200b}AAAA\n";
        assert_eq!(tidied(&format!("name\u{a0}of\n{line}{line}\n{line}")).1, [2, 5]);
    }

    #[test]
    fn the_marker_of_a_key_is_put_right() {
        let (text, markers) = tidied("----begin rsa private key----\n");
        assert_eq!((text.as_str(), markers), ("-----BEGIN RSA PRIVATE KEY-----\n", vec![1]));
    }

    #[test]
    fn odd_bytes_do_no_harm() {
        for odd in ["\u{1b}", "\u{1b}[", "\u{1b}]0;x", "\u{1b}(", ">", "--More--(", "lines ", "\r\r\n\r", "\u{8}"] {
            let _ = tidied(odd);
        }
    }
}
