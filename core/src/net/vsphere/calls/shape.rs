//! What arguments and answers look like, told from the types that are read and written.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// One argument of a call, or one field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What it is, for people.
    pub summary: String,
    /// Its type: that of JSON, the name of a record, or `list of` either.
    pub kind: String,
    /// Whether it must be given, or is always there.
    pub required: bool,
}

/// The shape of a type, by its schema.
pub(super) struct Shape(Value);

impl Shape {
    /// The shape of what a caller gives.
    pub(super) fn of_given<T: schemars::JsonSchema>() -> Self {
        Self(schemars::schema_for!(T).to_value())
    }

    /// The shape of what an answer holds.
    pub(super) fn of_answer<T: schemars::JsonSchema>() -> Self {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        Self(settings.into_generator().into_root_schema_for::<T>().to_value())
    }

    /// The fields of an object.
    pub(super) fn fields(&self) -> Vec<Field> {
        self.fields_of(&self.0)
    }

    /// The type in words.
    pub(super) fn kind(&self) -> String {
        let kind = self.kind_of(&self.0);
        if kind.is_empty() { "null".to_owned() } else { kind }
    }

    /// Every record that the type names, itself among them, and of an enumeration the values.
    pub(super) fn records(&self) -> BTreeMap<String, Vec<Field>> {
        let own = self.0["title"].as_str().map(|title| (title, &self.0)).filter(|_| self.0["properties"].is_object());
        let named = self.0["$defs"].as_object().into_iter().flatten().map(|(name, schema)| (name.as_str(), schema));
        let records = own.into_iter().chain(named).map(|(name, schema)| (name.to_owned(), self.fields_of(schema)));
        records.filter(|(_, fields)| !fields.is_empty()).collect()
    }

    fn fields_of(&self, schema: &Value) -> Vec<Field> {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema["properties"].as_object().into_iter().flatten();
        let fields = properties.map(|(name, property)| Field {
            name: name.clone(),
            summary: summary(property),
            kind: self.kind_of(property),
            required: required.contains(&name.as_str()),
        });
        let choices = schema["oneOf"].as_array().into_iter().flatten();
        fields.chain(choices.flat_map(|choice| self.choice(choice))).collect()
    }

    /// A value of an enumeration: a text, or an object with one key.
    fn choice(&self, choice: &Value) -> Vec<Field> {
        let Some(name) = choice["const"].as_str() else {
            let mut fields = self.fields_of(choice);
            fields.iter_mut().for_each(|field| field.summary = summary(choice));
            return fields;
        };
        let (name, kind) = (name.to_owned(), "value".to_owned());
        vec![Field { name, summary: summary(choice), kind, required: false }]
    }

    /// What a schema says of a value's type; `null`, which stands for nothing, is left out.
    fn kind_of(&self, schema: &Value) -> String {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            let plain = self.0["$defs"][name]["type"].as_str().filter(|kind| *kind != "object");
            return plain.unwrap_or(name).to_owned();
        }
        let record = schema["title"].as_str().filter(|_| schema["properties"].is_object());
        let types = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            Value::String(one) => vec![record.unwrap_or(one)],
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
        };
        let items = || format!("list of {}", self.kind_of(&schema["items"]));
        let types = types.into_iter().map(|name| if name == "array" { items() } else { name.to_owned() });
        let choices = schema["anyOf"].as_array().into_iter().flatten().map(|choice| self.kind_of(choice));
        types.chain(choices).filter(|name| !matches!(name.as_str(), "" | "null")).collect::<Vec<_>>().join(" or ")
    }
}

fn summary(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ")
}
