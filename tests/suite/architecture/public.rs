//! How much the core offers: every public item is a promise, and each more is one that somebody has to keep.

use super::files;
use super::source::tokens;

/// How many items of the core say `pub`. Who raises it says in the same commit what needs them.
const COUNTED: usize = 745;

#[test]
fn public_items_are_as_many_as_are_counted() {
    let kinds = ["fn", "const", "struct", "enum", "trait", "type", "mod", "use", "async", "static"];
    let count = |text: &str| {
        let tokens = tokens(text);
        let offers = |pair: &&[super::source::Token]| pair[0].text == "pub" && kinds.contains(&pair[1].text.as_str());
        tokens.windows(2).filter(offers).count()
    };
    let sources = files(&[".rs"]);
    let core = sources.iter().filter(|file| file.path.starts_with("core/src/"));
    let counted: usize = core.map(|file| count(&file.text)).sum();
    assert_eq!(counted, COUNTED, "change COUNTED, and say in the commit what needs the item or why it went");
}
