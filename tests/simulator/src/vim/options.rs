//! OptionManager: the settings of vCenter.

use super::allowed;
use crate::route::Context;
use crate::soap::{Call, Fault};
use crate::state::Privilege;
use crate::xml::{escaped, tag};

/// QueryOptions: one setting by its name, or all below a name that ends in a dot.
pub(super) fn query(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::Read))?;
    let name = call.arguments.text_of("name").unwrap_or_default();
    let wanted = |key: &str| key == name || name.is_empty() || name.ends_with('.') && key.starts_with(name);
    let state = context.vcenter().state();
    let found = state.options.iter().filter(|(key, _)| wanted(key)).map(|(key, (kind, value))| {
        let value = escaped(value);
        format!("<returnval>{}<value xsi:type=\"{kind}\">{value}</value></returnval>", tag("key", key))
    });
    let found: String = found.collect();
    if found.is_empty() {
        return Err(invalid_name(name));
    }
    Ok(found)
}

/// UpdateOptions: all of the settings or none.
pub(super) fn update(context: &Context<'_>, call: &Call) -> Result<String, Fault> {
    allowed(context, call, Some(Privilege::Settings))?;
    let mut state = context.vcenter().state();
    let mut options = state.options.clone();
    for changed in call.arguments.all("changedValue") {
        let key = changed.text_of("key").unwrap_or_default();
        let Some((kind, value)) = options.get_mut(key) else { return Err(invalid_name(key)) };
        let text = changed.text_of("value").unwrap_or_default();
        if *kind == "xsd:int" && text.parse::<i32>().is_err() {
            return Err(Fault::invalid_argument("changedValue"));
        }
        text.clone_into(value);
    }
    state.options = options;
    Ok(String::new())
}

fn invalid_name(name: &str) -> Fault {
    Fault::vim("InvalidName", "The specified name is not valid.").with(tag("name", name))
}
