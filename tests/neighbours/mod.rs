//! Inputs of the kinds that verifiers accept by mistake: each is made by the factory, signed rightly and wrong in one form.
//!
//! Beside each stands what must come of it. The suite puts them to the profile `strict`, the differential questions put
//! them to the real validators. `tests/attacks` has the inputs that began the groups.

mod addresses;
mod crl_forms;
mod crl_issuers;
mod crl_numbers;
mod extensions;
mod fields;
mod names;
mod oids;
mod preparation;
mod strings;
mod times;
mod unsigned;
mod valid;

use vitrust_factory::{Cert, CertBuilder, Crl, CrlEntry, Key, Node, Reason};

/// What must come of an input in the profile `strict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// It is refused.
    Refuse,
    /// It is accepted: the form is legal, or so common that refusing it helps nobody.
    Accept,
    /// No rule decides; the answers of the real validators are only written down.
    Record,
}

use Must::{Accept, Record, Refuse};

/// One input.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Group and claim, such as `times/utc-without-seconds/not-before`.
    pub name: String,
    /// DER of the presented certificates, the end-entity first.
    pub chain: Vec<Vec<u8>>,
    /// DER of the store's certificates.
    pub anchors: Vec<Vec<u8>>,
    /// DER of revocation lists; with any, each certificate below the anchor must have one.
    pub crls: Vec<Vec<u8>>,
    /// The host name or address to check, if any.
    pub host: Option<String>,
    /// What must come of it.
    pub must: Must,
}

impl Neighbour {
    fn host(&mut self, host: &str) -> &mut Self {
        self.host = Some(host.to_owned());
        self
    }

    fn crls(&mut self, crls: &[&Crl]) -> &mut Self {
        self.crls.extend(crls.iter().map(|crl| crl.der().to_vec()));
        self
    }
}

/// Every input, by group.
pub fn all() -> Vec<Neighbour> {
    let mut list = Neighbours { list: Vec::new(), lab: Lab::new() };
    names::add(&mut list);
    strings::add(&mut list);
    preparation::add(&mut list);
    oids::add(&mut list);
    unsigned::add(&mut list);
    times::add(&mut list);
    fields::add(&mut list);
    extensions::add(&mut list);
    addresses::add(&mut list);
    valid::add(&mut list);
    crl_forms::add(&mut list);
    crl_numbers::add(&mut list);
    crl_issuers::add(&mut list);
    list.list
}

/// A usual chain with clean lists, to change one thing of.
struct Lab {
    root: Cert,
    sub: Cert,
    server: Cert,
    root_list: Crl,
}

/// The host that the usual end-entity certificate is for.
const HOST: &str = "a.lab.example";

/// A serial number that no certificate of the chain has.
const OTHER_SERIAL: [u8; 1] = [7];

impl Lab {
    fn new() -> Self {
        let root = root_builder().self_signed();
        let sub = sub_builder().issued_by(&root);
        let server = server_builder().issued_by(&sub);
        let root_list = Crl::of(&root).sign();
        Self { root, sub, server, root_list }
    }

    /// The intermediate's list, with an entry for another certificate.
    fn sub_list(&self) -> Crl {
        let entry = CrlEntry::new(&OTHER_SERIAL, "2026-04-01").reason(Reason::Superseded);
        Crl::of(&self.sub).entry(entry).sign()
    }
}

fn root_builder() -> CertBuilder {
    Cert::ca("CN=Root, O=Lab").key(Key::p256(1))
}

fn sub_builder() -> CertBuilder {
    Cert::ca("CN=Sub, O=Lab").key(Key::p256(2))
}

fn server_builder() -> CertBuilder {
    Cert::end_entity("CN=a.lab.example, O=Lab").dns(HOST).key(Key::p256(3))
}

/// Which certificate of the usual chain is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anchor,
    Intermediate,
    EndEntity,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Anchor => "anchor",
            Self::Intermediate => "intermediate",
            Self::EndEntity => "end-entity",
        }
    }
}

/// A change of form: its name, what must come of it, and the change to the signed part.
type Form = (&'static str, Must, Change);

/// A change to an element; it gives back some element, so that changes can be chained.
type Change = fn(&mut Node) -> &mut Node;

/// The inputs in the making.
struct Neighbours {
    list: Vec<Neighbour>,
    lab: Lab,
}

impl Neighbours {
    /// Adds the question whether `chain` (end-entity first) is trusted by the store `anchors` as a server.
    fn ask(&mut self, name: impl Into<String>, must: Must, chain: &[&Cert], anchors: &[&Cert]) -> &mut Neighbour {
        let name = name.into();
        assert!(self.list.iter().all(|one| one.name != name), "{name} is there twice");
        let ders = |certs: &[&Cert]| certs.iter().map(|cert| cert.der().to_vec()).collect();
        let (chain, anchors) = (ders(chain), ders(anchors));
        self.list.push(Neighbour { name, chain, anchors, crls: Vec::new(), host: None, must });
        self.list.last_mut().expect("one was just added")
    }

    /// Adds `group/name/place` for each change to the signed part of the certificate at `place`, and the chain without one.
    fn forms(&mut self, group: &str, place: Place, forms: &[Form]) {
        let control: Form = ("as-it-was", Accept, |signed| signed);
        for (name, must, change) in [control].iter().chain(forms) {
            let Lab { root, sub, server, .. } = &self.lab;
            let apply = |signed: &mut Node| {
                change(signed);
            };
            let (mut chain, mut anchor) = (vec![server.clone(), sub.clone()], root.clone());
            match place {
                Place::EndEntity => chain[0] = server.reformed(sub.key(), apply),
                Place::Intermediate => chain[1] = sub.reformed(root.key(), apply),
                Place::Anchor => anchor = root.reformed(root.key(), apply),
            }
            let name = format!("{group}/{name}/{}", place.name());
            self.ask(name, *must, &[&chain[0], &chain[1]], &[&anchor]).host(HOST);
        }
    }

    /// Adds `group/name` for each change to the signed part of `list`, which is the intermediate's, and for the list as it was.
    fn list_forms(&mut self, group: &str, list: &Crl, forms: &[Form]) {
        let control: Form = ("as-it-was", Accept, |signed| signed);
        for (name, must, change) in [control].iter().chain(forms) {
            let changed = list.reformed(self.lab.sub.key(), |signed| {
                change(signed);
            });
            self.ask_lists(format!("{group}/{name}"), *must, &[&changed]);
        }
    }

    /// Asks about the usual chain with the root's clean list and these.
    fn ask_lists(&mut self, name: impl Into<String>, must: Must, lists: &[&Crl]) {
        let Lab { root, sub, server, root_list } = &self.lab;
        let (root, sub, server, root_list) = (root.clone(), sub.clone(), server.clone(), root_list.clone());
        self.ask(name, must, &[&server, &sub], &[&root]).crls(&[&root_list]).crls(lists);
    }
}
