//! Anchors that are to go: what still needs them, so that no advice takes away what works.

use super::super::trust::carried::Carried;
use super::in_use::names;
use super::namesakes::Namesakes;
use crate::cert::Certificate;
use crate::estate::StoreContent;

/// What is asked before an anchor is advised away.
#[derive(Clone, Copy)]
pub(crate) struct Keeping<'k, 'r> {
    pub(super) cas: &'k Namesakes<'r>,
    pub(super) carried: &'k Carried<'k>,
}

/// Whether a CA has another certificate with its key that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renewed {
    /// Not in the estate.
    No,
    /// In the estate, and not in the store.
    Elsewhere,
    /// In the store.
    Here,
}

impl<'k, 'r> Keeping<'k, 'r> {
    pub(crate) const fn new(cas: &'k Namesakes<'r>, carried: &'k Carried<'k>) -> Self {
        Self { cas, carried }
    }

    /// Whether a CA that has ended has a valid certificate of the same key in these roots, or elsewhere in the estate.
    pub(super) fn renewed(&self, ended: &Certificate, roots: Option<&StoreContent>) -> Renewed {
        let held = roots.into_iter().flat_map(|store| &store.certificates);
        let mut held = held.filter_map(|sha256| self.cas.certificate(*sha256));
        if held.any(|other| self.cas.renews(other, ended)) {
            Renewed::Here
        } else if self.cas.renewal(ended).is_some() {
            Renewed::Elsewhere
        } else {
            Renewed::No
        }
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

    /// What to do before the `usual` remedy, which takes the anchor away; `None` where nothing that is known needs it. One whose
    /// renewed certificate is in the store is needed by links alone.
    pub(super) fn first<'v>(
        &self,
        anchor: &Certificate,
        vcenters: impl IntoIterator<Item = &'v str>,
        renewed: Renewed,
        usual: &str,
    ) -> Option<String> {
        let links = self.links(anchor, vcenters);
        if !links.is_empty() {
            let before = match renewed {
                Renewed::Elsewhere => "Put its renewed certificate, which has the same key, into the store first",
                Renewed::No | Renewed::Here => "Have those certificates reissued first",
            };
            return Some(format!(
                "Keep it for now: links that are trusted today need it ({}), and removing it breaks them. {before}. Afterwards: {usual}",
                names(&links)
            ));
        }
        let signed = if renewed == Renewed::Here { Vec::new() } else { self.cas.in_use.signed_by(anchor) };
        (!signed.is_empty()).then(|| {
            let names = names(&signed);
            if renewed == Renewed::Elsewhere {
                format!("Keep it until its renewed certificate, which has the same key, is in the store: what is in use needs it ({names}). Afterwards: {usual}")
            } else {
                format!("Keep it until what it signed and is in use has been reissued ({names}). Afterwards: {usual}")
            }
        })
    }
}
