//! The page for people without a terminal, in a real browser: Chromium without a window, over the pipe of its DevTools
//! protocol.
//!
//! Without a Chromium (`CHROMIUM`, or one of the usual names on the path) this is left out, and says so. With `AXE_CORE` naming
//! axe-core's script, accessibility is checked too.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::{Value, json};

use super::formats::project;
use super::program::{factum, told};

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = || {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
    };
    named.or_else(found)
}

/// A browser with one page.
struct Browser {
    process: Child,
    to: File,
    from: Receiver<Value>,
    session: Option<String>,
    asked: u64,
    /// What the page said or asked for by itself.
    events: Vec<Value>,
}

impl Browser {
    fn start(program: &Path, folder: &Path) -> Self {
        for pipe in ["in", "out"] {
            assert!(Command::new("mkfifo").arg(folder.join(pipe)).status().unwrap().success());
        }
        // The browser talks over its third and fourth file.
        let script = "exec \"$1\" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-extensions --disable-sync \
                      --disable-background-networking --disable-component-update --remote-debugging-pipe \
                      --user-data-dir=\"$2/profile\" --window-size=1200,900 about:blank 3<\"$2/in\" 4>\"$2/out\"";
        let process = Command::new("sh")
            .args(["-c", script, "sh"])
            .args([program, folder])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = OpenOptions::new().write(true).open(folder.join("in")).unwrap();
        let mut out = File::open(folder.join("out")).unwrap();
        let (send, from) = mpsc::channel();
        std::thread::spawn(move || {
            let mut kept: Vec<u8> = Vec::new();
            let mut buffer = [0; 65536];
            while let Ok(n) = out.read(&mut buffer) {
                if n == 0 {
                    break;
                }
                kept.extend_from_slice(&buffer[..n]);
                while let Some(end) = kept.iter().position(|byte| *byte == 0) {
                    let message: Vec<u8> = kept.drain(..=end).collect();
                    if send.send(serde_json::from_slice(&message[..end]).unwrap()).is_err() {
                        return;
                    }
                }
            }
        });
        let mut browser = Self { process, to, from, session: None, asked: 0, events: Vec::new() };
        let target = browser.ask("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let session = browser.ask("Target.attachToTarget", json!({ "targetId": target, "flatten": true }))["sessionId"].clone();
        browser.session = Some(session.as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    fn next(&mut self) -> Value {
        self.from.recv_timeout(Duration::from_secs(60)).expect("the browser answers")
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        loop {
            let answer = self.next();
            if answer["id"] == self.asked {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn emulate(&mut self, media: &str, scheme: &str) {
        let features = json!([
            { "name": "prefers-reduced-motion", "value": "reduce" },
            { "name": "prefers-color-scheme", "value": scheme },
        ]);
        self.ask("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    fn open(&mut self, page: &Path) {
        self.ask("Page.navigate", json!({ "url": format!("file://{}", page.display()) }));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.next();
            self.events.push(event);
        }
    }

    /// What a script gives, as JSON.
    fn value(&mut self, script: &str) -> Value {
        let result = self.ask("Runtime.evaluate", json!({ "expression": script, "returnByValue": true, "awaitPromise": true }));
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
        result["result"]["value"].clone()
    }

    fn picture(&mut self, name: &str) {
        if let Some(folder) = std::env::var_os("PAGE_PICTURES") {
            let picture = self.ask("Page.captureScreenshot", json!({ "format": "png" }));
            let text = picture["data"].as_str().unwrap();
            fs::write(Path::new(&folder).join(format!("{name}.base64")), text).unwrap();
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_page_in_a_browser() {
    let Some(program) = chromium() else {
        eprintln!("left out: the page in a browser, as no Chromium is installed");
        return;
    };
    let folder = project();
    // A long source, so that the quote that decides is out of sight at first.
    let mut source = fs::read_to_string(folder.path().join("gazette.md")).unwrap();
    source = source.replace("Norrin acquired", &format!("{}Norrin acquired", "Nothing of this matters here.\n\n".repeat(200)));
    fs::write(folder.path().join("gazette.md"), source).unwrap();
    let output = factum(folder.path(), &["check", "--report", "html=page.html"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let mut browser = Browser::start(&program, folder.path());
    browser.emulate("screen", "light");
    browser.open(&folder.path().join("page.html"));

    // A click on a claim shows what decides it, and the quote comes into sight.
    let seen = "(() => { const m = document.querySelector('mark.now'); if (!m) return null; const r = m.getBoundingClientRect(); \
                const a = document.querySelector('aside').getBoundingClientRect(); \
                return [m.textContent, r.top >= a.top && r.bottom <= a.bottom]; })()";
    assert_eq!(browser.value(seen), Value::Null);
    browser.value("document.querySelector('a.finding.contradicted').click()");
    assert_eq!(browser.value(seen), json!(["Norrin acquired Halden on 5 March.", true]));
    assert_eq!(browser.value("document.activeElement.querySelector('code').textContent"), "wrong-date");
    browser.picture("light");
    // So does a click on the proof itself, and the focus goes with it.
    browser.value("document.querySelectorAll('.proof')[2].click()");
    assert_eq!(browser.value(seen), json!(["has led Norrin since 2020.", true]));

    // Timelines: drawn, told in words as well, and the chosen claim marked in the one that it is about.
    let drawn = "Array.from(document.querySelectorAll('figure.timeline')).map(f => f.querySelector('h3').textContent + ': ' + \
                 Array.from(f.querySelectorAll('tbody tr')).map(r => Array.from(r.cells).map(c => c.textContent).join(', ')).join('; '))";
    assert_eq!(
        browser.value(drawn),
        json!([
            "Leader of Norrin: Mara Lind, between 1 January 2020 and 31 December 2020, 10 March 2025, where the record ends, persistence"
        ])
    );
    let bars = "Array.from(document.querySelectorAll('figure.timeline .bar')).map(b => [b.classList.contains('sure'), \
                getComputedStyle(b).fill.includes('hatch')])";
    assert_eq!(browser.value(bars), json!([[false, true], [true, false], [false, true]]));
    browser.value("document.querySelectorAll('a.finding.contradicted')[1].click()");
    let marked = "Array.from(document.querySelectorAll('[data-claimed].now')).map(c => c.querySelector('text').textContent)";
    assert_eq!(browser.value(marked), json!(["✗ 1"]));
    // The window that the claim speaks of lies before the days of which the record says so.
    let left = "(() => { const x = s => document.querySelector(s).getBoundingClientRect(); \
                return x('[data-claimed].now line').right <= x('.bar.sure').left; })()";
    assert_eq!(browser.value(left), true);
    browser.value("document.querySelector('.detail.now .to-timeline').click()");
    let in_sight = "(() => { const r = document.querySelector('figure.timeline').getBoundingClientRect(); \
                    const a = document.querySelector('aside').getBoundingClientRect(); return r.top >= a.top && r.top < a.bottom; })()";
    assert_eq!(browser.value(in_sight), true);
    browser.picture("timeline");
    // From there a click leads back to the claim.
    browser.value("document.querySelectorAll('.now').forEach(x => x.classList.remove('now'))");
    browser.value("document.querySelector('.spoken a').click()");
    assert_eq!(browser.value("document.activeElement.querySelector('.understood').textContent"), "Mara Lind led Norrin in 2019");

    // Filters hide and show, and say how many.
    let open = "Array.from(document.querySelectorAll('.detail')).filter(d => d.offsetParent).map(d => d.dataset.kind).join()";
    assert_eq!(browser.value(open), "supported,contradicted,unknown,unknown,refused,contradicted");
    browser.value("document.querySelector('[data-show=unknown]').click()");
    assert_eq!(browser.value(open), "unknown,unknown");
    assert_eq!(browser.value("document.getElementById('shown').textContent"), "2 of 6 shown");
    assert_eq!(browser.value("document.querySelector('[aria-pressed=true]').dataset.show"), "unknown");
    browser.value("document.querySelector('[data-show=all]').click()");

    // The keyboard goes from claim to claim.
    for (key, code) in [("j", "recorded"), ("j", "wrong-date"), ("j", "no-record"), ("k", "wrong-date")] {
        browser.value("if (document.querySelectorAll('.detail.now').length > 1) throw 1");
        if code == "recorded" {
            browser.value("document.querySelectorAll('.now').forEach(x => x.classList.remove('now'))");
        }
        browser.ask("Input.dispatchKeyEvent", json!({ "type": "keyDown", "key": key, "text": key }));
        assert_eq!(browser.value("document.activeElement.querySelector('code').textContent"), code);
    }

    // Accessible in light and dark, and on a narrow screen nothing is cut off.
    for scheme in ["light", "dark"] {
        browser.emulate("screen", scheme);
        if let Some(axe) = std::env::var_os("AXE_CORE") {
            let script = fs::read_to_string(axe).unwrap();
            browser.value(&format!("{script}; undefined"));
            let wrong = browser.value("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join()))");
            assert_eq!(wrong, json!([]), "{scheme}");
        } else {
            eprintln!("left out: accessibility in {scheme}, as AXE_CORE names no axe-core");
        }
        browser.picture(scheme);
    }
    browser.ask("Emulation.setDeviceMetricsOverride", json!({ "width": 360, "height": 700, "deviceScaleFactor": 1, "mobile": false }));
    assert_eq!(browser.value("document.documentElement.scrollWidth <= 360"), true);
    browser.picture("narrow");
    browser.ask("Emulation.clearDeviceMetricsOverride", json!({}));
    browser.emulate("print", "light");
    assert_eq!(browser.value("getComputedStyle(document.querySelector('.parts')).display"), "none");
    assert_eq!(browser.value("getComputedStyle(document.querySelector('.filter')).display"), "none");
    assert_eq!(browser.value("getComputedStyle(document.querySelector('main')).overflow"), "visible");

    // Nothing was loaded but the page, and nothing was complained of.
    let of = |method: &str| browser.events.iter().filter(|event| event["method"] == method).cloned().collect::<Vec<_>>();
    let requests = of("Network.requestWillBeSent");
    assert_eq!(requests.len(), 1, "{requests:?}");
    for method in ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"] {
        assert!(of(method).is_empty(), "{:?}", of(method));
    }
}

/// What the policy in the page's head is for: a script that got in would not run.
#[test]
fn a_foreign_script_does_not_run() {
    let Some(program) = chromium() else {
        eprintln!("left out: a foreign script in the page, as no Chromium is installed");
        return;
    };
    let folder = project();
    factum(folder.path(), &["check", "--report", "html=page.html"]);
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    let page =
        page.replace("</main>", "<script>document.title = 'run'</script><img src='x.png' onerror=\"document.title = 'run'\"></main>");
    fs::write(folder.path().join("page.html"), page).unwrap();
    let mut browser = Browser::start(&program, folder.path());
    browser.emulate("screen", "light");
    browser.open(&folder.path().join("page.html"));
    assert_ne!(browser.value("document.title"), "run");
    assert!(browser.events.iter().any(|event| event["method"] == "Log.entryAdded"), "the browser refuses it aloud");
}
