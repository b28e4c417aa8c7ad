//! One vCenter out of an inventory.

use super::{Entry, Inventory};
use crate::net::error::NetError;

impl Inventory {
    /// The vCenter of this name; with an empty name the only one there is.
    ///
    /// # Errors
    /// [`NetError::Inventory`] when there is none of this name, or without a name several.
    pub fn vcenter(&self, name: &str) -> Result<&Entry, NetError> {
        let fail = |reason: String| NetError::Inventory { file: "the inventory".to_owned(), line: None, reason };
        let names = || self.vcenters.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>().join(", ");
        match (name, self.vcenters.as_slice()) {
            ("", [entry]) => Ok(entry),
            ("", []) => Err(fail("it has no vCenter".to_owned())),
            ("", [_, _, ..]) => Err(fail(format!("it has several vCenters; name one of them: {}", names()))),
            (name, entries) => {
                let found = entries.iter().find(|entry| entry.name == name);
                let shown: String = name.chars().take(100).collect();
                found.ok_or_else(|| fail(format!("it has no vCenter `{shown}`; there is {}", names())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Credentials, Secret};

    #[test]
    fn a_vcenter_is_chosen_by_its_name_or_for_want_of_others() {
        let mut inventory = Inventory::new("").expect("no options");
        let words = |inventory: &Inventory, name: &str| inventory.vcenter(name).expect_err("none").to_string();
        assert!(words(&inventory, "").contains("no vCenter"));
        for name in ["vc01", "vc02"] {
            let settings = format!(r#"{{"url": "{name}.lab.example", "name": "{name}", "insecure": true}}"#);
            let session = Credentials::Session(Secret::from("x".to_owned()));
            inventory.add(&settings, session).expect("an entry");
            assert_eq!(inventory.vcenter("vc01").expect("an entry").name, "vc01");
            if name == "vc01" {
                assert_eq!(inventory.vcenter("").expect("an entry").name, "vc01");
            }
        }
        assert!(words(&inventory, "").contains("vc01, vc02"));
        assert!(words(&inventory, "vc03").contains("no vCenter `vc03`"));
    }
}
