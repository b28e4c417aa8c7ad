//! The facts a finding rests on.

use serde::Serialize;

use super::record::{self, CertificateId, CertificateRecord};
use super::rejections::Rejections;
use crate::store::Place;
use crate::time::Time;

/// The facts a finding rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Evidence {
    /// The certificates it is about.
    #[serde(rename = "certificate_ids", serialize_with = "record::ids", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<CertificateId>")]
    pub certificates: Vec<CertificateRecord>,
    /// The date that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Time>,
    /// Whole days from the assessment's time to that date; negative when it is past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<i64>,
    /// A number that decides, for example of CRLs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// What was seen, if the finding is about a text: a status, an alias, a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// The lines of a log that say so, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Place>,
    /// Why no path was found, nearest miss first.
    #[serde(rename = "rejection_ids", skip_serializing_if = "Rejections::is_empty")]
    pub rejections: Rejections,
}
