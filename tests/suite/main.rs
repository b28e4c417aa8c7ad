//! One binary for all public behaviour, so that the workspace links once.

mod architecture;
mod calls;
mod capi;
mod chains;
mod changes;
mod clients;
mod collect;
mod cross;
mod differential;
mod edges;
mod estate;
mod examples;
mod faults;
mod forecast;
mod forecast_exact;
mod fuzz_regressions;
mod generated;
mod install;
mod interop;
mod lab;
mod matrix;
mod pkits;
mod probe;
mod rejections;
mod stores;
mod worst;
