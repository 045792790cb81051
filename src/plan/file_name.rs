//! Names of units and places as names of files may have them.

use crate::digest::Digests;

/// Characters of a name that no file may have, or that would part it.
const BARRED: [char; 11] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|', '%', '\u{7f}'];
/// The longest name of a unit within the number of a form and the name of its file, in characters: the footer of a sheet holds 255, a name of a
/// file 255 bytes.
const LONGEST_NAME: usize = 40;
/// So many hexadecimal digits tell one name from another.
const DIGITS: usize = 8;

/// A name without what no file may have, and not longer than fits; what is altered has digits of its own.
pub fn name_for_files(name: &str) -> String {
    let is_barred = |c: char| BARRED.contains(&c) || c.is_control() || c.is_whitespace();
    let plain: String = name.chars().map(|c| if is_barred(c) { '_' } else { c }).take(LONGEST_NAME).collect();
    if plain == name && !plain.starts_with(['.', '~']) && !plain.ends_with('.') {
        return plain;
    }
    let plain = plain.trim_start_matches(['.', '~']).trim_end_matches('.');
    let digits: String = Digests::of(name.as_bytes()).sm3.chars().take(DIGITS).collect();
    format!("{plain}_{digits}")
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
