//! Inputs made to hurt: each is valid or invalid in a way that costs careless validators seconds or gigabytes.
//!
//! The suite checks their verdicts; the bench `worst` prints what each costs in time and memory.

mod answers;
mod chains;
mod crls;
pub mod families;
mod mesh;
mod namesakes;
mod policies;
mod rules;
mod text;

use vitrust::cert::Oid;
use vitrust::path::{PolicyInputs, Revocation};
use vitrust::store::{self, Reading};
use vitrust::{Certificate, Crl, Options, Pool, Time, TrustStore, Verifier};
use vitrust_factory as factory;

/// One input, and what must come of it.
pub struct Case {
    /// What is special about it.
    pub name: &'static str,
    /// What must come of it.
    pub expected: Expected,
    /// Makes the input; costs up to a second or two. The size is that of texts, in bytes.
    pub make: fn(usize) -> Input,
}

/// What must come of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The chain is accepted.
    Trusted,
    /// The chain is refused, and one of the reasons has this code.
    Refused(&'static str),
    /// The bytes are not one of this kind.
    Unreadable,
    /// No certificate is found in the text, and this many unreadable blocks are listed.
    Unread(usize),
}

/// Memory beyond its input that no case may need, in bytes.
pub const MOST_MEMORY: usize = 64_000_000;

/// The bytes of a case.
pub enum Input {
    /// A chain, end-entity first, to be judged against a store.
    Chain(Box<Chain>),
    /// PEM text, or what pretends to be it.
    Text(Vec<u8>),
    /// An answer of a server, or an estate.
    Answer(answers::Kind, Vec<u8>),
}

/// A chain, a store and what else one question needs, all as bytes.
#[derive(Default)]
pub struct Chain {
    presented: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    crls: Vec<Vec<u8>>,
    explicit_policy: bool,
    initial_policies: Vec<Oid>,
}

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The chain was accepted.
    Trusted,
    /// The chain was refused: the codes of the reasons, each once, in their order.
    Refused(Vec<&'static str>),
    /// A certificate, CRL or text could not be read at all.
    Unreadable(String),
    /// What a text holds.
    Read {
        /// How many certificates were found.
        certificates: usize,
        /// How many unreadable blocks are listed.
        unreadable: usize,
    },
}

/// Every case.
#[must_use]
pub fn cases() -> Vec<Case> {
    [
        answers::CASES,
        chains::CASES,
        crls::CASES,
        mesh::CASES,
        namesakes::CASES,
        policies::CASES,
        rules::CASES,
        text::CASES,
    ]
    .into_iter()
    .flatten()
    .map(|(name, expected, make)| Case { name, expected: *expected, make: *make })
    .collect()
}

type Row = (&'static str, Expected, fn(usize) -> Input);

impl Case {
    /// Whether `outcome` is what must come of this case.
    #[must_use]
    pub fn accepts(&self, outcome: &Outcome) -> bool {
        match (self.expected, outcome) {
            (Expected::Trusted, Outcome::Trusted) | (Expected::Unreadable, Outcome::Unreadable(_)) => true,
            (Expected::Refused(code), Outcome::Refused(codes)) => codes.contains(&code),
            (Expected::Unread(count), Outcome::Read { certificates: 0, unreadable }) => *unreadable == count,
            (Expected::Trusted | Expected::Unreadable | Expected::Refused(_) | Expected::Unread(_), _) => false,
        }
    }
}

impl Input {
    /// Everything from the bytes to the answer: reading, indexing, path building, the reasons.
    #[must_use]
    pub fn run(&self) -> Outcome {
        match self {
            Self::Chain(chain) => chain.run().unwrap_or_else(Outcome::Unreadable),
            Self::Text(text) => read(text),
            Self::Answer(kind, body) => kind.run(body),
        }
    }
}

impl Chain {
    fn input(self) -> Input {
        Input::Chain(Box::new(self))
    }

    fn run(&self) -> Result<Outcome, String> {
        let certificates = |all: &[Vec<u8>]| -> Result<Vec<Certificate>, String> {
            all.iter().map(|der| Certificate::from_der(der).map_err(|error| error.to_string())).collect()
        };
        let chain = certificates(&self.presented)?;
        let store = TrustStore::from_certificates(certificates(&self.anchors)?);
        let crls: Result<Vec<Crl>, _> = self.crls.iter().map(|der| Crl::from_der(der)).collect();
        let crls = crls.map_err(|error| error.to_string())?;
        let options = Options {
            crls: &crls,
            revocation: Revocation::IfPresent,
            policies: PolicyInputs {
                explicit_policy: self.explicit_policy,
                initial_policies: self.initial_policies.clone(),
                ..PolicyInputs::default()
            },
            ..Options::at(Time::from_unix(factory::AT))
        };
        let verdict = Verifier::new(&store).explain(&chain, &options).map_err(|error| error.to_string())?;
        if verdict.trusted() {
            return Ok(Outcome::Trusted);
        }
        let mut codes = Vec::new();
        for rejection in &verdict.rejections {
            let code = rejection.reason.code();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Ok(Outcome::Refused(codes))
    }
}

fn read(text: &[u8]) -> Outcome {
    match store::read(text, "text", &mut Pool::new()) {
        Ok(Reading { certificates, unreadable, .. }) => {
            Outcome::Read { certificates: certificates.len(), unreadable: unreadable.len() }
        }
        Err(error) => Outcome::Unreadable(error.to_string()),
    }
}

/// The DER of certificates of the factory.
fn der<'a>(certificates: impl IntoIterator<Item = &'a factory::Cert>) -> Vec<Vec<u8>> {
    certificates.into_iter().map(|certificate| certificate.der().to_vec()).collect()
}
