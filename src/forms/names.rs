//! What a form is called: its number, which stands on it, and its file.

use super::Form;
use super::texts;
use crate::digest::Digests;
use crate::plan::name_for_files;

/// So many hexadecimal digits tell one content from another.
const DIGITS: usize = 8;

impl Form<'_> {
    /// What it asks for, in so many digits: whatever a clerk can read on it is in them.
    pub(super) fn content(&self) -> String {
        beginning(&Digests::of(texts::structure(self).as_bytes()).sm3)
    }

    /// Its number in an edition: city, period, unit, edition and content.
    pub(super) fn number_of(&self, edition: u32) -> String {
        let (city, period) = (&self.plan.city, self.round.period);
        format!("{city}-{period}-{}-{edition}-{}", self.unit_in_names(), self.content())
    }

    /// The name of its file.
    pub(super) fn file_of(&self, edition: u32) -> String {
        let behind = if edition > 1 { format!("_第{edition}版") } else { String::new() };
        format!("{}_{}{behind}.xlsx", self.unit_in_names(), texts::short_period(self.round.period))
    }

    /// The name of the unit as names of files may have it; of two units none has that of the other.
    fn unit_in_names(&self) -> String {
        name_for_files(self.unit.as_str())
    }
}

fn beginning(digest: &str) -> String {
    digest.chars().take(DIGITS).collect()
}
