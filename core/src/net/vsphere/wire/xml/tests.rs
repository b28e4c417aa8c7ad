//! What is read of XML, and what is an error with its place.

use super::*;

fn parse(document: &[u8]) -> Result<Element, XmlError> {
    super::parse(document, &Stop::never())
}

fn envelope(document: &[u8]) -> Result<Element, XmlError> {
    super::envelope(document, &Stop::never())
}

#[test]
fn prefixes_and_entities_are_read() {
    let text = r#"<?xml version="1.0"?><e:a xmlns:e="x" xmlns:xsi="y"><e:b xsi:type="v:T" n="1&amp;2">x &lt;y&#65;<![CDATA[<z>]]></e:b><b/></e:a>"#;
    let root = parse(text.as_bytes()).expect("well formed");
    assert_eq!((&*root.name, root.children.len()), ("a", 2));
    let first = root.child("b").expect("a child");
    assert_eq!((first.text.as_str(), first.xsi_type(), first.attribute("n")), ("x <yA<z>", Some("T"), Some("1&2")));
    assert_eq!(root.all("b").count(), 2);
}

/// The place and words of the error that a document is.
fn refused(document: &[u8]) -> XmlError {
    let shown = String::from_utf8_lossy(document).chars().take(60).collect::<String>();
    parse(document).expect_err(&shown)
}

#[test]
fn entities_are_never_resolved() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let documents = [
        format!("<!DOCTYPE a [<!ENTITY l0 \"ha\">{laughs}]><a>&l9;</a>"),
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>".to_owned(),
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_owned(),
        "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://h/x.dtd\"> %x;]><a/>".to_owned(),
        "<!DOCTYPE a SYSTEM \"http://h/x.dtd\"><a/>".to_owned(),
        "<!doctype a><a/>".to_owned(),
    ];
    for document in documents {
        let error = refused(document.as_bytes());
        assert_eq!((error.at, error.reason), (0, "a document type, which no answer has"), "{document}");
    }
    for (document, at) in [("<a>&x;</a>", 3), ("<a>&#0;</a>", 3), ("<a>&#x110000;</a>", 3), ("<a>&#xd800;</a>", 3)] {
        assert_eq!(refused(document.as_bytes()).at, at, "{document}");
    }
    for document in ["<a b=\"&x;\"/>", "<a b=\"&#0;\"/>", "<a>&amp</a>"] {
        refused(document.as_bytes());
    }
}

#[test]
fn what_is_larger_than_any_answer_is_an_error_with_a_place() {
    let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(parse(nested(MAXIMUM_DEPTH).as_bytes()).is_ok());
    let error = refused(nested(100_000).as_bytes());
    assert_eq!(error.at, u64::try_from(3 * MAXIMUM_DEPTH).expect("small"), "{error}");
    let attribute = |length: usize| format!("<a><b c=\"{}\"/></a>", "x".repeat(length));
    assert!(parse(attribute(MAXIMUM_ATTRIBUTE).as_bytes()).is_ok());
    assert_eq!(refused(attribute(MAXIMUM_ATTRIBUTE + 1).as_bytes()).at, 3);
    let attributes =
        |count: usize| format!("<a><b {}/></a>", (0..count).map(|n| format!("a{n}=\"\" ")).collect::<String>());
    assert!(parse(attributes(MAXIMUM_ATTRIBUTES).as_bytes()).is_ok());
    assert_eq!(refused(attributes(MAXIMUM_ATTRIBUTES + 1).as_bytes()).at, 3);
    let elements = format!("<a>{}</a>", "<b/>".repeat(MAXIMUM_ELEMENTS));
    assert!(refused(elements.as_bytes()).reason.contains("more elements, or deeper ones"));
    let every = "<b a=\"\" b=\"\" c=\"\" d=\"\" e=\"\"/>";
    let attributes = |count: usize| format!("<a>{}</a>", every.repeat(count / 5));
    assert!(parse(attributes(MAXIMUM_ATTRIBUTES_IN_ALL).as_bytes()).is_ok());
    let error = refused(attributes(MAXIMUM_ATTRIBUTES_IN_ALL + 5).as_bytes());
    assert!(error.reason.contains("more, or longer, attributes"), "{error}");
}

