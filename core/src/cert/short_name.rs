//! The telling part of a subject: what people call a certificate.

use std::borrow::Cow;

use crate::text::printable;

/// The common name of a subject that was put into words, or its organisation where the name is only `CA`, as that of every VMCA
/// root is; the whole subject where it has no common name. What does not show itself stands there by its number.
///
/// ```
/// use vitrust::cert::short_name;
/// assert_eq!(short_name("CN=vc01.lab.example, O=Acme\\, Inc."), "vc01.lab.example");
/// assert_eq!(short_name("CN=CA, DC=vsphere, DC=local, O=vc01.lab.example"), "VMCA of vc01.lab.example");
/// assert_eq!(short_name("O=Acme"), "O=Acme");
/// ```
#[must_use]
pub fn short_name(subject: &str) -> String {
    let value = |wanted: &str| attributes(subject).find_map(|(name, value)| (name == wanted).then(|| unescaped(value)));
    let name = value("CN").unwrap_or(Cow::Borrowed(subject));
    match value("O") {
        Some(organisation) if name == "CA" => {
            let kind = if subject.contains("DC=vsphere") { "VMCA of" } else { "CA of" };
            printable(&format!("{kind} {organisation}")).into_owned()
        }
        _ => printable(&name).into_owned(),
    }
}

/// Whether this is the name of a CA that each installation makes for itself: two of that name are two CAs, and neither replaced the
/// other.
pub(crate) fn is_name_of_many(subject: &str) -> bool {
    attributes(subject).any(|(_, value)| unescaped(value) == "VMware Installer")
}

/// A message with full subjects shortened to their telling part, and midnights to their date. Names in backticks are found by
/// themselves; `subjects` are further ones to look for.
pub(crate) fn readable<'s>(message: &str, subjects: impl IntoIterator<Item = &'s str>) -> String {
    readable_but(message, subjects, &|_| false)
}

/// The same, with the subjects that `is_whole` names left whole: their telling part is that of another.
pub(crate) fn readable_but<'s>(
    message: &str,
    subjects: impl IntoIterator<Item = &'s str>,
    is_whole: &dyn Fn(&str) -> bool,
) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('`') {
        out.push_str(before);
        match after.split_once('`') {
            Some((quoted, behind)) => {
                if quoted.contains('=') && !is_whole(quoted) {
                    out.push_str(&short_name(quoted));
                } else {
                    out.push('`');
                    out.push_str(quoted);
                    out.push('`');
                }
                rest = behind;
            }
            None => {
                out.push('`');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    let is_short = |subject: &&str| !subject.is_empty() && !is_whole(subject);
    let mut subjects: Vec<&str> = subjects.into_iter().filter(is_short).collect();
    // The longest first: one may be the end of another.
    subjects.sort_by_key(|subject| (std::cmp::Reverse(subject.len()), *subject));
    subjects.dedup();
    for subject in subjects {
        if out.contains(subject) {
            out = out.replace(subject, &short_name(subject));
        }
    }
    printable(&out.replace("T00:00:00Z", "")).into_owned()
}

/// The attributes of a subject in words. A comma that has no name and `=` behind it stands inside of a value; one that has
/// both is taken for the end of it, as the words do not tell.
fn attributes(subject: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = subject;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = rest.match_indices([',', '+']).map(|(at, _)| at);
        // An RDN ends with `, ` and an attribute in one with ` + `; an escaped sign belongs to the value.
        let divider = |at: usize| match rest.as_bytes()[at] {
            b',' => (at, at + 2),
            _ => (at.saturating_sub(1), at + 2),
        };
        let divides = |(at, behind): &(usize, usize)| {
            let blank = rest.as_bytes().get(behind - 1) == Some(&b' ');
            let plus = rest.as_bytes()[*at] != b' ' || rest.as_bytes().get(at + 1) == Some(&b'+');
            blank && plus && !is_escaped(rest, *at) && begins_attribute(&rest[*behind..])
        };
        let end = ends.map(divider).find(divides);
        let (part, after) = end.map_or((rest, ""), |(at, behind)| (&rest[..at], &rest[behind..]));
        rest = after;
        Some(part.split_once('=').unwrap_or((part, "")))
    })
}

/// Whether the sign at this place has an odd number of backslashes before it.
fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// A value without its escapes (RFC 4514 section 2.4).
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' if rest.as_str().starts_with("00") => {
                out.push('\0');
                rest.nth(1);
            }
            '\\' => out.extend(rest.next()),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// Whether a text begins as `CN=` or `1.2.3=` does. No more is looked at than could be a name.
fn begins_attribute(text: &str) -> bool {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'.' && byte != b'-');
    end.is_some_and(|end| end > 0 && text.as_bytes()[end] == b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_inside_of_values_divide_nothing() {
        assert_eq!(short_name("CN=CA, O=Acme, Inc."), "CA of Acme, Inc.");
        assert_eq!(short_name(r"O=Acme\, CN=none, CN=x\+y + OU=z"), "x+y");
        assert_eq!(short_name(r"CN=a\\, O=b"), "a\\");
        assert_eq!(short_name(r"CN=\ a\ "), " a ");
        assert_eq!(short_name("serialNumber=1 + CN=both"), "both");
        assert_eq!(short_name("CN=Acme, Inc. Root, O=Acme"), "Acme, Inc. Root");
        assert_eq!(short_name("O=A, CN=first, CN=second"), "first");
        assert_eq!((short_name(""), short_name("a=b, ")), (String::new(), "a=b, ".to_owned()));
    }

    #[test]
    fn subjects_are_shortened_and_nothing_else() {
        let root = "CN=CA, DC=vsphere, DC=local, O=vc01";
        assert_eq!(readable(&format!("`{root}` ends at 2027-01-01T00:00:00Z"), []), "VMCA of vc01 ends at 2027-01-01");
        assert_eq!(readable(&format!("{root} has no `keyCertSign`"), [root, ""]), "VMCA of vc01 has no `keyCertSign`");
        assert_eq!(readable("a lone ` stays", []), "a lone ` stays");
    }
}
