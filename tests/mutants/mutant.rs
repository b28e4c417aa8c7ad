//! One mutant: what its seed changes where, and the question that comes of it.

use fastrand::Rng;
use vitrust_factory::AT;

use super::super::asked::case::Case;
use super::base::{Base, Part};
use super::operation::{apply, fitting, numbered};
use super::place;
use super::tree::Node;

/// A change to one element of one part.
#[derive(Clone)]
struct Change {
    part: usize,
    /// Whether it is beside the signed part, where no signature tells.
    outside: bool,
    path: Vec<usize>,
    operation: usize,
    donor: Node,
    seed: u64,
    /// What the report calls it.
    kind: String,
}

/// A base and its changes.
#[derive(Clone)]
pub struct Mutant {
    /// What it was made from.
    pub seed: u64,
    /// The number of its base.
    pub base: usize,
    changes: Vec<Change>,
    /// Whether what is written twice (a subject and the issuer below it, both algorithms) changes in both places.
    follow: bool,
}

impl Mutant {
    /// The mutant of this seed.
    pub fn planned(seed: u64, bases: &[Base]) -> Self {
        let mut rng = Rng::with_seed(seed);
        let base = rng.usize(0..bases.len());
        let count = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3][rng.usize(0..10)];
        let parts = &bases[base].parts;
        // An anchor is a third as telling as what is below it.
        let weighted: Vec<usize> =
            (0..parts.len()).flat_map(|at| vec![at; if parts[at].role == "anchor" { 1 } else { 3 }]).collect();
        let follow = rng.u8(0..10) < 7;
        let mut part = weighted[rng.usize(0..weighted.len())];
        let mut changes = Vec::new();
        for _ in 0..count {
            changes.extend(change(parts, part, &mut rng));
            if rng.u8(0..4) == 0 {
                part = weighted[rng.usize(0..weighted.len())];
            }
        }
        Self { seed, base, changes, follow }
    }

    /// The base as it stands.
    pub fn unchanged(base: usize) -> Self {
        Self { seed: 0, base, changes: Vec::new(), follow: false }
    }

    /// What was changed where, for the report and the lists.
    pub fn kind(&self) -> String {
        self.changes.iter().map(|change| change.kind.as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// The mutants with some of these changes and not all, those with the fewest first.
    pub fn smaller(&self) -> Vec<Self> {
        let all = self.changes.len();
        let chosen = |mask: usize| (0..all).filter(move |bit| mask >> bit & 1 == 1);
        let mut masks: Vec<usize> = (1..(1_usize << all).saturating_sub(1)).collect();
        masks.sort_by_key(|mask| mask.count_ones());
        let with = |mask| chosen(mask).map(|bit| self.changes[bit].clone()).collect();
        masks.into_iter().map(|mask| Self { changes: with(mask), ..self.clone() }).collect()
    }

    /// The question.
    pub fn case(&self, bases: &[Base]) -> Case {
        let base = &bases[self.base];
        let wholes: Vec<Node> = base.parts.iter().map(read).collect();
        let mut signed: Vec<Option<Node>> = (0..wholes.len()).map(|part| self.signed(part, &wholes[part])).collect();
        if self.follow {
            self.follow_subjects(&base.parts, &wholes, &mut signed);
        }
        let ders: Vec<Vec<u8>> =
            signed.into_iter().enumerate().map(|(at, new)| self.seal(base, at, &wholes[at], new)).collect();
        let of = |wanted: fn(&str) -> bool| {
            base.parts.iter().zip(&ders).filter(|(part, _)| wanted(part.role)).map(|(_, der)| der.clone()).collect()
        };
        // A certificate of its own is presented and stored.
        let alone = base.parts.len() == 1;
        Case {
            name: format!("{}-{}", self.seed, self.kind()),
            chain: if alone { ders.clone() } else { of(|role| matches!(role, "leaf" | "ca")) },
            anchors: of(|role| role == "anchor"),
            crls: of(|role| role == "list"),
            at: AT,
            host: base.host.map(str::to_owned),
            purpose: base.purpose,
        }
    }

    /// The changed signed part of a part, where anything changes in it.
    fn signed(&self, part: usize, whole: &Node) -> Option<Node> {
        let mut own = self.changes.iter().filter(|change| change.part == part && !change.outside).peekable();
        own.peek()?;
        let first = whole.at(&[0]).expect("a signed part").clone();
        Some(own.fold(first, |node, change| apply(node, change.operation, &change.path, &change.donor, change.seed)))
    }

    /// Writes each changed subject as issuer into what it issued.
    fn follow_subjects(&self, parts: &[Part], wholes: &[Node], signed: &mut [Option<Node>]) {
        for change in self.changes.iter().filter(|change| !change.outside && parts[change.part].role != "list") {
            let subject = place::subject_at(&wholes[change.part].nodes()[0]);
            let new = signed[change.part].as_ref().and_then(|node| node.at(&[subject])).cloned();
            let (Some(new), true) = (new, change.path.first() == Some(&subject)) else { continue };
            for (at, _) in parts.iter().enumerate().filter(|(_, part)| part.issuer == Some(change.part)) {
                let original = &wholes[at].nodes()[0];
                let issuer = place::issuer_at(original, parts[at].role == "list");
                let node = signed[at].get_or_insert_with(|| original.clone());
                if let Some(old) = node.nodes_mut().and_then(|nodes| nodes.get_mut(issuer)) {
                    *old = new.clone();
                }
            }
        }
    }

    /// The part with its new signed part, signed again, and with the changes beside it.
    fn seal(&self, base: &Base, at: usize, whole: &Node, new: Option<Node>) -> Vec<u8> {
        let part = &base.parts[at];
        let mut all = whole.clone();
        if let (Some(new), Some(nodes)) = (new, all.nodes_mut()) {
            let algorithm = place::issuer_at(&whole.nodes()[0], part.role == "list") - 1;
            let touched =
                |change: &&Change| change.part == at && !change.outside && change.path.first() == Some(&algorithm);
            if let (true, Some(inner)) =
                (self.follow && self.changes.iter().any(|one| touched(&one)), new.at(&[algorithm]))
            {
                nodes[1] = inner.clone();
            }
            let signature = part.key.usual_algorithm().sign(&part.key, &new.encode());
            let bits = [&[0], signature.as_slice()].concat();
            let bits = Node::bytes(0x03, &bits);
            nodes[2] = Node::parse(&bits.encode()).unwrap_or(bits);
            nodes[0] = new;
        }
        let own = self.changes.iter().filter(|change| change.part == at && change.outside);
        own.fold(all, |node, change| apply(node, change.operation, &change.path, &change.donor, change.seed)).encode()
    }
}

/// A change to some element of `part`; none when nothing fits there.
fn change(parts: &[Part], part: usize, rng: &mut Rng) -> Option<Change> {
    let whole = read(&parts[part]);
    let outside = rng.u8(0..100) < 12;
    let list = parts[part].role == "list";
    let root = if outside { whole } else { whole.at(&[0])?.clone() };
    let mut paths = root.paths();
    if outside {
        paths.retain(|path| path.first() != Some(&0));
    }
    let path = paths.swap_remove(rng.usize(0..paths.len()));
    let operation = rng.choice(fitting(&root, &path))?;
    let donor = donor(&parts[rng.usize(0..parts.len())], rng)?;
    let place = if outside { place::outside(&root, &path) } else { place::in_signed_part(&root, &path, list) };
    let kind = format!("{} {place}: {}", parts[part].role, numbered(operation)?.name);
    Some(Change { part, outside, path, operation, donor, seed: rng.u64(..), kind })
}

/// Some element of `part`.
fn donor(part: &Part, rng: &mut Rng) -> Option<Node> {
    let whole = read(part);
    let mut paths = whole.paths();
    let path = paths.swap_remove(rng.usize(0..paths.len()));
    whole.at(&path).cloned()
}

fn read(part: &Part) -> Node {
    Node::parse(&part.der).expect("what the factory made is DER")
}

#[cfg(test)]
mod tests {
    use super::super::base;
    use super::*;

    #[test]
    fn a_seed_makes_the_same_mutant_again() {
        let (bases, again) = (base::all(), base::all());
        for seed in 0..200 {
            let (one, other) = (Mutant::planned(seed, &bases), Mutant::planned(seed, &again));
            assert_eq!(one.case(&bases).json(), other.case(&again).json());
        }
    }

    #[test]
    fn most_mutants_differ_from_their_base_and_all_smaller_ones_have_fewer_changes() {
        let bases = base::all();
        let mutants: Vec<Mutant> = (0..300).map(|seed| Mutant::planned(seed, &bases)).collect();
        let differs = |mutant: &&Mutant| {
            let (new, old) = (mutant.case(&bases), Mutant::unchanged(mutant.base).case(&bases));
            (new.chain, new.anchors, new.crls) != (old.chain, old.anchors, old.crls)
        };
        assert!(mutants.iter().filter(differs).count() > 280);
        assert!(
            mutants.iter().all(|mutant| mutant.smaller().iter().all(|one| one.changes.len() < mutant.changes.len()))
        );
        assert!(mutants.iter().any(|mutant| mutant.smaller().len() == 6), "none has three changes");
    }

    #[test]
    fn the_base_as_it_stands_is_written_the_same() {
        let bases = base::all();
        for (at, base) in bases.iter().enumerate() {
            let case = Mutant::unchanged(at).case(&bases);
            assert_eq!(case.chain[0], base.parts[0].der, "{}", base.name);
        }
    }
}
