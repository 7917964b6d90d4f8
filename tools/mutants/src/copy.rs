//! The copy of the project that is compiled with all mutants in it.
//!
//! In: the project's folder. Out: the paths of the test binary and of the copy; the mutants that compile.
//! Never: writes outside the work folder; touches a file of the copy that is as it should be, so that cargo sees what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fnv::FnvHasher;
use serde_json::Value;
use walkdir::WalkDir;

use crate::error::{Error, file};
use crate::points::{Mutant, points};
use crate::schemata::Schemata;

/// What stands for the state of the project: results of another state are not results of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of what is compiled into the program.
    pub source: String,
    /// Of all the rest, tests and their data.
    pub tests: String,
}

/// The project, read.
pub struct Project {
    /// Paths below the folder, with slashes, and contents.
    files: BTreeMap<String, Vec<u8>>,
    /// All mutants by number, from 1.
    pub mutants: BTreeMap<u32, Mutant>,
    /// Functions that are evaluated while compiling.
    pub left_out: Vec<String>,
}

/// The built copy.
pub struct Built {
    /// Its folder.
    pub folder: PathBuf,
    /// The binary with all tests.
    pub tests: PathBuf,
    /// Mutants that the compiler refuses.
    pub refused: BTreeSet<u32>,
}

impl Project {
    /// Reads the files of a project and finds the mutants in those whose paths begin with one of `modules`. The list of
    /// excuses is no part of it: a new excuse makes no result invalid.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn read(folder: &Path, modules: &[String], excused: &Path) -> Result<Self, Error> {
        let mut files = BTreeMap::new();
        let kept = |name: &str| !["target", ".git", "tools"].contains(&name);
        let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| entry.file_name().to_str().is_some_and(kept)) {
            let entry = entry.map_err(|problem| Error::File { path: folder.to_owned(), source: problem.into() })?;
            if entry.file_type().is_file()
                && entry.path() != folder.join(excused)
                && let Some(path) = entry.path().strip_prefix(folder).ok().and_then(Path::to_str)
            {
                files.insert(path.replace('\\', "/"), fs::read(entry.path()).map_err(file(entry.path()))?);
            }
        }
        let mut mutants = BTreeMap::new();
        let mut left_out = Vec::new();
        for (path, text) in &files {
            if path.ends_with(".rs") && modules.iter().any(|module| path.starts_with(module.as_str())) {
                let text = String::from_utf8_lossy(text);
                let found = points(path, &text).map_err(|source| Error::Source { file: path.clone(), source })?;
                left_out.extend(found.left_out);
                for mutant in found.mutants {
                    mutants.insert(u32::try_from(mutants.len() + 1).unwrap_or(u32::MAX), mutant);
                }
            }
        }
        Ok(Self { files, mutants, left_out })
    }

    /// The state of the project.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let (mut source, mut tests) = (FnvHasher::default(), FnvHasher::default());
        for (path, text) in &self.files {
            let compiled = ["src/", "grammar/", "Cargo."].iter().any(|start| path.starts_with(start));
            let hasher = if compiled { &mut source } else { &mut tests };
            hasher.write(path.as_bytes());
            hasher.write_u8(0);
            hasher.write(text);
            hasher.write_u8(0);
        }
        Fingerprint { source: format!("{:016x}", source.finish()), tests: format!("{:016x}", tests.finish()) }
    }

    /// Writes the copy below `work` and builds its tests; mutants that do not compile are taken out until the rest does.
    ///
    /// # Errors
    /// What cannot be written, and code that does not compile for another reason.
    pub fn build(&self, work: &Path, opt_level: &str, test_binary: &str) -> Result<Built, Error> {
        let folder = work.join("copy");
        let known = work.join("refused.txt");
        let source = self.fingerprint().source;
        let mut refused = self.known(&known, &source);
        loop {
            let written = self.write(&folder, &refused)?;
            let messages = cargo(&folder, work, &["check", "--lib"], opt_level)?;
            let more = self.refused(&messages, &written)?;
            if more.is_empty() {
                break;
            }
            eprintln!("{} mutants do not compile", more.len());
            refused.extend(more);
        }
        let lines = refused.iter().filter_map(|number| self.mutants.get(number)).map(|mutant| format!("{}\n", mutant.id));
        fs::write(&known, format!("{source}\n{}", lines.collect::<String>())).map_err(file(&known))?;
        let messages = cargo(&folder, work, &["test", "--no-run", "--test", test_binary], opt_level)?;
        let errors: Vec<&str> = errors(&messages).filter_map(rendered).collect();
        let binary = messages
            .iter()
            .filter(|message| message["target"]["name"] == test_binary && message["target"]["kind"][0] == "test")
            .find_map(|message| message["executable"].as_str());
        match binary {
            Some(binary) if errors.is_empty() => Ok(Built { folder, tests: PathBuf::from(binary), refused }),
            _ => Err(Error::Build(errors.join("\n"))),
        }
    }

    /// What was refused when the same source was last compiled.
    fn known(&self, known: &Path, source: &str) -> BTreeSet<u32> {
        let text = fs::read_to_string(known).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some(source) {
            return BTreeSet::new();
        }
        let ids: BTreeSet<&str> = lines.collect();
        self.mutants.iter().filter(|(_, mutant)| ids.contains(mutant.id.as_str())).map(|(number, _)| *number).collect()
    }

    fn write(&self, folder: &Path, refused: &BTreeSet<u32>) -> Result<BTreeMap<String, Schemata>, Error> {
        let mut wanted = self.files.clone();
        let mut written = BTreeMap::new();
        for (path, text) in &self.files {
            let here: Vec<(u32, &Mutant)> = self
                .mutants
                .iter()
                .filter(|(number, mutant)| mutant.file == *path && !refused.contains(number))
                .map(|(number, mutant)| (*number, mutant))
                .collect();
            if !here.is_empty() {
                let schemata = Schemata::new(&String::from_utf8_lossy(text), &here);
                wanted.insert(path.clone(), schemata.text.clone().into_bytes());
                written.insert(path.clone(), schemata);
            }
        }
        let switch = include_str!("switch.rs.txt").replace("COUNT", &self.mutants.len().to_string());
        wanted.insert("src/mutant.rs".to_owned(), switch.into_bytes());
        if let Some(library) = wanted.get_mut("src/lib.rs") {
            library.extend_from_slice(b"\nmod mutant;\n");
        }
        // The copy belongs to no workspace that its folder may lie in.
        if let Some(manifest) = wanted.get_mut("Cargo.toml")
            && !String::from_utf8_lossy(manifest).contains("[workspace]")
        {
            manifest.extend_from_slice(b"\n[workspace]\n");
        }
        for (path, text) in &wanted {
            let path = folder.join(path);
            if fs::read(&path).is_ok_and(|there| there == *text) {
                continue;
            }
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(file(parent))?;
            }
            fs::write(&path, text).map_err(file(&path))?;
        }
        for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
            let path = entry.path().strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or_default().replace('\\', "/");
            if !wanted.contains_key(&path) && path != "Cargo.lock" {
                fs::remove_file(entry.path()).map_err(file(entry.path()))?;
            }
        }
        Ok(written)
    }

    fn refused(&self, messages: &[Value], written: &BTreeMap<String, Schemata>) -> Result<BTreeSet<u32>, Error> {
        let mut refused = BTreeSet::new();
        for error in errors(messages) {
            let mut spans: Vec<&Value> = error["message"]["spans"].as_array().into_iter().flatten().collect();
            if spans.is_empty() {
                // "aborting due to 3 previous errors"
                continue;
            }
            spans.sort_by_key(|span| span["is_primary"] != true);
            let blamed = spans.iter().find_map(|span| {
                let schemata = written.get(span["file_name"].as_str()?)?;
                let place = |name: &str| span[name].as_u64().and_then(|byte| usize::try_from(byte).ok());
                let blamed = schemata.blamed(&(place("byte_start")?..place("byte_end")?));
                (!blamed.is_empty()).then_some(blamed)
            });
            match blamed {
                Some(blamed) => refused.extend(blamed),
                None => return Err(Error::Build(rendered(error).unwrap_or_default().to_owned())),
            }
        }
        Ok(refused)
    }
}

fn errors(messages: &[Value]) -> impl Iterator<Item = &Value> {
    messages.iter().filter(|message| message["reason"] == "compiler-message" && message["message"]["level"] == "error")
}

fn rendered(message: &Value) -> Option<&str> {
    message["message"]["rendered"].as_str()
}

/// Runs cargo and returns what it says. The tests run as they do in the dev profile, overflow checks and all, but faster.
fn cargo(folder: &Path, work: &Path, arguments: &[&str], opt_level: &str) -> Result<Vec<Value>, Error> {
    let output = Command::new("cargo")
        .args(arguments)
        .args(["--release", "--message-format=json", "--target-dir"])
        .arg(work.join("target"))
        .current_dir(folder)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true")
        .env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true")
        // Lints are for what people write.
        .env("RUSTFLAGS", "--cap-lints=allow")
        // Set where this tool itself is run by cargo.
        .env_remove("CARGO_TARGET_DIR")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|source| Error::Program { program: "cargo".to_owned(), source })?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if !output.status.success() && errors(&messages).next().is_none() {
        return Err(Error::Build(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(messages)
}
