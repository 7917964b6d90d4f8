//! The language server: verdicts while typing, and what else an editor asks for.
//!
//! In: messages of the Language Server Protocol. Out: answers, and diagnostics for what is open. Never: judges anything by
//! itself (what it shows is what `factum check` finds in the same texts), reads a file outside of the project's folder, goes down
//! on a bad message.
//!
//! One thread speaks with the editor (`session`) and never waits for anything else. Each fact base has a thread of its own
//! (`record`) on which it is loaded and judges what is open; it stays loaded until one of its files changes.

mod completion;
mod definition;
mod diagnostics;
mod documents;
mod fixes;
mod formatting;
mod frame;
mod hover;
mod inlay;
mod keywords;
mod mention;
mod positions;
mod questions;
mod record;
mod references;
mod routes;
mod session;
mod shelf;
mod symbols;
mod transport;
mod view;
mod workspace;

pub use session::serve;
