//! Names that differ in bytes and are equal once prepared as RFC 4518 says, and the other way round.

use vitrust_factory::{GeneralName, Name, Text};

use super::{Accept, Must, Neighbours, Record, Refuse, server_builder, sub_builder};

/// How a pair of values stands to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// Equal when prepared.
    Same,
    /// Equal when prepared, by a character that no honest name has: refusing it is right as well.
    Hidden,
    /// One holds what must not be in a name: whether they are equal is undefined, so no constraint can be judged.
    Undefined,
    /// Different.
    Other,
}

/// The constraint's value, the subject's value, and how they stand to each other.
const PAIRS: &[(&str, &str, &str, Pair)] = &[
    // Mapped to nothing (RFC 4518 2.2).
    ("soft-hyphen", "Evil", "Ev\u{ad}il", Pair::Hidden),
    ("mongolian-soft-hyphen", "Evil", "Ev\u{1806}il", Pair::Hidden),
    ("grapheme-joiner", "Evil", "Ev\u{34f}il", Pair::Hidden),
    ("variation-selector", "Evil", "Evil\u{fe00}", Pair::Hidden),
    ("mongolian-variation-selector", "Evil", "\u{180b}Evil", Pair::Hidden),
    ("object-replacement", "Evil", "Ev\u{fffc}il", Pair::Hidden),
    ("zero-width-space", "Evil", "Ev\u{200b}il", Pair::Hidden),
    ("zero-width-joiner", "Evil", "Ev\u{200d}il", Pair::Hidden),
    ("word-joiner", "Evil", "Ev\u{2060}il", Pair::Hidden),
    ("byte-order-mark", "Evil", "\u{feff}Evil", Pair::Hidden),
    ("left-to-right-mark", "Evil", "Evil\u{200e}", Pair::Hidden),
    ("right-to-left-override", "Evil", "Ev\u{202e}il", Pair::Hidden),
    ("arabic-end-of-ayah", "Evil", "Ev\u{6dd}il", Pair::Hidden),
    ("nul", "Evil", "Ev\0il", Pair::Hidden),
    ("nul-at-end", "Evil", "Evil\0", Pair::Hidden),
    ("escape", "Evil", "Ev\u{1b}il", Pair::Hidden),
    ("delete", "Evil", "Ev\u{7f}il", Pair::Hidden),
    ("control-of-latin-1", "Evil", "Ev\u{9f}il", Pair::Hidden),
    ("tag-character", "Evil", "Evil\u{e0041}", Pair::Hidden),
    ("hidden-in-constraint", "E\u{ad}vil", "Evil", Pair::Hidden),
    // Mapped to a space, and spaces that do not count.
    ("tab", "Evil Corp", "Evil\tCorp", Pair::Hidden),
    ("line-feed", "Evil Corp", "Evil\nCorp", Pair::Hidden),
    ("next-line", "Evil Corp", "Evil\u{85}Corp", Pair::Hidden),
    ("form-feed", "Evil Corp", "Evil\u{c}Corp", Pair::Hidden),
    ("no-break-space", "Evil Corp", "Evil\u{a0}Corp", Pair::Same),
    ("ideographic-space", "Evil Corp", "Evil\u{3000}Corp", Pair::Same),
    ("en-space", "Evil Corp", "Evil\u{2002}Corp", Pair::Same),
    ("line-separator", "Evil Corp", "Evil\u{2028}Corp", Pair::Hidden),
    ("spaces-inside", "Evil Corp", "Evil   Corp", Pair::Same),
    ("spaces-around", "Evil Corp", "  Evil Corp ", Pair::Same),
    // Case folding beyond lower case (RFC 3454 B.2).
    ("case", "Evil", "eVIL", Pair::Same),
    ("case-of-latin-1", "B\u{fc}ro", "B\u{dc}RO", Pair::Same),
    ("sharp-s", "Strasse", "Stra\u{df}e", Pair::Same),
    ("final-sigma", "\u{39f}\u{394}\u{39f}\u{3a3}", "\u{3bf}\u{3b4}\u{3bf}\u{3c2}", Pair::Same),
    ("iota-subscript", "\u{1fb3}", "\u{391}\u{399}", Pair::Same),
    ("dotted-capital-i", "\u{130}zmir", "i\u{307}zmir", Pair::Same),
    ("dotless-i-differs", "Izmir", "\u{131}zmir", Pair::Other),
    ("long-s", "Sales", "\u{17f}ales", Pair::Same),
    ("armenian-ligature", "\u{587}", "\u{565}\u{582}", Pair::Same),
    ("deseret", "\u{10400}", "\u{10428}", Pair::Same),
    // Compatibility composition (NFKC).
    ("full-width", "Evil", "\u{ff25}\u{ff56}\u{ff49}\u{ff4c}", Pair::Same),
    ("ligature", "Office", "O\u{fb03}ce", Pair::Same),
    ("kelvin", "Kelvin", "\u{212a}elvin", Pair::Same),
    ("micro", "\u{3bc}m", "\u{b5}m", Pair::Same),
    ("roman-numeral", "Plant VIII", "Plant \u{2167}", Pair::Same),
    ("superscript", "Lab2", "Lab\u{b2}", Pair::Same),
    ("decomposed", "B\u{fc}ro", "Bu\u{308}ro", Pair::Same),
    ("hangul", "\u{ac00}", "\u{1100}\u{1161}", Pair::Same),
    ("half-width-katakana", "\u{30ab}", "\u{ff76}", Pair::Same),
    ("mathematical-letters", "Evil", "\u{1d404}vil", Pair::Same),
    // Prohibited, or not assigned in Unicode 3.2.
    ("private-use", "Evil", "Evil\u{e000}", Pair::Undefined),
    ("private-use-plane", "Evil", "Evil\u{f0000}", Pair::Undefined),
    ("not-a-character", "Evil", "Evil\u{fdd0}", Pair::Undefined),
    ("replacement-character", "Evil", "Evil\u{fffd}", Pair::Undefined),
    ("unassigned-in-3.2", "Evil", "Evil\u{221}", Pair::Undefined),
    ("capital-sharp-s", "STRASSE", "STRA\u{1e9e}E", Pair::Undefined),
    ("cherokee-small", "\u{13a0}", "\u{ab70}", Pair::Undefined),
    ("prohibited-in-constraint", "Evil\u{e000}", "Evil", Pair::Undefined),
    // Not equal, whatever they look like.
    ("cyrillic-lookalike", "Evil", "\u{415}vil", Pair::Other),
    ("accent-counts", "Buro", "B\u{fc}ro", Pair::Other),
    ("space-inside-counts", "Evil", "Ev il", Pair::Other),
];

