//! Certificate management: trusted root chains, the Machine SSL and the token signing certificate.

use hyper::StatusCode;
use serde_json::{Value, json};
use vitrust::Certificate;

use super::{Answer, ApiError, Form, allowed};
use crate::route::{Context, Incoming};
use crate::state::{AddRootError, Privilege};

/// Answers what lies below `certificate-management/vcenter/`.
pub(super) fn answer(context: &Context<'_>, request: &Incoming, form: Form, rest: &str) -> Answer {
    match (request.method.as_str(), rest.split_once('/')) {
        ("GET", None) if rest == "trusted-root-chains" => list(context),
        ("POST", None) if rest == "trusted-root-chains" => create(context, request, form),
        ("GET", Some(("trusted-root-chains", id))) => get(context, id),
        ("DELETE", Some(("trusted-root-chains", id))) => delete(context, id),
        ("GET", None) if rest == "tls" => tls(context),
        ("GET", None) if rest == "signing-certificate" && context.vcenter().version.has_api() => signing(context),
        _ => Err(ApiError::new(
            "OPERATION_NOT_FOUND",
            "com.vmware.vapi.rest.httpNotFound",
            format!("Not found: {} {}", request.method, request.path),
        )),
    }
}

fn list(context: &Context<'_>) -> Answer {
    allowed(context, Privilege::Read)?;
    let state = context.vcenter().state();
    let chains: Vec<Value> = state.trust.directory.keys().map(|id| json!({ "chain": id })).collect();
    Ok((StatusCode::OK, Value::Array(chains)))
}

fn get(context: &Context<'_>, id: &str) -> Answer {
    allowed(context, Privilege::Read)?;
    let state = context.vcenter().state();
    let Some(published) = state.trust.directory.get(id) else { return Err(missing(id)) };
    let mut texts: Vec<String> = published.chain.iter().map(Certificate::to_pem).collect();
    // The directory keeps a CA's revocation list beside it, and both come as one text.
    if let (Some(first), Some(crl)) = (texts.first_mut(), &published.crl) {
        first.push_str(crl);
    }
    Ok((StatusCode::OK, json!({ "cert_chain": { "cert_chain": texts } })))
}

fn delete(context: &Context<'_>, id: &str) -> Answer {
    allowed(context, Privilege::Roots)?;
    if context.vcenter().state().trust.unpublish(id) {
        return Ok((StatusCode::NO_CONTENT, Value::Null));
    }
    Err(missing(id))
}

fn missing(id: &str) -> ApiError {
    ApiError::new("NOT_FOUND", "com.vmware.vcenter.certificate_management.not_found", format!("{id} is not found."))
}

fn create(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let body: Value = serde_json::from_slice(&request.body)
        .map_err(|error| ApiError::new("INVALID_ARGUMENT", "vapi.json.invalid", error.to_string()))?;
    let spec = match form {
        Form::Rest => body.get("spec").cloned().unwrap_or_default(),
        Form::Api => body,
    };
    check_fields(&spec)?;
    let texts = spec.pointer("/cert_chain/cert_chain").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut chain = Vec::new();
    for text in &texts {
        chain.extend(certificates(text.as_str().unwrap_or_default())?);
    }
    let id = spec.get("chain").and_then(Value::as_str);
    let published = context.vcenter().state().trust.publish(chain, id);
    published.map(|id| (StatusCode::CREATED, Value::String(id))).map_err(refused)
}

fn check_fields(spec: &Value) -> Result<(), ApiError> {
    let Some(fields) = spec.as_object() else {
        return Err(ApiError::new("INVALID_ARGUMENT", "vapi.data.structure.missing", "The structure is missing."));
    };
    let odd: Vec<&str> =
        fields.keys().map(String::as_str).filter(|field| !matches!(*field, "cert_chain" | "chain")).collect();
    if odd.is_empty() {
        return Ok(());
    }
    let message = format!("Found unexpected fields [{}] in structure trusted_root_chains.create_spec", odd.join(", "));
    Err(ApiError::new("UNEXPECTED_INPUT", "vapi.data.structure.field.unexpected", message))
}

fn refused(error: AddRootError) -> ApiError {
    let id = "com.vmware.vcenter.certificate_management.error";
    let failed = "create trusted root chain failed :";
    match error {
        AddRootError::Exists(chain) => ApiError::new("ALREADY_EXISTS", id, format!("{chain} exists already.")),
        AddRootError::NotCa(subject) => {
            let message = format!("{failed} the certificate with subject {subject} is not a valid CA certificate");
            ApiError::new("ERROR", id, message)
        }
        AddRootError::NoRoot(subject) => {
            ApiError::new("ERROR", id, format!("{failed} the chain ends in {subject}, which is no root"))
        }
        AddRootError::Empty => ApiError::new("INVALID_ARGUMENT", id, "The chain has no certificate."),
    }
}

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

fn tls(context: &Context<'_>) -> Answer {
    allowed(context, Privilege::Read)?;
    let vcenter = context.vcenter();
    let certificate = &vcenter.machine.certificate;
    let millis = |time: vitrust::Time| time.to_string().replace('Z', ".000Z");
    let usages = certificate.extensions().key_usage.map(|usage| usage.names()).unwrap_or_default();
    let value = json!({
        "version": certificate.version(),
        "serial_number": vitrust::thumbprint::hex(certificate.serial_number()),
        "signature_algorithm": "SHA256WITHECDSA",
        "issuer_dn": certificate.issuer().to_string(),
        "subject_dn": certificate.subject().to_string(),
        "valid_from": millis(certificate.not_before()),
        "valid_to": millis(certificate.not_after()),
        "thumbprint": certificate.sha1().to_string().to_uppercase(),
        "is_CA": certificate.is_ca(),
        "path_length_constraint": -1,
        "key_usage": usages,
        "extended_key_usage": [""],
        "subject_alternative_name": [vcenter.name],
        "authority_information_access_uri": [format!("URIName: https://{}/afd/vecs/ca", vcenter.name)],
        "cert": certificate.to_pem(),
    });
    Ok((StatusCode::OK, value))
}

fn signing(context: &Context<'_>) -> Answer {
    allowed(context, Privilege::Read)?;
    let vcenter = context.vcenter();
    let chain = [vcenter.signing.certificate.to_pem(), vcenter.vmca.certificate.to_pem()];
    let chain = json!({ "cert_chain": chain });
    Ok((StatusCode::OK, json!({ "active_cert_chain": chain, "signing_cert_chains": [chain] })))
}
