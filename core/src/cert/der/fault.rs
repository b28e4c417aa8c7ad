//! What an encoding breaks: the rule and the place.

use std::cell::RefCell;
use std::fmt;

use serde::Serialize;

/// A rule of DER (X.690) or of the ASN.1 of RFC 5280 that an encoding can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A length takes more octets than it needs (X.690 section 10.1).
    Length,
    /// An element has another class or number than its place asks for.
    Tag,
    /// A primitive value is constructed, or the other way round (X.690 sections 8.1.2.5 and 10.2).
    Form,
    /// A BOOLEAN is neither one octet 00 nor one octet FF (X.690 section 11.1).
    Boolean,
    /// An INTEGER is empty or has redundant octets (X.690 section 8.3.2).
    Integer,
    /// A BIT STRING is empty, or says a wrong count of unused bits, or these are not zero (X.690 section 11.2).
    BitString,
    /// An OBJECT IDENTIFIER is empty, cut, or has a padded arc (X.690 section 8.19.2).
    ObjectIdentifier,
    /// A NULL has content.
    Null,
    /// A character string holds what its type does not have.
    String,
    /// A time is not in the one form of RFC 5280 section 4.1.2.5.
    Time,
    /// Something follows the last field of a structure.
    Leftover,
    /// A list that has at least one member is empty.
    Empty,
    /// A version number does not fit the fields that are there (RFC 5280 sections 4.1.2.1 and 5.1.2.1).
    Version,
    /// There is more, or deeper nesting, than is read here.
    Limit,
    /// A value that is the default is written all the same (X.690 section 11.5). Real CAs do so: a note.
    Default,
    /// The members of a SET OF are not in order (X.690 section 11.6). Real CAs do so: a note.
    SetOrder,
    /// A list of named bits ends in zero bits (X.690 section 11.2.2). Real CAs do so: a note.
    NamedBits,
    /// A PrintableString holds characters such as `@` and `*` that the type lacks. Real CAs do so: a note.
    PrintableString,
}

/// How much a broken rule matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// Told and no more: certificates of real CAs are made so, and there is one meaning.
    Note,
    /// Not DER: nothing is judged by it.
    Fault,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 18] = [
        Self::Length,
        Self::Tag,
        Self::Form,
        Self::Boolean,
        Self::Integer,
        Self::BitString,
        Self::ObjectIdentifier,
        Self::Null,
        Self::String,
        Self::Time,
        Self::Leftover,
        Self::Empty,
        Self::Version,
        Self::Limit,
        Self::Default,
        Self::SetOrder,
        Self::NamedBits,
        Self::PrintableString,
    ];

    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Length
            | Self::Tag
            | Self::Form
            | Self::Boolean
            | Self::Integer
            | Self::BitString
            | Self::ObjectIdentifier
            | Self::Null
            | Self::String
            | Self::Time
            | Self::Leftover
            | Self::Empty
            | Self::Version
            | Self::Limit => Severity::Fault,
            Self::Default | Self::SetOrder | Self::NamedBits | Self::PrintableString => Severity::Note,
        }
    }

    /// What is wrong, in words that follow the place.
    const fn words(self) -> &'static str {
        match self {
            Self::Length => "a length is not in its shortest form",
            Self::Tag => "an element has a tag that does not belong there",
            Self::Form => "a value is constructed where it must be primitive, or the other way round",
            Self::Boolean => "a BOOLEAN is neither 00 nor FF",
            Self::Integer => "an INTEGER is not in its shortest form",
            Self::BitString => "a BIT STRING has wrong unused bits",
            Self::ObjectIdentifier => "an OBJECT IDENTIFIER is not in its only valid form",
            Self::Null => "a NULL has content",
            Self::String => "a string holds characters that its type does not allow",
            Self::Time => "a time is not in the form of RFC 5280",
            Self::Leftover => "something follows the last field",
            Self::Empty => "a list that must not be empty is empty",
            Self::Version => "the version does not fit the fields",
            Self::Limit => "there is more content than expected here",
            Self::Default => "a default value is written out",
            Self::SetOrder => "the members of a set are not in order",
            Self::NamedBits => "a list of flags ends in zero bits",
            Self::PrintableString => "a PrintableString holds characters that it must not",
        }
    }

    const fn bit(self) -> u32 {
        match self {
            Self::Length => 1,
            Self::Tag => 1 << 1,
            Self::Form => 1 << 2,
            Self::Boolean => 1 << 3,
            Self::Integer => 1 << 4,
            Self::BitString => 1 << 5,
            Self::ObjectIdentifier => 1 << 6,
            Self::Null => 1 << 7,
            Self::String => 1 << 8,
            Self::Time => 1 << 9,
            Self::Leftover => 1 << 10,
            Self::Empty => 1 << 11,
            Self::Version => 1 << 12,
            Self::Limit => 1 << 13,
            Self::Default => 1 << 14,
            Self::SetOrder => 1 << 15,
            Self::NamedBits => 1 << 16,
            Self::PrintableString => 1 << 17,
        }
    }
}

