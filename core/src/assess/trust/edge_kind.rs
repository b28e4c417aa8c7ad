//! The four edges of a host: who decides on each, by whose rules, and about what.

use serde::{Deserialize, Serialize};

use crate::path::{Profile, Purpose};

/// Which edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeKind {
    /// vCenter to the host's port 443.
    VcenterToHost,
    /// SPS to the IO filter provider on the host's port 9080.
    VcenterToProvider,
    /// The host to vCenter's port 443.
    HostToVcenter,
    /// The host's IO filter provider to SPS's client certificate.
    HostToSps,
}

impl EdgeKind {
    /// The four edges, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::VcenterToHost, Self::VcenterToProvider, Self::HostToVcenter, Self::HostToSps];

    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VcenterToHost => "vcenter-to-host",
            Self::VcenterToProvider => "vcenter-to-provider",
            Self::HostToVcenter => "host-to-vcenter",
            Self::HostToSps => "host-to-sps",
        }
    }

    /// The rules of whoever decides on this edge.
    #[must_use]
    pub const fn consumer(self) -> Profile {
        match self {
            Self::VcenterToHost | Self::HostToVcenter | Self::HostToSps => Profile::Openssl,
            Self::VcenterToProvider => Profile::Java,
        }
    }

    /// What the presented certificate is used for.
    #[must_use]
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::VcenterToHost | Self::VcenterToProvider | Self::HostToVcenter => Purpose::Server,
            Self::HostToSps => Purpose::Client,
        }
    }

    /// Whether vCenter is the side that decides.
    #[must_use]
    pub const fn is_from_vcenter(self) -> bool {
        match self {
            Self::VcenterToHost | Self::VcenterToProvider => true,
            Self::HostToVcenter | Self::HostToSps => false,
        }
    }

    /// Where a certificate is published that this edge needs.
    pub(crate) const fn published(self) -> &'static str {
        if self.is_from_vcenter() {
            "TRUSTED_ROOTS"
        } else {
            "TRUSTED_ROOTS where it is missing, and run Refresh CA Certificates on the host"
        }
    }

    /// The store that decides, in words.
    pub(crate) const fn store(self) -> &'static str {
        if self.is_from_vcenter() { "TRUSTED_ROOTS" } else { "castore.pem" }
    }
}
