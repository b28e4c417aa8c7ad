//! Anchors that are to go: what still needs them, so that no advice takes away what works.

use super::super::trust::carried::Carried;
use super::in_use::{InUse, names};
use crate::cert::Certificate;

/// What is asked before an anchor is advised away.
#[derive(Clone, Copy)]
pub(crate) struct Keeping<'k, 'r> {
    pub(super) in_use: &'k InUse<'r>,
    pub(super) carried: &'k Carried<'k>,
}

impl<'k, 'r> Keeping<'k, 'r> {
    pub(crate) const fn new(in_use: &'k InUse<'r>, carried: &'k Carried<'k>) -> Self {
        Self { in_use, carried }
    }

    /// What is presented over links of these vCenters that end without this anchor: tried on the model.
    pub(super) fn links<'v>(
        &self,
        anchor: &Certificate,
        vcenters: impl IntoIterator<Item = &'v str>,
    ) -> Vec<&'k Certificate> {
        let mut vcenters: Vec<&str> = vcenters.into_iter().collect();
        vcenters.sort_unstable();
        vcenters.dedup();
        vcenters.into_iter().flat_map(|vcenter| self.carried.by(vcenter, anchor.sha256())).collect()
    }

    /// What to do before the `usual` remedy, which takes the anchor away; `None` where nothing that is known needs it. One that was
    /// renewed with its key is needed by links alone.
    pub(super) fn first<'v>(
        &self,
        anchor: &Certificate,
        vcenters: impl IntoIterator<Item = &'v str>,
        is_renewed: bool,
        usual: &str,
    ) -> Option<String> {
        let links = self.links(anchor, vcenters);
        if !links.is_empty() {
            return Some(format!(
                "Keep it for now: links that are trusted today need it ({}), and removing it breaks them. Have those certificates reissued first. Afterwards: {usual}",
                names(&links)
            ));
        }
        let signed = if is_renewed { Vec::new() } else { self.in_use.signed_by(anchor) };
        (!signed.is_empty()).then(|| {
            let names = names(&signed);
            format!("Keep it until what it signed and is in use has been reissued ({names}). Afterwards: {usual}")
        })
    }
}
