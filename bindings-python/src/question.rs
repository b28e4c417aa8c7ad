//! The keyword arguments of `explain`, `verify` and `trusts`.

use vitrust::path::ServerName;
use vitrust::{Certificate, Options, Profile, Purpose, Time};

use crate::boundary::Failure;
use crate::input::Inputs;
use crate::moment::Moment;
use crate::reading::{certificates, crls};

/// The chain and the options of one question, as given.
pub(crate) struct Question {
    chain: Inputs,
    crls: Inputs,
    at: Time,
    profile: Profile,
    purpose: Purpose,
    name: Option<ServerName>,
    max_depth: Option<u32>,
}

/// The options that have plain values, as Python passes them.
pub(crate) struct Plain<'a> {
    pub(crate) at: Moment,
    pub(crate) profile: &'a str,
    pub(crate) purpose: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) max_depth: Option<u32>,
}

impl Question {
    /// Reads the plain options; the chain is read when the question is asked.
    pub(crate) fn new(chain: Inputs, crls: Inputs, plain: &Plain<'_>) -> Result<Self, Failure> {
        Ok(Self {
            chain,
            crls,
            at: plain.at.0,
            profile: plain.profile.parse()?,
            purpose: purpose(plain.purpose)?,
            name: plain.name.map(str::parse).transpose()?,
            max_depth: plain.max_depth,
        })
    }

    /// Reads chain and CRLs and hands them to `ask`. Runs detached.
    pub(crate) fn ask<T>(
        &self,
        ask: impl FnOnce(&[Certificate], &Options<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let chain = certificates(&self.chain)?;
        let crls = crls(&self.crls)?;
        let options = Options {
            profile: self.profile,
            purpose: self.purpose,
            name: self.name.clone(),
            crls: &crls,
            max_depth: self.max_depth,
            ..Options::at(self.at)
        };
        ask(&chain, &options)
    }
}

fn purpose(text: &str) -> Result<Purpose, Failure> {
    let all = [Purpose::Server, Purpose::Client, Purpose::Ca, Purpose::Any];
    let found = all.into_iter().find(|purpose| purpose.name() == text);
    found.ok_or_else(|| Failure::argument(format!("`{text}` is not a purpose: write server, client, ca or any")))
}