pub(super) fn add(list: &mut Neighbours) {
    for (name, constraint, subject, pair) in PAIRS {
        let (excluded, permitted) = match pair {
            Pair::Same => (Refuse, Accept),
            Pair::Hidden => (Refuse, Record),
            Pair::Undefined => (Refuse, Refuse),
            Pair::Other => (Accept, Refuse),
        };
        let names = (organisation(constraint), organisation(subject));
        below(list, &format!("preparation/{name}/excluded"), excluded, true, &names);
        below(list, &format!("preparation/{name}/permitted"), permitted, false, &names);
    }
    types(list);
    alternative_names(list);
}

fn organisation(value: &str) -> Name {
    Name::parts(&[&[vitrust_factory::Attribute::new("O", value)]])
}

/// Asks about a subject below a CA with one subtree: `names` are the subtree and the subject.
fn below(list: &mut Neighbours, title: &str, must: Must, exclude: bool, names: &(Name, Name)) {
    let root = list.lab.root.clone();
    let subtree = GeneralName::directory(&names.0);
    let sub = if exclude { sub_builder().exclude(subtree) } else { sub_builder().permit(subtree) }.issued_by(&root);
    let server = server_builder().subject(&names.1).issued_by(&sub);
    list.ask(title, must, &[&server, &sub], &[&root]).host(super::HOST);
}

/// The same value in two string types is the same value.
fn types(list: &mut Neighbours) {
    let utf8 = organisation("Evil");
    for (name, text) in [
        ("printable", Text::Printable),
        ("bmp", Text::Bmp),
        ("universal", Text::Universal),
        ("teletex", Text::Teletex),
        ("ia5", Text::Ia5),
    ] {
        let names = (utf8.clone(), utf8.clone().encoded_as(text));
        below(list, &format!("preparation/type-{name}/excluded"), Refuse, true, &names);
    }
}

/// What holds for the subject holds for directory names of the alternative name.
fn alternative_names(list: &mut Neighbours) {
    for (name, value) in [("soft-hyphen", "Ev\u{ad}il"), ("full-width", "\u{ff25}vil"), ("private-use", "Evil\u{e000}")]
    {
        let root = list.lab.root.clone();
        let sub = sub_builder().exclude(GeneralName::directory(organisation("Evil"))).issued_by(&root);
        let server = server_builder().alt_name(GeneralName::directory(organisation(value))).issued_by(&sub);
        let title = format!("preparation/{name}/alternative-name");
        list.ask(title, Refuse, &[&server, &sub], &[&root]).host(super::HOST);
    }
}
