//! The smallest number of sets that together hold every member: which anchors to add to one store.
//!
//! Set cover is hard in general and small in practice: most targets have one issuer, and that issuer must be taken.
//! What is left after such forced choices is searched exactly, within a budget; beyond it the greedy answer stands,
//! which is at most `ln(n) + 1` times the smallest, and the result says so.

use std::collections::{BTreeMap, BTreeSet};

use super::bits::BitSet;

/// A choice of sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// The positions of the chosen sets, ascending.
    pub(crate) chosen: Vec<usize>,
    /// Whether it is proved that no smaller choice exists.
    pub(crate) is_minimal: bool,
}

/// Search steps spent on one cover: a few milliseconds.
const BUDGET: usize = 20_000;

/// Chooses the fewest of `sets` whose union holds all of `wanted`. Members that no set holds are left out. Among
/// choices of the same size, sets that stand earlier are preferred.
pub(crate) fn smallest_cover(sets: &[BitSet], wanted: &BitSet) -> Cover {
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, set) in sets.iter().enumerate() {
        set.iter().filter(|member| wanted.contains(*member)).for_each(|member| {
            holders.entry(member).or_default().push(position);
        });
    }
    // A member held by one set only forces that set.
    let forced: BTreeSet<usize> = holders.values().filter(|held| held.len() == 1).map(|held| held[0]).collect();
    let mut open: BitSet = holders.keys().copied().collect();
    forced.iter().for_each(|position| open.remove_all(&sets[*position]));
    let mut search = Search { sets, holders: &holders, best: greedy(sets, open.clone()), steps: 0 };
    search.descend(&open, &mut Vec::new());
    let is_minimal = search.steps < BUDGET || search.best.len() <= 1;
    let mut rest = search.best;
    prefer_earlier(sets, &open, &mut rest);
    let chosen: BTreeSet<usize> = forced.into_iter().chain(rest).collect();
    Cover { chosen: chosen.into_iter().collect(), is_minimal }
}

/// Takes the set that holds most of what is open, again and again.
fn greedy(sets: &[BitSet], mut open: BitSet) -> Vec<usize> {
    let mut chosen = Vec::new();
    while !open.is_empty() {
        // `max_by_key` gives the last of equals, and the earlier set is preferred.
        let largest = sets.iter().enumerate().rev().max_by_key(|(_, set)| set.common(&open));
        let Some((position, set)) = largest.filter(|(_, set)| set.intersects(&open)) else { break };
        open.remove_all(set);
        chosen.push(position);
    }
    chosen
}

struct Search<'s> {
    sets: &'s [BitSet],
    /// The sets that hold each member.
    holders: &'s BTreeMap<usize, Vec<usize>>,
    best: Vec<usize>,
    steps: usize,
}

impl Search<'_> {
    /// Branches on the open member with the fewest holders; cuts where even sets of the largest size are too many.
    fn descend(&mut self, open: &BitSet, chosen: &mut Vec<usize>) {
        if open.is_empty() {
            if chosen.len() < self.best.len() {
                self.best.clone_from(chosen);
            }
            return;
        }
        self.steps += 1;
        let largest = self.sets.iter().map(|set| set.common(open)).max().unwrap_or(0);
        if self.steps >= BUDGET || largest == 0 || chosen.len() + open.len().div_ceil(largest) >= self.best.len() {
            return;
        }
        let holders = self.holders;
        let tightest = open.iter().filter_map(|member| holders.get(&member)).min_by_key(|held| held.len());
        for position in tightest.into_iter().flatten() {
            let mut rest = open.clone();
            rest.remove_all(&self.sets[*position]);
            chosen.push(*position);
            self.descend(&rest, chosen);
            chosen.pop();
        }
    }
}

