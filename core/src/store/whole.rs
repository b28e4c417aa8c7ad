//! What an argument must hold whole: a chain, CRLs, anchors. Judging what is left of an input would answer another
//! question, so whatever is not what was asked for is an error with its place.

use super::{Place, Shape, StoreError, Unreadable, read_shape};
use crate::cert::{Certificate, Crl, Pool};
use crate::code::ErrorCode;

/// Why an input is not whole what it is to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WholeError {
    /// It cannot be read at all.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A block of it cannot be read.
    #[error("{0}")]
    Unreadable(Unreadable),
    /// An entry is only printed.
    #[error("{0}: {PRINTED}")]
    Printed(Place),
    /// There is a CRL among certificates.
    #[error("{0}: a CRL among certificates: pass it in `crls`, or read a TrustStore")]
    CrlAmongCertificates(Place),
    /// There is no CRL. Whoever passes such an input believes that revocation is checked.
    #[error("{input}: holds no CRL")]
    NoCrl {
        /// What the input is called.
        input: String,
    },
    /// There is no certificate.
    #[error("{input}: holds no certificate")]
    NoCertificate {
        /// What the input is called.
        input: String,
    },
}

impl WholeError {
    pub(crate) const fn code(&self) -> ErrorCode {
        match self {
            Self::Store(_) => ErrorCode::Store,
            Self::Unreadable(_) | Self::Printed(_) | Self::CrlAmongCertificates(_) => ErrorCode::Certificate,
            Self::NoCrl { .. } | Self::NoCertificate { .. } => ErrorCode::NoBlock,
        }
    }

    /// The line of the input at fault, from 1.
    #[must_use]
    pub const fn line(&self) -> Option<u32> {
        match self {
            Self::Unreadable(block) => block.place.line,
            Self::Printed(place) | Self::CrlAmongCertificates(place) => place.line,
            Self::Store(_) | Self::NoCrl { .. } | Self::NoCertificate { .. } => None,
        }
    }
}

/// The certificates of an input of any shape, in its order, and nothing else: a presented chain. `source` is what messages
/// call it.
///
/// ```
/// use vitrust::store::{WholeError, chain};
/// let text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
/// assert!(matches!(chain(text.as_bytes(), "presented.pem"), Err(WholeError::Unreadable(_))));
/// ```
///
/// # Errors
/// [`WholeError`].
pub fn chain(input: &[u8], source: &str) -> Result<Vec<Certificate>, WholeError> {
    of_chain(whole(input, source)?, source)
}

/// The certificates of a reading that has nothing else in it.
fn of_chain(reading: super::Reading, source: &str) -> Result<Vec<Certificate>, WholeError> {
    if let Some(entry) = reading.dumped.first() {
        return Err(WholeError::Printed(entry.place.clone()));
    }
    if let Some(crl) = reading.crls.first() {
        return Err(WholeError::CrlAmongCertificates(crl.place.clone()));
    }
    certificates(reading, source)
}

/// A presented chain as far as it can be read, of one input or of several: for a question that can still be answered when a later
/// block is damaged, or when a private key stands beside the chain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presented {
    /// The certificates that were read, in the input's order: the first is the end-entity certificate.
    pub certificates: Vec<Certificate>,
    /// What stands beside them: private keys, damaged lines, and later blocks that could not be read.
    pub unread: Vec<Unreadable>,
}

/// What is said of a printed entry, where certificates are wanted.
const PRINTED: &str = "a printed entry without the certificate's bytes: give the certificate as PEM (vecs-cli entry list without --text, openssl x509)";

impl Presented {
    /// Takes in the certificates of an input of any shape. `source` is what messages call it.
    ///
    /// Before the end-entity certificate nothing unreadable may be: what comes next would stand for it.
    ///
    /// ```
    /// use vitrust::store::Presented;
    /// let text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    /// assert!(Presented::default().add(text.as_bytes(), "presented.pem").is_err());
    /// ```
    ///
    /// # Errors
    /// As [`chain`], for what stands before the end-entity certificate, and for CRLs.
    pub fn add(&mut self, input: &[u8], source: &str) -> Result<(), WholeError> {
        let mut reading = read_shape(input, source, &mut Pool::new(), Shape::Unknown)?;
        let mut unread = std::mem::take(&mut reading.unreadable);
        let first = reading.certificates.first().and_then(|found| found.place.line);
        let is_before = |block: &Unreadable| match (block.place.line, first) {
            (Some(line), Some(first)) => line < first,
            (None, _) | (_, None) => true,
        };
        if self.certificates.is_empty()
            && let Some(at) = unread.iter().position(|block| !block.hides_nothing() && is_before(block))
        {
            return Err(WholeError::Unreadable(unread.swap_remove(at)));
        }
        // A printed CA behind the end-entity certificate is one that could not be read, like a damaged block.
        let printed =
            reading.dumped.iter().map(|entry| Unreadable { place: entry.place.clone(), reason: PRINTED.to_owned() });
        let printed: Vec<Unreadable> = printed.collect();
        if first.is_some() && !(self.certificates.is_empty() && printed.iter().any(is_before)) {
            reading.dumped.clear();
            unread.extend(printed);
        }
        self.certificates.extend(of_chain(reading, source)?);
        self.unread.append(&mut unread);
        Ok(())
    }
}

