//! `tls` and `tls-csr`: the Machine SSL certificate and the ways to another one.

use hyper::StatusCode;
use serde_json::{Value, json};
use vitrust::{Certificate, Options, Time, Verifier};

use super::body::{Body, SUBJECT, certificates, private_key};
use super::vmca::LONGEST;
use super::{Answer, ApiError, Form, allowed};
use crate::der::reversed;
use crate::pki::{Identity, Subject};
use crate::route::{Context, Incoming};
use crate::state::{AddRootError, Privilege, State, Vcenter};

const ERROR: &str = "com.vmware.vcenter.certificate_management.error";

/// GET.
pub(super) fn get(context: &Context<'_>) -> Answer {
    allowed(context, Privilege::Read)?;
    let vcenter = context.vcenter();
    let state = vcenter.state();
    Ok((StatusCode::OK, information(&state.machine.certificate, &vcenter.name)))
}

fn information(certificate: &Certificate, name: &str) -> Value {
    let millis = |time: Time| time.to_string().replace('Z', ".000Z");
    let usages = certificate.extensions().key_usage.map(|usage| usage.names()).unwrap_or_default();
    json!({
        "version": certificate.version(),
        "serial_number": vitrust::thumbprint::hex(certificate.serial_number()),
        "signature_algorithm": "SHA256WITHECDSA",
        "issuer_dn": reversed(&certificate.issuer().to_string()),
        "subject_dn": reversed(&certificate.subject().to_string()),
        "valid_from": millis(certificate.not_before()),
        "valid_to": millis(certificate.not_after()),
        "thumbprint": certificate.sha1().to_string().to_uppercase(),
        "is_CA": certificate.is_ca(),
        "path_length_constraint": -1,
        "key_usage": usages,
        "extended_key_usage": [""],
        "subject_alternative_name": [name],
        "authority_information_access_uri": [format!("URIName: https://{name}/afd/vecs/ca")],
        "cert": certificate.to_pem(),
    })
}

/// POST `tls-csr`: makes a key pair, which stays here, and a request for it.
pub(super) fn request(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let body = Body::read(request, form, "tls_csr.spec", &SUBJECT)?;
    let vcenter = context.vcenter();
    let mut state = vcenter.state();
    let number = state.number();
    state.requested.push(number);
    let csr = vcenter.maker.request(number, &body.subject(&vcenter.name));
    Ok((StatusCode::CREATED, json!({ "csr": csr })))
}

/// PUT: a certificate for a key pair that is here or comes along, of an issuer that is trusted or comes along.
pub(super) fn set(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let body = Body::read(request, form, "tls.spec", &["cert", "key", "root_cert"])?;
    let chain = certificates(body.needed("cert")?)?;
    let key = body.text("key").map(private_key).transpose()?;
    let roots = body.text("root_cert").map(certificates).transpose()?;
    let (vcenter, now) = (context.vcenter(), context.world.now());
    let mut state = vcenter.state();
    if chain.first() == Some(&state.machine.certificate) {
        let message = "The certificate is the present one.";
        return Err(ApiError::new("ALREADY_EXISTS", ERROR, message));
    }
    let identity = with_key(&state, vcenter, &chain, key)?;
    let mut trust = state.trust.clone();
    match roots.map(|roots| trust.publish(roots, None)) {
        None | Some(Ok(_) | Err(AddRootError::Exists(_))) => (),
        Some(Err(error)) => return Err(super::roots::refused(error)),
    }
    let verdict = Verifier::new(&trust.store()).trusts(&chain, &Options::at(now));
    if !verdict.unwrap_or(false) {
        let message = "The certificate does not chain up to a trusted root.";
        return Err(ApiError::new("ERROR", ERROR, message));
    }
    state.trust = trust;
    replace(&mut state, vcenter, identity)
}

/// The certificate with its key: the one that came along, or one that waits since `tls-csr`.
fn with_key(
    state: &State,
    vcenter: &Vcenter,
    chain: &[Certificate],
    key: Option<Vec<u8>>,
) -> Result<Identity, ApiError> {
    match key {
        Some(key) => Identity::given(chain.to_vec(), &key)
            .ok_or_else(|| ApiError::new("INVALID_ARGUMENT", ERROR, "The private key is not that of the certificate.")),
        None => {
            let keys = state.requested.iter().map(|number| vcenter.maker.fresh_key(*number));
            let found = keys.map(|key| Identity::given(chain.to_vec(), &key)).find_map(|found| found);
            found.ok_or_else(|| ApiError::new("NOT_FOUND", ERROR, "The private key of the certificate is not found."))
        }
    }
}

/// POST `action=renew`: the same name again, for `duration` days.
pub(super) fn renew(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let body = Body::read(request, form, "tls.renew", &["duration"])?;
    let days = body.value("duration").map_or(Some(LONGEST), Value::as_i64).filter(|days| (1..=LONGEST).contains(days));
    let days = days.ok_or_else(|| ApiError::new("INVALID_ARGUMENT", ERROR, "The duration is not valid."))?;
    let vcenter = context.vcenter();
    let mut state = vcenter.state();
    let issued_here = state.roots.iter().any(|root| root.certificate.subject() == state.machine.certificate.issuer());
    if !issued_here {
        return Err(ApiError::new("UNSUPPORTED", ERROR, "The certificate is not issued by VMCA."));
    }
    issue(&mut state, vcenter, &Subject::usual(&vcenter.name), days)
}

/// POST `action=replace-vmca-signed`: a certificate of VMCA for this subject.
pub(super) fn issue_again(context: &Context<'_>, request: &Incoming, form: Form) -> Answer {
    allowed(context, Privilege::Roots)?;
    let body = Body::read(request, form, "tls.replace_spec", &SUBJECT)?;
    let vcenter = context.vcenter();
    issue(&mut vcenter.state(), vcenter, &body.subject(&vcenter.name), LONGEST)
}

fn issue(state: &mut State, vcenter: &Vcenter, subject: &Subject, days: i64) -> Answer {
    let number = state.number();
    let made = vcenter.maker.machine_again(state.vmca(), number, subject, days);
    replace(state, vcenter, made)
}

/// The services start again with the new certificate, and nobody stays logged in.
fn replace(state: &mut State, vcenter: &Vcenter, identity: Identity) -> Answer {
    state.machine = identity;
    state.restart(vcenter.restart);
    Ok((StatusCode::NO_CONTENT, Value::Null))
}
