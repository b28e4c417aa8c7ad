//! Options as JSON: every key named here, every other one an error.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use vitrust::assess::{AssessOptions, FailOn, FailOnError};
use vitrust::catalogue::Severity;
use vitrust::net::{ConnectTo, MOST_PROBES_IN_FLIGHT, ProbeOptions};
use vitrust::path::{PolicyInputs, Revocation, ServerName, policy};
use vitrust::report::{Canvas, View, WIDTH};
use vitrust::store::Shape;
use vitrust::{Crl, Options, Profile, Purpose, Time};

use crate::Status;
use crate::boundary::Failure;
use crate::input;

const NAME: &str = "options";

/// The options of `vitrust_store_from_bytes` and `vitrust_certificates_read`.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadOptions {
    /// What the input is called in messages and reports.
    pub(crate) source: Option<String>,
    /// The VECS store of a listing whose certificates are the anchors.
    pub(crate) store: Option<String>,
    /// The shape of the input, if its content should not decide.
    pub(crate) shape: Option<Shape>,
}

/// The options of `vitrust_store_describe`.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DescribeOptions {
    /// What is wrong with the store at this time is added.
    #[schemars(with = "Option<Time>")]
    at: Option<String>,
}

/// How an estate is to be judged: the options of `vitrust_estate_assess`.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "AssessOptions")]
#[serde(deny_unknown_fields)]
pub(crate) struct AssessWritten {
    /// The time to judge at. Needed.
    #[schemars(with = "Time")]
    at: String,
    /// strict (the default), openssl, java, go or webpki.
    profile: Option<String>,
    /// vsphere (the default), another named set, or days such as 60/30.
    thresholds: Option<String>,
    /// Limits the expiry table to this many days.
    within: Option<u32>,
    /// Reports about only these vCenters; none means all.
    #[serde(default)]
    vcenters: Vec<String>,
    /// The lowest severity that is listed: critical, high, medium, low or info.
    severity: Option<Severity>,
}

/// How servers are to be asked: the options of `vitrust_probe`.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "ProbeOptions")]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ProbeWritten {
    /// The longest a server may take, in seconds.
    timeout_seconds: Option<f64>,
    /// The name to send instead of the endpoint's.
    server_name: Option<String>,
    /// Where to connect instead: "*.lab.example:9080" to "127.0.0.1:40001".
    connect_to: BTreeMap<String, String>,
    /// How many servers are queried at a time.
    in_flight: Option<usize>,
}

/// How a report is to be drawn: the options of `vitrust_report_render`.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "RenderOptions")]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RenderWritten {
    /// Which view of the report is drawn: audit (the default), matrix, reasons, expiry, unreadable, verdict or probes.
    view: Option<String>,
    /// How many columns there are, at least 20; 120 by default.
    width: Option<usize>,
    /// Whether colours are written, as ANSI escapes.
    colour: bool,
    /// Whether only ASCII can be shown.
    ascii: bool,
    /// Whether lists are shown in full, however long they are.
    full: bool,
}

/// How a report is drawn.
pub(crate) struct Render {
    pub(crate) view: View,
    pub(crate) canvas: Canvas,
}

impl Render {
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, Failure> {
        let written: RenderWritten = json(text)?;
        let view = written.view.as_deref().map_or(Ok(View::Audit), str::parse);
        let mut canvas = Canvas::new(written.width.unwrap_or(WIDTH), written.colour, !written.ascii);
        canvas.is_full = written.full;
        Ok(Self { view: option("view", view)?, canvas })
    }
}

/// What counts as a failure: the options of `vitrust_report_fails`.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "FailsOptions")]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FailsWritten {
    /// What is looked at: audit (the default), matrix, expiry, unreadable, verdict or probes.
    view: Option<String>,
    /// What counts: a severity and everything worse, with or without `,unknown`; unknown; or never. high,unknown by default.
    fail_on: Option<String>,
}

/// What counts as a failure.
pub(crate) struct Fails {
    pub(crate) view: View,
    pub(crate) fail_on: FailOn,
}

impl Fails {
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, Failure> {
        let written: FailsWritten = json(text)?;
        let view = written.view.as_deref().map_or(Ok(View::Audit), str::parse);
        let fail_on = written.fail_on.as_deref().map_or(Ok(FailOn::default()), str::parse);
        let refused =
            |error: FailOnError| Failure::new(Status::Option, &format!("{NAME}.fail_on"), format!("{NAME}: {error}"));
        Ok(Self { view: option("view", view)?, fail_on: fail_on.map_err(refused)? })
    }
}

/// How many servers are probed at a time, where nothing is said.
const IN_FLIGHT: usize = 64;

