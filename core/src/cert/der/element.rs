//! Elements of DER: tag, length, content; and the reader that walks them to the end.

use super::fault::{Log, Rule};

/// Identifier octets of the types that certificates are made of.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;

    /// `[number]`, primitive.
    pub(crate) const fn context(number: u8) -> u8 {
        0x80 | number
    }

    /// `[number]`, constructed.
    pub(crate) const fn context_constructed(number: u8) -> u8 {
        0xa0 | number
    }

    pub(crate) const CONSTRUCTED: u8 = 0x20;
    pub(crate) const NUMBER: u8 = 0x1f;
    pub(crate) const CLASS: u8 = 0xc0;
}

/// The bytes cannot be read on: why, in words that follow "not a readable certificate:".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) field: &'static str,
    pub(crate) offset: usize,
    pub(crate) why: &'static str,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, byte {}: {}", self.field, self.offset, self.why)
    }
}

/// One element. Its content is read by a [`Reader`] or as a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    /// The first identifier octet; numbers from 31 on are `1f` in its low bits and belong to nothing read here.
    pub(crate) tag: u8,
    /// The content octets.
    pub(crate) content: &'a [u8],
    /// All octets, tag and length included.
    pub(crate) whole: &'a [u8],
    /// Where it begins in the input.
    pub(crate) offset: usize,
    /// The field it stands for.
    pub(crate) field: &'static str,
    pub(super) log: &'a Log,
}

/// Walks the elements of one content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
    field: &'static str,
    log: &'a Log,
}

impl<'a> Reader<'a> {
    /// A reader of `bytes`, which begin at `offset` of the input.
    pub(crate) const fn new(bytes: &'a [u8], offset: usize, field: &'static str, log: &'a Log) -> Self {
        Self { rest: bytes, offset, field, log }
    }

    /// The same reader for the next field.
    pub(crate) const fn field(&mut self, field: &'static str) -> &mut Self {
        self.field = field;
        self
    }

    /// Tells a list that has to have something and has nothing (`SIZE (1..MAX)`).
    pub(crate) fn tell_if_empty(&self) {
        if self.is_at_end() {
            self.tell(Rule::Empty);
        }
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The bytes that were not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    pub(crate) const fn log(&self) -> &'a Log {
        self.log
    }

    pub(crate) const fn unreadable(&self, why: &'static str) -> Unreadable {
        Unreadable { field: self.field, offset: self.offset, why }
    }

    pub(crate) fn tell(&self, rule: Rule) {
        self.log.tell(rule, self.field, self.offset);
    }

    /// The next element, whatever it is.
    pub(crate) fn element(&mut self) -> Result<Element<'a>, Unreadable> {
        let head = head(self.rest).map_err(|why| self.unreadable(why))?;
        if !head.shortest_tag {
            self.tell(Rule::Tag);
        }
        if !head.shortest_length {
            self.tell(Rule::Length);
        }
        let too_early = self.unreadable("the bytes end too early");
        let end = head.length.checked_add(head.content).ok_or(too_early)?;
        let (whole, rest) = self.rest.split_at_checked(end).ok_or(too_early)?;
        let element = Element {
            tag: whole[0],
            content: &whole[head.length..],
            whole,
            offset: self.offset,
            field: self.field,
            log: self.log,
        };
        self.rest = rest;
        self.offset += end;
        Ok(element)
    }

    /// The next element, if its identifier octet is this one.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Unreadable> {
        if self.rest.first() == Some(&tag) { self.element().map(Some) } else { Ok(None) }
    }

    /// The next element, which has to be of this type. The same number in another class or form is a fault and read all the
    /// same; another number is another structure.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Element<'a>, Unreadable> {
        let missing = self.unreadable("it is missing, or has another type");
        let found = *self.rest.first().ok_or(missing)?;
        if (found ^ tag) & tag::NUMBER != 0 {
            return Err(missing);
        }
        if (found ^ tag) & tag::CLASS != 0 {
            self.tell(Rule::Tag);
        }
        if (found ^ tag) & tag::CONSTRUCTED != 0 {
            self.tell(Rule::Form);
        }
        self.element()
    }

    /// The reader of a SEQUENCE that has to come next. Its tag is not read kindly: it tells what the input is.
    pub(crate) fn sequence(&mut self) -> Result<Self, Unreadable> {
        match self.rest.first() {
            Some(&tag::SEQUENCE) => Ok(self.element()?.inside()),
            Some(_) | None => Err(self.unreadable("it is not a SEQUENCE")),
        }
    }

    /// Says that nothing may follow.
    pub(crate) fn finish(self) {
        if !self.is_at_end() {
            self.tell(Rule::Leftover);
        }
    }
}

impl<'a> Element<'a> {
    /// Walks the content.
    pub(crate) const fn inside(&self) -> Reader<'a> {
        Reader::new(self.content, self.offset + (self.whole.len() - self.content.len()), self.field, self.log)
    }

    /// The one element that an explicit tag wraps.
    pub(crate) fn explicit(&self, tag: u8) -> Result<Self, Unreadable> {
        let mut inside = self.inside();
        let element = inside.expect(tag)?;
        inside.finish();
        Ok(element)
    }

    pub(crate) fn tell(&self, rule: Rule) {
        self.log.tell(rule, self.field, self.offset);
    }

    pub(crate) const fn unreadable(&self, why: &'static str) -> Unreadable {
        Unreadable { field: self.field, offset: self.offset, why }
    }
}

