//! `index.toml` of the new round: as it was, with what was chosen for a year to be looked at.

/// Keys whose numbers people chose in view of the values of a year.
const CHOSEN: [&str; 5] = ["low", "high", "reference", "from", "base_year"];
/// Lists that hold what people said or whom they put together.
const LISTS: [&str; 2] = ["[[expert]]", "[[peers]]"];

/// These, each with its line.
pub(super) fn to_look_at(bytes: &[u8]) -> Vec<(usize, String)> {
    let text = String::from_utf8_lossy(bytes);
    let place = |(at, line): (usize, &str)| {
        let line = line.trim();
        let key = line.split_once('=').map_or(line, |(key, _)| key).trim();
        let is_chosen = CHOSEN.contains(&key) && line.contains('=');
        (is_chosen || LISTS.contains(&key)).then(|| (at, key.to_owned()))
    };
    (1..).zip(text.lines()).filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_for_a_year_is_found_with_its_line() {
        let text = "[index]\nname = \"low\"\n[[indicator]]\nid = \"rd\"\n  low = \"1\"\nlog = true\n[[peers]]\nname = \"a\"\n# high = \"2\"\n";
        let found = to_look_at(text.as_bytes());
        assert_eq!(found, [(5, "low".to_owned()), (7, "[[peers]]".to_owned())]);
    }
}
