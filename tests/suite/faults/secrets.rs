//! What must never be shown: passwords and session keys, in any form that a text may give them.

use std::collections::HashSet;
use std::fmt::Debug;

use vitrust::net::vsphere::Session;
use vitrust::net::{Cancel, Credentials, Secret, blocking};
use vitrust_factory::Hash;
use vitrust_simulator::{PASSWORD, USER};

use super::Lab;

/// How many sessions one lab may open.
const SESSIONS: usize = 20_000;

/// What is looked for.
pub(super) struct Wanted {
    passwords: Vec<String>,
    sessions: HashSet<String>,
}

impl Wanted {
    pub(super) fn of(lab: &Lab) -> Self {
        let sessions: HashSet<String> = (0..SESSIONS).map(key).collect();
        assert!(is_session(lab), "the simulator makes its session keys in another way");
        Self { passwords: forms(PASSWORD), sessions }
    }

    pub(super) fn assert_absent(&self, text: &str, context: &dyn Debug) {
        assert_eq!(self.found(text), None, "{context:?}");
    }

    /// What a text shows that it must not.
    fn found(&self, text: &str) -> Option<&str> {
        let password = self.passwords.iter().find(|form| text.contains(form.as_str()));
        let words = text.split(|character: char| !character.is_ascii_alphanumeric());
        let session = || words.filter(|word| word.len() == 40).find_map(|word| self.sessions.get(word));
        password.or_else(session).map(String::as_str)
    }
}

/// The key of the nth session of a simulated estate with seed 1.
fn key(number: usize) -> String {
    let digest = Hash::Sha1.digest(format!("{} {number}", 1 << 16).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether one of the first keys is that of a session that has just been opened.
fn is_session(lab: &Lab) -> bool {
    let target = lab.inventory.vcenters[0].target.clone();
    let outcome = blocking::run(async {
        let cancel = Cancel::default();
        let opened = Session::open(&target, &cancel).await.expect("a session");
        let mut found = false;
        for number in 0..40 {
            let mut guess = target.clone();
            guess.credentials = Credentials::Session(Secret::from(format!("\"{}\"", key(number))));
            let session = Session::open(&guess, &cancel).await.expect("a session");
            if session.certificate_mode().await.is_ok() {
                found = true;
                break;
            }
        }
        opened.close().await;
        found
    });
    outcome.expect("a runtime")
}

/// A password as itself and as XML, JSON, a URL or basic authentication write it: its first word, which has a character
/// that each of them escapes, and no quotes, which are escaped once more with each nesting.
fn forms(password: &str) -> Vec<String> {
    let word = password.split(' ').next().expect("a word");
    vec![
        word.to_owned(),
        word.replace('&', "&amp;"),
        word.replace('&', "&amp;amp;"),
        word.replace('&', "&#38;"),
        word.replace('&', "%26"),
        word.replace('&', "\\u0026"),
        base64_simd::STANDARD.encode_to_string(password),
        base64_simd::STANDARD.encode_to_string(format!("{USER}:{password}")),
    ]
}

#[test]
fn a_secret_is_found_in_each_form() {
    let wanted = Wanted { passwords: forms(PASSWORD), sessions: HashSet::from([key(7)]) };
    let texts = [
        format!("{PASSWORD:?}"),
        format!("{:?}", format!("{PASSWORD:?}")),
        serde_json::json!({"a": [PASSWORD]}).to_string(),
        format!("<password>{}</password>", PASSWORD.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")),
        format!("Basic {}", base64_simd::STANDARD.encode_to_string(format!("{USER}:{PASSWORD}"))),
        format!("cookie=\"{}\"", key(7)),
    ];
    for text in texts {
        assert!(wanted.found(&text).is_some(), "{text}");
    }
    assert_eq!(wanted.found(&format!("{USER} {}", key(8))), None);
}
