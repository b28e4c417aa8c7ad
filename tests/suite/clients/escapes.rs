//! What a server sends to act on a terminal, or to turn the direction of writing, is shown by its number.

use vitrust::net::fuzzing::{enveloped, scripted};
use vitrust::text::is_active;

const ACTIVE: &str = "a\u{9b}2Jb\u{202e}c\u{2066}d\u{200f}e\u{85}f\u{7f}g";

#[test]
fn no_active_character_of_a_server_reaches_a_message() {
    let fault = format!("<s:Fault><faultstring>{ACTIVE}</faultstring><detail><{}Fault/></detail></s:Fault>", "x");
    let envelope = String::from_utf8(enveloped("X", b"")).expect("text").replace("<XResponse></XResponse>", &fault);
    let missing = format!("<returnval><objects><missingSet><path>{ACTIVE}</path></missingSet></objects></returnval>");
    let message =
        serde_json::json!({ "error_type": "ERROR", "messages": [{ "default_message": format!("\u{1b}[2J{ACTIVE}") }] });
    let answers = [
        ("QueryOptions", 500, envelope.clone().into_bytes()),
        ("ListCACertificates", 500, envelope.into_bytes()),
        ("RetrievePropertiesEx", 200, enveloped("RetrievePropertiesEx", missing.as_bytes())),
        ("/trusted-root-chains", 500, message.to_string().into_bytes()),
        ("/trusted-root-chains", 302, format!("/ui/{ACTIVE}\u{1b}[2J").into_bytes()),
    ];
    for (operation, status, body) in answers {
        let shown = scripted(move |what| what.ends_with(operation).then(|| (status, body.clone())));
        assert!(shown.contains("2Jb"), "{operation} {status}: it is told: {shown}");
        // As errors are printed; `Debug` escapes by itself.
        assert!(!shown.contains(is_active), "{operation} {status}: {shown}");
        assert!(shown.contains("u{9b}") && shown.contains("u{202e}"), "{operation} {status}: {shown}");
    }
}

#[test]
fn json_has_no_active_character() {
    let estate = vitrust::Estate {
        unreadable: vec![vitrust::store::Unreadable {
            place: vitrust::store::Place { source: Some(ACTIVE.into()), ..vitrust::store::Place::default() },
            reason: ACTIVE.to_owned(),
        }],
        ..vitrust::Estate::default()
    };
    let at = vitrust::Time::from_unix(1_780_272_000);
    let report = vitrust::assess::assess(&estate, &vitrust::assess::AssessOptions::at(at)).to_json();
    for text in [estate.to_json(), report] {
        assert!(text.contains("\\u009b2Jb\\u202e") && !text.contains(is_active), "{text}");
    }
    assert_eq!(vitrust::Estate::from_json(estate.to_json().as_bytes()).as_ref(), Ok(&estate));
}
