//! Inputs handed to core's readers.

use vitrust::store::{Place, Reading, Shape, Unreadable};
use vitrust::{Certificate, Crl, ErrorCode, Pool};

use crate::boundary::Failure;
use crate::input::Input;
use crate::input::Inputs;

/// What messages call an input that has no name.
const UNNAMED: &str = "input";

/// Reads all there is; a block that cannot be read stays in the reading, with its place. `Shape::Unknown` lets the
/// content decide.
pub(crate) fn read(input: &Input, shape: Shape, source: Option<&str>) -> Result<Reading, Failure> {
    let content = input.read()?;
    let source = source.or(content.source.as_deref()).unwrap_or(UNNAMED);
    Ok(vitrust::store::read_shape(&content.bytes, source, &mut Pool::new(), shape)?)
}

/// As [`read`], for the listings of `vecs-cli`, of which there are several forms.
pub(crate) fn read_vecs(input: &Input, source: Option<&str>) -> Result<Reading, Failure> {
    let content = input.read()?;
    let source = source.or(content.source.as_deref()).unwrap_or(UNNAMED);
    Ok(vitrust::store::read_vecs(&content.bytes, source, &mut Pool::new())?)
}

/// The certificates of a list of inputs, each of which may hold several. A block that cannot be read is a failure:
/// judging what is left would answer another question. So is an entry that is only printed, and a CRL.
pub(crate) fn certificates(inputs: &Inputs) -> Result<Vec<Certificate>, Failure> {
    let mut certificates = Vec::with_capacity(inputs.0.len());
    for input in &inputs.0 {
        match input {
            Input::Certificate(certificate) => certificates.push(certificate.clone()),
            Input::Bytes(_) | Input::Text(_) | Input::File(_) => {
                let reading = whole(input)?;
                if let Some(entry) = reading.dumped.first() {
                    let words = "a printed entry without the certificate's bytes; a TrustStore keeps such";
                    return Err(refused(ErrorCode::Certificate, &entry.place, words));
                }
                if let Some(crl) = reading.crls.first() {
                    let words = "a CRL among certificates: pass it in `crls`, or read a TrustStore";
                    return Err(refused(ErrorCode::Certificate, &crl.place, words));
                }
                certificates.extend(reading.certificates.into_iter().map(|found| found.value));
            }
        }
    }
    Ok(certificates)
}

/// The CRLs of a list of inputs, under the same rule. An input without any is a failure: whoever passes it believes
/// that revocation is checked.
pub(crate) fn crls(inputs: &Inputs) -> Result<Vec<Crl>, Failure> {
    let mut crls = Vec::new();
    for input in &inputs.0 {
        let found = whole(input)?.crls;
        if found.is_empty() {
            return Err(Failure::Here(ErrorCode::NoBlock, format!("{}: holds no CRL", input.name())));
        }
        crls.extend(found.into_iter().map(|found| found.value));
    }
    Ok(crls)
}

fn refused(code: ErrorCode, place: &Place, words: &str) -> Failure {
    Failure::Here(code, format!("{place}: {words}"))
}

fn whole(input: &Input) -> Result<Reading, Failure> {
    let reading = read(input, Shape::Unknown, None)?;
    match reading.unreadable.first() {
        Some(block) => Err(unreadable(block)),
        None => Ok(reading),
    }
}

fn unreadable(block: &Unreadable) -> Failure {
    Failure::Here(ErrorCode::Certificate, block.to_string())
}
