//! What was found wrong with a chain, as findings and reports hold it: many speak of one list.

use std::ops::Deref;
use std::sync::Arc;

use hashbrown::HashMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::path::{CertificateFacts, Reason, Rejection};

/// What was found wrong, the nearest miss first. In the JSON of a report: the positions of these in its table; without one
/// they cannot be written.
#[derive(Debug, Clone, Default)]
pub struct Rejections {
    list: Arc<[Rejection]>,
    positions: Arc<[usize]>,
}

impl Deref for Rejections {
    type Target = [Rejection];

    fn deref(&self) -> &[Rejection] {
        &self.list
    }
}

impl Rejections {
    /// Whether nothing was found wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl PartialEq for Rejections {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl From<Vec<Rejection>> for Rejections {
    fn from(list: Vec<Rejection>) -> Self {
        Self { list: list.into(), positions: Arc::default() }
    }
}

impl FromIterator<Rejection> for Rejections {
    fn from_iter<I: IntoIterator<Item = Rejection>>(list: I) -> Self {
        Self { list: list.into_iter().collect(), positions: Arc::default() }
    }
}

impl Serialize for Rejections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.positions.len() != self.list.len() {
            return Err(serde::ser::Error::custom("rejections are written with the report that has a table of them"));
        }
        self.positions.serialize(serializer)
    }
}

impl JsonSchema for Rejections {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RejectionIds".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Positions in the `rejections` of the report, from 0; nearest miss first.",
            "type": "array",
            "items": { "type": "integer", "minimum": 0 }
        })
    }
}

/// A [`Rejection`](crate::path::Rejection) as it is in JSON; only its schema is used.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RejectionForm {
    /// The stable name of the broken rule.
    pub code: String,
    /// What is wrong with which certificate.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The certificate that was being checked.
    pub certificate: Option<CertificateFacts>,
    /// The certificate that was tried as its issuer.
    pub candidate: Option<CertificateFacts>,
    /// The broken rule with the values that broke it.
    pub details: Reason,
}

/// Gives each distinct rejection its position.
#[derive(Default)]
pub(crate) struct Numbers {
    pub(crate) table: Vec<Rejection>,
    known: HashMap<Rejection, usize>,
    /// The lists that were numbered: many edges share one.
    lists: HashMap<*const Rejection, Arc<[usize]>>,
}

impl Numbers {
    /// Gives what is in a list its positions in the table.
    pub(crate) fn number(&mut self, rejections: &mut Rejections) {
        if rejections.is_empty() {
            return;
        }
        let positions = self.lists.entry(rejections.list.as_ptr()).or_insert_with(|| {
            let position = |rejection: &Rejection| match self.known.get(rejection) {
                Some(position) => *position,
                None => {
                    self.table.push(rejection.clone());
                    self.known.insert(rejection.clone(), self.table.len() - 1);
                    self.table.len() - 1
                }
            };
            rejections.list.iter().map(position).collect()
        });
        rejections.positions = Arc::clone(positions);
    }
}
