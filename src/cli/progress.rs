//! How far long work has come: on standard error, where that is a terminal, and nowhere else.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Fewer things than that are done before anybody has read how far they are.
const FEWEST: usize = 200;

/// Whether progress is shown at all.
#[derive(Clone, Copy, Debug)]
pub(super) enum Progress {
    /// On a terminal.
    Shown,
    Silent,
}

impl Progress {
    /// A bar for so many things; it goes away when it is dropped. The library shows it on a terminal only.
    pub(super) fn over(self, what: &'static str, all: usize) -> Bar {
        if let Self::Silent = self {
            return Bar(ProgressBar::hidden());
        }
        if all < FEWEST {
            return Bar(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(u64::try_from(all).ok(), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg} {pos} of {len} {wide_bar}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Bar(bar)
    }
}

/// A bar on the terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// One more is done.
    pub(super) fn done(&self) {
        self.0.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
