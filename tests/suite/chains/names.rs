//! Name comparison (RFC 5280 7.1): string types, case, blanks, order and composition.

use vitrust_factory::{Attribute, Cert, Key, Name, Text};

use super::case::{Case, case};

/// A root of one name and a certificate that names its issuer in another way.
fn ask(name: &str, subject: impl Into<Name>, issuer: impl Into<Name>) -> Case {
    let root = Cert::ca(subject).key(Key::p256(30)).self_signed();
    let leaf = Cert::end_entity("CN=leaf").issuer(issuer).key(Key::p256(31)).issued_by(&root);
    case(name, &[&leaf], &[&root])
}

pub(super) fn cases() -> Vec<Case> {
    let lab = || Name::dn("O=VMware Engineering, CN=CA");
    let in_type = |text: Text| lab().encoded_as(text);
    let different = "issuer-not-found";
    vec![
        ask("the same bytes", lab(), lab()),
        ask("UTF8String and PrintableString", in_type(Text::Utf8), in_type(Text::Printable)),
        ask("PrintableString and TeletexString", in_type(Text::Printable), in_type(Text::Teletex)),
        ask("UTF8String and BMPString", in_type(Text::Utf8), in_type(Text::Bmp)),
        ask("BMPString and UniversalString", in_type(Text::Bmp), in_type(Text::Universal)),
        ask("UTF8String and IA5String", in_type(Text::Utf8), in_type(Text::Ia5)),
        ask("other case", lab(), "O=vmware ENGINEERING, CN=ca"),
        ask("blanks at the ends", lab(), "O= VMware Engineering , CN=CA "),
        ask("runs of blanks", lab(), "O=VMware   Engineering, CN=CA"),
        ask("a blank less", lab(), "O=VMwareEngineering, CN=CA").refused(different),
        ask("parts the wrong way round", lab(), "CN=CA, O=VMware Engineering").refused(different),
        ask("a part more", lab(), "O=VMware Engineering, CN=CA, OU=x").refused(different),
        ask("a part less", lab(), "O=VMware Engineering").refused(different),
        ask("another attribute type", lab(), "O=VMware Engineering, OU=CA").refused(different),
        ask("one part of two attributes is not two parts", lab(), "O=VMware Engineering+CN=CA").refused(different),
        ask(
            "the order within a part",
            Name::parts(&[&[Attribute::new("O", "a"), Attribute::new("CN", "b")]]),
            Name::parts(&[&[Attribute::new("CN", "b"), Attribute::new("O", "a")]]),
        ),
        ask("composed and decomposed letters", "CN=M\u{fc}nchen", "CN=Mu\u{308}nchen"),
        ask("case beyond ASCII", "CN=M\u{fc}nchen", "CN=M\u{dc}NCHEN"),
        ask("another letter", "CN=M\u{fc}nchen", "CN=Munchen").refused(different),
        ask("DC in another case", "DC=vsphere, DC=local", "DC=VSPHERE, DC=Local"),
        ask("an escaped comma", "CN=a\\,b", "CN=a\\,b"),
        ask("an unknown attribute type", "1.2.3.4=x, CN=CA", "1.2.3.4=x, CN=CA"),
    ]
}
