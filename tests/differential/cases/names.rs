//! Distinguished names: how issuer and subject are compared, empty names.

use vitrust_factory::{Attribute, Cert, Key, Name, Text};

use super::super::case::{Cases, Purpose};
use super::{root, root_builder, server_builder, sub_builder};

pub(super) fn add(cases: &mut Cases) {
    comparisons(cases);
    empty(cases);
    long_and_odd(cases);
}

/// The issuer field differs from the subject of the true issuer in its form only, or in its content.
fn comparisons(cases: &mut Cases) {
    let base = "CN=My Root, O=Lab GmbH";
    let encoded = |text| Name::dn(base).encoded_as(text);
    let part = |kind, value, text| Attribute::new(kind, value).text(text);
    let forms: Vec<(&str, Name, Name)> = vec![
        ("printable-for-utf8", encoded(Text::Utf8), encoded(Text::Printable)),
        ("bmp-for-utf8", encoded(Text::Utf8), encoded(Text::Bmp)),
        ("teletex-for-utf8", encoded(Text::Utf8), encoded(Text::Teletex)),
        ("universal-for-utf8", encoded(Text::Utf8), encoded(Text::Universal)),
        ("ia5-for-utf8", encoded(Text::Utf8), encoded(Text::Ia5)),
        ("bmp-both", encoded(Text::Bmp), encoded(Text::Bmp)),
        ("teletex-both", encoded(Text::Teletex), encoded(Text::Teletex)),
        ("case", base.into(), "CN=MY ROOT, O=lab gmbh".into()),
        ("case-printable", encoded(Text::Printable), Name::dn("CN=MY ROOT, O=lab gmbh").encoded_as(Text::Printable)),
        ("inner-blanks", base.into(), "CN=My   Root, O=Lab GmbH".into()),
        (
            "outer-blanks",
            base.into(),
            Name::parts(&[&[part("CN", " My Root ", Text::Utf8)], &[part("O", "Lab GmbH", Text::Utf8)]]),
        ),
        ("order", base.into(), "O=Lab GmbH, CN=My Root".into()),
        ("multi-valued-order", "CN=My Root+O=Lab".into(), "O=Lab+CN=My Root".into()),
        ("multi-valued-for-two-parts", "CN=My Root, O=Lab".into(), "CN=My Root+O=Lab".into()),
        ("one-part-fewer", base.into(), "CN=My Root".into()),
        ("accent-composed", "CN=R\u{e9}seau".into(), "CN=Re\u{301}seau".into()),
        ("accent-case", "CN=R\u{e9}seau".into(), "CN=R\u{c9}SEAU".into()),
        ("sharp-s", "CN=Stra\u{df}e".into(), "CN=Strasse".into()),
        ("zero-width", base.into(), "CN=My\u{200b} Root, O=Lab GmbH".into()),
        ("other-content", base.into(), "CN=My Rood, O=Lab GmbH".into()),
    ];
    for (name, subject, issuer) in forms {
        let root = Cert::ca(subject).key(Key::p256(1)).self_signed();
        let server = server_builder().issuer(issuer).issued_by(&root);
        cases.add(format!("name/{name}/below-anchor"), &[&server], &[&root]);
    }
    let root = root();
    let sub = sub_builder().subject("CN=My Sub, O=Lab").issued_by(&root);
    let folded = server_builder().issuer("CN=MY  sub, O=LAB").issued_by(&sub);
    cases.add("name/case-and-blanks/below-intermediate", &[&folded, &sub], &[&root]);
    let printable = Name::dn("CN=My Sub, O=Lab").encoded_as(Text::Printable);
    let recoded = server_builder().issuer(printable).issued_by(&sub);
    cases.add("name/printable-for-utf8/below-intermediate", &[&recoded, &sub], &[&root]);
    // Self-signed in fact, but its own two names differ in form.
    let own = root_builder().issuer(Name::dn("CN=Root, O=Lab").encoded_as(Text::Printable)).self_signed();
    let server = server_builder().issued_by(&own);
    cases.add("name/anchor-own-names-differ-in-form", &[&server], &[&own]);
}

fn empty(cases: &mut Cases) {
    let root = root();
    let nameless = || Cert::end_entity(Name::empty()).key(Key::p256(3));
    let with_name = nameless().dns("a.lab.example").issued_by(&root);
    cases.add("name/empty-subject/alt-name-critical", &[&with_name], &[&root]).host("a.lab.example");
    let san = vitrust_factory::oid::SUBJECT_ALT_NAME;
    let not_critical = nameless().dns("a.lab.example").critical(san, false).issued_by(&root);
    cases.add("name/empty-subject/alt-name-not-critical", &[&not_critical], &[&root]).host("a.lab.example");
    let nothing = nameless().issued_by(&root);
    cases.add("name/empty-subject/no-alt-name", &[&nothing], &[&root]).purpose(Purpose::Any);
    let nameless_root = Cert::ca(Name::empty()).key(Key::p256(1)).self_signed();
    let server = server_builder().issued_by(&nameless_root);
    cases.add("name/empty-subject/anchor", &[&server], &[&nameless_root]);
    let nameless_sub = Cert::ca(Name::empty()).key(Key::p256(2)).issued_by(&root);
    let server = server_builder().issued_by(&nameless_sub);
    cases.add("name/empty-subject/intermediate", &[&server, &nameless_sub], &[&root]);
}

fn long_and_odd(cases: &mut Cases) {
    let ask = |cases: &mut Cases, name: &str, subject: Name| {
        let root = Cert::ca(subject).key(Key::p256(1)).self_signed();
        let server = server_builder().issued_by(&root);
        cases.add(format!("name/{name}/anchor"), &[&server], &[&root]);
    };
    ask(cases, "very-long", Name::dn(&format!("CN={}", "x".repeat(2000))));
    ask(cases, "country-of-three", Name::dn("CN=x, C=USA"));
    ask(cases, "printable-with-star", Name::dn("CN=*.example").encoded_as(Text::Printable));
    ask(cases, "printable-with-at-and-underscore", Name::dn("CN=a_b@c").encoded_as(Text::Printable));
    ask(cases, "unknown-attribute", Name::dn("1.3.6.1.4.1.32473.5=x"));
    ask(cases, "empty-value", Name::dn("CN="));
    ask(cases, "not-utf8", Name::raw(b"\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03a\xffb"));
}
