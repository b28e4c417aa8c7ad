//! The guide to the calls, written from their tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use vitrust::net::vsphere::calls::{self, Call, Field};

use crate::generated::guard;

const HEAD: &str = "\
# Calls by name

Written from `core/src/net/vsphere/calls` by `BLESS=1 cargo test -p vitrust-tests guide`; do not edit.

A session with a vCenter offers the calls below in every language, with JSON in and JSON out:

```
vitrust::net::vsphere::calls::{read, change}                        Rust; `calls::Client` for blocking callers
vitrust_client_read, vitrust_client_change                          C
vitrust.Session.read(call, **arguments), .change(call, secret=...)  Python
```

* `read` makes the reading calls and cannot make a change. `change` makes the changing ones, and the rules of
  [changes](changes.md) hold: each is sent once, and if its answer is lost the error is 608 `outcome-unknown`.
* Arguments are one JSON object, or nothing if there are none. An unknown call, an unknown key, or one that is missing or of the
  wrong type is error 2 `argument`, which names it; nothing is sent.
* A password or private key is never an argument: it is passed separately, as the secret.
* A managed object is a text such as `HostSystem:host-12`; a time is RFC 3339; a thumbprint is SHA-1 in lowercase hex, and
  is also read with colons. What a record does not have is `null`.
* A call that starts a task waits for its end, at most `wait_seconds`. When that time is up, the error is 608
  `outcome-unknown`, and the task goes on. The answer is the object that the task made, or `null`.
";

#[test]
fn the_guide_to_the_calls_is_what_the_tables_say() {
    let mut text = HEAD.to_owned();
    let mut records = BTreeMap::new();
    text.push_str("\n## Reading\n");
    for call in calls::reads() {
        section(&mut text, call);
        records.extend(call.answer_records());
    }
    text.push_str("\n## Changing\n");
    for call in calls::changes() {
        section(&mut text, call);
        records.extend(call.argument_records());
    }
    text.push_str("\n## Records\n");
    for (name, fields) in &records {
        let _ = writeln!(text, "\n### {name}\n");
        table(&mut text, "field", fields, false);
    }
    guard("docs/guide/calls.md", &text);
}

fn section(text: &mut String, call: &Call) {
    let _ = writeln!(text, "\n### {}\n\n{}\n", call.name, call.summary);
    let _ = writeln!(text, "* Answer: {}", call.answer());
    let _ = writeln!(text, "* Needs: {}", if call.privilege.is_empty() { "no privilege" } else { call.privilege });
    if !call.secret.is_empty() {
        let _ = writeln!(text, "* Secret: {}", call.secret);
    }
    let arguments = call.arguments();
    if !arguments.is_empty() {
        text.push('\n');
        table(text, "argument", &arguments, true);
    }
}

fn table(text: &mut String, what: &str, fields: &[Field], given: bool) {
    let _ = writeln!(text, "| {what} | type | what it is |\n|---|---|---|");
    for Field { name, summary, kind, required } in fields {
        let may = if given && !required { ", optional" } else { "" };
        let _ = writeln!(text, "| `{name}` | {kind}{may} | {summary} |");
    }
}
