//! Servers that repeat a password in what they answer, in each form and at each place: no message shows it.

use vitrust::net::fuzzing::{enveloped, told_with};

const SECRET: &str = "hunter2 &<é>\"%'\\pass/x";

/// Every operation whose answer may be an error. Those from `Login` on see every form.
const OPERATIONS: [&str; 16] = [
    "GET vimServiceVersions.xml",
    "RetrieveServiceContent",
    "CreateContainerView",
    "ContinueRetrievePropertiesEx",
    "ListCACertificates",
    "QueryProvider",
    "Login",
    "QueryOptions",
    "RetrievePropertiesEx",
    "QueryProviderInfo",
    "POST /api/session",
    "/trusted-root-chains",
    "/trusted-root-chains/A",
    "/vcenter/tls",
    "/signing-certificate",
    "/tls-csr",
];

/// How many operations see some forms alone: their answers take the same ways.
const FEW: usize = 6;

fn each(form: impl Fn(char) -> String) -> String {
    SECRET.chars().map(form).collect()
}

/// The secret as servers, proxies and their pages write it.
fn forms() -> Vec<String> {
    let xml = SECRET.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let json = serde_json::to_string(SECRET).expect("text").trim_matches('"').to_owned();
    let percent: String = SECRET.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let base64 = |text: &str| base64_simd::STANDARD.encode_to_string(text);
    vec![
        SECRET.to_owned(),
        SECRET.to_uppercase(),
        xml.clone(),
        xml.replace('&', "&amp;"),
        each(|c| format!("&#{};", u32::from(c))),
        each(|c| format!("&#x{:X};", u32::from(c))),
        json.clone(),
        each(|c| format!("\\u{:04x}", u32::from(c))),
        percent.clone(),
        percent.to_uppercase(),
        percent.replace('%', "%25"),
        base64(SECRET),
        base64(&format!("u:{SECRET}")),
        base64(&format!("Basic realm {SECRET} end")).to_uppercase(),
        SECRET.bytes().map(|byte| format!("{byte:02x}")).collect(),
    ]
}

/// What shows in a text of the secret, whichever form it had.
fn shown_part(text: &str) -> Option<&'static str> {
    let (lower, plain) = (text.to_lowercase(), text.replace("\\\\", "\\").to_lowercase());
    let parts = ["hunter2", "pass/x", "%68%75%6e", "%2568%2575", "&#104;&#117;", "&#x68;&#x75;", "u0068", "68756e74"];
    let base64 = ["ahvudgvymi", "h1bnrlc", "odw50zxi", "dtpodw50"];
    parts.into_iter().chain(base64).find(|part| lower.contains(part) || plain.contains(part))
}

/// A status and a body that hold the words, one for each place.
fn places(operation: &str, words: &str) -> Vec<(u16, Vec<u8>)> {
    let text = words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    // A name holds no more than this, so a server that hides the secret in one writes it in digits.
    let is_name = words.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let digits = || SECRET.bytes().map(|byte| format!("{byte:02x}")).collect();
    let name: String = if is_name { words.to_owned() } else { digits() };
    let json = serde_json::to_string(words).expect("text");
    let long = format!("{}{text}", "x".repeat(490));
    let fault = |kind: &str, fields: &str, words: &str| {
        let detail = format!("<detail><f xmlns:xsi=\"i\" xsi:type=\"{kind}\">{fields}</f></detail>");
        let fault = format!("<s:Fault><faultstring>{words}</faultstring>{detail}</s:Fault>");
        let envelope = String::from_utf8(enveloped("X", b"")).expect("text");
        envelope.replace("<XResponse></XResponse>", &fault).into_bytes()
    };
    let mut all = vec![
        (500, words.as_bytes().to_vec()),
        (200, format!("<html><body>{text}</body></html>").into_bytes()),
        (401, format!("<html>{words}</html>").into_bytes()),
        (302, format!("https://vc02/{words}").into_bytes()),
        (307, format!("https://{name}/").into_bytes()),
        (200, format!("<{name}/>").into_bytes()),
        (200, format!("<{name}:a/>").into_bytes()),
        (200, format!("<a></b{name}>").into_bytes()),
        (200, format!("<Envelope xmlns=\"{text}\"/>").into_bytes()),
        (200, enveloped(&name, b"")),
        (500, format!("{{\"error_type\": \"ERROR\", \"messages\": [{{\"default_message\": {json}}}]}}").into_bytes()),
        (500, format!("{{\"error_type\": {json}, \"messages\": []}}").into_bytes()),
        (
            401,
            format!("{{\"error_type\": \"UNAUTHENTICATED\", \"messages\": [{{\"default_message\": {json}}}]}}")
                .into_bytes(),
        ),
        (200, format!("{{{json}: 1}}").into_bytes()),
        (200, format!("[{json}").into_bytes()),
    ];
    for kind in ["InvalidLogin", "NotAuthenticated", "SystemError", &text, &name] {
        all.push((500, fault(kind, "", &text)));
        all.push((500, fault(kind, "", &long)));
    }
    let fields = |name: &str| format!("<{name}>{text}</{name}>");
    all.push((500, fault("NoPermission", &(fields("object") + &fields("privilegeId")), "")));
    all.push((500, fault("ManagedObjectNotFound", &format!("<obj type=\"{text}\">{text}</obj>"), "")));
    all.push((500, fault("SSLVerifyFault", &(fields("thumbprint") + &fields("certificate")), "")));
    if operation.contains("RetrieveProperties") {
        let missing =
            format!("<missingSet><path>{text}</path><fault><fault xmlns:xsi=\"i\" xsi:type=\"{text}\"/></fault>");
        let page = format!("<returnval><objects>{missing}</missingSet></objects></returnval>");
        all.push((200, enveloped(operation, page.as_bytes())));
    }
    all.extend(facts(operation, &text, words).into_iter().map(|body| (200, body)));
    all
}

