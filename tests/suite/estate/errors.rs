//! For every error a call that fails with it.

use vitrust::assess::Thresholds;
use vitrust::catalogue::ERRORS;
use vitrust::path::{Options, ServerName, Verifier};
use vitrust::{Certificate, Error, ErrorCode, Estate, Pool, Profile, Time, TrustStore, files, store};

use super::lab::at;

/// The number's error as the core returns it; `None` for those that only a binding makes.
fn provoke(code: ErrorCode) -> Option<Error> {
    let text = "no such thing";
    match code {
        // The last of them needs another process.
        ErrorCode::Panic | ErrorCode::Untrusted | ErrorCode::Forked => None,
        // These need a server; each is provoked where that server is.
        ErrorCode::Resolve
        | ErrorCode::Connect
        | ErrorCode::Handshake
        | ErrorCode::ServerUntrusted
        | ErrorCode::Timeout
        | ErrorCode::Cancelled
        | ErrorCode::Response
        | ErrorCode::TooLarge
        | ErrorCode::OutcomeUnknown
        | ErrorCode::Unauthenticated
        | ErrorCode::Forbidden
        | ErrorCode::RemoteNotFound
        | ErrorCode::Fault
        | ErrorCode::Unsupported
        | ErrorCode::Unavailable
        | ErrorCode::Inventory
        | ErrorCode::Credentials => None,
        ErrorCode::Argument => text.parse::<vitrust::Purpose>().err().map(Error::from),
        ErrorCode::Time => text.parse::<Time>().err().map(Error::from),
        ErrorCode::Profile => text.parse::<Profile>().err().map(Error::from),
        ErrorCode::Thresholds => text.parse::<Thresholds>().err().map(Error::from),
        ErrorCode::Pem => Certificate::from_pem(b"-----BEGIN CERTIFICATE-----\nAAAA").err().map(Error::from),
        ErrorCode::NoBlock => Certificate::from_pem(text.as_bytes()).err().map(Error::from),
        ErrorCode::Certificate => Certificate::from_der(text.as_bytes()).err().map(Error::from),
        ErrorCode::Store => store::read(text.as_bytes(), "x.pem", &mut Pool::new()).err().map(Error::from),
        ErrorCode::Estate => Estate::from_json(text.as_bytes()).err().map(Error::from),
        ErrorCode::Chain => {
            let store = TrustStore::default();
            Verifier::new(&store).explain(&[], &Options::at(at())).err().map(Error::from)
        }
        ErrorCode::ServerName => "a b".parse::<ServerName>().err().map(Error::from),
        ErrorCode::File => files::load("no/such/folder").err(),
    }
}

#[test]
fn every_error_of_the_core_is_provoked() {
    for entry in ERRORS {
        if let Some(error) = provoke(entry.code) {
            assert_eq!(error.code(), entry.code, "{error}");
            let message = error.to_string();
            assert!(!message.ends_with('.') && !message.is_empty(), "{message}");
        }
    }
    let unprovoked = ERRORS.iter().filter(|entry| provoke(entry.code).is_none()).count();
    assert_eq!(unprovoked, 20, "only a binding makes two of these, only a fork one, and only a server the others");
}