/// Drops chosen sets that the others make needless, and exchanges each for the earliest that keeps the cover whole.
fn prefer_earlier(sets: &[BitSet], coverable: &BitSet, chosen: &mut Vec<usize>) {
    let mut slot = 0;
    while slot < chosen.len() {
        let mut needed = coverable.clone();
        let others = chosen.iter().enumerate().filter(|(other, _)| *other != slot);
        others.for_each(|(_, position)| needed.remove_all(&sets[*position]));
        if needed.is_empty() {
            chosen.remove(slot);
            continue;
        }
        if let Some(earlier) = (0..chosen[slot]).find(|position| needed.is_subset(&sets[*position])) {
            chosen[slot] = earlier;
        }
        slot += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(members: &[usize]) -> BitSet {
        members.iter().copied().collect()
    }

    /// The size of the smallest cover, by trying every choice.
    fn smallest_by_trial(sets: &[BitSet], wanted: &BitSet) -> usize {
        (0_u32..1 << sets.len())
            .filter(|mask| {
                let mut open = wanted.clone();
                sets.iter().enumerate().filter(|(n, _)| mask & (1 << n) != 0).for_each(|(_, s)| open.remove_all(s));
                open.is_empty()
            })
            .map(u32::count_ones)
            .min()
            .map(|size| usize::try_from(size).expect("small"))
            .expect("all sets together cover")
    }

    #[test]
    fn greedy_trap_is_solved_exactly() {
        // Greedy takes the middle set of four first and then needs both others.
        let sets = [set(&[1, 2, 4, 5]), set(&[0, 1, 2]), set(&[3, 4, 5])];
        let cover = smallest_cover(&sets, &set(&[0, 1, 2, 3, 4, 5]));
        assert_eq!(cover, Cover { chosen: vec![1, 2], is_minimal: true });
        assert_eq!(greedy(&sets, set(&[0, 1, 2, 3, 4, 5])).len(), 3);
    }

    #[test]
    fn earlier_sets_win_among_equals() {
        let sets = [set(&[0, 1]), set(&[0, 1]), set(&[0, 1, 2]), set(&[2])];
        assert_eq!(smallest_cover(&sets, &set(&[0, 1])).chosen, [0]);
        assert_eq!(smallest_cover(&sets, &set(&[0, 1, 2])).chosen, [2]);
    }

    #[test]
    fn members_nobody_holds_are_left_out() {
        let cover = smallest_cover(&[set(&[0])], &set(&[0, 7]));
        assert_eq!(cover, Cover { chosen: vec![0], is_minimal: true });
        assert_eq!(smallest_cover(&[], &set(&[7])).chosen, Vec::<usize>::new());
    }

    #[test]
    fn random_covers_are_as_small_as_by_trying_all() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        for _ in 0..300 {
            let members = 3 + next(8);
            let mut sets: Vec<BitSet> = (0..3 + next(8))
                .map(|_| (0..members).filter(|_| next(3) == 0).filter_map(|m| usize::try_from(m).ok()).collect())
                .collect();
            let wanted: BitSet = (0..members).filter_map(|m| usize::try_from(m).ok()).collect();
            sets.push(wanted.iter().filter(|m| !sets.iter().any(|set| set.contains(*m))).collect());
            let cover = smallest_cover(&sets, &wanted);
            assert!(cover.is_minimal);
            assert_eq!(cover.chosen.len(), smallest_by_trial(&sets, &wanted), "{sets:?}");
            let mut open = wanted.clone();
            cover.chosen.iter().for_each(|position| open.remove_all(&sets[*position]));
            assert!(open.is_empty());
        }
    }

    #[test]
    fn cover_beyond_the_budget_is_whole_and_says_that_it_may_not_be_the_smallest() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below).expect("small")
        };
        let mut sets: Vec<BitSet> = (0..120).map(|_| (0..8).map(|_| next(120)).collect()).collect();
        // Every member has at least two holders, so none is forced.
        sets.extend((0..120).map(|member| [member, (member + 1) % 120].into_iter().collect::<BitSet>()));
        let wanted: BitSet = (0..120).collect();
        let cover = smallest_cover(&sets, &wanted);
        assert!(!cover.is_minimal);
        let mut open = wanted;
        cover.chosen.iter().for_each(|position| open.remove_all(&sets[*position]));
        assert!(open.is_empty());
    }
}
