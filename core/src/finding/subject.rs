//! What a finding is about.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::estate::{Part, Spot};
use crate::store::Place;

/// One object of the estate, as precise as a finding needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Subject {
    /// The vCenter's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vcenter: Option<Arc<str>>,
    /// The host's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<Arc<str>>,
    /// The storage provider's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Arc<str>>,
    /// The part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Where that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Subject {
    /// A vCenter.
    #[must_use]
    pub fn vcenter(name: &Arc<str>) -> Self {
        Self { vcenter: Some(Arc::clone(name)), ..Self::default() }
    }

    /// A host of a vCenter.
    #[must_use]
    pub fn host(vcenter: &Arc<str>, host: &Arc<str>) -> Self {
        Self { host: Some(Arc::clone(host)), ..Self::vcenter(vcenter) }
    }

    /// A storage provider of a vCenter.
    #[must_use]
    pub fn provider(vcenter: &Arc<str>, provider: &Arc<str>) -> Self {
        Self { provider: Some(Arc::clone(provider)), ..Self::vcenter(vcenter) }
    }

    /// The same object, this part of it.
    #[must_use]
    pub fn part(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// The same object, with where it was read.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: (place != Place::default()).then_some(place), ..self }
    }
}

impl From<&Spot<'_>> for Subject {
    fn from(spot: &Spot<'_>) -> Self {
        let subject = Self {
            vcenter: Some(Arc::clone(&spot.vcenter.name)),
            host: spot.host.map(|host| Arc::clone(&host.name)),
            provider: spot.provider.map(|provider| Arc::clone(&provider.name)),
            part: Some(spot.part),
            place: None,
        };
        subject.at(spot.place())
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [&self.vcenter, &self.host, &self.provider];
        let mut parts: Vec<&str> = names.into_iter().flatten().map(|name| &**name).collect();
        parts.extend(self.part.map(Part::label));
        if parts.is_empty() {
            return match &self.place {
                Some(place) => write!(f, "{place}"),
                None => f.write_str("estate"),
            };
        }
        f.write_str(&parts.join(" / "))
    }
}
