//! What a certificate that vCenter is to make, or to ask for, says of itself.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The fields of a certificate request. What is not given is filled in by the server or, if required, refused as missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CertificateRequest {
    /// Bits of the RSA key; 3072 by default.
    pub key_size: Option<u32>,
    /// CN; by default the name under which vCenter was installed.
    pub common_name: Option<String>,
    /// O.
    pub organization: Option<String>,
    /// OU.
    pub organization_unit: Option<String>,
    /// L.
    pub locality: Option<String>,
    /// ST.
    pub state_or_province: Option<String>,
    /// C: two letters.
    pub country: Option<String>,
    /// The contact's address.
    pub email_address: Option<String>,
    /// Further DNS names and addresses.
    pub subject_alternative_names: Vec<String>,
}

impl CertificateRequest {
    /// The fields as the API names them.
    pub(super) fn fields(&self) -> Value {
        let texts = [
            ("common_name", &self.common_name),
            ("organization", &self.organization),
            ("organization_unit", &self.organization_unit),
            ("locality", &self.locality),
            ("state_or_province", &self.state_or_province),
            ("country", &self.country),
            ("email_address", &self.email_address),
        ];
        let given = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::from(text.as_deref()?))));
        let mut fields: Map<String, Value> = given.collect();
        if let Some(size) = self.key_size {
            fields.insert("key_size".to_owned(), Value::from(size));
        }
        if !self.subject_alternative_names.is_empty() {
            fields.insert("subject_alt_name".to_owned(), Value::from(self.subject_alternative_names.clone()));
        }
        Value::Object(fields)
    }
}
