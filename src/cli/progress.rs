//! Progress: bars on a terminal, a plain line for each stage elsewhere, nothing with `--quiet`.

use std::io::IsTerminal as _;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use super::render::Printer;
use crate::finding::Language;
use crate::progress::Progress;

pub(super) struct Bar<'a> {
    printer: &'a Printer,
    quiet: bool,
    terminal: bool,
    current: Mutex<Option<ProgressBar>>,
}

impl<'a> Bar<'a> {
    pub(super) fn new(quiet: bool, printer: &'a Printer) -> Self {
        Self { printer, quiet, terminal: std::io::stderr().is_terminal(), current: Mutex::new(None) }
    }

    pub(super) fn finish(&self) {
        if let Ok(mut current) = self.current.lock()
            && let Some(bar) = current.take()
        {
            bar.finish_and_clear();
        }
    }
}

/// The name of a stage, which has its English words behind the Chinese one: both, or the English ones alone.
fn of_stage(stage: &'static str, language: Language) -> &'static str {
    let english = stage.split_once(' ').map_or(stage, |(_, english)| english);
    language.of(stage, english)
}

impl Progress for Bar<'_> {
    fn begin(&self, stage: &'static str, steps: usize) {
        self.finish();
        if self.quiet {
            return;
        }
        let stage = of_stage(stage, self.printer.language);
        if !self.terminal {
            self.printer.aside(&format!("{stage}: {steps}"));
            return;
        }
        let bar = ProgressBar::new(steps as u64);
        if let Ok(style) = ProgressStyle::with_template("{msg}  {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(stage);
        if let Ok(mut current) = self.current.lock() {
            *current = Some(bar);
        }
    }

    fn step(&self) {
        if let Ok(current) = self.current.lock()
            && let Some(bar) = current.as_ref()
        {
            bar.inc(1);
        }
    }
}
