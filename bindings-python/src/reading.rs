//! Inputs handed to core's readers.

use vitrust::store::{Presented, Reading, Shape};
use vitrust::{Certificate, Crl, Pool};

use crate::boundary::Failure;
use crate::input::{Input, Inputs};

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

/// The certificates of a list of inputs, each of which may hold several, and nothing else.
pub(crate) fn certificates(inputs: &Inputs) -> Result<Vec<Certificate>, Failure> {
    let mut certificates = Vec::with_capacity(inputs.0.len());
    for input in &inputs.0 {
        match input {
            Input::Certificate(certificate) => certificates.push(certificate.clone()),
            Input::Bytes(_) | Input::Text(_) | Input::File(_) => {
                let content = input.read()?;
                certificates
                    .extend(vitrust::store::chain(&content.bytes, content.source.as_deref().unwrap_or(UNNAMED))?);
            }
        }
    }
    Ok(certificates)
}

/// A presented chain, in one input or several, as far as it can be read.
pub(crate) fn presented(inputs: &Inputs) -> Result<Presented, Failure> {
    let mut chain = Presented::default();
    for input in &inputs.0 {
        match input {
            Input::Certificate(certificate) => chain.certificates.push(certificate.clone()),
            Input::Bytes(_) | Input::Text(_) | Input::File(_) => {
                let content = input.read()?;
                chain.add(&content.bytes, content.source.as_deref().unwrap_or(UNNAMED))?;
            }
        }
    }
    Ok(chain)
}

/// The CRLs of a list of inputs, each of which has some.
pub(crate) fn crls(inputs: &Inputs) -> Result<Vec<Crl>, Failure> {
    let mut crls = Vec::new();
    for input in &inputs.0 {
        let content = input.read()?;
        crls.extend(vitrust::store::crls(&content.bytes, content.source.as_deref().unwrap_or(UNNAMED))?);
    }
    Ok(crls)
}
