//! Writes classes: properties with their names in JSON, times read once, arrays that start empty, and what a row finds in the
//! tables of its report.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::classes::{self, Class, Except, File};
use super::head;
use super::names::{camel, pascal, sentence};
use super::schemas::{Definitions, Field, Kind, fields};

/// What a row finds in a table of its report: the property it is put into, its type, the method of `Tables` that finds it, and
/// what the reference is.
struct Tabled {
    property: String,
    kind: &'static str,
    method: &'static str,
    reference: &'static str,
}

/// A class with all that is known of it.
struct Known<'d> {
    class: &'static Class,
    description: String,
    fields: Vec<(String, Field)>,
    definitions: &'d Definitions,
}

/// The text of a file. What cannot be written is an error that says why.
pub(super) fn write(file: &File, definitions: &Definitions) -> Result<String, String> {
    let mut text = head(file.job);
    text.push_str("using System;\nusing System.Collections.Generic;\nusing System.Runtime.Serialization;\n\nnamespace VITrust\n{\n");
    let all = file.classes.iter().map(|class| Known::new(class, definitions)?.text());
    text.push_str(&all.collect::<Result<Vec<_>, _>>()?.join("\n"));
    text.push_str("}\n");
    Ok(text)
}

/// Lists of the classes that have none by hand: every value as a view may show it. Without one, PowerShell would print the values
/// as they are.
pub(super) fn lists(by_hand: &str, definitions: &Definitions) -> Result<String, String> {
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Lists of rows and their parts: every value as a view may show it. \
         Written by `BLESS=1 cargo test -p vitrust-tests generated`;\n     do not edit. -->\n<Configuration>\n  <ViewDefinitions>\n"
        .to_owned();
    let has_list = |name: &str| {
        let mut views = by_hand.split("<View>").filter(|view| view.contains("<ListControl>"));
        views.any(|view| view.contains(&format!("<TypeName>VITrust.{name}</TypeName>")))
    };
    for class in classes::FILES.iter().flat_map(|file| file.classes) {
        if class.is_asked() || class.is_inner() || has_list(class.name) {
            continue;
        }
        let known = Known::new(class, definitions)?;
        let _ = write!(
            text,
            "    <View>\n      <Name>VITrust.{0}</Name>\n      <ViewSelectedBy>\n        <TypeName>VITrust.{0}</TypeName>\n        \
             <TypeName>Deserialized.VITrust.{0}</TypeName>\n      </ViewSelectedBy>\n      <ListControl>\n        <ListEntries>\n          \
             <ListEntry>\n            <ListItems>\n",
            class.name
        );
        for (name, field) in &known.fields {
            let shown = tabled(name, field).map_or_else(|| known.name(name), |found| found.property);
            let _ = writeln!(
                text,
                "              <ListItem><Label>{shown}</Label><ScriptBlock>[VITrust.View]::Text($_.{shown})</ScriptBlock></ListItem>"
            );
        }
        text.push_str("            </ListItems>\n          </ListEntry>\n        </ListEntries>\n      </ListControl>\n    </View>\n");
    }
    text.push_str("  </ViewDefinitions>\n</Configuration>\n");
    Ok(text)
}

/// The class that stands for a definition.
fn class_of(definition: &str) -> Result<&'static Class, String> {
    let mut all = classes::FILES.iter().flat_map(|file| file.classes);
    all.find(|class| class.from.contains(&definition)).ok_or_else(|| {
        format!("no class stands for `{definition}`: add one to tests/suite/csharp/generated/classes.rs")
    })
}

impl<'d> Known<'d> {
    fn new(class: &'static Class, definitions: &'d Definitions) -> Result<Self, String> {
        let parts = class.from.iter().map(|name| fields(name, definitions)).collect::<Result<Vec<_>, _>>()?;
        let mut all: BTreeMap<String, Field> = BTreeMap::new();
        for (name, field) in parts.iter().flatten() {
            let has_all = parts.iter().all(|part| part.contains_key(name));
            let is_required = field.is_required && has_all;
            let is_common = field.is_common && has_all;
            all.entry(name.clone()).or_insert(Field { is_required, is_common, ..field.clone() });
        }
        let mut fields: Vec<(String, Field)> = all.into_iter().collect();
        let first: Vec<&str> = class.first.split_whitespace().collect();
        fields.sort_by_key(|(name, _)| first.iter().position(|first| first == name).unwrap_or(first.len()));
        if let Some(gone) = first.iter().find(|first| !fields.iter().any(|(name, _)| name == *first)) {
            return Err(format!("{}: `{gone}` is in the table of classes and in no schema", class.name));
        }
        let written = definitions[class.from[0]]["description"].as_str().unwrap_or_default();
        if written.is_empty() {
            return Err(format!("{}: its definition has no description", class.name));
        }
        Ok(Self { class, description: written.to_owned(), fields, definitions })
    }

