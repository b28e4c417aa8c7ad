//! Name constraints (RFC 5280 section 4.2.1.10), indexed so that ten thousand constraints cost what ten do.

use hashbrown::HashMap;

use super::budget::{Budget, Exhausted};
use super::profile::Decisions;
use super::rejection::Reason;
use super::subtrees::{Named, Side, Subtrees};
use crate::cert::NameConstraints;
use crate::cert::{Certificate, GeneralName, GeneralNames};
use crate::text::brief;
use crate::thumbprint::Fingerprint;

/// What was already found out about constraints in one search: every path of a mesh meets the same CAs.
#[derive(Default)]
pub(super) struct KnownConstraints {
    indexes: HashMap<Fingerprint, ConstraintIndex>,
    /// By the CA's and the other certificate's digest, and whether the common name counted.
    outcomes: HashMap<(Fingerprint, Fingerprint, bool), Option<Reason>>,
    /// Whether every form a CA's constraints speak about is understood.
    understood: HashMap<Fingerprint, bool>,
}

impl KnownConstraints {
    /// Whether a profile understands every form that the `constraints` of `issuer` speak about; if not, the CA is refused.
    pub(super) fn understood(
        &mut self,
        issuer: &Certificate,
        constraints: &NameConstraints,
        decisions: &Decisions,
        budget: &mut Budget,
    ) -> Result<bool, Exhausted> {
        if decisions.mail_and_uri_constraints && decisions.directory_constraints {
            return Ok(true);
        }
        if let Some(known) = self.understood.get(&issuer.sha256()) {
            return Ok(*known);
        }
        budget.names(looked_through(constraints))?;
        let understood = constraints.permitted.iter().chain(constraints.excluded.iter()).all(|base| match base {
            GeneralName::Email(_) | GeneralName::Uri(_) => decisions.mail_and_uri_constraints,
            GeneralName::Directory(_) => decisions.directory_constraints,
            GeneralName::Dns(_) | GeneralName::Ip(_) | GeneralName::Other(_) => true,
        });
        self.understood.insert(issuer.sha256(), understood);
        Ok(understood)
    }

    /// The first name of `certificate` that the `constraints` of `issuer` do not allow.
    pub(super) fn check(
        &mut self,
        issuer: &Certificate,
        constraints: &NameConstraints,
        certificate: &Certificate,
        common_name: bool,
        decisions: &Decisions,
        budget: &mut Budget,
    ) -> Result<Option<Reason>, Exhausted> {
        budget.names(1)?;
        let key = (issuer.sha256(), certificate.sha256(), common_name);
        if let Some(known) = self.outcomes.get(&key) {
            return Ok(known.clone());
        }
        if !self.indexes.contains_key(&key.0) {
            budget.names(looked_through(constraints))?;
        }
        let index = self.indexes.entry(key.0).or_insert_with(|| ConstraintIndex::new(constraints, decisions));
        let outcome = index.check(certificate, common_name, budget)?;
        self.outcomes.insert(key, outcome.clone());
        Ok(outcome)
    }
}

/// One CA's constraints, ready for look-ups.
struct ConstraintIndex {
    permitted: Subtrees,
    excluded: Subtrees,
}

/// What reading all constraints of a CA costs, in look-ups: each is read and put in its place, whatever its length.
fn looked_through(constraints: &NameConstraints) -> u32 {
    let lists = [&constraints.permitted, &constraints.excluded];
    let units = lists.map(|list| list.len().div_ceil(4) + list.octets() / 256).iter().sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}

impl ConstraintIndex {
    /// Costs one insertion a constraint.
    fn new(constraints: &NameConstraints, decisions: &Decisions) -> Self {
        let subtrees = |bases: &GeneralNames| Subtrees::new(bases, decisions.address_prefixes);
        Self { permitted: subtrees(&constraints.permitted), excluded: subtrees(&constraints.excluded) }
    }

