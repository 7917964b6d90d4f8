//! `corpus unpack TARGET FOLDER` writes the kept inputs and the examples of this repository into a folder, one file each;
//! `corpus pack TARGET FOLDER` keeps the inputs of a folder in `fuzz/corpus/TARGET.txt`.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use factum_fuzz::entries::{pack, unpack};

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [what, target, folder] = words.as_slice() else {
        eprintln!("error: write `corpus unpack TARGET FOLDER` or `corpus pack TARGET FOLDER`");
        std::process::exit(2);
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = here.join("corpus").join(format!("{target}.txt"));
    let folder = PathBuf::from(folder);
    if what == "pack" {
        let mut texts: Vec<String> = fs::read_dir(&folder)?
            .map(|entry| Ok(String::from_utf8_lossy(&fs::read(entry?.path())?).into_owned()))
            .collect::<std::io::Result<_>>()?;
        texts.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        texts.dedup();
        let named: Vec<(String, String)> = texts.into_iter().enumerate().map(|(n, text)| ((n + 1).to_string(), text)).collect();
        return fs::write(kept, pack(named.iter().map(|(name, text)| (name.as_str(), text.as_str()))));
    }
    fs::create_dir_all(&folder)?;
    let mut texts: Vec<String> =
        fs::read_to_string(kept).map(|file| unpack(&file).into_iter().map(|(_, text)| text).collect()).unwrap_or_default();
    if let Ok(found) = fs::read_dir(here.join("found").join(target)) {
        for entry in found {
            texts.push(String::from_utf8_lossy(&fs::read(entry?.path())?).into_owned());
        }
    }
    texts.extend(factum_fuzz::mutate::examples(target, &here.join(".."))?);
    for text in texts {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        fs::write(folder.join(format!("{:016x}", hasher.finish())), text)?;
    }
    Ok(())
}
