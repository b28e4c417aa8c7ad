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
        any: &[
            "[sudo]",
            "sudo: ",
            "ncorrect password",
            "uthentication fail",
            "nvalid credentials",
            "ERROR_LOGON_FAILURE",
        ],
        told: "the password was not accepted: run the listing again with the right one",
    },
    Kind {
        any: &["Unknown command: `", "Command> "],
        told: "the appliance shell does not know the command: enter `shell` first, and list again",
    },
    Kind {
        any: &["cat: ", "openssl: can't open", "Can't open ", "cannot open "],
        told: "the file that was to be exported is not there: look for its path, and export again",
    },
    Kind {
        any: &["command not found", ": not found", "No such file or directory", "is not recognized"],
        told: "the command was not found: run it on the vCenter appliance, as /usr/lib/vmware-vmafd/bin/vecs-cli",
    },
    Kind {
        any: &["not currently connected to any servers", "NotConnectedError"],
        told: "PowerCLI is not connected: run Connect-VIServer first, and export again",
    },
    Kind { any: &["keytool error"], told: "keytool failed: see its message, and list the key store again" },
    Kind {
        any: &["no peer certificate available", "connect:errno=", "CONNECTED("],
        told: "openssl s_client got no certificate: see whether the address and the port are right, and ask again",
    },
    Kind { any: &["curl: (", "wget: "], told: "the download failed: see its message, and fetch it again" },
    Kind {
        any: &["<!DOCTYPE", "<!doctype", "<html", "<HTML"],
        told: "a web page, not an export: log in, and save the file itself",
    },
    Kind {
        any: &["soapenv:Fault", "<faultstring>", "soap:Fault"],
        told: "an error from vCenter's SOAP API, not an export: log in, and ask again",
    },
    Kind {
        any: &["\"error_type\"", "UNAUTHENTICATED", "\"messages\":"],
        told: "an error from vCenter's REST API, not an export: log in, and ask again",
    },
    Kind {
        any: &["Size limit exceeded", "Sizelimit exceeded"],
        told: "the directory stopped at its size limit: ask again with `-z none` or for fewer entries",
    },
    Kind {
        any: &[
            "roken pipe",
            "onnection reset",
            "onnection closed by",
            "timed out",
            "nput/output error",
            "No space left",
        ],
        told: "the output was cut off on its way: list again",
    },
    Kind {
        any: &["vecs-cli failed", "dir-cli failed", "certool failed", "Error: ", "ERROR: ", "Traceback (most recent"],
        told: "the command failed: see its message, and list again",
    },
    Kind {
        any: &["CategoryInfo  ", "FullyQualifiedErrorId"],
        told: "PowerShell printed an error: see its message, and export again",
    },
    Kind {
        any: &["vCert Main Menu", "Certificate Management Utility"],
        told: "a menu or a heading of vCert without entries: save its report (Check current certificate status) whole",
    },
    Kind {
        any: &["NotValidAfter", "TrustedByEntity", "CertificatePEM"],
        told: "a table of PowerShell, which cuts its columns: export with `| ConvertTo-Json` instead",
    },
    Kind { any: &["Usage:", "usage:", "Usage "], told: "a usage text: the command had wrong arguments" },
    Kind { any: &["Enter password"], told: "a password prompt with nothing after it" },
];

/// What a text is that holds no entry.
pub(crate) fn named(text: &[u8]) -> Option<&'static str> {
    /// A message stands at the beginning; nobody looks for one behind.
    const LOOKED_AT: usize = 1 << 20;
    let text = &text[..text.len().min(LOOKED_AT)];
    if text.trim_ascii().is_empty() {
        return Some("the file is empty: the export wrote nothing");
    }
    KINDS.iter().find(|kind| has_any(text, kind.any)).map(|kind| kind.told)
}

/// What is said of a text of which nothing is left without prompts of a pager and marks of a quote.
pub(super) const PROMPTS_ALONE: &str =
    "nothing but a pager's prompts or the marks of a quote: list again into a file, without a pager";

