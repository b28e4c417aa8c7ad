//! `trusted-root-chains`: the CA objects of the directory.

use hyper::StatusCode;
use serde_json::{Value, json};
use vitrust::Certificate;

use super::body::Body;
use super::{Answer, ApiError, Form, allowed};
use crate::route::{Context, Incoming};
use crate::state::{AddRootError, Privilege};

/// GET of all.
pub(super) fn list(context: &Context<'_>) -> Answer {
    allowed(context, Privilege::Read)?;
    let state = context.vcenter().state();
    let chains: Vec<Value> = state.trust.directory.keys().map(|id| json!({ "chain": id })).collect();
    Ok((StatusCode::OK, Value::Array(chains)))
}

/// GET of one.
pub(super) fn get(context: &Context<'_>, id: &str) -> Answer {
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

/// DELETE.
pub(super) fn delete(context: &Context<'_>, id: &str) -> Answer {
    allowed(context, Privilege::Roots)?;
    if context.vcenter().state().trust.unpublish(id) {
        return Ok((StatusCode::NO_CONTENT, Value::Null));
    }
    Err(missing(id))
}

fn missing(id: &str) -> ApiError {
    ApiError::new("NOT_FOUND", "com.vmware.vcenter.certificate_management.not_found", format!("{id} is not found."))
}

/// POST.
pub(super) fn create(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let fields = ["cert_chain", "chain"];
    let body = Body::read(request, form, "trusted_root_chains.create_spec", &fields)?;
    let chain = body.chain("cert_chain")?;
    let published = context.vcenter().state().trust.publish(chain, body.text("chain"));
    published.map(|id| (StatusCode::CREATED, Value::String(id))).map_err(refused)
}

/// Why a chain was not published.
pub(super) fn refused(error: AddRootError) -> ApiError {
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
