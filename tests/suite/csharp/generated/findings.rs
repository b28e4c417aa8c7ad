//! The ids that findings can have, for a filter that refuses others and for completion.

use std::fmt::Write;

use super::head;

/// The text of the file.
pub(super) fn write() -> String {
    let mut text = head("The ids that findings can have.");
    text.push_str(
        "namespace VITrust\n{\n    /// <summary>The ids that findings can have: docs/findings.md says what each is.</summary>\n    \
         public static class Findings\n    {\n        /// <summary>Every id, in order.</summary>\n        \
         public static string[] Ids()\n        {\n            return new[]\n            {\n",
    );
    for entry in vitrust::catalogue::FINDINGS {
        let _ = writeln!(text, "                \"{}\",", entry.id);
    }
    text.push_str("            };\n        }\n    }\n}\n");
    text
}
