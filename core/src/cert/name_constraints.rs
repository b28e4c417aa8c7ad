//! Name constraints (RFC 5280 section 4.2.1.10).
//!
//! Read here field by field: x509-parser 0.18 drops `minimum` and `maximum` and keeps a base it cannot read, and either
//! would make a constraint weaker than its issuer meant.

use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::extensions::GeneralName as ParsedGeneralName;
use x509_parser::prelude::FromDer;

use super::GeneralName;
use super::distribution_point::{context, elements};
use super::extension::NameConstraints;

/// The extension's value; `None` when it is not one, or says what RFC 5280 forbids.
pub(super) fn name_constraints(der: &[u8]) -> Option<NameConstraints> {
    let (rest, sequence) = Any::from_der(der).ok()?;
    let mut out = NameConstraints::default();
    let whole = rest.is_empty() && sequence.tag() == Tag::Sequence;
    for field in elements(sequence.data).filter(|_| whole)? {
        match context(&field)? {
            0 => out.permitted = subtrees(field.data)?,
            1 => out.excluded = subtrees(field.data)?,
            _ => return None,
        }
    }
    Some(out)
}

fn subtrees(der: &[u8]) -> Option<Vec<GeneralName>> {
    elements(der)?.iter().map(subtree).collect()
}

fn subtree(subtree: &Any<'_>) -> Option<GeneralName> {
    let (rest, base) = ParsedGeneralName::from_der(subtree.data).ok()?;
    let readable = !matches!(base, ParsedGeneralName::Invalid(..));
    // `minimum` must be zero, its default, and `maximum` absent; a spelled-out zero says the same.
    let no_bounds = matches!(rest, [] | [0x80, 1, 0]);
    (subtree.tag() == Tag::Sequence && readable && no_bounds).then(|| GeneralName::from_parsed(&base))
}
