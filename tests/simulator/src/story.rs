//! What has happened to an estate before it is looked at.

use std::fmt;
use std::str::FromStr;

/// A story; each vCenter of an estate lives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// Everybody trusts whom they must, and every provider is online.
    AllGood,
    /// The VMCA root expired a month ago and was replaced in time, but it still stands in TRUSTED_ROOTS and in every
    /// castore; every second host, and the storage policy service, still live on certificates it issued. Hosts refuse
    /// the service.
    ExpiredRoot,
    /// VMCA made a new root under the same name and the old one was removed; the hosts' certificates are of the old
    /// root, and only that stands in their castores. vCenter refuses the hosts.
    RegeneratedVmca,
    /// The CA certificates were pushed to the hosts, which dropped the certificate of the storage policy service. Hosts
    /// refuse the service.
    StaleProvider,
    /// The four others in turn, one for each vCenter.
    All,
}

impl Story {
    /// Every story.
    pub const ALL: [Self; 5] =
        [Self::AllGood, Self::ExpiredRoot, Self::RegeneratedVmca, Self::StaleProvider, Self::All];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllGood => "all-good",
            Self::ExpiredRoot => "expired-root",
            Self::RegeneratedVmca => "regenerated-vmca",
            Self::StaleProvider => "stale-provider",
            Self::All => "all",
        }
    }

    /// The story of the vCenter number `index`.
    #[must_use]
    pub fn of(self, index: usize) -> Self {
        match self {
            Self::All => Self::ALL[index % 4],
            Self::AllGood | Self::ExpiredRoot | Self::RegeneratedVmca | Self::StaleProvider => self,
        }
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Story {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|story| story.name() == text);
        known.copied().ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|story| story.name()).collect();
            format!("`{text}` is no story: write one of {}", names.join(", "))
        })
    }
}
