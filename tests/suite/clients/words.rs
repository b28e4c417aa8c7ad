//! What errors repeat of a server's answer: what helps, and no more than a person reads.

use vitrust::net::fuzzing::{enveloped, scripted};

/// An envelope with a fault of this type.
fn fault(kind: &str, fields: &str, words: &str) -> Vec<u8> {
    let content = format!(
        "<s:Fault><faultstring>{words}</faultstring><detail><{kind}Fault xmlns:xsi=\"i\" xsi:type=\"{kind}\">{fields}\
         </{kind}Fault></detail></s:Fault>"
    );
    let envelope = String::from_utf8(enveloped("X", b"")).expect("text");
    envelope.replace("<XResponse></XResponse>", &content).into_bytes()
}

#[test]
fn an_object_that_is_gone_is_named_and_not_the_method() {
    let answer = fault("ManagedObjectNotFound", "<obj type=\"HostCertificateManager\">m-1</obj>", "gone");
    let shown = scripted(move |what| (what == "ListCACertificates").then(|| (500, answer.clone())));
    assert!(shown.contains("NotFound { server: \"vc01:443\", what: \"HostCertificateManager:m-1\" }"), "{shown}");
}

#[test]
fn texts_of_a_server_are_bounded_in_errors() {
    let long = "x".repeat(60_000);
    let answers = [
        fault(&long, "", &long),
        fault("NoPermission", &format!("<object>{long}</object><privilegeId>{long}</privilegeId>"), &long),
        fault("ManagedObjectNotFound", &format!("<obj type=\"{long}\">{long}</obj>"), &long),
        fault("SSLVerifyFault", &format!("<thumbprint>{long}</thumbprint>"), &long),
        fault("InvalidLogin", "", &long),
        enveloped(&long, b""),
        format!("<{long}/>").into_bytes(),
        format!("<a></{long}>").into_bytes(),
        format!("<a {long}></a>").into_bytes(),
        format!("<{long}:a/>").into_bytes(),
    ];
    for (number, answer) in answers.into_iter().enumerate() {
        for operation in ["QueryOptions", "QueryProviderInfo", "ListCACertificates"] {
            let answer = answer.clone();
            let shown = scripted(move |what| (what == operation).then(|| (500, answer.clone())));
            // A provider that is gone is none.
            let told = shown.contains("Err(") || shown.contains("failure: Some(") || shown.contains("Ok([]) Ok(Tls");
            assert!(told, "{number} {operation}: {shown:.5000}");
            // Each is shown with what else a session brings.
            assert!(shown.len() < 12_000, "{number} {operation}: {}: {shown:.3000}", shown.len());
        }
    }
    let long = format!("<returnval><objects><missingSet><path>{long}</path></missingSet></objects></returnval>");
    let page = enveloped("RetrievePropertiesEx", long.as_bytes());
    let shown = scripted(move |what| (what == "RetrievePropertiesEx").then(|| (200, page.clone())));
    assert!(shown.contains("Missing {") && shown.len() < 12_000, "{}", shown.len());
}
