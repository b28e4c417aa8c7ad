//! Text whose lines have something before them or in place of their ends, taken back to what was printed: the numbers of `cat -n` and
//! `grep -n`, names of files, times of a log, `<br>`, `\n` as two characters, `=3D` of a mail.
//!
//! Lines keep their numbers, but for a text that has all of them on one.

use std::borrow::Cow;

use memchr::{memchr, memmem, memrchr};

/// The label of a block that a prefix is looked for at: that of a key begins with other base64.
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE";

/// A text without such decoration, and the first of its lines that does not begin as the others do.
pub(crate) struct Undecorated<'t> {
    pub(crate) text: Cow<'t, [u8]>,
    pub(crate) odd: Option<u32>,
}

/// The text without such decoration. What has no certificate in PEM, or one that stands as it should, is returned as it is.
pub(crate) fn undecorated(text: &[u8]) -> Undecorated<'_> {
    if memmem::find(text, BEGIN).is_none() {
        return Undecorated { text: Cow::Borrowed(text), odd: None };
    }
    let mut out = Cow::Borrowed(text);
    if memmem::find(&out, b"=3D").is_some() {
        out = Cow::Owned(replaced(&out, &[(b"=3D", b"=")]));
    }
    if memmem::find(&out, b"-----<br").or_else(|| memmem::find(&out, b"-----<BR")).is_some() {
        let end = line_end(&out);
        let breaks: [&[u8]; 4] = [b"<br>", b"<br/>", b"<br />", b"<BR>"];
        out = Cow::Owned(replaced(&out, &breaks.map(|found| (found, end))));
        out = Cow::Owned(replaced(&out, &[(b"<p>", b""), (b"<P>", b"")]));
    }
    if memmem::find(&out, br"-----\n").or_else(|| memmem::find(&out, br"-----\r\n")).is_some() && !is_json(&out) {
        let end = line_end(&out);
        out = Cow::Owned(replaced(&out, &[(br"\r\n", end), (br"\n", end), (br"\t", b"\t")]));
    }
    match prefix(&out) {
        Some(prefix) => {
            let (text, odd) = without_prefix(&out, &prefix);
            Undecorated { text: Cow::Owned(text), odd }
        }
        None => Undecorated { text: out, odd: None },
    }
}

/// JSON has these characters for its own ends, and a reader that knows them.
fn is_json(text: &[u8]) -> bool {
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// What stands for the end of a line: in a text that has lines, nothing is to be added to them.
fn line_end(text: &[u8]) -> &'static [u8] {
    match memchr(b'\n', text.trim_ascii()) {
        Some(_) => b" ",
        None => b"\n",
    }
}

/// The text with each of these in place of the other.
fn replaced(text: &[u8], pairs: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        match pairs.iter().find(|(from, _)| rest.starts_with(from)) {
            Some((from, to)) => {
                out.extend_from_slice(to);
                rest = &rest[from.len()..];
            }
            None => {
                out.push(byte);
                rest = after;
            }
        }
    }
    out
}

/// A piece of what stands before every line.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Digits,
    Blanks,
    Byte(u8),
}

/// No prefix is longer, in characters.
const LONGEST: usize = 200;

/// What stands before the lines of the first block: the same, but for its numbers and its blanks, before the marker and before the
/// line that follows it. Of the line with the marker it may be less than what is before the marker: `12:Certificate : -----BEGIN`.
fn prefix(text: &[u8]) -> Option<Vec<Piece>> {
    let marker = memmem::find(text, BEGIN)?;
    let start = memrchr(b'\n', &text[..marker]).map_or(0, |at| at + 1);
    let before = &text[start..marker.min(start + LONGEST)];
    let next = &text[marker + memchr(b'\n', &text[marker..])? + 1..];
    // Base64 of a certificate begins so.
    let body = memmem::find(&next[..next.len().min(LONGEST)], b"MII")?;
    let (own, pieces) = (&next[..body], pieces(&next[..body]));
    let ends_well = matches!(own, [.., b' ' | b'\t' | b':' | b'-']);
    // Signs alone are the marks of a quote or a table.
    let has_word = own.iter().any(u8::is_ascii_alphanumeric);
    (ends_well && has_word && length(before, &pieces).is_some()).then_some(pieces)
}

fn pieces(prefix: &[u8]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for byte in prefix {
        let piece = match byte {
            b'0'..=b'9' => Piece::Digits,
            b' ' | b'\t' => Piece::Blanks,
            other => Piece::Byte(*other),
        };
        if matches!(piece, Piece::Byte(_)) || pieces.last() != Some(&piece) {
            pieces.push(piece);
        }
    }
    pieces
}

