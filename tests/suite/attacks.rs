//! Inputs that were accepted by mistake, or refused by mistake, and many more of the same kinds.
//!
//! `tests/attacks` has the first ones as files, `tests/neighbours` makes the others. Each test runs all of its inputs
//! and then names every one that is answered wrongly.

mod committed;
mod kindly;

use std::sync::LazyLock;

use vitrust::path::Revocation;
use vitrust::{Certificate, Crl, Options, Time, TrustStore, Verdict, Verifier};
use vitrust_factory::AT;
use vitrust_tests::neighbours::{self, Must, Neighbour};

static NEIGHBOURS: LazyLock<Vec<Neighbour>> = LazyLock::new(neighbours::all);

/// The verdict of `strict`, or why there is none: something cannot be read.
///
/// An anchor that cannot be read is left out, as a store does.
fn verdict(neighbour: &Neighbour) -> Result<Verdict, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let chain: Result<Vec<Certificate>, _> = neighbour.chain.iter().map(|der| Certificate::from_der(der)).collect();
    let chain = chain.map_err(|error| text(&error))?;
    let crls: Result<Vec<Crl>, _> = neighbour.crls.iter().map(|der| Crl::from_der(der)).collect();
    let crls = crls.map_err(|error| text(&error))?;
    let name = neighbour.host.as_deref().map(str::parse).transpose().map_err(|error| text(&error))?;
    let store =
        TrustStore::from_certificates(neighbour.anchors.iter().filter_map(|der| Certificate::from_der(der).ok()));
    let revocation = if crls.is_empty() { Revocation::IfPresent } else { Revocation::Required };
    let options = Options { name, crls: &crls, revocation, ..Options::at(Time::from_unix(AT)) };
    Verifier::new(&store).explain(&chain, &options).map_err(|error| text(&error))
}

/// A line for an input that is not answered as it must be.
fn complaint(name: &str, must: Must, verdict: &Result<Verdict, String>) -> Option<String> {
    let trusted = verdict.as_ref().is_ok_and(Verdict::trusted);
    let why = match verdict {
        Ok(verdict) => verdict.rejections.iter().map(|one| one.reason.code()).collect::<Vec<_>>().join(" "),
        Err(error) => error.clone(),
    };
    match must {
        Must::Refuse if trusted => Some(format!("{name}: accepted, must be refused")),
        Must::Accept if !trusted => Some(format!("{name}: refused, must be accepted: {why}")),
        Must::Refuse | Must::Accept | Must::Record => None,
    }
}

/// Fails with every complaint on a line of its own.
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} answered wrongly:\n{}\n", complaints.len(), complaints.join("\n"));
}

/// Asks about every neighbour of a group.
fn group(name: &str) {
    let members: Vec<&Neighbour> = NEIGHBOURS.iter().filter(|one| one.name.starts_with(&format!("{name}/"))).collect();
    assert!(members.len() >= 20, "{name} has only {} inputs", members.len());
    let complaints: Vec<String> =
        members.iter().filter_map(|one| complaint(&one.name, one.must, &verdict(one))).collect();
    none(&complaints);
}

#[test]
fn names_are_read_to_their_end() {
    group("names");
}

#[test]
fn strings_are_taken_in_der_only() {
    group("strings");
}

#[test]
fn names_compare_in_their_prepared_form() {
    group("preparation");
}

#[test]
fn identifiers_have_one_form_and_constraints_come_once() {
    group("oids");
}

#[test]
fn what_no_signature_covers_has_one_form() {
    group("unsigned");
}

#[test]
fn times_have_the_forms_of_the_rfc() {
    group("times");
}

#[test]
fn fields_of_certificates_are_read_whole() {
    group("fields");
}

#[test]
fn values_of_extensions_are_read_whole() {
    group("extensions");
}

#[test]
fn addresses_never_match_dns_names() {
    group("addresses");
}

#[test]
fn labels_that_do_not_decode_are_names_of_their_own() {
    group("hosts");
}

#[test]
fn odd_and_legal_forms_are_accepted() {
    group("valid");
}

#[test]
fn lists_are_read_whole() {
    group("lists");
}

#[test]
fn only_a_higher_number_of_the_same_issuer_supersedes() {
    group("numbers");
}

#[test]
fn another_key_of_the_name_takes_no_revocation_away() {
    group("signers");
}

#[test]
fn every_neighbour_is_in_a_group_that_is_asked_about() {
    let source = include_str!("attacks.rs");
    for neighbour in NEIGHBOURS.iter() {
        let (group, _) = neighbour.name.split_once('/').expect("a name has a group");
        assert!(source.contains(&format!("group(\"{group}\")")), "{}", neighbour.name);
    }
}

#[test]
fn the_inputs_without_a_change_are_accepted() {
    let controls: Vec<&Neighbour> = NEIGHBOURS
        .iter()
        .filter(|one| one.name.ends_with("/as-it-was") || one.name.contains("/as-it-was/"))
        .filter(|one| one.must == Must::Accept)
        .collect();
    assert!(controls.len() >= 15, "only {} controls", controls.len());
    let complaints: Vec<String> =
        controls.iter().filter_map(|one| complaint(&one.name, one.must, &verdict(one))).collect();
    none(&complaints);
}
