//! Arguments that a wild caller passes: good ones, and the kinds of bad ones.

pub(super) const READ: [&str; 6] =
    ["", "{}", r#"{"source": "a"}"#, r#"{"store": "MACHINE_SSL_CERT"}"#, r#"{"shape": "pem"}"#, r#"{"shape": 1}"#];
pub(super) const AT: [&str; 4] = ["", "{}", r#"{"at": "2026-06-01"}"#, r#"{"at": "never"}"#];
pub(super) const VERIFY: [&str; 4] = [
    r#"{"at": "2026-06-01"}"#,
    r#"{"at": "2026-06-01", "profile": "java", "name": "vc01.lab.example", "purpose": "any", "max_depth": 0}"#,
    r#"{"at": "2026-06-01T00:00:00Z", "revocation": "required", "crls": [""]}"#,
    r#"{"at": "2026-06-01", "policies": ["2.5.29.32.0"], "explicit_policy": true, "inhibit_any_policy": true}"#,
];
pub(super) const ASSESS: [&str; 4] = [
    r#"{"at": "2026-06-01"}"#,
    r#"{"at": "2026-06-01", "profile": "openssl", "thresholds": "default", "within": 30}"#,
    r#"{"at": "2026-06-01", "within": -1}"#,
    "{}",
];
pub(super) const SECTIONS: [&str; 8] =
    ["", "findings", "matrix.parties", "certificates", "rejections", "vcenters", "unreadable", "a..b"];
pub(super) const RENDER: [&str; 4] =
    ["", r#"{"view": "matrix", "width": 0, "ascii": true}"#, r#"{"view": "probes", "colour": true}"#, r#"{"view": 1}"#];
pub(super) const FAILS: [&str; 4] =
    ["", r#"{"view": "matrix"}"#, r#"{"view": "probes", "fail_on": "low,unknown"}"#, r#"{"fail_on": "High"}"#];
pub(super) const REPORTS: [&str; 3] = [
    "{",
    "[]",
    r#"{"matrix": {"parties": [], "is_mutual": true, "untrusted": 1, "unknown": 1, "rows": ["é"]}, "expiry": []}"#,
];
pub(super) const INVENTORY: [&str; 4] =
    ["", r#"{"hosts_in_flight": 2}"#, r#"{"connect": {"a:443": "127.0.0.1:1"}}"#, "[]"];
pub(super) const SETTINGS: [&str; 4] = [
    r#"{"url": "https://vc01.lab.example"}"#,
    r#"{"url": "vc02.lab.example", "name": "vc02", "insecure": true, "timeout_seconds": 1}"#,
    r#"{"url": "https://u:p@vc01.lab.example"}"#,
    r#"{"url": "https://vc03.lab.example", "pins": ["00"]}"#,
];
pub(super) const PATHS: [&str; 4] = ["[]", r#"["no/such"]"#, r#"["\u0000"]"#, "[1]"];
pub(super) const WORDS: [&str; 6] = ["", "about", "trusted_roots", "estate", "probe", "report"];
