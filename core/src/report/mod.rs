//! Layer 7: what was found out, as pages for people.
//!
//! A page is drawn from the JSON that every language has, so that the command, Python, C and PowerShell show the same, also of a
//! report that was kept in a file. Words are made with findings (`finding`); here they get their places and their styles.

mod by_vcenter;
mod canvas;
mod certificates;
mod edges;
mod error;
mod expiry;
mod findings;
mod forecast;
mod matrix;
mod not_collected;
mod outcome;
mod page;
mod probes;
mod reasons;
mod rows;
mod style;
mod summary;
mod table;
mod unreadable;
mod verdict;
mod view;
mod wrap;

pub use canvas::{Canvas, WIDTH};
pub use certificates::contents;
pub use error::RenderError;
pub use outcome::outcome;
pub use probes::probes;
pub use verdict::verdict;
pub use view::{View, render};
