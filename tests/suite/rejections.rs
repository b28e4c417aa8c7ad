//! For every refusal the right rule and the right certificate, nearest first, wherever the fault is.

mod changes;
mod double;
mod single;

use std::collections::BTreeSet;

use vitrust::path::CertificateFacts;
use vitrust::{Rejection, Verdict};
use vitrust_factory::{Cert, CertBuilder};

use crate::chains::case::{Case, Place, Signed};

/// A broken rule: its code, the certificate that was checked and, where an issuer was tried, the one at fault.
pub(crate) type Fault = (&'static str, &'static str, Option<&'static str>);

/// A refused chain and everything that must be said about it, in order.
pub(crate) struct Refused {
    pub(crate) case: Case,
    pub(crate) names: Vec<(&'static str, Cert)>,
    pub(crate) faults: Vec<Fault>,
}

impl Refused {
    pub(crate) fn new(chain: &Signed, case: Case, faults: Vec<Fault>) -> Self {
        let names = [
            ("leaf", chain.leaf.clone()),
            ("lower", chain.lower.clone()),
            ("upper", chain.upper.clone()),
            ("root", chain.root.clone()),
        ];
        Self { case, names: names.into(), faults }
    }

    fn name_of(&self, facts: &CertificateFacts) -> &'static str {
        let digest = facts.sha256.to_string().replace(':', "").to_lowercase();
        self.names.iter().find(|(_, cert)| cert.sha256() == digest).map_or("another", |(name, _)| name)
    }

    fn found(&self, rejection: &Rejection) -> Fault {
        let certificate = rejection.certificate.as_ref().map_or("none", |facts| self.name_of(facts));
        (rejection.reason.code(), certificate, rejection.candidate.as_ref().map(|facts| self.name_of(facts)))
    }

    fn complaint(&self) -> Option<String> {
        let verdict = self.case.verdict();
        let found: Vec<Fault> = verdict.rejections.iter().map(|rejection| self.found(rejection)).collect();
        let badly_said = badly_said(&verdict);
        let one = self.faults.len() == 1;
        let change = verdict.change.is_some() == one;
        let right = found == self.faults && badly_said.is_none() && change;
        (!right).then(|| {
            format!(
                "{}:\n  wanted {:?}\n  got    {found:?}, change {:?} {badly_said:?}",
                self.case.name, self.faults, verdict.change
            )
        })
    }
}

/// A sentence that is empty, shows the inside of the program or does not name its certificate.
fn badly_said(verdict: &Verdict) -> Option<String> {
    const INSIDE: [&str; 6] = ["Some(", "None", "{ ", "[\"", "Oid(", "KeyId("];
    verdict.rejections.iter().find_map(|rejection| {
        let (message, hint) = (rejection.message(), rejection.hint());
        let inside = INSIDE.iter().any(|part| message.contains(part) || hint.contains(part));
        let names = [&rejection.certificate, &rejection.candidate];
        let named = names.iter().filter_map(|facts| facts.as_ref()).any(|facts| message.contains(&*facts.subject));
        (message.is_empty() || hint.is_empty() || inside || !named).then(|| format!("{message} / {hint}"))
    })
}

/// The fault `code` at `place`, as it is reported when the certificate is tried as an issuer or stands at the end.
pub(crate) fn at(code: &'static str, place: Place) -> Fault {
    match place {
        Place::Leaf => (code, "leaf", None),
        Place::Lower => (code, "leaf", Some("lower")),
        Place::Upper => (code, "lower", Some("upper")),
        Place::Root => (code, "upper", Some("root")),
    }
}

/// A change to one certificate and the rule it breaks there.
pub(crate) type Change = (&'static str, &'static str, fn(CertBuilder) -> CertBuilder);

const AT_LEAST: usize = 150;

#[test]
fn the_right_rule_and_the_right_certificate_are_named() {
    let cases = [single::cases(), double::cases()].concat_all();
    let names: BTreeSet<&str> = cases.iter().map(|refused| refused.case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "each case has its own name");
    assert!(cases.len() >= AT_LEAST, "only {} cases", cases.len());
    let complaints: Vec<String> = cases.iter().filter_map(Refused::complaint).collect();
    assert!(complaints.is_empty(), "{} of {} wrong\n{}", complaints.len(), cases.len(), complaints.join("\n"));
}

trait ConcatAll {
    fn concat_all(self) -> Vec<Refused>;
}

impl<const N: usize> ConcatAll for [Vec<Refused>; N] {
    fn concat_all(self) -> Vec<Refused> {
        self.into_iter().flatten().collect()
    }
}
