//! States that are better or worse than one another, as enums: they compare by how bad they are, and not by their letters.

use std::fmt::Write;

use super::head;
use super::names::{camel, sentence};
use super::schemas::Definitions;

/// A definition that is written as an enum, and whether its schema begins with the worst.
pub(super) const RANKED: [(&str, bool); 3] = [("ExpiryState", true), ("LintSeverity", false), ("Severity", true)];

/// Whether a definition is written as an enum.
pub(super) fn is_ranked(definition: &str) -> bool {
    RANKED.iter().any(|(name, _)| *name == definition)
}

/// The words of a definition with what they mean, the best first.
fn words(name: &str, worst_first: bool, definitions: &Definitions) -> Result<Vec<(String, String)>, String> {
    let variants = definitions.get(name).and_then(|definition| definition["oneOf"].as_array());
    let variants = variants.ok_or_else(|| format!("no schema has words of a definition `{name}`"))?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut words: Vec<_> =
        variants.iter().map(|variant| (text(&variant["const"]), text(&variant["description"]))).collect();
    if worst_first {
        words.reverse();
    }
    Ok(words)
}

/// The member of a word: the word itself, as everywhere else; C# has no dash in names.
fn member(word: &str) -> String {
    camel(&word.replace('-', "_"))
}

/// The text of the file.
pub(super) fn write(definitions: &Definitions) -> Result<String, String> {
    let mut text = head("States that are better or worse than one another, the best first.");
    text.push_str("using System;\n\nnamespace VITrust\n{\n");
    let mut readers = String::new();
    for (name, worst_first) in RANKED {
        let words = words(name, worst_first, definitions)?;
        let description = definitions[name]["description"].as_str().unwrap_or_default();
        let _ = writeln!(text, "    /// <summary>{}</summary>\n    public enum {name}\n    {{", sentence(description));
        for (rank, (word, meaning)) in words.iter().enumerate() {
            let _ = writeln!(
                text,
                "        /// <summary>{}</summary>\n        {} = {rank},",
                sentence(meaning),
                member(word)
            );
        }
        text.push_str("    }\n\n");
        let _ = write!(
            readers,
            "        internal static {name}? Read{name}(string word)\n        {{\n            switch (word)\n            {{\n                case null: return null;\n"
        );
        for (word, _) in &words {
            let _ = writeln!(readers, "                case \"{word}\": return {name}.{};", member(word));
        }
        let _ = write!(
            readers,
            "            }}\n            throw new FormatException(\"`\" + word + \"` is no {name}\");\n        }}\n\n        internal static string Word({name}? rank)\n        {{\n            switch (rank)\n            {{\n"
        );
        for (word, _) in &words {
            let _ = writeln!(readers, "                case {name}.{}: return \"{word}\";", member(word));
        }
        readers.push_str("            }\n            return null;\n        }\n\n");
    }
    let _ = write!(
        text,
        "    /// <summary>The words that the library has for ranks.</summary>\n    internal static class Ranks\n    {{\n{}    }}\n}}\n",
        readers.trim_end_matches('\n').to_owned() + "\n"
    );
    Ok(text)
}