#[test]
fn prefixes_are_bounded_where_they_hold_and_not_in_all() {
    let declaring = |from: usize| (from..from + 64).map(|n| format!("xmlns:p{n}=\"u\" ")).collect::<String>();
    let nested = |depth: usize| {
        let starts: String = (0..depth).map(|level| format!("<a {}>", declaring(64 * level))).collect();
        format!("{starts}<p0:b/>{}", "</a>".repeat(depth))
    };
    assert!(parse(nested(MAXIMUM_DECLARED / 64).as_bytes()).is_ok());
    assert_eq!(refused(nested(MAXIMUM_DECLARED / 64 + 1).as_bytes()).reason, "more prefixes than any answer declares");
    let one_by_one = format!("<a>{}</a>", format!("<b {}><p1:c/></b>", declaring(0)).repeat(100));
    assert!(parse(one_by_one.as_bytes()).is_ok());
    // What an element around declares holds again after one within has ended that declares it too.
    assert!(parse(b"<a xmlns:x=\"u\"><b xmlns:x=\"v\"/><x:c/></a>").is_ok());
}

#[test]
fn a_list_of_bytes_is_kept_as_bytes() {
    let long = format!("<a><byte>45</byte><byte> -45 </byte>{}</a>", "<byte>1</byte>".repeat(MAXIMUM_ELEMENTS));
    let root = parse(long.as_bytes()).expect("bytes are no elements");
    assert_eq!(root.bytes().map(|bytes| (bytes.len(), bytes[0], bytes[1])), Some((MAXIMUM_ELEMENTS + 2, 45, 211)));
    let other = "<a><byte>300</byte><byte/><byte x=\"\">1</byte><byte><b/></byte></a>";
    let root = parse(other.as_bytes()).expect("well formed");
    assert_eq!((root.bytes(), root.children.len()), (None, 4));
}

#[test]
fn reading_ends_when_nobody_waits() {
    let document = format!("<a>{}</a>", "<b/>".repeat(100_000));
    let error = super::parse(document.as_bytes(), &Stop::due()).expect_err("it is stopped");
    assert!(error.is_stopped() && error.at < 10_000, "{error}");
}

#[test]
fn a_long_text_is_kept_whole() {
    let text = "x&amp;".repeat(1 << 20);
    let root = parse(format!("<a>{text}</a>").as_bytes()).expect("well formed");
    assert_eq!(root.text.len(), 2 << 20);
}

#[test]
fn what_is_no_document_is_an_error() {
    let documents =
        ["<a></b>", "<a>", "<a", "<a/><b/>", "x<a/>", "<a/>x", "</a>", "", " ", "\u{0}", "<a b=c/>", "<a b/>"];
    for document in documents {
        refused(document.as_bytes());
    }
    refused(b"<a b=\"1\" b=\"2\"/>");
    let error = refused(b"<a>x\xff</a>");
    assert_eq!((error.at, error.reason), (4, "it is not UTF-8"));
    refused(&[0xff, 0xfe, b'<', 0, b'a', 0, b'/', 0, b'>', 0]);
}

#[test]
fn a_prefix_stands_for_a_namespace() {
    for (document, at) in [("<x:a/>", 0), ("<a x:b=\"\"/>", 0), ("<a><b xmlns:x=\"u\"/><x:c/></a>", 19)] {
        let error = refused(document.as_bytes());
        assert_eq!(error.to_string(), format!("at byte {at}: a prefix stands for no namespace: `x`"), "{document}");
    }
    for document in ["<a xmlns:x=\"u\"><x:b/><b x:c=\"\"/></a>", "<a xml:lang=\"en\"/>", "<x:a xmlns:x=\"u\"/>"] {
        assert!(parse(document.as_bytes()).is_ok(), "{document}");
    }
}

#[test]
fn an_envelope_is_that_of_soap() {
    for document in
        [format!("<s:Envelope xmlns:s=\"{SOAP}\"/>"), format!("<Envelope xmlns=\"{SOAP}\"/>"), "<versions/>".to_owned()]
    {
        assert!(envelope(document.as_bytes()).is_ok(), "{document}");
    }
    let wrong = ["<Envelope/>", "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"/>"];
    for document in wrong {
        let error = envelope(document.as_bytes()).expect_err(document);
        assert!(error.to_string().starts_with("at byte 0: its envelope is of another namespace: `"), "{error}");
    }
}
