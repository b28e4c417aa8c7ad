//! What a request brings: the structure in its body, and the certificates in that.

use serde_json::{Map, Value};
use vitrust::Certificate;
use vitrust::pem::Label;

use super::{ApiError, Form};
use crate::pki::Subject;
use crate::route::Incoming;

/// The structure of a request.
pub(super) struct Body(Map<String, Value>);

impl Body {
    /// Reads the structure, which has no fields but these. `/rest` puts it into a field `spec`. Nothing at all is an
    /// empty structure.
    pub(super) fn read(request: &Incoming, form: Form, structure: &str, fields: &[&str]) -> Result<Self, ApiError> {
        let invalid = |message: String| ApiError::new("INVALID_ARGUMENT", "vapi.json.invalid", message);
        if request.body.trim_ascii().is_empty() {
            return Ok(Self(Map::new()));
        }
        let body: Value = serde_json::from_slice(&request.body).map_err(|error| invalid(error.to_string()))?;
        let body = match form {
            Form::Rest => body.get("spec").cloned().unwrap_or(body),
            Form::Api => body,
        };
        let Value::Object(given) = body else { return Err(invalid("The structure is missing.".to_owned())) };
        let odd: Vec<&str> = given.keys().map(String::as_str).filter(|field| !fields.contains(field)).collect();
        if odd.is_empty() {
            return Ok(Self(given));
        }
        let message = format!("Found unexpected fields [{}] in structure {structure}", odd.join(", "));
        Err(ApiError::new("UNEXPECTED_INPUT", "vapi.data.structure.field.unexpected", message))
    }

    /// The value of a field; `null` is none.
    pub(super) fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field).filter(|value| !value.is_null())
    }

    /// The text of a field.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.value(field).and_then(Value::as_str)
    }

    /// The text of a field that must be there.
    pub(super) fn needed(&self, field: &str) -> Result<&str, ApiError> {
        self.text(field).ok_or_else(|| {
            let message = format!("Missing required field: {field}.");
            ApiError::new("INVALID_ARGUMENT", "vapi.data.structure.field.missing", message)
        })
    }

    /// The certificates of an `X509CertChain`.
    pub(super) fn chain(&self, field: &str) -> Result<Vec<Certificate>, ApiError> {
        let texts = self.value(field).and_then(|chain| chain.get("cert_chain")).and_then(Value::as_array);
        let mut chain = Vec::new();
        for text in texts.into_iter().flatten() {
            chain.extend(certificates(text.as_str().unwrap_or_default())?);
        }
        Ok(chain)
    }

    /// The name a certificate is asked for; what is not said is as VMCA has it.
    pub(super) fn subject(&self, common_name: &str) -> Subject {
        let others = self.value("subject_alt_name").and_then(Value::as_array);
        let others = others.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        Subject::of(|field| self.text(field).map(str::to_owned), common_name, others.collect())
    }
}

/// The fields of a structure that names a subject.
pub(super) const SUBJECT: [&str; 9] = [
    "key_size",
    "common_name",
    "organization",
    "organization_unit",
    "locality",
    "state_or_province",
    "country",
    "email_address",
    "subject_alt_name",
];

/// Every certificate of a PEM text.
pub(super) fn certificates(text: &str) -> Result<Vec<Certificate>, ApiError> {
    const END: &str = "-----END CERTIFICATE-----";
    let invalid = |message: String| ApiError::new("INVALID_ARGUMENT", "com.vmware.certificate.invalid", message);
    let blocks: Vec<&str> = text.split_inclusive(END).filter(|block| block.ends_with(END)).collect();
    if blocks.is_empty() {
        return Err(invalid("The text holds no certificate.".to_owned()));
    }
    let read = |block: &&str| Certificate::from_pem(block.as_bytes()).map_err(|error| invalid(error.to_string()));
    blocks.iter().map(read).collect()
}

/// The private key of a PEM text, PKCS#8 DER.
pub(super) fn private_key(text: &str) -> Result<Vec<u8>, ApiError> {
    let mut blocks = vitrust::pem::sections(text.as_bytes()).filter_map(Result::ok);
    let block = blocks.find(|block| block.label == Label::Other("PRIVATE KEY"));
    block.and_then(|block| block.decode().ok()).ok_or_else(|| {
        let message = "The text holds no private key in the form of PKCS#8.";
        ApiError::new("INVALID_ARGUMENT", "com.vmware.certificate.invalid", message)
    })
}
