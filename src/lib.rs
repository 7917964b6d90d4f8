//! `factum` checks statements against a record of sources and says of each whether it is supported, contradicted or unknown, and
//! which sentence of which source decides it. It needs no network, reads no clock, and gives the same bytes for the same inputs.
//!
//! The program's own documentation is in its repository; this is the library. Its face is what stands below under *re-exports*:
//! [`load`] a record, [`Claim::read`] a claim, [`Claim::check`] it with a [`Judge`], [`Claim::explain`] the verdict; or
//! [`check_path`] for all that lies in a folder, and a [`Format`] to write the [`Report`]. [`snapshot`] keeps verdicts under
//! `insta`.
//!
//! # Load and check
//!
//! ```
//! use factum::{Claim, Judge, Settings, Verdict};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::write(folder.path().join("gazette.md"), "---\ndate: 2025-03-10\n---\nNorrin acquired Halden on 5 March.\n")?;
//! # std::fs::write(folder.path().join("norrin.facts"), "source gazette \"gazette.md\"\nname Norrin: company\nname Halden: company\nNorrin acquired Halden on 5 March 2025\n    > \"Norrin acquired Halden on 5 March.\"\n")?;
//! # let folder = folder.path();
//! // A folder with `gazette.md`, which says "Norrin acquired Halden on 5 March.", and `norrin.facts`, which quotes it.
//! let base = factum::load(folder)?;
//! let judge = Judge::new(&base, Settings::default());
//!
//! let claim = Claim::read(&base, "Halden was bought by Norrin on 7 March 2025")?;
//! let judged = claim.check(&judge);
//! assert_eq!(judged.verdict, Verdict::Contradicted);
//! assert_eq!(judged.code.name(), "wrong-date");
//! assert_eq!(judged.message, "recorded two days earlier, on 5 March 2025");
//! assert_eq!(judged.correction.as_deref(), Some("Halden was bought by Norrin on 2025-03-05"));
//!
//! // The words that prove it, and where they stand.
//! let (quote, source, span) = judged.evidence[0].quote.as_ref().ok_or("a fact without a quote")?;
//! assert_eq!(quote, "Norrin acquired Halden on 5 March.");
//! assert!(source.name().ends_with("gazette.md"));
//! assert_eq!(source.position(span.start).line, 4);
//!
//! // What is not understood is an error that points at the words.
//! let problem = Claim::read(&base, "Norrin glorped Halden").unwrap_err();
//! assert_eq!(problem.message, "I know no verb `glorped`");
//! # Ok(())
//! # }
//! ```
//!
//! # Explain
//!
//! ```
//! # use factum::{Claim, Judge, Settings, Verdict};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::write(folder.path().join("norrin.facts"), "horizon 2025-03-10\nname Norrin: company\nname Mara Lind, also Lind: person\nLind has led Norrin since 2020\n")?;
//! # let base = factum::load(folder.path())?;
//! # let judge = Judge::new(&base, Settings::default());
//! // The record says: Lind has led Norrin since 2020.
//! let claim = Claim::read(&base, "Lind led Norrin in 2019")?;
//! let derivation = claim.explain(&judge);
//! assert_eq!(derivation.judgement.verdict, Verdict::Contradicted);
//!
//! // On which assumptions it rests, and what it would be without each.
//! let without: Vec<_> = derivation.without.iter().map(|(assumption, verdict)| (assumption.name(), *verdict)).collect();
//! assert_eq!(without, [("boundaries", Verdict::Unknown)]);
//! # Ok(())
//! # }
//! ```
//!
//! # A folder
//!
//! ```
//! use factum::{Format, Style, check_path};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::write(folder.path().join("town.facts"), "horizon 2024-12-31\nname Aleppo: city\nAleppo is a city\n")?;
//! # std::fs::write(folder.path().join("town.claims"), "Aleppo is a city\n")?;
//! # let folder = folder.path();
//! let report = check_path(folder)?;
//! assert_eq!((report.summary.supported, report.summary.exit_code), (1, 0));
//!
//! let mut sarif = Vec::new();
//! Format::Sarif.write(&report, &Style::default(), &mut sarif)?;
//! # assert!(sarif.starts_with(b"{"));
//! # Ok(())
//! # }
//! ```
//!
//! # What keeps
//!
//! The re-exports keep to semantic versioning, with the types that stand in them. Verdicts are part of that only as far as the
//! changelog says: a line with a star can change one. The modules below them are open to whoever wants to build on the parts;
//! what is not re-exported may change with any version before 1.0.
pub mod check;
pub mod cli;
pub mod facts;
pub mod layout;
mod library;
pub mod lsp;
pub mod prose;
pub mod report;
pub mod snapshot;
pub mod statement;
pub mod syntax;
pub mod text;
pub mod time;
pub mod verdict;
pub mod vocabulary;

pub use facts::FactBase;
pub use library::{Claim, LoadError, check_path, load};
pub use report::{Evidence, Finding, Format, Judged, Level, Report, Style, Summary};
pub use text::{Diagnostic, Document, Problem, Span};
pub use time::Day;
pub use verdict::{Assumption, Assumptions, Code, Derivation, Judge, Settings, Verdict};
