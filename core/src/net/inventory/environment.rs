//! One vCenter from the variables that govc and PowerCLI scripts have set already.

use super::Secrets;
use super::settings::{Files, Settings};

/// The settings; the reason where the variables name no server, or one that cannot be taken.
pub(super) fn settings(secrets: &mut dyn Secrets) -> Result<Settings, String> {
    let govc = secrets.variable("GOVC_URL").filter(|url| !url.is_empty());
    let of_govc = govc.is_some();
    let url = govc.or_else(|| secrets.variable("VMWARE_HOST").filter(|host| !host.is_empty()));
    let url = url.ok_or("neither GOVC_URL nor VMWARE_HOST is set")?;
    let (user, password) =
        if of_govc { ("GOVC_USERNAME", "GOVC_PASSWORD") } else { ("VMWARE_USER", "VMWARE_PASSWORD") };
    let mut govc_only = |name: &str| if of_govc { secrets.variable(name) } else { None };
    let roots = govc_only("GOVC_TLS_CA_CERTS").filter(|list| !list.is_empty());
    // As Go's strconv.ParseBool, which reads it for govc.
    let insecure = match govc_only("GOVC_INSECURE").as_deref() {
        None | Some("" | "0" | "f" | "F" | "false" | "FALSE" | "False") => false,
        Some("1" | "t" | "T" | "true" | "TRUE" | "True") => true,
        Some(_) => return Err("GOVC_INSECURE is neither true nor false".to_owned()),
    };
    // Whoever is not checked needs no roots; govc sees it so as well.
    let roots = roots.filter(|_| !insecure).map(|list| Files::Many(std::env::split_paths(&list).collect()));
    Ok(Settings {
        url: Some(server(&url, user, password)?),
        user: secrets.variable(user),
        password_env: Some(password.to_owned()),
        ca_file: roots,
        insecure: Some(insecure),
        ..Settings::default()
    })
}

/// The server of `vc01`, `vc01/sdk` or `https://vc01/sdk`, all of which govc takes.
fn server(url: &str, user: &str, password: &str) -> Result<String, String> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    // Before it is split: a password may hold any of the characters that end an authority.
    if rest.contains('@') {
        // The URL is not repeated: what stands before the `@` is a password.
        return Err(format!(
            "the URL carries a user or password, which others can read there: set {user} and {password}"
        ));
    }
    if !scheme.eq_ignore_ascii_case("https") {
        return Err("the URL is not https, and a password is not sent without TLS".to_owned());
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    Ok(format!("https://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_govc_names_the_server() {
        for text in ["vc01", "vc01/sdk", "https://vc01/sdk", "https://vc01", "HTTPS://vc01/"] {
            assert_eq!(server(text, "U", "P"), Ok("https://vc01".to_owned()), "{text}");
        }
        assert_eq!(server("[2001:db8::1]:8443/sdk", "U", "P"), Ok("https://[2001:db8::1]:8443".to_owned()));
    }

    #[test]
    fn a_password_in_the_url_is_refused_and_not_repeated() {
        for text in
            ["root:hunter2@vc01", "https://root:hunter2@vc01/sdk", "https://root:hunter2/x@vc01", "root:hunter2#@vc01"]
        {
            let reason = server(text, "GOVC_USERNAME", "GOVC_PASSWORD").expect_err("refused");
            assert!(reason.contains("GOVC_USERNAME") && !reason.contains("hunter2"), "{reason}");
        }
        assert!(server("http://vc01", "U", "P").is_err());
    }
}
