//! String preparation for the comparison of names: RFC 5280 section 7.1 by way of RFC 4518.

use icu_casemap::CaseMapperBorrowed;
use stringprep::tables;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The string to compare by: case folded, in NFKC, and with each run of blanks as one and none at the ends. `None` for a text
/// with characters that the preparation prohibits or maps to nothing: nobody can say, or see, what it equals, and no other
/// validator takes it for equal to anything but itself.
pub(super) fn prepare(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        let mut prepared = blanks(text);
        prepared.make_ascii_lowercase();
        return Some(prepared);
    }
    let mapped: String = text.chars().map(map).collect::<Option<_>>()?;
    // Folding and normalising wake each other up; RFC 3454 appendix B.2 does both twice, as NFKC_Casefold does.
    let folded = fold(&mapped.nfkc().collect::<String>());
    let twice = fold(&folded.nfkc().collect::<String>());
    let prepared: String = twice.nfkc().map(map).collect::<Option<_>>()?;
    if mapped.chars().chain(prepared.chars()).any(is_prohibited) || marks_a_blank(&prepared) {
        return None;
    }
    Some(blanks(&prepared))
}

/// The longest text that is prepared, in octets: RFC 5280 appendix A.1 allows 128 characters at most. One that is longer
/// equals itself alone, and costs no more than its bytes.
const LONGEST: usize = 16_384;

fn fold(text: &str) -> String {
    CaseMapperBorrowed::new().fold_string(text).into_owned()
}

/// RFC 4518 section 2.2; `None` is what it maps to nothing.
fn map(character: char) -> Option<char> {
    match character {
        // SOFT HYPHEN, COMBINING GRAPHEME JOINER, Mongolian and other variation selectors, OBJECT REPLACEMENT CHARACTER
        '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180d}' | '\u{fe00}'..='\u{fe0f}' | '\u{fffc}' => None,
        '\t'..='\r' | '\u{85}' => Some(' '),
        // The other control characters, and those for format.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
        '\u{6dd}' | '\u{70f}' | '\u{180e}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{2063}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => None,
        '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => None,
        // ZERO WIDTH SPACE
        '\u{200b}' => None,
        // The separators.
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        other => Some(other),
    }
}

/// RFC 4518 section 2.4: unassigned, private, surrogate and non-character code points, those that change the display, and
/// REPLACEMENT CHARACTER.
fn is_prohibited(character: char) -> bool {
    tables::unassigned_code_point(character)
        || tables::private_use(character)
        || tables::non_character_code_point(character)
        || tables::change_display_properties_or_deprecated(character)
        || character == char::REPLACEMENT_CHARACTER
}

/// Whether a combining mark stands on a blank or on nothing, as the accents with a width of their own become in NFKC. Such a
/// blank is significant (RFC 4518 section 2.6.1).
fn marks_a_blank(text: &str) -> bool {
    let before = std::iter::once(' ').chain(text.chars());
    before.zip(text.chars()).any(|(before, character)| before == ' ' && is_combining_mark(character))
}

/// Insignificant blanks (RFC 4518 section 2.6.1).
fn blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::prepare;

    #[test]
    fn what_a_reader_takes_for_the_same_is_the_same() {
        for (one, other) in [
            ("  VMware   Engineering ", "vmware engineering"),
            ("Mu\u{308}nchen", "MÜNCHEN"),
            ("Evil", "\u{ff25}vil"),
            ("Strasse", "Straße"),
            ("ΟΔΟΣ", "οδος"),
            ("ΟΔΟΣ", "οδοσ"),
            ("ᾳ", "ΑΙ"),
            ("Evil Corp", "evil\u{b}corp"),
            ("Evil Corp", "evil\u{a0}\u{3000}corp"),
            ("ﬁle", "FILE"),
        ] {
            assert!(prepare(one).is_some(), "{one:?}");
            assert_eq!(prepare(one), prepare(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_differs_stays_different() {
        for accent in ["\u{a8}x", "a\u{a8}b", "a \u{b4}", "\u{308}x", "a \u{308}b"] {
            assert_eq!(prepare(accent), None, "{accent:?}");
        }
        assert_ne!(prepare("vm ware"), prepare("vmware"));
        assert_ne!(prepare("é"), prepare("e"));
        assert_eq!(prepare(""), Some(String::new()));
    }

    #[test]
    fn prohibited_and_invisible_characters_compare_with_nothing() {
        for text in [
            "Ev\u{ad}il",
            "Ev\u{200b}il",
            "Ev\0il",
            "Ev\u{fe0f}il",
            "Ev\u{e000}il",
            "Ev\u{fffd}il",
            "Ev\u{340}\u{fffe}il",
            "Ev\u{1f600}il",
            "Ev\u{378}il",
            "\u{e0100}",
        ] {
            assert_eq!(prepare(text), None, "{text:?}");
        }
    }
}
