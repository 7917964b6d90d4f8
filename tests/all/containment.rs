//! What a line of a file may open, and what a walk through a folder goes into: files of the project's folder and no others.
//!
//! Every test gives the program something that lies outside, is no regular file, or never ends, and one word of it, `secret`,
//! that must not come out.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::program::{factum_within, told};

const WORLD: &str = "horizon 2024-12-31\nname Aleppo: city\nAleppo is a city\n";
const SECRET: &str = "2024-12-01\n\nthe secret word\n";

/// A folder `outside` beside the project's folder `inside`.
fn ground() -> TempDir {
    let ground = tempfile::tempdir().unwrap();
    fs::create_dir_all(ground.path().join("inside/deep")).unwrap();
    fs::create_dir_all(ground.path().join("outside/deep")).unwrap();
    fs::write(ground.path().join("outside/secret.md"), SECRET).unwrap();
    fs::write(ground.path().join("outside/secret.claims"), "the secret word captured Aleppo\n").unwrap();
    fs::write(ground.path().join("outside/secret.facts"), "name the secret word: city\n").unwrap();
    fs::write(ground.path().join("inside/world.facts"), WORLD).unwrap();
    fs::write(ground.path().join("inside/a.claims"), "Aleppo is a city\n").unwrap();
    ground
}

fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let arguments: Vec<&str> = ["check"].iter().chain(arguments).copied().collect();
    let output = factum_within(folder, &arguments);
    let told = told(&output);
    assert!(!told.contains("panicked"), "{told}");
    (output.status.code(), told)
}

/// Names `path` in each of the three lines that open a file. Each must be refused with one of the codes, and show nothing.
fn refused(ground: &Path, path: &str, why: &str) {
    let inside = ground.join("inside");
    let lines = [
        ("world.facts", format!("source gazette \"{path}\"\n{WORLD}")),
        ("world.facts", format!("include \"{path}\"\n{WORLD}")),
        ("a.claims", format!("include \"{path}\"\nAleppo is a city\n")),
    ];
    for (file, text) in lines {
        let before = fs::read(inside.join(file)).unwrap();
        fs::write(inside.join(file), &text).unwrap();
        let (code, told) = check(&inside, &["."]);
        assert_eq!(code, Some(2), "`{path}` in {file} is not refused:\n{told}");
        assert!(told.contains(why), "`{path}` in {file} is refused without saying `{why}`:\n{told}");
        assert!(!told.contains("secret word"), "`{path}` in {file} shows what it may not:\n{told}");
        assert!(told.contains("1 supported"), "`{path}` in {file}: the claim that is in order is not judged:\n{told}");
        fs::write(inside.join(file), before).unwrap();
    }
}

