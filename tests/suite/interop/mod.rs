//! Our clients against servers nobody here wrote.

mod vcsim;