/// How a line begins, or is, that a command writes when it fails.
const FAILED_BEGINS: [&[u8]; 15] = [
    b"vecs-cli failed",
    b"dir-cli failed",
    b"certool failed",
    b"Error: ",
    b"ERROR: ",
    b"LDAP error: ",
    b"Win Error: ",
    b"curl: (",
    b"wget: ",
    b"keytool error",
    b"sudo: ",
    b"Traceback (most recent",
    b"Segmentation fault",
    b"<!DOCTYPE",
    b"<html",
];
const FAILED_IS: [&[u8]; 4] = [b"Killed", b"Terminated", b"^C", b"Aborted"];
const FAILED_HAS: [&[u8]; 14] = [
    b"ermission denied",
    b"ccess is denied",
    b"ERROR_ACCESS_DENIED",
    b"command not found",
    b"No such file or directory",
    b"roken pipe",
    b"No space left on device",
    b"nput/output error",
    b"onnection reset by peer",
    b"onnection closed by ",
    b"onnection timed out",
    b"Size limit exceeded",
    b"Sizelimit exceeded",
    b"write error",
];

/// The messages of commands that failed, each with its line: what a command prints between its entries or behind them. Several
/// lines of one message are one.
pub(super) fn failures(text: &[u8], first_line: u32) -> impl Iterator<Item = (u32, &'static str)> {
    /// How many lines one message has at most.
    const LINES: u32 = 5;
    let mut last: Option<u32> = None;
    lines(text, first_line).filter(|line| is_failure(line.text)).filter_map(move |line| {
        let goes_on = last.is_some_and(|last| line.number - last < LINES);
        last = Some(line.number);
        if goes_on {
            return None;
        }
        let behind = lines(&text[line.start..], line.number).take(5);
        let end = behind.last().map_or(line.start, |last| line.start + last.start + last.text.len());
        // The most telling of its lines says what to do.
        let told = named(&text[line.start..end.min(text.len())]);
        Some((line.number, told.unwrap_or("the command did not finish: see this line, and list again")))
    })
}

fn is_failure(line: &[u8]) -> bool {
    /// No message of a command is longer; a longer line is looked at as far as this.
    const LONGEST: usize = 400;
    // Base64 has no blank, and the comment of a bundle is none of a command.
    if FAILED_IS.contains(&line) {
        return true;
    }
    if !line.contains(&b' ') && !line.starts_with(b"<") || line.starts_with(b"#") || line.starts_with(b"-----") {
        return false;
    }
    let line = &line[..line.len().min(LONGEST)];
    FAILED_BEGINS.iter().any(|begin| line.starts_with(begin))
        || FAILED_HAS.iter().any(|part| memmem::find(line, part).is_some())
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

/// How wide the lines are that somebody's window or mail program wrapped, if they are: PEM has 64 characters on a line, so many lines
/// of one smaller width, and none that is wider, were wrapped.
pub(super) fn wrapped(text: &[u8]) -> Option<usize> {
    const WIDTHS: std::ops::RangeInclusive<usize> = 20..=63;
    const MANY: usize = 8;
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let widths = || lines(text, 1).filter(|line| line.text.iter().all(is_base64)).map(|line| line.text.len());
    let widest = widths().max().filter(|width| WIDTHS.contains(width))?;
    let full = widths().filter(|width| *width == widest).take(MANY).count();
    (full == MANY && memmem::find(text, b"-----BEGIN").is_some()).then_some(widest)
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
        assert!(told("sh: 1: openssl: not found").contains("was not found"));
        assert!(told("sudo: 3 incorrect password attempts").contains("password"));
        assert!(told("Unknown command: `vecs-cli'").contains("`shell`"));
        assert_eq!(named(b"hello"), None);
        assert!(instead_of_entries(b"[*] Store : x\n").contains("there is nothing below"));
        assert!(instead_of_entries(b"[*] Store : x\nhello\n").contains("not an entry"));
    }

    #[test]
    fn a_message_among_entries_is_found_once() {
        let text = b"Alias : x\nvecs-cli failed. Error 5: Possible errors: \nLDAP error: Other\nWin Error: ERROR_ACCESS_DENIED (5)\n\nKilled\n";
        let found: Vec<_> = failures(text, 10).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0 == 11 && found[0].1.starts_with("permission denied"));
        assert_eq!(failures(b"a\n\nKilled\n", 1).count(), 1);
        for fine in [
            "# Error: none",
            "verify error:num=20:unable to get local issuer certificate",
            "subject=CN = Error",
            "Connection to vc closed.",
        ] {
            assert_eq!(failures(fine.as_bytes(), 1).count(), 0, "{fine}");
        }
    }

    #[test]
    fn lines_that_were_wrapped_are_known_by_their_width() {
        let wrapped_at = |width: usize| {
            let line = "A".repeat(width);
            wrapped(format!("-----BEGIN CERTIFIC\nATE-----\n{}\n", vec![line; 9].join("\n")).as_bytes())
        };
        assert_eq!((wrapped_at(40), wrapped_at(64), wrapped_at(76)), (Some(40), None, None));
    }
}
