//! Mutants of chains and lists: made from a seed, signed again, asked of our strictest profile and of every validator.

pub mod base;
mod forms;
pub mod judge;
mod listed;
pub mod mutant;
mod operation;
mod place;
pub mod report;
mod tree;
mod values;
