//! Logins of one run: who was refused at one vCenter is not tried at the next. SSO locks a user out after a few refusals,
//! five by default, and then nobody of that name gets in anywhere in the domain.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::control::Cancel;
use super::error::{NetError, is_wrong_login};
use super::secret::{Credentials, Secret};

/// How many logins of one user are under way at a time once one was accepted: fewer than the refusals that lock a user out.
const AT_ONCE: usize = 3;

/// The users of one run.
#[derive(Default)]
pub(super) struct Logins(Mutex<HashMap<String, Vec<Arc<Gate>>>>);

/// One user of one SSO domain with one password.
struct Gate {
    domain: Option<String>,
    password: Secret,
    /// One permit until a login was accepted.
    turns: Semaphore,
    known: Mutex<Known>,
}

/// What is known of a user.
#[derive(Default)]
enum Known {
    #[default]
    Nothing,
    Accepted,
    /// By the vCenter of this name.
    Refused(String),
}

/// One vCenter's login through the gate of its user.
pub(super) struct Turn {
    gate: Arc<Gate>,
    user: String,
    vcenter: String,
}

impl Logins {
    /// The turn of a vCenter; `None` where no password is sent.
    pub(super) fn turn(&self, credentials: &Credentials, sso_domain: Option<&str>, vcenter: &str) -> Option<Turn> {
        let Credentials::Password { user, password } = credentials else { return None };
        let (name, domain) = parts(user);
        let domain = domain.or_else(|| sso_domain.map(str::to_lowercase));
        let mut users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let gates = users.entry(name).or_default();
        let is_same = |gate: &&Arc<Gate>| {
            same_domain(gate.domain.as_deref(), domain.as_deref()) && gate.password.expose() == password.expose()
        };
        let known = gates.iter().find(is_same).map(Arc::clone);
        let gate = known.unwrap_or_else(|| {
            let password = password.clone();
            let gate = Arc::new(Gate { domain, password, turns: Semaphore::new(1), known: Mutex::default() });
            gates.push(Arc::clone(&gate));
            gate
        });
        Some(Turn { gate, user: user.clone(), vcenter: vcenter.to_owned() })
    }
}

impl Turn {
    /// Logs in by `login`, unless this user was refused elsewhere in the meantime.
    pub(super) async fn log_in(
        &self,
        server: &str,
        cancel: &Cancel,
        login: impl Future<Output = Result<(), NetError>>,
    ) -> Result<(), NetError> {
        // The semaphore is never closed, so a permit always comes.
        let _permit = cancel.or(self.gate.turns.acquire()).await?;
        if let Known::Refused(at) = &*self.known() {
            let reason = format!(
                "the login as {} was refused at {at} and was not tried here, since a few refusals lock the user out; \
                 correct the user or the password, and collect again",
                self.user.escape_debug()
            );
            return Err(NetError::Unauthenticated { server: server.to_owned(), reason });
        }
        let outcome = login.await;
        let mut known = self.known();
        match (&outcome, &*known) {
            (Ok(()), Known::Nothing) => {
                *known = Known::Accepted;
                self.gate.turns.add_permits(AT_ONCE - 1);
            }
            (Err(error), Known::Nothing | Known::Accepted) if is_wrong_login(error) => {
                *known = Known::Refused(self.vcenter.clone());
            }
            (Ok(()) | Err(_), _) => (),
        }
        drop(known);
        outcome
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.gate.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of a user and its domain, as far as it is told: `name@domain`, `DOMAIN\name` or `name`.
fn parts(user: &str) -> (String, Option<String>) {
    match (user.split_once('\\'), user.rsplit_once('@')) {
        (Some((domain, name)), _) | (None, Some((name, domain))) => (name.to_lowercase(), Some(domain.to_lowercase())),
        (None, None) => (user.to_lowercase(), None),
    }
}

/// Whether both are one domain. The short name of a domain is the first label of the long one.
fn same_domain(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return one == other };
    let is_short_of = |short: &str, long: &str| !short.contains('.') && long.split('.').next() == Some(short);
    one == other || is_short_of(one, other) || is_short_of(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::error::WRONG_LOGIN;

    fn as_user(user: &str, password: &str) -> Credentials {
        Credentials::Password { user: user.to_owned(), password: password.to_owned().into() }
    }

    fn refusal() -> NetError {
        NetError::Unauthenticated { server: "vc01:443".to_owned(), reason: WRONG_LOGIN.to_owned() }
    }

    #[test]
    fn a_user_is_known_in_every_spelling() {
        let logins = Logins::default();
        let gate = |user: &str, password: &str, domain: Option<&str>| {
            Arc::as_ptr(&logins.turn(&as_user(user, password), domain, "vc01").expect("a turn").gate)
        };
        let first = gate("audit@corp.local", "x", None);
        for same in ["AUDIT@Corp.LOCAL", "CORP\\audit", "corp.local\\Audit"] {
            assert_eq!(gate(same, "x", None), first, "{same}");
        }
        assert_eq!(gate("audit", "x", Some("corp.local")), first);
        for other in ["audit@corp.example", "audit", "audit2@corp.local", "audit@x.corp.local"] {
            assert_ne!(gate(other, "x", None), first, "{other}");
        }
        assert_ne!(gate("audit@corp.local", "y", None), first, "another password is another login");
        let session = Credentials::Session("key".to_owned().into());
        assert!(logins.turn(&session, None, "vc01").is_none());
    }

    #[tokio::test]
    async fn the_first_goes_alone_and_its_refusal_is_that_of_all() {
        let (logins, cancel) = (Logins::default(), Cancel::default());
        let turn = |name: &str| logins.turn(&as_user("audit@corp.local", "x"), None, name).expect("a turn");
        let (one, other) = (turn("vc01"), turn("vc02"));
        let first = one.log_in("vc01:443", &cancel, async {
            tokio::task::yield_now().await;
            Err(refusal())
        });
        let second = other.log_in("vc02:443", &cancel, async { panic!("it is not tried") });
        let (first, second) = tokio::join!(first, second);
        assert_eq!(first, Err(refusal()));
        let told = second.expect_err("it was not tried").to_string();
        assert!(told.starts_with("vc02:443: ") && told.contains("refused at vc01 and was not tried here"), "{told}");
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_says_nothing_about_the_user() {
        let (logins, cancel) = (Logins::default(), Cancel::default());
        let turn = logins.turn(&as_user("audit", "x"), None, "vc01").expect("a turn");
        let lost = NetError::Connect { server: "vc01:443".to_owned(), reason: "reset".to_owned() };
        assert_eq!(turn.log_in("vc01:443", &cancel, async { Err(lost.clone()) }).await, Err(lost.clone()));
        assert_eq!(turn.log_in("vc01:443", &cancel, async { Ok(()) }).await, Ok(()));
        assert_eq!(turn.gate.turns.available_permits(), AT_ONCE);
        cancel.cancel();
        let never = turn.log_in("vc01:443", &cancel, async { panic!("it was stopped before") }).await;
        assert!(matches!(never, Err(NetError::Cancelled(_))));
    }
}
