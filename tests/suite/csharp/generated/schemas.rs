//! The JSON schemas that classes are written from, and what they say of a property.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use serde_json::Value;
use vitrust::assess::Report;
use vitrust::net::{CollectFailure, Probe};
use vitrust::store::StoreDescription;

use super::forms;

/// Definitions by name.
pub(super) type Definitions = BTreeMap<String, Value>;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// What a certificate is called in the table of its report.
    CertificateId,
    Moment,
    Flag,
    /// A whole number, and whether 32 bits hold it.
    Whole(bool),
    Number,
    /// An object, by the name of its definition.
    Object(String),
    Many(Box<Self>),
    /// Texts by name.
    Texts,
    /// A word that is better or worse than others, by the name of its definition.
    Ranked(String),
}

/// One property of an object.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) kind: Kind,
    /// Whether it may be null.
    pub(super) is_nullable: bool,
    /// Whether it is always written.
    pub(super) is_required: bool,
    /// Whether every form of the object has it.
    pub(super) is_common: bool,
    pub(super) description: String,
}

/// Every definition: of what the library writes, and of what its C ABI reads.
pub(super) fn all() -> Definitions {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.subschema_for::<Report>();
    generator.subschema_for::<Probe>();
    generator.subschema_for::<StoreDescription>();
    generator.subschema_for::<CollectFailure>();
    generator.subschema_for::<forms::Verdict>();
    generator.subschema_for::<forms::InventoryOptions>();
    generator.subschema_for::<forms::ServerSettings>();
    vitrust_c::schemas().into_iter().chain(generator.take_definitions(true)).collect()
}

/// The properties of an object; of a definition with several forms, those of all of them.
pub(super) fn fields(name: &str, definitions: &Definitions) -> Result<BTreeMap<String, Field>, String> {
    let definition = definitions.get(name).ok_or_else(|| format!("no schema has a definition `{name}`"))?;
    let variants = ["oneOf", "anyOf"].iter().filter_map(|key| definition[*key].as_array()).flatten();
    let variants: Vec<&Value> = variants.collect();
    let mut found = BTreeMap::new();
    for form in std::iter::once(definition).chain(variants.iter().copied()) {
        let required: Vec<&str> = form["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, schema) in form["properties"].as_object().into_iter().flatten() {
            let (kind, is_nullable) =
                kind(schema, definitions).map_err(|problem| format!("{name}.{key}: {problem}"))?;
            let has = |variant: &&Value| variant["properties"].get(key).is_some();
            let is_common = std::ptr::eq(form, definition) || variants.iter().all(has);
            let is_required = is_common && required.contains(&key.as_str());
            let description = schema["description"].as_str().unwrap_or_default().to_owned();
            found.entry(key.clone()).or_insert(Field { kind, is_nullable, is_required, is_common, description });
        }
    }
    Ok(found)
}

/// What a value is, and whether it may be null.
fn kind(schema: &Value, definitions: &Definitions) -> Result<(Kind, bool), String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return Ok((referred(name, definitions)?, false));
    }
    if let Some([one, other]) = schema["anyOf"].as_array().map(Vec::as_slice)
        && other["type"] == "null"
    {
        return Ok((kind(one, definitions)?.0, true));
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is_nullable = names.contains(&"null");
    let is_small = matches!(schema["format"].as_str(), Some("int32" | "int16" | "int8" | "uint16" | "uint8"));
    let kind = match names.iter().find(|name| **name != "null").copied() {
        Some("string") => Kind::Text,
        Some("boolean") => Kind::Flag,
        Some("integer") => Kind::Whole(is_small),
        Some("number") => Kind::Number,
        Some("array") => Kind::Many(Box::new(kind(&schema["items"], definitions)?.0)),
        Some("object") if schema["additionalProperties"]["type"] == "string" => Kind::Texts,
        _ => return Err(format!("`{schema}` is of no known shape: tests/suite/csharp/generated/schemas.rs")),
    };
    Ok((kind, is_nullable))
}

/// What a definition is, seen from a property.
fn referred(name: &str, definitions: &Definitions) -> Result<Kind, String> {
    let definition = definitions.get(name).ok_or_else(|| format!("no schema has a definition `{name}`"))?;
    let variants: Vec<&Value> = definition["oneOf"].as_array().into_iter().flatten().collect();
    let is_word = |variant: &&&Value| variant["type"] == "string";
    Ok(match name {
        "Time" => Kind::Moment,
        "CertificateId" => Kind::CertificateId,
        _ if super::ranks::is_ranked(name) => Kind::Ranked(name.to_owned()),
        _ if definition["properties"].is_object() => Kind::Object(name.to_owned()),
        _ if !variants.is_empty() && variants.iter().filter(is_word).count() == variants.len() => Kind::Text,
        _ if !variants.is_empty() => Kind::Object(name.to_owned()),
        _ => kind(definition, definitions)?.0,
    })
}
