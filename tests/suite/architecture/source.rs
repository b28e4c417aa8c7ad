//! Just enough of Rust's grammar to find every path a file names: comments, texts and test code left out.

/// One path as written, `use` groups taken apart: `use a::{b, c::d}` is `a::b` and `a::c::d`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) line: usize,
    pub(super) segments: Vec<String>,
}

impl Named {
    pub(super) fn text(&self) -> String {
        self.segments.join("::")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) line: usize,
    /// An identifier, `::`, or one character of punctuation.
    pub(super) text: String,
}

impl Token {
    fn is_word(&self) -> bool {
        self.text.starts_with(|first: char| first.is_alphabetic() || first == '_')
    }
}

/// The tokens of `text` without comments, literals and items under `#[cfg(test)]`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    without_tests(&scan(text))
}

/// Every path in `tokens`, with its line.
pub(super) fn paths(tokens: &[Token]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut position = 0;
    while position < tokens.len() {
        let after_colons = position > 0 && tokens[position - 1].text == "::";
        if tokens[position].is_word() && !after_colons {
            position = path(tokens, position, &[], &mut found);
        } else {
            position += 1;
        }
    }
    found
}

/// Reads one path that begins at `position` and returns where it ends.
fn path(tokens: &[Token], mut position: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    let line = tokens[position].line;
    let mut segments = prefix.to_vec();
    loop {
        segments.push(tokens[position].text.clone());
        let next = |offset: usize| tokens.get(position + offset);
        let colons = next(1).is_some_and(|token| token.text == "::");
        match next(2) {
            Some(token) if colons && token.is_word() => position += 2,
            Some(token) if colons && token.text == "{" => return group(tokens, position + 3, &segments, found),
            _ => break,
        }
    }
    found.push(Named { line, segments });
    position + 1
}

/// Reads the members of a `use` group up to its closing brace.
fn group(tokens: &[Token], mut position: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    while let Some(token) = tokens.get(position) {
        match token.text.as_str() {
            "}" => return position + 1,
            "as" => position += 2,
            _ if token.is_word() => position = path(tokens, position, prefix, found),
            _ => position += 1,
        }
    }
    position
}

fn scan(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut position, mut line) = (0, 1);
    while position < bytes.len() {
        let rest = &text[position..];
        let length = literal(rest).or_else(|| comment(rest));
        let end = position + length.unwrap_or_else(|| token_length(rest));
        let piece = &text[position..end];
        if length.is_none() && !piece.trim().is_empty() {
            found.push(Token { line, text: piece.to_owned() });
        }
        line += piece.matches('\n').count();
        position = end;
    }
    found
}

fn token_length(rest: &str) -> usize {
    let word = rest.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(rest.len());
    match word {
        0 if rest.starts_with("::") => 2,
        0 => rest.chars().next().map_or(1, char::len_utf8),
        length => length,
    }
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    // Block comments nest; the source has none that do.
    rest.starts_with("/*").then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

/// The length of a string, byte string, raw string or character literal at the start of `rest`.
fn literal(rest: &str) -> Option<usize> {
    let quote = rest.trim_start_matches(['b', 'c', 'r', '#']);
    let prefix = &rest[..rest.len() - quote.len()];
    if quote.starts_with('"') && prefix.contains('r') {
        let close = format!("\"{}", "#".repeat(prefix.matches('#').count()));
        return Some(prefix.len() + 1 + quote[1..].find(&close).map_or(quote.len() - 1, |end| end + close.len()));
    }
    if quote.starts_with('"') && !prefix.contains('#') {
        return Some(prefix.len() + quoted(quote, '"'));
    }
    let character = rest.strip_prefix('b').unwrap_or(rest);
    let inner = character.strip_prefix('\'')?;
    // `'a` is a lifetime unless a quote follows the character.
    let closes = inner.starts_with('\\') || inner.chars().nth(1) == Some('\'');
    closes.then(|| rest.len() - character.len() + quoted(character, '\''))
}

/// The length of a literal between two `mark`s, escapes honoured.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (offset, next) in text.char_indices().skip(1) {
        match next {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if next == mark => return offset + next.len_utf8(),
            _ => (),
        }
    }
    text.len()
}

const TEST_ATTRIBUTE: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut position = 0;
    while position < tokens.len() {
        let window = tokens[position..].iter().take(TEST_ATTRIBUTE.len()).map(|token| token.text.as_str());
        if window.eq(TEST_ATTRIBUTE) {
            position = item_end(tokens, position + TEST_ATTRIBUTE.len());
        } else {
            kept.push(tokens[position].clone());
            position += 1;
        }
    }
    kept
}

/// Where the item ends that begins at `position`: behind its `;` or its closing brace.
fn item_end(tokens: &[Token], position: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, token) in tokens[position..].iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => return position + offset + 1,
            "}" => depth = depth.saturating_sub(1),
            ";" if depth == 0 => return position + offset + 1,
            _ => (),
        }
    }
    tokens.len()
}

#[test]
fn groups_are_taken_apart_and_comments_texts_and_tests_left_out() {
    let text = r##"
        // use crate::comment;
        use std::{fs, net::{IpAddr, TcpStream as Stream}, io::*};
        const TEXT: &str = "crate::text \" crate::more"; const RAW: &str = r#"crate::raw""#;
        fn f<'a>(c: char) -> bool { c == '"' || c == '\'' || crate::time::parse::<u8>(b'x') }
        #[cfg(test)]
        mod tests { use crate::secret; fn g() { {} } }
        use super::last;
    "##;
    let named: Vec<(usize, String)> = paths(&tokens(text)).iter().map(|named| (named.line, named.text())).collect();
    let long: Vec<(usize, &str)> =
        named.iter().filter(|(_, text)| text.contains("::")).map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(
        long,
        [
            (3, "std::fs"),
            (3, "std::net::IpAddr"),
            (3, "std::net::TcpStream"),
            (3, "std::io"),
            (5, "crate::time::parse"),
            (8, "super::last")
        ]
    );
}