    /// The first name of `certificate` that these constraints do not allow.
    ///
    /// RFC 5280 6.1.3 (b), (c): the subject, every alternative name and, when there is no alternative name extension, the
    /// subject's e-mail addresses. `common_name`: so is a common name that may be taken for a DNS name.
    fn check(
        &self,
        certificate: &Certificate,
        common_name: bool,
        budget: &mut Budget,
    ) -> Result<Option<Reason>, Exhausted> {
        let subject = certificate.subject();
        let alternatives = certificate.extensions().subject_alternative_names.as_ref();
        // Names the constraints do not speak of are only passed over.
        let passed = (alternatives.map_or(0, GeneralNames::len) + subject.emails().len()) / 16;
        budget.names(u32::try_from(passed).unwrap_or(u32::MAX))?;
        // Each is read anew, and a directory name prepared.
        let octets = alternatives.map_or(0, GeneralNames::octets);
        budget.names(u32::try_from(octets / 256).unwrap_or(u32::MAX))?;
        if !subject.is_empty()
            && let Some(broken) = self.name(Named::Directory(subject), budget)?
        {
            return Ok(Some(broken));
        }
        for name in alternatives.into_iter().flat_map(GeneralNames::iter) {
            if let Some(broken) = self.name((&name).into(), budget)? {
                return Ok(Some(broken));
            }
        }
        if alternatives.is_none() {
            for email in subject.emails() {
                if let Some(broken) = self.name(Named::Email(email), budget)? {
                    return Ok(Some(broken));
                }
            }
        }
        let names_a_host =
            || alternatives.into_iter().flat_map(GeneralNames::iter).any(|name| matches!(name, GeneralName::Dns(_)));
        if common_name && !names_a_host() {
            for name in subject.common_names().iter().filter(|name| looks_like_dns(name)) {
                if let Some(broken) = self.name(Named::Dns(name), budget)? {
                    return Ok(Some(broken));
                }
            }
        }
        Ok(None)
    }

    fn name(&self, name: Named<'_>, budget: &mut Budget) -> Result<Option<Reason>, Exhausted> {
        budget.names(self.excluded.cost(name).saturating_add(self.permitted.cost(name)))?;
        let excluded = self.excluded.speaks_of(name) && self.excluded.hold(name, Side::Excluded);
        let permitted = !self.permitted.speaks_of(name) || self.permitted.hold(name, Side::Permitted);
        Ok((excluded || !permitted).then(|| Reason::NameConstraint {
            name: brief(&name.text()),
            excluded_by: excluded.then(|| brief(&self.excluded.subtree_of(name))),
        }))
    }
}

/// Labels of letters, digits, hyphens and underscores, more than one of them, as OpenSSL and Java ask.
fn looks_like_dns(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*'))
    };
    name.contains('.') && name.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(permitted: &[GeneralName<'_>], excluded: &[GeneralName<'_>]) -> ConstraintIndex {
        let list = |names: &[GeneralName<'_>]| GeneralNames::of_names(names);
        let constraints = NameConstraints { permitted: list(permitted), excluded: list(excluded) };
        ConstraintIndex::new(&constraints, crate::path::Profile::Strict.decisions())
    }

    fn allows(index: &ConstraintIndex, name: &GeneralName<'_>) -> bool {
        index.name(name.into(), &mut Budget::default()).expect("within budget").is_none()
    }

    fn dns(text: &str) -> GeneralName<'_> {
        GeneralName::Dns(text)
    }

    #[test]
    fn dns_subtrees_end_at_labels() {
        let index = index(&[dns("lab.example")], &[dns("secret.lab.example")]);
        assert!(allows(&index, &dns("LAB.example")));
        assert!(allows(&index, &dns("a.lab.example")));
        assert!(!allows(&index, &dns("xlab.example")));
        assert!(!allows(&index, &dns("a.secret.lab.example")));
    }

    #[test]
    fn a_wildcard_that_covers_an_excluded_name_is_refused() {
        let index = index(&[], &[dns("secret.lab.example")]);
        assert!(!allows(&index, &dns("*.lab.example")));
        assert!(allows(&index, &dns("*.example")));
    }

    #[test]
    fn networks_need_contiguous_masks() {
        let inside = index(&[GeneralName::Ip(&[10, 1, 0, 0, 255, 255, 0, 0])], &[]);
        assert!(allows(&inside, &GeneralName::Ip(&[10, 1, 2, 3])));
        assert!(!allows(&inside, &GeneralName::Ip(&[10, 2, 2, 3])));
        let odd = index(&[GeneralName::Ip(&[10, 1, 0, 0, 255, 0, 255, 0])], &[]);
        assert!(!allows(&odd, &GeneralName::Ip(&[10, 1, 0, 3])));
        let excluded = index(&[], &[GeneralName::Ip(&[10, 1, 0])]);
        assert!(!allows(&excluded, &GeneralName::Ip(&[10, 1, 0, 3])));
    }

    #[test]
    fn mail_and_uri_forms() {
        let (mail, uri) = (GeneralName::Email, GeneralName::Uri);
        let index =
            index(&[mail("lab.example"), mail(".eu.example"), mail("root@x.example"), uri(".lab.example")], &[]);
        assert!(allows(&index, &mail("a@LAB.example")));
        assert!(!allows(&index, &mail("a@b.lab.example")));
        assert!(allows(&index, &mail("a@b.eu.example")));
        assert!(allows(&index, &mail("root@X.example")));
        assert!(!allows(&index, &mail("Root@x.example")));
        assert!(allows(&index, &uri("https://u@a.lab.example:443/x")));
        assert!(!allows(&index, &uri("https://lab.example/")));
        assert!(!allows(&index, &uri("https://10.0.0.1/")));
        assert!(!allows(&index, &uri("urn:x")));
    }
}
