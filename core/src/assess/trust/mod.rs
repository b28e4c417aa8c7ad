//! Who trusts whom: the links of an estate, and the answers about them.

pub(super) mod additions;
pub(super) mod carried;
pub(super) mod cause;
mod edge_kind;
mod edges;
mod forecast;
pub(super) mod matrix;
mod missing;
mod open_edge;
pub(super) mod sps;
pub(super) mod topology;
mod waiting;

pub use crate::path::Trust;
pub use additions::{Addition, Additions, Unfixable};
pub use cause::{Cause, CellName};
pub use edge_kind::EdgeKind;
pub use edges::Edge;
pub use forecast::{Break, Event, Forecast, Link};
pub use matrix::{Matrix, Party};
pub use missing::Missing;
pub use topology::Topology;

pub use super::engine::timeline::EventKind;
