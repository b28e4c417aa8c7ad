//! What an inventory may say, and what it is told when it says something else.

use vitrust::net::{NetError, ServerTrust};

use super::{Person, read};

const HEAD: &str = "[defaults]\nuser = \"audit\"\npassword_env = \"SECRET\"\n";

fn person() -> Person {
    Person::with(&[("SECRET", "hunter2")])
}

fn refusal(text: &str) -> String {
    let error = read(text, &mut person()).expect_err("refused");
    assert!(matches!(error, NetError::Inventory { .. } | NetError::Credentials { .. }), "{error:?}");
    error.to_string()
}

#[test]
fn numbers_have_bounds() {
    for (line, part) in [
        ("hosts_in_flight = 9223372036854775807", "`hosts_in_flight` is not from 1 to 1024"),
        ("vcenters_in_flight = 0", "`vcenters_in_flight` is not from 1 to 1024"),
    ] {
        let error = refusal(&format!("{line}\n{HEAD}[[vcenter]]\nurl = \"vc01\"\n"));
        assert!(error.contains(part), "{error}");
    }
    for seconds in ["0", "3601"] {
        let error = refusal(&format!("{HEAD}[[vcenter]]\nurl = \"vc01\"\ntimeout_seconds = {seconds}\n"));
        assert!(error.contains("vc01:443") && error.contains("is not from 1 to 3600"), "{error}");
    }
}

#[test]
fn a_password_in_the_wrong_place_is_not_repeated() {
    for line in [
        "password = \"hunter2\"",
        "password_prompt = \"hunter2\"",
        "password_env = \"hunter2!\"",
        "password_file = [\"hunter2\"]",
        "my_password = \"hunter2\"",
        "password = hunter2",
        "table = { password_prompt = \"hunter2\" }",
    ] {
        let error = refusal(&format!("[[vcenter]]\nurl = \"vc01\"\nuser = \"audit\"\n{line}\n"));
        assert!(!error.contains("hunter2"), "{error}");
        assert!(error.contains("password") || error.contains("line 4"), "{error}");
    }
}

/// What is put into any key may be a password, or a URL that carries one.
#[test]
fn no_value_of_an_inventory_is_repeated() {
    let keys = [
        "name",
        "url",
        "user",
        "password",
        "password_env",
        "password_file",
        "password_prompt",
        "ca_file",
        "system_roots",
        "pins",
        "insecure",
        "timeout_seconds",
        "sso_domain",
        "sms_file",
        "hosts",
        "providers",
        "probe_hosts",
    ];
    let values = [
        "\"https://root:hunter2@vc01\"",
        "\"root:hunter2@vc01\"",
        "\"HUNTER2_X\"",
        "\"hunter2/..\"",
        "[\"hunter2\"]",
        "{ hunter2 = \"hunter2\" }",
        "70077007",
        "7007.7007",
        "2007-07-07T07:07:07Z",
        "hunter2",
        "\"hunter2",
    ];
    let shown = |text: &str| match read(text, &mut Person::with(&[])) {
        Ok(_) => String::new(),
        Err(error) => format!("{error} {error:?}").to_lowercase(),
    };
    let mut told = 0;
    for (key, value) in keys.iter().flat_map(|key| values.iter().map(move |value| (key, value))) {
        let rest: String = [("url", "vc01"), ("user", "audit"), ("password_file", "none")]
            .iter()
            .filter(|(other, _)| other != key)
            .map(|(key, value)| format!("{key} = \"{value}\"\n"))
            .collect();
        let table = format!("{key} = {value}\n{rest}");
        let texts = [
            format!("[[vcenter]]\n{table}"),
            format!("[defaults]\n{key} = {value}\n[[vcenter]]\n{rest}"),
            format!(
                "[[vcenter]]\nurl = \"vc01\"\nuser = \"audit\"\npassword_file = \"none\"\n[connect]\n\"a:1\" = {value}\n"
            ),
            format!("{key} = {value}\n"),
        ];
        for text in texts {
            let words = shown(&text);
            // The one who is asked for, and the server's name, are no secrets; a key is named.
            let words = words.replace("unknown field `hunter2`", "");
            let secret =
                ["hunter2", "70077007", "7007.7007", "2007-07-07"].into_iter().find(|part| words.contains(part));
            let is_host = *key == "url" && words.contains("server: \"hunter2");
            assert!(secret.is_none() || is_host, "{text}: {words}");
            told += usize::from(!words.is_empty());
        }
    }
    assert!(told > 500, "{told}");
}

