//! The properties that the fuzzers look after (`fuzz/properties`), of all texts that they found before: those that once broke
//! one, and those that between them reach as much of the code as an hour of fuzzing does.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use super::entries::{pack, unpack};
use super::properties::TARGETS;

/// All kept inputs of a target, with their names.
fn inputs(target: &str) -> BTreeMap<String, String> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let corpus = format!("corpus/{target}.txt");
    let text = fs::read_to_string(fuzz.join(&corpus)).unwrap_or_else(|error| panic!("fuzz/{corpus}: {error}"));
    let mut found: BTreeMap<String, String> = unpack(&text).into_iter().map(|(name, text)| (format!("{corpus} {name}"), text)).collect();
    let broken = fuzz.join("found").join(target);
    if broken.is_dir() {
        for entry in fs::read_dir(broken).unwrap() {
            let path = entry.unwrap().path();
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.insert(format!("found/{target}/{}", path.file_name().unwrap().to_string_lossy()), text);
        }
    }
    found
}

fn replay(target: &str) {
    let (_, property) = TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let inputs = inputs(target);
    assert!(inputs.len() > 10, "only {} inputs are kept of {target}", inputs.len());
    let broken: Vec<&str> =
        inputs.iter().filter(|(_, text)| catch_unwind(|| property(text)).is_err()).map(|(name, _)| name.as_str()).collect();
    assert!(broken.is_empty(), "{target} does not hold of fuzz/{broken:?}; what it says stands above");
}

macro_rules! replay {
    ($($target:ident)*) => {
        $(
            #[test]
            fn $target() {
                replay(stringify!($target));
            }
        )*

        #[test]
        fn every_target_is_replayed() {
            assert_eq!(TARGETS.map(|(name, _)| name), [$(stringify!($target)),*]);
        }
    };
}

replay! { dates claims facts vocabulary tables verdicts writers }

#[test]
fn inputs_are_kept_as_they_are() {
    let odd = ["", "\n", "a\n", "=== b", "\\u{7}\\", "\u{7}\r\n\u{202e}\0", "\u{2028} \u{a0}", " two  blanks ", "===\n=== x\n"];
    let entries: Vec<(String, String)> = odd.iter().enumerate().map(|(n, text)| (n.to_string(), (*text).to_owned())).collect();
    let file = pack(entries.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    assert_eq!(unpack(&file), entries);
}
