//! What a form is called: its number, which stands on it, and its file.

use super::Form;
use super::texts;
use crate::digest::Digests;

/// Characters of a name that no file may have, or that would part it.
const BARRED: [char; 11] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|', '%', '\u{7f}'];
/// The longest name of a unit within the number of a form and the name of its file, in characters: the footer of a sheet holds 255, a name of a
/// file 255 bytes.
const LONGEST_NAME: usize = 40;
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

/// A name without what no file may have, and not longer than fits; what is altered has digits of its own.
pub fn name_for_files(name: &str) -> String {
    let is_barred = |c: char| BARRED.contains(&c) || c.is_control() || c.is_whitespace();
    let plain: String = name.chars().map(|c| if is_barred(c) { '_' } else { c }).take(LONGEST_NAME).collect();
    if plain == name && !plain.starts_with(['.', '~']) && !plain.ends_with('.') {
        return plain;
    }
    let plain = plain.trim_start_matches(['.', '~']).trim_end_matches('.');
    format!("{plain}_{}", beginning(&Digests::of(name.as_bytes()).sm3))
}

fn beginning(digest: &str) -> String {
    digest.chars().take(DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_units_become_names_of_files() {
        assert_eq!(name_for_files("市科技局"), "市科技局");
        for name in ["市委宣传部/文明办", "..", "~a", "市 科技局", "a\u{202e}b/", "a.", &"长".repeat(60)]
        {
            let made = name_for_files(name);
            assert!(made.chars().count() <= 49 && !made.contains('/') && !made.starts_with('.'), "{made}");
            assert_ne!(made, name);
        }
        assert_ne!(name_for_files("市委/文明办"), name_for_files("市委:文明办"));
    }
}