/// How long the prefix of this line is, if it has one.
fn length(line: &[u8], prefix: &[Piece]) -> Option<usize> {
    let mut at = 0;
    for (index, piece) in prefix.iter().enumerate() {
        let rest = &line[at..];
        let long = match piece {
            Piece::Digits => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
            Piece::Blanks => rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count(),
            // grep writes a colon behind the number of a line that fits, and a dash behind that of one beside it.
            Piece::Byte(b':' | b'-') => usize::from(matches!(rest.first(), Some(b':' | b'-'))),
            Piece::Byte(byte) => usize::from(rest.first() == Some(byte)),
        };
        // Numbers grow into the blanks before them, and an empty line ends where blanks would follow.
        if long == 0 && !(*piece == Piece::Blanks && (index == 0 || at == line.len())) {
            return None;
        }
        at += long;
    }
    Some(at)
}

fn without_prefix(text: &[u8], prefix: &[Piece]) -> (Vec<u8>, Option<u32>) {
    let mut odd = None;
    let mut out = Vec::with_capacity(text.len());
    for (number, line) in (1_u32..).zip(text.split(|byte| *byte == b'\n')) {
        if number > 1 {
            out.push(b'\n');
        }
        let length = length(line, prefix);
        if length.is_none() && !line.trim_ascii().is_empty() {
            odd.get_or_insert(number);
        }
        out.extend_from_slice(length.map_or(line, |length| &line[length..]));
    }
    (out, odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str =
        "Number : 1\nCertificate :\t-----BEGIN CERTIFICATE-----\nMIIBAAAA\n12AAAA==\n-----END CERTIFICATE-----\n\nx\n";

    fn told(text: &str) -> String {
        String::from_utf8_lossy(&undecorated(text.as_bytes()).text).into_owned()
    }

    fn each(line: impl Fn(usize, &str) -> String) -> String {
        PLAIN.lines().enumerate().map(|(index, text)| line(index + 1, text) + "\n").collect()
    }

    #[test]
    fn what_stands_before_every_line_is_taken_away() {
        for decorated in [
            each(|number, line| format!("{:>6}\t{line}", number + 94)),
            each(|number, line| format!("{number}:{line}")),
            each(|_, line| format!("roots-2.pem:{line}")),
            each(|number, line| format!("roots.pem-{number}-{line}")),
            each(|number, line| format!("2026-06-01T10:00:{number:02}.5Z INFO  [7] {line}")),
            each(|_, line| format!("Jun  1 10:00:00 vc01 vecs: {line}")),
        ] {
            assert_eq!(told(&decorated), PLAIN, "{decorated}");
        }
    }

    #[test]
    fn a_line_that_begins_otherwise_is_told() {
        let odd = |text: &str| undecorated(text.as_bytes()).odd;
        let numbered = each(|number, line| format!("{number}{}{line}", if number == 1 { ':' } else { '-' }));
        assert_eq!((told(&numbered), odd(&numbered)), (PLAIN.to_owned(), None));
        assert_eq!(
            odd(&each(|number, line| format!("{} {line}", if number == 1 { "12 DEBUG" } else { "12 INFO" }))),
            Some(1)
        );
        let key =
            format!("1:-----BEGIN EC PRIVATE KEY-----\n2:MHcC\n{}", each(|number, line| format!("{number}:{line}")));
        assert!(told(&key).starts_with("-----BEGIN EC PRIVATE KEY-----\nMHcC\nNumber"), "{key}");
    }

    #[test]
    fn ends_of_lines_in_other_words_are_ends_of_lines() {
        assert_eq!(told(&PLAIN.replace('\n', "\\n")).trim(), PLAIN.trim());
        assert_eq!(told(&PLAIN.replace('\n', "\\r\\n").replace('\t', "\\t")).trim(), PLAIN.trim());
        assert_eq!(told(&PLAIN.replace('\n', "<br>")).trim(), PLAIN.trim());
        let lines: Vec<String> =
            told(&PLAIN.replace('\n', "<br/>\n")).lines().map(|line| line.trim().to_owned()).collect();
        assert_eq!(lines, PLAIN.lines().collect::<Vec<_>>());
        assert_eq!(told(&PLAIN.replace("==", "=3D=3D")), PLAIN);
    }

    #[test]
    fn what_has_nothing_of_that_stays_as_it_is() {
        for same in [
            PLAIN.to_owned(),
            PLAIN.replace("Certificate :\t", ""),
            each(|_, line| format!("    {line}")),
            format!("{{\"pem\": \"{}\"}}", PLAIN.replace('\n', "\\n")),
            "x: 1\n".to_owned(),
            "12:-----BEGIN CERTIFICATE-----".to_owned(),
            "12:-----BEGIN CERTIFICATE-----\nMII\n".to_owned(),
        ] {
            assert_eq!(told(&same), same);
        }
    }
}
