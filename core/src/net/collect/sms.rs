//! The exported SMS certificates, which no API gives.

use super::vcenter::VcenterFacts;
use crate::estate::EstateReader;
use crate::files;
use crate::net::error::NetError;
use crate::net::inventory::Entry;

/// Adds the entries of the file that the inventory names.
pub(super) fn add(entry: &Entry, found: &mut VcenterFacts) {
    let Some(path) = &entry.sms_file else { return };
    match files::contents(path) {
        Ok(bytes) => {
            let source = path.file_name().map_or_else(|| "sms_file".into(), |name| name.to_string_lossy());
            let mut reader = EstateReader::new(&entry.name);
            reader.add_sms(&source, &bytes);
            let mut part = reader.finish();
            found.vcenter.sms = part.vcenters.first_mut().and_then(|read| read.sms.take());
            part.vcenters.clear();
            found.estate.merge(part);
        }
        Err(reason) => {
            let error = NetError::Inventory { file: "`sms_file`".to_owned(), line: None, reason };
            found.fail("SMS certificates", &error);
        }
    }
}
