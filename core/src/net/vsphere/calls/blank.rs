//! Secrets that a server repeats in its words are taken out of them.

use crate::net::error::{Fault, NetError};
use crate::net::secret::Secret;

/// The shortest secret that is looked for: a shorter one is a part of many words, and no password that a server takes.
const SHORTEST: usize = 4;

/// The error without these secrets.
pub(super) fn blanked(mut error: NetError, secrets: &[Secret]) -> NetError {
    let mut secrets: Vec<&str> = secrets.iter().map(Secret::expose).filter(|secret| secret.len() >= SHORTEST).collect();
    // One may be a part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for text in texts(&mut error) {
        for secret in secrets.iter().filter(|secret| text.contains(**secret)).collect::<Vec<_>>() {
            *text = text.replace(secret, "***");
        }
    }
    error
}

/// Every text of an error that may hold words of the server.
fn texts(error: &mut NetError) -> Vec<&mut String> {
    match error {
        NetError::Resolve { reason, .. }
        | NetError::Connect { reason, .. }
        | NetError::Unauthenticated { reason, .. }
        | NetError::Credentials { reason, .. }
        | NetError::Inventory { reason, .. } => vec![reason],
        NetError::Handshake(failure) => vec![&mut failure.reason],
        NetError::Untrusted(untrusted) => vec![&mut untrusted.reason],
        NetError::Response { what, reason, .. } => vec![what, reason],
        NetError::Timeout { what, .. }
        | NetError::Panic { what }
        | NetError::TooLarge { what, .. }
        | NetError::NotFound { what, .. }
        | NetError::Unsupported { what, .. }
        | NetError::Unavailable { what, .. } => vec![what],
        NetError::OutcomeUnknown { what, cause, .. } => {
            let mut all = texts(cause);
            all.push(what);
            all
        }
        NetError::Forbidden { what, privilege, object, .. } => {
            [what].into_iter().chain(privilege.as_mut()).chain(object.as_mut()).collect()
        }
        NetError::Fault(fault) => {
            let Fault { server: _, what, kind, message, thumbprint, certificate } = &mut **fault;
            [what, kind, message].into_iter().chain(thumbprint.as_mut()).chain(certificate.as_mut()).collect()
        }
        NetError::Cancelled(_) | NetError::Forked { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_a_server_repeats_is_taken_out() {
        let server = || "vc01".to_owned();
        let fault = Fault { message: "no user hunter2".to_owned(), kind: "hunter2".to_owned(), ..Fault::default() };
        let response = || NetError::Response { server: server(), what: "X".to_owned(), reason: "<hunter2>".to_owned() };
        let secrets = ["hunter2", "X"].map(|text| Secret::from(text.to_owned()));
        for error in [
            NetError::Fault(Box::new(fault)),
            NetError::Unauthenticated { server: server(), reason: "hunter2 hunter2".to_owned() },
            response(),
            NetError::OutcomeUnknown { server: server(), what: "X".to_owned(), cause: Box::new(response()) },
        ] {
            let shown = format!("{:?}", blanked(error.clone(), &secrets));
            assert!(!shown.contains("hunter2") && shown.contains("***"), "{shown}");
            assert_eq!(blanked(error.clone(), &[]), error);
        }
        assert!(blanked(response(), &secrets).to_string().contains(" X "), "what is short stays");
    }
}
