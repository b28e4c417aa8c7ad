//! Rejections as reports show them: no longer than a person reads.
//!
//! A certificate may have a subject of a megabyte, and a report repeats it for every host. So names are brief, and lists
//! of names are cut; the digest beside each says which certificate it is. What else is long is cut as the report is written.

use crate::path::{Reason, Rejection};
use crate::text::brief;

/// How many items of a list that a certificate carries are shown.
const MOST: usize = 20;

/// A rejection that lists no more names than a person reads.
pub(crate) fn shortened(mut rejection: Rejection) -> Rejection {
    match &mut rejection.reason {
        Reason::NameMismatch { present, .. } => {
            present.truncate(MOST);
            present.iter_mut().for_each(|name| *name = brief(name));
        }
        Reason::Purpose { present, .. } => present.truncate(MOST),
        // The others have no lists; their names are brief where they are made.
        _ => (),
    }
    rejection
}
