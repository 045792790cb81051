//! What is printed of two outputs that were compared.

use super::args::Format;
use super::render::Printer;
use crate::diff::Diff;

impl Printer {
    /// What changed, why, and what it did to scores.
    pub(super) fn compared(&self, found: &Diff) {
        if self.format == Format::Json {
            self.json(&found.json());
            return;
        }
        found.lines(self.language).iter().for_each(|line| self.line(line));
    }
}