    fn text(&self) -> Result<String, String> {
        let class = self.class;
        let access = if class.is_inner() { "internal" } else { "public" };
        let fill = self.fill()?;
        let mut bases = Vec::new();
        if class.kind == classes::Kind::Row {
            bases.push("Row");
        }
        if !fill.is_empty() {
            bases.push("ITabled");
        }
        let bases = if bases.is_empty() { String::new() } else { format!(" : {}", bases.join(", ")) };
        let mut text = format!("    /// <summary>{}</summary>\n    [DataContract]\n", sentence(&self.description));
        let _ = writeln!(text, "    {access} sealed partial class {}{bases}\n    {{", class.name);
        for (name, field) in &self.fields {
            text.push_str(&self.property(name, field)?);
        }
        if !fill.is_empty() {
            let _ = writeln!(text, "\n        void ITabled.Fill(Tables tables)\n        {{\n{fill}        }}");
        }
        if class.kind == classes::Kind::Row {
            text.push_str(&self.parsed());
        }
        text.push_str(&self.begin()?);
        text.push_str("    }\n");
        Ok(text)
    }

    fn property(&self, name: &str, field: &Field) -> Result<String, String> {
        let class = self.class;
        let shown = self.name(name);
        let description = sentence(self.exception(Except::doc, name).unwrap_or(&field.description));
        if description.is_empty() {
            return Err(format!("{}.{name} has no description", class.name));
        }
        let emit = if field.is_required && !class.is_asked() { "" } else { ", EmitDefaultValue = false" };
        let member = format!("[DataMember(Name = \"{name}\"{emit})]");
        let kind = self.kind(name, field)?;
        let comes = if class.kind == classes::Kind::Row { "Parse(); " } else { "" };
        if field.kind == Kind::Moment {
            let utc = description.trim_end_matches('.').to_owned() + "; UTC.";
            return Ok(moment(&member, &kind, name, &shown, &utc, comes));
        }
        if let Kind::Ranked(rank) = &field.kind
            && !class.is_asked()
        {
            return Ok(ranked(&member, (&kind, rank), name, &shown, &description, comes));
        }
        let Some(found) = tabled(name, field) else {
            return Ok(plain(&format!("{member} "), &kind, &shown, &description, comes));
        };
        let is_found = plain("", found.kind, &found.property, &description, comes).replace(" set;", " internal set;");
        let is_found = is_found.replace(" set {", " internal set {");
        Ok(is_found + &plain(&format!("{member} "), &kind, &shown, found.reference, comes))
    }

    /// The fields that a row has in C#.
    fn own(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (name, field) in &self.fields {
            match &field.kind {
                Kind::Moment => all.push(camel(name)),
                Kind::Ranked(_) => all.push(camel(name)),
                _ => {
                    all.extend(tabled(name, field).map(|found| own(&found.property)));
                    all.push(own(&self.name(name)));
                }
            }
        }
        all
    }

    /// How a row reads itself when one of its properties is first looked at.
    fn parsed(&self) -> String {
        let name = self.class.name;
        let mut text = format!(
            "\n        internal override Row Parsed(byte[] json) {{ return Json.Read<{name}>(json); }}\n\n        \
             internal override void Take(Row parsed)\n        {{\n            {name} from = ({name})parsed;\n"
        );
        for field in self.own() {
            let _ = writeln!(text, "            {field} = from.{field};");
        }
        text.push_str("        }\n");
        text
    }

