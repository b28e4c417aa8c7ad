//! The cases, by axis. Every one is made by the factory and the same on every run.

mod algorithms;
mod constraints;
mod encodings;
mod fields;
mod forms;
mod hosts;
mod key_ids;
mod lengths;
mod names;
mod policies;
mod revocation;
mod shapes;
mod stores;
mod usages;

use vitrust_factory::{Cert, CertBuilder, Key};

use super::case::{Case, Cases};

/// Every case.
pub fn all() -> Vec<Case> {
    let mut cases = Cases::default();
    stores::add(&mut cases);
    shapes::add(&mut cases);
    fields::add(&mut cases);
    usages::add(&mut cases);
    lengths::add(&mut cases);
    constraints::add(&mut cases);
    policies::add(&mut cases);
    algorithms::add(&mut cases);
    key_ids::add(&mut cases);
    names::add(&mut cases);
    hosts::add(&mut cases);
    encodings::add(&mut cases);
    revocation::add(&mut cases);
    forms::add(&mut cases);
    cases.into_list()
}

/// The anchor most cases have.
fn root() -> Cert {
    root_builder().self_signed()
}

fn root_builder() -> CertBuilder {
    Cert::ca("CN=Root, O=Lab").key(Key::p256(1))
}

fn sub_builder() -> CertBuilder {
    Cert::ca("CN=Sub, O=Lab").key(Key::p256(2))
}

fn server_builder() -> CertBuilder {
    Cert::end_entity("CN=a.lab.example, O=Lab").dns("a.lab.example").key(Key::p256(3))
}

/// An unrelated anchor.
fn stranger() -> Cert {
    Cert::ca("CN=Stranger, O=Elsewhere").key(Key::p256(9)).self_signed()
}

/// A change to one certificate, with its name.
type Change = (&'static str, fn(CertBuilder) -> CertBuilder);

/// The three places of a usual chain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anchor,
    Intermediate,
    EndEntity,
}

impl Place {
    const ALL: [Self; 3] = [Self::Anchor, Self::Intermediate, Self::EndEntity];
    const CAS: [Self; 2] = [Self::Anchor, Self::Intermediate];

    fn name(self) -> &'static str {
        match self {
            Self::Anchor => "anchor",
            Self::Intermediate => "intermediate",
            Self::EndEntity => "end-entity",
        }
    }
}

/// Adds `axis/change/place` for each change at each place of the chain end-entity, intermediate, anchor.
fn add_changes(cases: &mut Cases, axis: &str, places: &[Place], changes: &[Change]) {
    for (name, change) in changes {
        for place in places {
            let (server, sub, root) = chain_with(*place, *change);
            cases.add(format!("{axis}/{name}/{}", place.name()), &[&server, &sub], &[&root]);
        }
    }
}

/// End-entity, intermediate and anchor, with `change` made to the one at `place`.
fn chain_with(place: Place, change: fn(CertBuilder) -> CertBuilder) -> (Cert, Cert, Cert) {
    let at = |here: Place, builder: CertBuilder| if here == place { change(builder) } else { builder };
    let root = at(Place::Anchor, root_builder()).self_signed();
    let sub = at(Place::Intermediate, sub_builder()).issued_by(&root);
    let server = at(Place::EndEntity, server_builder()).issued_by(&sub);
    (server, sub, root)
}
