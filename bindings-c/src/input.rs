//! The caller's bytes, handed to the library's readers.

use vitrust::store::{Presented, Reading, Shape, TRUSTED_ROOTS};
use vitrust::{Crl, Pool, TrustStore};

use crate::boundary::Failure;
use crate::options::ReadOptions;

/// A trust store in any shape the library reads. What cannot be read of it is kept in the store.
pub(crate) fn store(argument: &str, input: &[u8], options: &ReadOptions) -> Result<TrustStore, Failure> {
    let reading = named(argument, input, options)?;
    Ok(TrustStore::of_store(reading, options.store.as_deref().unwrap_or(TRUSTED_ROOTS)))
}

/// All that is in an input of any shape.
pub(crate) fn named(argument: &str, input: &[u8], options: &ReadOptions) -> Result<Reading, Failure> {
    let source = options.source.as_deref().unwrap_or(argument);
    read(argument, input, source, options.shape.unwrap_or(Shape::Unknown))
}

/// A presented chain, in the input's order, as far as it can be read.
pub(crate) fn chain(argument: &str, input: &[u8]) -> Result<Presented, Failure> {
    let mut chain = Presented::default();
    chain.add(input, argument).map_err(|error| Failure::from_core(argument, &error.into()))?;
    Ok(chain)
}

/// The CRLs of one text.
pub(crate) fn crls(argument: &str, text: &str) -> Result<Vec<Crl>, Failure> {
    vitrust::store::crls(text.as_bytes(), argument).map_err(|error| Failure::from_core(argument, &error.into()))
}

fn read(argument: &str, input: &[u8], source: &str, shape: Shape) -> Result<Reading, Failure> {
    let reading = vitrust::store::read_shape(input, source, &mut Pool::new(), shape);
    reading.map_err(|error| Failure::from_core(argument, &error.into()))
}
