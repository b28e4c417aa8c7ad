//! Text that is no export, named for what it is: a command that failed, a page, a report of another tool. What somebody gave is
//! never taken for an empty store.

use memchr::memmem;

use crate::text::{has_any, lines};

/// What stands there, and what to run instead.
struct Kind {
    any: &'static [&'static str],
    told: &'static str,
}

/// From the most to the least telling.
const KINDS: &[Kind] = &[
    Kind {
        any: &["ERROR_ACCESS_DENIED", "ermission denied", "ccess is denied", "ccess denied", "EACCES"],
        told: "permission denied: run the listing as root on the vCenter appliance",
    },
    Kind {
        any: &["command not found", "No such file or directory", "is not recognized"],
        told: "the command was not found: run it on the vCenter appliance, as /usr/lib/vmware-vmafd/bin/vecs-cli",
    },
    Kind {
        any: &["<!DOCTYPE", "<!doctype", "<html", "<HTML"],
        told: "a web page, not an export: log in, and save the file itself",
    },
    Kind {
        any: &["\"error_type\"", "UNAUTHENTICATED", "\"messages\":"],
        told: "an error from vCenter's REST API, not an export: log in, and ask again",
    },
    Kind {
        any: &["vecs-cli failed", "dir-cli failed", "certool failed", "Error: "],
        told: "the command failed: see its message, and list again",
    },
    Kind {
        any: &["NotValidAfter", "TrustedByEntity", "CertificatePEM"],
        told: "a table of PowerShell, which cuts its columns: export with `| ConvertTo-Json` instead",
    },
    Kind { any: &["Usage:", "usage:", "Usage "], told: "a usage text: the command had wrong arguments" },
    Kind { any: &["Enter password"], told: "a password prompt with nothing after it" },
];

/// What a text is that holds no entry.
pub(super) fn named(text: &[u8]) -> Option<&'static str> {
    /// A message stands at the beginning; nobody looks for one behind.
    const LOOKED_AT: usize = 1 << 20;
    let text = &text[..text.len().min(LOOKED_AT)];
    if text.trim_ascii().is_empty() {
        return Some("the file is empty: the export wrote nothing");
    }
    KINDS.iter().find(|kind| has_any(text, kind.any)).map(|kind| kind.told)
}

/// What stands behind a heading where entries should be, and what to run instead.
pub(super) fn instead_of_entries(text: &[u8]) -> &'static str {
    let has_lines = lines(text, 1).skip(1).any(|line| !line.text.is_empty());
    match named(text) {
        Some(told) if has_lines => told,
        _ if has_lines && memmem::find(text, b"Not ").is_some() => {
            "the alias lines are missing: list the store with `vecs-cli entry list --store NAME`, without a filter"
        }
        _ if has_lines => "what is here is not an entry: list the store with `vecs-cli entry list --store NAME`",
        _ => "there is nothing below the heading, and only `Number of entries in store : 0` says that a store is empty",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_export_is_named() {
        let told = |text: &str| named(text.as_bytes()).unwrap_or("-");
        assert!(told(" \n").contains("empty"));
        assert!(told("bash: vecs-cli: Permission denied").contains("as root"));
        assert!(told("<!DOCTYPE html><title>Login</title>").contains("web page"));
        assert!(told("-bash: /usr/bin/vecs-cli: No such file or directory").contains("vecs-cli"));
        assert_eq!(named(b"hello"), None);
        assert!(instead_of_entries(b"[*] Store : x\n").contains("there is nothing below"));
        assert!(instead_of_entries(b"[*] Store : x\nhello\n").contains("no entry"));
    }
}
