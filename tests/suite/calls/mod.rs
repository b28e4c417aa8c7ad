//! Calls by their names: each of them against the simulated estate, and what is wrong about one before it is sent.

mod changing;
mod guide;
mod reading;
mod wrong;

use serde_json::Value;
use vitrust::Error;
use vitrust::net::vsphere::{Session, calls};

/// The answer of a reading call.
async fn read(session: &Session, call: &str, arguments: &Value) -> Value {
    let answer = calls::read(session, call, &arguments.to_string()).await;
    parsed(answer.unwrap_or_else(|error| panic!("{call}: {error}")))
}

fn parsed(text: String) -> Value {
    serde_json::from_str(&text).expect("an answer is JSON")
}

/// The text of a field.
fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("`{field}` in {value}")).to_owned()
}

/// The names of calls.
fn names(calls: impl Iterator<Item = &'static calls::Call>) -> Vec<&'static str> {
    calls.map(|call| call.name).collect()
}

/// The argument at fault.
fn at_fault<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (String, String) {
    match outcome {
        Err(error @ Error::Call(_)) => {
            assert_eq!(error.code(), vitrust::ErrorCode::Argument);
            let words = error.to_string();
            let Error::Call(error) = error else { unreachable!("matched above") };
            (error.argument(), words)
        }
        other => panic!("no wrong argument: {other:?}"),
    }
}
