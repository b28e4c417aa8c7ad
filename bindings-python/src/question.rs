//! The keyword arguments of `explain`, `verify` and `trusts`.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use vitrust::path::{PolicyInputs, Revocation, ServerName, policy};
use vitrust::store::Presented;
use vitrust::{Options, Profile, Purpose, Time};

use crate::boundary::Failure;
use crate::input::{Chain, Inputs};
use crate::moment::Moment;
use crate::reading::{crls, presented};
use crate::text::Text;

/// The chain and the options of one question, as given.
pub(crate) struct Question {
    chain: Chain,
    crls: Inputs,
    at: Time,
    profile: Profile,
    purpose: Purpose,
    name: Option<ServerName>,
    max_depth: Option<u32>,
    revocation: Revocation,
    policies: PolicyInputs,
}

/// The options that have plain values, as Python passes them.
pub(crate) struct Plain {
    pub(crate) at: Moment,
    pub(crate) profile: Text,
    pub(crate) purpose: Text,
    pub(crate) name: Option<Text>,
    pub(crate) max_depth: Option<Depth>,
    pub(crate) revocation: Text,
    pub(crate) policies: Vec<Text>,
    pub(crate) explicit_policy: bool,
    pub(crate) inhibit_policy_mapping: bool,
    pub(crate) inhibit_any_policy: bool,
}

/// A number of intermediates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depth(u32);

impl<'py> FromPyObject<'_, 'py> for Depth {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let number = object.extract::<u32>();
        number
            .map(Self)
            .map_err(|error| in_range(error, object.py(), "max_depth must be a number from 0 to 4294967295"))
    }
}

/// A number that is too large is an argument like any other that means nothing.
pub(crate) fn in_range(error: PyErr, py: Python<'_>, words: &str) -> PyErr {
    if error.is_instance_of::<PyOverflowError>(py) { Failure::argument(words).into() } else { error }
}

impl Question {
    /// Reads the plain options; the chain is read when the question is asked.
    pub(crate) fn new(chain: Chain, crls: Inputs, plain: &Plain) -> Result<Self, Failure> {
        Ok(Self {
            chain,
            crls,
            at: plain.at.0,
            profile: plain.profile.parse()?,
            purpose: plain.purpose.parse()?,
            name: plain.name.as_deref().map(str::parse).transpose()?,
            max_depth: plain.max_depth.map(|depth| depth.0),
            revocation: plain.revocation.parse()?,
            policies: PolicyInputs {
                initial_policies: plain.policies.iter().map(|text| policy(text)).collect::<Result<_, _>>()?,
                explicit_policy: plain.explicit_policy,
                inhibit_policy_mapping: plain.inhibit_policy_mapping,
                inhibit_any_policy: plain.inhibit_any_policy,
            },
        })
    }

    /// Reads chain and CRLs and hands them to `ask`. Runs detached.
    pub(crate) fn ask<T>(
        &self,
        ask: impl FnOnce(&Presented, &Options<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let chain = presented(&self.chain.0)?;
        let crls = crls(&self.crls)?;
        let options = Options {
            profile: self.profile,
            purpose: self.purpose,
            name: self.name.clone(),
            crls: &crls,
            max_depth: self.max_depth,
            revocation: self.revocation,
            policies: self.policies.clone(),
            ..Options::at(self.at)
        };
        ask(&chain, &options)
    }
}
