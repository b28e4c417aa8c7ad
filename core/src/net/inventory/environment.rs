//! One vCenter from the variables that govc and PowerCLI scripts have set already.

use super::settings::{Files, Settings};
use super::{Secrets, proxy};
use crate::endpoint::Endpoint;
use crate::net::trust::Pin;

/// The variable that has the pins: govc's own file of known hosts may have SHA-1 alone.
const PINS: &str = "VITRUST_PINS";

/// Whose variables are read.
struct Names {
    url: &'static str,
    user: &'static str,
    password: &'static str,
    /// The variable by which nothing is checked.
    insecure: &'static str,
}

const GOVC: Names =
    Names { url: "GOVC_URL", user: "GOVC_USERNAME", password: "GOVC_PASSWORD", insecure: "GOVC_INSECURE" };

const VMWARE: Names =
    Names { url: "VMWARE_HOST", user: "VMWARE_USER", password: "VMWARE_PASSWORD", insecure: "VMWARE_VALIDATE_CERTS" };

/// The settings; the reason where the variables name no server, or one that cannot be taken.
pub(super) fn settings(secrets: &mut dyn Secrets) -> Result<Settings, String> {
    let mut given = |name: &str| secrets.variable(name).filter(|value| !value.is_empty());
    let (names, url) = match given(GOVC.url) {
        Some(url) => (GOVC, url),
        None => (VMWARE, given(VMWARE.url).ok_or("neither GOVC_URL nor VMWARE_HOST is set")?),
    };
    let of_govc = names.url == GOVC.url;
    let roots = if of_govc { given("GOVC_TLS_CA_CERTS") } else { None };
    let port = if of_govc { None } else { given("VMWARE_PORT") };
    let insecure = match given(names.insecure) {
        None => false,
        Some(text) if of_govc => truth(&text).ok_or("GOVC_INSECURE is neither true nor false")?,
        Some(text) => !answer(&text).ok_or("VMWARE_VALIDATE_CERTS is neither true nor false")?,
    };
    let pins = given(PINS).map(|text| pins(&text)).transpose()?;
    match (&pins, insecure, &roots) {
        (Some(_), true, _) => return Err(format!("{} and {PINS} contradict each other: set only one", names.insecure)),
        (Some(_), false, Some(_)) => {
            return Err(format!("GOVC_TLS_CA_CERTS and {PINS} contradict each other: set only one"));
        }
        (Some(_), false, None) | (None, _, _) => (),
    }
    let url = server(&url, port.as_deref(), &names)?;
    let endpoint = url.parse::<Endpoint>().ok();
    if let Some(reason) = endpoint.and_then(|endpoint| proxy::refusal(|name| secrets.variable(name), &endpoint)) {
        return Err(reason);
    }
    // Whoever is not checked needs no roots; govc sees it so as well.
    let roots = roots.filter(|_| !insecure).map(|list| Files::Many(std::env::split_paths(&list).collect()));
    Ok(Settings {
        url: Some(url),
        user: secrets.variable(names.user),
        password_env: Some(names.password.to_owned()),
        ca_file: roots,
        pins,
        insecure: Some(insecure),
        ..Settings::default()
    })
}

/// As Go's strconv.ParseBool, which reads it for govc.
fn truth(text: &str) -> Option<bool> {
    match text {
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        _ => None,
    }
}

/// As Ansible, whose modules read VMWARE_VALIDATE_CERTS.
fn answer(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "0" | "n" | "no" | "f" | "false" | "off" => Some(false),
        "1" | "y" | "yes" | "t" | "true" | "on" => Some(true),
        _ => None,
    }
}

fn pins(text: &str) -> Result<Vec<String>, String> {
    let pins = text.split(|character: char| character == ',' || character.is_whitespace());
    let pins: Vec<String> = pins.filter(|pin| !pin.is_empty()).map(str::to_owned).collect();
    let wrong = pins.iter().enumerate().find_map(|(index, pin)| Some((index, pin.parse::<Pin>().err()?)));
    match wrong {
        Some((index, error)) => Err(format!("pin {} of {PINS} {}; a comma parts two pins", index + 1, error.reason())),
        None if pins.is_empty() => Err(format!("{PINS} is set but holds no pin")),
        None => Ok(pins),
    }
}

/// The server of `vc01`, `vc01/sdk` or `https://vc01/sdk`, all of which govc takes.
fn server(url: &str, port: Option<&str>, names: &Names) -> Result<String, String> {
    let Names { url: name, user, password, .. } = names;
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    // Before it is split: a password may hold any of the characters that end an authority.
    if rest.contains('@') {
        // The URL is not repeated: what stands before the `@` is a password.
        return Err(format!(
            "{name} contains a user or password, which others can read there: remove them from it, and set {user} and \
             {password}"
        ));
    }
    if !scheme.eq_ignore_ascii_case("https") {
        return Err(format!("{name} is not https, and no password is sent without TLS"));
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some(port) = port else { return Ok(format!("https://{authority}")) };
    let number = port.trim().parse::<u16>().ok().filter(|number| *number > 0);
    let number = number.ok_or("VMWARE_PORT is not a port: write a number from 1 to 65535")?;
    let with_port = format!("https://{authority}:{number}");
    // What has a port already, or is an address with colons, takes no other behind it.
    let own = authority.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
    match own {
        None if authority.matches(':').count() > 1 && !authority.ends_with(']') => {
            Ok(format!("https://[{authority}]:{number}"))
        }
        None => Ok(with_port),
        Some((_, own)) if own.parse() == Ok(number) => Ok(format!("https://{authority}")),
        Some(_) => Err(format!("{name} and VMWARE_PORT name two different ports: set only one")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_govc_names_the_server() {
        for text in ["vc01", "vc01/sdk", "https://vc01/sdk", "https://vc01", "HTTPS://vc01/"] {
            assert_eq!(server(text, None, &GOVC), Ok("https://vc01".to_owned()), "{text}");
        }
        assert_eq!(server("[2001:db8::1]:8443/sdk", None, &GOVC), Ok("https://[2001:db8::1]:8443".to_owned()));
    }

    #[test]
    fn a_port_of_its_own_is_taken_once() {
        for (host, port, wanted) in [
            ("vc01", "8443", "https://vc01:8443"),
            ("vc01:8443", "8443", "https://vc01:8443"),
            ("[2001:db8::1]", "8443", "https://[2001:db8::1]:8443"),
            ("[2001:db8::1]:8443", "8443", "https://[2001:db8::1]:8443"),
            ("2001:db8::1", "8443", "https://[2001:db8::1]:8443"),
        ] {
            assert_eq!(server(host, Some(port), &VMWARE), Ok(wanted.to_owned()), "{host}");
        }
        for (host, port) in [("vc01:443", "8443"), ("vc01", "https"), ("vc01", "0"), ("vc01", "70000")] {
            let reason = server(host, Some(port), &VMWARE).expect_err("refused");
            assert!(reason.contains("VMWARE_PORT"), "{reason}");
        }
    }

    #[test]
    fn a_password_in_the_url_is_refused_and_not_repeated() {
        for text in
            ["root:hunter2@vc01", "https://root:hunter2@vc01/sdk", "https://root:hunter2/x@vc01", "root:hunter2#@vc01"]
        {
            let reason = server(text, None, &GOVC).expect_err("refused");
            assert!(reason.contains("GOVC_URL") && reason.contains("GOVC_USERNAME"), "{reason}");
            assert!(!reason.contains("hunter2"), "{reason}");
        }
        assert!(server("http://vc01", None, &GOVC).is_err());
    }
}
