//! `signing-certificate`: the certificates that tokens are signed with.

use hyper::StatusCode;
use serde_json::{Value, json};
use vitrust::Certificate;

use super::body::{Body, private_key};
use super::{Answer, ApiError, Form, allowed};
use crate::pki::{Identity, Whose};
use crate::route::{Context, Incoming};
use crate::state::Privilege;

/// GET: the active chain, and all.
pub(super) fn get(context: &Context<'_>) -> Answer {
    allowed(context, Privilege::Read)?;
    let state = context.vcenter().state();
    let chains: Vec<Value> = state.signing.iter().map(chain).collect();
    let active = chains.last().cloned().unwrap_or_default();
    Ok((StatusCode::OK, json!({ "active_cert_chain": active, "signing_cert_chains": chains })))
}

/// `X509CertChain`.
fn chain(identity: &Identity) -> Value {
    let all = [&identity.certificate].into_iter().chain(&identity.above);
    json!({ "cert_chain": all.map(Certificate::to_pem).collect::<Vec<_>>() })
}

/// PUT: a chain from elsewhere with its key becomes the active one.
pub(super) fn set(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let fields = ["signing_cert_chain", "private_key"];
    let body = Body::read(request, form, "signing_certificate.set_spec", &fields)?;
    let key = private_key(body.needed("private_key")?)?;
    let Some(identity) = Identity::given(body.chain("signing_cert_chain")?, &key) else {
        let message = "The private key is not that of the first certificate.";
        return Err(ApiError::new("INVALID_ARGUMENT", "com.vmware.certificate.key", message));
    };
    context.vcenter().state().signing.push(identity);
    Ok((StatusCode::NO_CONTENT, Value::Null))
}

/// POST `action=refresh`: VMCA issues another one.
pub(super) fn refresh(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    Body::read(request, form, "signing_certificate.refresh", &["force"])?;
    let vcenter = context.vcenter();
    let mut state = vcenter.state();
    let number = state.number();
    let made = vcenter.maker.signing(state.vmca(), Whose::Fresh(number));
    let answer = chain(&made);
    state.signing.push(made);
    Ok((StatusCode::OK, answer))
}
