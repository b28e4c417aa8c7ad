//! Numbers with their nouns, and lists with their rest counted.

use std::fmt::Display;

/// A number with its noun.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number of days.
pub(crate) fn days(number: i64) -> String {
    format!("{} {}", grouped(number), if number.unsigned_abs() == 1 { "day" } else { "days" })
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: impl Display) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The first of many items, and how many more there are.
pub(crate) fn listing<S: AsRef<str>>(items: &[S], most: usize, between: &str) -> String {
    let mut out = String::new();
    for (index, item) in items.iter().take(most).enumerate() {
        out.push_str(if index > 0 { between } else { "" });
        out.push_str(item.as_ref());
    }
    if items.len() > most {
        out.push_str(&format!(" and {} more", grouped(items.len() - most)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_nouns_and_thousands() {
        assert_eq!(count(1, "host", "hosts"), "1 host");
        assert_eq!(count(12_345, "host", "hosts"), "12,345 hosts");
        assert_eq!((grouped(-1_234_i64), grouped(999), grouped(0)), ("-1,234".into(), "999".into(), "0".into()));
    }

    #[test]
    fn a_list_says_how_many_more_there_are() {
        assert_eq!(listing(&["a", "b", "c"], 2, ", "), "a, b and 1 more");
        assert_eq!(listing(&["a", "b"], 2, "; "), "a; b");
        assert_eq!(listing::<&str>(&[], 2, "; "), "");
    }
}