/// Sound answers whose names and values are the words.
fn facts(operation: &str, text: &str, words: &str) -> Vec<Vec<u8>> {
    let json = serde_json::to_string(words).expect("text");
    let fields = |names: &[&str]| names.iter().map(|name| format!("<{name}>{text}</{name}>")).collect::<String>();
    let soap = |content: String| vec![enveloped(operation, content.as_bytes())];
    match operation {
        "RetrieveServiceContent" => {
            let about = fields(&["version", "build", "apiVersion", "apiType", "instanceUuid"]);
            let content = ["rootFolder", "propertyCollector", "sessionManager", "setting"];
            soap(format!("<returnval><about>{about}</about>{}</returnval>", fields(&content)))
        }
        "RetrievePropertiesEx" => {
            let property =
                |name: &str, value: &str| format!("<propSet><name>{name}</name><val>{value}</val></propSet>");
            let names = ["name", "runtime.connectionState", "config.certificate", "configManager.certificateManager"];
            let mut properties: String = names.iter().map(|name| property(name, text)).collect();
            properties += &property("config.product", &fields(&["version"]));
            properties += &property("certificateInfo", &fields(&["kind", "subject", "issuer", "status"]));
            soap(format!("<returnval><objects><obj type=\"{text}\">{text}</obj>{properties}</objects></returnval>"))
        }
        "ListCACertificates" => soap(fields(&["returnval", "returnval"])),
        "QueryOptions" => soap(format!("<returnval><key>vpxd.certmgmt.mode</key>{}</returnval>", fields(&["value"]))),
        "QueryProvider" => soap(format!("<returnval type=\"{text}\">{text}</returnval>")),
        "QueryProviderInfo" => {
            let names = ["uid", "name", "url", "certificate", "status", "certificateStatus"];
            let fault = format!("<statusFault><fault xmlns:xsi=\"i\" xsi:type=\"{text}\"/></statusFault>");
            soap(format!("<returnval>{}{fault}</returnval>", fields(&names)))
        }
        "/trusted-root-chains" => {
            let odd = serde_json::to_string(&format!("../{words}")).expect("text");
            vec![format!("[{{\"chain\": {json}}}, {{\"chain\": {odd}}}, {{\"chain\": \"A\"}}]").into_bytes()]
        }
        "/tls-csr" => vec![format!("{{\"csr\": {json}}}").into_bytes()],
        "/trusted-root-chains/A" => {
            vec![format!("{{\"cert_chain\": {{\"cert_chain\": [{json}]}}}}").into_bytes()]
        }
        "/vcenter/tls" => {
            let other = format!("\"subject_dn\": {json}, \"issuer_dn\": {json}, \"thumbprint\": {json}");
            vec![format!("{{\"cert\": {json}, {other}}}").into_bytes()]
        }
        "/signing-certificate" => {
            vec![format!("{{\"active_cert_chain\": {{\"cert_chain\": [{json}]}}}}").into_bytes()]
        }
        _ => Vec::new(),
    }
}

#[test]
fn no_message_repeats_a_password_in_any_form_from_any_place() {
    let mut errors = 0;
    for (number, form) in forms().into_iter().enumerate() {
        for operation in OPERATIONS.into_iter().skip(if number % 5 == 0 { 0 } else { FEW }) {
            for (place, (status, body)) in places(operation, &form).into_iter().enumerate() {
                let sent = (status, body.clone());
                let shown = told_with(SECRET, move |what| {
                    let asked = what == operation || operation.starts_with('/') && what.ends_with(operation);
                    asked.then(|| sent.clone())
                });
                let context = || {
                    format!("form {number}, {operation}, place {place}, {status}: {}", String::from_utf8_lossy(&body))
                };
                assert_eq!(shown_part(&shown), None, "{}: {shown}", context());
                errors += usize::from(shown.contains("Err(") || shown.contains("vc01:443: "));
            }
        }
    }
    assert!(errors > 2_000, "only {errors} answers were errors");
}

/// After a login even a form that nobody thought of is not repeated.
#[test]
fn after_a_login_no_word_of_the_server_is_repeated() {
    for operation in ["Login", "POST /api/session"] {
        for (place, (status, body)) in places(operation, "zebra-backwards-2retnuh").into_iter().enumerate() {
            let context = format!("{operation}, place {place}, {status}: {}", String::from_utf8_lossy(&body));
            let shown = told_with(SECRET, move |what| (what == operation).then(|| (status, body.clone())));
            assert!(!shown.contains("zebra") && !shown.contains("2retnuh"), "{context}: {shown}");
        }
    }
}
