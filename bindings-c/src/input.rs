//! The caller's bytes, handed to the library's readers.

use vitrust::store::Reading;
use vitrust::{Certificate, Crl, Pool, TrustStore};

use crate::Status;
use crate::boundary::Failure;

/// A trust store in any shape the library reads. What cannot be read of it is kept in the store.
pub(crate) fn store(argument: &str, input: &[u8], source: Option<&str>) -> Result<TrustStore, Failure> {
    read(argument, input, source.unwrap_or(argument)).map(TrustStore::from_reading)
}

/// The certificates of a presented chain, in the input's order.
pub(crate) fn chain(argument: &str, input: &[u8]) -> Result<Vec<Certificate>, Failure> {
    Ok(whole(argument, input)?.certificates.into_iter().map(|found| found.value).collect())
}

/// The CRLs of one text.
pub(crate) fn crls(argument: &str, text: &str) -> Result<Vec<Crl>, Failure> {
    Ok(whole(argument, text.as_bytes())?.crls.into_iter().map(|found| found.value).collect())
}

fn read(argument: &str, input: &[u8], source: &str) -> Result<Reading, Failure> {
    vitrust::store::read(input, source, &mut Pool::new()).map_err(|error| Failure::from_core(argument, &error.into()))
}

/// An input of which every block can be read: judging what is left of another one would answer another question.
fn whole(argument: &str, input: &[u8]) -> Result<Reading, Failure> {
    let reading = read(argument, input, argument)?;
    match reading.unreadable.first() {
        None => Ok(reading),
        Some(block) => {
            Err(Failure { line: block.place.line, ..Failure::new(Status::Certificate, argument, block.to_string()) })
        }
    }
}
