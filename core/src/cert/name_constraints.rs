//! Name constraints (RFC 5280 section 4.2.1.10).

use super::der::{Element, Reader, Rule, Unreadable, tag};
use super::extension::NameConstraints;
use super::general_name::{GeneralName, GeneralNames};

/// The extension's value. What RFC 5280 forbids would make a constraint weaker than its issuer meant, and does not read.
pub(super) fn name_constraints(mut value: Reader<'_>) -> Result<NameConstraints, Unreadable> {
    let mut fields = value.sequence()?;
    value.finish();
    let mut list = |number| match fields.optional(tag::context_constructed(number))? {
        Some(list) => subtrees(list.inside()),
        None => Ok(GeneralNames::default()),
    };
    let out = NameConstraints { permitted: list(0)?, excluded: list(1)? };
    if out.permitted.is_empty() && out.excluded.is_empty() {
        fields.tell(Rule::Empty);
    }
    fields.finish();
    Ok(out)
}

fn subtrees(mut list: Reader<'_>) -> Result<GeneralNames, Unreadable> {
    let mut elements = Vec::with_capacity(list.rest().len());
    let mut count = 0;
    list.tell_if_empty();
    while !list.is_at_end() {
        elements.extend(subtree(&list.expect(tag::SEQUENCE)?)?.whole);
        count += 1;
    }
    Ok(GeneralNames::of_elements(elements, count))
}

/// The base of one subtree.
fn subtree<'a>(subtree: &Element<'a>) -> Result<Element<'a>, Unreadable> {
    let mut fields = subtree.inside();
    let base = fields.element()?;
    GeneralName::check(&base)?;
    if GeneralName::of(base.tag, base.content).is_none_or(|name| name.is_unreadable()) {
        return Err(base.unreadable("a constraint is not of its form"));
    }
    // `minimum` must be zero, its default, and `maximum` absent; a spelled-out zero says the same.
    if let Some(minimum) = fields.optional(tag::context(0))? {
        minimum.tell(Rule::Default);
        if minimum.integer() != [0] {
            return Err(minimum.unreadable("a constraint has a minimum"));
        }
    }
    fields.finish();
    Ok(base)
}
