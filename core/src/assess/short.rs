//! Names as reports show them: no longer than a person reads.
//!
//! A certificate may have a subject of a megabyte, and a report repeats it for every host. So names are cut where they
//! come into the judgement; the digest beside each says which certificate it is. What else is long is cut as the report
//! is written.

use std::fmt::{self, Display, Write};

use crate::path::{CertificateFacts, Reason, Rejection};
use crate::text::beginning;

/// The longest name, in bytes.
const LONGEST: usize = 1_024;

/// How many items of a list that a certificate carries are shown.
const MOST: usize = 20;

/// What stands where something was cut off.
const CUT: char = '…';

/// A text that takes no more than it is to show.
struct Limited(String);

impl Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST.saturating_sub(self.0.len());
        if text.len() <= room {
            self.0.push_str(text);
            return Ok(());
        }
        let end = (0..=room).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        self.0.push_str(&text[..end]);
        Err(fmt::Error)
    }
}

/// The beginning of a name. No more of it is put into words than is shown.
pub(super) fn short(name: &dyn Display) -> String {
    let mut out = Limited(String::new());
    let whole = write!(out, "{name}").is_ok();
    if !whole {
        out.0.push(CUT);
    }
    out.0
}

/// A rejection whose names are short.
pub(super) fn shortened(mut rejection: Rejection) -> Rejection {
    for facts in rejection.certificate.iter_mut().chain(&mut rejection.candidate) {
        let CertificateFacts { subject, issuer, .. } = facts;
        cut(subject);
        cut(issuer);
    }
    match &mut rejection.reason {
        Reason::NameMismatch { wanted, present } => {
            cut(wanted);
            present.truncate(MOST);
            present.iter_mut().for_each(cut);
        }
        Reason::Purpose { present, .. } => present.truncate(MOST),
        Reason::EndEntityIsCa { end_entity: Some(name) }
        | Reason::IssuerNotFound { issuer: name, .. }
        | Reason::RevocationUnknown { why: name } => cut(name),
        Reason::Revoked { reason, crl_issuer, .. } => {
            cut(reason);
            cut(crl_issuer);
        }
        Reason::NameConstraint { name, excluded_by } => {
            cut(name);
            excluded_by.iter_mut().for_each(cut);
        }
        // The others have no names, or words of our own; what is long all the same is cut as the report is written.
        _ => (),
    }
    rejection
}

fn cut<T: AsRef<str> + From<String>>(text: &mut T) {
    let whole = text.as_ref();
    if whole.len() > LONGEST {
        // Characters are bytes or more, so this is no longer than may be.
        let short = short(&beginning(whole, LONGEST));
        *text = T::from(if short.ends_with(CUT) { short } else { format!("{short}{CUT}") });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_between_characters_and_says_so() {
        let exact = "x".repeat(LONGEST);
        assert_eq!(short(&exact), exact);
        for long in ["x".repeat(LONGEST + 1), "ä".repeat(LONGEST), format!("x{}", "ä".repeat(LONGEST))] {
            let shown = short(&long);
            assert!(shown.ends_with(CUT) && shown.len() <= LONGEST + CUT.len_utf8(), "{}", shown.len());
            let mut text = long.clone();
            cut(&mut text);
            assert!(text.ends_with(CUT) && text.len() <= LONGEST + CUT.len_utf8() && long.starts_with(&text[..100]));
        }
    }
}
