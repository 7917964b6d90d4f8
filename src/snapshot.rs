//! Verdicts under snapshot tests, from a test suite of your own.
//!
//! With `insta` as a dev-dependency, three lines keep the verdicts of all claim files of a folder: a change of a fact, a claim
//! or a rule that changes a verdict fails the test and is shown, and `cargo insta review` accepts it. Nothing in the texts
//! changes by itself, so nothing needs to be redacted.
//!
//! ```
//! # fn main() -> Result<(), factum::snapshot::SnapshotError> {
//! # let folder = tempfile::tempdir().map_err(|_| ()).unwrap();
//! # std::fs::write(folder.path().join("town.facts"), "horizon 2024-12-31\nname Aleppo: city\nAleppo is a city\n").unwrap();
//! # std::fs::write(folder.path().join("town.claims"), "Aleppo is a city\n").unwrap();
//! # let claims = folder.path();
//! # let mut settings = insta::Settings::clone_current();
//! # settings.set_snapshot_path(claims.join("kept"));
//! # let _here = settings.bind_to_scope();
//! # unsafe { std::env::set_var("INSTA_UPDATE", "always"); std::env::set_var("INSTA_FORCE_PASS", "1"); }
//! for (name, verdicts) in factum::snapshot::folder(claims)? {
//!     insta::assert_snapshot!(name, verdicts);
//! }
//! # assert_eq!(factum::snapshot::folder(claims)?[0].0, "town.claims");
//! # assert!(factum::snapshot::folder(claims)?[0].1.starts_with("Aleppo is a city\n    supported [follows]\n"));
//! # Ok(())
//! # }
//! ```
//!
//! Without `insta`, `factum snapshot` does the same at the command line.

pub use crate::cli::{SnapshotError, folder};
