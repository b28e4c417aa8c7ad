//! What a change is: a name, the elements it fits and what it does to one of them.

use fastrand::Rng;

use super::forms::FORMS;
use super::tree::Node;
use super::values::VALUES;

/// One way to change an element.
#[derive(Clone, Copy)]
pub struct Operation {
    /// What the report calls it.
    pub name: &'static str,
    /// Whether it can be done to the element at this place of its row; the last is the depth, 0 for the outermost.
    pub fits: fn(&[Node], usize, usize) -> bool,
    /// Does it. The third is an element of some other place.
    pub apply: fn(&mut Vec<Node>, usize, &Node, &mut Rng),
}

/// Every operation; its place here is its number.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    FORMS.iter().chain(VALUES)
}

/// The operation with this number.
pub fn numbered(number: usize) -> Option<&'static Operation> {
    all().nth(number)
}

/// Fits everything.
pub fn any(_: &[Node], _: usize, _: usize) -> bool {
    true
}

/// Fits what another element holds.
pub fn held(_: &[Node], _: usize, depth: usize) -> bool {
    depth > 0
}

/// Does operation `number` to the element at `path` below `root`; nothing when it is gone or no longer fits.
pub fn apply(root: Node, number: usize, path: &[usize], donor: &Node, seed: u64) -> Node {
    let mut top = vec![root];
    let steps: Vec<usize> = [&[0], path].concat();
    let Some((last, above)) = steps.split_last() else { return top.swap_remove(0) };
    let row = above.iter().try_fold(&mut top, |row, step| row.get_mut(*step)?.nodes_mut());
    if let (Some(row), Some(operation)) = (row, numbered(number))
        && *last < row.len()
        && (operation.fits)(row, *last, path.len())
    {
        (operation.apply)(row, *last, donor, &mut Rng::with_seed(seed));
    }
    top.swap_remove(0)
}

/// The numbers of the operations that fit the element at `path` below `root`.
pub fn fitting(root: &Node, path: &[usize]) -> Vec<usize> {
    let alone = [root.clone()];
    let (row, at) = match path.split_last() {
        Some((last, above)) => (root.at(above).map_or(&[][..], Node::nodes), *last),
        None => (&alone[..], 0),
    };
    let fits = |(number, operation): (usize, &Operation)| (operation.fits)(row, at, path.len()).then_some(number);
    if at < row.len() { all().enumerate().filter_map(fits).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Node {
        Node::of(
            0x30,
            vec![Node::bytes(2, &[5]), Node::of(0x31, vec![Node::bytes(1, &[0xff]), Node::bytes(6, &[85, 29])])],
        )
    }

    #[test]
    fn names_are_distinct() {
        let names: std::collections::BTreeSet<&str> = all().map(|operation| operation.name).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn every_operation_that_fits_changes_what_is_written() {
        let donor = Node::bytes(0x0c, b"donor");
        let mut seen = std::collections::BTreeSet::new();
        let root = sample();
        for path in root.paths() {
            for number in fitting(&root, &path) {
                let changed =
                    (0..8).filter(|seed| apply(root.clone(), number, &path, &donor, *seed).encode() != root.encode());
                assert!(changed.count() > 0, "{} at {path:?}", numbered(number).expect("it fits").name);
                seen.insert(number);
            }
        }
        assert!(seen.len() > 20, "{}", seen.len());
    }

    #[test]
    fn the_same_seed_makes_the_same_change() {
        let (root, donor) = (sample(), Node::bytes(5, &[]));
        for number in fitting(&root, &[1]) {
            let change = |seed| apply(root.clone(), number, &[1], &donor, seed).encode();
            assert_eq!(change(7), change(7));
        }
    }

    #[test]
    fn what_is_gone_is_left_alone() {
        assert_eq!(apply(sample(), 0, &[1, 5, 2], &Node::bytes(5, &[]), 1), sample());
    }
}
