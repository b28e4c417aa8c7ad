//! One binary for all public behaviour, so that the workspace links once.

mod architecture;
mod capi;
mod differential;
mod estate;
mod generated;
mod pkits;
mod stores;
