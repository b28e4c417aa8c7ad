//! `vmca-root`: another root for VMCA, and everything it had issued to vCenter issued again.

use hyper::StatusCode;
use serde_json::Value;

use super::body::{Body, SUBJECT};
use super::{Answer, Form, allowed};
use crate::pki::Subject;
use crate::route::{Context, Incoming};
use crate::state::Privilege;

/// How long a Machine SSL certificate lasts, in days.
pub(super) const LONGEST: i64 = 730;

/// POST: the new root is published beside the former ones, and the services start again. Hosts keep what they have.
pub(super) fn create(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let body = Body::read(request, form, "vmca_root.create_spec", &SUBJECT)?;
    let named = SUBJECT.iter().any(|field| body.value(field).is_some());
    let subject = named.then(|| body.subject("CA"));
    let vcenter = context.vcenter();
    let mut state = vcenter.state();
    let number = state.number();
    let root = vcenter.maker.root_again(number, subject.as_ref());
    state.trust.add(&root);
    state.roots.push(root);
    let number = state.number();
    let subject = Subject::usual(&vcenter.name);
    state.machine = vcenter.maker.machine_again(state.vmca(), number, &subject, LONGEST);
    if !state.sms.certificate.is_self_issued() {
        state.sms = vcenter.maker.sps_extension(state.vmca());
    }
    state.restart(vcenter.restart);
    Ok((StatusCode::NO_CONTENT, Value::Null))
}
