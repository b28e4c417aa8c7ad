//! Values of any type: attribute values, parameters of algorithms, other names. Their meaning is not looked at, their form
//! is, down to the last element.

use super::element::{Element, Unreadable, tag};
use super::fault::Rule;

/// Nesting beyond this has no meaning to anybody; what lies deeper is not read, and told.
const DEEPEST: u32 = 16;

impl Element<'_> {
    /// Checks the form of the element and of all in it.
    pub(crate) fn check_all(&self) -> Result<(), Unreadable> {
        self.check_to(DEEPEST)
    }

    fn check_to(&self, depth: u32) -> Result<(), Unreadable> {
        let constructed = self.tag & tag::CONSTRUCTED != 0;
        if self.tag & tag::CLASS == 0 {
            self.check_universal(constructed);
        }
        if !constructed {
            return Ok(());
        }
        let Some(depth) = depth.checked_sub(1) else {
            self.tell(Rule::Limit);
            return Ok(());
        };
        let mut inside = self.inside();
        while !inside.is_at_end() {
            inside.element()?.check_to(depth)?;
        }
        Ok(())
    }

    fn check_universal(&self, constructed: bool) {
        const SEQUENCE: u8 = tag::SEQUENCE & tag::NUMBER;
        const SET: u8 = tag::SET & tag::NUMBER;
        let number = self.tag & tag::NUMBER;
        // EXTERNAL, EMBEDDED PDV, SEQUENCE, SET and CHARACTER STRING are constructed; the others are not (X.690 10.2).
        let must_be = matches!(number, 8 | 11 | SEQUENCE | SET | 29);
        if constructed != must_be {
            self.tell(Rule::Form);
            return;
        }
        match self.tag {
            // End of contents, which only indefinite lengths need.
            0 => self.tell(Rule::Tag),
            tag::BOOLEAN => _ = self.boolean(),
            tag::INTEGER | tag::ENUMERATED => _ = self.integer(),
            tag::BIT_STRING => _ = self.bit_string(),
            tag::NULL => self.null(),
            tag::OBJECT_IDENTIFIER => _ = self.oid(),
            _ => _ = self.text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::super::fault::{Log, Rule};

    fn rule(bytes: &[u8]) -> Option<Rule> {
        let log = Log::default();
        let element = Reader::new(bytes, 0, "test", &log).element().expect("an element");
        element.check_all().expect("whole elements");
        log.into_parts().0.first().map(|fault| fault.rule)
    }

    #[test]
    fn the_form_of_every_element_is_checked() {
        assert_eq!(rule(&[0x30, 5, 0xa0, 3, 2, 1, 5]), None);
        assert_eq!(rule(&[0x30, 6, 0xa0, 4, 2, 2, 0, 5]), Some(Rule::Integer));
        assert_eq!(rule(&[0x30, 4, 0x2c, 2, 5, 0]), Some(Rule::Form));
        assert_eq!(rule(&[0x10, 0]), Some(Rule::Form));
        assert_eq!(rule(&[0x30, 2, 0, 0]), Some(Rule::Tag));
        assert_eq!(rule(&[0x30, 3, 1, 1, 7]), Some(Rule::Boolean));
        assert_eq!(rule(&[0x30, 3, 5, 1, 7]), Some(Rule::Null));
        assert_eq!(rule(&[0x30, 4, 4, 0x81, 1, 7]), Some(Rule::Length));
    }

    #[test]
    fn nesting_ends_somewhere() {
        let mut bytes = vec![5, 0];
        for _ in 0..40 {
            bytes = [&[0xa0, u8::try_from(bytes.len()).expect("short")][..], &bytes].concat();
        }
        assert_eq!(rule(&bytes), Some(Rule::Limit));
    }
}