#[test]
fn one_table_says_one_way_to_trust() {
    let ca = "ca_file = \"ca.pem\"\n";
    for (one, other) in
        [("insecure = true\n", ca), ("pins = [\"sha256:00\"]\n", ca), ("insecure = true\n", "pins = [\"sha256:00\"]\n")]
    {
        for text in [
            format!("{HEAD}{one}{other}[[vcenter]]\nurl = \"vc01\"\n"),
            format!("{HEAD}[[vcenter]]\nurl = \"vc01\"\n{one}{other}"),
        ] {
            let error = refusal(&text);
            assert!(error.contains("contradict each other"), "{error}");
        }
    }
}

#[test]
fn the_vcenters_own_way_to_trust_replaces_the_default() {
    let pin = format!("pins = [\"sha256:{}\"]\n", "ab".repeat(32));
    let trust = |defaults: &str, own: &str| {
        let text = format!("{HEAD}{defaults}[[vcenter]]\nurl = \"vc01\"\n{own}");
        read(&text, &mut person()).expect("an inventory").vcenters.remove(0).target.trust
    };
    assert!(matches!(trust("insecure = true\n", &pin), ServerTrust::Pinned(_)));
    assert!(matches!(trust("insecure = true\n", "system_roots = true\n"), ServerTrust::Verified(_)));
    assert!(matches!(trust(&pin, "insecure = true\n"), ServerTrust::Insecure));
    assert!(matches!(trust("insecure = true\n", ""), ServerTrust::Insecure));
}

#[test]
fn a_password_is_asked_for_once_for_each_user() {
    let text = "[defaults]\nuser = \"audit\"\npassword_prompt = true\n[[vcenter]]\nurl = \"vc01\"\n\
                [[vcenter]]\nurl = \"vc02\"\n[[vcenter]]\nurl = \"vc03\"\nuser = \"other\"\n\
                [[vcenter]]\nurl = \"vc04\"\npassword_prompt = true\n";
    let mut person = Person { typed: Some("hunter2"), ..Person::default() };
    read(text, &mut person).expect("an inventory");
    assert_eq!(person.questions, ["Password of audit", "Password of other", "Password of audit at vc04:443"]);
    let error = read(text, &mut Person::default()).expect_err("nobody is there").to_string();
    assert!(error.contains("nobody can be asked"), "{error}");
}

#[test]
fn the_line_of_a_mistake_is_told() {
    let error = refusal("[[vcenter]]\nurl = \"vc01\"\ntimeout = 3\n");
    assert!(error.contains("fleet.toml line 3") && error.contains("timeout"), "{error}");
}

#[test]
fn a_password_file_is_one_line() {
    let folder = super::Folder::new();
    let text = "[[vcenter]]\nurl = \"vc01\"\nuser = \"audit\"\npassword_file = \"secret.txt\"\n";
    let fleet = folder.write("fleet.toml", text);
    for (content, taken) in [("\u{feff}hunter2\r\n", true), ("hunter2", true), ("hun\nter2", false), ("a\u{0}b", false)]
    {
        folder.write("secret.txt", content);
        let read = vitrust::net::Inventory::load(&fleet, &mut Person::default());
        assert_eq!(read.is_ok(), taken, "{content:?}");
    }
}
