//! What `Get-VIMachineCertificate` and `Get-VITrustedCertificate` print as a list: `Name : value`, blocks parted by blank lines.

use super::collect::Collector;
use super::{StoreError, powercli};
use crate::text::{has_any, has_pem, lines, text_of, value_of};

const KEYS: [&str; 11] = [
    "Subject",
    "Issuer",
    "NotValidBefore",
    "NotValidAfter",
    "SerialNumber",
    "Thumbprint",
    "Uid",
    "Id",
    "Entity",
    "EntityType",
    powercli::TRUSTED_BY,
];

/// Whether a line is a date of the cmdlets' objects.
pub(super) fn is(text: &[u8]) -> bool {
    !has_pem(text) && has_entries(text)
}

/// Whether a line is a date of the objects that are printed as a list.
pub(super) fn has_entries(text: &[u8]) -> bool {
    has_any(text, &["NotValidAfter", "NotValidBefore"])
        && lines(text, 1).any(|line| {
            value_of(line.text, "NotValidAfter").is_some() || value_of(line.text, "NotValidBefore").is_some()
        })
}

/// Reads each block's facts. Dates are in the words of the administrator's language, so most are told and not taken.
pub(super) fn read(out: &mut Collector<'_>, text: &[u8]) -> Result<(), StoreError> {
    let mut block = Block::default();
    for line in lines(text, 1) {
        let known = KEYS.iter().enumerate().find_map(|(index, key)| Some((index, value_of(line.text, key)?)));
        match known {
            Some((key, value)) => {
                if block.values[key].is_some() {
                    std::mem::take(&mut block).close(out);
                }
                block.line.get_or_insert(line.number);
                block.values[key] = Some(text_of(value)).filter(|value| !value.is_empty());
            }
            None if line.text.is_empty() => std::mem::take(&mut block).close(out),
            None => (),
        }
    }
    block.close(out);
    out.whole_input();
    Ok(())
}

/// One object as far as it was read.
#[derive(Default)]
struct Block {
    line: Option<u32>,
    /// The value of each of [`KEYS`], where one was given: a line that repeats a key without a value costs nothing.
    values: [Option<String>; KEYS.len()],
}

impl Block {
    fn of(&self, name: &str) -> Option<String> {
        KEYS.iter().zip(&self.values).find(|(key, _)| **key == name).and_then(|(_, value)| value.clone())
    }

    fn close(self, out: &mut Collector<'_>) {
        let Some(line) = self.line else { return };
        out.alias = self.of("Uid").or_else(|| self.of("Id")).map(Into::into);
        let is_machine = self.of("Entity").is_some() && self.of(powercli::TRUSTED_BY).is_none();
        out.store = is_machine.then(|| powercli::store_of(self.of("EntityType").as_deref()).into());
        powercli::facts(out, Some(line), false, |name| self.of(name));
    }
}