#[test]
fn a_file_inside_may_be_opened() {
    let ground = ground();
    let inside = ground.path().join("inside");
    fs::write(inside.join("deep/more.claims"), "include \"../a.claims\"\n").unwrap();
    fs::write(inside.join("factum.toml"), "").unwrap();
    fs::write(inside.join("deep/more.facts"), "include \"./../world.facts\"\nsource gazette \"../deep/gazette.md\"\n").unwrap();
    fs::write(inside.join("deep/gazette.md"), SECRET).unwrap();
    let (code, told) = check(&inside, &["deep"]);
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn paths_that_lead_out() {
    let ground = ground();
    for path in [
        "../outside/secret.md",
        "deep/../../outside/secret.md",
        "./../outside/secret.md",
        "deep/../../../../../../../../etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "..",
        "c:secret.md",
        "C:/secret.md",
        "..\\\\outside\\\\secret.md",
        "\\\\\\\\server\\\\share\\\\secret.md",
        "../outside/nothing.md",
    ] {
        refused(ground.path(), path, "lies outside the project's folder");
    }
    let absolute = ground.path().join("outside/secret.md");
    refused(ground.path(), absolute.to_str().unwrap(), "lies outside the project's folder");
}

/// The folder of a `factum.toml` above is the project's, so that files beside it may be named, and no further.
#[test]
fn the_folder_of_the_configuration_is_the_projects() {
    let ground = ground();
    let inside = ground.path().join("inside");
    fs::write(inside.join("factum.toml"), "").unwrap();
    fs::write(inside.join("gazette.md"), "2024-12-01\n").unwrap();
    fs::write(inside.join("deep/b.claims"), "Aleppo is a city\n").unwrap();
    let facts = |source: &str| format!("source gazette \"{source}\"\n{WORLD}");
    fs::write(inside.join("deep/deep.facts"), facts("../gazette.md")).unwrap();
    assert_eq!(check(&inside, &["deep"]).0, Some(0));
    fs::write(inside.join("deep/deep.facts"), facts("../../outside/secret.md")).unwrap();
    let (code, told) = check(&inside, &["deep"]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("lies outside the project's folder"), "{told}");
}

#[test]
fn a_folder_is_no_source() {
    let ground = ground();
    refused(ground.path(), "deep", "is no regular file");
    refused(ground.path(), ".", "is no regular file");
}

/// Links, pipes, sockets and devices are of the systems that have them.
#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success(), "mkfifo {}", path.display());
    }

    #[test]
    fn links_out_of_the_folder() {
        let ground = ground();
        let (inside, outside) = (ground.path().join("inside"), ground.path().join("outside"));
        symlink(outside.join("secret.md"), inside.join("file.md")).unwrap();
        symlink("../outside/secret.md", inside.join("relative.md")).unwrap();
        symlink(&outside, inside.join("folder")).unwrap();
        symlink("file.md", inside.join("twice.md")).unwrap();
        for path in ["file.md", "relative.md", "folder/secret.md", "twice.md", "folder/deep/../secret.md"] {
            refused(ground.path(), path, "lies outside the project's folder");
        }
    }

    #[test]
    fn links_that_stay_inside_are_followed() {
        let ground = ground();
        let inside = ground.path().join("inside");
        fs::write(inside.join("deep/gazette.md"), "2024-12-01\n").unwrap();
        symlink("deep/gazette.md", inside.join("link.md")).unwrap();
        fs::write(inside.join("world.facts"), format!("source gazette \"link.md\"\n{WORLD}")).unwrap();
        assert_eq!(check(&inside, &["."]).0, Some(0));
    }

    #[test]
    fn what_is_no_regular_file() {
        let ground = ground();
        let inside = ground.path().join("inside");
        pipe(&inside.join("pipe.md"));
        let _socket = UnixListener::bind(inside.join("socket.md")).unwrap();
        refused(ground.path(), "pipe.md", "is no regular file");
        refused(ground.path(), "socket.md", "is no regular file");
        symlink("/dev/zero", inside.join("zero.md")).unwrap();
        symlink("/dev/stdin", inside.join("input.md")).unwrap();
        refused(ground.path(), "zero.md", "lies outside the project's folder");
        refused(ground.path(), "input.md", "lies outside the project's folder");
        symlink("pipe.md", inside.join("link.md")).unwrap();
        refused(ground.path(), "link.md", "is no regular file");
        symlink("circle.md", inside.join("circle.md")).unwrap();
        refused(ground.path(), "circle.md", "there is no file");
    }

    /// A walk finds regular files only: none of these is read, and none is waited for.
    #[test]
    fn a_walk_goes_into_nothing_but_folders_and_files() {
        let ground = ground();
        let (inside, outside) = (ground.path().join("inside"), ground.path().join("outside"));
        let before = check(&inside, &["."]);
        assert_eq!(before.0, Some(0), "{}", before.1);
        symlink(outside.join("secret.claims"), inside.join("link.claims")).unwrap();
        symlink(outside.join("secret.facts"), inside.join("link.facts")).unwrap();
        symlink(&outside, inside.join("folder")).unwrap();
        symlink("..", inside.join("deep/round")).unwrap();
        symlink("/dev/zero", inside.join("zero.claims")).unwrap();
        pipe(&inside.join("pipe.claims"));
        pipe(&inside.join("pipe.facts"));
        pipe(&inside.join("deep/pipe.vocab"));
        let _socket = UnixListener::bind(inside.join("socket.claims")).unwrap();
        fs::create_dir(inside.join("folder.claims")).unwrap();
        assert_eq!(check(&inside, &["."]), before);
        assert_eq!(check(&inside, &["a.claims"]), before);
        assert_eq!(check(&inside, &["a.claims", "--facts", "."]), before);
    }

    /// The walker reads these files by itself.
    #[test]
    fn ignore_files_that_never_end() {
        for name in [".gitignore", ".ignore"] {
            for place in ["", "deep"] {
                for make in [pipe as fn(&Path), |path| symlink("/dev/zero", path).unwrap(), |path| fs::create_dir(path).unwrap()] {
                    let ground = ground();
                    let inside = ground.path().join("inside");
                    make(&inside.join(place).join(name));
                    let (code, told) = check(&inside, &["."]);
                    assert_eq!(code, Some(2), "{told}");
                    let shown = if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") };
                    assert!(told.contains(&format!("`{shown}` is no regular file")), "{told}");
                }
            }
        }
    }

    #[test]
    fn files_named_by_hand_are_not_waited_for() {
        let ground = ground();
        let inside = ground.path().join("inside");
        pipe(&inside.join("pipe.claims"));
        pipe(&inside.join("pipe.facts"));
        for arguments in
            [&["pipe.claims"][..], &["a.claims", "--facts", "pipe.facts"], &["/dev/zero"], &["a.claims", "--facts", "/dev/zero"]]
        {
            let (code, told) = check(&inside, arguments);
            assert_eq!(code, Some(2), "{told}");
            assert!(told.contains("is no regular file"), "{told}");
        }
        // A link that the user names is the user's own.
        symlink("../outside/secret.claims", inside.join("mine.claims")).unwrap();
        let (_, told) = check(&inside, &["mine.claims"]);
        assert!(told.contains("secret word"), "{told}");
    }

    /// While the program runs, a folder is a folder and a link out of it in turns. However the race ends, nothing comes out.
    #[test]
    fn a_folder_that_becomes_a_link() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let ground = ground();
        let (inside, outside) = (ground.path().join("inside"), ground.path().join("outside"));
        fs::write(inside.join("deep/secret.md"), "2024-12-01\n\nnothing to hide\n").unwrap();
        let facts = format!("source gazette \"deep/secret.md\"\n{WORLD}    > \"the secret word\"\n");
        fs::write(inside.join("world.facts"), facts).unwrap();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    fs::rename(inside.join("deep"), inside.join("away")).unwrap();
                    symlink(&outside, inside.join("deep")).unwrap();
                    fs::remove_file(inside.join("deep")).unwrap();
                    fs::rename(inside.join("away"), inside.join("deep")).unwrap();
                }
            });
            for _ in 0..20 {
                let output = factum_within(&inside, &["check", "a.claims"]);
                let told = told(&output);
                // The quote is in the file outside alone.
                if output.status.code() != Some(2) || told.contains("::: deep/secret.md") {
                    done.store(true, Ordering::Relaxed);
                    panic!("what lies outside was read:\n{told}");
                }
            }
            done.store(true, Ordering::Relaxed);
        });
    }
}