/// A set of rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules(u32);

impl Rules {
    /// No rule.
    pub const NONE: Self = Self(0);

    /// The set of these.
    #[must_use]
    pub const fn of(rules: &[Rule]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < rules.len() {
            bits |= rules[index].bit();
            index += 1;
        }
        Self(bits)
    }

    /// Whether a rule is in the set.
    #[must_use]
    pub const fn has(self, rule: Rule) -> bool {
        self.0 & rule.bit() != 0
    }

    /// Whether every rule of `other` is in the set.
    #[must_use]
    pub const fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    const fn add(&mut self, rule: Rule) {
        self.0 |= rule.bit();
    }
}

impl Serialize for Rules {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Rule::ALL.iter().filter(|rule| self.has(**rule)))
    }
}

/// One place where an encoding is not the one that DER and RFC 5280 allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What is broken.
    pub rule: Rule,
    /// The field of RFC 5280 it lies in, in words: `subject`, `serial number`, `extensions`.
    pub field: &'static str,
    /// The byte at which the element begins, counted from 0.
    pub offset: usize,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, byte {}: {}", self.field, self.offset, self.rule)
    }
}

/// What one reading found. The first faults and notes are kept, and of all of them the rules.
#[derive(Debug, Default)]
pub(crate) struct Log(RefCell<Entries>);

#[derive(Debug, Default)]
struct Entries {
    faults: Vec<Fault>,
    notes: Vec<Fault>,
    rules: Rules,
}

/// How many faults, and how many notes, of one certificate or CRL are kept.
const KEPT: usize = 8;

impl Log {
    /// Writes down a broken rule.
    pub(crate) fn tell(&self, rule: Rule, field: &'static str, offset: usize) {
        let mut entries = self.0.borrow_mut();
        let list = match rule.severity() {
            Severity::Note => &mut entries.notes,
            Severity::Fault => &mut entries.faults,
        };
        if list.len() < KEPT {
            list.push(Fault { rule, field, offset });
        }
        if rule.severity() == Severity::Fault {
            entries.rules.add(rule);
        }
    }

    /// Takes over the notes of a part that was read with a log of its own.
    pub(crate) fn take_notes(&self, part: &Self) {
        for note in part.0.borrow().notes.iter() {
            self.tell(note.rule, note.field, note.offset);
        }
    }

    /// Whether no fault was found.
    pub(crate) fn is_clean(&self) -> bool {
        self.0.borrow().faults.is_empty()
    }

    /// Faults, notes and the rules that the faults break.
    pub(crate) fn into_parts(self) -> (Box<[Fault]>, Box<[Fault]>, Rules) {
        let entries = self.0.into_inner();
        (entries.faults.into(), entries.notes.into(), entries.rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_bit_of_its_own() {
        let all = Rules::of(&Rule::ALL);
        assert_eq!(usize::try_from(all.0.count_ones()), Ok(Rule::ALL.len()));
        assert!(all.has_all(Rules::of(&[Rule::Length, Rule::Version])));
        assert!(!Rules::of(&[Rule::Length]).has(Rule::Version));
    }

    #[test]
    fn a_hostile_encoding_fills_no_memory_with_its_faults() {
        let log = Log::default();
        (0..100_000).for_each(|offset| log.tell(Rule::Length, "subject", offset));
        log.tell(Rule::Tag, "issuer", 7);
        let (faults, notes, rules) = log.into_parts();
        assert_eq!((faults.len(), notes.len()), (KEPT, 0));
        assert!(rules.has(Rule::Tag), "the kinds of all are known");
        assert_eq!(faults[1].to_string(), "subject, byte 1: a length is not in its shortest form");
    }
}