/// How a chain is to be judged: the options of `vitrust_store_verify`, as written.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "VerifyOptions")]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// The verification time. Needed.
    #[schemars(with = "Time")]
    at: String,
    /// strict (the default), openssl, java, go or webpki.
    profile: Option<String>,
    /// server (the default), client, ca or any.
    #[serde(default)]
    purpose: Purpose,
    /// The DNS name or address the certificate must carry; null requires none, an empty one is an error.
    name: Option<String>,
    /// PEM texts with CRLs.
    #[serde(default)]
    crls: Vec<String>,
    /// The most certificates between end-entity and anchor.
    max_depth: Option<u32>,
    /// if-present (the default) or required.
    #[serde(default)]
    revocation: Revocation,
    /// Acceptable certificate policies; none means any.
    #[serde(default)]
    policies: Vec<String>,
    /// A policy must be acceptable (RFC 5280 section 6.1.1).
    #[serde(default)]
    explicit_policy: bool,
    /// Policy mappings are not followed.
    #[serde(default)]
    inhibit_policy_mapping: bool,
    /// anyPolicy does not count.
    #[serde(default)]
    inhibit_any_policy: bool,
}

/// The options of `vitrust_store_verify`, each value read.
#[derive(Debug)]
pub(crate) struct VerifyOptions {
    at: Time,
    profile: Profile,
    purpose: Purpose,
    name: Option<ServerName>,
    crls: Vec<Crl>,
    max_depth: Option<u32>,
    revocation: Revocation,
    policies: PolicyInputs,
}

impl ReadOptions {
    /// Reads the options; no text means none.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, Failure> {
        json(text)
    }
}

impl DescribeOptions {
    /// Reads the options; no text means none.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, Failure> {
        json(text)
    }

    pub(crate) fn at(&self) -> Result<Option<Time>, Failure> {
        option("at", self.at.as_deref().map(str::parse).transpose())
    }
}

/// Reads the options of an assessment. `at` is required, so no text is an error.
pub(crate) fn assess(text: &[u8]) -> Result<AssessOptions, Failure> {
    let written: AssessWritten = json(text)?;
    let at = option("at", written.at.parse())?;
    let profile = option("profile", written.profile.as_deref().map(str::parse).transpose())?;
    let thresholds = option("thresholds", written.thresholds.as_deref().map(str::parse).transpose())?;
    Ok(AssessOptions {
        profile: profile.unwrap_or_default(),
        thresholds: thresholds.unwrap_or_default(),
        within: written.within.map(i64::from),
        vcenters: written.vcenters.into_iter().map(Into::into).collect(),
        severity: written.severity,
        ..AssessOptions::at(at)
    })
}

/// Reads the options of a probe, and how many servers are asked at a time; no text means none.
pub(crate) fn probe(text: &[u8]) -> Result<(ProbeOptions, usize), Failure> {
    let written: ProbeWritten = json(text)?;
    let refused =
        |key: &str, reason: String| Failure::new(Status::Option, &format!("{NAME}.{key}"), format!("`{key}` {reason}"));
    let mut options = ProbeOptions { server_name: written.server_name, ..ProbeOptions::default() };
    if let Some(seconds) = written.timeout_seconds {
        let timeout = Duration::try_from_secs_f64(seconds).ok().filter(|timeout| !timeout.is_zero());
        options.timeout =
            timeout.ok_or_else(|| refused("timeout_seconds", "must be a number of seconds above 0".to_owned()))?;
    }
    let mut rules = ConnectTo::default();
    for (from, to) in &written.connect_to {
        rules.insert(from, to).map_err(|error| refused("connect_to", format!("has a wrong rule: {error}")))?;
    }
    options.connect_to = rules;
    let in_flight = written.in_flight.unwrap_or(IN_FLIGHT);
    if !(1..=MOST_PROBES_IN_FLIGHT).contains(&in_flight) {
        return Err(refused("in_flight", format!("must be a number from 1 to {MOST_PROBES_IN_FLIGHT}")));
    }
    Ok((options, in_flight))
}

impl VerifyOptions {
    /// Reads the options. `at` is required, so no text is an error.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, Failure> {
        let written: Written = json(text)?;
        let mut crls = Vec::new();
        for (index, text) in written.crls.iter().enumerate() {
            crls.extend(input::crls(&format!("{NAME}.crls[{index}]"), text)?);
        }
        let policies = written.policies.iter().map(|text| policy(text));
        let initial_policies = option("policies", policies.collect::<Result<_, _>>())?;
        Ok(Self {
            at: option("at", written.at.parse())?,
            profile: option("profile", written.profile.as_deref().map(str::parse).transpose())?.unwrap_or_default(),
            purpose: written.purpose,
            name: option("name", written.name.as_deref().map(str::parse).transpose())?,
            crls,
            max_depth: written.max_depth,
            revocation: written.revocation,
            policies: PolicyInputs {
                initial_policies,
                explicit_policy: written.explicit_policy,
                inhibit_policy_mapping: written.inhibit_policy_mapping,
                inhibit_any_policy: written.inhibit_any_policy,
            },
        })
    }

    /// The options as the library takes them.
    pub(crate) fn as_core(&self) -> Options<'_> {
        Options {
            profile: self.profile,
            purpose: self.purpose,
            name: self.name.clone(),
            crls: &self.crls,
            revocation: self.revocation,
            max_depth: self.max_depth,
            policies: self.policies.clone(),
            ..Options::at(self.at)
        }
    }
}

