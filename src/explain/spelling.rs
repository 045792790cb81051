//! What people type for a figure, in one spelling.

use unicode_normalization::UnicodeNormalization as _;

/// What may stand between a place and what is asked of it.
const BETWEEN: [char; 6] = ['/', '-', '_', ':', '·', '—'];

fn is_between(c: char) -> bool {
    c.is_whitespace() || BETWEEN.contains(&c)
}

/// A text with full-width and half-width characters alike, and without blanks at its ends.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

/// What stands behind a name at the beginning of a text, without what is between the two: `22` of `湘潭/22`, `湘潭 22`, `湘潭22`. Behind a name in
/// Latin letters something stands between.
pub(super) fn behind<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(name.len())?;
    let is_apart = !name.is_ascii() || rest.is_empty() || rest.starts_with(is_between);
    let is_it = !name.is_empty() && head.eq_ignore_ascii_case(name) && is_apart;
    is_it.then(|| rest.trim_start_matches(is_between))
}

/// The same behind any of several words.
pub(super) fn behind_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| behind(text, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_name_is_found_however_the_two_are_joined() {
        for (text, name, rest) in [
            ("湘潭/22", "湘潭", Some("22")),
            ("湘潭／２２", "湘潭", Some("22")),
            ("湘潭　22", "湘潭", Some("22")),
            (" 湘潭22 ", "湘潭", Some("22")),
            ("湘潭—P4", "湘潭", Some("P4")),
            ("Xiangtan - 22", "xiangtan", Some("22")),
            ("xiangtan", "xiangtan", Some("")),
            ("xiangtanx/22", "xiangtan", None),
            ("潜江/22", "湘潭", None),
            ("湘", "湘潭", None),
            ("22", "", None),
        ] {
            assert_eq!(behind(&plain(text), name), rest, "{text}");
        }
    }
}
