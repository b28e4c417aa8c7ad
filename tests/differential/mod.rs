//! The same questions for real validators: generated cases, drivers that ask, answers to compare with.

pub mod answers;
pub mod case;
pub mod cases;
pub mod drivers;
pub mod ours;
pub mod webpki;
