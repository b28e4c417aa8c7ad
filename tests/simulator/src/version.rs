//! The releases of vCenter that are played, and how they differ on the wire.

use std::fmt;
use std::str::FromStr;

/// Versions of the vim25 API, newest first. A server serves all from its own on.
const VIM: [&str; 23] = [
    "9.1.1.0", "9.1.0.0", "9.0.0.0", "8.0.3.1", "8.0.3.0", "8.0.2.0", "8.0.1.0", "8.0.0.1", "8.0.0.0", "7.0.3.2",
    "7.0.3.1", "7.0.3.0", "7.0.2.0", "7.0.1.0", "7.0.0.0", "6.9.1", "6.8.7", "6.7.3", "6.7.2", "6.7.1", "6.7", "6.5",
    "6.0",
];

/// A release of vCenter and its hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 6.7: `/rest` sessions, and no certificate management in REST.
    V6_7,
    /// 7.0 U1: certificate management under `/rest` alone.
    V7_0,
    /// 8.0 U1: `/api`, and a session of its own for each of SOAP and REST.
    V8_0_1,
    /// 8.0 U3: one session for SOAP and REST.
    V8_0_3,
    /// 9.0: as 8.0 U3; hosts take a storage provider client that VMCA certified.
    V9_0,
}

impl Version {
    /// Every release, oldest first.
    pub const ALL: [Self; 5] = [Self::V6_7, Self::V7_0, Self::V8_0_1, Self::V8_0_3, Self::V9_0];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V6_7 => "6.7",
            Self::V7_0 => "7.0",
            Self::V8_0_1 => "8.0.1",
            Self::V8_0_3 => "8.0.3",
            Self::V9_0 => "9.0",
        }
    }

    /// `AboutInfo.version`.
    pub(crate) const fn product(self) -> &'static str {
        match self {
            Self::V6_7 => "6.7.0",
            Self::V7_0 => "7.0.1",
            Self::V8_0_1 => "8.0.1",
            Self::V8_0_3 => "8.0.3",
            Self::V9_0 => "9.0.0",
        }
    }

    /// `AboutInfo.apiVersion`.
    pub(crate) const fn api(self) -> &'static str {
        match self {
            Self::V6_7 => "6.7.3",
            Self::V7_0 => "7.0.1.0",
            Self::V8_0_1 => "8.0.1.0",
            Self::V8_0_3 => "8.0.3.0",
            Self::V9_0 => "9.0.0.0",
        }
    }

    /// `AboutInfo.build`.
    pub(crate) const fn build(self) -> &'static str {
        match self {
            Self::V6_7 => "19300125",
            Self::V7_0 => "17491101",
            Self::V8_0_1 => "21560480",
            Self::V8_0_3 => "24022515",
            Self::V9_0 => "24755230",
        }
    }

    /// Whether `/api` answers: from 7.0 U2.
    pub(crate) fn has_api(self) -> bool {
        self >= Self::V8_0_1
    }

    /// Whether REST manages certificates: from 7.0.
    pub(crate) fn has_certificate_management(self) -> bool {
        self >= Self::V7_0
    }

    /// Whether one session serves SOAP and REST: from 8.0 U3.
    pub(crate) fn is_unified(self) -> bool {
        self >= Self::V8_0_3
    }

    /// Whether a host knows the kind of its certificates and of `HostConnectInfo` of 9.0.
    pub(crate) fn has_certificate_kinds(self) -> bool {
        self >= Self::V8_0_1
    }

    /// The versions of vim25 served, this one first.
    pub(crate) fn served(self) -> &'static [&'static str] {
        let own = VIM.iter().position(|version| *version == self.api()).unwrap_or_default();
        &VIM[own..]
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|version| version.name() == text);
        known.copied().ok_or_else(|| format!("`{text}` is no version: write 6.7, 7.0, 8.0.1, 8.0.3 or 9.0"))
    }
}
