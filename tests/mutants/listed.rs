//! The committed lists of what `strict` alone accepts or refuses on purpose, each line with its reason.

use super::judge::Standing;

/// `base`, `kind` and reason; a star stands for any text.
const ACCEPTED: &str = include_str!("accepted.tsv");
const REFUSED: &str = include_str!("refused.tsv");

/// A line of a list.
pub struct Line {
    base: &'static str,
    kind: &'static str,
}

/// The lines for this standing; only standing alone has a list.
///
/// # Panics
/// When a line has not three fields, or a reason is no sentence.
pub fn lines(standing: Standing) -> Vec<Line> {
    let text = match standing {
        Standing::FalseAccept => ACCEPTED,
        Standing::FalseRefusal => REFUSED,
        Standing::Divided | Standing::Agreed => "",
    };
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(line).collect()
}

fn line(text: &'static str) -> Line {
    let fields: Vec<&str> = text.split('\t').collect();
    let [base, kind, reason] = fields.as_slice() else { panic!("not three fields: {text}") };
    assert!(reason.len() > 20, "a reason is a sentence: {text}");
    Line { base, kind }
}

impl Line {
    /// Whether the line is about this kind of mutant of this base.
    pub fn covers(&self, base: &str, kind: &str) -> bool {
        matches(self.base, base) && matches(self.kind, kind)
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}\t{}", self.base, self.kind)
    }
}

/// Whether `text` is `pattern`, where a star stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    (0..=text.len()).filter(|place| text.is_char_boundary(*place)).any(|place| matches(rest, &text[place..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("*", "") && matches("a*c", "abc") && matches("a*", "a") && matches("*b*", "abc"));
        assert!(!matches("a*c", "ab") && !matches("a", "ab") && !matches("*d", "abc"));
    }

    #[test]
    fn every_line_has_its_reason() {
        for standing in [Standing::FalseAccept, Standing::FalseRefusal] {
            assert!(lines(standing).iter().all(|line| !line.base.is_empty() && !line.kind.is_empty()));
        }
        assert!(lines(Standing::Agreed).is_empty());
    }
}
