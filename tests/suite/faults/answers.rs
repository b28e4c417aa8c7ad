//! Answers made to hurt, through the whole way from a session to its facts.

use vitrust::net::fuzzing::session;

#[test]
fn json_that_is_made_to_hurt_is_an_error_with_a_place() {
    let cases: [(Vec<u8>, &str); 6] = [
        ("[".repeat(1_000_000).into_bytes(), "recursion limit exceeded at line 1 column 128"),
        ("{\"a\":".repeat(100_000).into_bytes(), "recursion limit exceeded at line 1"),
        (b"[{\"chain\": \"\xff\"}]".to_vec(), "at line 1 column"),
        (b"[{\"chain\": \"A\"}] x".to_vec(), "trailing characters at line 1 column 18"),
        (b"[{\"chain\": \"A\"".to_vec(), "EOF while parsing an object at line 1 column 14"),
        (b"[1e999999]".to_vec(), "number out of range at line 1 column"),
    ];
    for (body, words) in cases {
        let shown = session("trusted-root-chains", 200, &body, false);
        let error = shown.split("Err(Response").nth(1).unwrap_or_else(|| panic!("{words}: {shown}"));
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn json_of_another_shape_is_an_error_and_costs_nothing_else() {
    let lists = [
        ("null", "it is not a list"),
        ("", "it is not a list"),
        ("7", "it is not a list"),
        ("\"x\"", "it is not a list"),
        ("{}", "it is not a list"),
        ("[7]", "entry 0 has no `chain`, or one that is not text"),
    ];
    for (body, words) in lists {
        let shown = session("trusted-root-chains", 200, body.as_bytes(), false);
        let error = shown.split("Err(Response").nth(1).unwrap_or_else(|| panic!("{body}: {shown}"));
        assert!(error.contains(words), "{body}: {error}");
        assert!(shown.contains("Some(\"vmca\")") && shown.contains("esx01"), "{body}: {shown}");
    }
    // One entry costs nothing of the others.
    for (body, words, others) in [
        ("[{\"chain\": \"A\"}, null]", "entry 1 has no `chain`, or one that is not text", 1),
        ("[{}]", "entry 0 has no `chain`, or one that is not text", 0),
        ("[{\"chain\": 7}, {\"chain\": \"A\"}]", "entry 0 has no `chain`, or one that is not text", 1),
    ] {
        let shown = session("trusted-root-chains", 200, body.as_bytes(), false);
        assert!(shown.contains(words) && !shown.contains("Err("), "{body}: {shown}");
        assert_eq!(shown.matches("unreadable: None").count(), others, "{body}: {shown}");
    }
    for body in ["{\"cert_chain\": []}", "{\"cert_chain\": {\"cert_chain\": [7]}}", "null", "", "[]"] {
        let shown = session("trusted-root-chains/A", 200, body.as_bytes(), false);
        assert!(shown.contains("it has no `cert_chain.cert_chain`"), "{body}: {shown}");
    }
    // A list of no roots is an answer.
    let shown = session("trusted-root-chains", 200, b"[]", false);
    assert!(shown.contains("Ok([])") && !shown.contains("Err("), "{shown}");
}

#[test]
fn xml_that_is_made_to_hurt_is_an_error_with_a_place() {
    let inside: [(String, &str); 5] = [
        ("<returnval>&x;</returnval>".to_owned(), "an entity that XML itself does not define"),
        ("<a>".repeat(100_000), "more elements, or deeper ones,"),
        (format!("<returnval a=\"{}\"/>", "x".repeat(70_000)), "more, or longer, attributes"),
        ("<x:returnval/>".to_owned(), "a prefix stands for no namespace"),
        ("<returnval>".to_owned(), "at byte "),
    ];
    for operation in ["QueryOptions", "RetrievePropertiesEx", "QueryProviderInfo", "Login"] {
        for (body, words) in &inside {
            let shown = session(operation, 200, body.as_bytes(), true);
            assert!(shown.contains(words) && shown.contains("at byte "), "{operation} {words}: {shown}");
        }
        let page = "<!DOCTYPE a [<!ENTITY l \"ha\">]><a>&l;</a>";
        let shown = session(operation, 200, page.as_bytes(), false);
        assert!(shown.contains("at byte 0: a document type, which no answer has"), "{operation}: {shown}");
        let other = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body/></s:Envelope>";
        let shown = session(operation, 200, other.as_bytes(), false);
        assert!(shown.contains("its envelope is of another namespace"), "{operation}: {shown}");
    }
}
