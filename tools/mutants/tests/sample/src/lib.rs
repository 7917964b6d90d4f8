//! A project to try mutants on.

pub mod sums;