    /// What stands for a property in the place of the rule.
    fn exception(&self, of: impl Fn(Except, &str) -> Option<&'static str>, name: &str) -> Option<&'static str> {
        self.class.except.iter().find_map(|one| of(*one, name))
    }

    fn name(&self, name: &str) -> String {
        self.exception(Except::name, name).map_or_else(|| pascal(name), str::to_owned)
    }

    /// The type of a property in C#.
    fn kind(&self, name: &str, field: &Field) -> Result<String, String> {
        if let Some(other) = self.exception(Except::kind, name) {
            return Ok(other.to_owned());
        }
        let is_named = self.class.except.iter().any(|one| matches!(one, Except::Null(of) if *of == name));
        let is_unset = self.class.is_asked() && field.kind == Kind::Moment;
        let may_be_null = field.is_nullable || !field.is_common || is_named || is_unset;
        let kind = self.plain(&field.kind)?;
        let is_rank = matches!(field.kind, Kind::Ranked(_)) && !self.class.is_asked();
        let is_value = is_rank || matches!(field.kind, Kind::Moment | Kind::Flag | Kind::Whole(_) | Kind::Number);
        Ok(if is_value && may_be_null { kind + "?" } else { kind })
    }

    fn plain(&self, kind: &Kind) -> Result<String, String> {
        Ok(match kind {
            Kind::Text | Kind::CertificateId => "string".to_owned(),
            Kind::Moment => "DateTime".to_owned(),
            Kind::Flag => "bool".to_owned(),
            // PowerShell's own whole numbers are of 32 bits, and no option is larger.
            Kind::Whole(is_small) => if *is_small || self.class.is_asked() { "int" } else { "long" }.to_owned(),
            Kind::Number => "double".to_owned(),
            Kind::Object(name) => class_of(name)?.name.to_owned(),
            Kind::Many(kind) if self.class.is_asked() => self.plain(kind)? + "[]",
            // An array would be the name of its type in a CSV.
            Kind::Many(kind) => format!("Many<{}>", self.plain(kind)?),
            Kind::Texts => "Dictionary<string, string>".to_owned(),
            Kind::Ranked(_) if self.class.is_asked() => "string".to_owned(),
            Kind::Ranked(name) => name.clone(),
        })
    }

    /// What a row finds in the tables of its report, by itself and by its parts.
    fn fill(&self) -> Result<String, String> {
        let mut lines = String::new();
        for (name, field) in &self.fields {
            let shown = self.name(name);
            if let Some(found) = tabled(name, field) {
                let _ = writeln!(lines, "            {} = tables.{}({shown});", found.property, found.method);
            } else if let Kind::Object(definition) = of_one(&field.kind)
                && !Known::new(class_of(definition)?, self.definitions)?.fill()?.is_empty()
            {
                let _ = writeln!(lines, "            tables.Fill({shown});");
            }
        }
        Ok(lines)
    }

    /// What holds before anything was read: no array is null.
    fn begin(&self) -> Result<String, String> {
        let mut lines = String::new();
        if self.class.is_asked() {
            return Ok(lines);
        }
        for (name, field) in &self.fields {
            let is_array = matches!(field.kind, Kind::Many(_));
            if let Some(found) = tabled(name, field) {
                if found.kind.starts_with("Many<") {
                    let _ = writeln!(lines, "            {} = new {}();", found.property, found.kind);
                }
            } else if is_array && field.is_common && !field.is_nullable {
                let kind = self.kind(name, field)?;
                let _ = writeln!(lines, "            {} = new {kind}();", self.name(name));
            }
        }
        let starts = self.class.except.contains(&Except::Starts);
        if starts {
            lines.push_str("            Starting();\n");
        }
        if lines.is_empty() {
            return Ok(lines);
        }
        let hook = if starts { "\n        partial void Starting();\n" } else { "" };
        Ok(format!(
            "{hook}\n        [OnDeserializing]\n        private void Begin(StreamingContext context)\n        {{\n{lines}        }}\n"
        ))
    }
}

fn comment(text: &str) -> String {
    format!("        /// <summary>{text}</summary>\n")
}

/// The field behind a property of a row.
fn own(shown: &str) -> String {
    format!("own{shown}")
}

/// A property; that of a row reads the row first.
fn plain(member: &str, kind: &str, shown: &str, description: &str, comes: &str) -> String {
    let comment = comment(description);
    if comes.is_empty() {
        return format!("{comment}        {member}public {kind} {shown} {{ get; set; }}\n");
    }
    let own = own(shown);
    format!(
        "        private {kind} {own};\n{comment}        {member}public {kind} {shown} {{ get {{ {comes}return {own}; }} set {{ {comes}{own} = value; }} }}\n"
    )
}

/// A time: its text as it is written, and its value, which is read once.
fn moment(member: &str, kind: &str, name: &str, shown: &str, description: &str, comes: &str) -> String {
    let own = camel(name);
    let value = if kind == "DateTime" { ".GetValueOrDefault()" } else { "" };
    let set = format!("set {{ {comes}{own} = new Moment(value); }}");
    format!(
        "        private Moment {own};\n        {member} private string {shown}Text {{ get {{ {comes}return {own}.Text; }} {set} }}\n\
         {}        public {kind} {shown} {{ get {{ {comes}return {own}.Time{value}; }} {set} }}\n",
        comment(description)
    )
}

/// A rank: its word as it is written, and its value, which is read once.
fn ranked(member: &str, (kind, rank): (&str, &str), name: &str, shown: &str, description: &str, comes: &str) -> String {
    let own = camel(name);
    let value = if kind == rank { ".GetValueOrDefault()" } else { "" };
    format!(
        "        private {rank}? {own};\n        {member} private string {shown}Text {{ get {{ {comes}return Ranks.Word({own}); }} \
         set {{ {comes}{own} = Ranks.Read{rank}(value); }} }}\n\
         {}        public {kind} {shown} {{ get {{ {comes}return {own}{value}; }} set {{ {comes}{own} = value; }} }}\n",
        comment(description)
    )
}

/// What a reference to a table of the report stands for; nothing where a property is no such reference.
fn tabled(name: &str, field: &Field) -> Option<Tabled> {
    let (property, kind, method, reference) = match &field.kind {
        Kind::CertificateId => (
            pascal(name.strip_suffix("_id")?),
            "CertificateRecord",
            "Certificate",
            "What it is called in the table of certificates of the report.",
        ),
        Kind::Many(one) if **one == Kind::CertificateId => (
            pascal(name.strip_suffix("_ids")?) + "s",
            "Many<CertificateRecord>",
            "Certificates",
            "What they are called in the table of certificates of the report.",
        ),
        Kind::Many(_) if name == "rejection_ids" => (
            "Rejections".to_owned(),
            "Many<Rejection>",
            "Rejections",
            "Their positions in the table of rejections of the report, from 0.",
        ),
        Kind::Text
        | Kind::Moment
        | Kind::Flag
        | Kind::Whole(_)
        | Kind::Number
        | Kind::Object(_)
        | Kind::Many(_)
        | Kind::Texts
        | Kind::Ranked(_) => return None,
    };
    Some(Tabled { property, kind, method, reference })
}

/// What an array holds; of anything else itself.
fn of_one(kind: &Kind) -> &Kind {
    if let Kind::Many(one) = kind { one } else { kind }
}

/// The definitions with one more property of one of them, and all that is written then.
#[cfg(test)]
fn with(definition: &str, name: &str, property: serde_json::Value) -> Result<String, String> {
    let mut definitions = super::schemas::all();
    definitions.get_mut(definition).expect("a definition")["properties"][name] = property;
    classes::FILES.iter().map(|file| write(file, &definitions)).collect()
}

#[test]
fn a_new_field_needs_nothing_by_hand() {
    let described = |mut schema: serde_json::Value| {
        schema["description"] = "What is new. And more.".into();
        schema
    };
    let new = |schema| with("CellName", "new_vcenter", described(schema)).expect("a known shape");
    let text = new(serde_json::json!({ "type": ["integer", "null"], "format": "uint64" }));
    assert!(text.contains(
        "        /// <summary>What is new.</summary>\n        \
         [DataMember(Name = \"new_vcenter\", EmitDefaultValue = false)] public long? NewVCenter { get; set; }\n"
    ));
    let text = new(serde_json::json!({ "type": "array", "items": { "$ref": "#/$defs/Break" } }));
    assert!(
        text.contains("public Many<Break> NewVCenter { get; set; }")
            && text.contains("NewVCenter = new Many<Break>();")
    );
    let text = new(serde_json::json!({ "$ref": "#/$defs/Evidence" }));
    assert!(text.contains("sealed partial class CellName : ITabled") && text.contains("tables.Fill(NewVCenter);"));
}

#[test]
fn what_cannot_be_written_says_why() {
    let refused = |schema| with("CellName", "new", schema).expect_err("no such property can be written");
    let text = "What is new.";
    let unknown = refused(serde_json::json!({ "description": text, "type": "object" }));
    assert!(unknown.starts_with("CellName.new: `") && unknown.contains("of no known shape"), "{unknown}");
    let homeless = refused(serde_json::json!({ "description": text, "$ref": "#/$defs/StoreDescription" }));
    assert!(homeless.starts_with("no class stands for `StoreDescription`: add one to "), "{homeless}");
    assert_eq!(refused(serde_json::json!({ "type": "string" })), "CellName.new has no description");
}