/// The value of one option, or the failure that names it.
fn option<T, E: Into<vitrust::Error>>(key: &str, value: Result<T, E>) -> Result<T, Failure> {
    value.map_err(|error| Failure::from_core(&format!("{NAME}.{key}"), &error.into()))
}

/// The options, read strictly: see [`vitrust::json::object`]. No text is an empty object.
fn json<T: DeserializeOwned>(text: &[u8]) -> Result<T, Failure> {
    let text = std::str::from_utf8(text)
        .map_err(|error| Failure::new(Status::Utf8, NAME, format!("`{NAME}` is not UTF-8: {error}")))?;
    vitrust::json::object(text).map_err(|error| {
        let status = if error.is_syntax { Status::Json } else { Status::Option };
        let argument = error.key.as_ref().map_or_else(|| NAME.to_owned(), |key| format!("{NAME}.{key}"));
        Failure { line: error.line, ..Failure::new(status, &argument, format!("{NAME}: {error}")) }
    })
}

/// An argument that is a JSON array of texts.
pub(crate) fn texts(name: &str, text: &[u8]) -> Result<Vec<String>, Failure> {
    let text = std::str::from_utf8(text)
        .map_err(|error| Failure::new(Status::Utf8, name, format!("`{name}` is not UTF-8: {error}")))?;
    serde_json::from_str(text).map_err(|error| {
        let (status, reason) = match error.classify() {
            Category::Data => (Status::Option, "is not an array of texts".to_owned()),
            Category::Syntax | Category::Eof | Category::Io => (Status::Json, format!("is not JSON: {error}")),
        };
        let line = u32::try_from(error.line()).ok();
        Failure { line, ..Failure::new(status, name, format!("`{name}` {reason}")) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> (Status, Option<String>) {
        let failure = VerifyOptions::from_json(text.as_bytes()).expect_err(text);
        (failure.status, failure.argument)
    }

    #[test]
    fn every_wrong_option_has_its_status_and_is_named() {
        let cases = [
            ("", Status::Option, "options.at"),
            ("{", Status::Json, "options"),
            (r#"{"at": "2026-06-01", "att": 1}"#, Status::Option, "options.att"),
            (r#"{"at": "2026-06-01", "at": "2026-06-01"}"#, Status::Option, "options.at"),
            (r#"["2026-06-01"]"#, Status::Option, "options"),
            (r#"{"at": 5}"#, Status::Option, "options.at"),
            (r#"{"at": "tomorrow"}"#, Status::Time, "options.at"),
            (r#"{"at": "2026-06-01", "profile": "firefox"}"#, Status::Profile, "options.profile"),
            (r#"{"at": "2026-06-01", "purpose": "mail"}"#, Status::Option, "options.purpose"),
            (r#"{"at": "2026-06-01", "name": "a b"}"#, Status::ServerName, "options.name"),
            (r#"{"at": "2026-06-01", "crls": ["x"]}"#, Status::Store, "options.crls[0]"),
            (r#"{"at": "2026-06-01", "policies": ["any"]}"#, Status::Argument, "options.policies"),
            (r#"{"at": "2026-06-01", "max_depth": -1}"#, Status::Option, "options.max_depth"),
            (r#"{"at": "2026-06-01"} x"#, Status::Json, "options"),
        ];
        for (text, status, argument) in cases {
            assert_eq!(refusal(text), (status, Some(argument.to_owned())), "{text}");
        }
        let root = include_str!("../../tests/data/vmca-root.pem");
        let text = serde_json::json!({ "at": "2026-06-01", "crls": [root] }).to_string();
        assert_eq!(refusal(&text), (Status::NoBlock, Some("options.crls[0]".to_owned())), "a certificate is no CRL");
    }

    #[test]
    fn every_option_arrives() {
        let text = r#"{"at": "2026-06-01", "profile": "go", "purpose": "client", "name": "vc01.example",
            "crls": [], "max_depth": 3, "revocation": "required",
            "policies": ["2.5.29.32.0"], "explicit_policy": true, "inhibit_any_policy": true}"#;
        let options = VerifyOptions::from_json(text.as_bytes()).expect("well formed");
        let core = options.as_core();
        assert_eq!(core.at, "2026-06-01".parse().expect("a date"));
        assert_eq!((core.profile, core.purpose), (Profile::Go, Purpose::Client));
        assert_eq!(core.name.as_ref().map(ToString::to_string).as_deref(), Some("vc01.example"));
        assert_eq!((core.max_depth, core.revocation), (Some(3), Revocation::Required));
        let policies = &core.policies;
        assert_eq!(policies.initial_policies.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2.5.29.32.0"]);
        assert_eq!((policies.explicit_policy, policies.inhibit_any_policy), (true, true));
        assert!(!policies.inhibit_policy_mapping);
    }
}
