//! Which certificate SPS shows to a host: the one place that decides it.

use crate::estate::{Host, VCenter};

/// The client certificate that SPS shows to a host (KB 440183).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpsClient {
    /// The entry `sms_self_signed`: hosts below 9.0.
    SelfSigned,
    /// The entry `sps-extension`: hosts from 9.0.
    Extension,
    /// One of both; which one depends on a version that is not known.
    Either,
}

impl SpsClient {
    /// The first release whose hosts are shown `sps-extension`.
    const EXTENSION_SINCE: u32 = 9;

    /// What SPS of this vCenter shows to this host. A host is never newer than its vCenter, so a vCenter below 9.0
    /// answers for a host of unknown version; a later one manages hosts of both kinds.
    pub(crate) fn of(vcenter: &VCenter, host: &Host) -> Self {
        match (host.major_version(), vcenter.major_version()) {
            (Some(major), _) | (None, Some(major)) if major < Self::EXTENSION_SINCE => Self::SelfSigned,
            (Some(_), _) => Self::Extension,
            (None, _) => Self::Either,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_not_known_is_taken_from_vcenter_only_where_that_leaves_no_choice() {
        let of = |vcenter: Option<&str>, host: Option<&str>| {
            let vcenter = VCenter { version: vcenter.map(str::to_owned), ..VCenter::default() };
            SpsClient::of(&vcenter, &Host { version: host.map(str::to_owned), ..Host::default() })
        };
        assert_eq!(of(Some("9.0.0"), Some("8.0.3")), SpsClient::SelfSigned);
        assert_eq!(of(None, Some("7.0.3")), SpsClient::SelfSigned);
        assert_eq!(of(Some("9.0.0"), Some("9.0.0")), SpsClient::Extension);
        assert_eq!(of(Some("8.0.3"), None), SpsClient::SelfSigned);
        assert_eq!(of(Some("9.0.0"), None), SpsClient::Either);
        assert_eq!(of(None, None), SpsClient::Either);
        assert_eq!(of(None, Some("unknown")), SpsClient::Either);
    }
}
