//! Names of servers without their domain, where that says the same.

use hashbrown::HashMap;

/// The servers of a report by their names: a name is shortened to its first label only where no other server has that label.
///
/// ```
/// use vitrust::finding::ServerNames;
/// let names: ServerNames = ["vc01.lab.example", "esx01.a.example", "esx01.b.example", "10.0.0.7"].into_iter().collect();
/// assert_eq!(names.short("vc01.lab.example"), "vc01");
/// assert_eq!(names.short("esx01.a.example"), "esx01.a.example");
/// assert_eq!(names.short("10.0.0.7"), "10.0.0.7");
/// ```
#[derive(Debug, Clone, Default)]
pub struct ServerNames {
    /// Each first label, with the only name that begins with it; `None` where there are several.
    labels: HashMap<String, Option<String>>,
}

impl ServerNames {
    /// The shortest form that is not another server's.
    #[must_use]
    pub fn short<'n>(&self, name: &'n str) -> &'n str {
        match label(name) {
            Some(label) if !matches!(self.labels.get(&label.to_lowercase()), Some(None)) => label,
            _ => name,
        }
    }

    fn add(&mut self, name: &str) {
        let Some(label) = label(name) else { return };
        let whole = name.to_lowercase();
        self.labels
            .entry(label.to_lowercase())
            .and_modify(|known| {
                if known.as_ref().is_some_and(|known| *known != whole) {
                    *known = None;
                }
            })
            .or_insert(Some(whole));
    }
}

impl<S: AsRef<str>> FromIterator<S> for ServerNames {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.add(name.as_ref()));
        all
    }
}

/// The first label of a DNS name; nothing of an address or of words.
fn label(name: &str) -> Option<&str> {
    let label = name.split('.').next().filter(|label| !label.is_empty())?;
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    (!is_number && !name.contains([' ', ':', '/'])).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_never_that_of_another_server() {
        let names: ServerNames =
            ["esx1.a.example", "ESX1.A.example", "esx2.a.example", "Esx2.b.example"].into_iter().collect();
        assert_eq!(names.short("esx1.a.example"), "esx1");
        assert_eq!(names.short("esx2.a.example"), "esx2.a.example");
        assert_eq!(names.short("Esx2.b.example"), "Esx2.b.example");
        assert_eq!(names.short("other.example"), "other", "of a name that is not known the label is enough");
    }

    #[test]
    fn addresses_and_words_stay_whole() {
        let names = ServerNames::default();
        for name in ["10.0.0.7", "fe80::1", "Company KMS", "", ".example", "host.example:9080"] {
            assert_eq!(names.short(name), name);
        }
    }
}
