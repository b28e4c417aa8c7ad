//! The JSON schemas of options and of what this crate reports itself, for bindings that are written from them.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::error::ErrorDetail;
use crate::estate::VCenterSummary;
use crate::options::{AssessWritten, DescribeOptions, FailsWritten, ProbeWritten, ReadOptions, RenderWritten, Written};

/// Every definition by its name.
#[must_use]
pub fn schemas() -> Map<String, Value> {
    let mut read = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    read.subschema_for::<ReadOptions>();
    read.subschema_for::<DescribeOptions>();
    read.subschema_for::<AssessWritten>();
    read.subschema_for::<ProbeWritten>();
    read.subschema_for::<RenderWritten>();
    read.subschema_for::<FailsWritten>();
    read.subschema_for::<Written>();
    let mut written = SchemaSettings::draft2020_12().for_serialize().into_generator();
    written.subschema_for::<VCenterSummary<'_>>();
    written.subschema_for::<ErrorDetail<'_>>();
    read.take_definitions(true).into_iter().chain(written.take_definitions(true)).collect()
}
