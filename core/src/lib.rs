//! vitrust
