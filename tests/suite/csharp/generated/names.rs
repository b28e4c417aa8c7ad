//! Names of C and JSON as C# has them.

/// Words that are not simply capitalised.
const WORDS: &[(&str, &str)] = &[("ca", "CA"), ("vcenter", "VCenter"), ("vcenters", "VCenters")];

/// Words of C# that are no names without a sign before them.
const KEYWORDS: &[&str] = &[
    "base", "bool", "byte", "char", "checked", "event", "in", "int", "lock", "object", "out", "params", "ref", "string",
];

/// `sso_domain` is `SsoDomain`, `is_ca` is `IsCA`.
pub(super) fn pascal(name: &str) -> String {
    name.split('_').map(word).collect()
}

/// `sso_domain` is `ssoDomain`; a word of C# gets its sign.
pub(super) fn camel(name: &str) -> String {
    let (first, rest) = name.split_once('_').unwrap_or((name, ""));
    let name = first.to_owned() + &rest.split('_').map(word).collect::<String>();
    if KEYWORDS.contains(&name.as_str()) { format!("@{name}") } else { name }
}

fn word(word: &str) -> String {
    if let Some((_, known)) = WORDS.iter().find(|(plain, _)| *plain == word) {
        return (*known).to_owned();
    }
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The first sentence of a description as the text of a comment, without the marks of Rust's documentation.
pub(super) fn sentence(description: &str) -> String {
    let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.find(". ").map_or(line.len(), |at| at + 1);
    let plain = line[..end].replace(['`', '[', ']'], "");
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn names_follow_their_words() {
    assert_eq!(
        ["sso_domain", "is_ca", "vcenters_in_flight", "ca_file"].map(pascal),
        ["SsoDomain", "IsCA", "VCentersInFlight", "CAFile"]
    );
    assert_eq!(["not_after", "string", "data_len"].map(camel), ["notAfter", "@string", "dataLen"]);
}

#[test]
fn a_comment_is_the_first_sentence() {
    assert_eq!(sentence("Its end, see [`Link::by`]: a < b.\nMore."), "Its end, see Link::by: a &lt; b.");
}
