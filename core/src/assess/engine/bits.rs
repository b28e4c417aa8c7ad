//! Sets of small numbers as bits: which anchors a store holds, which stores trust a chain.

/// A set of numbers, one bit each. Equal sets are equal values, however they were built.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct BitSet {
    // INVARIANT: the last word is not zero, so that equality and hash depend on the members alone.
    words: Vec<u64>,
}

const WIDTH: usize = 64;

impl BitSet {
    /// Adds `number`; `true` when it was not there.
    pub(crate) fn insert(&mut self, number: usize) -> bool {
        let (word, mask) = (number / WIDTH, 1_u64 << (number % WIDTH));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let fresh = self.words[word] & mask == 0;
        self.words[word] |= mask;
        fresh
    }

    /// Whether `number` is in the set.
    pub(crate) fn contains(&self, number: usize) -> bool {
        self.words.get(number / WIDTH).is_some_and(|word| word & (1 << (number % WIDTH)) != 0)
    }

    /// Whether the sets share a member.
    pub(crate) fn intersects(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(own, other)| own & other != 0)
    }

    /// Whether every member is in `other` too.
    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        self.words.iter().enumerate().all(|(index, word)| word & !other.words.get(index).copied().unwrap_or(0) == 0)
    }

    /// Takes in the members of `other`.
    pub(crate) fn extend(&mut self, other: &Self) {
        if other.words.len() > self.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(own, other)| *own |= other);
    }

    /// Drops the members of `other`.
    pub(crate) fn remove_all(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(own, other)| *own &= !other);
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }

    /// The members that are in `other` too.
    pub(crate) fn intersection(&self, other: &Self) -> Self {
        let mut words: Vec<u64> = self.words.iter().zip(&other.words).map(|(own, other)| own & other).collect();
        while words.last() == Some(&0) {
            words.pop();
        }
        Self { words }
    }

    /// How many members there are.
    pub(crate) fn len(&self) -> usize {
        self.words.iter().map(|word| usize::try_from(word.count_ones()).unwrap_or(WIDTH)).sum()
    }

    /// How many members are in `other` too.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let both = self.words.iter().zip(&other.words).map(|(own, other)| own & other);
        both.map(|word| usize::try_from(word.count_ones()).unwrap_or(WIDTH)).sum()
    }

    /// Whether there is no member.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The members, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| index * WIDTH + usize::try_from(rest.trailing_zeros()).unwrap_or(0))
        })
    }
}

impl From<&Self> for BitSet {
    fn from(set: &Self) -> Self {
        set.clone()
    }
}

impl FromIterator<usize> for BitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut set = Self::default();
        numbers.into_iter().for_each(|number| {
            set.insert(number);
        });
        set
    }
}

#[cfg(test)]
mod tests {
    use super::BitSet;

    #[test]
    fn members_come_back_in_order_whatever_the_words() {
        let numbers = [0, 1, 63, 64, 127, 128, 1000];
        let set: BitSet = numbers.iter().rev().copied().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), numbers);
        assert_eq!(set.len(), numbers.len());
        assert!(numbers.iter().all(|number| set.contains(*number)));
        assert!(!set.contains(2) && !set.contains(5000));
    }

    #[test]
    fn equality_is_by_members_after_removal() {
        let small: BitSet = [3].into_iter().collect();
        let mut large: BitSet = [3, 700].into_iter().collect();
        assert!(small.is_subset(&large) && !large.is_subset(&small));
        large.remove_all(&[700].into_iter().collect());
        assert_eq!(small, large);
        large.remove_all(&small);
        assert!(large.is_empty() && large == BitSet::default());
    }

    #[test]
    fn sets_of_different_length_meet_where_both_have_words() {
        let low: BitSet = [5, 9].into_iter().collect();
        let mut high: BitSet = [9, 900].into_iter().collect();
        assert!(low.intersects(&high));
        assert_eq!(low.common(&high), 1);
        assert_eq!(high.intersection(&low), [9].into_iter().collect());
        high.extend(&low);
        assert_eq!(high.iter().collect::<Vec<_>>(), [5, 9, 900]);
    }
}
