//! What makes a finding the same finding after lines have moved: its code, its words and the name of its file, hashed.
//!
//! In: a finding. Out: SHA-256 over them, as 64 hexadecimal digits. Never: uses line numbers, or the folder that a file is in
//! (a project may be checked from any folder).

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::Finding;

/// What is hashed may change in a later version; the hash then says so.
const VERSION: &str = "factum-finding-1";

impl Finding {
    /// The fingerprint. Claims with the same words, code and file name share one.
    pub fn fingerprint(&self) -> String {
        let (document, _) = self.place();
        let words = self.words().split_whitespace().collect::<Vec<_>>().join(" ");
        let file = document.name().rsplit('/').next().unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [VERSION, self.code(), &words, file] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let mut hex = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}