/// Identifier and length octets.
struct Head {
    /// How many octets they take.
    length: usize,
    /// How many octets of content follow.
    content: usize,
    shortest_tag: bool,
    shortest_length: bool,
}

/// Reads identifier and length octets (X.690 sections 8.1.2 and 8.1.3).
fn head(bytes: &[u8]) -> Result<Head, &'static str> {
    const EARLY: &str = "the bytes end too early";
    let (first, after) = bytes.split_first().ok_or(EARLY)?;
    let (number, shortest_tag) = match first & tag::NUMBER {
        tag::NUMBER => high_number(after)?,
        _ => (0, true),
    };
    let after = &after[number..];
    let (form, digits) = after.split_first().ok_or(EARLY)?;
    let (octets, content) = match form {
        0..=0x7f => (0, usize::from(*form)),
        0x80 => return Err("a length is indefinite, which only BER has"),
        0x81..=0xff => {
            let octets = usize::from(form & 0x7f);
            let digits = digits.get(..octets).ok_or(EARLY)?;
            let significant = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
            if significant.len() > 4 {
                return Err(EARLY);
            }
            (octets, significant.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)))
        }
    };
    let needed = if content < 0x80 { 0 } else { (usize::BITS - content.leading_zeros()).div_ceil(8) };
    let shortest_length = usize::try_from(needed) == Ok(octets);
    Ok(Head { length: 2 + number + octets, content, shortest_tag, shortest_length })
}

/// The octets of a tag number from 31 on; whether they are the shortest for it.
fn high_number(bytes: &[u8]) -> Result<(usize, bool), &'static str> {
    const LONGEST: usize = 5;
    let end = bytes.iter().take(LONGEST).position(|octet| octet & 0x80 == 0).ok_or("a tag has no end")?;
    let small = end == 0 && bytes[0] < tag::NUMBER;
    Ok((end + 1, bytes[0] != 0x80 && !small))
}

/// The first element of bytes that may be anything: its tag, its content and what follows it. Forms are not judged.
pub(crate) fn parts(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let head = head(bytes).ok()?;
    let (whole, rest) = bytes.split_at_checked(head.length.checked_add(head.content)?)?;
    Some((*whole.first()?, &whole[head.length..], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(bytes: &[u8]) -> Result<Vec<Rule>, &'static str> {
        let log = Log::default();
        let mut reader = Reader::new(bytes, 0, "test", &log);
        reader.element().map_err(|error| error.why)?;
        reader.finish();
        Ok(log.into_parts().0.iter().map(|fault| fault.rule).collect())
    }

    #[test]
    fn lengths_have_one_form() {
        assert_eq!(rules(&[4, 1, 7]), Ok(vec![]));
        assert_eq!(rules(&[4, 0x81, 1, 7]), Ok(vec![Rule::Length]));
        assert_eq!(rules(&[4, 0x84, 0, 0, 0, 1, 7]), Ok(vec![Rule::Length]));
        assert_eq!(rules(&[&[4, 0x81, 0x80][..], &[0; 0x80]].concat()), Ok(vec![]));
        assert_eq!(rules(&[&[4, 0x82, 0, 0x80][..], &[0; 0x80]].concat()), Ok(vec![Rule::Length]));
        assert_eq!(rules(&[&[4, 0x82, 1, 0][..], &[0; 0x100]].concat()), Ok(vec![]));
        assert!(rules(&[0x30, 0x80, 0, 0]).is_err());
        assert!(rules(&[4, 0x84, 0xff, 0xff, 0xff, 0xff]).is_err());
        assert!(rules(&[4, 0xff]).is_err());
        assert!(rules(&[4, 2, 7]).is_err());
        assert!(rules(&[]).is_err());
    }

    #[test]
    fn tag_numbers_have_one_form() {
        assert_eq!(rules(&[0x1f, 0x1f, 0]), Ok(vec![]));
        assert_eq!(rules(&[0x1f, 5, 0]), Ok(vec![Rule::Tag]));
        assert_eq!(rules(&[0x1f, 0x80, 0x1f, 0]), Ok(vec![Rule::Tag]));
        assert_eq!(rules(&[0x1f, 0x81, 0x00, 0]), Ok(vec![]));
        assert!(rules(&[0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0]).is_err());
    }

    #[test]
    fn what_follows_is_told_with_its_place() {
        let log = Log::default();
        let mut reader = Reader::new(&[5, 0, 5, 0], 10, "test", &log);
        reader.element().expect("an element");
        reader.finish();
        let (faults, ..) = log.into_parts();
        assert_eq!(faults.first().map(|fault| (fault.rule, fault.offset)), Some((Rule::Leftover, 12)));
    }

    #[test]
    fn the_class_and_the_form_of_a_tag_count() {
        for (found, rule) in [(0x82, Rule::Tag), (0x22, Rule::Form), (0x42, Rule::Tag)] {
            let log = Log::default();
            let bytes = [found, 1, 5];
            Reader::new(&bytes, 0, "test", &log).expect(tag::INTEGER).expect("the number is right");
            assert_eq!(log.into_parts().0.first().map(|fault| fault.rule), Some(rule));
        }
        let log = Log::default();
        assert!(Reader::new(&[4, 0], 0, "test", &log).expect(tag::INTEGER).is_err());
    }
}
