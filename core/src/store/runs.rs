//! Runs of base64 in a text: what is long, begins as DER does, and may go on over lines that hold nothing else.

use memchr::memmem;

use crate::text::{Line, lines};

/// How the base64 of a PEM block begins: that of `-----BEGIN `.
pub(super) const ARMOUR: &[u8] = b"LS0tLS1CRUdJTi";
/// The shortest beginning of a run on its first line, in characters.
const SHORTEST: usize = 32;

/// A run of base64 and the line it begins on.
pub(super) struct Run {
    pub(super) line: u32,
    pub(super) text: Vec<u8>,
}

/// The runs of these lines: each begins with the `M` of a SEQUENCE, or as the base64 of PEM. Of one line there may be several, parted by anything else.
pub(super) fn runs<'t>(lines: impl Iterator<Item = Line<'t>>) -> impl Iterator<Item = Run> {
    Runs { lines, waiting: Vec::new(), open: None }
}

/// The runs of a text that are outside of its PEM blocks.
pub(super) fn outside(text: &[u8], first_line: u32) -> impl Iterator<Item = Run> {
    let mut inside = false;
    runs(
        lines(text, first_line)
            .map(move |line| if is_inside(&mut inside, line.text) { Line { text: b"", ..line } } else { line }),
    )
}

/// Whether a line belongs to a block; `inside` says whether the line before it left one open.
fn is_inside(inside: &mut bool, line: &[u8]) -> bool {
    // Most lines have neither a dash nor a blank: looking for a single byte costs a fraction of what looking for a word does.
    let may_be_marker = memchr::memchr(b'-', line).is_some();
    let begins = may_be_marker && memmem::find(line, b"-----BEGIN ").is_some();
    if !begins && !*inside {
        return false;
    }
    let ends = may_be_marker && memmem::find(line, b"-----END ").is_some();
    // A line of words that is no header of a key ends a block that has no end marker.
    let is_body = || line.len() >= SHORTEST && line.iter().all(|byte| is_base64(byte) || *byte == b' ');
    let belongs = begins || memchr::memchr(b' ', line).is_none() || line.contains(&b':') || is_body();
    *inside = !ends && belongs;
    true
}

struct Runs<L> {
    lines: L,
    /// The runs of the last line behind the first, the last of them first.
    waiting: Vec<Run>,
    /// The run that may go on, because it reached the end of its line.
    open: Option<Run>,
}

impl<'t, L: Iterator<Item = Line<'t>>> Iterator for Runs<L> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            if let Some(run) = self.waiting.pop() {
                return Some(run);
            }
            let Some(line) = self.lines.next() else { return self.open.take() };
            let leading = line.text.iter().take_while(|byte| is_base64(byte)).count();
            let goes_on = leading > 0 && (leading == line.text.len() || is_end(&line.text[leading..]));
            let mut line = line;
            if let Some(run) = &mut self.open
                && goes_on
                && !run.text.ends_with(b"=")
            {
                run.text.extend(&line.text[..leading]);
                line.text = &line.text[leading..];
                if line.text.is_empty() {
                    continue;
                }
            }
            self.waiting.extend(self.open.take());
            let mut found = begun(&line);
            // What reaches the end of the line may go on in the next one.
            self.open = found.pop_if(|(end, _)| *end == line.text.len()).map(|(_, run)| run);
            let earlier = std::mem::take(&mut self.waiting);
            self.waiting.extend(found.into_iter().rev().map(|(_, run)| run));
            self.waiting.extend(earlier);
        }
    }
}

/// Whether what follows the last piece of a run closes an element or a text.
fn is_end(rest: &[u8]) -> bool {
    matches!(rest, [b'<' | b'"' | b'\'' | b']' | b',', ..])
}

/// The runs of one line, each with where it ends.
fn begun(line: &Line<'_>) -> Vec<(usize, Run)> {
    let mut found = Vec::new();
    let mut position = 0;
    let length_of = |from: usize, is: fn(&u8) -> bool| line.text[from..].iter().take_while(|byte| is(byte)).count();
    while let Some(start) = memchr::memchr2(b'M', b'L', &line.text[position..]).map(|at| position + at) {
        if line.text[start] == b'L' && !line.text[start..].starts_with(ARMOUR) {
            position = start + 1;
            continue;
        }
        // A run begins where base64 does, and not inside of it.
        let begins = start == 0 || !is_letter(&line.text[start - 1]);
        let padding = start + length_of(start, is_letter);
        let end = padding + length_of(padding, |byte| *byte == b'=');
        // A sign of equality in the middle parts a name from its value.
        let is_name = end > padding && line.text.get(end).is_some_and(is_letter);
        if begins && !is_name && end - start >= SHORTEST {
            found.push((end, Run { line: line.number, text: line.text[start..end].to_vec() }));
        }
        position = end;
    }
    found
}

pub(super) const fn is_base64(byte: &u8) -> bool {
    is_letter(byte) || *byte == b'='
}

const fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u32, String)> {
        let of = |run: Run| (run.line, String::from_utf8_lossy(&run.text).into_owned());
        runs(lines(text.as_bytes(), 1)).map(of).collect()
    }

    #[test]
    fn runs_are_parted_by_anything_and_go_on_over_lines() {
        let (a, b) = (format!("MII{}", "a".repeat(40)), format!("MII{}", "b".repeat(40)));
        let one = |line: u32, text: &str| (line, text.to_owned());
        assert_eq!(found(&format!("SSL trust: {a}, {b}\n")), [one(1, &a), one(1, &b)]);
        assert_eq!(found(&format!("x: [\"{a}\",\n\"{b}\"]\n")), [one(1, &a), one(2, &b)]);
        assert_eq!(found(&format!("endpoint0.sslTrust0={a}\n")), [one(1, &a)]);
        assert_eq!(
            found(&format!("x:: {a}\n {b}\n\n{a}==\n{b}\n")),
            [one(1, &format!("{a}{b}")), one(4, &format!("{a}==")), one(5, &b)]
        );
        assert_eq!(found(&format!("<c>{a}\n{b}\nMore</c>\n")), [one(1, &format!("{a}{b}More"))]);
        assert_eq!(found(&format!("{a}\nAlias : x\n")), [one(1, &a)]);
    }

    #[test]
    fn what_is_in_a_block_is_not_outside() {
        let run = format!("MII{}", "a".repeat(40));
        let text = format!("-----BEGIN X-----\n{run}\n-----END X-----\n{run}\n-----BEGIN X-----\n{run}\n");
        let lines: Vec<u32> = outside(text.as_bytes(), 1).map(|run| run.line).collect();
        assert_eq!(lines, [4]);
    }
}
