//! `docs/ci.md`, followed word for word: files are written as it says, commands run, outputs compared.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::program::told;

enum Step {
    File(String, String),
    Run(String),
    Shown(String),
}

/// A block below a line that ends in a name in backticks and a colon is that file; one in `sh` is run; one of text below it is
/// what is shown.
fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = page.lines();
    let mut above = "";
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            if !line.is_empty() {
                above = line;
            }
            continue;
        };
        let block: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        let file = above.strip_suffix("`:").and_then(|rest| rest.rsplit('`').next());
        match (file, language) {
            (Some(name), _) => steps.push(Step::File(name.to_owned(), block)),
            (None, "sh") => steps.push(Step::Run(block)),
            (None, "text") if above.contains("exit code ") => steps.push(Step::Shown(format!("{above}\n{block}"))),
            _ => {}
        }
        above = "";
    }
    steps
}

/// Runs a command of the page as a shell would; they are plain words.
fn run(folder: &Path, command: &str) -> Output {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("factum"), "{command}");
    Command::new(env!("CARGO_BIN_EXE_factum"))
        .args(words)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("GITHUB_STEP_SUMMARY")
        .output()
        .unwrap()
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).unwrap()
}

#[test]
fn the_page_word_for_word() {
    let folder = tempfile::tempdir().unwrap();
    let mut last: Option<(String, Output)> = None;
    let (mut ran, mut compared) = (0, 0);
    let mut exits = Vec::new();
    for step in steps(&page()) {
        match step {
            Step::File(name, text) => {
                let path = folder.path().join(&name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            Step::Run(command) => {
                for line in command.lines() {
                    ran += 1;
                    last = Some((line.to_owned(), run(folder.path(), line)));
                }
            }
            Step::Shown(text) => {
                let Some((command, output)) = last.take() else { continue };
                let (above, shown) = text.split_once('\n').unwrap();
                let code: i32 = above.split("exit code ").nth(1).unwrap()[..1].parse().unwrap();
                assert_eq!(output.status.code(), Some(code), "{command}\n{}", told(&output));
                assert_eq!(String::from_utf8(output.stdout).unwrap(), shown, "{command}");
                exits.push(code);
                compared += 1;
            }
        }
    }
    assert!(ran >= 5 && compared >= 4, "{ran} commands were run and {compared} compared");
    assert!(exits.starts_with(&[1, 0]), "it fails on a wrong date and passes when it is corrected: {exits:?}");
}

/// The commands in the workflows: they fail while the date is wrong, pass when it is right, and leave their report either way.
#[test]
fn the_workflows_of_the_page() {
    let page = page();
    let files: Vec<(String, String)> =
        steps(&page).into_iter().filter_map(|step| if let Step::File(name, text) = step { Some((name, text)) } else { None }).collect();
    let mut seen = 0;
    for (workflow, text) in files.iter().filter(|(name, _)| name.ends_with(".yml")) {
        for command in text.lines().filter_map(|line| line.trim().strip_prefix("- ")) {
            let command = command.strip_prefix("run: ").unwrap_or(command);
            if !command.starts_with("factum ") {
                continue;
            }
            seen += 1;
            let report = command.split('=').next_back().unwrap();
            assert!(text.matches(report).count() >= 2, "{workflow} makes `{report}` and does not hand it on");
            for (correct, code) in [(false, 1), (true, 0)] {
                let folder = tempfile::tempdir().unwrap();
                for (name, text) in files.iter().filter(|(name, _)| !name.contains("yml") && !name.contains("yaml")) {
                    // The first text of a file is the wrong one, the next the corrected one.
                    let again = folder.path().join(name).exists();
                    if again && !correct {
                        continue;
                    }
                    fs::write(folder.path().join(name), text).unwrap();
                }
                let output = run(folder.path(), command);
                assert_eq!(output.status.code(), Some(code), "{command}: {}", told(&output));
                assert!(fs::metadata(folder.path().join(report)).unwrap().len() > 100);
            }
        }
    }
    assert_eq!(seen, 2);
}

/// What the action and the hooks run are commands that there are.
#[test]
fn the_action_and_the_hooks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let hooks = fs::read_to_string(root.join(".pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<&str> = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: ")).collect();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let output = run(root, &format!("{entry} --help"));
        assert_eq!(output.status.code(), Some(0), "{entry}: {}", told(&output));
    }
    // The action's script with a program and inputs that stand for those on GitHub.
    let action = fs::read_to_string(root.join("action.yml")).unwrap();
    let script: String = action.rsplit("run: |\n").next().unwrap().lines().map(|line| format!("{}\n", line.trim())).collect();
    assert!(!script.contains("${{"), "an input is pasted into the script");
    let folder = super::formats::project();
    let bin = folder.path().join("temp/factum/bin");
    fs::create_dir_all(&bin).unwrap();
    fs::hard_link(env!("CARGO_BIN_EXE_factum"), bin.join("factum"))
        .or_else(|_| fs::copy(env!("CARGO_BIN_EXE_factum"), bin.join("factum")).map(drop))
        .unwrap();
    let Ok(output) = Command::new("bash")
        .args(["-e", "-c", &script])
        .current_dir(folder.path())
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("RUNNER_TEMP", folder.path().join("temp"))
        .env("INPUT_PATHS", "norrin.claims\n$(touch injected)")
        .env("INPUT_ARGUMENTS", "-A\nwrong-date\n")
        .env("INPUT_SARIF", "out.sarif")
        .output()
    else {
        return;
    };
    assert!(told(&output).contains("there is no file or folder `$(touch injected)`"), "{}", told(&output));
    assert!(!folder.path().join("injected").exists());
}
