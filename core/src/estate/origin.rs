//! Whether it is known whose a certificate is: anchors of stores that somebody filled are known, what a server sends to anyone
//! is not. The one place that decides it; what is not known is never offered as if it were.

use super::{Part, Spot, StoreContent};
use crate::thumbprint::Fingerprint;

impl Spot<'_> {
    /// Whether the place vouches for the certificate: an anchor of a store file, or what was collected over a verified connection.
    /// A presented chain and `download.zip` may be anyone's.
    pub(crate) fn is_known(&self) -> bool {
        let vouches = |store: Option<&StoreContent>| store.is_some_and(|store| store.vouches_for(self.certificate));
        !self.vcenter.insecure
            && match self.part {
                Part::TrustedRoots => vouches(self.vcenter.trusted_roots.as_ref()),
                Part::Castore => vouches(self.host.and_then(|host| host.castore.as_ref())),
                Part::VmcaRoot | Part::Vmdir => true,
                Part::MachineSsl
                | Part::SmsSelfSigned
                | Part::SpsExtension
                | Part::SmsOther
                | Part::Https
                | Part::Iofilter
                | Part::Provider
                | Part::SolutionUser
                | Part::DataEncipherment
                | Part::BackupStore
                | Part::Sts
                | Part::OtherStore => false,
            }
    }
}

impl StoreContent {
    /// Whether the store's owner put the certificate there, as far as the source can be believed.
    pub(crate) fn vouches_for(&self, sha256: Fingerprint) -> bool {
        !self.unverified.contains(&sha256)
    }
}