/// The CRLs of an input of any shape. Certificates may be among them: bundles have both.
///
/// # Errors
/// [`WholeError`]; [`WholeError::NoCrl`] if there is none.
pub fn crls(input: &[u8], source: &str) -> Result<Vec<Crl>, WholeError> {
    let found = whole(input, source)?.crls;
    if found.is_empty() {
        return Err(WholeError::NoCrl { input: source.to_owned() });
    }
    Ok(found.into_iter().map(|found| found.value).collect())
}

/// The certificates of an input of any shape, as anchors. CRLs may be among them, and say nothing about who is an anchor.
///
/// # Errors
/// [`WholeError`]; [`WholeError::NoCertificate`] if there is none.
pub fn anchors(input: &[u8], source: &str) -> Result<Vec<Certificate>, WholeError> {
    certificates(whole(input, source)?, source)
}

fn certificates(reading: super::Reading, source: &str) -> Result<Vec<Certificate>, WholeError> {
    if reading.certificates.is_empty() {
        return Err(WholeError::NoCertificate { input: source.to_owned() });
    }
    Ok(reading.certificates.into_iter().map(|found| found.value).collect())
}

/// All that is in an input, every block of which is readable.
fn whole(input: &[u8], source: &str) -> Result<super::Reading, WholeError> {
    let mut reading = read_shape(input, source, &mut Pool::new(), Shape::Unknown)?;
    match reading.unreadable.iter().position(|block| !block.hides_nothing()) {
        None => Ok(reading),
        Some(first) => Err(WholeError::Unreadable(reading.unreadable.swap_remove(first))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &[u8] = include_bytes!("../../../tests/data/vmca-root.pem");

    #[test]
    fn what_is_not_what_was_asked_for_is_an_error() {
        assert_eq!(chain(ROOT, "x").map(|chain| chain.len()), Ok(1));
        assert_eq!(anchors(ROOT, "x").map(|anchors| anchors.len()), Ok(1));
        let error = crls(ROOT, "castore.pem").expect_err("no CRL");
        assert_eq!((error.to_string().as_str(), error.code()), ("castore.pem: holds no CRL", ErrorCode::NoBlock));
        let half = [ROOT, b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"].concat();
        for error in [chain(&half, "x").err(), anchors(&half, "x").err(), crls(&half, "x").err()] {
            assert!(error.is_some_and(|error| error.line().is_some_and(|line| line > 1)));
        }
        assert!(matches!(chain(b"", "x"), Err(WholeError::Store(_))));
    }

    #[test]
    fn a_printed_entry_behind_the_first_certificate_is_told_and_one_alone_is_an_error() {
        let printed: &[u8] = b"Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number: 1 (0x1)\n        Issuer: CN=Root\n        Validity\n            Not Before: Jan  1 00:00:00 2026 GMT\n            Not After : Jan  1 00:00:00 2027 GMT\n        Subject: CN=Sub\n";
        let read = |input: &[u8]| {
            let mut found = Presented::default();
            found.add(input, "x").map(|()| found)
        };
        let behind = read(&[ROOT, printed].concat()).expect("a chain");
        let told = behind.unread.iter().find(|block| block.reason == PRINTED);
        assert!(behind.certificates.len() == 1 && told.is_some_and(|block| !block.hides_nothing()), "{behind:?}");
        assert!(read(printed).is_err());
    }

    #[test]
    fn a_damaged_block_behind_the_first_certificate_is_told_and_one_before_it_is_an_error() {
        let bad = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".as_slice();
        let key = b"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n".as_slice();
        let read = |input: &[u8]| {
            let mut found = Presented::default();
            found.add(input, "x").map(|()| found)
        };
        let found = read(&[ROOT, bad].concat()).expect("a beginning");
        assert_eq!((found.certificates.len(), found.unread.len(), found.unread[0].hides_nothing()), (1, 1, false));
        assert!(matches!(read(&[bad, ROOT].concat()), Err(WholeError::Unreadable(_))));
        let mut found = read(&[key, ROOT].concat()).expect("a chain");
        assert!(found.unread.len() == 1 && found.unread[0].reason.contains("private key"));
        assert_eq!(
            found.add(&[bad, ROOT].concat(), "y"),
            Ok(()),
            "the end-entity certificate was read from another input"
        );
        assert_eq!((found.certificates.len(), found.unread.len()), (2, 2));
    }
}
