//! Files whose names say nothing: what they hold decides whether they are a vCenter's listing, or are told.

use super::{EstateReader, vecs_stores};
use crate::cert::Pool;
use crate::estate::layout;
use crate::store::{Place, Shape, Unreadable, read_sniffed};

/// The largest file that is looked into for what it may be, in bytes. Logs are longer, and no export is.
const LOOKED_INTO: usize = 16 << 20;

impl EstateReader {
    /// Takes in a file whose path is not part of the layout. A listing that names its stores is that of the vCenter in whose folder
    /// it lies; certificates of which nothing says whose they are count as not read.
    pub(super) fn unplaced(&mut self, path: &str, bytes: &[u8]) {
        let is_near = layout::is_in_folder_of_vcenter(path);
        let found = (is_near && bytes.len() <= LOOKED_INTO).then(|| read_sniffed(bytes, path, &mut Pool::new()));
        let found = found.and_then(Result::ok);
        if let Some((shape, reading)) = found {
            if !vecs_stores(&reading).is_empty() {
                self.is_download = shape == Shape::DownloadZip;
                let vcenter = self.vcenter(path.rsplit_once(['/', '\\']).and_then(|(folder, _)| layout::owner(folder)));
                return self.all_stores(vcenter, reading, path);
            }
            if !(reading.certificates.is_empty() && reading.dumped.is_empty()) {
                return self.refuse(path, UNNAMED_CERTIFICATES);
            }
        }
        let place = Place { source: Some(path.into()), ..Place::default() };
        let reason = "the path is not part of the layout".to_owned();
        self.estate.unknown.push(Unreadable { place, reason });
    }
}

/// What is said of certificates in a file that may be anything.
const UNNAMED_CERTIFICATES: &str = "not used: it holds certificates, and its name does not say what they are; name it as the layout does, for example trusted-roots.pem";
