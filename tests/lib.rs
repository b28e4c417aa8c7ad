//! Paths and small helpers the suite, the benches and the tools share.

pub mod neighbours;
pub mod resources;
pub mod worst;
