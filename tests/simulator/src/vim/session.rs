//! Login and logout of vim25.

use super::user;
use crate::route::{Context, Given};
use crate::soap::{Call, Fault};
use crate::state::{Event, Wanted};
use crate::xml::tag;

/// Opens a session under a new cookie.
pub(super) fn login(context: &Context<'_>, call: &Call) -> Result<Given, Fault> {
    let (name, password) = (call.text("userName")?, call.text("password")?);
    let (vcenter, now) = (context.vcenter(), context.world.now());
    let token = context.world.token();
    let wanted = if vcenter.version.is_unified() { Wanted::Both } else { Wanted::Soap };
    if !vcenter.state().log_in(&token, name, password, wanted, now) {
        let message = "Cannot complete login due to an incorrect user name or password.";
        return Err(Fault::vim("InvalidLogin", message));
    }
    let fields = tag("ipAddress", "127.0.0.1") + &tag("locale", "en") + &tag("sessionId", &key(&token));
    let message = format!("User {name}@127.0.0.1 logged in");
    vcenter.state().record(Event::new("UserLoginSessionEvent", name, now, None, &message).with(fields));
    // A second login on one cookie takes the place of the first.
    context.token().iter().for_each(|former| drop(vcenter.state().sessions.remove(*former)));
    let content = format!("<returnval>{}</returnval>", user_session(&token, name, &now.to_string()));
    Ok(Given { content, cookie: Some(token) })
}

/// Ends the session.
pub(super) fn logout(context: &Context<'_>) -> String {
    context.token().iter().for_each(|token| drop(context.vcenter().state().sessions.remove(*token)));
    String::new()
}

/// The content of a `UserSession` of the calling session.
pub(super) fn current(context: &Context<'_>) -> String {
    user_session(context.token().unwrap_or_default(), &user(context), &context.world.now().to_string())
}

/// The key of a session, which is another secret than its cookie.
fn key(token: &str) -> String {
    crate::state::uuid(token.get(4..).unwrap_or_default())
}

fn user_session(token: &str, user: &str, now: &str) -> String {
    let key = key(token);
    let fields = [
        ("key", key.as_str()),
        ("userName", user),
        ("fullName", user),
        ("loginTime", now),
        ("lastActiveTime", now),
        ("locale", "en"),
        ("messageLocale", "en"),
        ("extensionSession", "false"),
        ("ipAddress", "127.0.0.1"),
        ("callCount", "1"),
    ];
    fields.iter().map(|(name, text)| tag(name, text)).collect()
}
